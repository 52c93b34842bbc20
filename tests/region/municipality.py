"""Made-up municipalities for the tests of this room: whole workbooks, and schools by builders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from xlpy.analysis.staff import Period
from xlpy.assignment.packs import Pack
from xlpy.region.school import Expert, School
from xlpy.shipped import WORKBOOK, shipped
from xlpy.tables import schema
from xlpy.tables.raw import Value
from xlpy.tables.settings import PACKS
from xlpy.workbook.closed import ClosedWorkbook

Row = dict[str, Value]
MATHS, PHYSICS = "Математика", "Физика"


def quietly(*_progress: object) -> None:
    """Nobody watches."""


def pack(school_class: str, subject: str = MATHS, papers: int = 20, days: Period | None = None) -> Pack:
    return Pack(school_class, subject, papers, days)


def expert(name: str, *subjects: str, limit: int | None = None, absence: Period | None = None) -> Expert:
    return Expert(name, subjects or (MATHS,), limit, absence)


def school(name: str, packs: Sequence[Pack], experts: Sequence[Expert], each: int = 1, **more: object) -> School:
    people = frozenset(one.name.casefold() for one in experts)
    bare = School(name, "Энск", tuple(packs), tuple(experts), people, frozenset(), each, PACKS)
    return replace(bare, **more)  # type: ignore[arg-type]


def settings(name: str, **more: Value) -> list[Row]:
    named = {"Школа (краткое)": name, "Муниципалитет": "Энск", "Учебный год": "2020/21", **more}
    return [{"parameter": parameter, "setting": value} for parameter, value in named.items()]


def write_book(path: Path, rows: Mapping[str, Sequence[Row]]) -> Path:
    """A real workbook that holds these rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(shipped(WORKBOOK).read_bytes())
    book = ClosedWorkbook(path)
    for sheet in schema.SHEETS:
        if sheet.key in rows:
            book.write_table(sheet, rows[sheet.key])
    book.save()
    return path
