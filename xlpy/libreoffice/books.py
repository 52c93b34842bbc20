"""Books and Book."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from xlwings import base_classes

from xlpy.errors import HostError
from xlpy.libreoffice.apps import App


class Books(base_classes.Books):
    """The open workbooks of one office."""

    app: Any = None

    def __init__(self, app: App) -> None:
        self.app = app

    def _all(self) -> list[Book]:
        return [Book(self.app, key) for key in self.app.bridge.call("documents")]

    def __iter__(self) -> Iterator[Book]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __call__(self, name_or_index: str | int) -> Book:
        books = self._all()
        if isinstance(name_or_index, int):
            try:
                return books[name_or_index - 1]
            except IndexError:
                raise KeyError(name_or_index) from None
        for book in books:
            if name_or_index.lower() in (book.name.lower(), book.fullname.lower()):
                return book
        raise KeyError(name_or_index)

    def add(self) -> Book:
        """Make an empty workbook."""
        return Book(self.app, self.app.bridge.call("new_document", not self.app.visible))

    def open(self, fullname: str, update_links: Any = None, read_only: bool | None = None, *_: Any, **__: Any) -> Book:
        """Open a file. Raises HostError where another program holds it, FileNotFoundError where it is not there."""
        del update_links
        try:
            key = self.app.bridge.call("open_document", fullname, bool(read_only), not self.app.visible)
        except PermissionError as error:
            raise HostError("opened_elsewhere", path=fullname) from error
        return Book(self.app, key)


class Book(base_classes.Book):
    """One document."""

    app: Any = None

    def __init__(self, app: App, key: int) -> None:
        self.app, self.key = app, key

    def call(self, verb: str, *arguments: object) -> Any:
        """A verb of this document."""
        return self.app.bridge.call(verb, self.key, *arguments)

    @property
    def fullname(self) -> str:
        """Full path, the title of one never saved."""
        return str(self.call("document_path"))

    @property
    def name(self) -> str:
        """File name."""
        return os.path.basename(self.fullname)

    @property
    def sheets(self) -> Any:
        """Its sheets."""
        from xlpy.libreoffice.sheets import Sheets

        return Sheets(self)

    def close(self) -> None:
        """Close without saving."""
        self.call("close_document")

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save; under a new name where one is given."""
        if password is not None:
            raise NotImplementedError("password")
        if path is None and os.path.isabs(self.fullname):
            self.call("save_document")
        else:
            self.call("save_document_as", os.path.abspath(path or f"{self.fullname}.xlsx"))
