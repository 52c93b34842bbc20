"""One headless office for each test module, and books of the contract open in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import xlwings as xw

from tests.workbook.live.books import office_app


@pytest.fixture(scope="module")
def app() -> Iterator[xw.App]:
    """A headless office of this module's own, without a book."""
    with office_app() as one:
        yield one


@pytest.fixture
def open_book(app: xw.App) -> Iterator[Callable[[Path], xw.Book]]:
    """Opens a file; whatever it opened is closed at the end, unsaved."""
    opened: list[xw.Book] = []

    def open_one(path: Path) -> xw.Book:
        opened.append(app.books.open(str(path)))
        return opened[-1]

    yield open_one
    keys = {book.impl.key for book in app.books}
    for book in opened:
        if book.impl.key in keys:
            book.close()
