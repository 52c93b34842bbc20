"""Which columns of a form are read, and which of its cells need the long way: errors, formulas, merged cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlpy.exchange.forms.columns import FormColumns, Place, read_places
from xlpy.exchange.forms.form import FormTask
from xlpy.exchange.forms.meanings import Role
from xlpy.exchange.forms.recognise import FormGrid
from xlpy.exchange.forms.rows import FormRows, PaperRow
from xlpy.exchange.forms.strays import columns_with_numbers
from xlpy.tables.addresses import address
from xlpy.tables.convert import as_text, is_empty


@dataclass(frozen=True, slots=True)
class Places:
    """The columns to read, left to right, and those that may be of these tasks: something there is not certain.

    `differing`: columns of one task whose cells say different things. `gone`: tasks that no column claims.
    """

    read: tuple[Place, ...]
    doubted: Mapping[int, frozenset[FormTask]]
    differing: Mapping[FormTask, tuple[int, ...]]
    gone: tuple[FormTask, ...]


def places_of(grid: FormGrid, columns: FormColumns, tasks: Sequence[FormTask], papers: Sequence[PaperRow]) -> Places:
    """Return what is to be read. Of several columns of one task, one that says all that any of them says."""
    if not (columns.twice or columns.again):
        return Places(columns.read, columns.lost, {}, _gone(tasks, columns, columns.tasks.values()))
    found = dict(columns.tasks)
    doubted = dict(columns.lost)
    differing: dict[FormTask, tuple[int, ...]] = {}
    for task, ats in columns.twice.items():
        filled = [at for at in ats if any(contents(grid, paper.row, at) is not None for paper in papers)]
        said = {tuple(contents(grid, paper.row, at) for paper in papers) for at in filled}
        if len(said) > 1:
            differing[task] = ats
            doubted |= dict.fromkeys(ats, frozenset((task,)))
        else:
            found[(filled or list(ats))[0]] = task
    for at, task in columns.again.items():
        own = next(column for column, other in (found | _first(differing)).items() if other == task)
        if any(contents(grid, p.row, at) not in {None, contents(grid, p.row, own)} for p in papers):
            differing.setdefault(task, (own, at))
    gone = _gone(tasks, columns, (*found.values(), *differing))
    return Places(read_places(tasks, found, columns.other.get(Role.VARIANT)), doubted, differing, gone)


def _gone(tasks: Sequence[FormTask], columns: FormColumns, found: Iterable[FormTask]) -> tuple[FormTask, ...]:
    if columns.is_whole:
        return ()
    claimed = {task for meant in columns.lost.values() for task in meant}.union(found)
    return tuple(task for task in tasks if task not in claimed)


def _first(differing: Mapping[FormTask, tuple[int, ...]]) -> dict[int, FormTask]:
    return {ats[0]: task for task, ats in differing.items()}


def contents(grid: FormGrid, row: int, at: int) -> tuple[str, str] | None:
    """What stands in a cell (0-based column), so that True is not 1; None where nothing does."""
    if (row, at + 1) in grid.plain.errors:
        return "error", grid.plain.errors[row, at + 1]
    line = grid.plain.values[row - 1]
    written = line[at] if at < len(line) else None
    if is_empty(written):
        return None
    return ("truth" if isinstance(written, bool) else "written"), as_text(written)


def merged_cells(
    grid: FormGrid, places: Places, columns: FormColumns, rows: FormRows
) -> dict[tuple[int, int], tuple[str, str]]:
    """Cells to read (1-based) merged with another that means something, each with its range and the cell to show.

    A column that may be a task means something too, and so does a row that may be a paper. To show is the first cell
    in which anything stands: some programs keep what is covered. Where nothing does, points may be lost all the same.
    """
    if not grid.plain.merged:
        return {}
    read = {place.at + 1 for place in places.read}
    meaningful = {at + 1 for at in columns.meaningful - set(columns.codes)} | read
    meaningful |= {at + 1 for at in (*places.doubted, *columns.again, *_unclaimed(grid, places, columns, rows))}
    found: dict[tuple[int, int], tuple[str, str]] = {}
    numbers = [paper.row for paper in rows.papers]
    numbers += [row.row for row in rows.doubtful if _may_be_paper(grid, row.row, columns, read)]
    for top, left, bottom, right in grid.plain.merged:
        inside = [row for row in numbers if top <= row <= bottom]
        within = [column for column in meaningful if left <= column <= right]
        if len(inside) * len(within) > 1:
            spots = [(row, column) for row in sorted(inside) for column in sorted(within) if column in read]
            told = next(
                (spot for spot in spots if contents(grid, spot[0], spot[1] - 1) is not None), (spots or [(1, 1)])[0]
            )
            cells = f"{address(top, left)}:{address(bottom, right)}"
            found |= dict.fromkeys(spots, (cells, address(*told)))
    return found


def _unclaimed(grid: FormGrid, places: Places, columns: FormColumns, rows: FormRows) -> Iterable[int]:
    """Columns (0-based) with numbers under no header, where a task has no column: one of them may be its."""
    return columns_with_numbers(grid, columns, rows.papers) if places.gone else ()


def _may_be_paper(grid: FormGrid, row: int, columns: FormColumns, read: Iterable[int]) -> bool:
    """Whether anything stands in a row where codes or points belong."""
    return any(contents(grid, row, at) is not None for at in (*columns.codes, *(column - 1 for column in read)))


def odd_cells(grid: FormGrid, places: Sequence[Place]) -> Iterator[tuple[int, int]]:
    """Cells to read (1-based) that hold an error or a formula."""
    read = {place.at + 1 for place in places}
    return (cell for held in (grid.plain.errors, grid.plain.formulas) for cell in held if cell[1] in read)
