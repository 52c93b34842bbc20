"""LibreOffice in Russian: decimal comma, dd.mm.yyyy, names of functions in Russian. Nothing of it reaches Python."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from tests.libreoffice.conftest import THROUGH_CHILD, raw_of
from xlpy.libreoffice import apps, register
from xlpy.libreoffice.bridge import ChildBridge, open_bridge
from xlpy.libreoffice.offices import start_office
from xlpy.libreoffice.verbs.desk import Desk


@pytest.fixture(scope="module")
def app() -> Iterator[xw.App]:
    register()
    engine = xw.engines["libreoffice"]
    engine.activate()
    office = start_office(visible=False, language="ru", connect=ChildBridge if THROUGH_CHILD else open_bridge)
    one = xw.App(impl=apps.adopt(engine.impl, office))
    yield one
    one.quit()


@pytest.mark.usefixtures("app")
def test_the_office_is_a_russian_one(book: xw.Book, desk: Desk) -> None:
    raw = raw_of(desk, book)
    locale = raw.document.getPropertyValue("CharLocale")
    assert locale.Language == "ru"
    raw.cell("A1").FormulaLocal = "1,5"
    assert raw.cell("A1").Value == 1.5


def test_values_are_those_of_python(book: xw.Book, desk: Desk) -> None:
    sheet = book.sheets[0]
    moment = dt.datetime(2026, 4, 20, 9, 30)
    sheet["A1"].value = [1.5, "1,5", "20.04.2026", True, moment]
    assert sheet["A1:C1"].value == [1.5, "1,5", "20.04.2026"]
    assert sheet["E1"].value == moment
    assert raw_of(desk, book).cell("A1").String == "1,5"


def test_formulas_are_english_with_commas_and_points(book: xw.Book, desk: Desk, tmp_path: Path) -> None:
    sheet = book.sheets[0]
    sheet["A1"].value = [[1.5], [2]]
    sheet["B1"].formula = "=IF(SUM(A1:A2)>3.4,ROUND(A1*1.15,2),0)"
    assert sheet["B1"].formula == "=IF(SUM(A1:A2)>3.4,ROUND(A1*1.15,2),0)"
    assert sheet["B1"].value == 1.73
    sheet["C1"].formula = "=TEXT(1/0,0)"
    assert "СУММ" in raw_of(desk, book).cell("B1").FormulaLocal
    book.save(tmp_path / "ru.xlsx")
    assert openpyxl.load_workbook(tmp_path / "ru.xlsx").active["B1"].value == "=IF(SUM(A1:A2)>3.4,ROUND(A1*1.15,2),0)"


def test_names_are_read_and_written_in_excels_grammar(book: xw.Book) -> None:
    name = book.sheets[0].name
    named = book.names.add("Сумма", f"=SUM({name}!$A$1:$A$2)")
    assert named.refers_to == f"=SUM({name}!$A$1:$A$2)"
    assert book.names.add("Ставка", "=0.13").refers_to == "=0.13"


def test_a_new_sheet_has_a_name_that_is_free(book: xw.Book) -> None:
    assert len({sheet.name for sheet in (book.sheets.add(), book.sheets.add(), *book.sheets)}) == 3


def test_a_copy_of_a_sheet_and_page_settings_work_as_everywhere(book: xw.Book) -> None:
    sheet = book.sheets[0]
    sheet.page_setup.print_area = "A1:B3"
    assert sheet.page_setup.print_area == "$A$1:$B$3"
    sheet["A1"].value = "x"
    assert sheet.copy(name="Копия")["A1"].value == "x"
    sheet.clear()
    assert sheet["A1"].value is None
