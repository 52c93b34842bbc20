"""A sheet as the common writers spell it, read in one go: values, formulas, errors, merged ranges.

Excel, LibreOffice and XlsxWriter write cells in one way. Every sign «<» of the rows must be accounted for by it;
whatever is spelled in another way, and every date, is left to the value reader.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from xlpy.tables.addresses import column_letter
from xlpy.tables.raw import PlainSheet, Value
from xlpy.workbook.kinds.grid import COLUMNS_LIMIT, Cells, Room, finished
from xlpy.workbook.kinds.quickcells import Meanings, OddSheetError, Strings
from xlpy.workbook.plainxml import DATA_END, DATA_START, has_plain_root
from xlpy.workbook.tableparts import box

__all__ = ["OddSheetError", "quick_sheet"]

_COLUMNS = {column_letter(number).encode(): number - 1 for number in range(1, COLUMNS_LIMIT + 1)}
_ADDRESS = re.compile(rb"([A-Z]{1,3})(\d{1,7})")
_ROW, _EMPTY_ROW = re.compile(rb"[^<>]*[^<>/]>\s*"), re.compile(rb"[^<>]*>\s*")
_ROW_END, _CELL_START = b"</row>", b'<c r="'
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
    room.take_cells(xml.count(_CELL_START))
    before, *rows = xml.split(b"<row ")
    if before.strip():
        raise OddSheetError
    lines: list[list[Value]] = []
    layouts = _Layouts()
    for row in rows:
        addresses, spelled = _cells_of(row)
        if not addresses:
            continue
        number = _number_of(addresses[0], lines)
        columns = layouts[b",".join([*addresses, b""]).replace(b"%b," % number, b",")]
        lines.extend([] for _ in range(int(number) - len(lines) - 1))
        lines.append(_laid_out([meanings[one] for one in spelled], columns))
        _note(len(lines), columns, spelled, meanings, cells)
    width = max(map(len, lines), default=0)
    for line in lines:
        line.extend([""] * (width - len(line)))
    return lines


def _cells_of(row: bytes) -> tuple[Sequence[bytes], Sequence[bytes]]:
    """Addresses of the cells of a row after its `<row `, and what each says after its address."""
    row = row.rstrip()
    start, *found = row.removesuffix(_ROW_END).split(_CELL_START)
    if not found:
        if (_ROW if row.endswith(_ROW_END) else _EMPTY_ROW).fullmatch(start) is None:
            raise OddSheetError
        return (), ()
    if _ROW.fullmatch(start) is None or not row.endswith(_ROW_END):
        raise OddSheetError
    addresses, _, spelled = zip(*[cell.partition(b'"') for cell in found], strict=True)
    return addresses, spelled


def _number_of(address: bytes, lines: Sequence[object]) -> bytes:
    found = _ADDRESS.fullmatch(address)
    if found is None or not len(lines) < int(found[2]) <= _ROWS_LIMIT:
        raise OddSheetError
    return found[2]


class _Layouts(dict[bytes, tuple[int, ...]]):
    """Letters of a row's cells → columns, from zero; rows are mostly alike. Raises OddSheetError where they go back."""

    def __missing__(self, letters: bytes) -> tuple[int, ...]:
        columns = tuple([_COLUMNS.get(one, -1) for one in letters[:-1].split(b",")])
        if columns[0] < 0 or any(left >= right for left, right in pairwise(columns)):
            raise OddSheetError
        self[letters] = columns
        return columns


def _laid_out(values: list[Value], columns: tuple[int, ...]) -> list[Value]:
    first = columns[0]
    if not first and columns[-1] == len(columns) - 1:
        return values
    line: list[Value] = [""] * (columns[-1] + 1)
    for column, value in zip(columns, values, strict=True):
        line[column] = value
    return line


def _note(row: int, columns: Sequence[int], spelled: Sequence[bytes], meanings: Meanings, cells: Cells) -> None:
    """Note the formulas and errors of a row."""
    if not meanings.formulas.isdisjoint(spelled):
        cells.formulas.update(
            [(row, column + 1) for column, one in zip(columns, spelled, strict=True) if one in meanings.formulas]
        )
    if not meanings.errors.keys().isdisjoint(spelled):
        for column, one in zip(columns, spelled, strict=True):
            if one in meanings.errors:
                cells.errors[row, column + 1] = meanings.errors[one]
