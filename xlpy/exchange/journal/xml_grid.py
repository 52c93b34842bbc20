"""Sheets of «Таблица XML 2003», which e-journals also export under the name .xls. No network, no entities."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from xlpy.errors import ImportFileError
from xlpy.tables.raw import PlainBook, PlainSheet, Value

_NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_NS = f"{{{_NAMESPACE}}}"
_ROWS_LIMIT, _COLUMNS_LIMIT = 300_000, 16_384


def xml_book(data: bytes, file: str) -> PlainBook:
    """Return the sheets of such a file. Raises ImportFileError where it is broken, has a DOCTYPE or is too large."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise ImportFileError("journal_kind", path=file) from None
    if b"<!DOCTYPE" in data:
        raise ImportFileError("journal_kind", path=file)
    return PlainBook([_sheet(element, file) for element in root.iter(f"{_NS}Worksheet")])


def _sheet(element: etree._Element, file: str) -> PlainSheet:
    values: list[list[Value]] = []
    merged: list[tuple[int, int, int, int]] = []
    for row in element.iter(f"{_NS}Row"):
        at = _index(row, len(values) + 1)
        if at > _ROWS_LIMIT:
            raise ImportFileError("journal_too_long", path=file, limit=_ROWS_LIMIT)
        values += [[] for _ in range(at - 1 - len(values))]
        values.append([])
        for column, cell in _cells(row):
            values[-1] += [None] * (column - 1 - len(values[-1]))
            values[-1].append(_value(cell))
            across, down = (_number(cell, name) for name in ("MergeAcross", "MergeDown"))
            if across or down:
                merged.append((at, column, at + down, column + across))
    return PlainSheet(element.get(f"{_NS}Name", ""), values, merged=merged)


def _cells(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    column = 1
    for cell in row.iter(f"{_NS}Cell"):
        column = _index(cell, column)
        if column > _COLUMNS_LIMIT:
            return
        yield column, cell
        column += 1 + _number(cell, "MergeAcross")


def _index(element: etree._Element, usual: int) -> int:
    said = _number(element, "Index")
    return max(said, usual)


def _number(element: etree._Element, name: str) -> int:
    said = element.get(f"{_NS}{name}", "")
    return int(said) if said.isdecimal() and len(said) < 8 else 0


def _value(cell: etree._Element) -> Value:
    held = cell.find(f"{_NS}Data")
    if held is None:
        return None
    text = "".join(map(str, held.itertext()))
    if held.get(f"{_NS}Type") == "Number":
        try:
            return float(text)
        except ValueError:
            return text
    return text or None
