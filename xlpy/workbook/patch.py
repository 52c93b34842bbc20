"""A sheet's XML with some cells changed and every other byte as it was."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from xlpy.errors import WorkbookError
from xlpy.tables.addresses import address, column_letter
from xlpy.tables.raw import Live
from xlpy.workbook.cells import Cell, Moved, Placed, cell_xml, formula_of, is_blank, moved_cell, style_of
from xlpy.workbook.datestyles import DateStyles
from xlpy.workbook.plainxml import DATA_END, DATA_START
from xlpy.workbook.rows import RowIndex, cells_of, rebuilt
from xlpy.workbook.shared import SheetFormulas, full_formula
from xlpy.workbook.shift import shifted
from xlpy.workbook.tableparts import box

Changes = Mapping[int, Mapping[int, Cell]]
Edits = dict[int, dict[int, bytes]]

_COL = re.compile(rb"<col\b([^>]*)/>")
_ROW_STYLE = re.compile(rb'\ss="(\d+)"')
_ATTRIBUTE = re.compile(rb'\s(min|max|style)="(\d+)"')
_DIMENSION = re.compile(rb'(<dimension\b[^>]*?\sref=")([^"]*)(")')
_MERGED = re.compile(rb'<mergeCell\b[^>]*?\sref="([^"]*)"')
_LIKE_ROWS = 3
_SAMPLE_ROWS = 50
_COLUMNS_STYLED = 1_000


@dataclass(frozen=True, slots=True)
class Body:
    """Excel rows that held the table's data before the change; none where `last` is above `first`."""

    first: int
    last: int


def column_styles(head: bytes) -> dict[int, int]:
    """1-based column → style that a new cell of it takes, from what stands before the cells."""
    styles: dict[int, int] = {}
    for found in _COL.finditer(head):
        attributes = {one[1]: int(one[2]) for one in _ATTRIBUTE.finditer(found[1])}
        if b"style" in attributes:
            low, high = attributes[b"min"], min(attributes[b"max"], _COLUMNS_STYLED)
            styles.update(dict.fromkeys(range(low, high + 1), attributes[b"style"]))
    return styles


class SheetPatch:
    """One sheet being changed. Cells that are not named, rows that hold none of them, and all else stay as they are.

    `xml` is the part in its plain spelling, every row and cell with its address; `shared` are its shared formulas.
    Raises BrokenRowsError for rows that are torn or out of order.
    """

    def __init__(
        self,
        name: str,
        xml: bytes,
        shared: SheetFormulas,
        body: Body,
        styles: DateStyles,
        *,
        from_1904: bool = False,
    ) -> None:
        self.name = name
        self._xml = xml
        start, end = DATA_START.search(self._xml), self._xml.rfind(DATA_END)
        if start is None:
            raise WorkbookError("no_header", sheet=name)
        # A sheet without cells may say so in one tag.
        self._is_empty = end < start.end()
        self._from, self._to = (start.start(), start.end()) if self._is_empty else (start.end(), end)
        self._rows = RowIndex(self._xml, self._to if self._is_empty else self._from, self._to)
        self._body = body
        self._styles = styles
        self._from_1904 = from_1904
        self._column_styles = column_styles(self._xml[: start.start()])
        self._shared = shared
        self._parsed: dict[int, dict[int, bytes]] = {}
        self._usual: dict[int, int | None] | None = None

    def apply(self, changes: Changes) -> Iterator[bytes] | None:
        """Return the sheet with the changes in pieces of whole rows, None where they change nothing.

        Raises WorkbookError where a change would break an array formula or hide a value under merged cells.
        """
        edits = self._edits(changes)
        if not edits:
            return None
        self._refuse_arrays(edits)
        self._refuse_merged(edits)
        self._free_shared(edits)
        return self._pieces(edits)

    def _cells(self, row: int) -> dict[int, bytes]:
        if row not in self._parsed:
            self._parsed[row] = cells_of(self._rows.row(row))
        return self._parsed[row]

    def _edits(self, changes: Changes) -> Edits:
        """XML of every cell that really changes."""
        edits: Edits = {}
        for row, cells in sorted(changes.items()):
            old = self._cells(row)
            found: dict[int, bytes] = {}
            for column, cell in sorted(cells.items()):
                xml = self._edited(row, column, cell, old.get(column))
                if xml is not None and xml != old.get(column):
                    found[column] = xml
            if found:
                edits[row] = found
        return edits

    def _edited(self, row: int, column: int, cell: Cell, old: bytes | None) -> bytes | None:
        """XML of a changed cell; None where nothing changes."""
        if isinstance(cell, Moved):
            return self._carried(row, column, cell, old)
        value = cell.value if isinstance(cell, Placed) else cell
        is_new_row = row > self._body.last and not self._cells(row)
        if value is None and old is None and not is_new_row:
            return None
        style = self._style_like(row, column, cell.like) if isinstance(cell, Placed) else self._style_at(row, column)
        place = address(row, column)
        if isinstance(value, Live):
            is_there = old is not None and style_of(old) == style and self._formula(row, column, old) == value.text
            return None if is_there else cell_xml(place, value, style)
        if value is None:
            is_there = is_blank(old) and style == (style_of(old) if old is not None else None)
            return None if is_there else cell_xml(place, None, style)
        return cell_xml(place, value, self._styles.for_value(value, style), from_1904=self._from_1904)

    def _carried(self, row: int, column: int, cell: Moved, old: bytes | None) -> bytes | None:
        """XML of another place's cell at this one, in its own style; empty where there is no cell at that place."""
        source = self._cells(cell.row).get(cell.column)
        if source is None:
            return None if old is None else b""
        place = address(row, column)
        text = self._formula(cell.row, cell.column, source)
        if text is None:
            return moved_cell(source, place)
        return cell_xml(place, Live(shifted(text, row - cell.row, column - cell.column)), style_of(source))

    def _formula(self, row: int, column: int, cell: bytes) -> str | None:
        formula = formula_of(cell)
        return full_formula(formula, row, column, self._shared) if formula else None

    def _style_at(self, row: int, column: int) -> int | None:
        """Style a cell has, or takes when it is new: of the table's rows above it, else of its row or column."""
        own = self._cells(row).get(column)
        if own is not None:
            return style_of(own)
        for above in self._rows.above(row, _LIKE_ROWS, first=self._body.first, last=self._body.last):
            cell = self._cells(above).get(column)
            if cell is not None:
                return style_of(cell)
        opening = self._rows.row(row).partition(b">")[0]
        of_row = _ROW_STYLE.search(opening) if b"customFormat" in opening else None
        return int(of_row[1]) if of_row else self._column_styles.get(column)

    def _style_like(self, row: int, column: int, like: int | None) -> int | None:
        """Style of the cell in the row `like`; without one the usual style, for what stood here was another's."""
        if like is not None:
            return self._style_at(like, column)
        if self._usual is None:
            self._usual = self._usual_styles()
        is_layout = row > self._body.last and column in self._cells(row)
        if is_layout or column not in self._usual:
            return self._style_at(row, column)
        return self._usual[column]

    def _usual_styles(self) -> dict[int, int | None]:
        """1-based column → the style most of the table's rows have there, by some of them spread over the table."""
        first, last = self._body.first, self._body.last
        seen: dict[int, Counter[int | None]] = {}
        for row in range(first, last + 1, max((last - first) // _SAMPLE_ROWS, 1)):
            for column, cell in self._cells(row).items():
                seen.setdefault(column, Counter())[style_of(cell)] += 1
        return {column: styles.most_common(1)[0][0] for column, styles in seen.items()}

    def _refuse_arrays(self, edits: Edits) -> None:
        for top, left, bottom, right in self._shared.arrays:
            for row, cells in edits.items():
                if top <= row <= bottom:
                    for column in cells:
                        if left <= column <= right:
                            raise WorkbookError("array_formula", sheet=self.name, cell=address(row, column))

    def _refuse_merged(self, edits: Edits) -> None:
        if b"<mergeCell " not in self._xml:
            return
        for found in _MERGED.finditer(self._xml, self._to):
            corners = box(found[1].decode("utf-8", "replace"))
            if corners is None:
                continue
            top, left, bottom, right = corners
            for row, cells in edits.items():
                if not top <= row <= bottom:
                    continue
                for column, xml in cells.items():
                    if left <= column <= right and (row, column) != (top, left) and not is_blank(xml):
                        raise WorkbookError("merged", sheet=self.name, cell=address(row, column))

    def _free_shared(self, edits: Edits) -> None:
        """Write out every formula that shares a master about to be overwritten."""
        for number, (row, column, _) in self._shared.masters.items():
            if column not in edits.get(row, {}):
                continue
            for sharer_row, sharer_column in self._shared.sharers.get(number, ()):
                cell = self._cells(sharer_row).get(sharer_column)
                if cell is None or sharer_column in edits.get(sharer_row, {}):
                    continue
                text = self._formula(sharer_row, sharer_column, cell) or ""
                freed = cell_xml(address(sharer_row, sharer_column), Live(text), style_of(cell))
                edits.setdefault(sharer_row, {})[sharer_column] = freed

    def _pieces(self, edits: Edits) -> Iterator[bytes]:
        xml = self._xml
        yield self._with_dimension(xml[: self._from], edits)
        if self._is_empty:
            yield b"<sheetData>"
        at = self._to if self._is_empty else self._from
        for row, cells in sorted(edits.items()):
            start, end = self._rows.span(row)
            yield from self._rows.stretch(at, start)
            yield rebuilt(row, xml[start:end], self._cells(row), cells)
            at = end
        yield from self._rows.stretch(at, self._to)
        if self._is_empty:
            yield DATA_END
        yield xml[self._to :]

    def _with_dimension(self, head: bytes, edits: Edits) -> bytes:
        rows, columns = list(edits), [column for cells in edits.values() for column in cells]

        def wider(found: re.Match[bytes]) -> bytes:
            top, left, bottom, right = box(found[2].decode("utf-8", "replace")) or (rows[0], columns[0]) * 2
            first = f"{column_letter(min(left, *columns))}{min(top, *rows)}"
            last = f"{column_letter(max(right, *columns))}{max(bottom, *rows)}"
            return found[1] + f"{first}:{last}".encode() + found[3]

        return _DIMENSION.sub(wider, head, count=1)
