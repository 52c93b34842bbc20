"""The book's links of the chain: its folder may be written, nobody holds it, Windows does not distrust it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from xlpy.errors import XlpyError
from xlpy.install.checking import Check
from xlpy.install.machine import Machine, System, profile_folder
from xlpy.install.running import is_running
from xlpy.words.errors import LIBREOFFICE, sentence
from xlpy.workbook.locks import lock_of
from xlpy.workbook.lostbuttons import has_lost_buttons
from xlpy.workbook.package import open_package


def check_book(machine: Machine, book: Path) -> Iterator[Check]:
    """The book and its folder."""
    yield Check("book", book.is_file(), {"path": str(book)})
    if not book.is_file():
        return
    yield Check("folder", _may_write(book.absolute().parent), {"folder": str(book.absolute().parent)})
    yield _lock(machine, book)
    if machine.system is System.WINDOWS:
        yield Check("mark", not Path(f"{book}:Zone.Identifier").exists(), {"path": str(book)})
    try:
        lost = has_lost_buttons(open_package(book))
    except XlpyError as error:
        yield Check("book_reads", False, {"why": sentence(error)})
    else:
        yield Check("buttons", not lost, {"path": str(book)})


def _lock(machine: Machine, book: Path) -> Check:
    """A lock of the user's own open LibreOffice is no fault: its buttons work in the open book."""
    held = lock_of(book)
    if held is None:
        return Check("lock", ok=True, params={})
    params = {name: str(text) for name, text in held.params.items()}
    if held.params.get("program") == LIBREOFFICE and is_running(profile_folder(machine)):
        return Check("lock_own", ok=True, params=params)
    return Check("lock", ok=False, params=params)


def _may_write(folder: Path) -> bool:
    try:
        with tempfile.TemporaryFile(dir=folder, prefix=".xlpy-"):
            return True
    except OSError:
        return False
