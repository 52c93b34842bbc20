"""What is typed into a file, value by value: what the teacher meant, what is to become of it, what may name it.

It knows what every cell was meant for, so it also refuses a play in which the rule itself would be deceived.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from openpyxl.utils import get_column_letter

from tests.forms.hurried.oracle import LOST, Judged, Status, is_blank, judge_columns, judge_rows, place_of
from tests.forms.hurried.sheet import AGAIN, CODE, VARIANT, Cell, Grid, Kind, Meant, Row
from xlpy.tables import schema

_HEADS = (Kind.MARKS, Kind.LABELS, Kind.MAXIMA)
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Entry:
    """A value somebody typed, and the cells by which a finding may name it.

    `own`: the cell itself and the merged range around it. `codes`: those of its row. `heads`: those over its column.
    `line`: the row or the column that is in doubt as a whole, "" where it is the cell itself.
    """

    sheet: str
    cell: str
    own: frozenset[str]
    codes: frozenset[str]
    heads: frozenset[str]
    meant: Meant
    status: Status
    why: str = ""
    line: str = ""


def ledger(grids: Sequence[Grid], identity: Status) -> list[Entry]:
    """Return every value typed into a file with what is to become of it. `identity`: whether the file is known."""
    entries = []
    for grid in grids:
        columns = judge_columns(grid)
        rows = judge_rows(grid, columns)
        numbers = {id(row): number for number, row in enumerate(grid.rows, start=1)}
        for row, at, cell in grid.typed():
            entry = _entry(grid, row, at, cell, columns, rows.get(id(row), LOST), numbers)
            entries.append(replace(entry, status=max(entry.status, identity)))
        entries += [Entry(grid.name, "", _NONE, _NONE, _NONE, meant, Status.GONE, "deleted") for meant in grid.gone]
    return entries


def _entry(
    grid: Grid, row: Row, at: int, cell: Cell, columns: Sequence[Judged], paper: Judged, numbers: Mapping[int, int]
) -> Entry:
    assert cell.meant is not None
    column = columns[at]
    sure, why = _own_status(grid, row, cell, columns)
    status = max(sure, paper.status, column.status)
    if status is Status.CERTAIN and (paper.says, column.says, cell.says) != tuple(cell.meant):
        raise AssertionError(f"the play deceives the rule: {cell.meant} reads {paper.says} {column.says} {cell.says}")
    number = numbers[id(row)]
    reasons = "; ".join(filter(None, (why, paper.why, column.why)))
    letter = get_column_letter(at + 1)
    line = str(number) if paper.status is not Status.CERTAIN else letter if column.status is not Status.CERTAIN else ""
    own = {f"{letter}{number}"} | (_range_of(grid, cell.merge) if cell.merge else set())
    codes = {f"{get_column_letter(c + 1)}{number}" for c, role in enumerate(grid.roles) if role in {CODE, AGAIN}}
    if "absent" in why:
        codes |= {f"{get_column_letter(c + 1)}{number}" for c, role in enumerate(grid.roles) if role == VARIANT}
    # A task's column and its copy stand for one another.
    twins = [get_column_letter(c + 1) for c, role in enumerate(grid.roles) if role and role == grid.roles[at]]
    own |= {f"{one}{number}" for one in twins}
    tops = [numbers[id(head)] for head in (grid.row(kind) for kind in _HEADS) if head is not None]
    heads = frozenset(f"{one}{top}" for one in (letter, *twins) for top in tops)
    place = f"{letter}{number}"
    return Entry(grid.name, place, frozenset(own), frozenset(codes), heads, cell.meant, status, reasons, line)


def _own_status(grid: Grid, row: Row, cell: Cell, columns: Sequence[Judged]) -> tuple[Status, str]:
    if cell.merge and _points_in(grid, cell.merge) > 1:
        return Status.UNCERTAIN, "merged"
    if cell.says is None:
        is_formula = isinstance(cell.value, str) and cell.value.startswith("=")
        return Status.UNCERTAIN, "formula" if is_formula else "unreadable"
    points = _points_of_absent(row, columns)
    if any(is_sure and not one.merge and one.says is not None for one, is_sure in points):
        return Status.UNCERTAIN, "points of one absent"
    # Whether signs that are no points, or what stands in a doubtful column, speak against it the page does not say.
    if points:
        return Status.OPEN, "something at one absent"
    # Whose the value of a merged cell is nobody knows: whether it speaks against the absence the page does not say.
    is_merged = row.cells[place_of(columns, VARIANT) or 0].says == schema.ABSENT and any(
        one.merge and _points_in(grid, one.merge) > 1 for one in row.cells
    )
    return (Status.OPEN, "merged points of one absent") if is_merged else (Status.CERTAIN, "")


def _points_in(grid: Grid, merge: int) -> int:
    """How many cells for points a merged range covers."""
    cells = (pair for row in grid.rows for pair in zip(grid.roles, row.cells, strict=True))
    return sum(role.startswith("task_") and cell.merge == merge for role, cell in cells)


def _points_of_absent(row: Row, columns: Sequence[Judged]) -> list[tuple[Cell, bool]]:
    """What stands under tasks in a row that says its pupil was absent, and whether its column is certain."""
    at = place_of(columns, VARIANT)
    if at is None or row.cells[at].says != schema.ABSENT:
        return []
    return [
        (cell, column.status is Status.CERTAIN)
        for cell, column in zip(row.cells, columns, strict=True)
        if not is_blank(cell) and column.says is not None and column.says.startswith("task_")
    ]


def _range_of(grid: Grid, merge: int) -> set[str]:
    places = [
        (number, at)
        for number, row in enumerate(grid.rows, start=1)
        for at, cell in enumerate(row.cells, start=1)
        if cell.merge == merge
    ]
    (top, left), (bottom, right) = places[0], places[-1]
    first, last = f"{get_column_letter(left)}{top}", f"{get_column_letter(right)}{bottom}"
    return {first, f"{first}:{last}"}
