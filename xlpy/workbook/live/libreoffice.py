"""LibreOffice as the host: sheets are looked at in one call, and a whole action is one Ctrl+Z."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import datetime, time, timedelta
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from xlpy.errors import HostError
from xlpy.libreoffice import hosting
from xlpy.words.libreoffice import LOGICAL_SHOWN
from xlpy.workbook.live.hosts import Box, Moves, Obstacles, Sight
from xlpy.workbook.tableparts import ListObject

if TYPE_CHECKING:
    import xlwings as xw

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - workbooks know no time zones
_LAST_DAY = 2_958_466
_DAY = 86_400_000
_PATIENCE_SECONDS = 8
_PAUSE_SECONDS = 0.3


class LibreOfficeHost:
    """A book open in LibreOffice, through our engine."""

    def sheet_names(self, book: xw.Book) -> tuple[str, ...]:
        """Names of all sheets in order, in one call."""
        return tuple(_call(book, "sheet_names"))

    def look(self, book: xw.Book, names: Sequence[str]) -> list[Sight]:
        """The named sheets as they stand, in one call."""
        found = _call(book, "survey", list(names), list(LOGICAL_SHOWN))
        return [_sight(name, one) for name, one in zip(names, found, strict=True)]

    def obstacles(self, sheet: xw.Sheet, boxes: Sequence[Box]) -> Obstacles:
        """Merged cells and array formulas in the way, in one call."""
        found = _call(sheet.book, "obstacles", sheet.name, [_area(box) for box in boxes])
        merged = [_box(area) for area in found["merged"]]
        return Obstacles(merged, [(row + 1, column + 1) for row, column in found["array"]])

    def settle_entry(self, book: xw.Book) -> None:
        """Wait a little for who is typing: what is written under a cell being typed into would be lost."""
        until = monotonic() + _PATIENCE_SECONDS
        while hosting.is_editing(book):
            if monotonic() > until:
                raise HostError("busy_editing")
            sleep(_PAUSE_SECONDS)

    def literal(self, text: str) -> str:
        """The engine takes one apostrophe off, and «=» for a formula; all other text is text."""
        return "'" + text if text.startswith(("=", "'")) else text

    def carry(self, sheet: xw.Sheet, columns: range, moves: Moves) -> None:
        """Let the looks and notes of the rows follow their papers, in one call."""
        ends = [columns[0] - 1, columns[-1] - 1]
        _call(sheet.book, "carry_rows", sheet.name, ends, _pairs(moves.origins), _pairs(moves.places))

    def end_table(self, sheet: xw.Sheet, name: str, box: Box) -> None:
        """Let a table cover the box, in one call."""
        _call(sheet.book, "end_table", name, _area(box))

    def show_anew(self, sheet: xw.Sheet) -> None:
        """Let a filter of the sheet judge its rows again, in one call."""
        _call(sheet.book, "filter_anew", sheet.name)

    def confirm(self, sheet: xw.Sheet, box: Box, rows: Sequence[Sequence[object]]) -> None:
        """LibreOffice writes into hidden rows as into others."""

    def one_step(self, book: xw.Book, title: str, take_back: Callable[[], None]) -> AbstractContextManager[None]:
        """One Ctrl+Z; LibreOffice itself takes back what was written when it fails."""
        del take_back
        return hosting.one_step(book, title)

    @contextmanager
    def keep_view(self, book: xw.Book) -> Iterator[None]:
        """Selection and scroll stay; formulas wait."""
        with hosting.keep_view(book):
            was_on = _call(book, "pause_calculation")
            try:
                yield
            finally:
                if was_on:
                    with suppress(HostError):
                        _call(book, "resume_calculation")

    @contextmanager
    def guarded(self, book: xw.Book) -> Iterator[None]:
        """The bridge says HostError by itself."""
        del book
        yield


def _call(book: xw.Book, verb: str, *arguments: object) -> Any:
    return book.impl.call(verb, *arguments)


def _pairs(rows: Mapping[int, int | None]) -> list[list[int]]:
    """Rows from 0; nowhere is -1."""
    return [[row - 1, -1 if other is None else other - 1] for row, other in rows.items()]


def _area(box: Box) -> list[int]:
    return [place - 1 for place in box]


def _box(area: Sequence[int]) -> Box:
    top, left, bottom, right = area
    return top + 1, left + 1, bottom + 1, right + 1


def _sight(name: str, found: Mapping[str, Any]) -> Sight:
    grid = [list(row) for row in found["rows"]]
    for kind, area in found["kinds"]:
        _typed(grid, kind, area)
    formulas: dict[int, set[int]] = {}
    for top, left, bottom, right in map(_box, found["formulas"]):
        for column in range(left, right + 1):
            formulas.setdefault(column, set()).update(range(top, bottom + 1))
    errors = {(row + 1, column + 1): text for row, column, text in found["errors"]}
    objects = tuple(ListObject("", title, *_box(area), has_totals) for title, area, has_totals in found["tables"])
    return Sight(name, grid, formulas, errors, objects, found["protected"])


def _typed(grid: list[list[Any]], kind: str, area: Sequence[int]) -> None:
    """Numbers that stand for something else become it, in place: the grid is ours and large."""
    top, left, bottom, right = area
    turn = {"date": moment_of, "span": _span_of, "logical": _logical_of}[kind]
    if left == right:
        for row in grid[top : bottom + 1]:
            if type(row[left]) is float:
                row[left] = turn(row[left])
        return
    for row in grid[top : bottom + 1]:
        row[left : right + 1] = [turn(one) if type(one) is float else one for one in row[left : right + 1]]


def moment_of(number: float) -> datetime | time | float:
    """Day number → moment; below one it is a time of day; what is no day stays a number."""
    if not 0 <= number < _LAST_DAY:
        return number
    moment = _EPOCH + timedelta(milliseconds=round(number * _DAY))
    return moment.time() if number < 1 else moment


def _span_of(number: float) -> timedelta:
    return timedelta(milliseconds=round(number * _DAY))


def _logical_of(number: float) -> bool | float:
    return bool(number) if number in {0, 1} else number
