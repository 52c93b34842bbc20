"""A school whose journal marks are still to be taken, and exports of an e-journal in the layouts that journals have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from tests.checks.school import BIOLOGY, MATHS, Change, Row, Rows, spoilt
from xlpy import journal_marks
from xlpy.actions import Stamp
from xlpy.exchange.journal.choice import Choice, parse_choice
from xlpy.exchange.journal.plan import Existing, JournalPlan
from xlpy.journal_marks import Export, Ground, Understood
from xlpy.tables import schema
from xlpy.tables.raw import PlainBook, PlainSheet, Value
from xlpy.workbook.memory import MemoryWorkbook
from xlpy.workbook.port import Workbook

STAMP = Stamp(datetime(2021, 4, 1, 12, 0), "Завуч")
TODAY = date(2021, 4, 1)
NAMES = {
    "40001": "Ветрова Алёна Игоревна",
    "40002": "Громов Пётр Ильич",
    "40003": "Дёмина Яна Олеговна",
    "50001": "Ежов Семён Артёмович",
    "50002": "Жуков Лев Андреевич",
    "50003": "Зорина Вера Павловна",
    "50004": "Ильин Марк Юрьевич",
    "50005": "Ильина Майя Юрьевна",
    "50006": "Калинин Егор Петрович",
}
CLASSES = {code: "4А" if code < "5" else "5А" if code < "50004" else "5Б" for code in NAMES}
WORKS = (("4А", MATHS), ("5А", BIOLOGY), ("5А", MATHS), ("5Б", BIOLOGY), ("5Б", MATHS))
PAPERS = tuple((code, subject) for school_class, subject in WORKS for code in NAMES if CLASSES[code] == school_class)
# What the e-journal holds: every mark there is, and a pupil who has none.
MARKS: Mapping[tuple[str, str], Value] = {
    paper: schema.NO_MARK if at == 7 else 2 + at * 7 % 4 for at, paper in enumerate(PAPERS)
}

Grid = list[list[Value]]


def named(rows: Rows) -> None:
    """Pupils get names of three words, and nobody's journal mark is typed yet."""
    for row in rows["participants"]:
        row["pupil"] = NAMES[str(row["code"])]
    for row in rows["results"]:
        row["journal_mark"] = None


def a_school(*changes: Change) -> MemoryWorkbook:
    """The legal school in memory, its journal marks still to be taken."""
    return MemoryWorkbook.filled(spoilt(named, *changes))


@dataclass(frozen=True)
class Taken:
    """What a school takes from an export."""

    understood: Understood
    plan: JournalPlan
    ground: Ground

    @property
    def marks(self) -> dict[tuple[str, str], Value]:
        """The marks to write, by code and subject."""
        paper_of = {row.row: paper for paper, same in self.ground.rows.items() for row in same}
        return {paper_of[row]: mark for (row, _), mark in self.plan.edits.items()}

    @property
    def found(self) -> list[str]:
        """Codes of what was found."""
        return [note.code.value for note in (*self.plan.notes, *self.understood.read.notes)]


def taken(
    book: Workbook,
    *sheets: PlainSheet,
    columns: str = "",
    file: str = "Выгрузка.xlsx",
    existing: Existing = Existing.KEEP,
) -> Taken:
    """What a school takes from an export; nothing is written."""
    ground = journal_marks.ground_of(book, Path("school.xlsm"))
    said = parse_choice(columns, ground.subjects) if columns else Choice()
    understood = journal_marks.understand(Export(Path(file), PlainBook(sheets)), ground, said)
    assert understood.read.question is None, understood.read.question
    return Taken(understood, journal_marks.plan_of(understood, ground, existing), ground)


def sheet(grid: Sequence[Sequence[Value]], name: str = "Лист1", **more: object) -> PlainSheet:
    """A sheet of these cells."""
    return PlainSheet(name, [list(line) for line in grid], **more)  # type: ignore[arg-type]


def in_journal(mark: Value) -> Value:
    """A mark as journals write it."""
    return "н/а" if mark == schema.NO_MARK else mark


def short(name: str) -> str:
    """«Ежов Семён Артёмович» as «Ежов С. А.»."""
    surname, given, patronymic = name.split()
    return f"{surname} {given[0]}. {patronymic[0]}."


def long_grid(head: Sequence[Value] = ("№", "ФИО", "Класс", "Предмет", "Отметка", "Средний балл")) -> Grid:
    """One row per pupil and subject."""
    rows: Grid = [list(head)]
    for at, ((code, subject), mark) in enumerate(MARKS.items(), start=1):
        rows.append([at, NAMES[code], CLASSES[code], subject, in_journal(mark), "4,33"])
    return rows


def wide_grid(school_class: str, title: str = "") -> Grid:
    """A row per pupil of a class, a column per subject, and what stands under the pupils."""
    subjects = [subject for its_class, subject in WORKS if its_class == school_class]
    rows: Grid = [[title]] if title else []
    rows.append(["№", "Ученик", *subjects, "Музыка", "Средний балл", "Пропущено уроков"])
    for at, code in enumerate((code for code in NAMES if CLASSES[code] == school_class), start=1):
        marks = [in_journal(MARKS[code, subject]) for subject in subjects]
        rows.append([at, NAMES[code], *marks, 5, 4.33, 12])
    rows.append([None, "Средний балл", *["4,1" for _ in subjects], 5, 4.1])
    rows.append([None, "Классный руководитель: Смирнова Д. П."])
    return rows


def results(book: MemoryWorkbook) -> list[Row]:
    """«Результаты» as saved."""
    raw = (book.saved or book.tables)["results"]
    keys = [column.key for column in schema.RESULTS.columns]
    return [dict(zip(keys, line, strict=False)) for line in raw.values]


def held(book: MemoryWorkbook) -> dict[tuple[str, str], Value]:
    """The journal marks that «Результаты» holds."""
    found = {(str(row["code"]), str(row["subject"])): row["journal_mark"] for row in results(book)}
    return {paper: mark for paper, mark in found.items() if mark is not None}
