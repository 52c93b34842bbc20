"""Tables are LibreOffice's database ranges, and Excel's tables again in the saved file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from openpyxl import load_workbook

from tests.libreoffice.conftest import Raw
from xlpy.libreoffice.verbs.desk import Desk

COVERS = (
    "Sheet.tables",
    "Tables.add",
    "Tables.__call__",
    "Tables.__len__",
    "Tables.__iter__",
    "Tables.__contains__",
    "Table.name",
    "Table.display_name",
    "Table.range",
    "Table.header_row_range",
    "Table.data_body_range",
    "Table.totals_row_range",
    "Table.show_autofilter",
    "Table.show_headers",
    "Table.show_totals",
    "Table.resize",
    "Table.parent",
    "Range.table",
)
BOOK = Path(__file__).resolve().parents[2] / "vpr_workbook.xlsm"


@pytest.fixture
def filled(sheet: xw.Sheet) -> xw.Sheet:
    sheet["B2"].value = [["Класс", "Работ"], ["5А", 28], ["5Б", 26]]
    return sheet


def test_a_range_becomes_a_table_with_a_filter_and_a_free_name(filled: xw.Sheet, raw: Raw) -> None:
    table = filled.tables.add(filled["B2:C4"])

    there = raw.document.DatabaseRanges.getByName(table.name).DataArea
    assert (there.StartRow, there.StartColumn, there.EndRow, there.EndColumn) == (1, 1, 3, 2)
    assert raw.document.DatabaseRanges.getByName(table.name).AutoFilter
    assert table.show_autofilter
    assert table.show_headers
    assert table.parent == filled


def test_parts_of_a_table_are_ranges(filled: xw.Sheet) -> None:
    table = filled.tables.add(filled["B2:C4"], name="Классы")

    assert table.range.address == "$B$2:$C$4"
    assert table.header_row_range.value == ["Класс", "Работ"]
    assert table.data_body_range.value == [["5А", 28], ["5Б", 26]]
    assert table.totals_row_range is None
    assert not table.show_totals
    assert (table.name, table.display_name) == ("Классы", "Классы")


def test_a_row_of_totals_is_not_data(filled: xw.Sheet, raw: Raw) -> None:
    table = filled.tables.add(filled["B2:C4"], name="T")
    raw.document.DatabaseRanges.getByName("T").TotalsRow = True

    assert table.show_totals
    assert table.totals_row_range.address == "$B$4:$C$4"
    assert table.data_body_range.address == "$B$3:$C$3"


def test_tables_are_found_by_name_and_place(filled: xw.Sheet) -> None:
    filled["F2"].value = [["x"], [1]]
    second = filled.tables.add(filled["F2:F3"], name="Вторая")
    first = filled.tables.add(filled["B2:C4"], name="Первая")

    assert len(filled.tables) == 2
    assert [table.name for table in filled.tables] == ["Первая", "Вторая"]
    assert filled.tables["вторая"].range.address == second.range.address
    assert filled.tables[0].name == first.name
    assert "Первая" in filled.tables
    assert "Третья" not in filled.tables
    with pytest.raises(KeyError):
        filled.tables["Третья"]
    assert filled["C3"].table.name == "Первая"
    assert filled["A1"].table is None


def test_a_table_grows_and_gets_another_name(filled: xw.Sheet, raw: Raw) -> None:
    table = filled.tables.add(filled["B2:C4"], name="T")
    table.resize(filled["B2:C9"])
    table.name = "Список"
    table.show_autofilter = False

    there = raw.document.DatabaseRanges.getByName("Список")
    assert there.DataArea.EndRow == 8
    assert not there.AutoFilter
    assert table.name == "Список"


def test_a_second_table_in_the_same_cells_or_of_the_same_name_is_refused(filled: xw.Sheet) -> None:
    filled.tables.add(filled["B2:C4"], name="T")

    with pytest.raises(ValueError, match="T"):
        filled.tables.add(filled["C4:D6"])
    with pytest.raises(ValueError, match="t"):
        filled.tables.add(filled["F2:F3"], name="t")


def test_the_saved_file_has_the_table_for_excel(filled: xw.Sheet, book: xw.Book, tmp_path: Path) -> None:
    filled.tables.add(filled["B2:C4"], name="Классы")
    book.save(tmp_path / "tables.xlsx")

    kept = load_workbook(tmp_path / "tables.xlsx").worksheets[0].tables["Классы"]
    assert kept.ref == "B2:C4"


def _documents(desk: Desk) -> Iterator[Any]:
    walk = desk.desktop.Components.createEnumeration()
    while walk.hasMoreElements():
        yield walk.nextElement()


def test_tables_of_our_workbook_are_found(app: xw.App, desk: Desk) -> None:
    book = app.books.open(BOOK, read_only=True)
    try:
        document = next(one for one in _documents(desk) if one.URL.endswith(BOOK.name))
        there = document.DatabaseRanges.getByName("Классы").DataArea
        table = book.sheets["Классы"].tables[0]
        assert table.name == "Классы"
        assert (table.range.row - 1, table.range.column - 1) == (there.StartRow, there.StartColumn)
        assert table.header_row_range.value[0] == "Класс"
    finally:
        book.close()
