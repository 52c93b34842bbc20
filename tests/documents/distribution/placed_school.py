"""The made-up school of the demo with people on «Проверяющие», dealt out by a plain loop."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn
from docx.table import Table as WordTable

from xlpy.checks.findings import Finding
from xlpy.checks.run import run_checks
from xlpy.demo.school import make_school
from xlpy.documents.distribution import MadeDistribution, NoProof, ProofLines, write_distribution
from xlpy.shipped import shipped
from xlpy.tables import schema
from xlpy.tables.frames import Table, read_tables
from xlpy.tables.raw import Value
from xlpy.tables.settings import Settings, read_settings
from xlpy.workbook.memory import MemoryWorkbook

Row = dict[str, Value]
Rows = Mapping[str, Sequence[Row]]
TODAY = date(2021, 5, 20)
CLASSES, SEED = 5, 7


@cache
def demo_rows() -> dict[str, tuple[Row, ...]]:
    return {key: tuple(dict(row) for row in rows) for key, rows in make_school(CLASSES, SEED).rows.items()}


def works() -> list[tuple[str, str]]:
    """Every class and subject of «График», once, in the order of its rows."""
    return list(dict.fromkeys((str(row["school_class"]), str(row["subject"])) for row in demo_rows()["schedule"]))


def dealt(second: int = 0) -> list[Row]:
    """A row of «Проверяющие» for each work; its people follow each other round the staff list."""
    staff = [str(row["teacher"]) for row in demo_rows()["teachers"]]
    written: dict[tuple[str, str], int] = {}
    for row in demo_rows()["results"]:
        work = str(row["school_class"]), str(row["subject"])
        written[work] = written.get(work, 0) + (row["variant"] != schema.ABSENT)
    rows: list[Row] = []
    for at, work in enumerate(works()):
        row: Row = {"school_class": work[0], "subject": work[1], "papers": written[work]}
        row["checker"] = staff[at % len(staff)]
        if second:
            row["second_checker"] = staff[(at + second) % len(staff)]
        rows.append(row)
    return rows


def school(**changed: Sequence[Row]) -> dict[str, Sequence[Row]]:
    """Rows by sheet key, everyone dealt out; `changed` replaces whole sheets."""
    return {**demo_rows(), "checkers": dealt(), **changed}


def settings_rows(**changed: Value) -> list[Row]:
    """Rows of «Настройки» of the school; underscores of a name stand for spaces."""
    wanted = {row["parameter"]: row.get("setting") for row in demo_rows()["settings"]}
    wanted |= {name.replace("_", " "): value for name, value in changed.items()}
    return [{"parameter": name, "setting": value} for name, value in wanted.items()]


def small(**changed: Sequence[Row]) -> dict[str, Sequence[Row]]:
    """One class, its mathematics, three pupils, a checker, an observer."""
    day = datetime(2021, 4, 15)
    work: Row = {"school_class": "5А", "subject": "Математика"}
    rows: dict[str, Sequence[Row]] = {
        "settings": [{"parameter": "Учебный год", "setting": "2020/21"}],
        "classes": [{"school_class": "5А", "grade": 5}],
        "teachers": [{"teacher": "Лугова Инна Олеговна", "subjects": "Математика"}],
        "participants": [
            {"code": f"5000{n}", "pupil": f"Росинкина Ива{'а' * n}", "school_class": "5А"} for n in range(1, 4)
        ],
        "schedule": [work | {"date": day, "lesson": 2, "room": "201", "check_until": datetime(2021, 4, 20)}],
        "results": [work | {"code": f"5000{n}"} for n in range(1, 4)],
        "checkers": [work | {"papers": 3, "checker": "Лугова Инна Олеговна"}],
        "observers": [{"observer": "Ручьёв Лев Ильич", "contact": "+7 900 000-00-00"}],
        "visits": [work | {"date": day, "room": "201", "stage": "проведение", "observer": "Ручьёв Лев Ильич"}],
    }
    return {**rows, **changed}


def tables_of(rows: Rows) -> tuple[dict[str, Table], Settings]:
    tables = read_tables(MemoryWorkbook.filled(rows).read_tables(schema.SHEETS))
    return tables, read_settings(tables["settings"])


def findings_of(rows: Rows) -> tuple[Finding, ...]:
    return run_checks(*tables_of(rows), TODAY)


def quiet(_done: int, _of: int) -> None:
    """Tell nobody."""


def of_shipped(_template: str) -> Path:
    return shipped("templates")


def write(
    rows: Rows,
    out: Path,
    *,
    proof: ProofLines | NoProof = NoProof.ABSENT,
    templates: Callable[[str], Path] = of_shipped,
    doubts: int = 0,
    advance: Callable[[int, int], None] = quiet,
) -> MadeDistribution:
    tables, settings = tables_of(rows)
    return write_distribution(tables, settings, findings_of(rows), doubts, proof, out, templates, TODAY, advance)


def tables_in(path: Path) -> list[list[list[str]]]:
    """The bordered tables of a document: cells of each row, merged ones once."""
    found = [
        table for table in Document(str(path)).tables if table.style is not None and table.style.name == "Table Grid"
    ]
    return [_cells(table) for table in found]


def _cells(table: WordTable) -> list[list[str]]:
    return [["".join(cell.itertext(qn("w:t"))) for cell in row._tr.iterchildren(qn("w:tc"))] for row in table.rows]


def text_of(path: Path) -> str:
    """All text of a document's body, a line per paragraph."""
    body = Document(str(path)).element.body
    return "\n".join("".join(p.itertext(qn("w:t"))) for p in body.iter(qn("w:p")))


def everything_in(path: Path) -> str:
    """Every part of the package, as it is written."""
    with zipfile.ZipFile(path) as package:
        return "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
