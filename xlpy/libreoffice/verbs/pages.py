"""How a sheet lies on paper and on the screen: print areas, frozen rows and columns, lines of the grid."""

from __future__ import annotations

from typing import Any

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


class _InFront:
    """The view of the document with this sheet active for the moment: frozen panes and grid belong to the active one.

    No generator: contextlib cannot let an exception of UNO through.
    """

    def __init__(self, desk: Desk, sheet: int) -> None:
        self._view = desk.document_of(sheet).getCurrentController()
        self._before = self._view.getActiveSheet()
        self._wanted = desk.thing(sheet)
        self._is_other = self._before.getName() != self._wanted.getName()

    def __enter__(self) -> Any:
        if self._is_other:
            self._view.setActiveSheet(self._wanted)
        return self._view

    def __exit__(self, *_: object) -> None:
        if self._is_other:
            self._view.setActiveSheet(self._before)


def freeze(desk: Desk, sheet: int, rows: int, columns: int) -> None:
    """Freeze the first rows and columns; 0 and 0: none."""
    with _InFront(desk, sheet) as view:
        view.freezeAtPosition(columns, rows)


def frozen(desk: Desk, sheet: int) -> list[int]:
    """[rows, columns] that are frozen."""
    with _InFront(desk, sheet) as view:
        return [view.getSplitRow(), view.getSplitColumn()] if view.hasFrozenPanes() else [0, 0]


def shows_grid(desk: Desk, sheet: int) -> bool:
    """Whether the lines of the grid show on this sheet; the property of the view is about all of them."""
    document = desk.document_of(sheet)
    # What is kept of the time when it was opened must go first: it is not brought up to date.
    document.setViewData(None)
    views = document.getViewData()
    tables = next(one.Value for one in views.getByIndex(0) if one.Name == "Tables")
    name = desk.thing(sheet).getName()
    if not tables.hasByName(name):
        return True
    return all(one.Value for one in tables.getByName(name) if one.Name == "ShowGrid")


def show_grid(desk: Desk, sheet: int, showing: bool) -> None:
    """Show the lines of the grid or not; there is only a command that turns it over."""
    if shows_grid(desk, sheet) != showing:
        with _InFront(desk, sheet) as view:
            dispatcher = desk.service("com.sun.star.frame.DispatchHelper")
            dispatcher.executeDispatch(view.getFrame(), ".uno:ToggleSheetGrid", "", 0, ())


VERBS: dict[str, Any] = {
    "print_areas": print_areas,
    "set_print_areas": set_print_areas,
    "freeze": freeze,
    "frozen": frozen,
    "shows_grid": shows_grid,
    "show_grid": show_grid,
}
