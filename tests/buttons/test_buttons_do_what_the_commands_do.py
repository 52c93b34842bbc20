"""Each button has its action; what it tells is what the action found, and the link leads to where that lies."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.command import xlpy
from tests.desktop import wait_until
from xlpy.actions import Stamp
from xlpy.buttons.deeds import DEEDS
from xlpy.buttons.outcome import Outcome
from xlpy.errors import InputError, LockedError
from xlpy.tables import schema
from xlpy.tables.frames import Table, read_tables
from xlpy.words import panel
from xlpy.workbook.builder.vba import macro_name, module_source
from xlpy.workbook.closed import ClosedWorkbook

STAMP = Stamp(datetime(2021, 4, 20, 10, 15), "тест")


def table_of(book: Path, key: str) -> Table:
    sheet = next(one for one in schema.SHEETS if one.key == key)
    return read_tables(ClosedWorkbook(book).read_tables([sheet]))[key]


def done(action: str, book: Path) -> tuple[Outcome, list[tuple[int, int]]]:
    """Do what the button does on the closed file: the same door, another adapter."""
    steps: list[tuple[int, int]] = []
    outcome = DEEDS[action](ClosedWorkbook(book), book, STAMP, lambda *step: steps.append(step))
    return outcome, steps


def test_every_button_has_its_deed_its_macro_and_nothing_is_left_over() -> None:
    assert list(DEEDS) == list(panel.BUTTONS)
    source = module_source()
    for action in DEEDS:
        assert f"Public Sub {macro_name(action)}()" in source
        assert f'VprRun "{action}"' in source


def test_check_leaves_on_the_sheet_what_the_command_finds(book: Path) -> None:
    answer = xlpy("check", book, "--json", "--today", "20.04.2021").answer
    outcome, _ = done("check", book)
    assert outcome.place == schema.FINDINGS.name
    assert str(answer["errors"]) in outcome.message
    assert list(table_of(book, "findings").frame["rule"]) == [one["rule"] for one in answer["findings"]]


@pytest.mark.parametrize(
    ("action", "sheet"), [("prepare", schema.RESULTS), ("check", schema.FINDINGS), ("assign", schema.CHECKERS)]
)
def test_a_button_that_writes_has_its_line_in_the_journal(book: Path, action: str, sheet: schema.Sheet) -> None:
    lines = len(table_of(book, "journal").frame)
    outcome, _ = done(action, book)
    journal = table_of(book, "journal").frame
    assert len(journal) == lines + 1
    assert journal["action"].iloc[-1] == panel.BUTTONS[action][0]
    assert outcome.place == sheet.name


def test_protocols_lead_to_their_folder_and_tell_how_far_they_are(book: Path) -> None:
    outcome, steps = done("protocols", book)
    assert isinstance(outcome.place, Path)
    assert outcome.place.is_dir()
    made = list(outcome.place.glob("*.docx"))
    assert len(made) == steps[-1][1] > 1
    assert str(len(made)) in outcome.message
    assert [step[0] for step in steps] == sorted(step[0] for step in steps)


def test_report_leads_to_its_file(book: Path) -> None:
    outcome, _ = done("report", book)
    assert isinstance(outcome.place, Path)
    assert outcome.place.suffix == ".docx"
    assert outcome.place.is_file()


def test_a_document_that_is_open_in_word_is_named(book: Path) -> None:
    outcome, _ = done("report", book)
    assert isinstance(outcome.place, Path)
    outcome.place.with_name(f".~lock.{outcome.place.name}#").touch()
    with pytest.raises(LockedError) as refused:
        done("report", book)
    assert refused.value.code == "document_open"


def test_folder_is_made_and_opened(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file manager of our own stands first on the path."""
    shown = tmp_path / "shown"
    opener = tmp_path / "bin" / "xdg-open"
    opener.parent.mkdir()
    opener.write_text(f'#!/bin/sh\nprintf %s "$1" > "{shown}.new" && mv "{shown}.new" "{shown}"\n')
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", f"{opener.parent}:/usr/bin:/bin")
    outcome, _ = done("folder", book)
    wait_until(shown.exists, 20)
    assert outcome.place == book.parent / "Документы"
    assert outcome.place.is_dir()
    assert Path(shown.read_text("utf-8")) == outcome.place


def test_a_folder_that_is_a_file_is_named(book: Path) -> None:
    (book.parent / "Документы").write_text("x")
    with pytest.raises(InputError) as refused:
        done("protocols", book)
    assert refused.value.code == "not_folder"
