"""A small invented school in a memory workbook: what a test does not mention has a sensible value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn

from xlpy.documents.protocol import write_protocols
from xlpy.shipped import shipped
from xlpy.tables import schema
from xlpy.tables.frames import Table, read_tables
from xlpy.tables.raw import Value
from xlpy.tables.settings import Settings, read_settings
from xlpy.workbook.memory import MemoryWorkbook

Row = dict[str, Value]
Rows = Mapping[str, Sequence[Row]]
YEAR = "2020/21"
NAMES = ("Ветров Глеб", "Щеглова Вера", "Облакова Нина", "Рощин Тимур", "Полянская Ася")
SETTINGS = {
    "Школа (полное)": "Муниципальное бюджетное общеобразовательное учреждение «Средняя школа № 7 города Снегова»",
    "Школа (краткое)": "МБОУ СШ № 7",
    "Муниципалитет": "Снеговский муниципальный округ",
    "Директор": "Северова Ольга Ильинична",
    "Заместитель директора": "Горина Анна Петровна",
    "Номер приказа": "48-О",
    "Дата приказа": "12.02.2021",
    "Учебный год": YEAR,
}
TASK_LABELS = ("1", "2", "3", "4К1", "4К2")
TASK_MAXIMA = (1, 1, 2, 2, 3)


def settings_rows(**changed: Value) -> list[Row]:
    """Rows of «Настройки»; underscores of a name stand for spaces."""
    wanted = SETTINGS | {name.replace("_", " "): value for name, value in changed.items()}
    return [{"parameter": name, "setting": value} for name, value in wanted.items()]


def task_rows(labels: Sequence[str] = TASK_LABELS, maxima: Sequence[int] = TASK_MAXIMA, **changed: Value) -> list[Row]:
    return [
        {"year": YEAR, "grade": 5, "subject": "Математика", "number": n, "label": label, "max_points": most} | changed
        for n, (label, most) in enumerate(zip(labels, maxima, strict=True), start=1)
    ]


def scale_row(**changed: Value) -> Row:
    return {
        "year": YEAR,
        "grade": 5,
        "subject": "Математика",
        "max_points": 9,
        "mark_3_from": 3,
        "mark_4_from": 5,
        "mark_5_from": 8,
    } | changed


def paper(code: str = "50001", points: Sequence[Value] = (1, 1, 2, 1, 0), **changed: Value) -> Row:
    cells: Row = {f"task_{n}": value for n, value in enumerate(points, start=1)}
    named: Row = {"code": code, "school_class": "5А", "subject": "Математика", "variant": 1, "journal_mark": 4}
    return named | cells | changed


def school(**changed: Sequence[Row]) -> dict[str, Sequence[Row]]:
    """Rows by sheet key: class 5А, its mathematics, five pupils with names; `changed` replaces whole sheets."""
    rows: dict[str, Sequence[Row]] = {
        "settings": settings_rows(),
        "participants": [
            {"code": f"5000{n}", "pupil": name, "school_class": "5А"} for n, name in enumerate(NAMES, start=1)
        ],
        "schedule": [
            {
                "date": datetime(2021, 4, 15),
                "school_class": "5А",
                "subject": "Математика",
                "form": "бумажная",
            }
        ],
        "scales": [scale_row()],
        "tasks": task_rows(),
        "results": [paper(f"5000{n}") for n in range(1, len(NAMES) + 1)],
        "checkers": [{"school_class": "5А", "subject": "Математика", "papers": 5, "checker": "Лугова Инна Олеговна"}],
    }
    return rows | changed


def tables_of(rows: Rows) -> tuple[dict[str, Table], Settings]:
    tables = read_tables(MemoryWorkbook.filled(rows).read_tables(schema.SHEETS))
    return tables, read_settings(tables["settings"])


def shipped_templates() -> Path:
    return shipped("templates")


def quiet(_done: int, _of: int) -> None:
    """Tell nobody."""


def write(rows: Rows, out: Path, templates: Path | None = None) -> list[Path]:
    """Protocols of a school, written on 20.05.2021."""
    tables, settings = tables_of(rows)
    return write_protocols(tables, settings, out, templates or shipped_templates(), date(2021, 5, 20), quiet)


def text_of(path: Path) -> str:
    """All text of a document: body, tables, headers, footers, in reading order, a line per paragraph."""
    document = Document(path)
    parts = [document.element.body]
    for section in document.sections:
        parts += [part._element for part in (section.header, section.footer, section.first_page_footer)]
    return "\n".join("".join(p.itertext(qn("w:t"))) for part in parts for p in part.iter(qn("w:p")))


def table_of(path: Path) -> list[list[str]]:
    """The table of papers, row by row; merged cells once."""
    table = next(t for t in Document(path).tables if t.rows[0].cells[0].text == "№")
    return [["".join(cell.itertext(qn("w:t"))) for cell in row._tr.iterchildren(qn("w:tc"))] for row in table.rows]
