"""A coordinator's LibreOffice window: each button of «Панель» is found on the screen, clicked, and does its work.

The effects are looked for where a person would look: on the sheets, on the disk, in the journal. Pictures before and
after each click go to the folder XLPY_PICTURES where that is set.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from tests.buttons.office import cell, column
from tests.desktop import NOT_LINUX, Desktop, desktop, wait_until
from xlpy.libreoffice.pipes import pipe_address
from xlpy.libreoffice.verbs.desk import Desk
from xlpy.tables import schema
from xlpy.words import buttons as words
from xlpy.words import panel

pytestmark = pytest.mark.skipif(NOT_LINUX, reason="virtual screens and clicks are Linux' alone")

OPENER = '#!/bin/sh\nprintf %s "$1" > "$HOME/shown.new" && mv "$HOME/shown.new" "$HOME/shown"\n'


@dataclass(frozen=True, slots=True)
class Seat:
    """A coordinator before the screen, with the school's workbook open."""

    screen: Desktop
    book: Path
    document: Any

    def shown(self, name: str) -> str:
        """What the cell of a defined name shows."""
        return str(cell(self.document, name).String)

    def column(self, sheet: schema.Sheet, key: str) -> list[str]:
        """What stands in a column of a sheet."""
        return column(self.document, sheet.name, sheet.column(key).caption)

    def press(self, action: str) -> None:
        """Click the button and wait until it has done its work or could not."""
        self.picture(f"{action}-before")
        cell(self.document, schema.state_cell(action)).String = ""
        self.screen.click(panel.BUTTONS[action][0])
        ends = (words.DONE, words.FAILED)
        wait_until(lambda: self.shown(schema.state_cell(action)).startswith(ends), what=f"«{action}» did not end")
        self.picture(f"{action}-after")
        assert self.shown(schema.state_cell(action)).startswith(words.DONE), self.shown(schema.MESSAGE_CELL)
        assert not self.screen.messages()

    def picture(self, name: str) -> None:
        """Photograph the screen where somebody wants to see it."""
        folder = os.environ.get("XLPY_PICTURES")
        if folder:
            self.screen.picture(Path(folder) / f"{name}.png")


@pytest.fixture(scope="module")
def seat(school: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seat]:
    home = tmp_path_factory.mktemp("home")
    folder = Path(shutil.copytree(school, tmp_path_factory.mktemp("work") / "school"))
    shutil.rmtree(folder / "Документы")
    opener = tmp_path_factory.mktemp("bin") / "xdg-open"
    opener.write_text(OPENER)
    opener.chmod(0o755)
    book = folder / "vpr_workbook.xlsm"
    with patch.dict(os.environ, {"PATH": f"{opener.parent}:{os.environ['PATH']}"}), desktop(home, folder) as screen:
        screen.open(book)
        desk = Desk(pipe_address(screen.pipe))
        yield Seat(screen, book, desk.desktop.getCurrentComponent())
        screen.close()


@pytest.fixture
def lines(seat: Seat) -> int:
    """How many lines «Журнал» had before."""
    return len(seat.column(schema.JOURNAL, "action"))


def test_prepare_adds_the_row_of_a_new_pupil(seat: Seat, lines: int) -> None:
    people = seat.document.Sheets.getByName(schema.PARTICIPANTS.name)
    codes = seat.column(schema.PARTICIPANTS, "code")
    row = len(codes) + 1
    new, like = f"{codes[-1][0]}9876", people.getCellByPosition(2, row - 1).String
    people.getCellByPosition(0, row).String, people.getCellByPosition(2, row).String = new, like
    seat.press("prepare")
    assert new in seat.column(schema.RESULTS, "code")
    assert seat.column(schema.JOURNAL, "action")[lines:] == [panel.BUTTONS["prepare"][0]]


def test_check_shows_its_findings_on_their_sheet(seat: Seat, lines: int) -> None:
    sheet = seat.document.Sheets.getByName(schema.TEACHERS.name)
    sheet.getCellRangeByName("F3").String = "дежурный по этажу"
    seat.press("check")
    found = list(zip(seat.column(schema.FINDINGS, "sheet"), seat.column(schema.FINDINGS, "cell"), strict=True))
    assert (schema.TEACHERS.name, "F3") in found
    assert seat.column(schema.JOURNAL, "action")[lines:] == [panel.BUTTONS["check"][0]]
    assert schema.FINDINGS.name in seat.shown(schema.RESULT_CELL)


def test_a_button_still_works_after_a_look_at_another_sheet(seat: Seat) -> None:
    """The line of formulas then says it can be edited for good, though nobody types."""
    seat.press("check")
    controller, sheets = seat.document.CurrentController, seat.document.Sheets
    for name in (schema.TEACHERS.name, schema.PANEL_NAME):
        controller.setActiveSheet(sheets.getByName(name))
        time.sleep(1)
    seat.press("check")


def test_assign_names_a_checker_for_each_work(seat: Seat, lines: int) -> None:
    sheet = seat.document.Sheets.getByName(schema.CHECKERS.name)
    sheet.getCellRangeByName("D2:G400").clearContents(1 | 2 | 4 | 16)
    seat.press("assign")
    assert all(seat.column(schema.CHECKERS, "checker"))
    assert len(seat.column(schema.CHECKERS, "checker")) > 10
    assert seat.column(schema.JOURNAL, "action")[lines:] == [panel.BUTTONS["assign"][0]]


def test_protocols_lie_on_the_disk_and_the_link_leads_to_them(seat: Seat, lines: int) -> None:
    seat.press("protocols")
    made = [path for path in (seat.book.parent / "Документы").glob("*.docx") if "ротокол" in path.name]
    assert len(made) > 10
    assert (seat.book.parent / "Документы").as_uri() in cell(seat.document, schema.RESULT_CELL).Formula
    assert seat.column(schema.JOURNAL, "action")[lines:] == [panel.BUTTONS["protocols"][0]]


def test_report_lies_on_the_disk_and_the_link_leads_to_it(seat: Seat, lines: int) -> None:
    seat.press("report")
    made = {path.as_uri() for path in (seat.book.parent / "Документы").glob("*.docx") if "ротокол" not in path.name}
    assert any(uri in cell(seat.document, schema.RESULT_CELL).Formula for uri in made)
    assert seat.column(schema.JOURNAL, "action")[lines:] == [panel.BUTTONS["report"][0]]


def test_folder_is_shown_in_the_file_manager(seat: Seat) -> None:
    shown = seat.screen.home / "shown"
    shown.unlink(missing_ok=True)
    seat.press("folder")
    wait_until(shown.exists, 20)
    assert Path(shown.read_text("utf-8")) == seat.book.parent / "Документы"


def test_undo_takes_back_what_the_last_button_did(seat: Seat, lines: int) -> None:
    sheet = seat.document.Sheets.getByName(schema.TEACHERS.name)
    sheet.getCellRangeByName("F4").String = "дежурный по двору"
    before = seat.column(schema.FINDINGS, "cell")
    seat.press("check")
    assert seat.column(schema.FINDINGS, "cell") != before
    seat.press("undo")
    assert seat.column(schema.FINDINGS, "cell") == before
    assert len(seat.column(schema.JOURNAL, "action")) == lines
    assert sheet.getCellRangeByName("F4").String == "дежурный по двору"


def test_the_view_stays_where_it_was(seat: Seat) -> None:
    view = seat.document.getCurrentController()
    selected = seat.document.getCurrentSelection().AbsoluteName
    seat.press("check")
    assert seat.document.getCurrentSelection().AbsoluteName == selected
    assert view.getActiveSheet().Name == schema.PANEL_NAME
