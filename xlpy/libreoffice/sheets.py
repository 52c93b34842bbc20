"""Sheets and Sheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xlwings import base_classes

from xlpy.libreoffice.books import Book


class Sheets(base_classes.Sheets):
    """The sheets of one workbook."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def __len__(self) -> int:
        return len(self.book.call("sheet_names"))

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(self.book, self.book.call("sheet_at", at)) for at in range(len(self)))

    def __call__(self, name_or_index: str | int) -> Sheet:
        if isinstance(name_or_index, str):
            return Sheet(self.book, self.book.call("sheet_called", name_or_index))
        try:
            return Sheet(self.book, self.book.call("sheet_at", name_or_index - 1))
        except IndexError:
            raise KeyError(name_or_index) from None


class Sheet(base_classes.Sheet):
    """One sheet, the same one after it is renamed or moved."""

    book: Any = None

    def __init__(self, book: Book, key: int) -> None:
        self.book, self.key = book, key

    def call(self, verb: str, *arguments: object) -> Any:
        """A verb of this sheet."""
        return self.book.app.bridge.call(verb, self.key, *arguments)

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.call("sheet_name"))

    @name.setter
    def name(self, name: str) -> None:
        self.call("rename_sheet", name)

    @property
    def index(self) -> int:
        """Place, from 1."""
        return int(self.call("sheet_index")) + 1

    def range(self, arg1: Any, arg2: Any = None) -> Any:
        """A range of this sheet by address, by (row, column), or between two corners."""
        from xlpy.libreoffice.ranges import range_of

        return range_of(self, arg1, arg2)

    @property
    def used_range(self) -> Any:
        """What is used, from its first used cell."""
        from xlpy.libreoffice.ranges import Range

        return Range(self, *self.call("used_area"))
