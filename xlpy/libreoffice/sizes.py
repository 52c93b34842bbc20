"""Where a range lies and how large it is: the part of Range about rows, columns and merged cells."""

from __future__ import annotations

from typing import Any

from xlwings import base_classes

_POINTS = 72 / 2540
# The office keeps sizes in twentieths of a point.
_TWIPS = 20
# Excel counts a column's width in digits of the standard font, 7 pixels each, 5 pixels of margin on top; a column
# narrower than one digit has its share of the margin.
_PIXELS = 96 / 2540
_DIGIT, _MARGIN = 7, 5
_WIDEST, _HIGHEST = 255, 409.5
_AXES = {
    None: ["columns", "rows"],
    "rows": ["rows"],
    "r": ["rows"],
    "columns": ["columns"],
    "c": ["columns"],
}


class RangeSizes(base_classes.Range):
    """Members of Range about its rows and columns. Uses `sheet`, `area` and `shape` of the whole Range."""

    sheet: Any = None
    area: list[int]

    def _place(self) -> list[float]:
        """Left, top, width and height in points."""
        if 0 in self.shape:
            return [0, 0, 0, 0]
        return [points_of(one) for one in self.sheet.call("place_of", self.area)]

    @property
    def left(self) -> float:
        """Points from the sheet's left edge."""
        return self._place()[0]

    @property
    def top(self) -> float:
        """Points from the sheet's top edge."""
        return self._place()[1]

    @property
    def width(self) -> float:
        """Width in points."""
        return self._place()[2]

    @property
    def height(self) -> float:
        """Height in points."""
        return self._place()[3]

    @property
    def column_width(self) -> float | None:
        """Width of its columns in characters; None where they differ."""
        if 0 in self.shape:
            return 0
        size = self.sheet.call("line_size", self.area, "columns")
        return None if size is None else characters_of(size)

    @column_width.setter
    def column_width(self, value: float) -> None:
        if not 0 <= value <= _WIDEST:
            raise ValueError(value)
        if 0 not in self.shape:
            self.sheet.call("set_line_size", self.area, "columns", size_of(value))

    @property
    def row_height(self) -> float | None:
        """Height of its rows in points; None where they differ."""
        if 0 in self.shape:
            return 0
        size = self.sheet.call("line_size", self.area, "rows")
        return None if size is None else points_of(size)

    @row_height.setter
    def row_height(self, value: float) -> None:
        if not 0 <= value <= _HIGHEST:
            raise ValueError(value)
        if 0 not in self.shape:
            self.sheet.call("set_line_size", self.area, "rows", round(value / _POINTS))

    def autofit(self, axis: str | None = None) -> None:
        """Let its columns be as wide, its rows as high as what is in them."""
        if axis not in _AXES:
            raise ValueError(axis)
        if 0 not in self.shape:
            self.sheet.call("fit_lines", self.area, _AXES[axis])

    @property
    def row_hidden(self) -> bool | None:
        """Whether all its rows are hidden; None where only some are."""
        return self.sheet.call("hidden", self.area, "rows")  # type: ignore[no-any-return]

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self.sheet.call("hide", self.area, "rows", value)

    @property
    def column_hidden(self) -> bool | None:
        """Whether all its columns are hidden; None where only some are."""
        return self.sheet.call("hidden", self.area, "columns")  # type: ignore[no-any-return]

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        self.sheet.call("hide", self.area, "columns", value)

    def group(self, by: str) -> None:
        """Group its rows or columns."""
        self.sheet.call("group", self.area, _AXES[by][0], True)

    def ungroup(self, by: str) -> None:
        """Take one level of grouping off its rows or columns."""
        self.sheet.call("group", self.area, _AXES[by][0], False)

    @property
    def merge_area(self) -> Any:
        """The merged cells that its first cell belongs to, else that cell."""
        first = self.area[:2] * 2
        merged = self.sheet.call("merged_in", first)
        r0, c0, r1, c1 = merged[0] if merged else first
        return self.sheet.range((r0 + 1, c0 + 1, r1 - r0 + 1, c1 - c0 + 1))

    @property
    def merge_cells(self) -> bool | None:
        """Whether all its cells are merged ones; None where only some are."""
        inside = 0
        for r0, c0, r1, c1 in self.sheet.call("merged_in", self.area):
            rows = min(r1, self.area[2]) - max(r0, self.area[0]) + 1
            inside += rows * (min(c1, self.area[3]) - max(c0, self.area[1]) + 1)
        return None if 0 < inside < len(self) else inside > 0

    def merge(self, across: bool = False) -> None:
        """Make one cell of it, or one of each of its rows; only what the first cell holds stays."""
        r0, c0, r1, c1 = self.area
        rows = [[r, c0, r, c1] for r in range(r0, r1 + 1)]
        self.sheet.call("merge", rows if across else [self.area])

    def unmerge(self) -> None:
        """Make cells of the merged areas in it."""
        self.sheet.call("unmerge", self.area)


def points_of(size: int) -> float:
    """Points of 1/100 mm."""
    return round(size * _POINTS * _TWIPS) / _TWIPS


def characters_of(size: int) -> float:
    """Width in characters of one in 1/100 mm."""
    pixels = size * _PIXELS
    narrow = pixels < _DIGIT + _MARGIN
    return round(pixels / (_DIGIT + _MARGIN) if narrow else (pixels - _MARGIN) / _DIGIT, 2)


def size_of(characters: float) -> int:
    """Width in 1/100 mm of one in characters."""
    pixels = characters * (_DIGIT + _MARGIN) if characters < 1 else characters * _DIGIT + _MARGIN
    return round(pixels / _PIXELS)
