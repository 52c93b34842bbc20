"""One office for each test module, driven through xlwings, and a second connection to it that sees bare UNO.

With XLPY_TEST_BRIDGE=child every verb runs in a child of LibreOffice's own Python, as it does where ours has another
minor version; the raw side stays in this process.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import xlwings as xw
from xlwings.utils import VersionNumber

from xlpy.libreoffice import register
from xlpy.libreoffice.apps import adopt
from xlpy.libreoffice.bridge import ChildBridge, open_bridge
from xlpy.libreoffice.offices import start_office
from xlpy.libreoffice.verbs.desk import Desk

THROUGH_CHILD = os.environ.get("XLPY_TEST_BRIDGE") == "child"
# `python3 tests` runs this folder once with the newest xlwings that is installed and once with the oldest supported.
WANTED = os.environ.get("XLPY_TEST_XLWINGS", xw.__version__)


def since(version: str) -> pytest.MarkDecorator:
    """For a test of a member that xlwings has had since that version only."""
    is_older = VersionNumber(xw.__version__) < VersionNumber(version)
    return pytest.mark.skipif(is_older, reason=f"xlwings has it since {version}")


def pytest_collection_finish() -> None:
    """Tests of the oldest xlwings that ran with another one would say nothing."""
    if xw.__version__ != WANTED:
        raise pytest.UsageError(f"xlwings {WANTED} was to be tested, {xw.__version__} is loaded")


# The text of a UNO object whose office has died ends Python: a failing test must not print it.
@dataclass(frozen=True, slots=True, repr=False)
class Raw:
    """The same document without anything of ours between: UNO objects of a connection of their own."""

    desk: Desk
    document: Any

    @property
    def desktop(self) -> Any:
        """The office's."""
        return self.desk.desktop

    @property
    def sheet(self) -> Any:
        """The first sheet."""
        return self.document.Sheets.getByIndex(0)

    def cell(self, address: str) -> Any:
        """A cell or range of the first sheet by A1 address."""
        return self.sheet.getCellRangeByName(address)


def raw_of(desk: Desk, book: xw.Book) -> Raw:
    walk = desk.desktop.Components.createEnumeration()
    while walk.hasMoreElements():
        one = walk.nextElement()
        if one.supportsService("com.sun.star.sheet.SpreadsheetDocument") and one.Title == book.name:
            return Raw(desk, one)
    raise KeyError(book.name)


@pytest.fixture(scope="module")
def app() -> Iterator[xw.App]:
    """A headless office of this module's own, without a book."""
    register()
    engine = xw.engines["libreoffice"]
    engine.activate()
    office = start_office(visible=False, connect=ChildBridge if THROUGH_CHILD else open_bridge)
    one = xw.App(impl=adopt(engine.impl, office))
    yield one
    one.quit()


@pytest.fixture(scope="module")
def desk(app: xw.App) -> Desk:
    """A connection of its own to the same office."""
    return Desk(app.impl.office.address)


@pytest.fixture
def book(app: xw.App) -> Iterator[xw.Book]:
    """An empty workbook, closed afterwards with whatever else was opened meanwhile."""
    before = {one.impl.key for one in app.books}
    yield app.books.add()
    for one in list(app.books):
        if one.impl.key not in before:
            one.close()


@pytest.fixture
def sheet(book: xw.Book) -> xw.Sheet:
    """The first sheet of the empty workbook."""
    return book.sheets[0]


@pytest.fixture
def raw(desk: Desk, book: xw.Book) -> Raw:
    """Bare UNO of the empty workbook."""
    return raw_of(desk, book)
