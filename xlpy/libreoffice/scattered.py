"""Single cells all over a sheet, hundreds of them in one round trip: what a list of findings needs.

For sheets of this engine only; `sheet` is a Sheet of xlwings. An address is one cell, as «B7».
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from xlpy.libreoffice.addresses import area_of
from xlpy.libreoffice.values import assembled, clean, parts_of, taken_apart


def read_cells(sheet: Any, addresses: Iterable[str]) -> list[Any]:
    """Values of the cells in the order of their addresses, as `Range.options(err_to_str=True).value` gives them."""
    import datetime as dt

    cells = [_cell(address) for address in addresses]
    if not cells:
        return []
    found: dict[tuple[int, int], Any] = {}
    wanted = set(cells)
    impl = sheet.impl
    for read in impl.book.call("read_scattered", impl.key, [list(cell) for cell in sorted(wanted)]):
        r0, c0, r1, c1 = read["area"]
        rows = clean(assembled(read, (r1 - r0 + 1, c1 - c0 + 1)), dt.datetime, None, None, err_to_str=True)
        found.update({(r, c): rows[r - r0][c - c0] for r, c in wanted if r0 <= r <= r1 and c0 <= c <= c1})
    return [found[cell] for cell in cells]


def write_cells(sheet: Any, values: Mapping[str, Any]) -> None:
    """Write each value into the cell of its address, as `Range.value` would."""
    cells = {_cell(address): value for address, value in values.items()}
    blocks = []
    for r0, c0, r1, c1 in parts_of(list(cells)):
        rows = [[cells[r, c] for c in range(c0, c1 + 1)] for r in range(r0, r1 + 1)]
        blocks.append([[r0, c0, r1, c1], *taken_apart(rows)])
    if blocks:
        sheet.impl.book.call("write_scattered", sheet.impl.key, blocks)


def colour_cells(sheet: Any, addresses: Iterable[str], rgb: tuple[int, int, int] | None) -> None:
    """Give the cells one colour of fill; None takes theirs away."""
    parts = parts_of([_cell(address) for address in addresses])
    if parts:
        colour = -1 if rgb is None else (rgb[0] << 16) + (rgb[1] << 8) + rgb[2]
        sheet.impl.book.call("colour_scattered", sheet.impl.key, parts, colour)


def _cell(address: str) -> tuple[int, int]:
    area = area_of(address)
    if area is None or area[:2] != area[2:]:
        raise KeyError(address)
    return area[0], area[1]
