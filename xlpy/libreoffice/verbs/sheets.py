"""Sheets of a document. A sheet is held by number, so it stays the same sheet when somebody renames or moves it."""

from __future__ import annotations

from typing import Any

from .desk import Desk


def sheet_names(desk: Desk, book: int) -> list[str]:
    """Names in order."""
    return list(desk.thing(book).Sheets.ElementNames)


def sheet_at(desk: Desk, book: int, index: int) -> int:
    """Hold the sheet at a 0-based place. Raises IndexError."""
    found = desk.thing(book).Sheets
    if not 0 <= index < found.Count:
        raise IndexError(index)
    return desk.hold(found.getByIndex(index))


def sheet_called(desk: Desk, book: int, name: str) -> int:
    """Hold the sheet of that name, capitals or not. Raises KeyError."""
    found = desk.thing(book).Sheets
    for one in found.ElementNames:
        if one.lower() == name.lower():
            return desk.hold(found.getByName(one))
    raise KeyError(name)


def sheet_name(desk: Desk, sheet: int) -> str:
    """Its name now."""
    return str(desk.thing(sheet).Name)


def rename_sheet(desk: Desk, sheet: int, name: str) -> None:
    """Give it another name."""
    desk.thing(sheet).Name = name


def sheet_index(desk: Desk, sheet: int) -> int:
    """Its 0-based place."""
    return int(desk.thing(sheet).RangeAddress.Sheet)


def used_area(desk: Desk, sheet: int) -> list[int]:
    """[first row, first column, last row, last column], 0-based, of what is used."""
    cursor = desk.thing(sheet).createCursor()
    cursor.gotoStartOfUsedArea(False)
    cursor.gotoEndOfUsedArea(True)
    area = cursor.RangeAddress
    return [area.StartRow, area.StartColumn, area.EndRow, area.EndColumn]


VERBS: dict[str, Any] = {
    "sheet_names": sheet_names,
    "sheet_at": sheet_at,
    "sheet_called": sheet_called,
    "sheet_name": sheet_name,
    "rename_sheet": rename_sheet,
    "sheet_index": sheet_index,
    "used_area": used_area,
}
