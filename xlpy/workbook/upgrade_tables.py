"""One declared sheet moved onto its newer form: which row and column goes where, and the cells that come of it.

Old rows keep their order and all they hold. What a newer program ships beside them is added below; «Настройки», whose
rows each have limits of their own, keep the newer order.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlpy.tables import schema
from xlpy.tables.declare import Sheet
from xlpy.tables.normalise import clean_text, fold
from xlpy.tables.raw import RawTable
from xlpy.workbook.upgrade_cells import SheetCells
from xlpy.workbook.upgrade_refs import SheetMove

Renames = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Side:
    """A declared sheet in one of the two workbooks: its cells and where its table lies."""

    cells: SheetCells
    table: RawTable

    @property
    def header(self) -> int:
        """Excel row of the header."""
        return self.table.first_row - 1

    @property
    def rows(self) -> range:
        """Excel rows of the data."""
        return range(self.table.first_row, self.table.first_row + len(self.table.values))


@dataclass(frozen=True, slots=True)
class TableMove:
    """How one declared sheet moves.

    `rows`: for each new row, in order, the old row and the shipped row it comes of, None where there is none.
    `own`: columns of the user's own, old to new, with `captions` as their header reads. `move`: where cells go.
    """

    sheet: Sheet
    old: Side
    new: Side
    rows: tuple[tuple[int | None, int | None], ...]
    own: Mapping[int, int]
    captions: Mapping[int, str]
    move: SheetMove


def plan_move(sheet: Sheet, old: Side, new: Side, renames: Renames) -> TableMove:
    """Return how a declared sheet moves: columns by caption, rows in their order, shipped ones joined by key."""
    columns = _columns(sheet, old, new, renames)
    own = _own_columns(old, new, columns)
    rows = _rows(sheet, old, new, columns)
    first = new.table.first_row
    moved = {old.header: new.header} | {was: first + at for at, (was, _) in enumerate(rows) if was is not None}
    in_order = list(moved.values()) == sorted(moved.values())
    move = SheetMove(sheet.name, columns | own, moved, in_order)
    captions = {column: old.cells.text(old.header, column) for column in own}
    return TableMove(sheet, old, new, rows, own, captions, move)


def _columns(sheet: Sheet, old: Side, new: Side, renames: Renames) -> dict[int, int]:
    """Old to new column of every caption both workbooks have; the first of two equal captions counts."""
    places: dict[str, int] = {}
    for at, caption in enumerate(new.table.captions):
        if clean_text(caption):
            places.setdefault(clean_text(caption), new.table.first_column + at)
    found: dict[int, int] = {}
    for at, caption in enumerate(old.table.captions):
        known = clean_text(caption)
        place = places.get(known) or places.get(renames.get((sheet.key, known), ""))
        if place is not None and place not in found.values():
            found[old.table.first_column + at] = place
    return found


def _own_columns(old: Side, new: Side, columns: Mapping[int, int]) -> dict[int, int]:
    """Where the user's own columns go: to the right of all others, gaps between them kept."""
    filled = {
        column
        for row, cells in old.cells.rows.items()
        if row >= old.header
        for column in cells
        if column not in columns and old.cells.is_filled(row, column)
    }
    last_old, last_new = max(columns, default=0), new.table.first_column + len(new.table.captions) - 1
    own: dict[int, int] = {}
    for column in sorted(filled):
        last_new += max(1, column - last_old)
        last_old = max(last_old, column)
        own[column] = last_new
    return own


def _rows(sheet: Sheet, old: Side, new: Side, columns: Mapping[int, int]) -> tuple[tuple[int | None, int | None], ...]:
    back = {place: column for column, place in columns.items()}
    shipped: dict[tuple[str, ...], deque[int]] = defaultdict(deque)
    for row in new.rows:
        key = row_key(sheet, new, row, {})
        if any(key):
            shipped[key].append(row)
    joined: dict[int, int] = {}
    for row in old.rows:
        waiting = shipped.get(row_key(sheet, old, row, back, new))
        if waiting:
            joined[row] = waiting.popleft()
    taken = set(joined.values())
    added = [row for waiting in shipped.values() for row in waiting if row not in taken]
    if sheet.key == schema.SETTINGS.key:
        back_of = {now: was for was, now in joined.items()}
        first = [(back_of.get(row), row) for row in new.rows if row in taken or row in added]
        return (*first, *((row, None) for row in old.rows if row not in joined))
    return (*((row, joined.get(row)) for row in old.rows), *((None, row) for row in sorted(added)))


def row_key(
    sheet: Sheet, side: Side, row: int, back: Mapping[int, int], named_by: Side | None = None
) -> tuple[str, ...]:
    """The key of a row; columns are found by the newer captions, and for an old row led back by `back`."""
    header = (named_by or side).table
    places = {clean_text(caption): header.first_column + at for at, caption in reversed([*enumerate(header.captions)])}
    found = []
    for key in sheet.match:
        place = places.get(sheet.column(key).caption)
        column = place if named_by is None else back.get(place or 0)
        found.append(fold(side.cells.text(row, column)) if column else "")
    return tuple(found)


def filled_rows(move: TableMove) -> int:
    """How many old rows hold anything but formulas."""
    cells = move.old.cells
    return sum(
        any(cells.is_filled(row, column) and cells.formula(row, column) is None for column in cells.rows.get(row, ()))
        for row in move.old.rows
    )


def lost_rows(move: TableMove) -> Sequence[int]:
    """Old rows under the table (a row of totals, another table) whose cells in the table's columns stay behind."""
    columns = [column for column in move.move.columns if column not in move.own]
    last = move.old.rows.stop
    return [
        row
        for row in sorted(move.old.cells.rows)
        if row >= last and any(move.old.cells.is_filled(row, column) for column in columns)
    ]
