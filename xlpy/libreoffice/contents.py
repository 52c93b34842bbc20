"""What a range holds: the part of Range about values and formulas."""

from __future__ import annotations

import re
from typing import Any

from xlwings import base_classes

from xlpy.libreoffice.fills import filled, moved
from xlpy.libreoffice.formulas import to_excel, to_office
from xlpy.libreoffice.values import CellError, assembled, taken_apart, to_number
from xlpy.words.libreoffice import uncovered

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
# So many rows of one formula the office fills sooner than it is told each.
_LONG = 256
# Where a fill will not do, the office takes a minute for so many, and a quarter of an hour for four times as many.
_TOO_LONG = 40_000
# What a whole sheet would be, 17 billion cells, no memory holds. 32 whole columns it still does.
_MOST = 2**25


class RangeContents(base_classes.Range):
    """Members of Range that read and write contents. Uses `sheet`, `area`, `areas` and `shape` of the whole Range."""

    sheet: Any = None
    area: list[int]
    areas: list[list[int]]
    # One call reads or writes a whole range, so xlwings cuts it only where its user asks for pieces.
    max_cells_per_read = None
    max_cells_per_write = None

    @property
    def raw_value(self) -> Any:
        """The value of one cell, rows of values of more; None for an empty range. An empty cell is an empty text."""
        if 0 in self.shape:
            return None
        _check_size(self.area)
        rows = assembled(self.sheet.book.call("read_values", self.sheet.key, self.area), self.shape)
        return rows[0][0] if self.shape == (1, 1) else rows

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        if 0 in self.shape:
            return
        if not isinstance(value, (list, tuple)):
            self._fill(value)
        elif value:
            rows = value if isinstance(value[0], (list, tuple)) else [value]
            self._write(self.area, *taken_apart(rows))

    def _write(self, area: list[int], rows: list[list[Any]], marks: dict[str, Any]) -> None:
        width = len(rows[0])
        if any(len(row) != width for row in rows):
            raise ValueError("rows differ in length")
        block = [area[0], area[1], area[0] + len(rows) - 1, area[1] + width - 1]
        self.sheet.book.call("write_contents", self.sheet.key, block, rows, marks)

    def _fill(self, value: Any) -> None:
        """One value into every cell."""
        [[plain]], marks = taken_apart([[value]])
        kind = next((kind for kind, parts in marks.items() if parts), "")
        for area in self.areas:
            if plain != "" or kind:
                _check_size(area)
            if kind == "formula":
                self._fill_formula(area, to_office(value))
            else:
                self.sheet.book.call("fill_cells", self.sheet.key, area, plain, kind)

    def _fill_formula(self, area: list[int], formula: str) -> None:
        rows, columns = area[2] - area[0] + 1, area[3] - area[1] + 1
        blocks = self.sheet.call("blocks_to_fill", area) if rows > _LONG else []
        if blocks:
            tops = [(block, block[0] - area[0], range(block[1] - area[1], block[3] - area[1] + 1)) for block in blocks]
            firsts = [[block, [moved(formula, down, right) for right in across]] for block, down, across in tops]
            self.sheet.book.call("fill_down", self.sheet.key, area, firsts)
            return
        if rows > _TOO_LONG:
            raise NotImplementedError(uncovered(f"Range.formula ({rows})", f"Range.formula (<= {_TOO_LONG})"))
        part = [0, 0, rows - 1, columns - 1]
        formulas = filled(formula, rows, columns)
        self._write(area, [[""] * columns] * rows, {"formula": [[part, formulas]]})

    @property
    def formula(self) -> Any:
        """The formula, or the constant as text, of one cell; of more cells rows of them. None for an empty range."""
        if 0 in self.shape:
            return None
        _check_size(self.area)
        read = self.sheet.book.call("read_formulas", self.sheet.key, self.area)
        rows = [[_as_typed(one) for one in row] for row in assembled(read, self.shape)]
        for (r0, c0, _, _), formulas in read["formulas"]:
            for r, row in enumerate(formulas):
                rows[r0 + r][c0 : c0 + len(row)] = map(to_excel, row)
        return rows[0][0] if self.shape == (1, 1) else tuple(map(tuple, rows))

    @formula.setter
    def formula(self, value: Any) -> None:
        if isinstance(value, (list, tuple)):
            rows = value if value and isinstance(value[0], (list, tuple)) else [value]
            self.raw_value = [[_typed(one) for one in row] for row in rows]
        else:
            self.raw_value = _typed(value)

    @property
    def formula2(self) -> Any:
        """As `formula`: LibreOffice has no formulas that spill."""
        return self.formula

    @formula2.setter
    def formula2(self, value: Any) -> None:
        self.formula = value

    @property
    def formula_array(self) -> Any:
        """The array formula of the range, else the formula or constant that all cells share; None where they differ."""
        if 0 in self.shape:
            return None
        shared = self.sheet.call("read_array_formula", self.area)
        if shared:
            return to_excel(shared)
        found = self.formula
        alike = {found} if isinstance(found, str) else {one for row in found for one in row}
        return alike.pop() if len(alike) == 1 else None

    @formula_array.setter
    def formula_array(self, value: str) -> None:
        if 0 not in self.shape:
            self.sheet.call("write_array_formula", self.area, to_office(value.removeprefix("{").removesuffix("}")))

    @property
    def has_array(self) -> bool:
        """Whether its first cell belongs to an array formula."""
        return 0 not in self.shape and bool(self.sheet.call("has_array_formula", self.area))

    def clear_contents(self) -> None:
        """Empty the cells; their looks and notes stay."""
        self._clear("contents")

    def clear_formats(self) -> None:
        """Take the looks off the cells."""
        self._clear("formats")

    def clear(self) -> None:
        """Empty the cells and take looks and notes off them."""
        self._clear("all")

    def _clear(self, what: str) -> None:
        if 0 not in self.shape:
            self.sheet.call("clear_cells", self.areas, what)


def _check_size(area: list[int]) -> None:
    count = (area[2] - area[0] + 1) * (area[3] - area[1] + 1)
    if count > _MOST:
        raise MemoryError(f"{count} cells at once")


def _as_typed(content: Any) -> str:
    if isinstance(content, (bool, CellError, str)):
        return str(content).upper() if isinstance(content, bool) else str(content)
    number = content if isinstance(content, float) else to_number(content)
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number).upper()


def _typed(content: Any) -> Any:
    """A constant given as formula is what a person would get who types it in English."""
    if not isinstance(content, str) or content[:1] in {"=", "'", ""}:
        return content
    if content.upper() in {"TRUE", "FALSE"}:
        return content.upper() == "TRUE"
    return float(content) if _NUMBER.fullmatch(content) else content
