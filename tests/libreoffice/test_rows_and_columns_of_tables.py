"""Rows and columns of tables come and go, and what stands around a table makes room."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwings as xw
from openpyxl.worksheet.table import Table as FileTable

from tests.libreoffice.conftest import Raw, since
from xlpy.libreoffice.tables import Table

COVERS = (
    "Collection.__call__",
    "Collection.__len__",
    "Collection.__iter__",
    "Collection.__contains__",
    "Table.show_totals",
    "Table.insert_row_range",
    "Table.sort",
    "Table.rows",
    "Table.columns",
    "TableRows.add",
    "TableRow.index",
    "TableRow.range",
    "TableRow.delete",
    "TableColumns.add",
    "TableColumn.name",
    "TableColumn.index",
    "TableColumn.range",
    "TableColumn.data_body_range",
    "TableColumn.delete",
)
NEW = pytest.mark.skipif(not hasattr(xw.main, "TableRows"), reason="this xlwings has no rows of tables")


@pytest.fixture
def table(sheet: xw.Sheet) -> xw.main.Table:
    """B2:C4 with a word below and one beside."""
    sheet["B2"].value = [["Класс", "Работ"], ["5А", 28], ["5Б", 26]]
    sheet["B6"].value, sheet["E3"].value = "ниже", "рядом"
    return sheet.tables.add(sheet["B2:C4"], name="Т")


def there(raw: Raw, name: str = "Т") -> tuple[int, int, int, int]:
    area = raw.document.DatabaseRanges.getByName(name).DataArea
    return area.StartRow, area.StartColumn, area.EndRow, area.EndColumn


def column(raw: Raw, address: str) -> list[Any]:
    return [one for (one,) in raw.cell(address).DataArray]


@NEW
def test_a_row_is_added_at_the_end_and_what_is_below_moves_down(table: Any, raw: Raw) -> None:
    row = table.rows.add(["5В", 27])

    assert there(raw) == (1, 1, 4, 2)
    assert raw.cell("B5:C5").DataArray == (("5В", 27.0),)
    assert raw.cell("B7").String == "ниже"
    assert raw.cell("E3").String == "рядом"
    assert (row.index, row.range.address, len(table.rows)) == (3, "$B$5:$C$5", 3)


@NEW
def test_a_row_is_inserted_and_looks_like_data_not_like_the_header(table: Any, raw: Raw) -> None:
    raw.cell("B2:C2").CharWeight = 150.0
    raw.cell("B3:C4").CellBackColor = 0xFFF2CC
    table.rows.add(["5Г", 1], index=1)

    assert column(raw, "B2:B5") == ["Класс", "5Г", "5А", "5Б"]
    assert (raw.cell("B3").CharWeight, raw.cell("B3").CellBackColor) == (100.0, 0xFFF2CC)


@NEW
def test_a_row_without_values_takes_over_formulas_alone(table: Any, raw: Raw) -> None:
    raw.cell("C3").Formula, raw.cell("C4").Formula = "=LEN(B3)", "=LEN(B4)"
    table.rows.add()

    assert raw.cell("B5:C5").FormulaArray == (("", "=LEN(B5)"),)


@NEW
def test_rows_are_deleted_and_the_last_one_is_only_emptied(table: Any, raw: Raw) -> None:
    table.rows[0].delete()
    assert there(raw) == (1, 1, 2, 2)
    assert column(raw, "B2:B5") == ["Класс", "5Б", "", "ниже"]
    assert table.insert_row_range is None

    table.rows[0].delete()
    assert there(raw) == (1, 1, 2, 2)
    assert table.insert_row_range.address == "$B$3:$C$3"
    table.rows.add(["5А", 28])
    assert there(raw) == (1, 1, 2, 2)
    assert raw.cell("B3").String == "5А"


@NEW
def test_rows_are_counted_and_gone_through(table: Any) -> None:
    assert [row.range.value for row in table.rows] == [["5А", 28], ["5Б", 26]]
    assert table.rows[-1].index == 2
    with pytest.raises(IndexError):
        table.rows[2]


@NEW
def test_a_column_is_added_and_deleted_and_what_is_beside_moves(table: Any, raw: Raw) -> None:
    added = table.columns.add("Кабинет", index=2)
    assert there(raw) == (1, 1, 3, 3)
    assert raw.cell("B2:D2").DataArray == (("Класс", "Кабинет", "Работ"),)
    assert raw.cell("F3").String == "рядом"
    assert (added.name, added.index, added.range.address) == ("Кабинет", 2, "$C$2:$C$4")
    assert added.data_body_range.address == "$C$3:$C$4"

    table.columns["кабинет"].delete()
    assert there(raw) == (1, 1, 3, 2)
    assert raw.cell("E3").String == "рядом"
    assert [one.name for one in table.columns] == ["Класс", "Работ"]
    assert "Работ" in table.columns
    assert len(table.columns) == 2


@NEW
def test_the_only_column_of_a_table_stays(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["B2"].value = [["Класс"], ["5А"]]
    table = sheet.tables.add(sheet["B2:B3"], name="Т")

    with pytest.raises(ValueError, match="Т"):
        table.columns[0].delete()
    assert there(raw) == (1, 1, 2, 1)


def test_a_row_of_totals_comes_and_goes(table: Any, raw: Raw) -> None:
    table.show_totals = True
    assert there(raw) == (1, 1, 4, 2)
    assert raw.document.DatabaseRanges.getByName("Т").TotalsRow
    assert raw.cell("B7").String == "ниже"
    assert table.data_body_range.address == "$B$3:$C$4"

    table.show_totals = False
    assert there(raw) == (1, 1, 3, 2)
    assert raw.cell("B6").String == "ниже"


@since("0.37.6")
def test_a_table_is_sorted_below_its_header(table: Any, raw: Raw) -> None:
    table.show_totals = True
    table.sort(2)

    assert column(raw, "B2:B5") == ["Класс", "5Б", "5А", ""]


def test_a_table_without_headers_gets_some_above(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["B2"].value = [["5А", 28], ["5Б", 26]]
    sheet.tables.add(sheet["B2:C3"], name="Т", has_headers=False)

    assert raw.cell("B2:C2").DataArray == (("Column1", "Column2"),)
    assert there(raw) == (1, 1, 3, 2)


@pytest.mark.parametrize("name", ["два слова", "A1", "R1C1", "1а"])
def test_a_name_that_excel_would_not_take_is_refused(name: str, table: Any, raw: Raw) -> None:
    with pytest.raises(ValueError, match=name):
        table.name = name
    assert raw.document.DatabaseRanges.ElementNames == ("Т",)


def test_a_table_does_not_leave_its_first_row(table: Any, sheet: xw.Sheet, raw: Raw) -> None:
    with pytest.raises(ValueError, match="4"):
        table.resize(sheet["B5:C9"])
    assert there(raw) == (1, 1, 3, 2)


def test_a_table_of_a_file_of_excel_is_read_with_its_totals(app: xw.App, tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    for row in (("Класс", "Работ"), ("5А", 28), ("Итог", 28)):
        made.active.append(row)
    stored = FileTable(displayName="Классы", ref="A1:B3", totalsRowCount=1)
    made.active.add_table(stored)
    made.save(tmp_path / "table.xlsx")
    book = app.books.open(tmp_path / "table.xlsx")
    try:
        table = book.sheets[0].tables["Классы"]
        assert isinstance(table.impl, Table)
        assert table.range.address == "$A$1:$B$3"
        assert table.totals_row_range.value == ["Итог", 28]
        assert table.data_body_range.value == ["5А", 28]
    finally:
        book.close()
