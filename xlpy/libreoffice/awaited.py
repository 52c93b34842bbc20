"""Getters that xlwings has for its browser edition: the same answers as the properties, behind an `await`."""

from __future__ import annotations

from typing import Any

from xlwings import base_classes


class RangeAwaited(base_classes.Range):
    """Members of Range that must be awaited. They answer at once, from the properties of the whole Range."""

    shape: Any
    sheet: Any = None
    area: list[int]

    async def get_expanded_range(self, mode: str = "table") -> Any:
        """As `expand`."""
        return self.expand(mode)  # type: ignore[no-untyped-call]

    async def get_current_region(self) -> Any:
        """As `current_region`."""
        return self.current_region

    async def get_merge_area(self) -> Any:
        """As `merge_area`."""
        return self.merge_area

    async def get_merge_cells(self) -> Any:
        """As `merge_cells`."""
        return self.merge_cells

    async def get_table(self) -> Any:
        """As `table`."""
        return self.table

    async def get_formula(self) -> list[list[str]]:
        """As `formula`, always in rows."""
        found = self.formula
        return [[found]] if isinstance(found, str) else [list(row) for row in found]

    async def get_formula_array(self) -> str | None:
        """The array formula of the range; None where it is none, also where a plain formula stands there."""
        return self.formula_array if self.has_array else None

    async def get_column_width(self) -> float | None:
        """Width of its columns in points, unlike `column_width`; None where they differ."""
        return None if self.column_width is None else self.width / self.shape[1]

    async def get_row_height(self) -> Any:
        """As `row_height`."""
        return self.row_height

    async def get_left(self) -> Any:
        """As `left`."""
        return self.left

    async def get_top(self) -> Any:
        """As `top`."""
        return self.top

    async def get_width(self) -> Any:
        """As `width`."""
        return self.width

    async def get_height(self) -> Any:
        """As `height`."""
        return self.height

    async def get_row_hidden(self) -> Any:
        """As `row_hidden`."""
        return self.row_hidden

    async def get_column_hidden(self) -> Any:
        """As `column_hidden`."""
        return self.column_hidden
