"""A sheet's XML with some cells changed and every other byte as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from xlpy.errors import WorkbookError
from xlpy.tables.addresses import address, column_letter, column_number
from xlpy.tables.raw import Live, Value
from xlpy.workbook.cells import FormulaText, cell_xml, formula_of, style_of
from xlpy.workbook.scan import placed
from xlpy.workbook.shift import shifted

Changes = Mapping[int, Mapping[int, "Value | Live | Moved"]]

_DATA = re.compile(rb"<sheetData\s*/>|<sheetData\b[^>]*>(.*)</sheetData>", re.DOTALL)
_ROW = re.compile(rb"<row\b[^>]*?(?:/>|>.*?</row>)", re.DOTALL)
_CELL = re.compile(rb"<c\b[^>]*?(?:/>|>.*?</c>)", re.DOTALL)
_ROW_NUMBER = re.compile(rb'<row\b[^>]*?\br="(\d+)"')
_SPANS = re.compile(rb'\sspans="[^"]*"')
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_COL = re.compile(rb"<col\b([^>]*)/>")
_SPECIAL = re.compile(rb'<c\b([^>]*)><f\b([^>]*\bt="(shared|array|dataTable)"[^>]*?)(?:/>|>(.*?)</f>)', re.DOTALL)
_ATTRIBUTE = re.compile(rb'\b(ref|si|min|max|style)="([^"]*)"')
_DIMENSION = re.compile(rb'(<dimension\b[^>]*\bref=")([^"]*)(")')


@dataclass(frozen=True, slots=True)
class Moved:
    """The formula of another cell (Excel row, 1-based column) of the sheet, to stand here with its references moved."""

    row: int
    column: int


@dataclass(frozen=True, slots=True)
class SheetFormulas:
    """Formulas that more than one cell shares: text and place of each shared master, ranges of array formulas."""

    masters: Mapping[bytes, tuple[int, int, str]]
    arrays: tuple[tuple[int, int, int, int], ...]


def _attributes(text: bytes) -> dict[bytes, bytes]:
    return {found[1]: found[2] for found in _ATTRIBUTE.finditer(text)}


def _box(reference: bytes) -> tuple[int, int, int, int]:
    """(top, left, bottom, right) of an A1 range."""
    corners = [re.match(r"\$?([A-Z]+)\$?(\d+)", part) for part in reference.decode().split(":")]
    places = [(int(c[2]), column_number(c[1])) for c in corners if c]
    return (*places[0], *places[-1])


def shared_formulas(xml: bytes) -> SheetFormulas:
    """Find the masters of shared formulas and the ranges of array formulas of a sheet."""
    masters: dict[bytes, tuple[int, int, str]] = {}
    arrays: list[tuple[int, int, int, int]] = []
    for found in _SPECIAL.finditer(xml):
        place, attributes = _PLACE.search(found[1]), _attributes(found[2])
        if place is None:
            continue
        at = int(place[2]), column_number(place[1].decode())
        if found[3] == b"shared" and found[4]:
            formula = formula_of(found[0] + b"</c>")
            masters[attributes.get(b"si", b"")] = (*at, formula.text if formula else "")
        elif found[3] != b"shared":
            arrays.append(_box(attributes[b"ref"]) if b"ref" in attributes else (*at, *at))
    return SheetFormulas(masters, tuple(arrays))


def full_formula(formula: FormulaText, row: int, column: int, shared: SheetFormulas) -> str:
    """Text of a cell's formula; that of a dependant of a shared formula is worked out from its master."""
    if formula.text or b't="shared"' not in formula.attributes:
        return formula.text
    master = shared.masters.get(_attributes(formula.attributes).get(b"si", b""))
    return shifted(master[2], row - master[0], column - master[1]) if master else ""


def column_styles(xml: bytes) -> dict[int, int]:
    """1-based column → style that a new cell of it takes."""
    styles: dict[int, int] = {}
    for found in _COL.finditer(xml[: xml.find(b"<sheetData")]):
        attributes = _attributes(found[1])
        if b"style" in attributes:
            low, high = int(attributes[b"min"]), min(int(attributes[b"max"]), 1_000)
            styles.update(dict.fromkeys(range(low, high + 1), int(attributes[b"style"])))
    return styles


class SheetPatch:
    """One sheet being changed. Cells that are not named, rows that hold none of them, and all else stay as they are."""

    def __init__(self, name: str, xml: bytes) -> None:
        self.name = name
        self._xml = placed(xml)
        self._shared = shared_formulas(self._xml)
        self._styles = column_styles(self._xml)
        data = _DATA.search(self._xml)
        if data is None:
            raise WorkbookError("no_header", sheet=name)
        self._span = data.span()
        self._rows: dict[int, bytes] = {}
        for found in _ROW.finditer(data[1] or b""):
            number = _ROW_NUMBER.match(found[0])
            if number is not None:
                self._rows[int(number[1])] = found[0]

    def style_at(self, row: int, column: int) -> int | None:
        """Style a cell has, or takes when it is new: that of the nearest cell above, else that of its column."""
        own = self._cell(row, column)
        if own is not None:
            return style_of(own)
        for above in range(row - 1, max(row - 3, 0), -1):
            cell = self._cell(above, column)
            if cell is not None and above > 1:
                return style_of(cell)
        return self._styles.get(column)

    def _cell(self, row: int, column: int) -> bytes | None:
        return self._cells(row).get(column)

    def _cells(self, row: int) -> dict[int, bytes]:
        cells = {}
        for found in _CELL.finditer(self._rows.get(row, b"")):
            place = _PLACE.search(found[0])
            if place is not None:
                cells[column_number(place[1].decode())] = found[0]
        return cells

    def _formula(self, row: int, column: int) -> str | None:
        cell = self._cell(row, column)
        formula = formula_of(cell) if cell else None
        return full_formula(formula, row, column, self._shared) if formula else None

    def apply(self, changes: Changes, styles: Mapping[int, Mapping[int, int | None]]) -> bytes:
        """Return the sheet with the changes; `styles` gives each changed cell its style index.

        Raises WorkbookError where a change would break an array formula.
        """
        moved = self._resolved(changes)
        self._refuse_arrays(moved)
        self._free_shared(moved)
        for row, cells in sorted(moved.items()):
            self._rows[row] = self._patched_row(row, cells, styles[row])
        data = b"".join(self._rows[row] for row in sorted(self._rows))
        start, end = self._span
        xml = self._xml[:start] + b"<sheetData>" + data + b"</sheetData>" + self._xml[end:]
        return self._with_dimension(xml, moved)

    def _resolved(self, changes: Changes) -> dict[int, dict[int, Value | Live]]:
        """The changes with moved formulas written out, before any cell is overwritten."""
        resolved: dict[int, dict[int, Value | Live]] = {}
        for row, cells in changes.items():
            resolved[row] = {}
            for column, value in cells.items():
                if isinstance(value, Moved):
                    text = self._formula(value.row, value.column) or ""
                    resolved[row][column] = Live(shifted(text, row - value.row, column - value.column))
                else:
                    resolved[row][column] = value
        return resolved

    def _refuse_arrays(self, changes: Mapping[int, Mapping[int, Value | Live]]) -> None:
        for top, left, bottom, right in self._shared.arrays:
            for row in range(top, bottom + 1):
                for column in changes.get(row, {}):
                    if left <= column <= right:
                        raise WorkbookError("array_formula", sheet=self.name, cell=address(row, column))

    def _free_shared(self, changes: Mapping[int, Mapping[int, Value | Live]]) -> None:
        """Write out every formula that shares a master about to be overwritten."""
        broken = {si for si, (row, column, _) in self._shared.masters.items() if column in changes.get(row, {})}
        if not broken:
            return
        for row in list(self._rows):
            if b't="shared"' not in self._rows[row]:
                continue
            self._rows[row] = _CELL.sub(lambda found: self._freed(found[0], broken), self._rows[row])

    def _freed(self, cell: bytes, broken: set[bytes]) -> bytes:
        formula, place = formula_of(cell), _PLACE.search(cell)
        if formula is None or place is None or _attributes(formula.attributes).get(b"si") not in broken:
            return cell
        row, column = int(place[2]), column_number(place[1].decode())
        return cell_xml(address(row, column), Live(full_formula(formula, row, column, self._shared)), style_of(cell))

    def _patched_row(self, row: int, changes: Mapping[int, Value | Live], styles: Mapping[int, int | None]) -> bytes:
        old = self._rows.get(row)
        cells = self._cells(row)
        for column, value in changes.items():
            cell = cells.get(column)
            if cell is not None and isinstance(value, Live) and self._formula(row, column) == value.text:
                continue
            style = styles[column]
            if cell is None and (value is None or value == "") and style is None:
                continue
            cells[column] = cell_xml(address(row, column), value, style)
        start = f'<row r="{row}">'.encode() if old is None else _opening(old)
        return start + b"".join(cells[column] for column in sorted(cells)) + b"</row>"

    def _with_dimension(self, xml: bytes, changes: Mapping[int, Mapping[int, object]]) -> bytes:
        touched = [(row, column) for row, cells in changes.items() for column in cells]
        if not touched:
            return xml

        def wider(found: re.Match[bytes]) -> bytes:
            top, left, bottom, right = _box(found[2]) if found[2] else (1, 1, 1, 1)
            top, bottom = min(top, *(r for r, _ in touched)), max(bottom, *(r for r, _ in touched))
            left, right = min(left, *(c for _, c in touched)), max(right, *(c for _, c in touched))
            box = f"{column_letter(left)}{top}:{column_letter(right)}{bottom}"
            return found[1] + box.encode() + found[3]

        return _DIMENSION.sub(wider, xml, count=1)


def _opening(row: bytes) -> bytes:
    """Opening tag of a row; its `spans` hint goes, for a cell may now lie outside of it."""
    end = row.index(b">")
    tag = row[:end].rstrip(b"/")
    return _SPANS.sub(b"", tag) + b">"
