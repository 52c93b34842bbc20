"""Number formats in a Russian office are written and read in Excel's grammar, and show in Russian."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw
from openpyxl import load_workbook

from tests.libreoffice.conftest import THROUGH_CHILD, Raw
from xlpy.libreoffice import register
from xlpy.libreoffice.apps import adopt
from xlpy.libreoffice.bridge import ChildBridge, open_bridge
from xlpy.libreoffice.offices import start_office
from xlpy.libreoffice.verbs.runtime import struct

COVERS = ("Range.number_format",)
SHOWN = {
    "General": "46132,5",
    "0.00": "46132,50",
    "#,##0.00": "46\xa0132,50",
    "dd.mm.yyyy": "20.04.2026",
    "dd.mm.yyyy hh:mm": "20.04.2026 12:00",
    "yyyy-mm-dd": "2026-04-20",
    "mmm yyyy": "апр 2026",
    '0.0" балла, около"': "46132,5 балла, около",
    "[Red]0.0;[Blue]-0.0": "46132,5",
    "[h]:mm": "1107180:00",
    "0.0E+00": "4,6E+04",
}


@pytest.fixture(scope="module")
def app() -> Iterator[xw.App]:
    register()
    engine = xw.engines["libreoffice"]
    engine.activate()
    office = start_office(visible=False, language="ru", connect=ChildBridge if THROUGH_CHILD else open_bridge)
    one = xw.App(impl=adopt(engine.impl, office))
    yield one
    one.quit()


@pytest.mark.parametrize(("code", "shown"), SHOWN.items())
def test_a_format_shows_in_russian_and_reads_as_written(code: str, shown: str, sheet: xw.Sheet, raw: Raw) -> None:
    raw.cell("A1").Value = 46132.5
    sheet["A1"].number_format = code

    assert raw.cell("A1").String == shown
    assert sheet["A1"].number_format == code


@pytest.mark.parametrize(("russian", "code"), [("# ##0,00", "#,##0.00"), ("0,0", "0.0"), ("DD.MM.YYYY", "dd.mm.yyyy")])
def test_a_format_that_the_user_chose_reads_in_english(russian: str, code: str, sheet: xw.Sheet, raw: Raw) -> None:
    formats, language = raw.document.NumberFormats, struct("lang.Locale", Language="ru", Country="RU")
    key = formats.queryKey(russian, language, False)
    raw.cell("A1").NumberFormat = formats.addNew(russian, language) if key == -1 else key

    assert sheet["A1"].number_format == code


def test_formats_arrive_in_the_saved_file(sheet: xw.Sheet, book: xw.Book, tmp_path: Path) -> None:
    for row, code in enumerate(SHOWN):
        sheet[row, 0].value = 1
        sheet[row, 0].number_format = code
    book.save(tmp_path / "formats.xlsx")

    column = load_workbook(tmp_path / "formats.xlsx").worksheets[0]["A"]
    assert [_bare(cell.number_format) for cell in column] == [code.upper() for code in SHOWN]


def _bare(code: str) -> str:
    """Without the marks of languages and the escapes that the office puts in."""
    return re.sub(r"\[\$-[0-9A-F]+\]|\\", "", code).upper()
