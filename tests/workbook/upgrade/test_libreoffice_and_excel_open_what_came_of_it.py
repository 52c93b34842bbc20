"""The whole way with a real office program: books it saved are moved, and it opens what came of them."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator
from python_calamine import CalamineWorkbook

from tests import office
from tests.workbook.upgrade.books import VERSION, by_caption, newest, older_book, tables
from tests.workbook.upgrade.test_all_rows_come_along import set_version
from tests.workbook.upgrade.test_the_user_s_own_things_come_along import DROPPED, TEACHERS, own_sheets
from xlpy.tables import schema
from xlpy.tables.declare import Role
from xlpy.tables.raw import Value
from xlpy.workbook.closed import ClosedWorkbook
from xlpy.workbook.upgrade import upgrade

POINTS = {f"task_{number}": 1 for number in range(1, 12)}
RESULTS: list[dict[str, Value]] = [
    {"code": "70001", "school_class": "7А", "subject": "Физика", "variant": 1, **POINTS},
    {"code": "70002", "school_class": "7А", "subject": "Физика", "variant": "отсутствовал", "journal_mark": 4},
]
CALCULATED = {c.caption for sheet in schema.SHEETS for c in sheet.columns if c.role is Role.CALCULATED}


@dataclass(frozen=True)
class Books:
    """The same books before and after the move, and after it as LibreOffice shows them."""

    before: dict[str, Path]
    after: dict[str, Path]
    shown: dict[str, Path]


def filled_current(path: Path) -> Path:
    path.write_bytes(newest())
    book = ClosedWorkbook(path)
    raw = book.read_tables([schema.SETTINGS])["settings"]
    rows: list[dict[str, Value]] = [
        {"parameter": row[0], "setting": "2020/21" if row[0] == "Учебный год" else row[1]} for row in raw.values
    ]
    book.write_table(schema.SETTINGS, rows)
    book.write_table(schema.RESULTS, RESULTS)
    book.write_table(schema.TEACHERS, TEACHERS)
    book.save()
    set_version(path, 0)
    return path


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    folder = tmp_path_factory.mktemp("books")
    older = older_book(folder / "прежняя.xlsm", {"teachers": TEACHERS}, dropped=DROPPED, decorate=own_sheets)
    current = filled_current(folder / "нынешняя.xlsm")
    saved = office.convert([older, current], "xlsm:Calc MS Excel 2007 VBA XML", folder / "office")
    before = {"written": older, "older": saved[0], "current": saved[1]}
    after = {}
    for name, path in before.items():
        after[name] = folder / f"{name}.xlsm"
        shutil.copy(path, after[name])
        assert upgrade(after[name], newest()).is_changed
    shown = office.convert(after.values(), "xlsx", folder / "shown")
    return Books(before, after, dict(zip(after, shown, strict=True)))


def typed(path: Path) -> dict[str, list[dict[str, Value]]]:
    """All that was typed: without what the book calculates and without its version."""
    found = {}
    for key, raw in tables(path).items():
        rows = [{c: v for c, v in row.items() if c not in CALCULATED} for row in by_caption(raw)]
        found[key] = [row for row in rows if row.get("Параметр") != VERSION and row]
    return found


def grid(path: Path, name: str) -> list[list[object]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_name(name).to_python()


def test_a_filled_book_that_libreoffice_saved_keeps_all_that_was_typed(books: Books) -> None:
    assert typed(books.after["current"]) == typed(books.before["current"])


def test_libreoffice_computes_the_marks_of_a_moved_book(books: Books) -> None:
    header, first, second = grid(books.shown["current"], "Результаты")[5:8]
    points, mark, comparison = (header.index(caption) for caption in ("Балл", "Отметка", "Сравнение"))
    assert first[points] == 11
    assert first[mark] in {4, 5}
    assert (second[points], second[comparison]) == ("", "")


@pytest.mark.parametrize("name", ["written", "older"])
def test_libreoffice_shows_the_same_values_on_the_user_s_own_sheets(books: Books, name: str) -> None:
    before, after = grid(books.before["older"], "Моя сводка"), grid(books.shown[name], "Моя сводка")
    assert after[1][1] == 2  # the teachers, counted anew
    assert after[2][1] == before[2][1] == "Математика Учителя!C2"  # subjects lay at C before, now at D
    assert after[1][2] == 2.5
    for row in (0, 1, 4, 5, 7):
        assert after[row][0] == before[row][0]


@pytest.mark.parametrize("name", ["written", "older", "current"])
def test_excel_would_find_nothing_to_repair(books: Books, name: str) -> None:
    result = OpenXmlValidator().validate(str(books.after[name]))
    assert [str(error) for error in result.errors] == []
