"""Rows and columns of an area: how high and wide, hidden or not, grouped; and merged cells. Sizes in 1/100 mm."""

from __future__ import annotations

from typing import Any

from .cells import area_of, range_of, to_area
from .desk import Desk
from .runtime import enum

_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383
_LOOKED_AT = 100


def place_of(desk: Desk, sheet: int, area: list[int]) -> list[int]:
    """[left, top, width, height] of an area on its sheet."""
    cells = area_of(desk, sheet, area)
    position, size = cells.Position, cells.Size
    return [position.X, position.Y, size.Width, size.Height]


def line_size(desk: Desk, sheet: int, area: list[int], lines: str) -> Any:
    """Width of the "columns" or height of the "rows" of an area, 0 for hidden ones; None where they differ.

    Lines beyond the used area count as the first one.
    """
    thing = desk.thing(sheet)
    cursor = thing.createCursor()
    cursor.gotoEndOfUsedArea(False)
    used = cursor.getRangeAddress()
    r0, c0, r1, c1 = area
    part = [r0, c0, min(r1, max(r0, used.EndRow)), min(c1, max(c0, used.EndColumn))]
    cells = range_of(thing, part)
    found = cells.getColumns() if lines == "columns" else cells.getRows()
    name = "Width" if lines == "columns" else "Height"
    count = found.getCount()
    sizes = {_line_size(found.getByIndex(at), name) for at in range(min(count, _LOOKED_AT))}
    if len(sizes) > 1:
        return None
    # Of more lines the whole must be as large as so many of the first.
    size = sizes.pop()
    whole = cells.Size.Width if lines == "columns" else cells.Size.Height
    return size if count <= _LOOKED_AT or abs(whole - _in_twips(size) * count * 2540 / 1440) <= 2 else None


def _line_size(line: Any, name: str) -> int:
    return int(line.getPropertyValue(name)) if line.getPropertyValue("IsVisible") else 0


def _in_twips(size: int) -> int:
    return round(size * 1440 / 2540)


def set_line_size(desk: Desk, sheet: int, area: list[int], lines: str, size: int) -> None:
    """Make all columns so wide or all rows so high; 0 hides them."""
    found = _lines(desk, sheet, area, lines)
    found.setPropertyValue("IsVisible", size > 0)
    if size:
        found.setPropertyValue("Width" if lines == "columns" else "Height", size)


def _lines(desk: Desk, sheet: int, area: list[int], lines: str) -> Any:
    cells = area_of(desk, sheet, area)
    return cells.getColumns() if lines == "columns" else cells.getRows()


def fit_lines(desk: Desk, sheet: int, area: list[int], lines: list[str]) -> None:
    """Let columns and rows fit what is in them."""
    for one in lines:
        found = _lines(desk, sheet, area, one)
        found.setPropertyValue("OptimalWidth" if one == "columns" else "OptimalHeight", True)


def hidden(desk: Desk, sheet: int, area: list[int], lines: str) -> Any:
    """Whether all rows or columns are hidden; None where only some are."""
    r0, c0, r1, c1 = area
    whole = [r0, 0, r1, _LAST_COLUMN] if lines == "rows" else [0, c0, _LAST_ROW, c1]
    seen: set[int] = set()
    for one in area_of(desk, sheet, whole).queryVisibleCells().getRangeAddresses():
        seen.update(
            range(one.StartRow, one.EndRow + 1) if lines == "rows" else range(one.StartColumn, one.EndColumn + 1)
        )
    count = r1 - r0 + 1 if lines == "rows" else c1 - c0 + 1
    return None if 0 < len(seen) < count else not seen


def hide(desk: Desk, sheet: int, area: list[int], lines: str, hidden: bool) -> None:
    """Hide or show rows or columns."""
    _lines(desk, sheet, area, lines).setPropertyValue("IsVisible", not hidden)


def group(desk: Desk, sheet: int, area: list[int], lines: str, grouped: bool) -> None:
    """Group rows or columns, or take one level of grouping away."""
    thing = desk.thing(sheet)
    address = range_of(thing, area).getRangeAddress()
    way = enum("table.TableOrientation", lines.upper())
    (thing.group if grouped else thing.ungroup)(address, way)


def merged_areas(sheet: Any, area: list[int]) -> list[list[int]]:
    """The merged areas of a UNO sheet that lie in an area, in part or whole."""
    cursor = sheet.createCursorByRange(range_of(sheet, area))
    cursor.collapseToMergedArea()
    found: list[list[int]] = []
    _halve(sheet, to_area(cursor.getRangeAddress()), found)
    return found


def _halve(sheet: Any, area: list[int], found: list[list[int]]) -> None:
    # Only the first cell of a merged area says that it is one.
    cells = range_of(sheet, area)
    if not cells.getIsMerged():
        return
    r0, c0, r1, c1 = area
    if r0 == r1 and c0 == c1:
        cursor = sheet.createCursorByRange(cells)
        cursor.collapseToMergedArea()
        found.append(to_area(cursor.getRangeAddress()))
    elif r1 - r0 >= c1 - c0:
        middle = (r0 + r1) // 2
        _halve(sheet, [r0, c0, middle, c1], found)
        _halve(sheet, [middle + 1, c0, r1, c1], found)
    else:
        middle = (c0 + c1) // 2
        _halve(sheet, [r0, c0, r1, middle], found)
        _halve(sheet, [r0, middle + 1, r1, c1], found)


def merged_in(desk: Desk, sheet: int, area: list[int]) -> list[list[int]]:
    """As `merged_areas`, of a sheet held by number."""
    return merged_areas(desk.thing(sheet), area)


def merge(desk: Desk, sheet: int, areas: list[list[int]]) -> None:
    """Make one cell of each area; only what its first cell holds stays."""
    thing = desk.thing(sheet)
    for r0, c0, r1, c1 in areas:
        for rest in ([r0, c0 + 1, r0, c1], [r0 + 1, c0, r1, c1]):
            if rest[0] <= rest[2] and rest[1] <= rest[3]:
                range_of(thing, rest).clearContents(1 | 2 | 4 | 16)
        range_of(thing, [r0, c0, r1, c1]).merge(True)


def unmerge(desk: Desk, sheet: int, area: list[int]) -> None:
    """Make cells of every merged area that lies in an area, in part or whole."""
    thing = desk.thing(sheet)
    for one in merged_areas(thing, area):
        range_of(thing, one).merge(False)


VERBS: dict[str, Any] = {
    "place_of": place_of,
    "line_size": line_size,
    "set_line_size": set_line_size,
    "fit_lines": fit_lines,
    "hidden": hidden,
    "hide": hide,
    "group": group,
    "merged_in": merged_in,
    "merge": merge,
    "unmerge": unmerge,
}
