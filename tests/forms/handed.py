"""A school that hands forms out into a folder, and people who type into them with a program of their own."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.checks.school import BIOLOGY, MATHS, Change, spoilt
from xlpy.actions import Stamp
from xlpy.exchange.forms import layout
from xlpy.handed.outcome import Dealt, Fate, HandedOut
from xlpy.handing_out import hand_out
from xlpy.workbook.memory import MemoryWorkbook

STAMP = Stamp(datetime(2021, 3, 20, 12, 0), "Завуч")
FORMS = Path("Документы") / "Формы"
RECORD, RETIRED = "Опись форм.json", "Заменённые"
# Rows of sheets of the small school.
CHECKER_OF_5B_MATHS, DATE_OF_5B_MATHS = 6, 4
FIRST, SECOND = "", " (вторая проверка)"
__all__ = ["BIOLOGY", "MATHS"]


@dataclass
class HandingSchool:
    """A school whose folder of forms is `folder`."""

    home: Path
    changes: list[Change] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        return self.home / FORMS

    def book(self) -> MemoryWorkbook:
        """The workbook as it is after all changes."""
        return MemoryWorkbook.filled(spoilt(*self.changes))

    def hand(self, *changes: Change) -> HandedOut:
        """Make changes in the workbook and hand out."""
        self.changes += changes
        return hand_out(self.book(), self.home / "vpr_workbook.xlsm", None, STAMP, lambda _done, _total: None)

    def form(self, person: str, name: str) -> Path:
        """A form in a person's folder: «5А Математика»."""
        return self.folder / person / f"{name}.xlsx"

    def files(self) -> list[str]:
        """All files in the folder but the record, as people see them."""
        found = (path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file())
        return sorted(path for path in found if path != RECORD)

    def state(self) -> dict[str, tuple[str, int]]:
        """Digest and time of change of every file."""
        return {
            path.relative_to(self.folder).as_posix(): (
                sha256(path.read_bytes()).hexdigest(),
                path.stat().st_mtime_ns,
            )
            for path in self.folder.rglob("*")
            if path.is_file()
        }


def type_into(
    path: Path, cells: Mapping[tuple[str, str], object], variants: Mapping[str, object] | None = None
) -> None:
    """Type points by (code, label of the task), and variants by code, as another program saves them."""
    book = load_workbook(path)
    sheet = book["Работы"]
    rows, columns = _places(sheet)
    for (code, label), value in cells.items():
        sheet.cell(rows[code], columns[label]).value = value
    for code, value in (variants or {}).items():
        sheet.cell(rows[code], layout.VARIANT_COLUMN).value = value
    book.save(path)


def typed_in(path: Path) -> dict[tuple[str, str], object]:
    """What stands in the task cells of a form, by code and label."""
    sheet = load_workbook(path)["Работы"]
    rows, columns = _places(sheet)
    found = {(code, label): sheet.cell(row, at).value for code, row in rows.items() for label, at in columns.items()}
    return {place: value for place, value in found.items() if value is not None}


def variants_in(path: Path) -> dict[str, object]:
    """What stands for the variant, by code."""
    sheet = load_workbook(path)["Работы"]
    return {code: sheet.cell(row, layout.VARIANT_COLUMN).value for code, row in _places(sheet)[0].items()}


def _places(sheet: Any) -> tuple[dict[str, int], dict[str, int]]:
    codes = {}
    for row in range(layout.FIRST_PAPER_ROW, sheet.max_row + 1):
        with suppress(TypeError):
            if str(sheet.cell(row, layout.CODE_COLUMN).value or ""):
                codes[str(sheet.cell(row, layout.CODE_COLUMN).value)] = row
    columns = {}
    for at in range(layout.FIRST_TASK_COLUMN, sheet.max_column + 1):
        if str(sheet.cell(layout.KEY_ROW, at).value or "").strip("#").isdecimal():
            columns[str(sheet.cell(layout.LABEL_ROW, at).value)] = at
    return codes, columns


def said_in(path: Path) -> str:
    """All texts of the first rows of a form, and its help sheet."""
    return " ".join(
        str(cell.value) for sheet in load_workbook(path) for line in sheet.iter_rows() for cell in line if cell.value
    )


def codes_in(path: Path) -> list[str]:
    """Codes of a form from top to bottom."""
    return list(_places(load_workbook(path)["Работы"])[0])


def only(handed: HandedOut, fate: Fate) -> Dealt:
    """The one form of this fate."""
    (dealt,) = [one for one in handed.dealt if one.fate is fate]
    return dealt


def fates(handed: HandedOut) -> dict[str, str]:
    """What became of each form, by work and turn."""
    return {
        f"{one.form.identity.school_class} {one.form.identity.subject} {one.form.identity.turn.value}": one.fate.value
        for one in handed.dealt
    }
