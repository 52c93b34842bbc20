"""The office killed, the book closed, the pipe gone: a sentence, and the file on disk as it was."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings as xw

from tests.workbook.live.books import STAMP, assert_same, document, live, office_app, school_book, tables
from xlpy import actions
from xlpy.errors import HostError
from xlpy.libreoffice.verbs.desk import Desk
from xlpy.tables import schema
from xlpy.words.errors import sentence
from xlpy.workbook.closed import ClosedWorkbook
from xlpy.workbook.live.libreoffice import LibreOfficeHost
from xlpy.workbook.live.xlbook import LiveWorkbook

Open = Callable[[Path], xw.Book]


class Killing(LibreOfficeHost):
    """LibreOffice that is killed when the first sheet is written."""

    def show_anew(self, sheet: xw.Sheet) -> None:
        """Kill it, with whatever belongs to it."""
        os.kill(sheet.book.app.impl.office.pid, signal.SIGKILL)
        super().show_anew(sheet)


def test_an_office_killed_during_a_write_leaves_the_file_whole(tmp_path: Path) -> None:
    path = school_book(tmp_path / "book.xlsm")
    before = path.read_bytes()
    with office_app() as app:
        port = LiveWorkbook(app.books.open(str(path)), Killing())
        result = actions.assign(port)
        with pytest.raises(HostError) as caught:
            actions.write_assignment(port, result, STAMP)
    assert caught.value.code == "host_gone"
    assert sentence(caught.value)
    assert path.read_bytes() == before
    assert tables(ClosedWorkbook(path))["classes"].values


@pytest.mark.parametrize("stage", ["read", "save", "undo"])
def test_a_book_closed_while_python_works_is_said(tmp_path: Path, app: xw.App, stage: str) -> None:
    path = school_book(tmp_path / "book.xlsm")
    before = path.read_bytes()
    port = live(app.books.open(str(path)))
    acts: dict[str, Callable[[], object]] = {
        "read": lambda: tables(port),
        "save": port.save,
        "undo": port.undo_last,
    }
    if stage == "undo":
        actions.note(port, STAMP, "check", "итог")
        port.save()
    actions.note(port, STAMP, "check", "итог")
    document(port.book).close(True)
    with pytest.raises(HostError) as caught:
        acts[stage]()
    assert caught.value.code == "host_gone"
    assert path.read_bytes() == before
    assert len(app.books) == 0


def test_another_book_opened_in_its_place_is_not_written(tmp_path: Path, app: xw.App, open_book: Open) -> None:
    path = school_book(tmp_path / "book.xlsm")
    port = live(app.books.open(str(path)))
    actions.note(port, STAMP, "check", "итог")
    document(port.book).close(True)
    again = open_book(path)
    before = tables(live(again))
    with pytest.raises(HostError):
        port.save()
    assert_same(tables(live(again)), before)


def test_a_sheet_deleted_while_python_works_is_said(tmp_path: Path, open_book: Open) -> None:
    book = open_book(school_book(tmp_path / "book.xlsm"))
    port = live(book)
    actions.note(port, STAMP, "check", "итог")
    port.append_rows(schema.CLASSES, [{"school_class": "9Я"}])
    before = tables(live(book))["classes"]
    document(book).Sheets.removeByName(schema.JOURNAL.name)
    with pytest.raises(Exception) as caught:
        port.save()
    assert getattr(caught.value, "code", "") == "sheet_missing"
    assert live(book).read_tables([schema.CLASSES])["classes"] == before


def test_a_russian_office_reads_and_writes_the_same(tmp_path: Path, app: xw.App, open_book: Open) -> None:
    path, twin = (school_book(tmp_path / name) for name in ("open.xlsm", "closed.xlsm"))
    settings = Desk(app.impl.office.address).service("com.sun.star.configuration.ConfigurationProvider")
    from xlpy.libreoffice.verbs.runtime import properties

    access = settings.createInstanceWithArguments(
        "com.sun.star.configuration.ConfigurationUpdateAccess", properties(nodepath="/org.openoffice.Setup/L10N")
    )
    access.setPropertyValue("ooSetupSystemLocale", "ru-RU")
    access.commitChanges()
    book = open_book(path)
    for port in (live(book), ClosedWorkbook(twin)):
        actions.prepare(port, STAMP)
        actions.write_findings(port, actions.check(port, STAMP), STAMP)
    assert_same(tables(live(book)), tables(ClosedWorkbook(twin)), calculated=False)
