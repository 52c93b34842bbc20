"""Range: a rectangle of one sheet, or several of them of which the first counts, as in Excel."""

from __future__ import annotations

from typing import Any

from xlpy.libreoffice.addresses import address_of, area_of, is_on_sheet, split_sheet, with_sheet
from xlpy.libreoffice.awaited import RangeAwaited
from xlpy.libreoffice.contents import RangeContents
from xlpy.libreoffice.edits import RangeEdits
from xlpy.libreoffice.looks import RangeLooks
from xlpy.libreoffice.sheets import Sheet
from xlpy.libreoffice.sizes import RangeSizes

_MODES = {
    "table": "table",
    "down": "down",
    "vertical": "down",
    "d": "down",
    "right": "right",
    "horizontal": "right",
    "r": "right",
}
_DIRECTIONS = {"d": "down", "u": "up", "l": "left", "r": "right"}


def range_of(sheet: Sheet, first: Any, second: Any = None) -> Range:
    """The range by address, name, (row, column[, rows, columns]) from 1 or Range; or between two of these.

    Raises KeyError for what is no address and no name, IndexError for what is beyond the sheet.
    """
    one = _corner(sheet, first)
    if second is None:
        return one
    two = _corner(sheet, second)
    made = Range(sheet, min(one.r0, two.r0), min(one.c0, two.c0), max(one.r1, two.r1), max(one.c1, two.c1))
    made.arg1_input = address_of(made.area, "", "")
    return made


def _corner(sheet: Sheet, arg: Any) -> Range:
    if isinstance(arg, Range):
        return arg
    if isinstance(arg, tuple):
        return _by_numbers(sheet, arg)
    named, rest = split_sheet(str(arg).strip())
    if named and named.lower() != sheet.name.lower():
        return _corner(sheet.book.sheets(named), rest)
    areas = [area_of(part) for part in rest.split(",")]
    if None in areas:
        return _by_name(sheet, rest)
    made = Range(sheet, *(areas[0] or ()))
    made.areas = [area for area in areas if area]
    made.arg1_input = rest
    return made


def _by_numbers(sheet: Sheet, cell: tuple[int, ...]) -> Range:
    if 0 in cell[:2]:
        raise IndexError("Attempted to access 0-based Range. xlwings/Excel Ranges are 1-based.")
    rows, columns = cell[2:] or (1, 1)
    area = [cell[0] - 1, cell[1] - 1, cell[0] + rows - 2, cell[1] + columns - 2]
    if not is_on_sheet(area):
        raise IndexError(cell)
    return Range(sheet, *area)


def _by_name(sheet: Sheet, name: str) -> Range:
    number, *areas = sheet.book.call("named_areas", sheet.key, name)
    made = Range(Sheet(sheet.book, number), *areas[0])
    made.areas = areas
    made.arg1_input = name
    return made


class Range(RangeContents, RangeEdits, RangeSizes, RangeLooks, RangeAwaited):
    """Rows r0…r1 and columns c0…c1 of a sheet, 0-based, both ends in; r1 < r0 or c1 < c0 is an empty range."""

    sheet: Any = None
    # The address it was asked for by, where it was one: xlwings asks whether that takes whole rows or columns.
    arg1_input = ""

    def __init__(self, sheet: Sheet, r0: int, c0: int, r1: int, c1: int) -> None:
        self.sheet, self.r0, self.c0, self.r1, self.c1 = sheet, r0, c0, r1, c1
        self.areas = [[r0, c0, r1, c1]]

    @property
    def area(self) -> list[int]:  # type: ignore[override]
        """The first rectangle as verbs take it."""
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
        """(rows, columns) of the first rectangle."""
        return self.r1 - self.r0 + 1, self.c1 - self.c0 + 1

    def __len__(self) -> int:
        if 0 in self.shape:
            return 0
        return sum((r1 - r0 + 1) * (c1 - c0 + 1) for r0, c0, r1, c1 in self.areas)

    def __call__(self, row: int, column: int | None = None) -> Range:
        """A cell counted from the first one, which is (1, 1); 0 and less are above and left of it."""
        if column is None:
            down, right = divmod(row - 1, self.shape[1])
        else:
            down, right = row - 1, column - 1
        r, c = self.r0 + down, self.c0 + right
        if not is_on_sheet([r, c, r, c]):
            raise IndexError((row, column))
        return Range(self.sheet, r, c, r, c)

    @property
    def rows(self) -> Range:
        """The range itself: xlwings goes over its rows."""
        return self

    @property
    def columns(self) -> Range:
        """The range itself: xlwings goes over its columns."""
        return self

    def get_address(self, row_absolute: bool = True, col_absolute: bool = True, external: bool = False) -> str:
        """A1 address; with workbook and sheet in front where `external`."""
        marks = "$" if row_absolute else "", "$" if col_absolute else ""
        found = [address_of(area, *marks) for area in self.areas]
        if external:
            names = self.sheet.name, self.sheet.book.name
            found = [with_sheet(names[0], one, names[1]) for one in found]
        return ",".join(found)

    @property
    def address(self) -> str:
        """Absolute A1 address; of an empty range its place and shape."""
        if 0 in self.shape:
            return f"{address_of([self.r0, self.c0] * 2)}{{{self.shape[0]}x{self.shape[1]}}}"
        return self.get_address()

    def end(self, direction: str) -> Range:
        """The cell that Ctrl and an arrow leads to from the first one."""
        way = _DIRECTIONS.get(direction, direction)
        if way not in _DIRECTIONS.values():
            raise ValueError(direction)
        r, c = self.sheet.call("end_of", self.r0, self.c0, way)
        return Range(self.sheet, r, c, r, c)

    def expand(self, mode: Any = "table") -> Any:
        """From the first cell down, right or both, as far as there is data; an expander of the user's own goes too."""
        if mode not in _MODES:
            return super().expand(mode)  # type: ignore[no-untyped-call]
        return Range(self.sheet, *self.sheet.call("expanded_area", self.area, _MODES[mode]))

    @property
    def current_region(self) -> Range:
        """The region around its first cell, bounded by empty rows and columns."""
        if 0 in self.shape:
            return self
        return Range(self.sheet, *self.sheet.call("region_around", self.r0, self.c0))

    def select(self) -> None:
        """Select it; its sheet becomes the active one."""
        self.sheet.call("select_areas", self.areas)

    @property
    def name(self) -> Any:
        """The defined name that stands for exactly this range; None where there is none."""
        from xlpy.libreoffice.names import Name

        found = self.sheet.book.call("name_of_area", self.sheet.key, self.area)
        return Name(self.sheet.book, self.sheet if found[0] else None, found[1]) if found else None

    @name.setter
    def name(self, value: str) -> None:
        self.sheet.book.names.add(value, "=" + with_sheet(self.sheet.name, address_of(self.area)))

    @property
    def table(self) -> Any:
        """The table that its first cell lies in; None where there is none."""
        from xlpy.libreoffice.tables import Table

        found = self.sheet.book.call("table_at", self.sheet.key, self.r0, self.c0)
        return Table(self.sheet, found) if found else None
