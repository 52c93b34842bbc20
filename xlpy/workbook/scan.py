"""A raw scan of sheet XML for what the value reader hides: which cells hold formulas, which hold errors."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from xlpy.tables.addresses import column_number

_FORMULA = re.compile(rb"<c\b([^>]*)><f\b")
_ERROR = re.compile(rb'<c\b([^>]*\bt="e"[^>]*)>(.*?)</c>', re.DOTALL)
_VALUE = re.compile(rb"<v>([^<]*)</v>")
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_UNPLACED = re.compile(rb"<c(?=[\s>/])(?![^>]*\sr=)")
_ROW = re.compile(rb"<row\b([^>]*?)(?:/>|>(.*?)</row>)", re.DOTALL)
_CELL = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_ROW_NUMBER = re.compile(rb'\br="(\d+)"')


def placed(xml: bytes) -> bytes:
    """Return the sheet with an address on every row and cell, as the standard lets a writer leave them out."""
    if not _UNPLACED.search(xml):
        return xml
    number = 0

    def row(match: re.Match[bytes]) -> bytes:
        nonlocal number
        given = _ROW_NUMBER.search(match[1])
        number = int(given[1]) if given else number + 1
        attributes = match[1] if given else b' r="%d"' % number + match[1]
        if match[2] is None:
            return b"<row" + attributes + b"/>"
        return b"<row" + attributes + b">" + _with_addresses(match[2], number) + b"</row>"

    return _ROW.sub(row, xml)


def _with_addresses(cells: bytes, row: int) -> bytes:
    from xlpy.tables.addresses import column_letter

    column = 0

    def cell(match: re.Match[bytes]) -> bytes:
        nonlocal column
        given = _PLACE.search(match[1])
        column = column_number(given[1].decode()) if given else column + 1
        if given:
            return match[0]
        return match[0].replace(b"<c", b'<c r="%s%d"' % (column_letter(column).encode(), row), 1)

    return _CELL.sub(cell, cells)


def _places(pattern: re.Pattern[bytes], xml: bytes) -> Iterator[tuple[int, int, re.Match[bytes]]]:
    for match in pattern.finditer(xml):
        place = _PLACE.search(match[1])
        if place is not None:
            yield int(place[2]), column_number(place[1].decode()), match


def formula_rows(xml: bytes) -> dict[int, set[int]]:
    """1-based column → Excel rows of its formula cells."""
    found: dict[int, set[int]] = defaultdict(set)
    for row, column, _ in _places(_FORMULA, xml):
        found[column].add(row)
    return found


def error_cells(xml: bytes) -> dict[tuple[int, int], str]:
    """(Excel row, 1-based column) → error text of cells whose value is an error."""
    if b't="e"' not in xml:
        return {}
    errors = {}
    for row, column, match in _places(_ERROR, xml):
        text = _VALUE.search(match[2])
        errors[row, column] = text[1].decode("utf-8", "replace") if text else "#"
    return errors
