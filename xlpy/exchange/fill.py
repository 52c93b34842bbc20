"""Rows read elsewhere, put into a workbook: into empty sheets as they come, into filled ones by the rows' keys."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from typing import Protocol

from xlpy.tables import schema
from xlpy.tables.convert import is_empty
from xlpy.tables.declare import Sheet
from xlpy.tables.merge import match_key, positions_of
from xlpy.tables.raw import Live, RawTable, Value

Row = dict[str, Value]


class Fillable(Protocol):
    """What of the door's port is needed here."""

    def read_tables(self, sheets: Sequence[Sheet]) -> dict[str, RawTable]:
        """Return tables by sheet key."""
        ...

    def write_table(self, sheet: Sheet, rows: Sequence[Mapping[str, Value | Live]]) -> None:
        """Make a table hold exactly these rows."""
        ...


def fill_from_rows(book: Fillable, rows: Mapping[str, Sequence[Mapping[str, Value]]]) -> dict[str, int]:
    """Put rows by sheet key into the workbook; return how many each sheet got, by sheet name.

    A row whose key the sheet holds already changes the cells it names (one parameter of «Настройки», one scale of
    «Шкалы»); any other is added below. Takes effect at the workbook's `save`.
    """
    counts: dict[str, int] = {}
    for sheet in schema.SHEETS:
        if sheet.key in rows:
            raw = book.read_tables([sheet])[sheet.key]
            book.write_table(sheet, merged_rows(sheet, raw, rows[sheet.key]))
            counts[sheet.name] = len(rows[sheet.key])
    return counts


def merged_rows(sheet: Sheet, raw: RawTable, rows: Sequence[Mapping[str, Value]]) -> list[Row]:
    """Return all rows the sheet should hold: the old ones in their order, each named by its key, then the new ones."""
    positions = positions_of(sheet, raw.captions)
    # A table without rows holds one empty row for its formulas and looks: the first new row takes its place.
    held = [written for written in raw.values if not all(map(is_empty, written))]
    merged: list[Row] = [{key: written[positions[key]] for key in sheet.match} for written in held]
    there: dict[tuple[str, ...], deque[Row]] = defaultdict(deque)
    for old in merged:
        there[_key(sheet, old)].append(old)
    for row in rows:
        found = there.get(_key(sheet, row))
        if found:
            old = found[0] if len(found) == 1 else found.popleft()
            old.update({key: value for key, value in row.items() if key not in sheet.match})
        else:
            merged.append(dict(row))
    return merged


def _key(sheet: Sheet, row: Mapping[str, Value]) -> tuple[str, ...]:
    return match_key([sheet.column(key) for key in sheet.match], [row.get(key) for key in sheet.match])
