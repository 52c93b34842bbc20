"""The same tables, whether the book is open or closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
import xlwings as xw

from tests.workbook.live.books import assert_same, document, live, saved_by_office, school_book, tables
from xlpy.errors import WorkbookError
from xlpy.tables import schema
from xlpy.workbook.closed import ClosedWorkbook

Open = Callable[[Path], xw.Book]


def test_every_table_of_a_school_is_the_same(tmp_path: Path, open_book: Open) -> None:
    path = school_book(tmp_path / "book.xlsm")
    book = open_book(path)
    found = tables(live(book))
    assert_same(found, tables(ClosedWorkbook(path)), calculated=False)
    assert_same(found, tables(ClosedWorkbook(saved_by_office(book, tmp_path / "saved.xlsm"))))


def test_whatever_a_person_types_is_the_same(tmp_path: Path, open_book: Open) -> None:
    book = open_book(school_book(tmp_path / "book.xlsm"))
    sheet = document(book).Sheets.getByName(schema.TEACHERS.name)
    captions = [column.caption for column in schema.TEACHERS.columns]
    note = captions.index("Примечание")
    typed = ("=1+1", "'цитата", "+7 900", "-5", "@имя", "001", "1,5", "TRUE", " пробел ", "две\nстроки")
    for row, text in enumerate(typed, start=1):
        sheet.getCellByPosition(note, row).setString(text)
    sheet.getCellByPosition(note, len(typed) + 1).setFormula("=1/0")
    sheet.getCellByPosition(note, len(typed) + 2).setFormula('=A2&"!"')
    absent = captions.index("Отсутствует с")
    sheet.getCellByPosition(absent, 1).setFormula("=DATE(2026;4;20)")
    sheet.getCellByPosition(note + 1, 0).setString("Мой столбец")
    sheet.getCellByPosition(note + 1, 3).setValue(12.25)
    found = tables(live(book))
    at = found["teachers"].captions.index("Примечание")
    assert [line[at] for line in found["teachers"].values[: len(typed)]] == list(typed)
    assert found["teachers"].errors == {(len(typed) + 2, at): "#DIV/0!"}
    assert found["teachers"].values[0][absent] == datetime(2026, 4, 20)
    assert_same(found, tables(ClosedWorkbook(saved_by_office(book, tmp_path / "saved.xlsm"))))


def test_logical_values_spans_and_times_are_told_from_numbers(tmp_path: Path, open_book: Open) -> None:
    book = open_book(school_book(tmp_path / "book.xlsm"))
    sheet = book.sheets[schema.TEACHERS.name]
    note = [column.key for column in schema.TEACHERS.columns].index("note") + 1
    for row, (shown, number) in enumerate((("BOOLEAN", 1), ("BOOLEAN", 0), ("HH:MM", 0.375), ("[HH]:MM", 1.5)), 2):
        cell = sheet.range((row, note))
        cell.value = number
        cell.number_format = shown
    sheet.range((6, note)).value = 1
    found = tables(live(book))
    assert [line[note - 1] for line in found["teachers"].values[:5]] == [
        True, False, "09:00:00", "1 day, 12:00:00", 1.0,
    ]  # fmt: skip
    assert_same(found, tables(ClosedWorkbook(saved_by_office(book, tmp_path / "saved.xlsm"))))


def test_a_renamed_sheet_is_named_with_the_nearest_one(tmp_path: Path, open_book: Open) -> None:
    book = open_book(school_book(tmp_path / "book.xlsm"))
    book.sheets["Учителя"].name = "Учителя школы"
    with pytest.raises(WorkbookError) as caught:
        tables(live(book))
    assert caught.value.code == "sheet_missing"
    assert "Учителя школы" in str(caught.value.params["near"])


def test_a_lost_caption_is_named(tmp_path: Path, open_book: Open) -> None:
    book = open_book(school_book(tmp_path / "book.xlsm"))
    book.sheets["Классы"].range("A1").value = "Мой класс"
    with pytest.raises(WorkbookError) as caught:
        tables(live(book))
    assert (caught.value.code, caught.value.params["column"]) == ("column_missing", "Класс")
