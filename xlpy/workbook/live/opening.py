"""Which host an open book has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlpy.workbook.live.hosts import Host
from xlpy.workbook.live.xlbook import LiveWorkbook

if TYPE_CHECKING:
    import xlwings as xw


def host_of(book: xw.Book) -> Host:
    """The host of a book, by the engine that holds it."""
    if book.app.engine.name == "libreoffice":
        from xlpy.workbook.live.libreoffice import LibreOfficeHost

        return LibreOfficeHost()
    from xlpy.workbook.live.excel import ExcelHost

    return ExcelHost()


def open_live(book: xw.Book, title: str) -> LiveWorkbook:
    """The port to an open book; what an action does is undone under `title`."""
    return LiveWorkbook(book, host_of(book), title)
