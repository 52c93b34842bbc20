"""Where a table lies on its sheet: the header among the first rows, the last row, the columns by caption."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Any

from xlpy.errors import WorkbookError
from xlpy.tables import schema
from xlpy.tables.addresses import address
from xlpy.tables.convert import as_text
from xlpy.tables.declare import Sheet
from xlpy.tables.merge import positions_of
from xlpy.tables.normalise import clean_text, fold
from xlpy.tables.raw import RawTable, Value
from xlpy.words.errors import SENTENCES
from xlpy.workbook.tableparts import ListObject, floor_row

_HEADER_WITHIN = 30
_NEAR_ENOUGH = 0.6


def _near(text: str, names: Sequence[tuple[str, str]]) -> str:
    """« Возможно, это …» for the name nearest to `text`; names come with their cell or sheet."""
    folded = {fold(name): (name, where) for name, where in names}
    close = difflib.get_close_matches(fold(text), folded, 1, _NEAR_ENOUGH)
    if not close:
        return ""
    name, where = folded[close[0]]
    return SENTENCES["near_name" if where else "near_sheet"].format(name=name, cell=where)


def missing_sheet(sheet: Sheet, names: Sequence[str]) -> WorkbookError:
    """The error for a sheet that is not among those there, with the nearest name offered."""
    declared = {one.name for one in schema.SHEETS}
    near = _near(sheet.name, [(name, "") for name in names if name not in declared])
    return WorkbookError("sheet_missing", sheet=sheet.name, near=near)


def find_header(sheet: Sheet, grid: Sequence[Sequence[Any]]) -> tuple[int, int]:
    """(row, first column), 0-based, of the header: the row of the first thirty that holds most of the captions."""
    captions = {column.caption for column in sheet.columns}
    best, found = (0, 0), 0
    for number, row in enumerate(grid[:_HEADER_WITHIN]):
        known = [at for at, cell in enumerate(row) if cell != "" and clean_text(as_text(cell)) in captions]
        if len(known) > found:
            best, found = (number, known[0]), len(known)
    if found * 2 < min(len(captions), 4):
        raise WorkbookError("no_header", sheet=sheet.name)
    return best


def _captions(header: Sequence[Any], first: int) -> tuple[str, ...]:
    texts = [as_text(plain_value(cell)) for cell in header[first:]]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def require_captions(sheet: Sheet, captions: Sequence[str], row: int, first: int) -> None:
    """Raise WorkbookError for the first declared caption that the header lacks, with the nearest one offered.

    `row` and `first` are the Excel row of the header and the 1-based column of its first caption.
    """
    positions = positions_of(sheet, captions)
    declared = {column.caption for column in sheet.columns}
    strangers = [
        (clean_text(caption), address(row, first + at))
        for at, caption in enumerate(captions)
        if clean_text(caption) and clean_text(caption) not in declared
    ]
    for column in sheet.columns:
        if column.key not in positions:
            near = _near(column.caption, strangers)
            raise WorkbookError("column_missing", sheet=sheet.name, column=column.caption, near=near)


def plain_value(cell: Any) -> Value:
    """A cell of the value reader as one of ours: days are moments, times and spans of time are text."""
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, date):
        return datetime.combine(cell, time())
    if isinstance(cell, (time, timedelta)):
        return str(cell)
    return cell  # type: ignore[no-any-return]


def _is_filled(line: Sequence[Any]) -> bool:
    return any(cell != "" and cell is not None for cell in line)


def table_from_grid(
    sheet: Sheet,
    grid: list[list[Any]],
    formulas: Mapping[int, set[int]],
    errors: Mapping[tuple[int, int], str],
    objects: Sequence[ListObject] = (),
) -> RawTable:
    """Return the table of a sheet's grid (from A1); `formulas` and `errors` by 1-based column.

    The table ends at its last row with a value or formula, or above the totals or another table of `objects`.
    Raises WorkbookError for a missing header.
    """
    row, first = find_header(sheet, grid)
    captions = _captions(grid[row], first)
    last = first + len(captions)
    floor = floor_row(objects, row + 1, first + 1, last) or 1 << 30

    def is_ours(r: int, column: int) -> bool:
        return row + 1 < r < floor and first < column <= last

    own_formulas = {
        column - first - 1: frozenset(r for r in rows if row + 1 < r < floor)
        for column, rows in formulas.items()
        if first < column <= last
    }
    own_errors = {(r, column - first - 1): text for (r, column), text in errors.items() if is_ours(r, column)}
    values = grid[row + 1 : floor - 1]
    if first or len(grid[row]) != last:
        values = [line[first:last] for line in values]
    end = max([r for rows in own_formulas.values() for r in rows] + [r for r, _ in own_errors], default=0) - row - 1
    while len(values) > max(end, 0) and not _is_filled(values[-1]):
        values.pop()
    if set(map(type, chain.from_iterable(values))) & {date, time, timedelta}:
        values = [[plain_value(cell) for cell in line] for line in values]
    values += [[None] * len(captions) for _ in range(end - len(values))]
    return RawTable(sheet.name, captions, row + 2, first + 1, values, own_formulas, own_errors)
