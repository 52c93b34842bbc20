"""Areas by name, and the names of areas: defined names and tables."""

from __future__ import annotations

import re
from typing import Any

from .cells import range_of, to_area
from .desk import Desk
from .views import select

_PART, _COLUMN = r"(?P<part>#All|#Data|#Headers)", r"(?P<column>[^#\[\]][^\[\]]*)"
_TABLE = re.compile(rf"(?P<name>[^\[\]]+?)(?:\[\]|\[{_PART}\]|\[{_COLUMN}\])?", re.IGNORECASE)
_ONE_RANGE = "com.sun.star.sheet.SheetCellRange"
_MORE_RANGES = "com.sun.star.sheet.SheetCellRanges"


def named_areas(desk: Desk, book: int, sheet: int, name: str) -> list[Any]:
    """[sheet number, area, …] that a name or a table stands for. Raises KeyError where nothing is called so."""
    document = desk.thing(book)
    found = _defined(desk.thing(sheet).NamedRanges, name) or _defined(document.NamedRanges, name)
    if not found:
        found = _of_table(document, name)
    at = document.getSheets().getByIndex(found[0])
    return [desk.hold_sheet(book, at), *found[1]]


def _defined(names: Any, name: str) -> Any:
    wanted = next((one for one in names.getElementNames() if one.lower() == name.lower()), None)
    cells = names.getByName(wanted).getReferredCells() if wanted else None
    if cells is None:
        return None
    if cells.supportsService(_ONE_RANGE):
        areas = (cells.getRangeAddress(),)
    elif cells.supportsService(_MORE_RANGES):
        areas = cells.getRangeAddresses()
    else:
        raise KeyError(name)
    return areas[0].Sheet, [to_area(one) for one in areas]


def _of_table(document: Any, reference: str) -> tuple[int, list[list[int]]]:
    found = _TABLE.fullmatch(reference)
    ranges = document.DatabaseRanges
    names = {one.lower(): one for one in ranges.getElementNames()}
    if found is None or found["name"].lower() not in names:
        raise KeyError(reference)
    one = ranges.getByName(names[found["name"].lower()])
    whole = one.getDataArea()
    r0, c0, r1, c1 = to_area(whole)
    body = [r0 + 1, c0, r1 - bool(one.getPropertyValue("TotalsRow")), c1]
    if found["column"]:
        cells = range_of(document.getSheets().getByIndex(whole.Sheet), [r0, c0, r0, c1])
        captions = [str(caption).lower() for caption in cells.getDataArray()[0]]
        if found["column"].lower() not in captions:
            raise KeyError(reference)
        at = c0 + captions.index(found["column"].lower())
        return whole.Sheet, [[body[0], at, body[2], at]]
    part = {"#all": [r0, c0, r1, c1], "#headers": [r0, c0, r0, c1]}
    return whole.Sheet, [part.get((found["part"] or "").lower(), body)]


def name_of_area(desk: Desk, book: int, sheet: int, area: list[int]) -> list[Any]:
    """[whether of the sheet alone, name] of the name that stands for exactly this area; empty where none does."""
    thing = desk.thing(sheet)
    wanted = range_of(thing, area).AbsoluteName
    for of_sheet, names in ((False, desk.thing(book).NamedRanges), (True, thing.NamedRanges)):
        for name in names.getElementNames():
            if names.getByName(name).getContent() == wanted:
                return [of_sheet, name]
    return []


def table_at(desk: Desk, book: int, sheet: int, row: int, column: int) -> str:
    """Name of the table that a cell lies in; empty where none does."""
    at = desk.thing(sheet).getRangeAddress().Sheet
    ranges = desk.thing(book).DatabaseRanges
    for name in ranges.getElementNames():
        area = ranges.getByName(name).getDataArea()
        if area.Sheet == at and area.StartRow <= row <= area.EndRow and area.StartColumn <= column <= area.EndColumn:
            return str(name)
    return ""


def select_areas(desk: Desk, sheet: int, areas: list[list[int]]) -> None:
    """Select areas of a sheet, which becomes the active one."""
    select(desk, desk.document_of(sheet), desk.thing(sheet), areas)


VERBS: dict[str, Any] = {
    "named_areas": named_areas,
    "name_of_area": name_of_area,
    "table_at": table_at,
    "select_areas": select_areas,
}
