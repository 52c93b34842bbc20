"""Cells by which a program speaks to the user: written by defined name, past undo, without making the book unsaved."""

from __future__ import annotations

from typing import Any

from .desk import Desk

# LibreOffice itself takes longer literals, Excel, which may open the book next, does not.
_LONGEST_LITERAL = 255


def show_cells(desk: Desk, book: int, cells: dict[str, list[str]]) -> None:
    """Put into each named cell its text: [text] as it is, [text, address] as a link.

    A name that is not there is passed over: the book may be older than it.
    """
    document = desk.thing(book)
    names, was_modified = document.NamedRanges, document.isModified()
    try:
        for name, shown in cells.items():
            cell = _cell_of(names, name)
            if cell is not None:
                _show(document.getUndoManager(), cell, shown)
    finally:
        if not was_modified:
            document.setModified(False)


def _cell_of(names: Any, name: str) -> Any:
    """The first cell that a name means. One whose sheet is deleted means none: UNO would hand out its neighbour."""
    if not names.hasByName(name):
        return None
    found = names.getByName(name)
    area = None if "#REF!" in found.getContent() else found.getReferredCells()
    return None if area is None else area.getCellByPosition(0, 0)


def _show(undo: Any, cell: Any, shown: list[str]) -> None:
    # Calc itself ends the lock with the first thing written: so each cell has its own.
    undo.lock()
    try:
        if len(shown) == 1:
            cell.setString(shown[0])
        else:
            cell.setFormula("=HYPERLINK({1};{0})".format(*map(_literal, shown)))
    finally:
        undo.unlock()


def _literal(text: str) -> str:
    pieces = [text[at : at + _LONGEST_LITERAL] for at in range(0, len(text), _LONGEST_LITERAL)] or [""]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


VERBS: dict[str, Any] = {"show_cells": show_cells}
