"""How wide and how high the cells of a form are: to be typed into on a screen, and written in by hand on A4."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

# Widths in characters of the font (Arial 10): pile, code, variant; then total, mark, the code again.
LEFT_WIDTHS = (8.6, 8.6, 10.6)
RIGHT_WIDTHS = (10.6, 9.6, 8.6)
# The most tasks that each width of a task's column is for: a hand needs 6 mm of paper, a total width of 277 mm.
_TASK_WIDTHS = ((6, 11.0), (10, 8.0), (16, 6.4), (24, 5.2))
_NARROW = 4.6
_PIXELS_A_CHARACTER, _PIXELS_ASIDE = 7, 5
_MM_A_PIXEL, _POINTS_A_MM = 25.4 / 96, 72 / 25.4
_PAPER_WIDTH = 277
# A little over 6 mm: programs round the scale of the page down.
_HAND = 6.5
_LINE, _MOST_LINES = 13.5, 6
MANY_TASKS, ZOOM_OF_MANY = 24, 85


def task_width(tasks: int) -> float:
    """Width of a task's column, in characters."""
    return next((width for most, width in _TASK_WIDTHS if tasks <= most), _NARROW)


def _mm(width: float) -> float:
    return (int(width * _PIXELS_A_CHARACTER) + _PIXELS_ASIDE) * _MM_A_PIXEL


def printed_scale(tasks: int) -> float:
    """By how much the sheet is made smaller to be one page wide; never larger than it is."""
    width = sum(map(_mm, (*LEFT_WIDTHS, *RIGHT_WIDTHS))) + tasks * _mm(task_width(tasks))
    return min(1.0, _PAPER_WIDTH / width)


def paper_height(tasks: int) -> float:
    """Height of a paper's row in points, so that it is high enough for a hand once printed."""
    return round(_HAND * _POINTS_A_MM / printed_scale(tasks), 1)


def label_height(labels: Sequence[str]) -> float:
    """Height of the row of labels, which are wrapped in their columns."""
    width = task_width(len(labels)) - 0.6
    lines = max((sum(ceil(len(word) / width) for word in label.split()) for label in labels), default=1)
    return (min(max(lines, 1), _MOST_LINES) + 0.6) * _LINE
