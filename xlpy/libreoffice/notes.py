"""Notes of cells."""

from __future__ import annotations

from typing import Any

from xlwings import base_classes


class Note(base_classes.Note):
    """The note of one cell, found anew at each call. Raises KeyError once it is gone."""

    def __init__(self, sheet: Any, row: int, column: int) -> None:
        self.sheet, self.row, self.column = sheet, row, column

    def _call(self, verb: str, *arguments: object) -> Any:
        return self.sheet.call(verb, self.row, self.column, *arguments)

    @property
    def api(self) -> Any:
        """Nothing native is handed out."""
        return None

    @property
    def text(self) -> str:
        """What it says."""
        return str(self._call("note_at")[0])

    @text.setter
    def text(self, value: str) -> None:
        self._call("set_note", value)

    @property
    def author(self) -> str:
        """Who wrote it, where the file says so."""
        return str(self._call("note_at")[1])

    @property
    def location(self) -> Any:
        """Its cell."""
        return self.sheet.range((self.row + 1, self.column + 1))

    def delete(self) -> None:
        """Take it away."""
        self._call("delete_note")


def notes_of(sheet: Any) -> list[Note]:
    """The notes of a sheet, row by row."""
    return [Note(sheet, row, column) for row, column in sheet.call("notes_of")]
