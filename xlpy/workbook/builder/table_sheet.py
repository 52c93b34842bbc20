"""One declared sheet: header, rows, limits, looks, print set-up. Knows no sheet by name."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xlpy.tables.declare import Column, Role, Sheet
from xlpy.tables.formulas import formula_for, table_formula
from xlpy.tables.raw import Value
from xlpy.words.panel import PAGE
from xlpy.workbook.builder.shipped_rows import ShippedRows
from xlpy.workbook.builder.styles import Look, Styles, look_of
from xlpy.workbook.builder.validation import validation

_EXTRA_WIDTH = 40
_A4 = 9
_HEADER_HEIGHT = 36
_LINE = 15
# Cyrillic letters are wider than the digits by which a column's width is measured.
_WIDE = 1.15
# A column this wide that the program fills holds sentences: its sheet has rows of two lines.
_LONG = 60
_FROZEN_BEFORE = 4
# The values of «Настройки» are each of their own kind.
_LIMITED_BY_ROW = ("setting",)


def lay_out(sheet: Sheet, page: Worksheet, styles: Styles, shipped: ShippedRows) -> None:
    """Write a declared sheet with its shipped rows, or one empty row ready to be typed into."""
    extra = [Column(f"extra_{at}", caption, width=_EXTRA_WIDTH) for at, caption in enumerate(shipped.extra)]
    columns = (*sheet.columns, *extra)
    formats = [styles.cells[column.role, look_of(column)] for column in columns]
    for at, (column, shown) in enumerate(zip(columns, formats, strict=True)):
        page.set_column(at, at, column.width, shown)
    count = max(len(shipped.rows), 1)
    _write_table(sheet, page, columns, formats, styles, count)
    if any(column.role is Role.OUTPUT and column.width >= _LONG for column in sheet.columns):
        page.set_default_row(2 * _LINE)
    for number, row in enumerate(shipped.rows):
        page.set_row(sheet.header_row + number, _LINE * _lines(columns, row))
        for at, column in enumerate(columns):
            _write(page, sheet.header_row + number, at, row.get(column.caption), formats[at])
    _set_limits(sheet, page)
    _freeze(sheet, page)
    _set_print(sheet, page)


def _lines(columns: Sequence[Column], row: Mapping[str, Value]) -> int:
    """Lines the longest wrapped text of a row takes: LibreOffice does not fit the rows of a file it did not save."""
    return max(
        math.ceil(len(str(row.get(column.caption) or "")) * _WIDE / column.width) or 1
        for column in columns
        if look_of(column) is Look.LONG_TEXT
    )


def _write_table(
    sheet: Sheet,
    page: Worksheet,
    columns: Sequence[Column],
    formats: Sequence[Format],
    styles: Styles,
    count: int,
) -> None:
    """The table itself; every cell of its rows is there, so that a new row finds the style above it."""
    top = sheet.header_row - 1
    described = [
        {
            "header": column.caption,
            "header_format": styles.headers[column.role],
            **({"formula": f"={table_formula(sheet, column.key)}"} if column.role is Role.CALCULATED else {}),
        }
        for column in columns
    ]
    options = {
        "name": sheet.table_name,
        "style": None,
        "columns": described,
        "banded_rows": False,
    }
    if page.add_table(top, 0, top + count, len(columns) - 1, options) != 0:
        raise ValueError(sheet.name)
    page.set_row(top, _HEADER_HEIGHT)
    for row in range(top + 1, top + 1 + count):
        for at, column in enumerate(columns):
            if column.role is Role.CALCULATED:
                page.write_formula(row, at, f"={formula_for(sheet, column.key, row + 1)}", formats[at], "")
            else:
                page.write_blank(row, at, None, formats[at])


def _write(page: Worksheet, row: int, at: int, value: Value, shown: Format) -> None:
    if value is None or value == "":
        return
    if isinstance(value, (int, float)):
        page.write_number(row, at, value, shown)
    else:
        page.write_string(row, at, str(value), shown)


def _set_limits(sheet: Sheet, page: Worksheet) -> None:
    first, last = sheet.header_row, sheet.header_row + sheet.capacity - 1
    for at, column in enumerate(sheet.columns):
        rule = validation(sheet, column)
        if rule is not None and column.key not in _LIMITED_BY_ROW:
            page.data_validation(first, at, last, at, dict(rule))
    page.ignore_errors({"number_stored_as_text": f"A1:BZ{last + 1}", "calculated_column": f"A1:BZ{last + 1}"})


def _freeze(sheet: Sheet, page: Worksheet) -> None:
    """Freeze under the header, and beside the columns that say what a row is about."""
    wide = sum(column.width for column in sheet.columns) > 150
    page.freeze_panes(sheet.header_row, _key_columns(sheet) if wide else 0)


def _key_columns(sheet: Sheet) -> int:
    last = max(at for at, column in enumerate(sheet.columns[:_FROZEN_BEFORE]) if column.required or at == 0)
    return last + 1


def _set_print(sheet: Sheet, page: Worksheet) -> None:
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0 if sheet.header_row == 1 else sheet.header_row - 2, sheet.header_row - 1)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.set_footer(PAGE)
