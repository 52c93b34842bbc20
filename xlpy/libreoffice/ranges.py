"""Range: a rectangle of one sheet."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from xlwings import utils

from xlpy.libreoffice.looks import RangeLooks
from xlpy.libreoffice.sheets import Sheet
from xlpy.libreoffice.values import CellError, to_moment, to_number

_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383
_CELL = re.compile(r"^\$?([A-Za-z]{1,3})\$?(\d+)$")


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def range_of(sheet: Sheet, first: Any, second: Any = None) -> Range:
    """The range by address, (row, column) from 1, (row, column, rows, columns), a Range; or between two of these."""
    one = _corner(sheet, first)
    if second is None:
        return one
    two = _corner(sheet, second)
    return Range(sheet, min(one.r0, two.r0), min(one.c0, two.c0), max(one.r1, two.r1), max(one.c1, two.c1))


def _corner(sheet: Sheet, arg: Any) -> Range:
    if isinstance(arg, Range):
        return arg
    if isinstance(arg, tuple):
        if 0 in arg[:2]:
            raise IndexError("Attempted to access 0-based Range. xlwings/Excel Ranges are 1-based.")
        rows, columns = arg[2:] or (1, 1)
        return Range(sheet, arg[0] - 1, arg[1] - 1, arg[0] + rows - 2, arg[1] + columns - 2)
    corners = [_CELL.match(part) for part in str(arg).split(":")]
    if not corners or len(corners) > 2 or None in corners:
        raise KeyError(arg)
    cells = [(int(found[2]) - 1, _column_number(found[1])) for found in corners if found]
    rows, columns = sorted(cell[0] for cell in cells), sorted(cell[1] for cell in cells)
    return Range(sheet, rows[0], columns[0], rows[-1], columns[-1])


class Range(RangeLooks):
    """Rows r0…r1 and columns c0…c1 of a sheet, 0-based, both ends in; r1 < r0 or c1 < c0 is an empty range."""

    sheet: Any = None
    max_cells_per_read = None
    max_cells_per_write = None

    def __init__(self, sheet: Sheet, r0: int, c0: int, r1: int, c1: int) -> None:
        self.sheet, self.r0, self.c0, self.r1, self.c1 = sheet, r0, c0, r1, c1

    @property
    def area(self) -> list[int]:
        """The rectangle as verbs take it."""
        return [self.r0, self.c0, self.r1, self.c1]

    @property
    def api(self) -> Any:
        """Nothing native is handed out; xlwings only asks whether the range is empty."""
        return None if 0 in self.shape else self.area

    @property
    def coords(self) -> tuple[Any, ...]:
        """(sheet, row, column, rows, columns)."""
        return (self.sheet.name, self.row, self.column, *self.shape)

    @property
    def row(self) -> int:
        """First row, from 1."""
        return self.r0 + 1

    @property
    def column(self) -> int:
        """First column, from 1."""
        return self.c0 + 1

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, columns)."""
        return self.r1 - self.r0 + 1, self.c1 - self.c0 + 1

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int | None = None) -> Range:
        if column is None:
            row, column = divmod(row - 1, self.shape[1])
            row, column = row + 1, column + 1
        if row == 0 or column == 0:
            raise IndexError("Attempted to access 0-based Range. xlwings/Excel Ranges are 1-based.")
        r, c = self.r0 + row - 1, self.c0 + column - 1
        return Range(self.sheet, r, c, r, c)

    @property
    def raw_value(self) -> Any:
        """Rows of values; None for an empty range."""
        if 0 in self.shape:
            return None
        read = self.sheet.book.call("read_values", self.sheet.key, self.area)
        rows = [list(row) for row in read["rows"]]
        for kind, r0, c0, r1, c1 in read["kinds"]:
            turn = bool if kind == "logical" else to_moment
            for row in rows[r0 : r1 + 1]:
                row[c0 : c1 + 1] = [turn(one) if type(one) is float else one for one in row[c0 : c1 + 1]]
        for r, c, text in read["errors"]:
            rows[r][c] = CellError(text)
        return rows

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        rows = value if isinstance(value, (list, tuple)) else [[value] * self.shape[1]] * self.shape[0]
        if rows and not isinstance(rows[0], (list, tuple)):
            rows = [rows]
        area = [self.r0, self.c0, self.r0 + len(rows) - 1, self.c0 + len(rows[0]) - 1]
        plain = [[_plain(one) for one in row] for row in rows]
        self.sheet.call("write_values", area, plain)

    def get_address(self, row_absolute: bool = True, col_absolute: bool = True, external: bool = False) -> str:
        """A1 address."""
        del external

        def cell(r: int, c: int) -> str:
            return f"{'$' if col_absolute else ''}{utils.col_name(c + 1)}{'$' if row_absolute else ''}{r + 1}"

        first = cell(self.r0, self.c0)
        return first if len(self) == 1 else f"{first}:{cell(self.r1, self.c1)}"

    @property
    def address(self) -> str:
        """Absolute A1 address."""
        return self.get_address()


def _plain(one: Any) -> Any:
    if one is None:
        return ""
    if isinstance(one, (bool, int, float)):
        return float(one)
    return to_number(one) if isinstance(one, dt.date) else str(one)
