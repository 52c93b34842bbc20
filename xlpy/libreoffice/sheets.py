"""Sheets and Sheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xlwings import base_classes

from xlpy.libreoffice.books import Book
from xlpy.libreoffice.sheetthings import SheetThings

_ROWS, _COLUMNS = 1_048_576, 16_384
_AXES = {None: (True, True), "rows": (True, False), "r": (True, False), "columns": (False, True), "c": (False, True)}


class Sheets(base_classes.Sheets):
    """The sheets of one workbook."""

    def __init__(self, book: Book) -> None:
        self.book = book

    @property
    def api(self) -> Any:
        """Nothing native is handed out."""
        return None

    @property
    def active(self) -> Sheet:
        """The sheet in front."""
        return Sheet(self.book, self.book.call("active_sheet"))

    def __len__(self) -> int:
        return len(self.book.call("sheet_names"))

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(self.book, key) for key in self.book.call("sheet_numbers"))

    def __call__(self, name_or_index: str | int) -> Sheet:
        """One by name, or by place from 1. Raises KeyError."""
        if isinstance(name_or_index, str):
            return Sheet(self.book, self.book.call("sheet_called", name_or_index))
        try:
            return Sheet(self.book, self.book.call("sheet_at", name_or_index - 1))
        except IndexError:
            raise KeyError(name_or_index) from None

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        """Insert an empty sheet, by default before the active one, and make it active."""
        return Sheet(self.book, self.book.call("add_sheet", before and before.key, after and after.key, name))


class Sheet(SheetThings):
    """One sheet, the same one after it is renamed or moved. Once it is deleted every call raises HostError."""

    book: Any = None

    def __init__(self, book: Book, key: int) -> None:
        self.book, self.key = book, key

    def call(self, verb: str, *arguments: object) -> Any:
        """A verb of this sheet."""
        return self.book.app.call(verb, self.key, *arguments)

    @property
    def api(self) -> Any:
        """Nothing native is handed out."""
        return None

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.call("sheet_name"))

    @name.setter
    def name(self, name: str) -> None:
        self.call("rename_sheet", name)

    @property
    def names(self) -> Any:
        """The names that hold on this sheet alone."""
        from xlpy.libreoffice.names import SheetNames

        return SheetNames(self.book, self)

    @property
    def index(self) -> int:
        """Place, from 1."""
        return int(self.call("sheet_index")) + 1

    def range(self, arg1: Any, arg2: Any = None) -> Any:
        """A range of this sheet by address, by (row, column), or between two corners."""
        from xlpy.libreoffice.ranges import range_of

        return range_of(self, arg1, arg2)

    @property
    def cells(self) -> Any:
        """All its cells."""
        from xlpy.libreoffice.ranges import Range

        return Range(self, 0, 0, _ROWS - 1, _COLUMNS - 1)

    @property
    def used_range(self) -> Any:
        """What is used, from its first used cell."""
        from xlpy.libreoffice.ranges import Range

        return Range(self, *self.call("used_area"))

    def activate(self) -> None:
        """Bring it to the front of its workbook. Raises ValueError for a hidden one."""
        self.call("activate_sheet")

    def select(self) -> None:
        """As `activate`: LibreOffice selects several sheets only by hand."""
        self.call("activate_sheet")

    def clear_contents(self) -> None:
        """Empty its cells."""
        self.call("clear_sheet", True, False)

    def clear_formats(self) -> None:
        """Take the looks off its cells."""
        self.call("clear_sheet", False, True)

    def clear(self) -> None:
        """Empty its cells and take the looks off them."""
        self.call("clear_sheet", True, True)

    def autofit(self, axis: str | None = None) -> None:
        """Let rows and columns fit what is in them."""
        if axis not in _AXES:
            raise ValueError(axis)
        self.call("autofit_sheet", *_AXES[axis])

    def delete(self) -> None:
        """Delete it. Raises ValueError for the only visible one."""
        self.call("delete_sheet")

    def copy(self, before: Sheet | None, after: Sheet | None) -> None:
        """Copy it before or after a sheet of this or another workbook of the same office."""
        beside = before or after or self
        self.call("copy_sheet", beside.book.key, *((beside.key, None) if before else (None, beside.key)))

    def move(self, before: Sheet | None, after: Sheet | None) -> None:
        """Move it within its workbook."""
        self.call("move_sheet", before and before.key, after and after.key)

    @property
    def visible(self) -> bool:
        """Whether it shows."""
        return bool(self.call("sheet_visible"))

    @visible.setter
    def visible(self, value: bool) -> None:
        self.call("show_sheet", bool(value))

    @property
    def show_gridlines(self) -> bool:
        """Whether the lines of the grid show."""
        return bool(self.call("shows_grid"))

    @show_gridlines.setter
    def show_gridlines(self, value: bool) -> None:
        self.call("show_grid", bool(value))

    @property
    def freeze_panes(self) -> Any:
        """Its frozen rows and columns."""
        from xlpy.libreoffice.pages import FreezePanes

        return FreezePanes(self)

    @property
    def page_setup(self) -> Any:
        """How it lies on paper."""
        from xlpy.libreoffice.pages import PageSetup

        return PageSetup(self)

    @property
    def tables(self) -> Any:
        """Its tables."""
        from xlpy.libreoffice.tables import Tables

        return Tables(self)

    @property
    def notes(self) -> Any:
        """The notes of its cells."""
        from xlpy.libreoffice.notes import notes_of

        return notes_of(self)

    @property
    def charts(self) -> Any:
        """Its charts. Where there are any, nothing of theirs is covered."""
        from xlpy.libreoffice.pages import Charts

        return Charts(self)
