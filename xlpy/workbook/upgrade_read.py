"""Declared tables of a workbook that may be older than the program: what is missing is no error here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlpy.errors import WorkbookError
from xlpy.tables.convert import as_number, as_text
from xlpy.tables.declare import Sheet
from xlpy.tables.merge import positions_of
from xlpy.tables.normalise import fold
from xlpy.tables.raw import RawTable
from xlpy.tables.schema import SETTINGS
from xlpy.tables.settings import SETTINGS_ROWS
from xlpy.workbook.package import Package
from xlpy.workbook.parts import SheetPart, sheet_parts
from xlpy.workbook.reading import read_raw_tables


def tables_in(package: Package, sheets: Sequence[Sheet]) -> dict[str, RawTable]:
    """The tables of those declared sheets that are there and have their header, by sheet key. Raises WorkbookError."""
    parts = sheet_parts(package)
    names = {part.name for part in parts}
    there = [sheet for sheet in sheets if sheet.name in names]
    try:
        return read_raw_tables(package, parts, there)
    except WorkbookError as error:
        if error.code != "no_header":
            raise
    return {sheet.key: table for sheet in there if (table := _table(package, parts, sheet)) is not None}


def _table(package: Package, parts: Sequence[SheetPart], sheet: Sheet) -> RawTable | None:
    try:
        return read_raw_tables(package, parts, [sheet])[sheet.key]
    except WorkbookError as error:
        if error.code != "no_header":
            raise
        return None


def setting_in(tables: Mapping[str, RawTable], key: str) -> int | None:
    """A whole number among the settings of a workbook; None where it is not there or none."""
    table = tables.get(SETTINGS.key)
    if table is None:
        return None
    at = positions_of(SETTINGS, table.captions)
    caption = next(fold(one.caption) for one in SETTINGS_ROWS if one.key == key)
    for row in table.values:
        if "setting" in at and "parameter" in at and fold(as_text(row[at["parameter"]])) == caption:
            number = as_number(row[at["setting"]])
            return int(number) if number is not None else None
    return None
