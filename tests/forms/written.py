"""Forms to write, what stands in their files, and an oracle of their totals that shares nothing with the formulas."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

from xlpy.exchange.forms.form import FormRow, FormTask, Identity, TeacherForm, Turn
from xlpy.tables.raw import Value

Typed = Mapping[tuple[str, str], Value]
Scale = tuple[int, int, int] | None
CHECKER, COORDINATOR, SCHOOL = "Иванова Анна Петровна", "Орлова Елена Игоревна", "МБОУ «Школа-пример»"
FIRST_ROW, FIRST_TASK = 9, 4


def a_form(
    maxima: Sequence[int] = (1, 2, 2, 3),
    papers: int | Sequence[str] = 3,
    *,
    scale: Scale = (3, 5, 7),
    typed: Typed | None = None,
    not_taught: bool = False,
    turn: Turn = Turn.FIRST,
    labels: Sequence[str] = (),
    variants: Sequence[str] = (),
    **said: str,
) -> TeacherForm:
    """A form of 5А Математика; codes from 50001 on, labels 1, 2, 3… unless said."""
    codes = [str(50001 + at) for at in range(papers)] if isinstance(papers, int) else list(papers)
    names = labels or [str(number) for number in range(1, len(maxima) + 1)]
    identity = Identity(
        said.get("school_class", "5А"),
        said.get("subject", "Математика"),
        "2025/26",
        turn,
        1,
        "12AB-34CD",
        checker=said.get("checker", CHECKER),
        school=said.get("school", SCHOOL),
    )
    return TeacherForm(
        identity,
        tuple(FormTask(at, name, most) for at, (name, most) in enumerate(zip(names, maxima, strict=True), start=1)),
        tuple(FormRow(code, variants[at] if variants else "") for at, code in enumerate(codes)),
        scale,
        said.get("until", "22.03.2026"),
        said.get("coordinator", COORDINATOR),
        takes_not_taught=not_taught,
        typed=typed or {},
    )


def parts(data: bytes) -> dict[str, str]:
    """Every part of a file as text."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def uncomputed(data: bytes, path: Path) -> Path:
    """Save a file without what its formulas show, so that a program which opens it has to compute them."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as package, zipfile.ZipFile(out, "w") as copy:
        for name in package.namelist():
            part = package.read(name)
            copy.writestr(name, re.sub(rb"</f><v>[^<]*</v>", b"</f>", part) if "sheet1" in name else part)
    path.write_bytes(out.getvalue())
    return path


def expected(form: TeacherForm, code: str, variant: str) -> tuple[object, object]:
    """What «Балл» and «Отметка» must show for a paper, by a plain reading of the issue; None where nothing."""
    absent = str(form.typed.get((code, "variant"), variant)).strip().lower() == "отсутствовал"
    cells = [form.typed.get((code, f"task_{task.number}")) for task in form.tasks]
    meant = [_meant(cell, task.maximum, form) for cell, task in zip(cells, form.tasks, strict=True)]
    if all(one == "empty" for one in meant):
        return ("—", "—") if absent else (None, None)
    if absent or "wrong" in meant:
        return "проверьте", None
    if "empty" in meant:
        return "не всё", None
    total = sum(one for one in meant if isinstance(one, int))
    if form.scale is None:
        return total, None
    three, four, five = form.scale
    return total, 5 if total >= five else 4 if total >= four else 3 if total >= three else 2


def _meant(cell: Value, maximum: int, form: TeacherForm) -> object:
    if cell is None:
        return "empty"
    if isinstance(cell, str):
        said = " ".join(cell.replace("\u00a0", " ").split()).lower()
        if not said:
            return "empty"
        taught = {"не пройд.", "не пройд", "не пройдено"} if form.takes_not_taught else set()
        return 0 if said in {"x", "х"} | taught else "wrong"
    if isinstance(cell, (int, float)) and cell in range(maximum + 1):
        return int(cell)
    return "wrong"
