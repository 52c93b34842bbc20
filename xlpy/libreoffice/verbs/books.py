"""Documents: which are open, opening, creating, saving, closing; and the office itself."""

from __future__ import annotations

import os
from typing import Any

from .desk import Desk
from .runtime import properties, to_path, to_url

FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".ods": "calc8",
    ".xls": "MS Excel 97",
    ".csv": "Text - txt - csv (StarCalc)",
}
_SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"


def documents(desk: Desk) -> list[int]:
    """Numbers of the open spreadsheets, the first opened first."""
    found = []
    walk = desk.desktop.Components.createEnumeration()
    while walk.hasMoreElements():
        one = walk.nextElement()
        if one.supportsService(_SPREADSHEET):
            found.append(desk.hold_document(one))
    return found


def document_path(desk: Desk, book: int) -> str:
    """Full path of a document, its title where it has never been saved."""
    document = desk.thing(book)
    return to_path(document.URL) if document.URL else str(document.Title)


def new_document(desk: Desk, hidden: bool) -> int:
    """Make an empty spreadsheet."""
    made = desk.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, properties(Hidden=hidden))
    return desk.hold_document(made)


def open_document(desk: Desk, path: str, read_only: bool, hidden: bool) -> int:
    """Open a file. Raises FileNotFoundError, PermissionError("locked") where another program holds it."""
    if not os.path.exists(path):
        raise FileNotFoundError(path)
    how = properties(Hidden=hidden, ReadOnly=read_only, MacroExecutionMode=4)
    document = desk.desktop.loadComponentFromURL(to_url(path), "_blank", 0, how)
    if document is None:
        raise PermissionError("locked")
    if document.isReadonly() and not read_only:
        document.close(True)
        raise PermissionError("locked")
    return desk.hold_document(document)


def save_document(desk: Desk, book: int) -> None:
    """Save where it came from."""
    desk.thing(book).store()


def save_document_as(desk: Desk, book: int, path: str) -> None:
    """Save under a name; the document is that file from now on. Raises ValueError for an unknown extension."""
    kind = os.path.splitext(path)[1].lower()
    if kind not in FILTERS:
        raise ValueError(kind)
    desk.thing(book).storeAsURL(to_url(path), properties(FilterName=FILTERS[kind]))


def close_document(desk: Desk, book: int) -> None:
    """Close without saving."""
    desk.thing(book).close(True)
    desk.drop(book)


def terminate(desk: Desk) -> bool:
    """Ask the office to end; False where somebody vetoes."""
    return bool(desk.desktop.terminate())


VERBS: dict[str, Any] = {
    "documents": documents,
    "document_path": document_path,
    "new_document": new_document,
    "open_document": open_document,
    "save_document": save_document,
    "save_document_as": save_document_as,
    "close_document": close_document,
    "terminate": terminate,
}
