"""Rows that say the same thing twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd

from xlpy.checks.findings import Hit
from xlpy.tables.frames import Table
from xlpy.tables.normalise import fold


def _comparable(column: pd.Series) -> list[object]:
    """Cells as they are compared: text folded, an empty cell None."""
    if column.dtype == object:
        return [fold(cell) or None if isinstance(cell, str) else cell for cell in column]
    return column.astype(object).where(column.notna(), None).tolist()


def repeats(table: Table, keys: tuple[str, ...], named: tuple[str, ...]) -> list[tuple[int, int]]:
    """(row, row of the first such) of rows equal to an earlier one in `keys`; rows with an empty `named` are none."""
    must = [keys.index(key) for key in named]
    first: dict[tuple[object, ...], int] = {}
    found: list[tuple[int, int]] = []
    columns = [_comparable(table.frame[key]) for key in keys]
    for row, cells in zip(table.frame.index.tolist(), zip(*columns, strict=True), strict=True):
        if any(cells[at] is None for at in must):
            continue
        earlier = first.setdefault(cells, row)
        if earlier != row:
            found.append((row, earlier))
    return found


def repeated(
    keys: tuple[str, ...], *also: str, at: str = "", params: tuple[str, ...] = ()
) -> Callable[[Table], Iterable[Hit]]:
    """Rows equal to an earlier one in `keys` and `also`, as a rule's function; only `keys` must be filled.

    The hit is at column `at` (the first key where not given); `params` are columns its sentence names.
    """

    def find(table: Table) -> Iterable[Hit]:
        for row, first in repeats(table, (*keys, *also), keys):
            said = {key: _said(table.frame.at[row, key]) for key in params}
            yield Hit(table.sheet.key, row, at or keys[0], {"first": first, **said})

    return find


def _said(cell: object) -> object:
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell
