"""Single cells all over a sheet, hundreds of them in one call. A cell is [row, column], 0-based."""

from __future__ import annotations

from typing import Any

from .cells import format_kind, put, read_values, union_of, write_contents
from .desk import Desk
from .undo import NAMELESS

# To ask for one range more takes as long as to bring over so many cells.
_CELLS_WORTH_A_CALL = 4_000


def read_scattered(desk: Desk, book: int, sheet: int, cells: list[list[int]]) -> list[dict[str, Any]]:
    """As `read_values`, for blocks that together hold all the cells; each with its `area`."""
    return [{**read_values(desk, book, sheet, area), "area": area} for area in _blocks(cells)]


def _blocks(cells: list[list[int]]) -> list[list[int]]:
    """Blocks around the cells: one more where the empty rows between two take longer to read."""
    blocks: list[list[int]] = []
    for row, column in sorted(cells):
        if blocks:
            r0, c0, r1, c1 = blocks[-1]
            joined = [r0, min(c0, column), max(r1, row), max(c1, column)]
            if _size(joined) - _size(blocks[-1]) <= _CELLS_WORTH_A_CALL:
                blocks[-1] = joined
                continue
        blocks.append([row, column, row, column])
    return blocks


def _size(area: list[int]) -> int:
    return (area[2] - area[0] + 1) * (area[3] - area[1] + 1)


def write_scattered(desk: Desk, book: int, sheet: int, blocks: list[list[Any]]) -> None:
    """Write [area, rows, marks] each, as `write_contents`; one step of undo for all."""
    undo = desk.thing(book).getUndoManager()
    is_recorded = not undo.isLocked()
    if is_recorded:
        undo.enterUndoContext(NAMELESS)
    try:
        _write(desk, book, sheet, blocks)
    finally:
        if is_recorded:
            undo.leaveUndoContext()


def _write(desk: Desk, book: int, sheet: int, blocks: list[list[Any]]) -> None:
    thing = desk.thing(sheet)
    union = union_of(desk.thing(book), thing, [area for area, _, _ in blocks])
    alike = union.getPropertyState("NumberFormat").value != "AMBIGUOUS_VALUE"
    is_logical = not alike or format_kind(desk, book, union.getPropertyValue("NumberFormat")) == "logical"
    for area, rows, marks in blocks:
        if area[:2] == area[2:] and not is_logical and not any(marks.values()):
            put(thing.getCellByPosition(area[1], area[0]), rows[0][0])
        else:
            write_contents(desk, book, sheet, area, rows, marks)


def colour_scattered(desk: Desk, book: int, sheet: int, areas: list[list[int]], colour: int) -> None:
    """Give all the areas one colour of fill, -1 for none."""
    union_of(desk.thing(book), desk.thing(sheet), areas).setPropertyValue("CellBackColor", colour)


VERBS: dict[str, Any] = {
    "read_scattered": read_scattered,
    "write_scattered": write_scattered,
    "colour_scattered": colour_scattered,
}
