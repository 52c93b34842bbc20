"""«Результаты» as forms are held against them: the rows of each work by code, and what their cells mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from xlpy.exchange.forms.form import Turn, Work
from xlpy.tables import schema
from xlpy.tables.convert import TaskState, as_number, as_text, convert, is_empty
from xlpy.tables.frames import Table
from xlpy.tables.merge import positions_of
from xlpy.tables.normalise import fold
from xlpy.tables.raw import RawTable, Value

__all__ = ["KEYS", "BookWork", "Work", "checkers_of", "folded", "is_same", "meaning", "works_of_book"]

_PLACES = ((Turn.FIRST, "checker"), (Turn.SECOND, "second_checker"))
KEYS = ("variant", *schema.TASK_KEYS)
_VARIANT, _TASK = schema.RESULTS.column("variant"), schema.RESULTS.column(schema.TASK_KEYS[0])


@dataclass(frozen=True, slots=True)
class BookWork:
    """One work of the workbook. `rows`: code → Excel row; `doubles`: codes that stand twice, with their rows.

    `held`: code → column key → what the cell means; empty cells are left out.
    """

    school_class: str
    subject: str
    rows: Mapping[str, int]
    doubles: Mapping[str, tuple[int, ...]]
    held: Mapping[str, Mapping[str, Value]]

    @property
    def name(self) -> Work:
        """Class and subject as they are spelled in the workbook."""
        return self.school_class, self.subject

    @property
    def codes(self) -> frozenset[str]:
        """All codes of the work."""
        return frozenset(self.rows) | frozenset(self.doubles)

    def is_absent(self, code: str) -> bool:
        """Whether the workbook says that nobody wrote this paper."""
        return self.held.get(code, {}).get("variant") == schema.ABSENT


def folded(work: Work) -> Work:
    """The form by which two spellings of a work are the same."""
    return fold(work[0]), fold(work[1])


def checkers_of(checkers: Table) -> dict[tuple[Work, Turn], str]:
    """Who checks each folded work in each turn: of several rows, the first that names somebody."""
    frame = checkers.frame
    found: dict[tuple[Work, Turn], str] = {}
    for turn, key in _PLACES:
        for school_class, subject, name in zip(frame["school_class"], frame["subject"], frame[key], strict=True):
            if name:
                found.setdefault((folded((school_class, subject)), turn), name)
    return found


def works_of_book(results: Table, raw: RawTable) -> dict[Work, BookWork]:
    """Return the works of «Результаты», by folded class and subject. `raw` is the table as it stands."""
    frame = results.frame
    lines: dict[Work, list[tuple[str, int]]] = {}
    names: dict[Work, Work] = {}
    columns = (frame[key] for key in ("school_class", "subject", "code"))
    for row, school_class, subject, code in zip(frame.index.tolist(), *columns, strict=True):
        work = folded((school_class, subject))
        names.setdefault(work, (school_class, subject))
        if code:
            lines.setdefault(work, []).append((code, row))
    at = {key: place for key, place in positions_of(schema.RESULTS, raw.captions).items() if key in KEYS}
    return {work: _work(names[work], rows, raw, at) for work, rows in lines.items()}


def _work(name: Work, lines: Iterable[tuple[str, int]], raw: RawTable, at: Mapping[str, int]) -> BookWork:
    rows: dict[str, list[int]] = {}
    for code, row in lines:
        rows.setdefault(code, []).append(row)
    single = {code: found[0] for code, found in rows.items() if len(found) == 1}
    return BookWork(
        *name,
        single,
        {code: tuple(found) for code, found in rows.items() if len(found) > 1},
        {code: _held(raw, row, at) for code, row in single.items()},
    )


def _held(raw: RawTable, row: int, at: Mapping[str, int]) -> dict[str, Value]:
    line = raw.values[row - raw.first_row]
    held: dict[str, Value] = {
        key: meant for key, place in at.items() if (meant := meaning(key, line[place])) is not None
    }
    if raw.errors:
        held |= {key: text for key, place in at.items() if (text := raw.errors.get((row, place)))}
    return held


def meaning(key: str, written: Value) -> Value:
    """What a cell means: a whole number, a mark as the house spells it, None where empty, else what is written."""
    if written is None or written == "":
        return None
    if isinstance(written, float):
        return int(written) if written.is_integer() else written
    if isinstance(written, str):
        return _variant(written) if key == "variant" else _task(written)
    return written if isinstance(written, int) and not isinstance(written, bool) else as_text(written)


@cache
def _variant(written: str) -> Value:
    if is_empty(written):
        return None
    meant = str(convert(written, _VARIANT).value)
    return int(meant) if meant.isdecimal() else meant


@cache
def _task(written: str) -> Value:
    if is_empty(written):
        return None
    state = convert(written, _TASK).state
    marks = {TaskState.NOT_ATTEMPTED: schema.NOT_ATTEMPTED, TaskState.NOT_TAUGHT: schema.NOT_TAUGHT}
    return marks.get(state, written)


def is_same(held: Value, meant: Value) -> bool:
    """Whether a cell of the workbook means what a form says, a number typed as text included."""
    return held == meant or (isinstance(held, str) and not isinstance(meant, str) and as_number(held) == meant)
