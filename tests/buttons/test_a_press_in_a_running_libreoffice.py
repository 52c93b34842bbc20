"""`xlpy press` in the office of a user who has the book open; what came of it is seen by UNO alone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from tests.buttons.office import Office, cell, column, running_office
from tests.command import xlpy
from tests.desktop import wait_until
from xlpy.buttons.turns import my_turn
from xlpy.tables import schema
from xlpy.words import buttons as words
from xlpy.words import panel
from xlpy.words.errors import SENTENCES

CAPTIONS = {sheet.key: {one.key: one.caption for one in sheet.columns} for sheet in schema.SHEETS}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with running_office(tmp_path_factory.mktemp("office")) as running:
        yield running


@pytest.fixture
def document(office: Office, book: Path) -> Iterator[Any]:
    """The book as the user has it open; `book` is its file."""
    opened = office.open(book)
    yield opened
    with suppress(Exception):
        opened.close(True)


def state(document: Any, action: str) -> str:
    return str(cell(document, schema.state_cell(action)).String)


def message(document: Any) -> str:
    return str(cell(document, schema.MESSAGE_CELL).String)


def link(document: Any) -> str:
    return str(cell(document, schema.RESULT_CELL).Formula)


def rules(document: Any) -> list[str]:
    return column(document, schema.FINDINGS.name, CAPTIONS["findings"]["rule"])


def journal(document: Any) -> list[str]:
    return column(document, schema.JOURNAL.name, CAPTIONS["journal"]["action"])


def everything_on(document: Any, sheet: schema.Sheet) -> Any:
    cursor = document.Sheets.getByName(sheet.name).createCursor()
    cursor.gotoEndOfUsedArea(True)
    return cursor.getDataArray()


def clear_year(document: Any) -> str:
    """Leave the school year empty; return its cell."""
    sheet = document.Sheets.getByName(schema.SETTINGS.name)
    names = [row[0] for row in sheet.getCellRangeByName("A1:A100").getDataArray()]
    row = names.index("Учебный год") + 1
    sheet.getCellRangeByName(f"B{row}").String = ""
    return f"B{row}"


def test_check_puts_its_findings_into_the_open_book(office: Office, document: Any, book: Path) -> None:
    lines = journal(document)
    ran = office.press("check", book)
    assert (ran.code, ran.err) == (0, "")
    expected = xlpy("check", book, "--json").answer
    assert rules(document) == [one["rule"] for one in expected["findings"]]
    assert state(document, "check").startswith(words.DONE)
    assert panel.BUTTONS["check"][0] in message(document)
    assert str(expected["errors"]) in message(document)
    assert schema.FINDINGS.name in link(document)
    assert "HYPERLINK" in link(document)
    assert journal(document) == [*lines, panel.BUTTONS["check"][0]]


def test_one_ctrl_z_takes_the_action_back_and_the_panel_is_no_part_of_it(
    office: Office, document: Any, book: Path
) -> None:
    sheet = document.Sheets.getByName(schema.FINDINGS.name)
    sheet.getCellRangeByName("A2:G400").clearContents(1 | 2 | 4 | 16)
    steps = len(document.UndoManager.getAllUndoActionTitles())
    lines = journal(document)
    assert office.press("check", book).code == 0
    assert len(document.UndoManager.getAllUndoActionTitles()) == steps + 1
    assert rules(document)
    document.UndoManager.undo()
    assert not rules(document)
    assert journal(document) == lines
    assert state(document, "check").startswith(words.DONE)


def test_undo_button_brings_the_book_back(office: Office, document: Any, book: Path) -> None:
    before = rules(document), journal(document)
    document.Sheets.getByName(schema.TEACHERS.name).getCellRangeByName("F2").String = "дежурный"
    assert office.press("check", book).code == 0
    assert rules(document) != before[0]
    assert office.press("undo", book).code == 0
    assert (rules(document), journal(document)) == before
    assert document.Sheets.getByName(schema.TEACHERS.name).getCellRangeByName("F2").String == "дежурный"


def test_a_press_that_could_not_be_done_says_why_and_leaves_an_unmodified_book_unmodified(
    office: Office, document: Any, book: Path
) -> None:
    at = clear_year(document)
    document.store()
    assert not document.isModified()
    ran = office.press("prepare", book)
    assert ran.code == 2
    assert "Traceback" not in ran.out + ran.err
    assert state(document, "prepare") == words.FAILED
    assert SENTENCES["no_year"].format(cell=at) in message(document)
    assert link(document) == ""
    assert not document.isModified()


def test_a_missing_sheet_is_named(office: Office, document: Any, book: Path) -> None:
    document.Sheets.removeByName(schema.SCHEDULE.name)
    assert office.press("check", book).code == 2
    assert schema.SCHEDULE.name in message(document)
    assert state(document, "check") == words.FAILED


def test_a_second_press_is_refused_while_the_first_runs(office: Office, document: Any, book: Path) -> None:
    before = rules(document), state(document, "check")
    with patch.dict(os.environ, {"XDG_CACHE_HOME": str(office.home / ".cache")}), my_turn(book, "protocols"):
        ran = office.press("check", book)
    assert ran.code == 2
    assert panel.BUTTONS["protocols"][0] in message(document)
    assert (rules(document), state(document, "check")) == before
    assert office.press("check", book).code == 0


def test_progress_is_shown_and_the_link_leads_to_the_folder(office: Office, document: Any, book: Path) -> None:
    seen: set[str] = set()
    with office.start("press", "protocols", book) as process:
        while process.poll() is None:
            seen.add(state(document, "protocols"))
    made = sorted((book.parent / "Документы").glob("*.docx"))
    assert process.returncode == 0
    assert any(one.startswith(f"{words.RUNNING}:") and one.endswith(f" {len(made)}") for one in seen), seen
    assert state(document, "protocols").startswith(words.DONE)
    assert (book.parent / "Документы").as_uri() in link(document)
    assert journal(document)[-1] == panel.BUTTONS["protocols"][0]


def test_a_book_closed_while_python_works_ends_it_with_a_sentence(office: Office, document: Any, book: Path) -> None:
    with office.start("press", "protocols", book) as process:
        wait_until(lambda: state(document, "protocols").startswith(words.RUNNING), 60)
        document.close(True)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert err.count("\n") == 1
    assert "Traceback" not in err
    assert office.desktop.getFrames() is not None


def test_a_book_that_is_not_open_is_said_so(office: Office, document: Any, tmp_path: Path) -> None:
    assert document is not None
    ran = office.press("check", tmp_path / "other.xlsm")
    assert ran.code == 2
    assert ran.err.strip() == SENTENCES["not_open"].format(path="other.xlsm")


def test_a_book_that_was_never_saved_is_asked_for(office: Office) -> None:
    document = office.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, ())
    try:
        ran = office.press("check", document.Title)
    finally:
        document.close(True)
    assert ran.code == 2
    assert ran.err.strip() == SENTENCES["not_saved"]


def test_a_book_is_found_by_its_address_and_by_a_link_to_it(office: Office, document: Any, book: Path) -> None:
    other = book.with_name("link.xlsm")
    other.symlink_to(book)
    for name in (book.as_uri(), other):
        cell(document, schema.state_cell("check")).String = ""
        assert office.press("check", name).code == 0
        assert state(document, "check").startswith(words.DONE)


def test_of_two_books_of_one_name_the_one_meant_is_checked(
    office: Office, document: Any, book: Path, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    other = Path(shutil.copy(book, tmp_path / "other" / book.name))
    twin = office.open(other)
    try:
        assert office.press("check", other).code == 0
        assert state(twin, "check").startswith(words.DONE)
        assert state(document, "check") == ""
        assert not document.isModified()
    finally:
        twin.close(True)


def test_a_protected_or_renamed_panel_does_not_stop_the_action(office: Office, document: Any, book: Path) -> None:
    sheet = document.Sheets.getByName(schema.PANEL_NAME)
    sheet.Name = "Начало"
    assert office.press("check", book).code == 0
    assert state(document, "check").startswith(words.DONE)
    cell(document, schema.state_cell("check")).String = ""
    sheet.protect("")
    lines = len(journal(document))
    assert office.press("check", book).code == 0
    assert len(journal(document)) == lines + 1


def test_a_book_without_the_panel_is_checked_all_the_same(office: Office, document: Any, book: Path) -> None:
    """LibreOffice hands out a cell of the next sheet for a name whose sheet is gone: nothing may be written there."""
    document.Sheets.removeByName(schema.PANEL_NAME)
    settings, lines = everything_on(document, schema.SETTINGS), len(journal(document))
    assert office.press("check", book).code == 0
    assert len(journal(document)) == lines + 1
    assert everything_on(document, schema.SETTINGS) == settings


def test_names_that_are_hard_to_write_reach_the_link(office: Office, small_school: Path, tmp_path: Path) -> None:
    folder = tmp_path / "Школа №1 «А» 100% & 'b' #2"
    folder.mkdir()
    book = Path(shutil.copy(small_school, folder / 'Книга "ВПР" %20.xlsm'))
    document = office.open(book)
    try:
        assert office.press("report", book).code == 0
        [made] = (folder / "Документы").glob("*.docx")
        assert cell(document, schema.RESULT_CELL).getError() == 0
        assert made.as_uri() in link(document).replace('";"', "").replace('"&"', "")
        assert made.name in cell(document, schema.RESULT_CELL).String
    finally:
        document.close(True)


def test_what_nobody_foresaw_goes_to_the_log_and_is_told_in_a_sentence(
    office: Office, document: Any, book: Path
) -> None:
    """The state of the file on disk is not what the program expects: a template that is a folder."""
    breaking = "import xlpy.actions\ndef fail(*_):\n raise ZeroDivisionError('unforeseen')\nxlpy.actions.check = fail\n"
    with patch.dict(os.environ, dict(office.env)):
        ran = xlpy("press", "check", book, home=office.home, script=breaking)
    assert ran.code == 2
    assert "Traceback" not in ran.out + ran.err
    assert state(document, "check") == words.FAILED
    log = next(office.home.rglob("xlpy.log"))
    assert str(log) in message(document)
    assert "unforeseen" in log.read_text("utf-8")


def test_no_office_at_all_is_said_so(tmp_path: Path) -> None:
    ran = xlpy("press", "check", tmp_path / "book.xlsm", home=tmp_path, script="import os; os.environ['LOGNAME'] = 'x'")
    assert ran.code == 2
    assert ran.err.strip() == SENTENCES["host_silent"]


def test_an_office_that_dies_while_python_works_is_said_so(book: Path, tmp_path: Path) -> None:
    with running_office(tmp_path / "home") as mortal:
        document = mortal.open(book)
        with mortal.start("press", "protocols", book) as process:
            wait_until(lambda: state(document, "protocols").startswith(words.RUNNING), 60)
            mortal.kill()
            _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert err.strip() == SENTENCES["host_gone"]
