"""Sheets of a document. A sheet is held by number, so it stays the same sheet when somebody renames or moves it."""

from __future__ import annotations

from typing import Any

from .desk import Desk

_CONTENTS, _FORMATS = 1 | 2 | 4 | 16, 32 | 64 | 256


def sheet_names(desk: Desk, book: int) -> list[str]:
    """Names in order."""
    return list(desk.thing(book).getSheets().getElementNames())


def sheet_numbers(desk: Desk, book: int) -> list[int]:
    """Hold all sheets; their numbers in order."""
    sheets = desk.thing(book).getSheets()
    return [desk.hold_sheet(book, sheets.getByIndex(at)) for at in range(sheets.getCount())]


def sheet_at(desk: Desk, book: int, index: int) -> int:
    """Hold the sheet at a 0-based place. Raises IndexError."""
    found = desk.thing(book).getSheets()
    if not 0 <= index < found.getCount():
        raise IndexError(index)
    return desk.hold_sheet(book, found.getByIndex(index))


def sheet_called(desk: Desk, book: int, name: str) -> int:
    """Hold the sheet of that name, capitals or not. Raises KeyError."""
    found = desk.thing(book).getSheets()
    for one in found.getElementNames():
        if one.lower() == name.lower():
            return desk.hold_sheet(book, found.getByName(one))
    raise KeyError(name)


def active_sheet(desk: Desk, book: int) -> int:
    """Hold the active sheet."""
    return desk.hold_sheet(book, desk.thing(book).getCurrentController().getActiveSheet())


def activate_sheet(desk: Desk, sheet: int) -> None:
    """Make it the active sheet of its document. Raises ValueError for a hidden one."""
    thing = desk.thing(sheet)
    if not thing.IsVisible:
        raise ValueError(thing.getName())
    desk.document_of(sheet).getCurrentController().setActiveSheet(thing)


def selection(desk: Desk, book: int) -> list[int]:
    """[sheet number, first row, first column, last row, last column] of the first selected area; empty: none is."""
    document = desk.thing(book)
    selected = document.getCurrentSelection()
    if selected is None:
        return []
    if selected.supportsService("com.sun.star.sheet.SheetCellRange"):
        area = selected.getRangeAddress()
    elif selected.supportsService("com.sun.star.sheet.SheetCellRanges") and selected.getCount():
        area = selected.getRangeAddresses()[0]
    else:
        return []
    number = desk.hold_sheet(book, document.getSheets().getByIndex(area.Sheet))
    return [number, area.StartRow, area.StartColumn, area.EndRow, area.EndColumn]


def add_sheet(desk: Desk, book: int, before: int | None, after: int | None, name: str | None) -> int:
    """Insert an empty sheet before or after another, else before the active one, and make it active."""
    document = desk.thing(book)
    sheets = document.getSheets()
    if before is None and after is None:
        place = document.getCurrentController().getActiveSheet().getRangeAddress().Sheet
    else:
        place = _place(desk, before, after)
    made = name or _free_name(list(sheets.getElementNames()))
    sheets.insertNewByName(made, place)
    sheet = sheets.getByName(made)
    document.getCurrentController().setActiveSheet(sheet)
    return desk.hold_sheet(book, sheet)


def _place(desk: Desk, before: int | None, after: int | None) -> int:
    if before is not None:
        return int(desk.thing(before).getRangeAddress().Sheet)
    return int(desk.thing(after).getRangeAddress().Sheet) + 1 if after is not None else 0


def _free_name(names: list[str]) -> str:
    taken = {name.lower() for name in names}
    number = len(names) + 1
    while f"sheet{number}" in taken:
        number += 1
    return f"Sheet{number}"


def sheet_name(desk: Desk, sheet: int) -> str:
    """Its name now."""
    return str(desk.thing(sheet).getName())


def rename_sheet(desk: Desk, sheet: int, name: str) -> None:
    """Give it another name. Raises ValueError where another sheet has it or the office refuses it."""
    thing = desk.thing(sheet)
    others = [one.lower() for one in desk.document_of(sheet).getSheets().getElementNames() if one != thing.getName()]
    if name.lower() in others:
        raise ValueError(name)
    thing.setName(name)
    if thing.getName() != name:
        raise ValueError(name)


def sheet_index(desk: Desk, sheet: int) -> int:
    """Its 0-based place."""
    return int(desk.thing(sheet).getRangeAddress().Sheet)


def delete_sheet(desk: Desk, sheet: int) -> None:
    """Delete it. Raises ValueError for the only visible one."""
    thing = desk.thing(sheet)
    name = thing.getName()
    sheets = desk.document_of(sheet).getSheets()
    if thing.IsVisible and _visible_count(sheets) == 1:
        raise ValueError(name)
    sheets.removeByName(name)


def _visible_count(sheets: Any) -> int:
    return sum(bool(sheets.getByIndex(at).IsVisible) for at in range(sheets.getCount()))


def copy_sheet(desk: Desk, sheet: int, target: int, before: int | None, after: int | None) -> int:
    """Copy it into a document, before or after a sheet there; the number of the copy."""
    thing = desk.thing(sheet)
    place = _place(desk, before, after)
    sheets = desk.thing(target).getSheets()
    if desk.is_in(sheet, target):
        sheets.copyByName(thing.getName(), _copy_name(thing.getName(), list(sheets.getElementNames())), place)
    else:
        sheets.importSheet(desk.document_of(sheet), thing.getName(), place)
    return desk.hold_sheet(target, sheets.getByIndex(place))


def _copy_name(name: str, names: list[str]) -> str:
    taken = {one.lower() for one in names}
    number = 2
    while True:
        ending = f" ({number})"
        made = name[: 31 - len(ending)] + ending
        if made.lower() not in taken:
            return made
        number += 1


def move_sheet(desk: Desk, sheet: int, before: int | None, after: int | None) -> None:
    """Move it before or after another sheet of its document."""
    desk.document_of(sheet).getSheets().moveByName(desk.thing(sheet).getName(), _place(desk, before, after))


def sheet_visible(desk: Desk, sheet: int) -> bool:
    """Whether it shows."""
    return bool(desk.thing(sheet).IsVisible)


def show_sheet(desk: Desk, sheet: int, visible: bool) -> None:
    """Show or hide it. Raises ValueError where the only visible one is to be hidden."""
    thing = desk.thing(sheet)
    if not visible and thing.IsVisible and _visible_count(desk.document_of(sheet).getSheets()) == 1:
        raise ValueError(thing.getName())
    thing.IsVisible = visible


def used_area(desk: Desk, sheet: int) -> list[int]:
    """[first row, first column, last row, last column], 0-based, of what is used."""
    cursor = desk.thing(sheet).createCursor()
    cursor.gotoStartOfUsedArea(False)
    cursor.gotoEndOfUsedArea(True)
    area = cursor.getRangeAddress()
    return [area.StartRow, area.StartColumn, area.EndRow, area.EndColumn]


def clear_sheet(desk: Desk, sheet: int, contents: bool, formats: bool) -> None:
    """Empty all its cells of contents, of formats, or of both."""
    thing = desk.thing(sheet)
    if contents:
        thing.clearContents(_CONTENTS)
    if formats:
        thing.clearContents(_FORMATS)
        thing.CellStyle = "Default"


def autofit_sheet(desk: Desk, sheet: int, rows: bool, columns: bool) -> None:
    """Let rows be as high, columns as wide as what is in them."""
    thing = desk.thing(sheet)
    r0, c0, r1, c1 = used_area(desk, sheet)
    used = thing.getCellRangeByPosition(c0, r0, c1, r1)
    if columns:
        used.getColumns().OptimalWidth = True
    if rows:
        used.getRows().OptimalHeight = True


def chart_count(desk: Desk, sheet: int) -> int:
    """How many charts lie on it."""
    return int(desk.thing(sheet).getCharts().getCount())


VERBS: dict[str, Any] = {
    "sheet_names": sheet_names,
    "sheet_numbers": sheet_numbers,
    "sheet_at": sheet_at,
    "sheet_called": sheet_called,
    "active_sheet": active_sheet,
    "activate_sheet": activate_sheet,
    "selection": selection,
    "add_sheet": add_sheet,
    "sheet_name": sheet_name,
    "rename_sheet": rename_sheet,
    "sheet_index": sheet_index,
    "delete_sheet": delete_sheet,
    "copy_sheet": copy_sheet,
    "move_sheet": move_sheet,
    "sheet_visible": sheet_visible,
    "show_sheet": show_sheet,
    "used_area": used_area,
    "clear_sheet": clear_sheet,
    "autofit_sheet": autofit_sheet,
    "chart_count": chart_count,
}
