"""Excel's grammar ⇄ LibreOffice's. The judges are the office itself and the formulas of our own workbook."""

from __future__ import annotations

import string
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from xlpy.libreoffice.formulas import to_excel, to_office

BOOK = Path(__file__).resolve().parents[2] / "vpr_workbook.xlsm"

PAIRS = (
    ("=SUM(Ввод!F2:F10)", "=SUM($Ввод.F2:F10)"),
    ("=IF('Мой лист'!A2=\"x;,y\",1,2)", "=IF($'Мой лист'.A2=\"x;,y\";1;2)"),
    ("=SUM((A1:A3,C1:C3))", "=SUM((A1:A3~C1:C3))"),
    ("=SUM(A1:C3 B2:D4)", "=SUM(A1:C3!B2:D4)"),
    ("=SUM({1,2;3,4})", "=SUM({1;2|3;4})"),
    ("=SUM(Таблица[[#This Row],[Макс. балл]])", "=SUM(Таблица[[#This Row];[Макс. балл]])"),
    ("=#REF!+1", "=#REF!+1"),
    ("=IF(A1=#N/A,1,)", "=IF(A1=#N/A;1;)"),
    ("=VLOOKUP(A1,'Лист.два'!$A:$C,2,0)", "=VLOOKUP(A1;$'Лист.два'.$A:$C;2;0)"),
    ("=SUM(Первый:Третий!A1:B2)", "=SUM($Первый.A1:$Третий.B2)"),
    ("=IF(A1,TRUE,FALSE)", "=IF(A1;TRUE();FALSE())"),
    ("={TRUE,1}", "={TRUE;1}"),
    ("=T.DIST.2T(A1,2)+NORM.S.DIST(1,0)", "=T.DIST.2T(A1;2)+NORM.S.DIST(1;0)"),
)


@pytest.mark.parametrize(("excel", "office"), PAIRS)
def test_the_same_formula_is_written_both_ways(excel: str, office: str) -> None:
    assert to_office(excel) == office
    assert to_excel(office) == excel


def test_a_prefix_of_the_file_format_is_dropped() -> None:
    assert to_office("=_xlfn.STDEV.S(A1:A9)") == "=STDEV.S(A1:A9)"


@pytest.mark.parametrize("text", ["", "=", "просто текст; с, знаками", "'=SUM(A1,B1)", "5", "{не формула}"])
def test_a_text_that_is_no_formula_stays_as_it_is(text: str) -> None:
    assert to_office(text) == text
    assert to_excel(text) == text


def test_an_array_formula_is_told_without_its_braces() -> None:
    assert to_excel("{=SUM(A1:A2;1)}") == "=SUM(A1:A2,1)"


sheet_names = st.one_of(
    st.text("абвгдеБВГ", min_size=1, max_size=5),
    st.text("абв yz'.,;!()+", min_size=1, max_size=8).filter(lambda name: "'" not in (name[0], name[-1])),
)
corners = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "$"]),
    st.text(string.ascii_uppercase, min_size=1, max_size=2),
    st.sampled_from(["", "$"]),
    st.integers(1, 99999),
)


@st.composite
def references(draw: Any) -> str:
    name = draw(st.none() | sheet_names)
    cells = draw(corners) + draw(st.just("") | corners.map(lambda corner: f":{corner}"))
    if name is None:
        return str(cells)
    bare = all(sign in "абвгдеБВГ" for sign in name)
    return f"{name}!{cells}" if bare else "'" + name.replace("'", "''") + f"'!{cells}"


texts = st.text('аб";,!. ()[]{}', max_size=6).map(lambda text: '"' + text.replace('"', '""') + '"')
leaves = st.one_of(
    references(), texts, st.integers(0, 999).map(str), st.sampled_from(["1.5", "TRUE", "имя", "#N/A", "#REF!"])
)


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    calls = st.builds(
        lambda name, given: f"{name}({','.join(given)})",
        st.sampled_from(["SUM", "IF", "NORM.S.DIST", "T.DIST.2T", "LOG10", "COUNTIFS"]),
        st.lists(inner | st.just(""), min_size=1, max_size=4),
    )
    pairs = st.builds("{}{}{}".format, inner, st.sampled_from("+-*/&=<>^"), inner)
    arrays = st.just("{1,2;3,4}")
    return st.one_of(calls, pairs, inner.map("({})".format), inner.map("-{}".format), arrays)


@given(st.recursive(leaves, grown, max_leaves=12))
def test_there_and_back_is_the_same_formula(body: str) -> None:
    assert to_excel(to_office(f"={body}")) == f"={body}"


def test_every_formula_of_the_workbook_is_read_from_the_office_as_it_stands_in_the_file(app: Any) -> None:
    file = load_workbook(BOOK)
    book = app.books.open(str(BOOK), read_only=True)
    try:
        document = app.impl.bridge._desk.thing(book.impl.key)
        told: dict[str, str] = {}
        for page in file.worksheets:
            cells = {
                c.coordinate: c.value for row in page for c in row if isinstance(c.value, str) and c.data_type == "f"
            }
            sheet = document.Sheets.getByName(page.title)
            told |= {formula: to_excel(sheet.getCellRangeByName(at).Formula) for at, formula in cells.items()}
    finally:
        book.close()
    assert len(told) > 30
    # The office writes signs and spaces of its own choice.
    wrong = {a: b for a, b in told.items() if "".join(a.split()).lower() != "".join(b.split()).lower()}
    assert wrong == {}


def test_the_office_takes_every_formula_of_the_workbook_back(app: Any) -> None:
    file = load_workbook(BOOK)
    book = app.books.open(str(BOOK), read_only=True)
    try:
        document = app.impl.bridge._desk.thing(book.impl.key)
        for page in file.worksheets:
            sheet = document.Sheets.getByName(page.title)
            for row in page:
                for cell in row:
                    if cell.data_type == "f":
                        there = sheet.getCellRangeByName(cell.coordinate)
                        before = there.Formula
                        there.Formula = to_office(str(cell.value))
                        assert there.Formula == before, cell.coordinate
    finally:
        book.close()


def test_a_reference_over_several_sheets_is_computed_as_written(app: Any) -> None:
    book = app.books.add()
    try:
        document = app.impl.bridge._desk.thing(book.impl.key)
        for place, name in enumerate(("Второй", "Третий"), start=1):
            document.Sheets.insertNewByName(name, place)
        first = document.Sheets.getByIndex(0).Name
        for name in (first, "Второй", "Третий"):
            document.Sheets.getByName(name).getCellRangeByName("A1").Value = 5
        cell = document.Sheets.getByIndex(0).getCellRangeByName("C3")
        cell.Formula = to_office(f"=SUM({first}:Третий!A1:B2)")
        assert cell.Value == 15
    finally:
        book.close()
