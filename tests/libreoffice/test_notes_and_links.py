"""Notes and links of cells, seen by bare UNO and by openpyxl in the saved file."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwings as xw
from openpyxl import load_workbook

from tests.libreoffice.conftest import Raw

COVERS = (
    "Range.note",
    "Range.add_note",
    "Range.hyperlink",
    "Range.add_hyperlink",
    "Note.text",
    "Note.author",
    "Note.location",
    "Note.delete",
    "Sheet.notes",
)
NEW = pytest.mark.skipif(not hasattr(xw.Range, "add_note"), reason="this xlwings cannot add notes")


@NEW
def test_a_note_is_added_changed_and_deleted(sheet: xw.Sheet, raw: Raw) -> None:
    note = sheet["B3"].add_note("Проверьте код")
    there = raw.sheet.Annotations.getByIndex(0)
    assert (there.Position.Column, there.Position.Row, there.String) == (1, 2, "Проверьте код")

    note.text = "Всё верно"
    assert raw.sheet.Annotations.getByIndex(0).String == "Всё верно"
    assert sheet["B3"].note.text == "Всё верно"

    sheet["B3"].note.delete()
    assert raw.sheet.Annotations.Count == 0
    assert sheet["B3"].note is None


@NEW
def test_notes_of_a_sheet_stand_in_the_order_of_their_cells(sheet: xw.Sheet, raw: Raw) -> None:
    for address in ("C5", "A1", "B5"):
        sheet[address].add_note(address)

    assert raw.sheet.Annotations.Count == 3
    assert [note.text for note in sheet.notes] == ["A1", "B5", "C5"]
    assert [note.location.address for note in sheet.notes] == ["$A$1", "$B$5", "$C$5"]
    assert len(sheet.notes) == 3
    assert sheet.notes[2].author == raw.sheet.Annotations.getByIndex(0).Author


@NEW
def test_a_note_arrives_in_the_saved_file(sheet: xw.Sheet, book: xw.Book, tmp_path: Path) -> None:
    sheet["B3"].value = 1
    sheet["B3"].add_note("Проверьте код")
    book.save(tmp_path / "notes.xlsx")

    assert load_workbook(tmp_path / "notes.xlsx").worksheets[0]["B3"].comment.text == "Проверьте код"


def test_a_link_is_put_into_a_cell_and_read_back(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["B3"].add_hyperlink("https://example.org/план", "план", "подсказка")

    assert raw.cell("B3").String == "план"
    assert sheet["B3"].hyperlink == "https://example.org/план"
    assert sheet["B3"].value == "план"


def test_a_cell_without_a_link_says_so(sheet: xw.Sheet) -> None:
    with pytest.raises(Exception, match="hyperlink"):
        _ = sheet["A1"].hyperlink


def test_a_link_arrives_in_the_saved_file(sheet: xw.Sheet, book: xw.Book, tmp_path: Path) -> None:
    sheet["B3"].add_hyperlink("https://example.org/x", "сайт")
    book.save(tmp_path / "links.xlsx")

    cell = load_workbook(tmp_path / "links.xlsx").worksheets[0]["B3"]
    assert (cell.value, cell.hyperlink.target) == ("сайт", "https://example.org/x")
