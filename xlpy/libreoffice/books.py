"""Books and Book."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from xlwings import base_classes

from xlpy.errors import HostError, SaveError, WorkbookError
from xlpy.libreoffice.apps import App
from xlpy.libreoffice.locks import Holder, forget_the_dead, holder_of
from xlpy.words.libreoffice import NO_FOLDER, REFUSED, SOMEONE

# LibreOffice names what stopped it by a number only.
_CODE = re.compile(r"0x[0-9a-f]+")
_FAILURES = {"password": "encrypted", "damaged": "damaged"}


class Books(base_classes.Books):
    """The open workbooks of one office."""

    app: Any = None

    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def api(self) -> Any:
        """Nothing native is handed out."""
        return None

    @property
    def active(self) -> Book:
        """The workbook in front; of hidden ones the last made, opened or activated. Raises KeyError where none is."""
        key = self.app.call("active_document")
        if key is None:
            raise KeyError("active")
        return Book(self.app, key)

    def __iter__(self) -> Iterator[Book]:
        return (Book(self.app, key) for key in self.app.call("documents"))

    def __len__(self) -> int:
        return len(self.app.call("documents"))

    def __call__(self, name_or_index: str | int) -> Book:
        """One by file name or path, or by place from 1. Raises KeyError."""
        found = self.app.call("document_names")
        if isinstance(name_or_index, int):
            if not 1 <= name_or_index <= len(found):
                raise KeyError(name_or_index)
            return Book(self.app, found[name_or_index - 1][0])
        wanted = name_or_index.lower()
        for key, path in found:
            if wanted in (os.path.basename(path).lower(), path.lower()):  # noqa: PTH119 - a title is no path
                return Book(self.app, key)
        raise KeyError(name_or_index)

    def add(self) -> Book:
        """Make an empty workbook."""
        return Book(self.app, self.app.call("new_document", self.app.hides_documents))

    def open(
        self,
        fullname: str,
        update_links: Any = None,
        read_only: bool | None = None,
        format: Any = None,  # noqa: A002 - xlwings' name
        password: str | None = None,
        *others: Any,
        **named: Any,
    ) -> Book:
        """Open a file; nobody is asked anything, macros of a book in an office of our own may run.

        Raises HostError("opened_elsewhere", "no_right_to_write") where it could be read only and is not opened so,
        WorkbookError where it wants a password or is damaged, FileNotFoundError where it is not there.
        """
        del update_links, format, others, named
        path = Path(os.path.abspath(fullname))  # noqa: PTH100 - a link is opened under its own name
        forget_the_dead(path)
        holder = None if read_only else holder_of(path)
        is_ours = self.app.office is not None
        how = (bool(read_only), self.app.hides_documents, password or "", is_ours)
        if holder is not None:
            raise HostError("opened_elsewhere", path=path.name, who=_who(holder))
        try:
            key = self.app.call("open_document", str(path), *how)
        except PermissionError as error:
            if not os.access(path, os.W_OK):
                raise HostError("no_right_to_write", path=path.name) from error
            raise HostError("opened_elsewhere", path=path.name, who=_who(holder_of(path))) from error
        except ValueError as error:
            code = "wrong_password" if password and str(error) == "password" else _FAILURES.get(str(error), "")
            raise WorkbookError(code or _FAILURES["damaged"], path=path.name) from error
        return Book(self.app, key)


def _why(error: Exception) -> str:
    code = _CODE.search(str(error))
    return REFUSED.format(why=code[0] if code else str(error))


def _require_folder(path: str) -> None:
    """LibreOffice would make the folders that are missing, and a mistyped path would go unnoticed."""
    folder = os.path.dirname(path)  # noqa: PTH120 - as the path, text
    if not os.path.isdir(folder):  # noqa: PTH112
        raise SaveError("cannot_write", path=path, why=NO_FOLDER.format(folder=folder))


def _who(holder: Holder | None) -> str:
    known = [part for part in (holder.who, holder.host) if part] if holder else []
    return ", ".join(known) or SOMEONE


class Book(base_classes.Book):
    """One document."""

    app: Any = None

    def __init__(self, app: App, key: int) -> None:
        self.app, self.key = app, key

    def call(self, verb: str, *arguments: object) -> Any:
        """A verb of this document."""
        return self.app.call(verb, self.key, *arguments)

    @property
    def api(self) -> Any:
        """Nothing native is handed out."""
        return None

    @property
    def fullname(self) -> str:
        """Full path, the title of one never saved."""
        return str(self.call("document_path"))

    @property
    def name(self) -> str:
        """File name."""
        return os.path.basename(self.fullname)  # noqa: PTH119 - a title is no path

    @property
    def sheets(self) -> Any:
        """Its sheets."""
        from xlpy.libreoffice.sheets import Sheets

        return Sheets(self)

    @property
    def names(self) -> Any:
        """Its names and those of its sheets."""
        from xlpy.libreoffice.names import BookNames

        return BookNames(self)

    def activate(self) -> None:
        """Bring it to the front of its office."""
        self.call("activate_document")

    def close(self) -> None:
        """Close without saving."""
        self.call("close_document")

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save; under a new name where one is given; one never saved goes into the current folder.

        Raises SaveError where it cannot be written, ValueError for an ending that no workbook has.
        """
        fullname = self.fullname
        is_saved = os.path.isabs(fullname)  # noqa: PTH117 - a title is no path
        target = os.path.abspath(path or (fullname if is_saved else f"{fullname}.xlsx"))  # noqa: PTH100
        _require_folder(target)
        try:
            if path is None and password is None and is_saved:
                self.call("save_document")
            else:
                self._save_as(Path(target), password or "", is_new=target != fullname)
        except (OSError, RuntimeError) as error:
            raise SaveError("cannot_save", path=os.path.basename(target), why=_why(error)) from error  # noqa: PTH119

    def _save_as(self, target: Path, password: str, *, is_new: bool) -> None:
        forget_the_dead(target)
        holder = holder_of(target) if is_new else None
        if holder is not None:
            raise HostError("opened_elsewhere", path=target.name, who=_who(holder))
        self.call("save_document_as", str(target), password)

    def to_pdf(self, path: str, quality: str = "standard") -> None:
        """Write its visible sheets as PDF. Raises SaveError."""
        if quality not in {"standard", "minimum"}:
            raise ValueError(quality)
        _require_folder(path)
        try:
            self.call("export_pdf", path, quality)
        except (OSError, RuntimeError) as error:
            raise SaveError("cannot_write", path=path, why=_why(error)) from error
