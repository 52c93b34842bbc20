"""Defined names: the bounded range of every declared column, by which formulas and lists find their data."""

from __future__ import annotations

from xlsxwriter.workbook import Workbook

from xlpy.tables import schema
from xlpy.tables.addresses import column_letter
from xlpy.tables.declare import Sheet


def quoted(sheet_name: str) -> str:
    """Sheet name as formulas write it."""
    escaped = sheet_name.replace("'", "''")
    return f"'{escaped}'"


def column_range(sheet: Sheet, key: str) -> str:
    """Absolute range of a declared column: `capacity` rows under the header."""
    at = next(number for number, column in enumerate(sheet.columns, start=1) if column.key == key)
    letter = column_letter(at)
    first = sheet.header_row + 1
    return f"{quoted(sheet.name)}!${letter}${first}:${letter}${first + sheet.capacity - 1}"


def define_columns(book: Workbook) -> None:
    """Give every declared column of every sheet its name."""
    for sheet in schema.SHEETS:
        for column in sheet.columns:
            book.define_name(sheet.defined_name(column.key), f"={column_range(sheet, column.key)}")
