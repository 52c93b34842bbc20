"""Macros of a workbook run by name, with arguments and an answer."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter
import xlwings as xw
from pyopenvba import ExcelFile

from tests.libreoffice.conftest import Raw
from xlpy.errors import HostError

COVERS = ("App.run",)

_BASIC = """
Function AddUp(x, y)
    AddUp = x + y
End Function

Function Upper(text As String) As String
    Upper = UCase(text)
End Function

Sub WriteCell(content)
    ThisComponent.Sheets(0).getCellByPosition(0, 0).String = content
End Sub

Function Row()
    Row = Array(1, "два", True)
End Function

Function NextYear(moment As Date)
    NextYear = Year(moment) + 1
End Function

Function IsTrue(flag)
    IsTrue = flag
End Function

Function First(list)
    First = list(0)
End Function
"""
_VBA = """
Public Function Doubled(n As Double) As Double
    Doubled = n * 2
End Function

Public Function Halved(ByVal n As Double) As Double
    Halved = n / 2
End Function

Public Function Added(a As Integer, b As Long) As Long
    Added = a + b
End Function

Public Function Length(text As String) As Integer
    Length = Len(text)
End Function

Public Sub Mark(text As String)
    ThisWorkbook.Worksheets(1).Range("B2").Value = text
End Sub
"""


@pytest.fixture
def with_macros(book: xw.Book, raw: Raw) -> xw.Book:
    libraries = raw.document.BasicLibraries
    standard = (
        libraries.getByName("Standard") if libraries.hasByName("Standard") else libraries.createLibrary("Standard")
    )
    standard.insertByName("Extra", "Sub Main\nEnd Sub\n")
    standard.insertByName("Module1", _BASIC)
    return book


def test_a_function_answers(with_macros: xw.Book) -> None:
    assert with_macros.macro("Module1.AddUp")(1, 2) == 3
    assert with_macros.macro("module1.addup")(1.5, 2) == 3.5
    assert with_macros.macro("Upper")("привет") == "ПРИВЕТ"
    assert with_macros.macro("Row")() == [1, "два", True]
    assert with_macros.macro("First")(["а", "б"]) == "а"
    assert with_macros.macro("IsTrue")(True) is True
    assert with_macros.macro("NextYear")(dt.datetime(2026, 2, 28)) == 2027


def test_a_sub_does_its_work_and_answers_nothing(with_macros: xw.Book, raw: Raw) -> None:
    with_macros.activate()
    assert with_macros.macro("Module1.WriteCell")("из макроса") is None
    assert raw.cell("A1").String == "из макроса"


def test_a_macro_of_the_active_book_needs_no_book(app: xw.App, with_macros: xw.Book) -> None:
    with_macros.activate()
    assert app.macro("Module1.AddUp")(2, 2) == 4


def test_a_macro_that_is_not_there_is_named(with_macros: xw.Book) -> None:
    for name in ("Module1.Nothing", "Nothing.AddUp", "Нет"):
        with pytest.raises(HostError) as caught:
            with_macros.macro(name)()
        assert (caught.value.code, caught.value.params["name"]) == ("no_macro", name)


@pytest.fixture
def vba_book(book: xw.Book, tmp_path: Path) -> xw.Book:
    return book.app.books.open(_with_vba(tmp_path))


def _with_vba(folder: Path) -> Path:
    path = folder / "with vba.xlsm"
    bare = xlsxwriter.Workbook(path)
    bare.add_worksheet()
    bare.close()
    with ExcelFile(path) as workbook:
        workbook.add_vba_project().add_module("Tools", _VBA)
        workbook.save(path)
    return path


def test_vba_of_a_macro_workbook_runs(vba_book: xw.Book) -> None:
    assert vba_book.macro("Tools.Doubled")(21) == 42
    assert vba_book.macro("Halved")(21) == 10.5
    assert vba_book.macro("Added")(1, 2) == 3
    assert vba_book.macro("Tools.Length")("слово") == 5
    vba_book.macro("Mark")("отмечено")
    assert vba_book.sheets[0]["B2"].value == "отмечено"
