"""Cells moved about: inserted, deleted, copied, moved, pasted, filled, sorted."""

from __future__ import annotations

from typing import Any

from .cells import area_of, range_of
from .desk import Desk
from .runtime import enum, properties, struct, uno
from .views import restore_view, view_state

_KEEP_BELOW = 4


def insert_cells(desk: Desk, sheet: int, area: list[int], mode: str) -> None:
    """Insert empty cells: `mode` DOWN, RIGHT, ROWS or COLUMNS."""
    thing = desk.thing(sheet)
    thing.insertCells(range_of(thing, area).getRangeAddress(), enum("sheet.CellInsertMode", mode))


def delete_cells(desk: Desk, sheet: int, area: list[int], mode: str) -> None:
    """Delete cells, others move up: mode UP, LEFT, ROWS or COLUMNS."""
    thing = desk.thing(sheet)
    thing.removeRange(range_of(thing, area).getRangeAddress(), enum("sheet.CellDeleteMode", mode))


def copy_cells(desk: Desk, sheet: int, area: list[int], target: int, block: list[int]) -> None:
    """Copy an area to [row, column, rows, columns] on a sheet of the same document, as often as it goes into that."""
    thing = desk.thing(target)
    place = thing.getRangeAddress().Sheet
    source = area_of(desk, sheet, area).getRangeAddress()
    height, width = area[2] - area[0] + 1, area[3] - area[1] + 1
    row, column, rows, columns = block
    for r in range(row, row + rows, height):
        for c in range(column, column + columns, width):
            thing.copyRange(struct("table.CellAddress", Sheet=place, Row=r, Column=c), source)


def move_cells(desk: Desk, sheet: int, area: list[int], target: int, row: int, column: int) -> None:
    """Move an area; formulas that look at it go on doing so."""
    place = desk.thing(target).getRangeAddress().Sheet
    thing = desk.thing(sheet)
    address = struct("table.CellAddress", Sheet=place, Row=row, Column=column)
    thing.moveRange(address, range_of(thing, area).getRangeAddress())


def to_clipboard(desk: Desk, book: int, sheet: int, area: list[int]) -> None:
    """Copy an area to the clipboard."""
    state = view_state(desk, book)
    _dispatch(desk, book, sheet, area, ".uno:Copy", ())
    restore_view(desk, book, state)


def _dispatch(desk: Desk, book: int, sheet: int, area: list[int], command: str, arguments: tuple[Any, ...]) -> None:
    controller = desk.thing(book).getCurrentController()
    controller.select(area_of(desk, sheet, area))
    desk.service("com.sun.star.frame.DispatchHelper").executeDispatch(controller.getFrame(), command, "", 0, arguments)


def paste(desk: Desk, book: int, sheet: int, area: list[int], how: dict[str, Any]) -> None:
    """Paste the clipboard at an area; what the user has selected stays so.

    `how`: flags (letters of the office for what is pasted), operation (0 none, 1 add, 2 subtract, 3 multiply,
    4 divide), skip_blanks, transpose, link.
    """
    state = view_state(desk, book)
    arguments = properties(
        Flags=how["flags"],
        FormulaCommand=how["operation"],
        SkipEmptyCells=how["skip_blanks"],
        Transpose=how["transpose"],
        AsLink=how["link"],
        MoveMode=_KEEP_BELOW,
    )
    _dispatch(desk, book, sheet, area, ".uno:InsertContents", arguments)
    restore_view(desk, book, state)


def copy_part(desk: Desk, source: list[Any], target: list[Any], how: dict[str, Any]) -> None:
    """Copy by way of the clipboard: source and target are [document, sheet, area], `how` as in `paste`."""
    book, sheet, area = source
    to_clipboard(desk, book, sheet, area)
    book, sheet, area = target
    paste(desk, book, sheet, area, how)


def fill(desk: Desk, sheet: int, area: list[int], direction: str, count: int, how: str) -> None:
    """Fill an area from its first (TO_BOTTOM, TO_RIGHT) or last `count` lines, as the office goes on with them.

    `how`: "auto", "copy", "linear", "growth", or the unit of time "day", "weekday", "month", "year".
    """
    cells = area_of(desk, sheet, area)
    way = enum("sheet.FillDirection", direction)
    if how == "auto":
        cells.fillAuto(way, count)
        return
    mode = {"copy": "SIMPLE", "linear": "LINEAR", "growth": "GROWTH"}.get(how, "DATE")
    unit = {"weekday": "FILL_DATE_WEEKDAY", "month": "FILL_DATE_MONTH", "year": "FILL_DATE_YEAR"}
    date = enum("sheet.FillDateMode", unit.get(how, "FILL_DATE_DAY"))
    step = 2 if how == "growth" else 1
    cells.fillSeries(way, enum("sheet.FillMode", mode), date, step, 1e307 if step > 0 else -1e307)


def sort_rows(desk: Desk, sheet: int, area: list[int], keys: list[list[Any]], has_headers: bool) -> None:
    """Sort the rows of an area by [column from 0, rising] in turn; looks go with their cells."""
    fields = tuple(
        struct("table.TableSortField", Field=column, IsAscending=rising, IsCaseSensitive=False)
        for column, rising in keys
    )
    how = properties(
        SortFields=uno.Any("[]com.sun.star.table.TableSortField", fields),
        ContainsHeader=has_headers,
        BindFormatsToContent=True,
        IsUserListEnabled=False,
        Orientation=enum("table.TableOrientation", "ROWS"),
    )
    area_of(desk, sheet, area).sort(how)


def keep_rows(desk: Desk, sheet: int, area: list[int], kept: list[list[int]]) -> None:
    """Keep runs [first, last] of an area's rows, counted from 0, close the gaps and empty what is left below."""
    thing = desk.thing(sheet)
    place = thing.getRangeAddress().Sheet
    r0, c0, r1, c1 = area
    at = r0
    for first, last in kept:
        if r0 + first != at:
            source = range_of(thing, [r0 + first, c0, r0 + last, c1]).getRangeAddress()
            thing.copyRange(struct("table.CellAddress", Sheet=place, Row=at, Column=c0), source)
        at += last - first + 1
    if at <= r1:
        range_of(thing, [at, c0, r1, c1]).clearContents(1 | 2 | 4 | 8 | 16)


VERBS: dict[str, Any] = {
    "insert_cells": insert_cells,
    "delete_cells": delete_cells,
    "copy_cells": copy_cells,
    "move_cells": move_cells,
    "to_clipboard": to_clipboard,
    "paste": paste,
    "copy_part": copy_part,
    "fill": fill,
    "sort_rows": sort_rows,
    "keep_rows": keep_rows,
}
