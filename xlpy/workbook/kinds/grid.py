"""Cells of a stranger's sheet laid out as a grid: no file, however made, gets more memory than what it holds is worth.

Whoever typed into a far-off cell keeps the rest: what lies past the limits is left out, and named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from xlpy.tables.raw import PlainSheet, Value

# Columns up to IV, as many as old Excel had, and so many cells in all, empty ones included: some 40 MB.
COLUMNS_LIMIT = 256
AREA_LIMIT = 2_000_000
# What a row takes up beside its cells, in cells.
ROW_COST = 8
CELLS_LIMIT = 400_000
SHEETS_LIMIT = 60
# So much text in the cells of a book; a shared string counts as often as it is shown.
TEXT_LIMIT = 64 * 1024 * 1024
# So many cells left out are named.
NAMED_LIMIT = 20

Place = tuple[int, int]


class TooMuchError(Exception):
    """A book holds more than fits into its limits. Carries the key of `words.errors.TOO_LARGE`, and the limit."""


@dataclass(slots=True)
class Room:
    """What a book may still take up: cells of its grids, filled cells, characters."""

    area: int = AREA_LIMIT
    cells: int = CELLS_LIMIT
    text: int = TEXT_LIMIT

    def take_text(self, length: int) -> None:
        """Count characters. Raises TooMuchError."""
        self.text -= length
        if self.text < 0:
            raise TooMuchError("text", TEXT_LIMIT // (1024 * 1024))

    def take_cells(self, count: int) -> None:
        """Count filled cells. Raises TooMuchError."""
        self.cells -= count
        if self.cells < 0:
            raise TooMuchError("cells", CELLS_LIMIT)

    def take_grid(self, height: int, width: int) -> None:
        """Count a grid that is laid out; `reach_of` has seen to it that there is room."""
        self.area -= height * (width + ROW_COST)


@dataclass(slots=True)
class Cells:
    """Filled cells of a sheet by (row, column), both 1-based, in the order of rows; those with formulas, and errors."""

    values: dict[Place, Value] = field(default_factory=dict)
    formulas: set[Place] = field(default_factory=set)
    errors: dict[Place, str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def reach_of(places: Iterable[Place], room: Room) -> Place:
    """Return the last row and column of the grid that there is room for; what lies past it is left out."""
    near = [place for place in places if place[1] <= COLUMNS_LIMIT]
    width = max((column for _, column in near), default=0)
    # A far-off cell of one sheet leaves room for the others.
    return min(max((row for row, _ in near), default=0), room.area // 2 // (width + ROW_COST)), width


def sheet_of(name: str, cells: Cells, room: Room) -> PlainSheet:
    """Lay the cells out. Raises TooMuchError where the book is out of room."""
    places = cells.values.keys() | cells.errors.keys() | cells.formulas
    height, width = reach_of(places, room)
    room.take_grid(height, width)
    grid: list[list[Value]] = [[""] * width for _ in range(height)]
    for (row, column), value in cells.values.items():
        if row <= height and column <= width:
            grid[row - 1][column - 1] = value
    left_out = sorted(place for place in places if place[0] > height or place[1] > width)
    return finished(name, grid, cells, left_out)


def finished(name: str, grid: Sequence[Sequence[Value]], cells: Cells, left_out: Sequence[Place] = ()) -> PlainSheet:
    """The sheet of a grid already laid out; formulas and errors past it go with what is left out."""
    return PlainSheet(
        name,
        grid,
        frozenset(cells.formulas.difference(left_out)),
        _without(cells.errors, left_out),
        cells.merged,
        tuple(left_out[:NAMED_LIMIT]),
    )


def _without(errors: Mapping[Place, str], left_out: Sequence[Place]) -> Mapping[Place, str]:
    gone = set(left_out)
    return {place: text for place, text in errors.items() if place not in gone} if gone else errors
