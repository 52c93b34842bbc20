"""Fonts of single characters of a cell, seen by bare UNO and by openpyxl in the saved file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from openpyxl import load_workbook

from tests.libreoffice.conftest import Raw

COVERS = ("Range.characters", "Characters.text", "Characters.font", "Characters.__getitem__")


def part(raw: Raw, address: str, start: int, count: int) -> Any:
    cursor = raw.cell(address).createTextCursor()
    cursor.gotoStart(False)
    cursor.goRight(start, False)
    cursor.goRight(count, True)
    return cursor


def test_a_part_of_a_text_has_a_font_of_its_own(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["B2"].value = "Срок сдачи"
    characters = sheet["B2"].characters
    characters[5:].font.bold = True
    characters[:4].font.color = (255, 0, 0)

    assert part(raw, "B2", 5, 5).CharWeight == 150.0
    assert part(raw, "B2", 0, 4).CharWeight == 100.0
    assert part(raw, "B2", 0, 4).CharColor == 0xFF0000
    assert characters[5:].font.bold is True
    assert characters[:4].font.bold is False
    assert characters.font.bold is None


def test_parts_are_cut_as_python_cuts_text(sheet: xw.Sheet) -> None:
    sheet["B2"].value = "Python"
    characters = sheet["B2"].characters

    assert (characters.text, characters[:3].text, characters[1:3].text) == ("Python", "Pyt", "yt")
    assert (characters[0].text, characters[-1].text, characters[2:][1].text) == ("P", "n", "h")
    with pytest.raises(ValueError, match="negative"):
        _ = characters[-2:]
    with pytest.raises(IndexError):
        _ = characters[6]


def test_a_character_beyond_the_first_plane_is_one(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["B2"].value = "📄 отчёт"
    sheet["B2"].characters[2:].font.italic = True

    assert part(raw, "B2", 3, 5).CharPosture.value == "ITALIC"
    assert part(raw, "B2", 0, 3).CharPosture.value == "NONE"


@pytest.mark.parametrize("content", [12.5, "=6*7"])
def test_a_number_stays_a_number_and_its_font_is_the_cell_s(content: Any, sheet: xw.Sheet, raw: Raw) -> None:
    sheet["B2"].value = content
    kind = raw.cell("B2").Type.value
    sheet["B2"].characters[:1].font.bold = True

    assert raw.cell("B2").Type.value == kind != "TEXT"
    assert raw.cell("B2").CharWeight == 150.0
    assert sheet["B2"].characters[:1].font.bold is True


def test_fonts_of_parts_arrive_in_the_saved_file(sheet: xw.Sheet, book: xw.Book, tmp_path: Path) -> None:
    sheet["B2"].value = "Срок сдачи"
    sheet["B2"].characters[:4].font.bold = True
    book.save(tmp_path / "rich.xlsx")

    kept = load_workbook(tmp_path / "rich.xlsx", rich_text=True).worksheets[0]["B2"].value
    assert [(one.text, one.font.b) for one in kept] == [("Срок", True), (" сдачи", False)]
