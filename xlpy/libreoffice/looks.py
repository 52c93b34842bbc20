"""How a range looks: the part of Range about fonts, colours, borders, alignment and number formats."""

from __future__ import annotations

from typing import Any

from xlwings import base_classes

from xlpy.libreoffice.borders import Borders
from xlpy.libreoffice.colours import to_office, to_tuple
from xlpy.libreoffice.fonts import Font
from xlpy.words.libreoffice import uncovered

_HORIZONTAL = {
    "general": "STANDARD",
    "left": "LEFT",
    "center": "CENTER",
    "right": "RIGHT",
    "justify": "BLOCK",
    "fill": "REPEAT",
}
_VERTICAL = {"top": 1, "center": 2, "bottom": 3, "justify": 4}
# 1/100 mm of one step of Excel's indent, as the office reads and writes it.
_INDENT = 353


class RangeLooks(base_classes.Range):
    """Members of Range that change no content. Uses `sheet` and `area` of the whole Range."""

    sheet: Any = None
    area: list[int]

    def _get(self, name: str) -> Any:
        return self.sheet.call("get_look", self.area, name)

    def _set(self, name: str, content: Any) -> None:
        self.sheet.call("set_look", self.area, name, content)

    @property
    def font(self) -> Font:
        """Its font."""
        return Font(self)

    @property
    def borders(self) -> Borders:
        """Its borders."""
        return Borders(self)

    @property
    def number_format(self) -> str | None:
        """Number format in Excel's grammar; None where the cells differ."""
        return self.sheet.book.call("get_number_format", self.sheet.key, self.area)  # type: ignore[no-any-return]

    @number_format.setter
    def number_format(self, value: str) -> None:
        self.sheet.book.call("set_number_format", self.sheet.key, self.area, value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """(red, green, blue) of the fill; None for none or where the cells differ."""
        return to_tuple(self._get("CellBackColor"))

    @color.setter
    def color(self, value: Any) -> None:
        self._set("CellBackColor", -1 if value is None else to_office(value))

    @property
    def wrap_text(self) -> bool | None:
        """Whether text goes on in a new line."""
        return self._get("IsTextWrapped")  # type: ignore[no-any-return]

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self._set("IsTextWrapped", bool(value))

    @property
    def horizontal_alignment(self) -> str | None:
        """Where text stands from left to right."""
        found = self._get("HoriJustify")
        return next((name for name, one in _HORIZONTAL.items() if one == found), None)

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        if value not in _HORIZONTAL:
            raise NotImplementedError(uncovered(f'Range.horizontal_alignment = "{value}"', ", ".join(_HORIZONTAL)))
        self._set("HoriJustify", _HORIZONTAL[value])

    @property
    def vertical_alignment(self) -> str | None:
        """Where text stands from top to bottom; what the office calls standard is the bottom."""
        found = self._get("VertJustify")
        return next((name for name, one in _VERTICAL.items() if one == (found or _VERTICAL["bottom"])), None)

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        if value not in _VERTICAL:
            raise NotImplementedError(uncovered(f'Range.vertical_alignment = "{value}"', ", ".join(_VERTICAL)))
        self._set("VertJustify", _VERTICAL[value])

    def adjust_indent(self, amount: int) -> None:
        """Move text away from the edge by so many of Excel's steps, or back; never over the edge."""
        now = self._get("ParaIndent") or 0
        if amount > 0 and self.horizontal_alignment == "general":
            self.horizontal_alignment = "left"
        self._set("ParaIndent", max(0, now + amount * _INDENT))
