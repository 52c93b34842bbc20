"""Named cells and the status bar of an open book, by which a button speaks to the user while it works."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlpy.libreoffice import hosting

if TYPE_CHECKING:
    import xlwings as xw

# A formula of Excel holds no longer text between quotation marks.
_LONGEST_LITERAL = 255


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to an address: a file, a folder, or `#'Sheet'!A1`."""

    text: str
    address: str


Shown = str | Link


def is_libreoffice(book: xw.Book) -> bool:
    """Whether the book is open in LibreOffice, through our engine; else it is Excel."""
    return bool(book.app.engine.name == "libreoffice")


def show_cells(book: xw.Book, cells: Mapping[str, Shown]) -> None:
    """Put texts and links into the cells of these defined names; a name that the book has not is passed over.

    In LibreOffice that is one call, no step of undo, and does not make a saved book unsaved. Excel forgets its own
    undo whenever a program writes.
    """
    if is_libreoffice(book):
        plain = {name: [one] if isinstance(one, str) else [one.text, one.address] for name, one in cells.items()}
        book.impl.call("show_cells", plain)
        return
    names = book.names
    for name, shown in cells.items():
        if name in names:
            cell = names[name].refers_to_range
            if isinstance(shown, str):
                cell.value = _as_text(shown)
            else:
                cell.formula = f"=HYPERLINK({_literal(shown.address)},{_literal(shown.text)})"


def show_status(book: xw.Book, text: str, done: int = 0, total: int = 0) -> None:
    """Show a sentence in the status bar, in LibreOffice with how much is done where `total` is known."""
    if is_libreoffice(book):
        hosting.show_progress(book, text, done, total)
    else:
        book.app.status_bar = text


def end_status(book: xw.Book) -> None:
    """Give the status bar back to the program."""
    if is_libreoffice(book):
        hosting.end_status(book)
    else:
        book.app.status_bar = False


def _as_text(text: str) -> str:
    """Text that Excel takes for no formula."""
    return "'" + text if text[:1] in {"=", "+", "-", "@", "'"} else text


def _literal(text: str) -> str:
    pieces = [text[at : at + _LONGEST_LITERAL] for at in range(0, len(text), _LONGEST_LITERAL)] or [""]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)
