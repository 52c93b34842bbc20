"""One formula over many cells: first rows written, the rest filled by the office.

LibreOffice 7.4 joins each formula that setFormulaArray writes to the equal ones above it, at a cost that grows with
their number: 10,000 of them take seconds, 40,000 minutes. Its own fill joins all of them at once. But that copies the
looks of the first row too, and passes over hidden rows: so it is used for blocks that look the same all over only.
"""

from __future__ import annotations

from typing import Any

from .cells import prepare_formats, range_of, to_area
from .desk import Desk
from .runtime import enum
from .sizes import merged_areas
from .undo import WholeWrite, set_formulas

_MOST_BLOCKS = 64


def blocks_to_fill(desk: Desk, sheet: int, area: list[int]) -> list[list[int]]:
    """Blocks side by side that make up an area, each of cells that look alike; none where a fill will not do.

    Of blocks one above the other LibreOffice 7.4 joins the formulas too, and crashes when that is undone.
    """
    thing = desk.thing(sheet)
    cells = range_of(thing, area)
    visible = [to_area(one) for one in cells.queryVisibleCells().getRangeAddresses()]
    if sum(map(_size, visible)) != _size(area) or merged_areas(thing, area):
        return []
    same = cells.getUniqueCellFormatRanges()
    blocks = [to_area(one) for at in range(same.getCount()) for one in same.getByIndex(at).getRangeAddresses()]
    is_upright = all(block[0] == area[0] and block[2] == area[2] for block in blocks)
    return blocks if is_upright and len(blocks) <= _MOST_BLOCKS else []


def _size(area: list[int]) -> int:
    return (area[2] - area[0] + 1) * (area[3] - area[1] + 1)


def fill_down(desk: Desk, book: int, sheet: int, area: list[int], blocks: list[list[Any]]) -> None:
    """Fill [block, formulas of its first row] each; the blocks make up the area. One step of undo."""
    document, thing = desk.thing(book), desk.thing(sheet)
    cells = range_of(thing, area)
    with WholeWrite(document, cells):
        prepare_formats(desk, book, thing, cells, area, {})
        for (r0, c0, r1, c1), formulas in blocks:
            set_formulas(range_of(thing, [r0, c0, r0, c1]), (tuple(formulas),))
            if r1 > r0:
                range_of(thing, [r0, c0, r1, c1]).fillAuto(enum("sheet.FillDirection", "TO_BOTTOM"), 1)


VERBS: dict[str, Any] = {
    "blocks_to_fill": blocks_to_fill,
    "fill_down": fill_down,
}
