"""What is written in or on a cell beside its value: links, notes, and fonts of single characters."""

from __future__ import annotations

from typing import Any

from xlwings import base_classes

from xlpy.libreoffice.fonts import Font
from xlpy.libreoffice.notes import Note


class Characters(base_classes.Characters):
    """A part of the text of a cell or a shape. Numbers and formulas have no parts: their font is that of the cell."""

    def __init__(self, sheet: Any, where: list[Any], start: int = 0, end: int | None = None) -> None:
        self.sheet, self.where, self.start, self.end = sheet, where, start, end

    def _whole(self) -> str:
        return str(self.sheet.call("text_of", self.where))

    def _bounds(self) -> tuple[int, int]:
        return self.start, len(self._whole()) if self.end is None else self.end

    def get_look(self, name: str) -> Any:
        """One property of its characters; None where they differ."""
        return self.sheet.call("get_part_look", self.where, *self._bounds(), name)

    def set_look(self, name: str, content: Any) -> None:
        """Give all its characters one value of a property."""
        self.sheet.call("set_part_look", self.where, *self._bounds(), name, content)

    @property
    def api(self) -> Any:
        """Nothing native is handed out."""
        return None

    @property
    def text(self) -> str:
        """The characters."""
        return self._whole()[self.start : self.end]

    @property
    def font(self) -> Font:
        """Their font."""
        return Font(self)

    def __getitem__(self, item: int | slice) -> Characters:
        """A character or a slice of them, counted from the start of this part."""
        first, last = self._bounds()
        places = range(first, last)
        if isinstance(item, slice):
            if (item.start or 0) < 0 or (item.stop or 0) < 0:
                raise ValueError(f"{type(self).__name__} object does not support slicing with negative indexes")
            part = places[item]
            return Characters(self.sheet, self.where, part.start, part.stop)
        at = places[item]
        return Characters(self.sheet, self.where, at, at + 1)


class RangeTexts(base_classes.Range):
    """Members of Range about its first cell's text. Uses `sheet` and `area` of the whole Range."""

    sheet: Any = None
    area: list[int]

    @property
    def _first(self) -> list[int]:
        return self.area[:2]

    @property
    def characters(self) -> Characters:
        """The text of its first cell, to be taken apart."""
        return Characters(self.sheet, self._first)

    @property
    def hyperlink(self) -> str:
        """Address of its link. Raises KeyError where it has none."""
        found = self.sheet.call("link_of", self._first)
        if not found:
            raise KeyError(f"{self.sheet.name}!{self.address}: no hyperlink")
        return str(found)

    def add_hyperlink(self, address: str, text_to_display: str | None = None, screen_tip: str | None = None) -> None:
        """Let the cell hold a link, blue and underlined. LibreOffice has no tips of links: it shows the address.

        A path becomes a file URL, a relative one from the folder of the saved book: so it is read, and so it is kept.
        """
        del screen_tip
        self.sheet.call("set_link", self._first, address, text_to_display or address)

    @property
    def note(self) -> Note | None:
        """The note of its first cell; None where it has none."""
        return Note(self.sheet, *self._first) if self.sheet.call("has_note", *self._first) else None

    def add_note(self, text: str) -> Note:
        """Give the cell a note. Raises ValueError where it has one."""
        self.sheet.call("add_note", *self._first, text)
        return Note(self.sheet, *self._first)
