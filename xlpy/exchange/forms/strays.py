"""Points that stand one column or one row beside where they belong, and numbers under no header.

A block that was pasted beside its place leaves its first cells empty and puts its last ones where no points belong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlpy.exchange.forms.columns import FormColumns, Place
from xlpy.exchange.forms.meanings import Role
from xlpy.exchange.forms.reading import Reader, RowFound
from xlpy.exchange.forms.recognise import FormGrid
from xlpy.exchange.forms.rows import PaperRow
from xlpy.exchange.forms.values import Refusal, points_in
from xlpy.tables.convert import as_number, is_empty
from xlpy.tables.raw import Value

# A total of any work is under this; codes are over it.
_SMALL = 99


def value_at(grid: FormGrid, row: int, at: int | None) -> Value:
    """What stands in a cell (0-based column), None where the row is shorter."""
    if at is None or not 1 <= row <= len(grid.plain.values):
        return None
    line = grid.plain.values[row - 1]
    return line[at] if at < len(line) else None


def shifted_right(reader: Reader, columns: FormColumns, paper: PaperRow, found: RowFound) -> bool:
    """Whether the points of a row seem to stand one column too far right: the last one where the total belongs.

    A total that is typed over says nothing by itself: it is the sum of the row, or an old one.
    """
    at, tasks = columns.other.get(Role.POINTS), reader.tasks
    written = value_at(reader.grid, paper.row, at)
    if at is None or len(tasks) < 2 or is_empty(written) or (paper.row, at + 1) in reader.grid.plain.formulas:
        return False
    first, last = tasks[0], tasks[-1].task
    if last is None or first.key in found.filled or not found.filled & {place.key for place in tasks}:
        return False
    if isinstance(points_in(written, "", last.maximum, reader.year), Refusal):
        return False
    return as_number(written) != total_of(tasks, found)


def total_of(tasks: Sequence[Place], found: RowFound) -> int:
    """Sum of the certain points of a row; a mark is none."""
    values = [found.cells[place.key].meant for place in tasks if place.key in found.cells]
    return sum(value for value in values if isinstance(value, int))


def wrong_total(reader: Reader, columns: FormColumns, paper: PaperRow, found: RowFound) -> bool:
    """Whether a number stands in place of the formula of the total that is not the sum of a row typed in full."""
    at, tasks = columns.other.get(Role.POINTS), reader.tasks
    number = as_number(value_at(reader.grid, paper.row, at))
    if at is None or number is None or (paper.row, at + 1) in reader.grid.plain.formulas:
        return False
    return all(place.key in found.cells for place in tasks) and number != total_of(tasks, found)


def shifted_rows(
    reader: Reader, columns: FormColumns, papers: Sequence[PaperRow], found: Mapping[int, RowFound]
) -> int | None:
    """The row beside the papers that points were pasted into, one row too low or too high; None where none is.

    The paper at the other end is empty then. `found` by row.
    """
    rows = sorted(paper.row for paper in papers)
    keys = {place.key for place in reader.tasks}
    if len(rows) < 2:
        return None
    for empty, full, beside in ((rows[0], rows[-1], rows[-1] + 1), (rows[-1], rows[0], rows[0] - 1)):
        if beside in found or found[empty].filled & keys or not found[full].filled & keys:
            continue
        if is_bare_row(reader, columns, beside):
            return beside
    return None


def is_bare_row(reader: Reader, columns: FormColumns, row: int) -> bool:
    """Whether a row holds the points of a whole paper and nothing else: no maxima, no sums, no words."""
    tasks = reader.tasks
    if row in reader.grid.block.headers or not reader.grid.block.first <= row <= reader.grid.block.last:
        return False
    there = [(place, value_at(reader.grid, row, place.at)) for place in tasks]
    typed = [(place, written) for place, written in there if not is_empty(written)]
    if len(typed) * 2 < len(tasks) or not typed or is_maxima(reader, columns, row):
        return False
    if any((row, place.at + 1) in reader.grid.plain.formulas for place, _ in typed):
        return False
    read = {place.at for place in reader.places}
    last = max(place.at for place in tasks)
    line = reader.grid.plain.values[row - 1]
    others = [written for at, written in enumerate(line[: last + 1]) if at not in read and not is_empty(written)]
    return not others and all(is_points(reader, place, written) for place, written in typed)


def is_points(reader: Reader, place: Place, written: Value) -> bool:
    """Whether a cell under a task holds points of it, or a mark."""
    maximum = 0 if place.task is None else place.task.maximum
    return not is_empty(written) and not isinstance(points_in(written, "", maximum, reader.year), Refusal)


def is_maxima(reader: Reader, columns: FormColumns, row: int) -> bool:
    """Whether a row is that of the largest points: nothing but these, under most tasks.

    In a form that was handed out before they were changed these are the old ones.
    """
    there = [(place, value_at(reader.grid, row, place.at)) for place in reader.tasks]
    typed = [(place.task, as_number(written)) for place, written in there if not is_empty(written)]
    if len(typed) * 2 <= len(there):
        return False
    return all(task is not None and number == task.maximum for task, number in typed) or (
        row - 1 in reader.grid.block.headers
        and all(number is not None and number >= 1 and number.is_integer() for _, number in typed)
        and _is_summed(reader, columns, row)
    )


def _is_summed(reader: Reader, columns: FormColumns, row: int) -> bool:
    """Whether the sum of a row stands in place of the total as a plain number, as it does in the row of maxima.

    Points pasted over this row leave the sum of the maxima there.
    """
    at = columns.other.get(Role.POINTS)
    total = as_number(value_at(reader.grid, row, at))
    if at is None or total is None or (row, at + 1) in reader.grid.plain.formulas:
        return False
    first = min(columns.codes, default=-1) + 1
    line = reader.grid.plain.values[row - 1][first:at]
    return sum(number for number in map(as_number, line) if number is not None) == total


def columns_with_numbers(grid: FormGrid, columns: FormColumns, papers: Sequence[PaperRow]) -> dict[int, list[int]]:
    """Columns (0-based) that are nothing of the form and hold small numbers beside papers, with the rows of these.

    Texts there are somebody's remarks.
    """
    known = {*columns.meaningful, *columns.lost, *columns.again, *(at for ats in columns.twice.values() for at in ats)}
    width = max((len(grid.plain.values[paper.row - 1]) for paper in papers), default=0)
    found = {}
    for at in range(min(columns.codes, default=0) + 1, width):
        if at not in known:
            rows = [paper.row for paper in papers if _is_small(value_at(grid, paper.row, at))]
            if rows:
                found[at] = rows
    return found


def _is_small(written: Value) -> bool:
    number = as_number(written)
    return number is not None and 0 <= number <= _SMALL and number.is_integer()
