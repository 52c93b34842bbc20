"""Looks and notes that follow their rows when a table is laid out anew; validity and conditional formats stay.

Rows and columns are 0-based; one call, however many rows move.
"""

from __future__ import annotations

from typing import Any

from .cells import to_area, union_of
from .desk import Desk
from .runtime import struct

_LOOKS = (
    "BottomBorder",
    "CellBackColor",
    "CellProtection",
    "CellStyle",
    "CharColor",
    "CharFontName",
    "CharHeight",
    "CharPosture",
    "CharStrikeout",
    "CharUnderline",
    "CharWeight",
    "HoriJustify",
    "IsCellBackgroundTransparent",
    "IsTextWrapped",
    "LeftBorder",
    "NumberFormat",
    "ParaIndent",
    "RightBorder",
    "RotateAngle",
    "ShrinkToFit",
    "TopBorder",
    "VertJustify",
)
# A style brings its own values along: it comes before what is set by hand.
_STYLE = _LOOKS.index("CellStyle")


def carry_rows(
    desk: Desk, book: int, sheet: str, columns: list[int], origins: list[list[int]], moved: list[list[int]]
) -> None:
    """Give rows the looks of the rows their contents came from, and let notes go where their rows went.

    `columns`: first and last; `origins`: [row, row it came from or -1]; `moved`: [row, where it went or -1].
    """
    document = desk.thing(book)
    cells = document.getSheets().getByName(sheet)
    _carry_looks(document, cells, columns, origins)
    _carry_notes(cells, columns, {pair[0]: pair[1] for pair in moved})


def _carry_looks(document: Any, sheet: Any, columns: list[int], origins: list[list[int]]) -> None:
    rows = [row for pair in origins for row in pair if row >= 0]
    area = [min(rows), columns[0], max(rows), columns[1]]
    same = sheet.getCellRangeByPosition(area[1], area[0], area[3], area[2]).getUniqueCellFormatRanges()
    groups = [same.getByIndex(at) for at in range(same.getCount())]
    areas = [[to_area(one) for one in group.getRangeAddresses()] for group in groups]
    usual, odd = _sorted_out(areas)
    if not odd:
        return
    wanted = _wanted(columns, origins, usual, odd)
    looks = {group: _look_of(sheet, areas[group][0]) for group in wanted}
    for group, places in wanted.items():
        _put_on(union_of(document, sheet, places), looks[group])


def _sorted_out(areas: list[list[list[int]]]) -> tuple[dict[int, int], dict[tuple[int, int], int]]:
    """The group that most cells of a column belong to, and the group of each cell that belongs to another."""
    counts: dict[int, dict[int, int]] = {}
    for group, places in enumerate(areas):
        for r0, c0, r1, c1 in places:
            for c in range(c0, c1 + 1):
                column = counts.setdefault(c, {})
                column[group] = column.get(group, 0) + r1 - r0 + 1
    usual = {c: max(column, key=lambda group, column=column: column[group]) for c, column in counts.items()}  # type: ignore[misc]
    odd = {
        (r, c): group
        for group, places in enumerate(areas)
        for r0, c0, r1, c1 in places
        for c in range(c0, c1 + 1)
        if usual[c] != group
        for r in range(r0, r1 + 1)
    }
    return usual, odd


def _wanted(
    columns: list[int], origins: list[list[int]], usual: dict[int, int], odd: dict[tuple[int, int], int]
) -> dict[int, list[list[int]]]:
    """Group → cells that are to look like it and do not."""
    places: dict[int, list[list[int]]] = {}
    for row, origin in origins:
        for c in range(columns[0], columns[1] + 1):
            group = odd.get((origin, c), usual[c]) if origin >= 0 else usual[c]
            if odd.get((row, c), usual[c]) != group:
                places.setdefault(group, []).append([row, c, row, c])
    return places


def _look_of(sheet: Any, area: list[int]) -> tuple[Any, ...]:
    return tuple(sheet.getCellByPosition(area[1], area[0]).getPropertyValues(_LOOKS))


def _put_on(cells: Any, look: tuple[Any, ...]) -> None:
    cells.setPropertyValue(_LOOKS[_STYLE], look[_STYLE])
    cells.setPropertyValues(_LOOKS, look)


def _carry_notes(sheet: Any, columns: list[int], moved: dict[int, int]) -> None:
    notes = sheet.getAnnotations()
    taken: list[tuple[int, int, str, bool]] = []
    for at in reversed(range(notes.getCount())):
        note = notes.getByIndex(at)
        place = note.getPosition()
        if place.Row in moved and columns[0] <= place.Column <= columns[1]:
            taken.append((moved[place.Row], place.Column, note.getString(), note.getIsVisible()))
            notes.removeByIndex(at)
    at_sheet = sheet.getRangeAddress().Sheet
    for row, column, text, is_visible in taken:
        if row >= 0:
            notes.insertNew(struct("table.CellAddress", Sheet=at_sheet, Column=column, Row=row), text)
            if is_visible:
                sheet.getCellByPosition(column, row).getAnnotation().setIsVisible(True)


VERBS: dict[str, Any] = {"carry_rows": carry_rows}
