"""A school that collects what it handed out, through a workbook in memory or a real file."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tests.checks.school import Change, Row, Rows, spoilt, write_book
from xlpy.actions import Stamp
from xlpy.collecting import Choice, Done, Take, collect, collect_closed
from xlpy.handing_out import hand_out
from xlpy.tables import schema
from xlpy.tables.raw import RawTable, Value
from xlpy.words.collecting import RECORD_FILE
from xlpy.workbook.closed import ClosedWorkbook
from xlpy.workbook.memory import MemoryWorkbook

STAMP = Stamp(datetime(2021, 3, 21, 9, 30), "Завуч")
IVANOVA, PETROV = "Иванова Анна Петровна", "Петров Борис Ильич"
DOCUMENTS = "Документы"
# 5Б Математика: rows of «Результаты» and codes; its tasks are labelled 1, 2.1, 2.2.
ROWS = {"50004": 19, "50005": 20, "50006": 21}
TASKS = ("task_1", "task_2", "task_3")


def quiet(done: int, total: int) -> None:
    """Nobody watches."""
    del done, total


def untyped(rows: Rows) -> None:
    """Nobody has typed 5Б Математика yet, and no variants are known."""
    for row in ROWS.values():
        rows["results"][row - 7] |= dict.fromkeys((*TASKS, "variant"))


@dataclass
class CollectingSchool:
    """A school with its folder of documents under `home`; the workbook is in memory unless `is_file`."""

    home: Path
    changes: tuple[Change, ...] = (untyped,)
    is_file: bool = False
    book: MemoryWorkbook = field(init=False)

    def __post_init__(self) -> None:
        rows = spoilt(*self.changes)
        self.book = MemoryWorkbook.filled(rows)
        if self.is_file:
            write_book(self.path, rows)
        hand_out(self.opened(), self.path, None, STAMP, quiet)

    @property
    def path(self) -> Path:
        """The workbook's file."""
        return self.home / "vpr_workbook.xlsm"

    @property
    def folder(self) -> Path:
        """Where forms are handed out to."""
        return self.home / DOCUMENTS / "Формы"

    @property
    def record(self) -> Path:
        """What is remembered of forms collected."""
        return self.home / DOCUMENTS / RECORD_FILE

    def opened(self) -> MemoryWorkbook | ClosedWorkbook:
        """The workbook through its port."""
        return ClosedWorkbook(self.path) if self.is_file else self.book

    def form(self, person: str = IVANOVA, name: str = "5Б Математика") -> Path:
        """A form handed out."""
        return self.folder / person / f"{name}.xlsx"

    def copy(self, name: str, person: str = IVANOVA) -> Path:
        """Another file with the form of 5Б Математика, beside it."""
        return Path(shutil.copy2(self.form(person), self.folder / person / name))

    def collect(self, take: Take | None = None, only: str = "", folder: Path | None = None) -> Done:
        """Collect the forms."""
        choice = Choice(take, only)
        if self.is_file:
            return collect_closed(self.path, folder, STAMP, choice, quiet)
        return collect(self.book, self.path, folder, STAMP, choice, quiet)

    def rows_of(self, sheet: schema.Sheet) -> list[Row]:
        """What a sheet holds."""
        return rows_of(self.opened().read_tables([sheet])[sheet.key], sheet)

    def points(self, code: str) -> tuple[Value, ...]:
        """Points of a paper of 5Б Математика."""
        row = next(r for r in self.rows_of(schema.RESULTS) if (r["code"], r["subject"]) == (code, "Математика"))
        return tuple(row[key] if row[key] != "" else None for key in TASKS)

    def said(self) -> list[tuple[str, str, str]]:
        """What «Замечания» says of forms: rule, file and place."""
        return [
            (str(row["rule"]), str(row["sheet"] or ""), str(row["cell"] or ""))
            for row in self.rows_of(schema.FINDINGS)
            if str(row["rule"]).startswith("FRM") or "!" in str(row["cell"])
        ]


def rows_of(raw: RawTable, sheet: schema.Sheet) -> list[Row]:
    """Rows of a table by column key."""
    keys = [column.key for column in sheet.columns]
    return [dict(zip(keys, line, strict=False)) for line in raw.values]


def rules(said: Sequence[tuple[str, str, str]]) -> list[str]:
    """The rules alone."""
    return [rule for rule, _, _ in said]
