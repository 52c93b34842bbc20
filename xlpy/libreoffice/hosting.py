"""What only LibreOffice offers and a user feels: one step of undo, a view left in place, the status bar.

Plain functions over an xlwings `Book` of this engine.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from xlpy.errors import HostError

if TYPE_CHECKING:
    import xlwings as xw


def _call(book: xw.Book, verb: str, *arguments: object) -> Any:
    return book.impl.call(verb, *arguments)


@contextmanager
def one_step(book: xw.Book, title: str) -> Iterator[None]:
    """Make what is done inside one step of undo; where it raises, what was done is taken back."""
    before = _call(book, "enter_undo", title)
    try:
        yield
    except BaseException:
        with suppress(HostError):
            _call(book, "abandon_undo", before)
        raise
    _call(book, "leave_undo")


@contextmanager
def unrecorded(book: xw.Book) -> Iterator[None]:
    """Leave no steps of undo. Not for what a user may want to take back."""
    _call(book, "lock_undo")
    try:
        yield
    finally:
        with suppress(HostError):
            _call(book, "unlock_undo")


@contextmanager
def keep_view(book: xw.Book) -> Iterator[None]:
    """Bring active sheet, selection and scroll back to where they were."""
    state = _call(book, "view_state")
    try:
        yield
    finally:
        with suppress(HostError):
            _call(book, "restore_view", state)


def show_status(book: xw.Book, text: str) -> None:
    """Show a sentence in the status bar."""
    _call(book, "set_status", text)


def show_progress(book: xw.Book, text: str, done: int, total: int) -> None:
    """Show a sentence and how much is done in the status bar."""
    _call(book, "show_progress", text, done, total)


def end_status(book: xw.Book) -> None:
    """Give the status bar back to LibreOffice."""
    _call(book, "end_status")


def is_editing(book: xw.Book) -> bool:
    """Whether the user is typing into a cell of it."""
    return bool(_call(book, "is_editing"))


def is_modified(book: xw.Book) -> bool:
    """Whether it has changed since it was saved."""
    return bool(_call(book, "is_modified"))


def set_modified(book: xw.Book, *, modified: bool) -> None:
    """Say whether it counts as changed since it was saved."""
    _call(book, "set_modified", modified)
