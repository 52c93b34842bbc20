"""Changes of one sheet that wait for `save`, and the table as a reader should already see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from xlpy.errors import WorkbookError
from xlpy.tables.addresses import address
from xlpy.tables.declare import Sheet
from xlpy.tables.merge import ColumnFormula, MergedRow, column_formulas, merged_rows, merged_values, positions_of
from xlpy.tables.raw import Live, RawTable, Value
from xlpy.workbook.cells import Cell, Moved, Placed, same_value, settled
from xlpy.workbook.patch import Body
from xlpy.workbook.reading import SheetReading
from xlpy.workbook.scan import SheetTraits
from xlpy.workbook.shift import shifted
from xlpy.workbook.tableparts import ListObject, floor_row, own_object


@dataclass(slots=True)
class PendingSheet:
    """A sheet's table with its changes. `raw` is the table as of now, `body` the rows it held in the file.

    `own` is its Excel table, `floor` the first row under it that cannot be its data, `end` where it is to end now,
    `origins` the row of the file whose paper now stands in a row (None: none of the file's), where that changed.
    """

    sheet: Sheet
    _raw: RawTable
    body: Body
    own: ListObject | None
    floor: int | None
    traits: SheetTraits
    changes: dict[int, dict[int, Cell]] = field(default_factory=lambda: defaultdict(dict))
    end: int | None = None
    origins: dict[int, int | None] = field(default_factory=dict)
    # Most tables are saved and not read again: what a reader would see is worked out when one asks.
    _unshown: Callable[[], RawTable] | None = None

    @property
    def raw(self) -> RawTable:
        """The table as of now."""
        if self._unshown is not None:
            self._raw, self._unshown = self._unshown(), None
        return self._raw

    @classmethod
    def of(cls, sheet: Sheet, reading: SheetReading) -> PendingSheet:
        """A sheet without changes."""
        raw, objects = reading.raw, reading.objects
        header, last = raw.first_row - 1, raw.first_column + len(raw.captions) - 1
        own = own_object(objects, header, raw.first_column, last)
        floor = floor_row(objects, header, raw.first_column, last)
        body = Body(raw.first_row, raw.first_row + len(raw.values) - 1)
        return cls(sheet, raw, body, own, floor, reading.traits)

    def write(self, rows: Sequence[Mapping[str, Value | Live]]) -> None:
        """Make the table hold exactly `rows`. Raises WorkbookError where there is no room for them."""
        raw, merged = self.raw, merged_rows(self.sheet, self.raw, rows)
        strangers = self._strangers(merged)
        self._require_room(len(rows), min(strangers, default=None))
        self._place(raw, merged, 0)
        after: list[list[Value]] = []
        for number in range(len(rows), len(raw.values)):
            if number in strangers:
                after += [[None] * len(raw.captions) for _ in range(number - len(rows) - len(after))]
                after.append(raw.values[number])
            else:
                self._clear(raw.first_row + number)
        self._show(merged, [], after, frozenset(raw.first_row + number for number in strangers))

    def append(self, rows: Sequence[Mapping[str, Value | Live]]) -> None:
        """Add rows under the table. Raises WorkbookError where there is no room for them."""
        raw = self.raw
        empty = RawTable(raw.sheet, raw.captions, raw.first_row, raw.first_column, [])
        merged = merged_rows(self.sheet, empty, rows)
        self._require_room(len(raw.values) + len(rows), None)
        self._place(empty, merged, len(raw.values))
        self._show(merged, raw.values, [], frozenset(range(raw.first_row, raw.first_row + len(raw.values))))

    def moved_rows(self) -> dict[int, int | None]:
        """Row of the file → where what stood there stands now, None for nowhere; rows that stay are left out.

        Rows under the table that it now covers had no data of its own: what hangs on them goes below its end.
        """
        now = {origin: row for row, origin in self.origins.items() if origin is not None}
        moved: dict[int, int | None] = {}
        for row in self.origins:
            if self.body.first <= row <= self.body.last:
                moved[row] = now.get(row)
            elif self.end is not None and row <= self.end:
                moved[row] = self.end + row - max(self.body.last, self.body.first - 1)
        return {row: place for row, place in moved.items() if place != row}

    def _strangers(self, merged: Sequence[MergedRow]) -> frozenset[int]:
        """Indices of rows below the Excel table that hold something, no key, and are not asked for: a user's note."""
        if self.own is None:
            return frozenset()
        positions = positions_of(self.sheet, self.raw.captions)
        match = [positions[key] for key in self.sheet.match if key in positions]
        taken = {row.old for row in merged}
        first = max(self.own.last_data_row + 1 - self.raw.first_row, 0)
        return frozenset(
            number
            for number, line in enumerate(self.raw.values[first:], start=first)
            if number not in taken and _is_filled(line) and not any(_is_filled([line[at]]) for at in match)
        )

    def _require_room(self, count: int, stranger: int | None) -> None:
        """Raise WorkbookError where `count` rows would cover a row of totals, another table or a note."""
        last = self.raw.first_row + count - 1
        if stranger is not None and count > stranger:
            at = next(at for at, cell in enumerate(self.raw.values[stranger]) if _is_filled([cell]))
            self._refuse(self.raw.first_row + stranger, self.raw.first_column + at)
        if self.floor is not None and last >= self.floor:
            self._refuse(self.floor, self.raw.first_column)

    def _refuse(self, row: int, column: int) -> None:
        raise WorkbookError("no_room", sheet=self.raw.sheet, cell=address(row, column))

    def _place(self, raw: RawTable, merged: Sequence[MergedRow], offset: int) -> None:
        """Note what changes where the rows stand from `offset` on; `raw` holds the old rows that they keep."""
        formulas = column_formulas(self.sheet, raw)
        moves: list[tuple[int, int, Cell]] = []
        origins: dict[int, int | None] = {}
        for number, one in enumerate(merged, start=offset):
            row = raw.first_row + number
            if one.old == number:
                moves += self._edited(one, row, formulas)
            else:
                origins[row] = None if one.old is None else self._origin(raw.first_row + one.old)
                moves += self._replaced(one, row, formulas)
        # Only now, for a carried cell may itself be one that a pending change has put there.
        for row, column, change in moves:
            self.changes[row][column] = change
        self.origins |= origins

    def _origin(self, row: int) -> int | None:
        return self.origins.get(row, row)

    def _edited(
        self, one: MergedRow, row: int, formulas: Mapping[int, ColumnFormula]
    ) -> Iterator[tuple[int, int, Cell]]:
        """Changes of a row that stays where it is."""
        old = self.raw.values[row - self.raw.first_row]
        for at, cell in one.named.items():
            if isinstance(cell, Live):
                yield row, self.raw.first_column + at, cell
            elif not self._stands(row, at, old[at], cell):
                yield row, self.raw.first_column + at, settled(cell)
        for at, formula in formulas.items():
            if row not in self.raw.formulas.get(at, ()):
                yield row, self.raw.first_column + at, formula.at(row)

    def _replaced(
        self, one: MergedRow, row: int, formulas: Mapping[int, ColumnFormula]
    ) -> Iterator[tuple[int, int, Cell]]:
        """Changes by which a row takes another's place: each cell of an old row comes in the style it had."""
        first = self.raw.first_column
        source = None if one.old is None else self.raw.first_row + one.old
        like = None if source is None else self._origin(source)
        for at in range(len(self.raw.captions)):
            if at in formulas:
                yield row, first + at, Placed(formulas[at].at(row), like)
            elif at not in one.named:
                yield row, first + at, Placed(None, None) if source is None else self._moved(source, first + at, row)
            else:
                yield row, first + at, self._named(one.named[at], at, source, row)

    def _named(self, cell: Value | Live, at: int, source: int | None, row: int) -> Cell:
        """A named cell at its new place: the old row's own where that holds the same already."""
        if source is None:
            return Placed(cell if isinstance(cell, Live) else settled(cell), None)
        if isinstance(cell, Live):
            return Placed(cell, self._origin(source))
        if self._stands(source, at, self.raw.values[source - self.raw.first_row][at], cell):
            return self._moved(source, self.raw.first_column + at, row)
        return Placed(settled(cell), self._origin(source))

    def _stands(self, row: int, at: int, old: Value, cell: Value) -> bool:
        """Whether a cell already holds the value, and as a value."""
        is_plain = row not in self.raw.formulas.get(at, ()) and (row, at) not in self.raw.errors
        # Most callers hand back the very objects that they were given.
        return is_plain and (cell is old or same_value(old, settled(cell)))

    def _moved(self, source: int, column: int, row: int) -> Cell:
        """A cell of the row `source` as a change of its new place: what waits there already, else the file's own."""
        waiting = self.changes.get(source, {})
        if column not in waiting:
            return Moved(source, column)
        change = waiting[column]
        if isinstance(change, Moved):
            return change
        placed = change if isinstance(change, Placed) else Placed(change, self._origin(source))
        if isinstance(placed.value, Live):
            return Placed(Live(shifted(placed.value.text, row - source, 0)), placed.like)
        return placed

    def _clear(self, row: int) -> None:
        self.origins[row] = None
        for at in range(len(self.raw.captions)):
            self.changes[row][self.raw.first_column + at] = Placed(None, None)

    def _show(
        self,
        merged: Sequence[MergedRow],
        before: list[list[Value]],
        after: list[list[Value]],
        elsewhere: frozenset[int],
    ) -> None:
        """Remember the table as the next reader should see it; rows `elsewhere` are as they were."""
        raw, sheet = self.raw, self.sheet
        self._unshown = lambda: _shown(sheet, raw, merged, before, after, elsewhere)
        self.end = raw.first_row + max(len(before) + len(merged), 1) - 1


def _shown(
    sheet: Sheet,
    raw: RawTable,
    merged: Sequence[MergedRow],
    before: list[list[Value]],
    after: list[list[Value]],
    elsewhere: frozenset[int],
) -> RawTable:
    """The table `raw` after a write that made it hold `before`, `merged` and `after`."""
    start = raw.first_row + len(before)
    calculated = column_formulas(sheet, raw)
    formulas = {at: set(rows & elsewhere) for at, rows in raw.formulas.items()}
    errors = {place: text for place, text in raw.errors.items() if place[0] in elsewhere}
    for at in calculated:
        formulas.setdefault(at, set()).update(range(start, start + len(merged)))
    for row, one in enumerate(merged, start=start):
        for at, cell in one.named.items():
            if isinstance(cell, Live):
                formulas.setdefault(at, set()).add(row)
    kept_from = {
        raw.first_row + one.old: (row, one) for row, one in enumerate(merged, start=start) if one.old is not None
    }
    for at, rows in raw.formulas.items():
        for row, one in (kept_from[old] for old in rows if old in kept_from):
            if at not in one.named and at not in calculated:
                formulas[at].add(row)
    for (old, at), text in raw.errors.items():
        row, one = kept_from.get(old, (0, MergedRow(None, {})))
        if row and at not in one.named and at not in calculated:
            errors[row, at] = text
    seen = [merged_values(one, raw, calculated) for one in merged]
    for line, one in zip(seen, merged, strict=True):
        for at in one.named:
            line[at] = settled(line[at])
    return RawTable(
        raw.sheet,
        raw.captions,
        raw.first_row,
        raw.first_column,
        before + seen + after,
        {at: frozenset(rows) for at, rows in formulas.items() if rows},
        errors,
    )


def _is_filled(line: Sequence[Value]) -> bool:
    return any(cell is not None and cell != "" for cell in line)
