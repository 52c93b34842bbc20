"""What would be broken by a write is named before anything is written; filters and own looks survive it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from tests.workbook.live.books import STAMP, assert_same, document, live, saved_by_office, school_book, tables
from xlpy import actions
from xlpy.errors import WorkbookError
from xlpy.tables import schema
from xlpy.workbook.closed import ClosedWorkbook
from xlpy.workbook.live.excel import ExcelHost
from xlpy.workbook.live.hosts import Host
from xlpy.workbook.live.libreoffice import LibreOfficeHost
from xlpy.workbook.live.xlbook import LiveWorkbook

Open = Callable[[Path], xw.Book]
ONLY = [schema.TEACHERS]
HOSTS = [LibreOfficeHost(), ExcelHost()]


def _refused(book: xw.Book, host: Host) -> WorkbookError:
    """How a write over all teachers and into «Журнал» is refused; nothing may have changed."""
    steps = document(book).UndoManager.getAllUndoActionTitles()
    before = tables(live(book))
    port = LiveWorkbook(book, host)
    rows = [{"teacher": line[0], "note": "новое"} for line in port.read_tables(ONLY)["teachers"].values]
    actions.note(port, STAMP, "check", "итог")
    port.write_table(schema.TEACHERS, rows)
    with pytest.raises(WorkbookError) as caught:
        port.save()
    assert_same(tables(live(book)), before)
    # Excel forgets its undo whatever a program does: there one empty cell more or less says nothing.
    assert isinstance(host, ExcelHost) or document(book).UndoManager.getAllUndoActionTitles() == steps
    return caught.value


@pytest.fixture(params=HOSTS, ids=lambda host: type(host).__name__)
def host(request: pytest.FixtureRequest) -> Any:
    return request.param


def _teachers(book: xw.Book) -> Any:
    return document(book).Sheets.getByName(schema.TEACHERS.name)


def test_a_protected_sheet(tmp_path: Path, open_book: Open) -> None:
    book = open_book(school_book(tmp_path / "book.xlsm"))
    _teachers(book).protect("")
    error = _refused(book, LibreOfficeHost())
    assert (error.code, error.params["sheet"]) == ("protected", schema.TEACHERS.name)


def test_merged_cells(tmp_path: Path, open_book: Open, host: Host) -> None:
    book = open_book(school_book(tmp_path / "book.xlsm"))
    _teachers(book).getCellRangeByName("I3:J4").merge(True)
    error = _refused(book, host)
    assert (error.code, error.params["cell"]) == ("merged", "J3")


def test_an_array_formula(tmp_path: Path, open_book: Open) -> None:
    book = open_book(school_book(tmp_path / "book.xlsm"))
    _teachers(book).getCellRangeByName("J3:J4").setArrayFormula("=G3:G4*2")
    error = _refused(book, LibreOfficeHost())
    assert (error.code, error.params["cell"]) == ("array_formula", "J3")


def test_merged_cells_elsewhere_are_in_nobodys_way(tmp_path: Path, open_book: Open, host: Host) -> None:
    book = open_book(school_book(tmp_path / "book.xlsm"))
    _teachers(book).getCellRangeByName("M3:N9").merge(True)
    port = LiveWorkbook(book, host)
    port.append_rows(schema.TEACHERS, [{"teacher": "Новая Анна Ильинична"}])
    port.save()
    assert live(book).read_tables(ONLY)["teachers"].values[-1][0] == "Новая Анна Ильинична"


def test_a_row_of_totals_leaves_no_room(tmp_path: Path, open_book: Open) -> None:
    book = open_book(school_book(tmp_path / "book.xlsm"))
    table = document(book).DatabaseRanges.getByName(schema.TEACHERS.table_name)
    table.TotalsRow = True
    port = live(book)
    with pytest.raises(WorkbookError) as caught:
        port.append_rows(schema.TEACHERS, [{"teacher": "Новая Анна Ильинична"}])
    assert caught.value.code == "no_room"


def test_hidden_rows_of_a_filter_are_written_and_the_filter_stays(tmp_path: Path, open_book: Open) -> None:
    path, twin = (school_book(tmp_path / name) for name in ("open.xlsm", "closed.xlsm"))
    book = open_book(path)
    sheet = document(book).Sheets.getByName(schema.RESULTS.name)
    table = document(book).DatabaseRanges.getByName(schema.RESULTS.table_name)
    _filter_by(sheet, table, 1, "5А")
    for port in (live(book), ClosedWorkbook(twin)):
        actions.prepare(port, STAMP)
    saved = ClosedWorkbook(saved_by_office(book, tmp_path / "saved.xlsm"))
    assert_same(tables(saved), tables(ClosedWorkbook(twin)), calculated=False)
    shown = [
        sheet.getCellByPosition(1, row).String
        for row in range(schema.RESULTS.header_row, table.DataArea.EndRow + 1)
        if sheet.Rows.getByIndex(row).IsVisible
    ]
    assert shown
    assert set(shown) == {"5А"}


def _filter_by(sheet: Any, table: Any, field: int, text: str) -> None:
    from xlpy.libreoffice.verbs.runtime import enum, struct

    area = table.DataArea
    cells = sheet.getCellRangeByPosition(area.StartColumn, area.StartRow, area.EndColumn, area.EndRow)
    wanted = cells.createFilterDescriptor(True)
    wanted.ContainsHeader = True
    operator = enum("sheet.FilterOperator", "EQUAL")
    wanted.setFilterFields((struct("sheet.TableFilterField", Field=field, Operator=operator, StringValue=text),))
    cells.filter(wanted)


def test_a_table_grows_with_its_rows(tmp_path: Path, open_book: Open, host: Host) -> None:
    book = open_book(school_book(tmp_path / "book.xlsm"))
    table = document(book).DatabaseRanges.getByName(schema.JOURNAL.table_name)
    for _ in range(3):
        port = LiveWorkbook(book, host)
        actions.note(port, STAMP, "check", "итог")
        port.save()
    assert (table.DataArea.StartRow, table.DataArea.EndRow) == (0, 3)


def test_fills_and_notes_follow_their_papers(tmp_path: Path, open_book: Open) -> None:
    book = open_book(school_book(tmp_path / "book.xlsm"))
    sheet = document(book).Sheets.getByName(schema.RESULTS.name)
    first = schema.RESULTS.header_row
    code, subject = (sheet.getCellByPosition(at, first + 20).String for at in (0, 2))
    cell = sheet.getCellByPosition(5, first + 20)
    usual, weight = cell.CellBackColor, cell.CharWeight
    cell.CellBackColor, cell.CharWeight = 0xFF8800, 150.0
    rows = sheet.getCellRangeByPosition(0, first, len(schema.TASK_KEYS) + 3, first + 24)
    original = rows.getDataArray()
    rows.setDataArray(original[20:] + original[:20])
    sheet.getCellByPosition(5, first).CellBackColor = 0x00AAFF
    sheet.Annotations.insertNew(cell.CellAddress, "переписать")
    before = tables(live(book))
    actions.prepare(live(book), STAMP)
    place = next(
        row
        for row, line in enumerate(tables(live(book))["results"].values, start=first)
        if (line[0], line[2]) == (code, subject)
    )
    # The paper that stood in the marked row took the look along.
    blue = [row for row in range(first, first + 40) if sheet.getCellByPosition(5, row).CellBackColor == 0x00AAFF]
    assert blue == [place]
    orange = [row for row in range(first, first + 40) if sheet.getCellByPosition(5, row).CellBackColor == 0xFF8800]
    assert [note.Position.Row for note in sheet.Annotations] == orange
    assert sheet.getCellByPosition(5, orange[0]).CharWeight == 150.0
    neighbour = sheet.getCellByPosition(5, first + 30)
    assert (neighbour.CellBackColor, neighbour.CharWeight) == (usual, weight)
    document(book).UndoManager.undo()
    assert_same(tables(live(book)), before)
    assert sheet.getCellByPosition(5, first).CellBackColor == 0x00AAFF
    assert [note.Position.Row for note in sheet.Annotations] == [first + 20]
