"""Cells of one workbook as cells of another: text is spelled out, styles and references are translated.

Nothing is interpreted on the way: numbers keep their digits, errors stay errors, typed dirt stays dirt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape
from typing import TYPE_CHECKING

from lxml import etree

from xlpy.errors import WorkbookError
from xlpy.tables.addresses import address, column_number
from xlpy.tables.raw import Live
from xlpy.workbook.cells import cell_xml, formula_of
from xlpy.workbook.package import Package
from xlpy.workbook.parts import WORKBOOK, relations
from xlpy.workbook.plainxml import plain
from xlpy.workbook.scan import placed
from xlpy.workbook.shared import SheetFormulas, full_formula, shared_formulas

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DATA = re.compile(rb"<sheetData\s*/>|<sheetData\b[^>]*>(.*)</sheetData>", re.DOTALL)
_ROW = re.compile(rb'<row\b[^>]*?\sr="(\d+)"[^>]*?(?:/>|>.*?</row>)', re.DOTALL)
_CELL = re.compile(rb'<c\b(?:[^>]*?\s)?r="([A-Z]{1,3})\d{1,7}"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
_SPANS = re.compile(rb'\sspans="[^"]*"')
_KIND = re.compile(rb'\st="(\w+)"')
_STYLE = re.compile(rb'\ss="(\d+)"')
_VALUE = re.compile(rb"<v\b[^>]*>([^<]*)</v>")
_ARRAY = re.compile(rb't="array"[^>]*\sref="([^"]+)"|\sref="([^"]+)"[^>]*t="array"')
_TEXT = re.compile(rb"<t\b[^>]*>([^<]*)</t>")

_NAMESPACE = re.compile(rb'\sxmlns(?::\w+)?="http://schemas\.openxmlformats\.org/spreadsheetml/2006/main"')

Style = Callable[[int], int]
Formula = Callable[[str], str]


def plain_sheet(package: Package, part: str) -> bytes:
    """A sheet's XML in the plain spelling, every cell with its address. Raises WorkbookError."""
    xml = plain(package.read(part))
    if xml is None:
        raise WorkbookError("bad_part", path=package.path.name, part=part, copies="")
    return placed(xml)


def shared_texts(package: Package) -> tuple[bytes, ...]:
    """What each shared string holds, as a cell of its own would hold it."""
    part = next((part for kind, part in relations(package, WORKBOOK).values() if kind == "sharedStrings"), None)
    if part is None or not package.has(part):
        return ()
    texts = []
    for item in package.parse(part).iter(f"{_MAIN}si"):
        inside = [_bare(child) for child in item if etree.QName(child).localname in {"t", "r"}]
        texts.append(b"".join(inside) or b"<t/>")
    return tuple(texts)


def _bare(node: _Element) -> bytes:
    """An element of the main namespace as it stands inside a sheet: without declaring it, without a prefix."""
    xml = _NAMESPACE.sub(b"", etree.tostring(node, method="c14n", exclusive=True))
    return xml if node.prefix is None else re.sub(rb"(</?)" + node.prefix.encode() + b":", rb"\1", xml)


class SheetCells:
    """The cells of a sheet of the old workbook by row and 1-based column, as they stand."""

    def __init__(self, xml: bytes, texts: tuple[bytes, ...]) -> None:
        self._texts = texts
        self._formulas: SheetFormulas = shared_formulas(xml)
        self.rows: dict[int, dict[int, bytes]] = {}
        data = _DATA.search(xml)
        for row in _ROW.finditer((data[1] or b"") if data else b""):
            cells = {column_number(cell[1].decode()): cell[0] for cell in _CELL.finditer(row[0])}
            self.rows.setdefault(int(row[1]), {}).update(cells)

    def cell(self, row: int, column: int) -> bytes | None:
        """The cell as it stands; None where there is none."""
        return self.rows.get(row, {}).get(column)

    def style(self, row: int, column: int) -> int:
        """Style index of a cell; 0 where it names none."""
        found = _STYLE.search(_opening(self.cell(row, column) or b""))
        return int(found[1]) if found else 0

    def is_filled(self, row: int, column: int) -> bool:
        """Whether the cell holds anything: a value, a text, a formula."""
        cell = self.cell(row, column)
        return cell is not None and (b"<v" in cell or b"<is" in cell or b"<f" in cell)

    def is_text(self, row: int, column: int) -> bool:
        """Whether the cell holds a text that was typed."""
        cell = self.cell(row, column)
        return cell is not None and b"<f" not in cell and self._inside(cell).startswith(b"<is")

    def formula(self, row: int, column: int) -> str | None:
        """Text of the cell's formula; None where it has none."""
        cell = self.cell(row, column)
        found = formula_of(cell) if cell is not None and b"<f" in cell else None
        return None if found is None else full_formula(found, row, column, self._formulas)

    def text(self, row: int, column: int) -> str:
        """The cell's value as a reader sees it, for comparing keys; "" for none and for a formula."""
        cell = self.cell(row, column)
        if cell is None or b"<f" in cell:
            return ""
        inside = self._inside(cell)
        if inside.startswith(b"<is"):
            return unescape(b"".join(_TEXT.findall(inside)).decode("utf-8"))
        found = _VALUE.search(inside)
        written = unescape(found[1].decode("utf-8")) if found else ""
        try:
            number = float(written)
        except ValueError:
            return written
        return str(int(number)) if number.is_integer() else repr(number)

    def _inside(self, cell: bytes) -> bytes:
        """What stands between a cell's tags; a shared text spelled out."""
        opening = _opening(cell)
        if opening.endswith(b"/>"):
            return b""
        kind = _KIND.search(opening)
        inside = cell[len(opening) : -len(b"</c>")]
        if kind is None or kind[1] != b"s":
            return inside
        number = _VALUE.search(inside)
        at = int(number[1]) if number and number[1].isdigit() else -1
        return b"<is>" + self._texts[at] + b"</is>" if 0 <= at < len(self._texts) else b""

    def moved(self, row: int, column: int, to: tuple[int, int], style: int | None, formula: Formula) -> bytes:
        """The cell as it stands at `to` in the new workbook, with that workbook's `style`.

        A formula comes without its cached value; one of several cells (an array) for this cell alone.
        """
        place = address(*to)
        cell = self.cell(row, column) or b""
        text = self.formula(row, column)
        if text:
            written = cell_xml(place, Live(formula(text)), style)
            is_array = _ARRAY.search(cell[: cell.find(b">", cell.find(b"<f")) + 1])
            if is_array:
                written = written.replace(b"<f>", f'<f t="array" ref="{place}">'.encode(), 1)
            return written
        inside = self._inside(cell) if cell else b""
        found = _KIND.search(_opening(cell))
        kind = b"inlineStr" if inside.startswith(b"<is>") else (found[1] if found else b"")
        start = f'<c r="{place}"'.encode() + (b"" if style is None else b' s="%d"' % style)
        if not inside:
            return start + b"/>"
        return start + (b' t="' + kind + b'"' if kind else b"") + b">" + inside + b"</c>"


def _opening(cell: bytes) -> bytes:
    return cell[: cell.find(b">") + 1]


def with_rows(xml: bytes, first: int, rows: Mapping[int, Mapping[int, bytes]]) -> bytes:
    """Return the sheet whose rows from `first` on hold exactly the given cells; rows above it get theirs besides."""
    data = _DATA.search(xml)
    if data is None:
        return xml
    made = {int(row[1]): row[0] for row in _ROW.finditer(data[1] or b"") if int(row[1]) < first}
    for number, cells in rows.items():
        made[number] = _row(number, made.get(number), cells)
    whole = b"".join(made[number] for number in sorted(made))
    return xml[: data.start()] + b"<sheetData>" + whole + b"</sheetData>" + xml[data.end() :]


def _row(number: int, there: bytes | None, cells: Mapping[int, bytes]) -> bytes:
    """A row with these cells; one that is there already keeps its height and its other cells."""
    opening = b'<row r="%d">' % number
    if there is not None:
        kept = {column_number(cell[1].decode()): cell[0] for cell in _CELL.finditer(there)}
        cells = kept | dict(cells)
        opening = _SPANS.sub(b"", _opening(there)[:-1].rstrip(b"/")) + b">"
    return opening + b"".join(cells[at] for at in sorted(cells)) + b"</row>"


def with_cell(xml: bytes, place: tuple[int, int], cell: bytes) -> bytes:
    """Return the sheet with one more cell, or another one, in a row that is there."""
    row, column = place
    return _ROW.sub(lambda found: _row(row, found[0], {column: cell}) if int(found[1]) == row else found[0], xml)
