"""Where things stand on a form as we write it. A reader finds them by their marks, not by these places."""

from __future__ import annotations

# Rows (1-based): title, who and until when, state, scale, identity line, hidden marks, labels, maxima, papers.
TITLE_ROW, PEOPLE_ROW, STATE_ROW, SCALE_ROW, IDENTITY_ROW = 1, 2, 3, 4, 5
KEY_ROW, LABEL_ROW, MAXIMUM_ROW, FIRST_PAPER_ROW = 6, 7, 8, 9
# Columns (1-based): number in the pile, code, variant, then the tasks, then points, mark, and the code once more.
PILE_COLUMN, CODE_COLUMN, VARIANT_COLUMN, FIRST_TASK_COLUMN = 1, 2, 3, 4

# Marks of the hidden row: a column keeps its meaning when its header is typed over or columns are put between.
PILE_KEY, CODE_KEY, VARIANT_KEY = "#pile", "#code", "#variant"
POINTS_KEY, MARK_KEY, AGAIN_KEY = "#points", "#mark", "#again"


def points_column(tasks: int) -> int:
    """Column of the total of a form with so many tasks."""
    return FIRST_TASK_COLUMN + tasks


def mark_column(tasks: int) -> int:
    """Column of the mark."""
    return points_column(tasks) + 1


def again_column(tasks: int) -> int:
    """Column where the code stands once more: where only some columns were sorted, the two no longer agree."""
    return points_column(tasks) + 2


# Cells over the papers: the list to say «готово» in, its caption to the left, the live state to the right, and the
# least points for the marks 3, 4 and 5.
READY_CELL, READY_CAPTION_CELL, STATE_CELL = "C3", "B3", "D3"
SCALE_CELLS = ("A4", "B4", "C4")
