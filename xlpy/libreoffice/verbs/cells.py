"""Contents of ranges: values and formulas, whole ranges at a time.

An area is [first row, first column, last row, last column], 0-based.
"""

from __future__ import annotations

from typing import Any

from .desk import Desk

_DATE_OR_TIME, _LOGICAL = 2 | 4, 1024


def area_of(desk: Desk, sheet: int, area: list[int]) -> Any:
    """The UNO range of an area."""
    first_row, first_column, last_row, last_column = area
    return desk.thing(sheet).getCellRangeByPosition(first_column, first_row, last_column, last_row)


def read_values(desk: Desk, book: int, sheet: int, area: list[int]) -> dict[str, Any]:
    """What the cells hold: `rows` of text and numbers (None: an error), and what the numbers stand for.

    `kinds`: [kind, first row, first column, last row, last column] inside the area, kind "date" or "logical".
    `errors`: [row, column, text].
    """
    cells = area_of(desk, sheet, area)
    rows = cells.getDataArray()
    errors = [
        [r, c, cells.getCellByPosition(c, r).String]
        for r, row in enumerate(rows)
        if None in row
        for c, content in enumerate(row)
        if content is None
    ]
    return {"rows": rows, "kinds": _kinds(desk.thing(book), cells, area), "errors": errors}


def _kinds(document: Any, cells: Any, area: list[int]) -> list[list[Any]]:
    formats, known, found = document.NumberFormats, {}, []
    same = cells.getUniqueCellFormatRanges()
    for at in range(same.Count):
        ranges = same.getByIndex(at)
        key = ranges.NumberFormat
        if key not in known:
            known[key] = formats.getByKey(key).Type
        kind = "logical" if known[key] & _LOGICAL else "date" if known[key] & _DATE_OR_TIME else ""
        if kind:
            found += [
                [kind, one.StartRow - area[0], one.StartColumn - area[1], one.EndRow - area[0], one.EndColumn - area[1]]
                for one in ranges.RangeAddresses
            ]
    return found


def write_values(desk: Desk, sheet: int, area: list[int], rows: list[list[Any]]) -> None:
    """Put text and numbers into the cells; text is never taken for a formula."""
    area_of(desk, sheet, area).setDataArray(tuple(map(tuple, rows)))


VERBS: dict[str, Any] = {
    "read_values": read_values,
    "write_values": write_values,
}
