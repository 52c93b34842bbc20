"""A small school without a single finding, and the changes by which a test spoils it: in memory or as a real file."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from xlpy.checks.findings import Finding
from xlpy.checks.run import run_checks
from xlpy.tables import schema
from xlpy.tables.frames import read_tables
from xlpy.tables.raw import Value
from xlpy.tables.settings import SETTINGS_ROWS, read_settings
from xlpy.workbook.builder.build import build_workbook
from xlpy.workbook.closed import ClosedWorkbook
from xlpy.workbook.memory import MemoryWorkbook

Row = dict[str, Value]
Rows = dict[str, list[Row]]

TODAY = date(2021, 4, 1)
TWO_YEARS = timedelta(weeks=104)

IVANOVA, PETROV = "Иванова Анна Петровна", "Петров Борис Ильич"
SIDOROVA, KUZNETSOV = "Сидорова Вера Олеговна", "Кузнецов Глеб Юрьевич"
SMIRNOVA, ORLOVA = "Смирнова Дина Павловна", "Орлова Елена Игоревна"
SOKOLOV = "Соколов Фёдор Львович"
PARENT, GUEST = "Наблюдаева Зоя Яновна", "Видова Инна Эдуардовна"
MATHS, BIOLOGY = "Математика", "Биология"
PUPILS = dict(
    zip(
        [("4А", "1"), ("4А", "2"), ("4А", "3"), *(("5А", n) for n in "123"), *(("5Б", n) for n in "456")],
        ("Первый", "Второй", "Третий", "Четвёртый", "Пятый", "Шестой", "Седьмой", "Восьмой", "Девятый"),
        strict=True,
    )
)


def day(text: str) -> datetime:
    """A date written 16.03, in 2021 unless it says otherwise."""
    parts = [int(part) for part in text.split(".")]
    return datetime(parts[2] if len(parts) > 2 else 2021, parts[1], parts[0])


SETTINGS: Mapping[str, Value] = {
    "school": "МБОУ «Школа-пример»",
    "school_short": "Школа-пример",
    "year": "2020/21",
    "vpr_from": day("15.03"),
    "vpr_to": day("21.05"),
}


def table(sheet: str, drawn: str) -> list[Row]:
    """Rows of a drawn table: the first line names columns, «-» is an empty cell, dates are written 16.03."""
    head, *lines = [line.split("|") for line in drawn.strip().splitlines()]
    keys = [key.strip() for key in head]
    return [dict(zip(keys, (_cell(sheet, cell.strip()) for cell in line), strict=True)) for line in lines]


def _cell(sheet: str, cell: str) -> Value:
    if cell == "-":
        return None
    if re.fullmatch(r"\d\d\.\d\d(\.\d{4})?", cell):
        return day(cell)
    return float(cell) if re.fullmatch(r"\d{1,4}", cell) and sheet != "plan" else cell


def legal_school() -> Rows:
    """Rows by sheet key. Three classes, nine pupils, five works, all typed, checked and uploaded."""
    captions = {setting.key: setting.caption for setting in SETTINGS_ROWS}
    return {
        "settings": [{"parameter": captions[s.key], "setting": SETTINGS.get(s.key)} for s in SETTINGS_ROWS],
        "plan": table(
            "plan",
            f"""
            number | measure      | starts | ends  | responsible | status     | evidence
            1.1    | Издать приказ| 01.02  | 01.03 | {ORLOVA}    | выполнено  | приказ № 7
            1.2    | Собрать итоги| 22.05  | 31.05 | {ORLOVA}    | не начато  | -
            """,
        ),
        "teachers": table(
            "teachers",
            f"""
            teacher     | subjects            | roles       | email          | paper_limit | absent_from | absent_to
            {IVANOVA}   | Математика          | эксперт     | anna@school.ru | 5           | -           | -
            {PETROV}    | Математика          | эксперт     | -              | -           | 01.04       | 05.04
            {SIDOROVA}  | Биология            | эксперт     | -              | -           | -           | -
            {KUZNETSOV} | Биология            | эксперт     | -              | -           | -           | -
            {SMIRNOVA}  | начальные классы    | эксперт     | -              | -           | -           | -
            {ORLOVA}    | начальные классы    | эксперт     | -              | -           | -           | -
            {SOKOLOV}   | Физическая культура | организатор | -              | -           | -           | -
            """,
        ),
        "classes": table(
            "classes",
            f"""
            school_class | grade | fis_number | pupils | homeroom   | room
            4А           | 4     | 1          | 3      | {SMIRNOVA} | 11
            5А           | 5     | 2          | 3      | {IVANOVA}  | 21
            5Б           | 5     | 3          | 3      | {PETROV}   | 22
            """,
        ),
        "workload": table(
            "workload",
            f"""
            teacher     | subject             | school_class | since      | until
            {IVANOVA}   | Математика          | 5А           | -          | -
            {PETROV}    | Математика          | 5Б           | -          | -
            {SIDOROVA}  | Биология            | 5А           | -          | -
            {KUZNETSOV} | Биология            | 5Б           | -          | -
            {SMIRNOVA}  | начальные классы    | 4А           | -          | -
            {SOKOLOV}   | Физическая культура | 4А           | 01.09.2020 | 31.12.2020
            {SOKOLOV}   | Физическая культура | 9А           | -          | -
            """,
        ),
        "participants": [
            {
                "code": f"{grade}000{number}",
                "pupil": f"Ученик {PUPILS[school_class, number]}",
                "school_class": school_class,
            }
            for grade, school_class, numbers in ((4, "4А", "123"), (5, "5А", "123"), (5, "5Б", "456"))
            for number in numbers
        ],
        "schedule": table(
            "schedule",
            f"""
            date  | school_class | subject    | lesson | room | organiser   | check_until | upload_until | uploaded
            16.03 | 4А           | Математика | 2      | 11   | {KUZNETSOV} | 19.03       | 23.03        | 22.03
            17.03 | 5А           | Математика | 2      | 21   | {ORLOVA}    | 22.03       | 24.03        | 22.03
            17.03 | 5Б           | Математика | 2      | 22   | {SMIRNOVA}  | 22.03       | 24.03        | 22.03
            18.03 | 5А           | Биология   | 3      | 21   | {ORLOVA}    | 23.03       | 25.03        | 22.03
            18.03 | 5Б           | Биология   | 3      | 22   | {SMIRNOVA}  | 23.03       | 25.03        | 22.03
            """,
        ),
        "scales": table(
            "scales",
            """
            year    | grade | subject    | max_points | mark_3_from | mark_4_from | mark_5_from
            2020/21 | 4     | Математика | 3          | 1           | 2           | 3
            2020/21 | 5     | Математика | 5          | 2           | 3           | 4
            2020/21 | 5     | Биология   | 5          | 2           | 3           | 4
            """,
        ),
        "tasks": table(
            "tasks",
            """
            year    | grade | subject    | number | label | max_points
            2020/21 | 4     | Математика | 1      | 1     | 1
            2020/21 | 4     | Математика | 2      | 2     | 2
            2020/21 | 5     | Математика | 1      | 1     | 2
            2020/21 | 5     | Математика | 2      | 2.1   | 2
            2020/21 | 5     | Математика | 3      | 2.2   | 1
            2020/21 | 5     | Биология   | 1      | 1     | 1
            2020/21 | 5     | Биология   | 2      | 2К1   | 2
            2020/21 | 5     | Биология   | 3      | 2К2   | 2
            """,
        ),
        "results": _results(),
        "checkers": table(
            "checkers",
            f"""
            school_class | subject    | papers | checker
            4А           | Математика | 3      | {ORLOVA}
            5А           | Биология   | 3      | {KUZNETSOV}
            5А           | Математика | 2      | {PETROV}
            5Б           | Биология   | 3      | {SIDOROVA}
            5Б           | Математика | 3      | {IVANOVA}
            """,
        ),
        "rechecks": [
            {
                "number": 1.0,
                "code": "50004",
                "school_class": "5Б",
                "subject": MATHS,
                "sample": "случайный",
                "first_points": 3.0,
                "task_1": 2.0,
                "task_2": "X",
                "task_3": 1.0,
                "rechecker": ORLOVA,
            }
        ],
        "observers": table(
            "observers",
            f"""
            observer | status                       | child_class | free_from | free_to
            {PARENT} | родитель                     | 5А          | 01.03     | 31.03
            {GUEST}  | представитель общественности | -           | -         | -
            """,
        ),
        "visits": table(
            "visits",
            f"""
            date  | school_class | subject    | room | stage           | observer
            16.03 | 4А           | Математика | 11   | проведение      | {PARENT}
            19.03 | 5А           | Математика | 21   | проверка работ  | {GUEST}
            """,
        ),
        "conflicts": table(
            "conflicts",
            f"""
            person   | school_class | subject    | reason
            {ORLOVA} | 5Б           | Биология   | родственник
            """,
        ),
    }


def _results() -> list[Row]:
    """Rows 7–21 of «Результаты»: 4А Математика, 5А Биология, 5А Математика, 5Б Биология, 5Б Математика, three each."""
    rows: list[Row] = []
    works = (("4А", MATHS, 2), ("5А", BIOLOGY, 3), ("5А", MATHS, 3), ("5Б", BIOLOGY, 3), ("5Б", MATHS, 3))
    for school_class, subject, tasks in works:
        for at, number in enumerate("456" if school_class == "5Б" else "123"):
            row: Row = {"code": f"{school_class[0]}000{number}", "school_class": school_class, "subject": subject}
            row |= {"variant": float(at % 2 + 1), "journal_mark": 4.0}
            row |= {f"task_{n}": 1.0 for n in range(1, tasks + 1)}
            rows.append(row)
    absent = rows[8]
    absent.update({"variant": "отсутствовал", "journal_mark": None} | {f"task_{n}": None for n in range(1, 4)})
    rows[12]["task_2"] = "X"
    rows[13]["task_2"] = "не пройд."
    return rows


Change = Callable[[Rows], None]


def put(sheet: str, row: int, **cells: Value) -> Change:
    """Type these cells into an Excel row."""
    return lambda rows: rows[sheet][_at(sheet, row)].update(cells)


def add(sheet: str, **cells: Value) -> Change:
    """Type a row under the table."""
    return lambda rows: rows[sheet].append(dict(cells))


def copy(sheet: str, row: int, **cells: Value) -> Change:
    """Type an Excel row once more under the table, with these cells changed."""
    return lambda rows: rows[sheet].append(rows[sheet][_at(sheet, row)] | cells)


def drop(sheet: str, *drawn: int) -> Change:
    """Take Excel rows out."""

    def change(rows: Rows) -> None:
        gone = {_at(sheet, row) for row in drawn}
        rows[sheet][:] = [row for number, row in enumerate(rows[sheet]) if number not in gone]

    return change


def both(*changes: Change) -> Change:
    """Several changes as one."""

    def change(rows: Rows) -> None:
        for one in changes:
            one(rows)

    return change


def two_years_later(rows: Rows) -> None:
    """Move the whole school by 104 weeks, to 2022/23."""
    for sheet in rows.values():
        for row in sheet:
            for key, cell in row.items():
                if isinstance(cell, datetime):
                    row[key] = cell + TWO_YEARS
                if cell == "2020/21":
                    row[key] = "2022/23"


def setting(key: str, value: Value) -> Change:
    """Give a parameter of «Настройки» this value."""
    return put("settings", setting_row(key), setting=value)


def setting_row(key: str) -> int:
    """Excel row of a parameter."""
    return [s.key for s in SETTINGS_ROWS].index(key) + schema.SETTINGS.header_row + 1


def _at(sheet: str, row: int) -> int:
    header = next(s.header_row for s in schema.SHEETS if s.key == sheet)
    return row - header - 1


@dataclass(frozen=True)
class Raw:
    """What no writer of ours puts into a cell: an error, or a value where a formula was. `xml` fills `<c>`."""

    cell: str
    kind: str
    xml: str


ERROR_CELL = ("e", "<v>#DIV/0!</v>")
PLAIN_NUMBER = ("n", "<v>3</v>")
NEW_FORMULA = ("n", "<f>1+1</f>")


def spoilt(*changes: Change) -> Rows:
    """The legal school with changes made, one after another."""
    rows = deepcopy(legal_school())
    for change in changes:
        change(rows)
    return rows


def memory_findings(rows: Rows, today: date = TODAY) -> tuple[Finding, ...]:
    """What the rules find in rows that never saw a file."""
    tables = read_tables(MemoryWorkbook.filled(rows).read_tables(schema.SHEETS))
    return run_checks(tables, read_settings(tables["settings"]), today)


@cache
def _legal_file() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "vpr_workbook.xlsm"
        path.write_bytes(build_workbook())
        book = ClosedWorkbook(path)
        for sheet in schema.SHEETS:
            book.write_table(sheet, legal_school().get(sheet.key, []))
        return book.patched()


def write_book(path: Path, rows: Rows, raw: Mapping[str, Raw] | None = None) -> Path:
    """Write a real workbook that holds `rows`; only the sheets that differ from the legal school are patched.

    `raw` puts cells into sheets (by name) that the program itself would never write.
    """
    path.write_bytes(_legal_file())
    book, legal = ClosedWorkbook(path), legal_school()
    for sheet in schema.SHEETS:
        if rows.get(sheet.key, []) != legal.get(sheet.key, []):
            book.write_table(sheet, rows[sheet.key])
    path.write_bytes(_with_raw_cells(book.patched(), raw or {}))
    return path


def _with_raw_cells(data: bytes, raw: Mapping[str, Raw]) -> bytes:
    if not raw:
        return data
    number = {f"xl/worksheets/sheet{at}.xml": sheet.name for at, sheet in enumerate(schema.SHEETS, start=2)}
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            cell = raw.get(number.get(member.filename, ""))
            new.writestr(member, content if cell is None else _with_cell(content.decode(), cell).encode())
    return target.getvalue()


def _with_cell(xml: str, raw: Raw) -> str:
    pattern = rf'<c r="{raw.cell}"([^>]*?)(?:/>|>.*?</c>)'
    changed, count = re.subn(pattern, rf'<c r="{raw.cell}" t="{raw.kind}">{raw.xml}</c>', xml, count=1)
    if not count:
        raise ValueError(f"no cell {raw.cell}")
    return changed


def file_findings(path: Path, today: date = TODAY) -> tuple[Finding, ...]:
    """What the rules find in a workbook file."""
    tables = read_tables(ClosedWorkbook(path).read_tables(schema.SHEETS))
    return run_checks(tables, read_settings(tables["settings"]), today)
