"""A sheet as the common writers spell it, read in one go: values, formulas, errors, merged ranges.

Excel, LibreOffice and XlsxWriter write cells in one way. Every sign «<» of the rows must be accounted for by it;
whatever is spelled in another way, and every date, is left to the value reader.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from xlpy.tables.addresses import column_letter
from xlpy.tables.raw import PlainSheet, Value
from xlpy.workbook.kinds.grid import COLUMNS_LIMIT, Cells, Room, finished
from xlpy.workbook.kinds.quickcells import Meanings, OddSheetError, Strings, marked
from xlpy.workbook.plainxml import DATA_END, DATA_START, has_plain_root
from xlpy.workbook.tableparts import box

__all__ = ["OddSheetError", "quick_sheet"]

_COLUMNS = {column_letter(number).encode(): number - 1 for number in range(1, COLUMNS_LIMIT + 1)}
_ADDRESS = re.compile(rb'[A-Z]{1,3}(\d{1,7})"')
_ROW_END = b"</row>"
# It never fails once it has begun: however many rows there are, each is looked at once.
_BETWEEN = re.compile(rb"</row>\s*(?:<row [^<>]*+>(?:(?<=/>)|\s*</row>)\s*)*+(<row [^<>]*+>(?<!/>)\s*)?")
_CELL_START = b'<c r="'
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
# A sheet past these is not what this reader is for: the other one looks at its reach before it is laid out.
_ROWS_LIMIT, _MERGED_LIMIT, _SIZE_LIMIT = 5_000, 10_000, 2 * 1024 * 1024


def quick_sheet(name: str, xml: bytes, strings: Strings, dates: Collection[int], room: Room) -> PlainSheet:
    """Return a sheet; `dates` are the styles of dates. Raises OddSheetError where the value reader is needed."""
    start, end = DATA_START.search(xml), xml.rfind(DATA_END)
    if start is None or len(xml) > _SIZE_LIMIT:
        raise OddSheetError
    head = xml[: start.start()]
    if not has_plain_root(head) or b"<!" in head:
        raise OddSheetError
    cells = Cells()
    if start[1] or start[2]:
        return finished(name, [], cells)
    tail = xml[end:]
    if end < 0 or b"<!" in tail:
        raise OddSheetError
    cells.merged.extend(_merged(tail))
    return finished(name, _rows(xml[start.end() : end], cells, Meanings(strings, dates), room), cells)


def _merged(xml: bytes) -> Iterator[tuple[int, int, int, int]]:
    found = _MERGED.findall(xml)
    if len(found) != xml.count(b"<mergeCell ") or len(found) > _MERGED_LIMIT:
        raise OddSheetError
    for reference in found:
        place = box(reference.decode())
        if place is not None:
            yield place


def _rows(xml: bytes, cells: Cells, meanings: Meanings, room: Room) -> list[list[Value]]:
    """Return the rows from A1 on. Raises OddSheetError, TooMuchError."""
    lines: list[list[Value]] = []
    letters = b""
    for row in _filled_rows(marked(xml)):
        before, *found = row.split(_CELL_START)
        if before or not found:
            raise OddSheetError
        room.take_cells(len(found))
        number = _number_of(found[0], lines)
        letters, spelled = _parted(found, number, letters)
        columns = _columns(letters)
        lines.extend([[]] * (int(number) - len(lines) - 1))
        lines.append(_laid_out([meanings[one] for one in spelled], columns))
        if not meanings.formulas.isdisjoint(spelled):
            places = zip(columns, spelled, strict=True)
            cells.formulas.update([(len(lines), column + 1) for column, one in places if one in meanings.formulas])
        if meanings.errors:
            _note_errors(len(lines), zip(columns, spelled, strict=True), meanings, cells)
    width = max(map(len, lines), default=0)
    return [line if len(line) == width else [*line, *[""] * (width - len(line))] for line in lines]


def _filled_rows(xml: bytes) -> Sequence[bytes]:
    """The cells of each row that has any, as spelled. Whatever stands between rows is nothing but tags of rows."""
    before, *parts = _BETWEEN.split(_ROW_END + xml)
    (*starts, end), (*rows, after) = parts[::2], parts[1::2]
    if before or after or end is not None or None in starts:
        raise OddSheetError
    return rows


def _parted(found: Sequence[bytes], number: bytes, letters: bytes) -> tuple[bytes, Sequence[bytes]]:
    """Letters of the cells of a row, each with a comma after it, and what each cell says after its address.

    Rows are mostly alike: the letters of the row before are tried first. What follows an address is no letter.
    """
    spelled: Sequence[bytes] = list(map(bytes.removeprefix, found, letters.replace(b",", number + b'",').split(b",")))
    if letters.count(b",") == len(found) and max(spelled) < b"A":
        return letters, spelled
    addresses, _, spelled = zip(*[cell.partition(b'"') for cell in found], strict=True)
    letters = (b",".join(addresses) + b",").replace(number + b",", b",")
    if letters.count(b",") != len(found):
        raise OddSheetError
    return letters, spelled


def _number_of(cell: bytes, lines: Sequence[object]) -> bytes:
    found = _ADDRESS.match(cell)
    if found is None or not len(lines) < int(found[1]) <= _ROWS_LIMIT:
        raise OddSheetError
    return found[1]


@lru_cache(maxsize=256)
def _columns(letters: bytes) -> tuple[int, ...]:
    """Letters of a row's cells → columns, from zero. Raises OddSheetError where they go back."""
    columns = tuple([_COLUMNS.get(one, -1) for one in letters[:-1].split(b",")])
    if columns[0] < 0 or any(left >= right for left, right in pairwise(columns)):
        raise OddSheetError
    return columns


def _laid_out(values: list[Value], columns: tuple[int, ...]) -> list[Value]:
    first = columns[0]
    if not first and columns[-1] == len(columns) - 1:
        return values
    line: list[Value] = [""] * (columns[-1] + 1)
    for column, value in zip(columns, values, strict=True):
        line[column] = value
    return line


def _note_errors(row: int, spelled: Iterable[tuple[int, bytes]], meanings: Meanings, cells: Cells) -> None:
    for column, one in spelled:
        if one in meanings.errors:
            cells.errors[row, column + 1] = meanings.errors[one]
