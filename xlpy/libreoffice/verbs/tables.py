"""Tables: what the office calls database ranges, by name. They keep no style; an area includes header and totals."""

from __future__ import annotations

import re
from typing import Any

from .cells import range_of, to_area
from .desk import Desk
from .runtime import enum, struct

_FLAGS = {"filter": "AutoFilter", "headers": "ContainsHeader", "totals": "TotalsRow"}
_NAME = re.compile(r"(?:[^\W\d]|\\)[\w.\\]{0,254}")
_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}\d{1,7}|[Rr]\d*(?:[Cc]\d*)?|[Cc]\d*", re.ASCII)
_ANONYMOUS = "__Anonymous"
_CONTENTS, _NOTES, _FORMULAS = 1 | 2 | 4, 8, 16


def _named(document: Any, name: str) -> Any:
    ranges = document.DatabaseRanges
    known = next((one for one in ranges.getElementNames() if one.lower() == name.lower()), None)
    if known is None:
        raise KeyError(name)
    return ranges.getByName(known)


def _require_free(document: Any, name: str) -> None:
    """Raises ValueError for a name that Excel would not take, or that stands for something else."""
    taken = [*document.DatabaseRanges.getElementNames(), *document.NamedRanges.getElementNames()]
    is_free = name.lower() not in {one.lower() for one in taken}
    if not (is_free and _NAME.fullmatch(name)) or _LIKE_A_CELL.fullmatch(name):
        raise ValueError(name)


def tables_of(desk: Desk, book: int, sheet: int) -> list[str]:
    """Names of the tables of a sheet, from top to bottom and left to right."""
    at = desk.thing(sheet).getRangeAddress().Sheet
    ranges = desk.thing(book).DatabaseRanges
    names = [name for name in ranges.getElementNames() if not name.startswith(_ANONYMOUS)]
    areas = [(ranges.getByName(name).getDataArea(), name) for name in names]
    here = [(area.StartRow, area.StartColumn, name) for area, name in areas if area.Sheet == at]
    return [name for _, _, name in sorted(here)]


def table_state(desk: Desk, book: int, name: str) -> dict[str, Any]:
    """Its `sheet` by number, `area`, and whether it has a `filter`, `headers`, `totals`. KeyError where it is gone."""
    document = desk.thing(book)
    table = _named(document, name)
    area = table.getDataArea()
    state = {flag: bool(table.getPropertyValue(stored)) for flag, stored in _FLAGS.items()}
    sheet = document.getSheets().getByIndex(area.Sheet)
    return {**state, "name": table.getName(), "sheet": desk.hold_sheet(book, sheet), "area": to_area(area)}


def add_table(desk: Desk, book: int, sheet: int, area: list[int], name: str, has_headers: bool) -> str:
    """Make an area a table with a filter, named or, where `name` is empty, numbered; return its name.

    Without headers a row of them is put above. Raises ValueError for a wrong name and over another table.
    """
    document, thing = desk.thing(book), desk.thing(sheet)
    taken = {one.lower() for one in document.DatabaseRanges.getElementNames()}
    name = name or next(f"Table{one}" for one in range(1, len(taken) + 2) if f"table{one}" not in taken)
    _require_free(document, name)
    place = thing.getRangeAddress().Sheet
    for one in document.DatabaseRanges.getElementNames():
        if _overlap(document.DatabaseRanges.getByName(one).getDataArea(), place, area):
            raise ValueError(one)
    if not has_headers:
        r0, c0, r1, c1 = area
        _insert(thing, [r0, c0, r0, c1], "DOWN")
        area = [r0, c0, r1 + 1, c1]
        captions = tuple(f"Column{one}" for one in range(1, c1 - c0 + 2))
        range_of(thing, [r0, c0, r0, c1]).setDataArray((captions,))
    document.DatabaseRanges.addNewByName(name, range_of(thing, area).getRangeAddress())
    table = document.DatabaseRanges.getByName(name)
    table.setPropertyValue("ContainsHeader", True)
    table.setPropertyValue("AutoFilter", True)
    return name


def _overlap(one: Any, sheet: int, area: list[int]) -> bool:
    r0, c0, r1, c1 = area
    rows, columns = one.StartRow <= r1 and r0 <= one.EndRow, one.StartColumn <= c1 and c0 <= one.EndColumn
    return bool(one.Sheet == sheet and rows and columns)


def _insert(sheet: Any, area: list[int], mode: str) -> None:
    sheet.insertCells(range_of(sheet, area).getRangeAddress(), enum("sheet.CellInsertMode", mode))


def _remove(sheet: Any, area: list[int], mode: str) -> None:
    sheet.removeRange(range_of(sheet, area).getRangeAddress(), enum("sheet.CellDeleteMode", mode))


def rename_table(desk: Desk, book: int, name: str, new: str) -> None:
    """Another name for a table. Raises ValueError for a wrong one."""
    document = desk.thing(book)
    table = _named(document, name)
    if new.lower() != name.lower():
        _require_free(document, new)
    table.setName(new)


def set_table_area(desk: Desk, book: int, name: str, area: list[int]) -> None:
    """Let a table be another area of its sheet. Raises ValueError where that has nothing of its first row, as Excel."""
    table = _named(desk.thing(book), name)
    now = table.getDataArea()
    r0, c0, r1, c1 = area
    if r0 != now.StartRow or c1 < now.StartColumn or now.EndColumn < c0:
        raise ValueError(area)
    now.StartColumn, now.EndRow, now.EndColumn = c0, r1, c1
    table.setDataArea(now)


def filter_table(desk: Desk, book: int, name: str, shown: bool) -> None:
    """Show or hide the arrows of the filter in its header."""
    _named(desk.thing(book), name).setPropertyValue("AutoFilter", shown)


def show_totals(desk: Desk, book: int, name: str, shown: bool) -> None:
    """Give a table an empty row of totals below, where others move down; or take it away."""
    thing, table, area = _parts(desk, book, name)
    r0, c0, r1, c1 = area
    if table.getPropertyValue("TotalsRow") == shown:
        return
    table.setPropertyValue("TotalsRow", shown)
    if shown:
        _insert(thing, [r1 + 1, c0, r1 + 1, c1], "DOWN")
        _be(table, [r0, c0, r1 + 1, c1])
    else:
        _remove(thing, [r1, c0, r1, c1], "UP")
        _be(table, [r0, c0, r1 - 1, c1])


def _parts(desk: Desk, book: int, name: str) -> tuple[Any, Any, list[int]]:
    document = desk.thing(book)
    table = _named(document, name)
    area = table.getDataArea()
    return document.getSheets().getByIndex(area.Sheet), table, to_area(area)


def _be(table: Any, area: list[int]) -> None:
    """Whatever the office itself made of the area when cells moved."""
    address = table.getDataArea()
    address.StartRow, address.StartColumn, address.EndRow, address.EndColumn = area
    table.setDataArea(address)


def _body(table: Any, area: list[int]) -> list[int]:
    r0, c0, r1, c1 = area
    return [r0 + bool(table.getPropertyValue("ContainsHeader")), c0, r1 - bool(table.getPropertyValue("TotalsRow")), c1]


def insert_table_row(desk: Desk, book: int, name: str, at: int) -> None:
    """Insert a row before the data row `at`, counted from 0; cells below move down. It looks like its neighbour.

    Formulas of the neighbour are taken over, as Excel fills calculated columns.
    """
    thing, table, area = _parts(desk, book, name)
    r0, c0, r1, c1 = area
    top, _, bottom, _ = _body(table, area)
    row = top + at
    _insert(thing, [row, c0, row, c1], "DOWN")
    _be(table, [r0, c0, r1 + 1, c1])
    if bottom < top:
        return
    beside = row + 1 if at == 0 else row - 1
    place = struct("table.CellAddress", Sheet=thing.getRangeAddress().Sheet, Row=row, Column=c0)
    thing.copyRange(place, range_of(thing, [beside, c0, beside, c1]).getRangeAddress())
    range_of(thing, [row, c0, row, c1]).clearContents(_CONTENTS | _NOTES)


def delete_table_row(desk: Desk, book: int, name: str, at: int) -> None:
    """Delete a data row, counted from 0; cells below move up. The only one is emptied instead, as in Excel."""
    thing, table, area = _parts(desk, book, name)
    r0, c0, r1, c1 = area
    top, _, bottom, _ = _body(table, area)
    if bottom == top:
        range_of(thing, [top, c0, top, c1]).clearContents(_CONTENTS | _NOTES | _FORMULAS)
        return
    _remove(thing, [top + at, c0, top + at, c1], "UP")
    _be(table, [r0, c0, r1 - 1, c1])


def insert_table_column(desk: Desk, book: int, name: str, at: int, caption: str) -> None:
    """Insert a column before column `at`, counted from 0; cells beside move right."""
    thing, table, area = _parts(desk, book, name)
    r0, c0, r1, c1 = area
    _insert(thing, [r0, c0 + at, r1, c0 + at], "RIGHT")
    _be(table, [r0, c0, r1, c1 + 1])
    if table.getPropertyValue("ContainsHeader"):
        thing.getCellByPosition(c0 + at, r0).setString(caption)


def delete_table_column(desk: Desk, book: int, name: str, at: int) -> None:
    """Delete a column, counted from 0; cells beside move left. Raises ValueError for the only one."""
    thing, table, area = _parts(desk, book, name)
    r0, c0, r1, c1 = area
    if c0 == c1:
        raise ValueError(name)
    _remove(thing, [r0, c0 + at, r1, c0 + at], "LEFT")
    _be(table, [r0, c0, r1, c1 - 1])


VERBS: dict[str, Any] = {
    "tables_of": tables_of,
    "table_state": table_state,
    "add_table": add_table,
    "rename_table": rename_table,
    "set_table_area": set_table_area,
    "filter_table": filter_table,
    "show_totals": show_totals,
    "insert_table_row": insert_table_row,
    "delete_table_row": delete_table_row,
    "insert_table_column": insert_table_column,
    "delete_table_column": delete_table_column,
}
