"""Which columns of a form are read, and which of its cells need the long way: errors, formulas, merged cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlpy.exchange.forms.columns import FormColumns, Place, read_places
from xlpy.exchange.forms.form import FormTask
from xlpy.exchange.forms.meanings import Role
from xlpy.exchange.forms.recognise import FormGrid
from xlpy.exchange.forms.rows import FormRows, PaperRow
from xlpy.tables.addresses import address
from xlpy.tables.convert import as_text, is_empty


@dataclass(frozen=True, slots=True)
class Places:
    """The columns to read, left to right, and those that may be of these tasks: something there is not certain.

    `differing`: columns of one task whose cells say different things.
    """

    read: tuple[Place, ...]
    doubted: Mapping[int, frozenset[FormTask]]
    differing: Mapping[FormTask, tuple[int, ...]]


def places_of(grid: FormGrid, columns: FormColumns, tasks: Sequence[FormTask], papers: Sequence[PaperRow]) -> Places:
    """Return what is to be read. Of several columns of one task, one that says all that any of them says."""
    if not (columns.twice or columns.again):
        return Places(columns.read, columns.lost, {})
    found = dict(columns.tasks)
    doubted = dict(columns.lost)
    differing: dict[FormTask, tuple[int, ...]] = {}
    for task, ats in columns.twice.items():
        filled = [at for at in ats if any(_cell(grid, paper.row, at) is not None for paper in papers)]
        said = {tuple(_cell(grid, paper.row, at) for paper in papers) for at in filled}
        if len(said) > 1:
            differing[task] = ats
            doubted |= dict.fromkeys(ats, frozenset((task,)))
        else:
            found[(filled or list(ats))[0]] = task
    for at, task in columns.again.items():
        own = next(column for column, other in (found | _first(differing)).items() if other == task)
        if any(_cell(grid, p.row, at) not in {None, _cell(grid, p.row, own)} for p in papers):
            differing.setdefault(task, (own, at))
    return Places(read_places(tasks, found, columns.other.get(Role.VARIANT)), doubted, differing)


def _first(differing: Mapping[FormTask, tuple[int, ...]]) -> dict[int, FormTask]:
    return {ats[0]: task for task, ats in differing.items()}


def _cell(grid: FormGrid, row: int, at: int) -> tuple[str, str] | None:
    """What stands in a cell, so that True is not 1; None where nothing does."""
    if (row, at + 1) in grid.plain.errors:
        return "error", grid.plain.errors[row, at + 1]
    line = grid.plain.values[row - 1]
    written = line[at] if at < len(line) else None
    if is_empty(written):
        return None
    return ("truth" if isinstance(written, bool) else "written"), as_text(written)


def merged_cells(
    grid: FormGrid, places: Sequence[Place], columns: FormColumns, rows: FormRows
) -> dict[tuple[int, int], tuple[str, str]]:
    """Cells to read (1-based) merged with another that means something, each with its range and the cell to show.

    That is the first one in which anything stands: some programs keep what is covered. Where nothing does, points may
    be lost all the same.
    """
    if not grid.plain.merged:
        return {}
    read = {place.at + 1 for place in places}
    meaningful = {at + 1 for at in columns.meaningful - set(columns.codes)} | read
    found: dict[tuple[int, int], tuple[str, str]] = {}
    # A row that is not certain is a paper's all the same.
    numbers = [paper.row for paper in rows.papers] + [row.row for row in rows.doubtful if row.codes or row.shown]
    for top, left, bottom, right in grid.plain.merged:
        inside = [row for row in numbers if top <= row <= bottom]
        within = [column for column in meaningful if left <= column <= right]
        if len(inside) * len(within) > 1:
            spots = [(row, column) for row in sorted(inside) for column in sorted(within) if column in read]
            told = next(
                (spot for spot in spots if _cell(grid, spot[0], spot[1] - 1) is not None), (spots or [(1, 1)])[0]
            )
            cells = f"{address(top, left)}:{address(bottom, right)}"
            found |= dict.fromkeys(spots, (cells, address(*told)))
    return found


def odd_cells(grid: FormGrid, places: Sequence[Place]) -> Iterator[tuple[int, int]]:
    """Cells to read (1-based) that hold an error or a formula."""
    read = {place.at + 1 for place in places}
    return (cell for held in (grid.plain.errors, grid.plain.formulas) for cell in held if cell[1] in read)
