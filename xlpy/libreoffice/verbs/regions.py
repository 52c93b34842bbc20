"""Where data begins and ends: the jump of Ctrl and an arrow, tables, regions, special cells, search."""

from __future__ import annotations

from typing import Any

from .cells import area_of, areas_found, format_kind, range_of, to_area
from .desk import Desk

_FILLED = 1 | 2 | 4 | 16
_CONSTANTS = {"": 1 | 2 | 4, "numbers": 1 | 2, "text": 4}
_RESULTS = {"": 1 | 2 | 4, "numbers": 1, "text": 2, "errors": 4}
_LAST = {True: 1_048_575, False: 16_383}


def _filled(cells: Any) -> list[list[int]]:
    return areas_found(cells, cells.queryContentCells(_FILLED))


def _runs(sheet: Any, row: int, column: int, down: bool) -> list[list[int]]:
    """First and last of each run of filled cells in a cell's column or row."""
    line = [0, column, _LAST[True], column] if down else [row, 0, row, _LAST[False]]
    runs: list[list[int]] = []
    for r0, c0, r1, c1 in sorted(_filled(range_of(sheet, line))):
        first, last = (r0, r1) if down else (c0, c1)
        if runs and runs[-1][1] == first - 1:
            runs[-1][1] = last
        else:
            runs.append([first, last])
    return runs


def _jump(runs: list[list[int]], at: int, forward: bool, edge: int) -> int:
    """Where the jump from a place along a line ends."""
    if not forward:
        return -_jump([[-last, -first] for first, last in reversed(runs)], -at, True, 0)
    for first, last in runs:
        if first <= at < last:
            return last
        if first > at:
            return first
    return edge


def end_of(desk: Desk, sheet: int, row: int, column: int, direction: str) -> list[int]:
    """[row, column] where Ctrl and an arrow leads from a cell; direction "up", "down", "left" or "right"."""
    down, forward = direction in {"up", "down"}, direction in {"down", "right"}
    runs = _runs(desk.thing(sheet), row, column, down)
    at = _jump(runs, row if down else column, forward, _LAST[down])
    return [at, column] if down else [row, at]


def expanded_area(desk: Desk, sheet: int, area: list[int], mode: str) -> list[int]:
    """The area that begins with this one's first cell and goes down, right or both as far as there is data."""
    thing = desk.thing(sheet)
    r0, c0, r1, c1 = area
    if mode == "table":
        return [r0, c0, _reach(thing, r0, c0, True), _reach(thing, r0, c0, False)]
    if mode == "down":
        return [r0, c0, _reach(thing, r0, c0, True), c1]
    return [r0, c0, r1, _reach(thing, r0, c0, False)]


def _reach(sheet: Any, row: int, column: int, down: bool) -> int:
    """The last cell before the first that shows nothing; of what follows the second a formula's empty text counts."""
    at = row if down else column
    ahead = min(at + 2, _LAST[down])
    cells = range_of(sheet, [row, column, ahead, column] if down else [row, column, row, ahead]).getDataArray()
    shown = [one[0] for one in cells] if down else list(cells[0])
    for step, content in enumerate(shown[1:]):
        if content == "":
            return at + step
    if len(shown) < 3:
        return at + len(shown) - 1
    return _jump(_runs(sheet, row, column, down), at + 1, True, _LAST[down])


def region_around(desk: Desk, sheet: int, row: int, column: int) -> list[int]:
    """The smallest area around a cell whose neighbours, across corners too, are all empty."""
    cells = desk.thing(sheet).createCursor()
    cells.gotoEndOfUsedArea(True)
    areas = _filled(cells)
    region = [row, column, row, column]
    grown = True
    while grown:
        grown, apart = False, []
        for area in areas:
            if _touch(region, area):
                region = [*map(min, region[:2], area[:2]), *map(max, region[2:], area[2:])]
                grown = True
            else:
                apart.append(area)
        areas = apart
    return region


def _touch(one: list[int], two: list[int]) -> bool:
    return one[0] <= two[2] + 1 and two[0] <= one[2] + 1 and one[1] <= two[3] + 1 and two[1] <= one[3] + 1


def special_cells(desk: Desk, book: int, sheet: int, area: list[int], kind: str, value: str) -> list[list[int]]:
    """Areas of "blanks", "constants", "formulas" or "visible" cells; `value`, or "", narrows down the middle two."""
    cells = area_of(desk, sheet, area)
    if kind == "visible":
        return _areas(cells, cells.queryVisibleCells())
    if kind == "blanks":
        return _blanks(desk, sheet, area)
    if value == "errors" and kind == "constants":
        return []
    if value in {"logical", "numbers"}:
        found = _areas(cells, cells.queryContentCells(1 | 2) if kind == "constants" else cells.queryFormulaCells(1))
        return _by_kind(desk, book, sheet, found, value == "logical")
    if kind == "constants":
        return _areas(cells, cells.queryContentCells(_CONSTANTS[value]))
    return _areas(cells, cells.queryFormulaCells(_RESULTS[value]))


def _areas(cells: Any, found: Any) -> list[list[int]]:
    return sorted(areas_found(cells, found))


def _blanks(desk: Desk, sheet: int, area: list[int]) -> list[list[int]]:
    cursor = desk.thing(sheet).createCursor()
    cursor.gotoStartOfUsedArea(False)
    cursor.gotoEndOfUsedArea(True)
    used = to_area(cursor.getRangeAddress())
    part = [*map(max, area[:2], used[:2]), *map(min, area[2:], used[2:])]
    if part[0] > part[2] or part[1] > part[3]:
        return []
    cells = area_of(desk, sheet, part)
    return _areas(cells, cells.queryEmptyCells())


def _by_kind(desk: Desk, book: int, sheet: int, areas: list[list[int]], logical: bool) -> list[list[int]]:
    found = []
    for area in areas:
        cells = area_of(desk, sheet, area)
        same = cells.getUniqueCellFormatRanges()
        for ranges in [same.getByIndex(at) for at in range(same.getCount())]:
            kind = format_kind(desk, book, ranges.getPropertyValue("NumberFormat"))
            found += _areas(cells, ranges) if (kind == "logical") == logical else []
    return sorted(found)


def find_first(desk: Desk, sheet: int, area: list[int], pattern: str, how: dict[str, bool]) -> list[int]:
    """[row, column] of the first cell that shows what the regular expression matches; empty where none does.

    `how`: whole, backward, by_rows, match_case.
    """
    cells = area_of(desk, sheet, area)
    search = cells.createSearchDescriptor()
    search.SearchString, search.SearchType, search.SearchRegularExpression = pattern, 1, True
    search.SearchWords, search.SearchBackwards = how["whole"], how["backward"]
    search.SearchByRow, search.SearchCaseSensitive = how["by_rows"], how["match_case"]
    found = cells.findFirst(search)
    if found is None:
        return []
    first = found.getRangeAddress()
    return [first.StartRow, first.StartColumn]


def replace_all(desk: Desk, sheet: int, area: list[int], pattern: str, new: str, whole: bool, match_case: bool) -> int:
    """Put `new` in place of what the regular expression matches in texts and formulas; how many cells changed."""
    cells = area_of(desk, sheet, area)
    search = cells.createReplaceDescriptor()
    search.SearchString, search.ReplaceString, search.SearchRegularExpression = pattern, new, True
    search.SearchWords, search.SearchCaseSensitive = whole, match_case
    return int(cells.replaceAll(search))


VERBS: dict[str, Any] = {
    "end_of": end_of,
    "expanded_area": expanded_area,
    "region_around": region_around,
    "special_cells": special_cells,
    "find_first": find_first,
    "replace_all": replace_all,
}
