"""Borders of a range, in xlwings' words: four edges, two kinds of inner lines, two diagonals."""

from __future__ import annotations

from typing import Any

from xlwings import base_classes

from xlpy.libreoffice.colours import to_office, to_tuple

_NONE = 32767
_STYLES = {"continuous": 0, "dot": 1, "dash": 2, "double": 15, "dash_dot": 16, "dash_dot_dot": 17}
_STYLE_NAMES = {number: name for name, number in _STYLES.items()} | {3: "double", 14: "dash"}
# Widths in 1/100 mm that the office saves as Excel's hairline, thin, medium and thick.
_WEIGHTS = {"hairline": 2, "thin": 26, "medium": 62, "thick": 88}
_THIN, _BLACK = _WEIGHTS["thin"], 0
_UNSET: Any = getattr(base_classes, "_UNSET", object())
_GRID = ("edge_left", "edge_top", "edge_bottom", "edge_right", "inside_vertical", "inside_horizontal")
_BorderBase: Any = getattr(base_classes, "Border", object)
_BordersBase: Any = getattr(base_classes, "Borders", object)


class Border(_BorderBase):  # type: ignore[misc]
    """One side of a range; a value is None where there is no line or its cells differ."""

    def __init__(self, parent: Any, side: str) -> None:
        self.parent, self.side = parent, side

    def _line(self) -> tuple[int, int, int]:
        found = self.parent.sheet.call("get_border", self.parent.area, self.side)
        return (_NONE, 0, _BLACK) if found is None else tuple(found)

    def draw(self, *, line_style: Any = _UNSET, weight: Any = _UNSET, color: Any = _UNSET) -> None:
        """Change what is named and keep the rest; a line that was not there becomes thin and black."""
        style, width, colour = self._line()
        if style == _NONE:
            style, width, colour = _STYLES["continuous"], _THIN, _BLACK
        if line_style is None:
            style = _NONE
        elif line_style is not _UNSET:
            style = _STYLES[line_style] if line_style in _STYLES else self._unknown(line_style)
        if weight is not _UNSET:
            width = _WEIGHTS[weight]
        if color is not _UNSET:
            colour = to_office(color)
        self.parent.sheet.call("set_border", self.parent.area, self.side, style, width, colour)

    @staticmethod
    def _unknown(line_style: str) -> int:
        from xlpy.words.libreoffice import uncovered

        raise NotImplementedError(uncovered(f'Border.line_style = "{line_style}"', ", ".join(_STYLES)))

    @property
    def api(self) -> Any:
        """Nothing native is handed out."""
        return None

    @property
    def line_style(self) -> str | None:
        """Kind of line."""
        return _STYLE_NAMES.get(self._line()[0])

    @line_style.setter
    def line_style(self, value: str | None) -> None:
        self.draw(line_style=value)

    @property
    def weight(self) -> str | None:
        """The nearest of Excel's four widths."""
        style, width, _ = self._line()
        return None if style == _NONE else min(_WEIGHTS, key=lambda name: abs(_WEIGHTS[name] - width))

    @weight.setter
    def weight(self, value: str) -> None:
        self.draw(weight=value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """(red, green, blue)."""
        style, _, colour = self._line()
        return None if style == _NONE else to_tuple(colour)

    @color.setter
    def color(self, value: Any) -> None:
        self.draw(color=value)


class Borders(_BordersBase):  # type: ignore[misc]
    """All sides of a range."""

    def __init__(self, parent: Any) -> None:
        self.parent = parent

    def __getitem__(self, side: str) -> Border:
        return Border(self.parent, side)

    @property
    def api(self) -> Any:
        """Nothing native is handed out."""
        return None

    def _common(self, name: str) -> Any:
        rows, columns = self.parent.shape
        inner = {"inside_horizontal": rows > 1, "inside_vertical": columns > 1}
        found = {getattr(self[side], name) for side in _GRID if inner.get(side, True)}
        return found.pop() if len(found) == 1 else None

    @property
    def line_style(self) -> str | None:
        """Kind of line where all sides have the same."""
        return self._common("line_style")  # type: ignore[no-any-return]

    @line_style.setter
    def line_style(self, value: str | None) -> None:
        self.set(_GRID, line_style=value)

    @property
    def weight(self) -> str | None:
        """Width where all sides have the same."""
        return self._common("weight")  # type: ignore[no-any-return]

    @weight.setter
    def weight(self, value: str) -> None:
        self.set(_GRID, weight=value)

    @property
    def color(self) -> Any:
        """Colour where all sides have the same."""
        return self._common("color")

    @color.setter
    def color(self, value: Any) -> None:
        self.set(_GRID, color=value)

    def set(self, which: Any, *, line_style: Any = _UNSET, weight: Any = _UNSET, color: Any = _UNSET) -> None:
        """Draw the sides named by `which`."""
        for side in which:
            self[side].draw(line_style=line_style, weight=weight, color=color)

    def clear(self, which: Any) -> None:
        """Take the lines away."""
        self.set(which, line_style=None)
