"""Links to files outlive saving, seen by bare UNO and by openpyxl; a link has the looks of one."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest
import xlwings as xw
from openpyxl import load_workbook

from tests.libreoffice.conftest import Raw

COVERS = ("Range.hyperlink", "Range.add_hyperlink")


def link_in(raw: Raw, address: str) -> str:
    return str(raw.cell(address).TextFields.getByIndex(0).URL)


@pytest.mark.parametrize("given", ["out/отчёт 1.docx", "{folder}/out/отчёт 1.docx", "out\\отчёт 1.docx"])
def test_a_link_to_a_file_is_still_there_in_the_saved_book(
    given: str, app: xw.App, sheet: xw.Sheet, raw: Raw, book: xw.Book, tmp_path: Path
) -> None:
    book.save(tmp_path / "links.xlsx")
    wanted = (tmp_path / "out" / "отчёт 1.docx").as_uri()
    sheet["B3"].add_hyperlink(given.format(folder=tmp_path), "отчёт")
    assert link_in(raw, "B3") == wanted
    book.save()

    assert load_workbook(tmp_path / "links.xlsx").worksheets[0]["B3"].hyperlink.target
    book.close()
    again = app.books.open(tmp_path / "links.xlsx")
    # The office hands letters out as they are, in or out of percent signs.
    assert unquote(again.sheets[0]["B3"].hyperlink) == unquote(wanted)


def test_a_link_within_the_book_is_kept(sheet: xw.Sheet, book: xw.Book, tmp_path: Path) -> None:
    sheet["B3"].add_hyperlink("#Sheet1!C7", "строка")
    book.save(tmp_path / "links.xlsx")

    assert load_workbook(tmp_path / "links.xlsx").worksheets[0]["B3"].hyperlink.location == "Sheet1!C7"


def test_a_link_on_a_drive_is_a_file_s(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["B3"].add_hyperlink("C:\\Школа\\план.docx", "план")
    url = link_in(raw, "B3")

    assert url.startswith("file:///C:/")
    assert "\\" not in url


def test_a_link_is_blue_and_underlined(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["B3"].add_hyperlink("https://example.org", "сайт")

    assert (raw.cell("B3").CharColor, raw.cell("B3").CharUnderline) == (0x0563C1, 1)


def test_what_looks_like_a_formula_stays_text(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["B3"].add_hyperlink("https://example.org", "=1+1")

    assert (raw.cell("B3").Type.value, raw.cell("B3").String) == ("TEXT", "=1+1")
