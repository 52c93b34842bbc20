"""Whole rectangles of an open sheet, read and written through xlwings in one call each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from xlpy.tables.raw import Live
from xlpy.workbook.live.blocks import Block, runs
from xlpy.workbook.live.contents import Content
from xlpy.workbook.live.hosts import Box

if TYPE_CHECKING:
    import xlwings as xw

_PLAIN = "General"
Literal = Callable[[str], str]


def range_of(sheet: xw.Sheet, box: Box) -> xw.Range:
    """The range of a box."""
    top, left, bottom, right = box
    return sheet.range((top, left), (bottom, right))


def read_formulas(sheet: xw.Sheet, box: Box) -> list[list[Any]]:
    """Rows of formulas, and constants as text."""
    return _lines(range_of(sheet, box).formula, box)


def _lines(found: Any, box: Box) -> list[list[Any]]:
    """What xlwings hands over of a range as rows: one cell comes bare, one row or column as a line."""
    top, left, bottom, right = box
    if (top, left) == (bottom, right):
        return [[found]]
    if isinstance(found[0], (list, tuple)):
        return [list(row) for row in found]
    return [list(found)] if top == bottom else [[one] for one in found]


def write_block(
    sheet: xw.Sheet, block: Block, rows: Sequence[Sequence[Content]], dated: Collection[int], literal: Literal
) -> None:
    """Write the block's rectangle in one call, and two more for a column where a number would show as a day.

    `dated`: columns whose cells may be made for days; others are where a day stood.
    """
    range_of(sheet, block.box).value = [[_spelled(content, literal) for content in row] for row in rows]
    top, left, bottom, right = block.box
    for column in range(left, right + 1):
        at = column - left
        numbers = [row for row, line in enumerate(rows, start=top) if _is_number(line[at])]
        if numbers and (column in dated or any(isinstance(line[at], datetime) for line in block.before)):
            box = (top, column, bottom, column)
            shown = _lines(range_of(sheet, box).value, box)
            for first, last in runs([row for row in numbers if _is_dated(shown[row - top][0])]):
                range_of(sheet, (first, column, last, column)).number_format = _PLAIN


def _spelled(content: Content, literal: Literal) -> Any:
    if isinstance(content, Live):
        return "=" + content.text
    return literal(content) if isinstance(content, str) else content


def _is_number(content: Content) -> bool:
    return isinstance(content, (int, float)) and not isinstance(content, bool)


def _is_dated(shown: Any) -> bool:
    """Whether a number shows as a day; no day is negative, so such a number does not tell."""
    return isinstance(shown, (date, time)) or (isinstance(shown, float) and shown < 0)
