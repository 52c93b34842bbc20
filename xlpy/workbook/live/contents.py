"""What cells hold now and what they are to hold: one `Content` per cell, formulas with their text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Any

from xlpy.tables.raw import Live, Value
from xlpy.workbook.cells import Cell, Moved, Placed, same_value
from xlpy.workbook.live.hosts import Box, Sight
from xlpy.workbook.shift import shifted

Content = Value | Live
Edits = dict[int, dict[int, Content]]
ReadFormulas = Callable[[Box], list[list[Any]]]


@dataclass(slots=True)
class Contents:
    """The cells of one sheet. Texts of formulas are read when one is asked for, those of whole columns in one go."""

    sight: Sight
    read_formulas: ReadFormulas
    _texts: dict[tuple[int, int], str] = field(default_factory=dict)

    def at(self, row: int, column: int) -> Content:
        """What a cell holds; an error that no formula gave becomes a formula that gives it."""
        if row in self.sight.formulas.get(column, ()):
            return Live(self._text(row, column))
        if (row, column) in self.sight.errors:
            return Live(self.sight.errors[row, column])
        grid = self.sight.grid
        if row > len(grid) or column > len(grid[row - 1]):
            return None
        found = grid[row - 1][column - 1]
        if isinstance(found, (time, timedelta)):
            # Times of day and spans stay what they are in the workbook: parts of a day.
            return _part_of_day(found)
        return None if found == "" else found  # type: ignore[no-any-return,unused-ignore]

    def _text(self, row: int, column: int) -> str:
        if (row, column) not in self._texts:
            self._read_around(column)
        return self._texts[row, column]

    def _read_around(self, column: int) -> None:
        """Read the formulas of a column, and of its neighbours that hold some too."""
        formulas = self.sight.formulas
        first = last = column
        while formulas.get(first - 1):
            first -= 1
        while formulas.get(last + 1):
            last += 1
        columns = range(first, last + 1)
        top = min(min(formulas[one]) for one in columns)
        bottom = max(max(formulas[one]) for one in columns)
        for r, line in enumerate(self.read_formulas((top, first, bottom, last)), start=top):
            for c, text in enumerate(line, start=first):
                if r in formulas[c]:
                    self._texts[r, c] = str(text).removeprefix("=")


def _part_of_day(clock: time | timedelta) -> float:
    if isinstance(clock, timedelta):
        return clock / timedelta(days=1)
    seconds = clock.hour * 3600 + clock.minute * 60 + clock.second + clock.microsecond / 1e6
    return seconds / 86_400


def is_same(now: Content, wanted: Content) -> bool:
    """Whether a cell that holds the one need not be changed to hold the other."""
    if isinstance(now, Live) or isinstance(wanted, Live):
        return now == wanted
    return same_value(now, wanted)


def edits_of(changes: Mapping[int, Mapping[int, Cell]], now: Contents) -> Edits:
    """Return what really changes, by row and column."""
    edits: Edits = {}
    for row, cells in changes.items():
        wanted = _wanted(row, cells, now)
        found = {column: content for column, content in wanted if not is_same(now.at(row, column), content)}
        if found:
            edits[row] = found
    return edits


def _wanted(row: int, cells: Mapping[int, Cell], now: Contents) -> Iterator[tuple[int, Content]]:
    for column, cell in cells.items():
        if isinstance(cell, Moved):
            content = now.at(cell.row, cell.column)
            if isinstance(content, Live):
                content = Live(shifted(content.text, row - cell.row, column - cell.column))
        else:
            content = cell.value if isinstance(cell, Placed) else cell
        yield column, None if content == "" else content
