"""An OpenDocument spreadsheet, .ods, as plain sheets: row after row, repeated cells only where they hold something."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

from xlpy.errors import WorkbookError
from xlpy.tables.raw import PlainBook, PlainSheet, Value
from xlpy.workbook.kinds.docprops import saved_at, user_defined
from xlpy.workbook.kinds.grid import SHEETS_LIMIT, Cells, Room, TooMuchError, sheet_of
from xlpy.workbook.package import Package, zip_package

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTENT, _META, _MANIFEST = "content.xml", "meta.xml", "META-INF/manifest.xml"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_SHOWN_AS = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}
_NUMBERS = {"float", "percentage", "currency"}
_SIZE_LIMIT = 48 * 1024 * 1024
_SPACES_LIMIT = 1_000


def read_ods(data: bytes, name: str) -> PlainBook:
    """Return what a file holds. Raises WorkbookError, and TooMuchError where that is more than fits."""
    from lxml import etree

    package = zip_package(data, Path(name))
    if not package.has(_CONTENT):
        raise WorkbookError("not_a_workbook", path=name)
    if package.has(_MANIFEST) and b"encryption-data" in _read(package, _MANIFEST):
        raise WorkbookError("encrypted", path=name)
    meta = _read(package, _META) if package.has(_META) else b""
    try:
        sheets = list(_sheets(_read(package, _CONTENT)))
    except etree.XMLSyntaxError:
        raise package.broken(_CONTENT) from None
    if not sheets:
        raise WorkbookError("not_a_workbook", path=name)
    return PlainBook(sheets, user_defined(meta), saved_at(meta))


def _read(package: Package, part: str) -> bytes:
    if package.size(part) > _SIZE_LIMIT:
        raise TooMuchError("part", _SIZE_LIMIT // (1024 * 1024))
    return package.read(part)


def _sheets(content: bytes) -> Iterator[PlainSheet]:
    from lxml import etree

    room, tables = Room(), 0
    cells, row, depth = Cells(), 0, 0
    events = etree.iterparse(
        BytesIO(content), events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False,
        tag=(f"{_TABLE}table", f"{_TABLE}table-row", f"{_OFFICE}spreadsheet"),
    )  # fmt: skip
    for event, node in events:
        if node.tag == f"{_TABLE}table":
            depth += 1 if event == "start" else -1
            if event == "start" and depth == 1:
                cells, row, tables = Cells(), 0, tables + 1
            elif event == "end" and depth == 0:
                if tables > SHEETS_LIMIT:
                    raise TooMuchError("sheets", SHEETS_LIMIT)
                yield sheet_of(str(node.get(f"{_TABLE}name", "")), cells, room)
                node.clear()
        elif event == "end" and node.tag == f"{_TABLE}table-row" and depth == 1:
            repeated = _count(node, "number-rows-repeated")
            _take_row(node, row + 1, repeated, cells, room)
            row += repeated
            node.clear()


def _count(node: _Element, name: str) -> int:
    said = str(node.get(f"{_TABLE}{name}", "1"))
    return min(int(said), 1 << 30) if said.isdecimal() and len(said) < 12 else 1


def _take_row(node: _Element, row: int, repeated: int, cells: Cells, room: Room) -> None:
    column = 1
    for cell in node:
        if cell.tag not in _CELLS:
            continue
        if not len(cell) and not cell.attrib:
            column += 1
            continue
        times = _count(cell, "number-columns-repeated")
        value, error = _held(cell)
        has_formula = cell.get(f"{_TABLE}formula") is not None
        if value != "" or error or has_formula:
            room.take_cells(times * repeated)
            room.take_text(times * repeated * len(value) if isinstance(value, str) else 0)
            for place in ((row + down, column + right) for down in range(repeated) for right in range(times)):
                if value != "":
                    cells.values[place] = value
                if has_formula:
                    cells.formulas.add(place)
                if error:
                    cells.errors[place] = error
        down, right = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if down > 1 or right > 1:
            room.take_cells(1)
            cells.merged.append((row, column, row + down - 1, column + right - 1))
        column += times


def _held(cell: _Element) -> tuple[Value, str]:
    """The value of a cell, and the error that it shows."""
    kind = cell.get(f"{_OFFICE}value-type")
    if cell.get(_SHOWN_AS) == "error":
        return "", _text(cell) or "#"
    if kind in _NUMBERS:
        return _number(str(cell.get(f"{_OFFICE}value", ""))), ""
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true", ""
    if kind == "date":
        return _moment(str(cell.get(f"{_OFFICE}date-value", ""))), ""
    given = cell.get(f"{_OFFICE}string-value") if kind == "string" else None
    return (str(given) if given is not None else _text(cell)), ""


def _number(said: str) -> Value:
    try:
        number = float(said)
    except ValueError:
        return said
    return number if isfinite(number) else said


def _moment(said: str) -> Value:
    try:
        return datetime.fromisoformat(said).replace(tzinfo=None)
    except ValueError:
        return said


def _text(cell: _Element) -> str:
    """What a cell shows: its paragraphs by lines, without notes and drawings."""
    return "\n".join("".join(_pieces(node)) for node in cell if node.tag == f"{_TEXT}p")


def _pieces(node: _Element) -> Iterator[str]:
    if node.text:
        yield str(node.text)
    for child in node:
        if child.tag == f"{_TEXT}s":
            said = str(child.get(f"{_TEXT}c", "1"))
            yield " " * (min(int(said), _SPACES_LIMIT) if said.isdecimal() and len(said) < 12 else 1)
        elif child.tag in {f"{_TEXT}tab", f"{_TEXT}line-break"}:
            yield "\t" if child.tag == f"{_TEXT}tab" else "\n"
        elif isinstance(child.tag, str) and child.tag.startswith(_TEXT):
            yield from _pieces(child)
        if child.tail:
            yield str(child.tail)
