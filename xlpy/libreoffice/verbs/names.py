"""Defined names of a document and of its sheets.

A name is given as [document, sheet or None, name]. Contents are in the office's own grammar.
"""

from __future__ import annotations

import re
from typing import Any

from .desk import Desk
from .runtime import struct

_NAME = re.compile(r"[^\W\d][\w.\\?]*\Z|\\[\w.\\?]*\Z")


def _names(desk: Desk, book: int, sheet: int | None) -> Any:
    return desk.thing(book if sheet is None else sheet).NamedRanges


def _one(desk: Desk, book: int, sheet: int | None, name: str) -> Any:
    names = _names(desk, book, sheet)
    if not names.hasByName(name):
        raise KeyError(name)
    return names.getByName(name)


def names_of_sheet(desk: Desk, book: int, sheet: int) -> list[list[Any]]:
    """[sheet name, name, content] of the names that hold on one sheet, by name."""
    del book
    thing = desk.thing(sheet)
    return [[thing.getName(), *one] for one in _listed(thing.NamedRanges)]


def names_of_book(desk: Desk, book: int) -> list[list[Any]]:
    """[sheet name or empty, name, content] of all names of a document, those of sheets too, by name."""
    document = desk.thing(book)
    found = [["", *one] for one in _listed(document.NamedRanges)]
    sheets = document.getSheets()
    for sheet in sheets.getElementNames():
        found += [[sheet, *one] for one in _listed(sheets.getByName(sheet).NamedRanges)]
    return sorted(found, key=lambda one: (one[1].lower(), one[0].lower()))


def _listed(names: Any) -> list[list[str]]:
    return [[name, names.getByName(name).getContent()] for name in sorted(names.getElementNames(), key=str.lower)]


def add_name(desk: Desk, book: int, sheet: int | None, name: str, content: str) -> None:
    """Define a name, anew where it is there. Raises ValueError where the office takes it for none."""
    _require_name(name)
    names = _names(desk, book, sheet)
    at = struct("table.CellAddress", Sheet=0, Column=0, Row=0)
    if sheet is not None:
        at.Sheet = desk.thing(sheet).getRangeAddress().Sheet
    if names.hasByName(name):
        names.getByName(name).setContent(content)
        return
    try:
        names.addNewByName(name, content, at, 0)
    except Exception as error:
        raise ValueError(name) from error


def _require_name(name: str) -> None:
    """Raise ValueError for what can be no name. The office itself lets spaces through at times."""
    if not _NAME.match(name):
        raise ValueError(name)


def delete_name(desk: Desk, book: int, sheet: int | None, name: str) -> None:
    """Take a name away."""
    _one(desk, book, sheet, name)
    _names(desk, book, sheet).removeByName(name)


def rename_name(desk: Desk, book: int, sheet: int | None, name: str, new: str) -> None:
    """Give a name another one."""
    _require_name(new)
    _one(desk, book, sheet, name).setName(new)


def name_content(desk: Desk, book: int, sheet: int | None, name: str) -> str:
    """What it stands for."""
    return str(_one(desk, book, sheet, name).getContent())


def set_name_content(desk: Desk, book: int, sheet: int | None, name: str, content: str) -> None:
    """Let it stand for something else."""
    _one(desk, book, sheet, name).setContent(content)


def name_area(desk: Desk, book: int, sheet: int | None, name: str) -> list[int]:
    """[sheet number, first row, first column, last row, last column] it stands for. Raises ValueError for none."""
    cells = _one(desk, book, sheet, name).getReferredCells()
    if cells is None or not cells.supportsService("com.sun.star.sheet.SheetCellRange"):
        raise ValueError(name)
    area = cells.getRangeAddress()
    number = desk.hold_sheet(book, desk.thing(book).getSheets().getByIndex(area.Sheet))
    return [number, area.StartRow, area.StartColumn, area.EndRow, area.EndColumn]


VERBS: dict[str, Any] = {
    "names_of_book": names_of_book,
    "names_of_sheet": names_of_sheet,
    "add_name": add_name,
    "delete_name": delete_name,
    "rename_name": rename_name,
    "name_content": name_content,
    "set_name_content": set_name_content,
    "name_area": name_area,
}
