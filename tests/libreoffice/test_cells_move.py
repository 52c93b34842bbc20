"""Cells inserted, deleted, copied, moved, pasted, filled, sorted; looked at through bare UNO."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import xlwings as xw

from tests.libreoffice.conftest import Raw

COVERS = (
    "Range.insert",
    "Range.delete",
    "Range.copy",
    "Range.copy_from",
    "Range.move",
    "Range.paste",
    "Range.autofill",
    "Range.sort",
    "Range.remove_duplicates",
)


def _rows(raw: Raw, address: str) -> list[list[Any]]:
    return [list(row) for row in raw.cell(address).getDataArray()]


@pytest.fixture
def grid(sheet: xw.Sheet) -> xw.Sheet:
    """Numbers row*10+column in A1:C3."""
    sheet["A1"].value = [[row * 10 + column for column in (1, 2, 3)] for row in (1, 2, 3)]
    return sheet


def test_cells_are_inserted_where_shift_says(grid: xw.Sheet, raw: Raw) -> None:
    grid["B2"].insert("down")
    assert _rows(raw, "A1:C4") == [[11, 12, 13], [21, "", 23], [31, 22, 33], ["", 32, ""]]
    grid["A1:A2"].insert("right")
    assert _rows(raw, "A1:D2") == [["", 11, 12, 13], ["", 21, "", 23]]


def test_without_a_shift_the_longer_side_decides(grid: xw.Sheet, raw: Raw) -> None:
    grid["A1:A3"].delete()
    assert _rows(raw, "A1:C3") == [[12, 13, ""], [22, 23, ""], [32, 33, ""]]
    grid["A1:B1"].delete()
    assert _rows(raw, "A1:B3") == [[22, 23], [32, 33], ["", ""]]


def test_whole_rows_and_columns_come_and_go(grid: xw.Sheet, raw: Raw) -> None:
    grid["2:2"].insert("down")
    grid["B:B"].insert("right")
    assert _rows(raw, "A1:D4") == [[11, "", 12, 13], ["", "", "", ""], [21, "", 22, 23], [31, "", 32, 33]]
    grid["2:2"].delete()
    grid["B:B"].delete("left")
    assert _rows(raw, "A1:C3") == [[11, 12, 13], [21, 22, 23], [31, 32, 33]]


def test_a_copy_goes_as_often_into_its_destination_as_it_fits(grid: xw.Sheet, raw: Raw) -> None:
    raw.cell("B1").Formula = "=A1+1"
    grid["A1:B1"].copy(grid["E1:H2"])
    assert raw.cell("E1:H2").getFormulaArray() == (("11", "=E1+1", "11", "=G1+1"), ("11", "=E2+1", "11", "=G2+1"))
    grid["A1:B1"].copy(grid["E5:G5"])
    assert _rows(raw, "E5:G5") == [[11, 12, ""]]


def test_a_copy_to_another_sheet_and_another_workbook_takes_the_looks_along(
    app: xw.App, book: xw.Book, grid: xw.Sheet, raw: Raw
) -> None:
    raw.cell("A1").CellBackColor = 0xFF0000
    other = book.sheets.add("Другой")
    grid["A1:B2"].copy(other["B2"])
    copied = raw.document.Sheets.getByName("Другой")
    assert copied.getCellRangeByName("B2:C3").getDataArray() == ((11.0, 12.0), (21.0, 22.0))
    assert copied.getCellRangeByName("B2").CellBackColor == 0xFF0000
    second = app.books.add()
    grid["A1:B2"].copy(second.sheets[0]["C1"])
    assert second.sheets[0]["C1:D2"].value == [[11, 12], [21, 22]]
    second.close()


@pytest.mark.skipif(not hasattr(xw.Range, "move"), reason="this xlwings moves no ranges")
def test_a_moved_block_takes_the_formulas_that_look_at_it_along(book: xw.Book, grid: xw.Sheet, raw: Raw) -> None:
    raw.cell("D1").Formula = "=A1*2"
    grid["A1:B2"].move(grid["E5"])
    assert raw.cell("D1").Formula == "=E5*2"
    assert _rows(raw, "A1:B2") == [["", ""], ["", ""]]
    other = book.sheets.add("Другой")
    grid["E5:F6"].move(other["A1"])
    assert raw.document.Sheets.getByName("Другой").getCellRangeByName("A1").Value == 11


def test_parts_of_a_range_are_taken_over(grid: xw.Sheet, raw: Raw) -> None:
    raw.cell("B1").Formula = "=A1+1"
    raw.cell("A1:B1").CellBackColor = 0x00FF00
    grid["A5"].copy_from(grid["A1:B1"], "values")
    grid["A6"].copy_from(grid["A1:B1"], "formulas")
    grid["A7"].copy_from(grid["A1:B1"], "formats")
    grid["A8"].copy_from(grid["A1:B1"])
    grid["A9"].copy_from(grid["A1:B1"], "values", transpose=True)
    shown = [
        (raw.cell(f"A{row}").Value, raw.cell(f"B{row}").Formula, raw.cell(f"B{row}").CellBackColor)
        for row in (5, 6, 7, 8)
    ]
    assert shown == [(11, "12", -1), (11, "=A6+1", -1), (0, "", 0x00FF00), (11, "=A8+1", 0x00FF00)]
    assert _rows(raw, "A9:A10") == [[11], [12]]


def test_what_is_copied_is_pasted_and_reckoned_with(grid: xw.Sheet, raw: Raw) -> None:
    grid["A1:C1"].copy()
    grid["A5"].paste("values")
    grid["A5"].paste(operation="add")
    assert _rows(raw, "A5:C5") == [[22, 24, 26]]
    grid["A6"].paste(transpose=True)
    assert _rows(raw, "A6:A8") == [[11], [12], [13]]
    with pytest.raises(NotImplementedError, match="paste"):
        grid["A5"].paste("column_widths")


def test_pasting_leaves_the_users_selection(grid: xw.Sheet, raw: Raw) -> None:
    raw.document.CurrentController.select(raw.cell("C3"))
    grid["A1"].copy()
    grid["A9"].paste()
    assert raw.document.CurrentSelection.AbsoluteName.endswith("$C$3")


def test_contents_go_on_as_they_began(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["A1"].value = [[1], [3]]
    sheet["A1:A2"].autofill(sheet["A1:A5"])
    assert _rows(raw, "A1:A5") == [[1], [3], [5], [7], [9]]
    sheet["C1"].value = 7
    sheet["C1"].autofill(sheet["C1:F1"], "fill_copy")
    assert _rows(raw, "C1:F1") == [[7, 7, 7, 7]]
    sheet["H1"].value = dt.date(2026, 4, 17)
    sheet["H1"].autofill(sheet["H1:H3"], "fill_weekdays")
    assert [raw.cell(f"H{row}").String for row in (1, 2, 3)] == ["17.04.2026", "20.04.2026", "21.04.2026"]
    sheet["J5"].value = 1
    sheet["J5"].autofill(sheet["J3:J5"], "fill_copy")
    assert _rows(raw, "J3:J5") == [[1], [1], [1]]
    with pytest.raises(NotImplementedError, match="flash_fill"):
        sheet["A1"].autofill(sheet["A1:A3"], "flash_fill")
    with pytest.raises(ValueError, match="Range"):
        sheet["A1"].autofill(sheet["B2:C3"])


@pytest.mark.skipif(not hasattr(xw.Range, "sort"), reason="this xlwings does not sort")
def test_rows_are_sorted_and_empty_ones_come_last(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["A1"].value = [["Класс", "Балл"], ["б", 2], [None, None], ["А", 1], ["б", 10], [5, 0]]
    sheet["A1:B6"].sort([1, 2], [True, False], has_headers=True)
    assert _rows(raw, "A1:B6") == [["Класс", "Балл"], [5, 0], ["А", 1], ["б", 10], ["б", 2], ["", ""]]
    sheet["A2:B6"].sort(1, ascending=False)
    assert [row[0] for row in _rows(raw, "A2:A6")] == ["б", "б", "А", 5, ""]


@pytest.mark.skipif(not hasattr(xw.Range, "remove_duplicates"), reason="this xlwings looks for no duplicates")
def test_of_equal_rows_the_first_stays(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["A1"].value = [["Код", "x"], ["Код", 1], ["а", 1], ["А", 2], ["б", 3], ["код", 4], ["а", 5]]
    sheet["C1:C7"].value = "рядом"
    sheet["A8"].value = "ниже"
    sheet["A1:B7"].remove_duplicates([1], has_headers=True)
    assert _rows(raw, "A1:B8") == [
        ["Код", "x"],
        ["Код", 1],
        ["а", 1],
        ["б", 3],
        ["", ""],
        ["", ""],
        ["", ""],
        ["ниже", ""],
    ]
    assert _rows(raw, "C7:C7") == [["рядом"]]
