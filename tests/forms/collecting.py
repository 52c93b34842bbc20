"""Forms and a workbook's work as a few values, for collecting without any file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from xlpy.exchange.forms.bookrows import BookWork
from xlpy.exchange.forms.decide import Choice, Decided, Pack, decide
from xlpy.exchange.forms.differences import Take
from xlpy.exchange.forms.form import Turn
from xlpy.exchange.forms.record import Record
from xlpy.exchange.forms.voice import PackForm, listen, saying
from xlpy.tables.raw import Value

CODES = ("50001", "50002")
KEYS = ("variant", "task_1", "task_2")
ANNA, BORIS = "Иванова Анна Петровна", "Петров Борис Ильич"
Said = Mapping[str, Mapping[str, Value]]


def at(hour: int) -> datetime:
    return datetime(2021, 3, 20, hour)


def form(
    says: Said,
    *,
    file: str = "5А.xlsx",
    checker: str = ANNA,
    version: int = 1,
    saved: datetime | None = None,
    unclear: Sequence[tuple[str, str]] = (),
    codes: Sequence[str] = CODES,
    keys: Sequence[str] = KEYS,
    is_ready: bool = False,
) -> PackForm:
    """A form that says these things; its cells are named after code and column."""
    told = [
        (code, [(key, value, f"{key}-{code}", value) for key, value in row.items() if value is not None])
        for code, row in says.items()
    ]
    lines = {code: f"code-{code}" for code in codes}
    blank = PackForm(
        file, "Работы", checker, version, saved, is_ready, lines, unclear=frozenset(unclear), keys=frozenset(keys)
    )
    return saying(blank, told)


def book(held: Said) -> BookWork:
    """The work 5А Математика of a workbook: rows 7 and 8."""
    cells = {code: {key: v for key, v in row.items() if v is not None} for code, row in held.items()}
    return BookWork("5А", "Математика", {code: 7 + n for n, code in enumerate(CODES)}, {}, cells)


def collected(
    forms: Sequence[PackForm],
    held: Said,
    record: Record | None = None,
    *,
    take: Take | None = None,
    only: str = "",
    former: Sequence[PackForm] = (),
    checker: str = ANNA,
) -> Decided:
    """What comes of these forms of one work; `checker` checks it now."""
    voice = listen(forms) if forms else None
    others = (listen(former),) if former else ()
    pack = Pack(book(held), Turn.FIRST, voice, others, checker)
    return decide([pack], record or Record("2020/21"), Choice(take, only))


def after(held: Said, decided: Decided) -> dict[str, dict[str, Value]]:
    """What the workbook holds after the edits."""
    now = {code: {key: held.get(code, {}).get(key) for key in KEYS} for code in CODES}
    for (row, key), value in decided.edits.items():
        now[CODES[row - 7]][key] = value
    return now
