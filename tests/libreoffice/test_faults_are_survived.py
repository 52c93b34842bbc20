"""LibreOffice killed, a book closed, a sheet gone, while Python works: one named error, and nothing hangs."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from tests.libreoffice.conftest import THROUGH_CHILD, raw_of
from xlpy.errors import HostError
from xlpy.libreoffice import apps, register
from xlpy.libreoffice.bridge import ChildBridge, open_bridge
from xlpy.libreoffice.hosting import one_step
from xlpy.libreoffice.offices import start_office
from xlpy.libreoffice.verbs.desk import Desk


@pytest.fixture
def app() -> Iterator[xw.App]:
    """An office that this test may break."""
    register()
    engine = xw.engines["libreoffice"]
    engine.activate()
    office = start_office(visible=False, connect=ChildBridge if THROUGH_CHILD else open_bridge)
    one = xw.App(impl=apps.adopt(engine.impl, office))
    yield one
    one.kill()


def _code(attempt: object) -> str:
    with pytest.raises(HostError) as caught:
        attempt()  # type: ignore[operator]
    return caught.value.code


def test_an_office_killed_in_the_middle_of_a_write_is_named_and_the_file_is_whole(app: xw.App, tmp_path: Path) -> None:
    path = tmp_path / "one.xlsx"
    made = openpyxl.Workbook()
    made.active["A1"] = "прежнее"
    made.save(path)
    book = app.books.open(path)
    sheet = book.sheets[0]
    rows = [[float(r * c) for c in range(30)] for r in range(2000)]
    pid = app.pid
    killer = threading.Timer(0.4, os.kill, (pid, signal.SIGKILL))
    killer.start()
    until = time.monotonic() + 60

    def write() -> None:
        with one_step(book, "Пишу"):
            while time.monotonic() < until:
                sheet["A1"].value = rows

    assert _code(write) == "host_gone"
    killer.join()
    assert openpyxl.load_workbook(path).active["A1"].value == "прежнее"
    for attempt in (
        lambda: sheet["A1"].value,
        lambda: sheet.name,
        lambda: sheet.used_range,
        lambda: book.sheets[0],
        lambda: book.fullname,
        lambda: book.names["x"],
        lambda: book.app.books.active,
        book.close,
        app.books.add,
        app.calculate,
    ):
        assert _code(attempt) == "host_gone"
    app.quit()
    again = xw.App(visible=False, add_book=False)
    try:
        assert again.books.open(path).sheets[0]["A1"].value == "прежнее"
    finally:
        again.quit()


def test_a_book_closed_by_the_user_is_named_and_the_other_one_goes_on(app: xw.App) -> None:
    one, two = app.books.add(), app.books.add()
    sheet = one.sheets[0]
    name = one.names.add("Имя", f"={sheet.name}!$A$1")
    raw_of(Desk(app.impl.office.address), one).document.close(True)
    for attempt in (
        lambda: sheet["A1"].value,
        lambda: setattr(sheet["A1"], "value", 1),
        lambda: sheet.name,
        lambda: sheet.used_range,
        lambda: sheet.visible,
        lambda: one.sheets[0],
        lambda: one.sheets["Sheet1"],
        lambda: one.sheets.active,
        lambda: one.fullname,
        one.save,
        one.activate,
        one.close,
        lambda: name.refers_to,
    ):
        assert _code(attempt) == "host_gone"
    two.sheets[0]["A1"].value = "живёт"
    assert two.sheets[0]["A1"].value == "живёт"
    assert len(app.books) == 1


def test_an_error_of_ours_is_not_taken_for_the_offices(app: xw.App) -> None:
    book = app.books.add()
    with pytest.raises(KeyError):
        book.sheets["нет такого"]
    with pytest.raises(KeyError):
        app.books["нет такой"]
    assert app.books.active == book


def test_a_frozen_office_is_ended_when_it_is_asked_to_go(app: xw.App) -> None:
    office = app.impl.office
    os.kill(office.pid, signal.SIGSTOP)
    app.kill()
    assert not office.profile.exists()
