"""The action, the button and the command: from the plan on the sheet to documents, its proof named while it holds."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from docx import Document

from tests.command import xlpy
from tests.documents.distribution.placed_school import Rows, demo_rows, school, small, text_of
from xlpy import actions
from xlpy.actions import Stamp
from xlpy.buttons.deeds import DEEDS
from xlpy.errors import InputError, LockedError, WorkbookError
from xlpy.shipped import WORKBOOK, shipped
from xlpy.tables import schema
from xlpy.words import distribution as words
from xlpy.words import panel
from xlpy.workbook.closed import ClosedWorkbook
from xlpy.workbook.memory import MemoryWorkbook

STAMP = Stamp(datetime(2021, 5, 20, 9, 30), "тест")


def quiet(_done: int, _of: int) -> None:
    """Tell nobody."""


def protocol_text(book: MemoryWorkbook, path: Path) -> str:
    made = actions.distribution(book, path, None, STAMP, quiet)
    assert made.protocol is not None
    return text_of(made.protocol)


def assigned(path: Path) -> MemoryWorkbook:
    book = MemoryWorkbook.filled({**demo_rows(), "checkers": []})
    result = actions.assign(book)
    actions.write_assignment(book, result, STAMP)
    assert actions.store_proof(book, path, result) == ""
    return book


def test_the_proof_of_the_plan_is_named_until_the_plan_is_changed(tmp_path: Path) -> None:
    path = tmp_path / "книга.xlsm"
    book = assigned(path)
    text = protocol_text(book, path)
    assert "SHA-256" in text
    assert words.INDEPENDENT in text
    rows = actions.read_book(book)[0]["checkers"].frame
    first = rows.iloc[0]
    other = next(name for name in rows["checker"] if name != first["checker"])
    raw = book.read_tables([schema.CHECKERS])["checkers"]
    raw.values[0][raw.captions.index("Проверяющий")] = other
    text = protocol_text(book, path)
    assert "SHA-256" not in text
    assert words.CHANGED in text


def test_a_plan_without_a_proof_claims_none(tmp_path: Path) -> None:
    text = protocol_text(MemoryWorkbook.filled(school()), tmp_path / "книга.xlsm")
    assert words.NO_PROOF in text
    assert "SHA-256" not in text


def test_the_button_leads_to_the_folder_and_leaves_a_line_in_the_journal(tmp_path: Path) -> None:
    book, told = MemoryWorkbook.filled(small()), []
    outcome = DEEDS["distribution"](book, tmp_path / "книга.xlsm", STAMP, lambda *step: told.append(step))  # type: ignore[arg-type]
    assert outcome.place == tmp_path / "Документы" / words.FOLDER
    assert words.PROTOCOL in outcome.message
    assert told[-1] == (3, 3)
    journal = actions.read_book(book)[0]["journal"].frame
    assert list(journal["action"]) == [panel.BUTTONS["distribution"][0]]
    assert list(journal["file"]) == [str(outcome.place)]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (small(checkers=[], visits=[]), "not_assigned"),
        (small(schedule=[]), "no_works"),
        (small(settings=[]), "no_year"),
    ],
)
def test_what_is_missing_is_said_before_anything_is_written(tmp_path: Path, rows: Rows, code: str) -> None:
    with pytest.raises(WorkbookError) as caught:
        actions.distribution(MemoryWorkbook.filled(rows), tmp_path / "книга.xlsm", None, STAMP, quiet)
    assert caught.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "занято").write_text("x")
    with pytest.raises(InputError) as caught:
        actions.distribution(MemoryWorkbook.filled(small()), tmp_path / "книга.xlsm", tmp_path / "занято", STAMP, quiet)
    assert caught.value.code == "not_folder"


def test_the_school_s_own_template_beside_the_book_wins_and_the_others_stay(tmp_path: Path) -> None:
    own = tmp_path / "Шаблоны"
    own.mkdir()
    document = Document()
    document.add_paragraph("Наше задание: {{ teacher }}")
    document.save(str(own / "task_sheet.docx"))
    made = actions.distribution(MemoryWorkbook.filled(small()), tmp_path / "книга.xlsm", None, STAMP, quiet)
    assert text_of(made.tasks[0]).strip() == "Наше задание: Лугова Инна Олеговна"
    assert made.protocol is not None
    assert "ПРОТОКОЛ" in text_of(made.protocol)


def test_an_open_document_stops_it(tmp_path: Path) -> None:
    book, path = MemoryWorkbook.filled(small()), tmp_path / "книга.xlsm"
    made = actions.distribution(book, path, None, STAMP, quiet)
    made.tasks[0].with_name(f".~lock.{made.tasks[0].name}#").touch()
    with pytest.raises(LockedError):
        actions.distribution(book, path, None, STAMP, quiet)


def book_on_disk(rows: Rows, folder: Path) -> Path:
    path = folder / WORKBOOK
    path.write_bytes(shipped(WORKBOOK).read_bytes())
    book = ClosedWorkbook(path)
    for sheet in schema.SHEETS:
        if rows.get(sheet.key):
            book.write_table(sheet, rows[sheet.key])
    book.save()
    return path


def test_the_command_writes_them_and_says_where(tmp_path: Path) -> None:
    path = book_on_disk(small(), tmp_path)
    ran = xlpy("distribution", path, "--today", "20.05.2021", "--json")
    assert ran.code == 0
    folder = tmp_path / "Документы" / words.FOLDER
    assert Path(ran.answer["protocol"]).parent == Path(ran.answer["visits"]).parent == folder
    assert ran.answer["files"] == [ran.answer["protocol"], ran.answer["visits"], *ran.answer["tasks"]]
    assert all(Path(file).is_file() for file in ran.answer["files"])
    told = xlpy("distribution", path, "--out", tmp_path / "сюда")
    assert str(tmp_path / "сюда" / words.FOLDER) in told.out
    assert (tmp_path / "сюда" / words.FOLDER / words.TASKS_FOLDER).is_dir()


def test_the_command_says_that_nobody_is_assigned_yet(tmp_path: Path) -> None:
    path = book_on_disk(small(checkers=[], visits=[]), tmp_path)
    ran = xlpy("distribution", path, "--json")
    assert ran.code == 2
    assert ran.answer["error"]["code"] == "not_assigned"
