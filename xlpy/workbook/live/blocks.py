"""Cells to write as a few whole rectangles: their number depends on the columns, never on the rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from xlpy.tables.raw import Live
from xlpy.workbook.live.contents import Content, Contents, Edits

# Up to so many rectangles nothing is written but the cells that change.
FEW = 48
Runs = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle (1-based corner) with what it held and what it is to hold. All formulas, or all values, if it can be."""

    top: int
    left: int
    before: list[list[Content]]
    after: list[list[Content]]

    @property
    def box(self) -> tuple[int, int, int, int]:
        """(top, left, bottom, right)."""
        return self.top, self.left, self.top + len(self.after) - 1, self.left + len(self.after[0]) - 1

    def filled(self) -> Iterator[tuple[int, int]]:
        """(row, column) of the cells that are to hold something."""
        for row, line in enumerate(self.after, start=self.top):
            for column, content in enumerate(line, start=self.left):
                if content is not None:
                    yield row, column


def blocks_of(edits: Edits, now: Contents) -> list[Block]:
    """Return the rectangles that bring the edits about, from left to right."""
    columns: dict[int, dict[int, Content]] = {}
    for row, cells in edits.items():
        for column, content in cells.items():
            columns.setdefault(column, {})[row] = content
    runs = {column: _runs(cells) for column, cells in columns.items()}
    groups = _groups(runs, columns)
    if sum(len(runs[group[0]]) for group in groups) > FEW:
        runs = {column: ((min(cells), max(cells)),) for column, cells in columns.items()}
        groups = _groups(runs, columns)
    return [_block(group, run, columns, now) for group in groups for run in runs[group[0]]]


def _runs(cells: Mapping[int, Content]) -> Runs:
    """Stretches of neighbouring rows that are all formulas or all values."""
    rows = sorted(cells)
    if not rows:
        return ()
    breaks = [
        at
        for at, (row, following) in enumerate(pairwise(rows), start=1)
        if following != row + 1 or isinstance(cells[row], Live) != isinstance(cells[following], Live)
    ]
    edges = [0, *breaks, len(rows)]
    return tuple((rows[start], rows[end - 1]) for start, end in pairwise(edges))


def _groups(runs: Mapping[int, Runs], columns: Mapping[int, Mapping[int, Content]]) -> list[list[int]]:
    """Neighbouring columns with the same stretches and the same kind of contents."""
    groups: list[list[int]] = []
    for column in sorted(runs):
        last = groups[-1][-1] if groups else -1
        if column == last + 1 and runs[column] == runs[last] and _kinds(columns[column]) == _kinds(columns[last]):
            groups[-1].append(column)
        else:
            groups.append([column])
    return groups


def _kinds(cells: Mapping[int, Content]) -> list[bool]:
    return [isinstance(cells[row], Live) for row in sorted(cells)]


def _block(
    group: Sequence[int], run: tuple[int, int], columns: Mapping[int, Mapping[int, Content]], now: Contents
) -> Block:
    rows = range(run[0], run[1] + 1)
    before = [[now.at(row, column) for column in group] for row in rows]
    after = [
        [columns[column].get(row, before[at][number]) for number, column in enumerate(group)]
        for at, row in enumerate(rows)
    ]
    return Block(run[0], group[0], before, after)
