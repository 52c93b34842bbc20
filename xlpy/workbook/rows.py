"""Rows and cells of a sheet's XML by their place, found without taking the part to pieces."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping

from xlpy.tables.addresses import column_number

_PIECE = 2 * 1024 * 1024
_NUMBER = re.compile(rb'<row\b[^>]*?\sr="(\d{1,7})"')
_CELL = re.compile(rb'<c\b[^>]*?\sr="([A-Z]{1,3})\d{1,7}"[^>]*?(?:/>|>(?:[^<]+|<(?!/c>))*</c>)')
_SPANS = re.compile(rb'\sspans="(\d+):(\d+)"')


class BrokenRowsError(Exception):
    """Rows are torn, or stand out of order."""


class RowIndex:
    """Where each row of a sheet lies between two positions of its XML."""

    def __init__(self, xml: bytes, start: int, end: int) -> None:
        self._xml = xml
        self._end = end
        self.numbers = array("q")
        self._starts = array("q")
        self._ends = array("q")
        for row, begins, ends in _rows(xml, start, end):
            if self.numbers and row <= self.numbers[-1]:
                raise BrokenRowsError
            self.numbers.append(row)
            self._starts.append(begins)
            self._ends.append(ends)

    def span(self, row: int) -> tuple[int, int]:
        """Where a row lies; where it would have to stand (twice the same position) when it is not there."""
        at = bisect_left(self.numbers, row)
        if at == len(self.numbers):
            return self._end, self._end
        return self._starts[at], self._ends[at] if self.numbers[at] == row else self._starts[at]

    def row(self, row: int) -> bytes:
        """XML of a row, empty where it is not there."""
        start, end = self.span(row)
        return self._xml[start:end]

    def stretch(self, start: int, end: int) -> Iterator[bytes]:
        """Yield the XML from the start of a row to the end of another, in pieces of whole rows of a few megabytes."""
        while end - start > _PIECE:
            cut = self._xml.rfind(b"<row", start + 1, start + _PIECE)
            if cut < 0:
                break
            yield self._xml[start:cut]
            start = cut
        if start < end:
            yield self._xml[start:end]

    def above(self, row: int, count: int, *, first: int, last: int) -> list[int]:
        """The nearest rows above `row` that are there, nearest first, none outside of first…last."""
        at = bisect_right(self.numbers, min(row - 1, last))
        return [number for number in reversed(self.numbers[max(at - count, 0) : at]) if number >= first]


def _rows(xml: bytes, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    at = xml.find(b"<row", start, end)
    while at >= 0:
        opened = xml.find(b">", at, end)
        number = _NUMBER.match(xml, at, max(opened, at))
        if opened < 0 or number is None:
            raise BrokenRowsError
        closed = opened + 1
        if xml[opened - 1] != ord("/"):
            closed = xml.find(b"</row>", opened, end) + len(b"</row>")
            if closed < opened:
                raise BrokenRowsError
        yield int(number[1]), at, closed
        at = xml.find(b"<row", closed, end)


def cells_of(row: bytes) -> dict[int, bytes]:
    """1-based column → XML of each cell of a row, in their order."""
    return {column_number(found[1].decode()): found[0] for found in _CELL.finditer(row)}


def rebuilt(number: int, row: bytes, cells: Mapping[int, bytes], edits: Mapping[int, bytes]) -> bytes:
    """Return a row with some cells replaced or added; its attributes and what follows its cells stay.

    `row` is its XML, empty for a new one; `cells` are those it holds.
    """
    body = b"".join(cell for _, cell in sorted({**cells, **edits}.items()) if cell)
    if not row:
        return b'<row r="%d">' % number + body + b"</row>"
    end = row.index(b">")
    if row[end - 1] == ord("/"):
        return _opening(row[: end - 1], edits) + body + b"</row>"
    last = list(cells.values())[-1] if cells else None
    tail = row[row.rindex(last) + len(last) :] if last is not None else row[end + 1 :]
    return _opening(row[:end], edits) + body + tail


def _opening(tag: bytes, edits: Mapping[int, bytes]) -> bytes:
    """Opening tag of a row; its `spans` hint goes where a cell now lies outside of it."""
    spans = _SPANS.search(tag)
    if spans and not all(int(spans[1]) <= column <= int(spans[2]) for column in edits):
        tag = _SPANS.sub(b"", tag)
    return tag + b">"
