"""Notes of cells."""

from __future__ import annotations

from typing import Any

from .cells import range_of
from .desk import Desk
from .runtime import struct

_NOTES = 8


def _has_note(sheet: Any, row: int, column: int) -> bool:
    # A cell without a note hands out an empty one all the same.
    return bool(range_of(sheet, [row, column, row, column]).queryContentCells(_NOTES).getCount())


def _note_of(sheet: Any, row: int, column: int) -> Any:
    if not _has_note(sheet, row, column):
        raise KeyError((row, column))
    return sheet.getCellByPosition(column, row).getAnnotation()


def notes_of(desk: Desk, sheet: int) -> list[list[int]]:
    """[row, column] of the notes of a sheet, row by row."""
    notes = desk.thing(sheet).getAnnotations()
    places = [notes.getByIndex(at).getPosition() for at in range(notes.getCount())]
    return sorted([one.Row, one.Column] for one in places)


def has_note(desk: Desk, sheet: int, row: int, column: int) -> bool:
    """Whether a cell has a note."""
    return _has_note(desk.thing(sheet), row, column)


def note_at(desk: Desk, sheet: int, row: int, column: int) -> list[str]:
    """[text, author] of a cell's note. Raises KeyError where it has none."""
    note = _note_of(desk.thing(sheet), row, column)
    return [note.getString(), note.getAuthor()]


def add_note(desk: Desk, sheet: int, row: int, column: int, text: str) -> None:
    """Give a cell a note. Raises ValueError where it has one."""
    thing = desk.thing(sheet)
    if _has_note(thing, row, column):
        raise ValueError((row, column))
    address = struct("table.CellAddress", Sheet=thing.getRangeAddress().Sheet, Row=row, Column=column)
    thing.getAnnotations().insertNew(address, text)


def set_note(desk: Desk, sheet: int, row: int, column: int, text: str) -> None:
    """Another text for a cell's note. Raises KeyError where it has none."""
    _note_of(desk.thing(sheet), row, column).setString(text)


def delete_note(desk: Desk, sheet: int, row: int, column: int) -> None:
    """Take a cell's note away. Raises KeyError where it has none."""
    notes = desk.thing(sheet).getAnnotations()
    for at in range(notes.getCount()):
        place = notes.getByIndex(at).getPosition()
        if (place.Row, place.Column) == (row, column):
            notes.removeByIndex(at)
            return
    raise KeyError((row, column))


VERBS: dict[str, Any] = {
    "notes_of": notes_of,
    "has_note": has_note,
    "note_at": note_at,
    "add_note": add_note,
    "set_note": set_note,
    "delete_note": delete_note,
}
