"""How a range looks: the part of Range about fonts, colours, borders, alignment, number formats, notes and links."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from xlpy.libreoffice.borders import Borders
from xlpy.libreoffice.colours import to_office, to_tuple
from xlpy.libreoffice.filters import AutoFilter
from xlpy.libreoffice.fonts import Font
from xlpy.libreoffice.texts import RangeTexts
from xlpy.libreoffice.validations import DataValidation
from xlpy.words.libreoffice import uncovered

_HORIZONTAL = {
    "general": "STANDARD",
    "left": "LEFT",
    "center": "CENTER",
    "right": "RIGHT",
    "justify": "BLOCK",
    "fill": "REPEAT",
}
_FILL, _NO_FILL = "CellBackColor", -1
_VERTICAL = {"top": 1, "center": 2, "bottom": 3, "justify": 4}
# 1/100 mm of one step of Excel's indent, as the office reads and writes it.
_INDENT = 353


class RangeLooks(RangeTexts):
    """Members of Range that change no content. Uses `sheet` and `area` of the whole Range."""

    sheet: Any = None
    area: list[int]

    def get_look(self, name: str) -> Any:
        """One property of its cells; None where they differ."""
        return self.sheet.call("get_look", self.area, name)

    def set_look(self, name: str, content: Any) -> None:
        """Give all its cells one value of a property."""
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
        return to_tuple(self.get_look(_FILL))

    @color.setter
    def color(self, value: Any) -> None:
        self.set_look(_FILL, _NO_FILL if value is None else to_office(value))

    def set_colors(self, colors: Sequence[Sequence[Any]]) -> None:
        """Fill its cells one by one; None takes a fill away, `...` leaves it. One call however many there are."""
        areas: dict[int, list[list[int]]] = {}
        for r, row in enumerate(colors, self.area[0]):
            c = self.area[1]
            for colour, run in groupby(row):
                last = c + len(list(run)) - 1
                if colour is not ...:
                    areas.setdefault(_NO_FILL if colour is None else to_office(colour), []).append([r, c, r, last])
                c = last + 1
        place = [self.sheet.book.key, self.sheet.key]
        self.sheet.book.app.call(
            "batch", [["set_looks", [*place, all_of, _FILL, one]] for one, all_of in areas.items()]
        )

    @property
    def wrap_text(self) -> bool | None:
        """Whether text goes on in a new line."""
        return self.get_look("IsTextWrapped")  # type: ignore[no-any-return]

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self.set_look("IsTextWrapped", bool(value))

    @property
    def horizontal_alignment(self) -> str | None:
        """Where text stands from left to right."""
        found = self.get_look("HoriJustify")
        return next((name for name, one in _HORIZONTAL.items() if one == found), None)

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        if value not in _HORIZONTAL:
            raise NotImplementedError(uncovered(f'Range.horizontal_alignment = "{value}"', ", ".join(_HORIZONTAL)))
        self.set_look("HoriJustify", _HORIZONTAL[value])

    @property
    def vertical_alignment(self) -> str | None:
        """Where text stands from top to bottom; what the office calls standard is the bottom."""
        found = self.get_look("VertJustify")
        return next((name for name, one in _VERTICAL.items() if one == (found or _VERTICAL["bottom"])), None)

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        if value not in _VERTICAL:
            raise NotImplementedError(uncovered(f'Range.vertical_alignment = "{value}"', ", ".join(_VERTICAL)))
        self.set_look("VertJustify", _VERTICAL[value])

    @property
    def data_validation(self) -> DataValidation:
        """What may be typed into it."""
        return DataValidation(self)

    @property
    def autofilter(self) -> AutoFilter:
        """Which of its rows show."""
        return AutoFilter(self)

    def adjust_indent(self, amount: int) -> None:
        """Move text away from the edge by so many of Excel's steps, or back; never over the edge."""
        now = self.get_look("ParaIndent") or 0
        if amount > 0 and self.horizontal_alignment == "general":
            self.horizontal_alignment = "left"
        self.set_look("ParaIndent", max(0, now + amount * _INDENT))
