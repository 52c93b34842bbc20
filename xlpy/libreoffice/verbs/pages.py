"""How a sheet lies on paper and on the screen: print areas, frozen rows and columns, lines of the grid."""

from __future__ import annotations

from contextlib import contextmanager
from typing import Any, Iterator

from .desk import Desk
from .runtime import struct


def print_areas(desk: Desk, sheet: int) -> list[list[int]]:
    """Areas that are printed; none: all that is used."""
    return [[one.StartRow, one.StartColumn, one.EndRow, one.EndColumn] for one in desk.thing(sheet).getPrintAreas()]


def set_print_areas(desk: Desk, sheet: int, areas: list[list[int]]) -> None:
    """Print these areas only; none: all that is used."""
    thing = desk.thing(sheet)
    at = thing.getRangeAddress().Sheet
    thing.setPrintAreas(
        tuple(
            struct("table.CellRangeAddress", Sheet=at, StartRow=r0, StartColumn=c0, EndRow=r1, EndColumn=c1)
            for r0, c0, r1, c1 in areas
        )
    )


@contextmanager
def _in_front(desk: Desk, sheet: int) -> Iterator[Any]:
    """The view of the document with this sheet active for the moment: frozen panes and grid belong to the active one."""
    view = desk.document_of(sheet).getCurrentController()
    before = view.getActiveSheet()
    wanted = desk.thing(sheet)
    is_other = before.getName() != wanted.getName()
    if is_other:
        view.setActiveSheet(wanted)
    yield view
    if is_other:
        view.setActiveSheet(before)


def freeze(desk: Desk, sheet: int, rows: int, columns: int) -> None:
    """Freeze the first rows and columns; 0 and 0: none."""
    with _in_front(desk, sheet) as view:
        view.freezeAtPosition(columns, rows)


def frozen(desk: Desk, sheet: int) -> list[int]:
    """[rows, columns] that are frozen."""
    with _in_front(desk, sheet) as view:
        return [view.getSplitRow(), view.getSplitColumn()] if view.hasFrozenPanes() else [0, 0]


def shows_grid(desk: Desk, sheet: int) -> bool:
    """Whether the lines of the grid show."""
    with _in_front(desk, sheet) as view:
        return bool(view.ShowGrid)


def show_grid(desk: Desk, sheet: int, showing: bool) -> None:
    """Show the lines of the grid or not."""
    with _in_front(desk, sheet) as view:
        view.ShowGrid = showing


VERBS: dict[str, Any] = {
    "print_areas": print_areas,
    "set_print_areas": set_print_areas,
    "freeze": freeze,
    "frozen": frozen,
    "shows_grid": shows_grid,
    "show_grid": show_grid,
}
