"""An action is one step: all of it is in the book or none, one Ctrl+Z takes it back, what the user sees stays put."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlwings as xw

from tests.workbook.live.books import STAMP, assert_same, document, live, school_book, tables
from xlpy import actions
from xlpy.errors import HostError, WorkbookError
from xlpy.tables import schema
from xlpy.workbook.live.excel import ExcelHost
from xlpy.workbook.live.hosts import Host
from xlpy.workbook.live.kept import kept_file
from xlpy.workbook.live.libreoffice import LibreOfficeHost
from xlpy.workbook.live.xlbook import LiveWorkbook
from xlpy.workbook.port import Workbook

Open = Callable[[Path], xw.Book]
TITLE = "Назначить проверяющих"


class Stumbling(LibreOfficeHost):
    """LibreOffice that is gone for us after the first sheet is written."""

    def show_anew(self, sheet: xw.Sheet) -> None:
        """Raise HostError."""
        del sheet
        raise HostError("host_gone")


class StumblingExcel(ExcelHost):
    """Excel that is gone for us after the first sheet is written."""

    def show_anew(self, sheet: xw.Sheet) -> None:
        """Raise HostError."""
        del sheet
        raise HostError("host_gone")


def _assign(book: Workbook) -> None:
    actions.write_assignment(book, actions.assign(book), STAMP)


def _check(book: Workbook) -> None:
    actions.write_findings(book, actions.check(book, STAMP), STAMP)


def test_one_undo_takes_a_whole_action_back(tmp_path: Path, open_book: Open) -> None:
    book = open_book(school_book(tmp_path / "book.xlsm"))
    raw = document(book)
    raw.Sheets.getByName("Учителя").getCellByPosition(9, 1).setString("моё")
    before, steps = tables(live(book)), raw.UndoManager.getAllUndoActionTitles()
    actions.prepare(live(book, TITLE), STAMP)
    assert raw.UndoManager.getAllUndoActionTitles() == (TITLE, *steps)
    assert tables(live(book)) != before
    raw.UndoManager.undo()
    assert_same(tables(live(book)), before)
    assert raw.UndoManager.getAllUndoActionTitles() == steps


@pytest.mark.parametrize("host", [Stumbling(), StumblingExcel()], ids=lambda host: type(host).__name__)
def test_what_was_written_before_a_failure_is_taken_back(tmp_path: Path, open_book: Open, host: Host) -> None:
    path = school_book(tmp_path / "book.xlsm")
    book = open_book(path)
    for has_earlier in (False, True):
        if has_earlier:
            _check(live(book))
        before, kept = tables(live(book)), kept_file(path).read_bytes() if has_earlier else None
        with pytest.raises(HostError):
            _assign(LiveWorkbook(book, host))
        assert_same(tables(live(book)), before)
        assert (kept_file(path).read_bytes() if kept_file(path).exists() else None) == kept
    assert document(book).isAutomaticCalculationEnabled()


def test_nothing_reaches_the_disk_and_the_book_stays_open_and_unsaved(tmp_path: Path, open_book: Open) -> None:
    path = school_book(tmp_path / "book.xlsm")
    on_disk = path.read_bytes()
    book = open_book(path)
    assert not document(book).isModified()
    _assign(live(book))
    assert path.read_bytes() == on_disk
    assert document(book).isModified()
    assert book.fullname == str(path)


def test_a_book_that_was_never_saved_is_served_too(tmp_path: Path, app: xw.App, open_book: Open) -> None:
    book = open_book(school_book(tmp_path / "book.xlsm"))
    new = app.books.add()
    for sheet in schema.SHEETS:
        page = new.sheets.add(sheet.name, after=new.sheets[-1])
        page.range((sheet.header_row, 1)).value = ["'" + column.caption for column in sheet.columns]
    _check(live(new))
    assert new.sheets[schema.JOURNAL.name].range("C2").value
    assert not book.sheets[schema.JOURNAL.name].range("C2").value
    with pytest.raises(WorkbookError) as caught:
        live(new).undo_last()
    assert caught.value.code == "nothing_to_undo"
    new.close()


def test_the_view_stays_where_the_user_left_it(tmp_path: Path, open_book: Open) -> None:
    book = open_book(school_book(tmp_path / "book.xlsm"))
    view = document(book).CurrentController
    sheet = document(book).Sheets.getByName(schema.RESULTS.name)
    view.setActiveSheet(sheet)
    view.select(sheet.getCellRangeByName("C20:D22"))
    actions.prepare(live(book), STAMP)
    _check(live(book))
    assert view.ActiveSheet.Name == schema.RESULTS.name
    assert document(book).CurrentSelection.AbsoluteName.endswith("$C$20:$D$22")


def test_only_the_right_one_of_two_open_books_is_touched(tmp_path: Path, open_book: Open) -> None:
    one, other = (open_book(school_book(tmp_path / name)) for name in ("one.xlsm", "other.xlsm"))
    before = tables(live(other))
    _assign(live(one))
    assert_same(tables(live(other)), before)
    assert not document(other).isModified()


def test_a_cell_typed_meanwhile_is_kept_and_named(tmp_path: Path, open_book: Open) -> None:
    book = open_book(school_book(tmp_path / "book.xlsm"))
    port = live(book)
    result = actions.assign(port)
    rows = document(book).Sheets.getByName(schema.CHECKERS.name)
    port.write_table(schema.CHECKERS, [])
    rows.getCellByPosition(0, 3).setString("5А")
    before = tables(live(book))
    with pytest.raises(WorkbookError) as caught:
        actions.write_assignment(port, result, STAMP)
    assert (caught.value.code, caught.value.params["cell"]) == ("changed_meanwhile", "A4")
    assert_same(tables(live(book)), before)


def test_what_only_formulas_show_may_change_meanwhile(tmp_path: Path, open_book: Open) -> None:
    book = open_book(school_book(tmp_path / "book.xlsm"))
    port = live(book)
    port.append_rows(schema.CLASSES, [{"school_class": "9Я"}])
    cell = document(book).Sheets.getByName(schema.CLASSES.name).getCellByPosition(5, 1)
    cell.setFormula("=NOW()")
    with pytest.raises(WorkbookError):
        port.save()
    port = live(book)
    port.append_rows(schema.CLASSES, [{"school_class": "9Я"}])
    document(book).calculateAll()
    port.save()
    assert tables(live(book))["classes"].values[-1][0] == "9Я"


@pytest.mark.parametrize("host", [LibreOfficeHost(), ExcelHost()], ids=lambda host: type(host).__name__)
def test_the_last_action_is_undone_from_its_kept_copy(tmp_path: Path, open_book: Open, host: Host) -> None:
    path = school_book(tmp_path / "book.xlsm")
    book = open_book(path)
    before = tables(live(book))
    actions.prepare(LiveWorkbook(book, host), STAMP)
    assert kept_file(path).exists()
    # Elsewhere the user may go on typing.
    document(book).Sheets.getByName("Конфликты").getCellByPosition(3, 1).setString("пояснение")
    LiveWorkbook(book, host).undo_last()
    after = tables(live(book))
    assert after["conflicts"].values[0][3] == "пояснение"
    assert_same({**after, "conflicts": before["conflicts"]}, before)
    assert not kept_file(path).exists()
    with pytest.raises(WorkbookError) as caught:
        LiveWorkbook(book, host).undo_last()
    assert caught.value.code == "nothing_to_undo"


def test_undo_refuses_to_lose_what_was_typed_since(tmp_path: Path, open_book: Open) -> None:
    book = open_book(school_book(tmp_path / "book.xlsm"))
    _assign(live(book))
    sheet = document(book).Sheets.getByName(schema.CHECKERS.name)
    sheet.getCellByPosition(3, 1).setString("Другой Проверяющий")
    before = tables(live(book))
    with pytest.raises(WorkbookError) as caught:
        live(book).undo_last()
    assert (caught.value.code, caught.value.params["cell"]) == ("undo_changed", "D2")
    assert_same(tables(live(book)), before)


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"title":"x","sheets":[{"name":"a"}]}', b"\xff"])
def test_a_broken_copy_is_said_and_changes_nothing(tmp_path: Path, open_book: Open, content: bytes) -> None:
    path = school_book(tmp_path / "book.xlsm")
    book = open_book(path)
    kept_file(path).parent.mkdir(exist_ok=True)
    kept_file(path).write_bytes(content)
    with pytest.raises(WorkbookError) as caught:
        live(book).undo_last()
    assert caught.value.code == "undo_broken"
    assert not document(book).isModified()
