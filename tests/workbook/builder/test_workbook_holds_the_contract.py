"""What a reader from outside finds in the empty workbook: sheets, tables, lists, names, looks, shipped rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

from xlpy.tables import schema
from xlpy.tables.declare import Column, Kind, Role, Sheet
from xlpy.tables.frames import read_tables
from xlpy.tables.settings import SETTINGS_ROWS, read_settings
from xlpy.words import panel
from xlpy.workbook.closed import ClosedWorkbook

COLUMNS = [(sheet, at, column) for sheet in schema.SHEETS for at, column in enumerate(sheet.columns, start=1)]
BY_COLUMN = pytest.mark.parametrize(
    ("sheet", "at", "column"), COLUMNS, ids=[f"{sheet.key}.{column.key}" for sheet, _, column in COLUMNS]
)
BY_SHEET = pytest.mark.parametrize("sheet", schema.SHEETS, ids=lambda sheet: sheet.key)


@pytest.fixture(scope="module")
def book(built: Path) -> Any:
    return load_workbook(built)


def rules(book: Any, sheet: Sheet, at: int) -> list[Any]:
    """Validations that cover exactly the column's `capacity` rows."""
    letter, first = get_column_letter(at), sheet.header_row + 1
    covered = f"{letter}{first}:{letter}{first + sheet.capacity - 1}"
    return [r for r in book[sheet.name].data_validations.dataValidation if str(r.sqref) == covered]


def test_the_sheets_stand_in_their_order_and_the_lists_are_hidden(book: Any) -> None:
    assert book.sheetnames == [schema.PANEL_NAME, *(sheet.name for sheet in schema.SHEETS), schema.LISTS_NAME]
    assert [page.title for page in book if page.sheet_state != "visible"] == [schema.LISTS_NAME]


@BY_SHEET
def test_a_sheet_is_one_table_with_the_declared_columns_as_text(book: Any, sheet: Sheet) -> None:
    page = book[sheet.name]
    [table] = page.tables.values()
    assert table.displayName == sheet.table_name
    left, top, right, bottom = range_boundaries(table.ref)
    assert (left, top) == (1, sheet.header_row)
    assert bottom > top
    captions = [page.cell(top, at).value for at in range(1, right + 1)]
    assert captions[: len(sheet.columns)] == [column.caption for column in sheet.columns]
    assert [column.name for column in table.tableColumns] == captions
    assert all(isinstance(caption, str) for caption in captions)


@BY_SHEET
def test_a_sheet_is_frozen_under_its_header_and_prints_on_a4_with_it(book: Any, sheet: Sheet) -> None:
    page = book[sheet.name]
    assert page.freeze_panes.endswith(str(sheet.header_row + 1))
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (None, 0) or page.page_setup.fitToWidth == 1
    assert page.print_title_rows.endswith(f"${sheet.header_row}")
    assert page.oddFooter.right.text


@BY_COLUMN
def test_a_column_has_its_bounded_name(book: Any, sheet: Sheet, at: int, column: Column) -> None:
    letter, first = get_column_letter(at), sheet.header_row + 1
    named = book.defined_names[sheet.defined_name(column.key)].attr_text
    assert named.replace("'", "") == f"{sheet.name}!${letter}${first}:${letter}${first + sheet.capacity - 1}"


@BY_COLUMN
def test_a_closed_list_binds_and_any_other_rule_asks(book: Any, sheet: Sheet, at: int, column: Column) -> None:
    found = rules(book, sheet, at)
    if column.kind is Kind.CHOICE:
        [rule] = found
        assert rule.type == "list"
        assert rule.errorStyle in {None, "stop"}
        assert rule.showErrorMessage
        page = book[schema.LISTS_NAME]
        place = book.defined_names[rule.formula1].attr_text.partition("!")[2].replace("$", "")
        cells = page[place]
        assert [row[0].value for row in cells] == list(column.choices)
    elif column.source or column.kind in {Kind.CODE, Kind.TASK, Kind.VARIANT, Kind.YEAR}:
        [rule] = found
        assert rule.errorStyle == "warning"
    elif column.kind is Kind.CHOICES:
        [rule] = found
        assert not rule.showErrorMessage
    elif column.kind in {Kind.DATE, Kind.INTEGER} and column.role is Role.INPUT:
        [rule] = found
        assert rule.errorStyle in {None, "stop"}


@BY_SHEET
def test_what_a_cell_says_fits_the_limits_of_excel(book: Any, sheet: Sheet) -> None:
    for rule in book[sheet.name].data_validations.dataValidation:
        assert len(rule.promptTitle or "") <= panel.INPUT_TITLES
        assert len(rule.errorTitle or "") <= panel.INPUT_TITLES
        assert len(rule.prompt or "") <= panel.INPUT_MESSAGES
        assert len(rule.error or "") <= panel.INPUT_MESSAGES
        assert len(rule.formula1 or "") <= 255
        assert rule.prompt or rule.error or rule.type == "list"


@BY_COLUMN
def test_input_calculated_and_output_cells_look_apart(book: Any, sheet: Sheet, at: int, column: Column) -> None:
    """A cell's look is its own and its column's: LibreOffice drops table styles."""
    page = book[sheet.name]
    cell = page.cell(sheet.header_row + 1, at)
    [whole] = [one for one in page.column_dimensions.values() if one.min <= at <= one.max]
    fills = {Role.INPUT: None, Role.CALCULATED: "FFF1F1F1", Role.OUTPUT: "FFE8F3EE"}
    for styled in (cell, whole):
        solid = styled.fill.fgColor.rgb if styled.fill.fill_type == "solid" else None
        assert solid == fills[column.role]
        assert bool(styled.font.italic) == (column.role is Role.CALCULATED)
    assert page.tables[sheet.table_name].tableStyleInfo.name is None


def test_every_parameter_has_its_row_default_and_limits(built: Path, book: Any) -> None:
    page = book[schema.SETTINGS.name]
    assert [page.cell(row, 1).value for row in range(2, 2 + len(SETTINGS_ROWS))] == [s.caption for s in SETTINGS_ROWS]
    ruled = {str(rule.sqref) for rule in page.data_validations.dataValidation}
    assert {f"B{row}" for row in range(2, 2 + len(SETTINGS_ROWS))} <= ruled
    settings = read_settings(read_tables(ClosedWorkbook(built).read_tables(schema.SHEETS))["settings"])
    assert settings.whole("schema_version") == schema.SCHEMA_VERSION
    assert {slip.key for slip in settings.slips} == {"year"}


def test_the_reader_finds_only_the_shipped_rows(built: Path) -> None:
    tables = read_tables(ClosedWorkbook(built).read_tables(schema.SHEETS))
    counts = {key: len(table.frame) for key, table in tables.items() if len(table.frame)}
    assert counts == {"settings": len(SETTINGS_ROWS), "plan": 26, "scales": 129, "tasks": 1030}
    slips = [slip for key in counts for slip in tables[key].slips]
    assert not slips


def test_every_shipped_scale_and_task_has_a_source_and_a_confidence(book: Any) -> None:
    for sheet in (schema.SCALES, schema.TASKS):
        header, *rows = book[sheet.name].iter_rows(values_only=True)
        for caption in schema.TASK_SOURCE_CAPTIONS:
            assert all(row[header.index(caption)] for row in rows)


def test_every_measure_of_the_plan_says_when_in_words(book: Any) -> None:
    header, *rows = book[schema.PLAN.name].iter_rows(values_only=True)
    due, anchor = header.index(schema.PLAN.column("due").caption), header.index(schema.ANCHOR_CAPTION)
    assert {row[anchor] for row in rows} <= set(panel.DUE)
    assert [row[due] for row in rows] == [panel.DUE[row[anchor]] for row in rows]


def test_labels_of_tasks_are_text(book: Any) -> None:
    """«9.1» must not become a date, nor «1» a number."""
    header, *rows = book[schema.TASKS.name].iter_rows(values_only=True)
    at = header.index(schema.TASKS.column("label").caption)
    assert all(isinstance(row[at], str) for row in rows)
