"""Ranges by address, number, name and slice; to the edges of the sheet and not beyond."""

from __future__ import annotations

from typing import Any

import pytest
import xlwings as xw
from hypothesis import given
from hypothesis import strategies as st

from tests.libreoffice.conftest import Raw
from xlpy.libreoffice.addresses import COLUMNS, ROWS, address_of, area_of, column_letters, column_number
from xlpy.libreoffice.verbs.runtime import struct

COVERS = (
    "Range.__call__",
    "Range.address",
    "Range.get_address",
    "Range.row",
    "Range.column",
    "Range.coords",
    "Range.sheet",
    "Range.name",
    "Range.rows",
    "Range.columns",
    "Range.select",
    "Range.table",
)

corner = st.tuples(st.integers(0, ROWS - 1), st.integers(0, COLUMNS - 1))
areas = st.builds(
    lambda one, two: [min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1])],
    corner,
    corner,
)


@given(areas, st.sampled_from(["", "$"]), st.sampled_from(["", "$"]))
def test_an_area_has_an_address_and_the_address_that_area(area: list[int], row_mark: str, column_mark: str) -> None:
    assert area_of(address_of(area, row_mark, column_mark)) == area


@given(st.integers(0, COLUMNS - 1))
def test_columns_have_the_letters_that_xlwings_gives_them(number: int) -> None:
    assert column_letters(number) == xw.utils.col_name(number + 1)
    assert column_number(column_letters(number)) == number


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("b2", "$B$2"),
        ("$C3:A$1", "$A$1:$C$3"),
        ("B:B", "$B:$B"),
        ("C:A", "$A:$C"),
        ("2:5", "$2:$5"),
        ("A1,C3:D4", "$A$1,$C$3:$D$4"),
        ("XFD1048576", "$XFD$1048576"),
    ],
)
def test_addresses_are_told_as_excel_tells_them(sheet: xw.Sheet, address: str, shown: str) -> None:
    assert sheet[address].address == shown


@pytest.mark.parametrize("address", ["XFE1", "A0", "A1048577", "A1:", "1:B", "нет такого имени", "A1:B2:C3", "[1]x!A1"])
def test_what_is_no_address_and_no_name_is_a_key_error(sheet: xw.Sheet, address: str) -> None:
    with pytest.raises(KeyError):
        sheet[address]


def test_ranges_by_number_begin_at_one_and_end_at_the_sheets_edge(sheet: xw.Sheet) -> None:
    assert sheet.range((2, 3)).address == "$C$2"
    assert sheet.range((1, 1), (3, 2)).address == "$A$1:$B$3"
    assert sheet.range("B2", "D4").address == "$B$2:$D$4"
    assert sheet.cells.address == "$1:$1048576"
    assert sheet[1_048_575, 16_383].address == "$XFD$1048576"
    for beyond in ((0, 1), (1, 0), (1_048_577, 1), (1, 16_385)):
        with pytest.raises(IndexError):
            sheet.range(beyond)
    with pytest.raises(IndexError):
        sheet["XFD1"].offset(0, 1)


def test_cells_are_counted_from_the_end_and_cut_out(sheet: xw.Sheet, raw: Raw) -> None:
    cells = sheet["B2:D5"]
    assert cells[-1, -1].address == "$D$5"
    assert cells[1:, :2].address == "$B$3:$C$5"
    assert (cells[0].address, cells[4].address, cells(2, 3).address) == ("$B$2", "$C$3", "$D$3")
    assert cells.offset(-1, -1).address == "$A$1:$C$4"
    assert cells.resize(2).address == "$B$2:$D$3"
    assert cells.last_cell.address == raw.cell("D5").AbsoluteName.rpartition(".")[2]
    assert [row.address for row in cells.rows][1] == "$B$3:$D$3"
    assert [column.address for column in cells.columns][-1] == "$D$2:$D$5"
    assert (cells.row, cells.column, cells.shape, len(cells)) == (2, 2, (4, 3), 12)
    assert cells.impl.coords == (sheet.name, 2, 2, 4, 3)


def test_an_empty_slice_tells_its_place_and_shape(sheet: xw.Sheet) -> None:
    assert sheet["A1:C3"][3:, :].address == "$A$4{0x3}"


def test_an_address_with_sheet_and_workbook_is_quoted_where_excel_quotes(book: xw.Book, sheet: xw.Sheet) -> None:
    sheet.name = "Ввод"
    assert sheet["A1"].get_address(external=True) == f"'[{book.name}]Ввод'!$A$1"
    sheet.name = "Мой лист"
    assert sheet["A1:B2"].get_address(False, True, external=True) == f"'[{book.name}]Мой лист'!$A1:$B2"
    assert sheet["A1:B2"].get_address(False, False, include_sheetname=True) == "'Мой лист'!A1:B2"


def test_a_range_of_another_sheet_is_found_by_its_address(book: xw.Book, sheet: xw.Sheet) -> None:
    other = book.sheets.add("Мой лист")
    found = sheet["'Мой лист'!B2:C3"]
    assert (found.sheet, found.address) == (other, "$B$2:$C$3")


def test_defined_names_are_addresses(book: xw.Book, sheet: xw.Sheet, raw: Raw) -> None:
    raw.document.Sheets.insertNewByName("Ввод", 1)
    at = struct("table.CellAddress", Sheet=0, Column=0, Row=0)
    raw.document.NamedRanges.addNewByName("блок", "$Ввод.$B$2:$C$3", at, 0)
    raw.document.NamedRanges.addNewByName("ставка", "0.13", at, 0)
    raw.sheet.NamedRanges.addNewByName("свой", "$" + raw.sheet.Name + ".$A$1", at, 0)
    found = sheet["БЛОК"]
    assert (found.sheet.name, found.address) == ("Ввод", "$B$2:$C$3")
    assert sheet["свой"].address == "$A$1"
    with pytest.raises(KeyError):
        sheet["ставка"]
    with pytest.raises(KeyError):
        book.sheets["Ввод"]["свой"]


def test_a_range_is_given_a_name_and_tells_it(sheet: xw.Sheet, raw: Raw) -> None:
    assert sheet["B2:C3"].name is None
    sheet["B2:C3"].name = "блок"
    assert raw.document.NamedRanges.getByName("блок").Content == f"${raw.sheet.Name}.$B$2:$C$3"
    assert sheet["B2:C3"].name.name == "блок"
    assert sheet["B2"].name is None


def test_a_table_is_an_address_and_knows_its_cells(sheet: xw.Sheet, raw: Raw) -> None:
    raw.cell("B2:C4").setDataArray((("Код", "Балл"), (1.0, 5.0), (2.0, 7.0)))
    raw.document.DatabaseRanges.addNewByName("Работы", raw.cell("B2:C4").RangeAddress)
    addresses = {text: sheet[text].address for text in ("работы", "Работы[#All]", "Работы[#Headers]", "Работы[Балл]")}
    assert list(addresses.values()) == ["$B$3:$C$4", "$B$2:$C$4", "$B$2:$C$2", "$C$3:$C$4"]
    assert sheet["C3"].table.name == "Работы"
    assert sheet["D3"].table is None
    with pytest.raises(KeyError):
        sheet["Работы[нет]"]


def test_a_selected_range_is_the_users_selection(app: xw.App, book: xw.Book, sheet: xw.Sheet, raw: Raw) -> None:
    book.sheets.add("Ввод")
    sheet["B2:C3"].select()
    assert raw.document.CurrentController.ActiveSheet.Name == sheet.name
    assert raw.document.CurrentSelection.AbsoluteName.endswith("$B$2:$C$3")
    assert app.selection.address == "$B$2:$C$3"


def test_ranges_of_a_sheet_stay_where_they_are_when_cells_are_inserted_at_its_edge(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["A1"].value = [[1], [2]]
    raw.sheet.insertCells(raw.cell("A1").RangeAddress, _down())
    assert sheet["A1:A3"].value == [None, 1, 2]
    raw.sheet.removeRange(raw.cell("A1:A2").RangeAddress, _up())
    assert sheet["A1:A3"].value == [2, None, None]
    sheet["A1048576"].value = "последняя"
    assert raw.cell("A1048576").String == "последняя"


def _down() -> Any:
    from xlpy.libreoffice.verbs.runtime import enum

    return enum("sheet.CellInsertMode", "DOWN")


def _up() -> Any:
    from xlpy.libreoffice.verbs.runtime import enum

    return enum("sheet.CellDeleteMode", "UP")
