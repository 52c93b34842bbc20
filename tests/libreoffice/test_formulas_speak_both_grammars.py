"""Excel's grammar ⇄ LibreOffice's. The judges are the office itself and the formulas of our own workbook."""

from __future__ import annotations

import re
import string
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from tests.libreoffice.conftest import Raw
from xlpy.libreoffice.formulas import to_excel, to_office
from xlpy.libreoffice.verbs.desk import Desk
from xlpy.libreoffice.verbs.runtime import properties

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
    ("='A1'!B2+'2025'!B2", "=$A1.B2+$'2025'.B2"),
    ("=CEILING(A1,2)+EFFECT(A1,2)", "=CEILING.XCL(A1;2)+EFFECTIVE(A1;2)"),
    ("=Ввод!имя", "=$Ввод.имя"),
    ("=SUM(Ввод!A:A,Ввод!2:3)", "=SUM($Ввод.A:A;$Ввод.2:3)"),
    ("=A1:INDEX(B:B,2)", "=A1:INDEX(B:B;2)"),
    ("=ROWS(Таблица[#All])", "=ROWS(Таблица[[#All]])"),
    ("=SUM(Таблица[Балл, всего])", "=SUM(Таблица[Балл, всего])"),
    ("=[2]Лист1!A1+'C:\\Школа\\[Книга.xlsx]Лист 1'!A1:B2", "=[2]Лист1!A1+'C:\\Школа\\[Книга.xlsx]Лист 1'!A1:B2"),
)
ONE_WAY = (
    ("=_xlfn.STDEV.S(A1:A9)", "=STDEV.S(A1:A9)"),
    ("=Таблица[@Балл]*2", "=Таблица[[#This Row];[Балл]]*2"),
    ("=Таблица[@[Макс. балл]]", "=Таблица[[#This Row];[Макс. балл]]"),
    ("=Таблица[@]", "=Таблица[[#This Row]]"),
    ("=@A1:A9", "=A1:A9"),
    ("=TRUE()", "=TRUE()"),
    ("='Лист 1'!A1:'Лист 1'!B2", "=$'Лист 1'.A1:$'Лист 1'.B2"),
    ("=Ввод!#REF!", "=#REF!"),
)


@pytest.mark.parametrize(("excel", "office"), PAIRS)
def test_the_same_formula_is_written_both_ways(excel: str, office: str) -> None:
    assert to_office(excel) == office
    assert to_excel(office) == excel


@pytest.mark.parametrize(("excel", "office"), ONE_WAY)
def test_what_the_office_has_no_sign_for_is_written_out(excel: str, office: str) -> None:
    assert to_office(excel) == office


def test_a_reference_to_another_sheet_as_a_person_types_it_in_the_office_is_understood() -> None:
    assert to_excel("=Ввод.A1:B2+$Ввод.A1:$Ввод.B2") == "=Ввод!A1:B2+Ввод!A1:B2"


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
    bare = all(sign in "абвгдеБВГyz" for sign in name)
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


def _document(desk: Desk, book: Any) -> Any:
    """The same document over a connection of its own: verbs may run in a child."""
    walk = desk.desktop.Components.createEnumeration()
    while walk.hasMoreElements():
        one = walk.nextElement()
        if hasattr(one, "Sheets") and (one.URL.endswith("/" + book.name) or one.Title == book.name):
            return one
    raise KeyError(book.name)


def test_every_formula_of_the_workbook_is_read_from_the_office_as_it_stands_in_the_file(app: Any, desk: Desk) -> None:
    file = load_workbook(BOOK)
    book = app.books.open(str(BOOK), read_only=True)
    try:
        document = _document(desk, book)
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


def test_the_office_takes_every_formula_of_the_workbook_back(app: Any, desk: Desk) -> None:
    file = load_workbook(BOOK)
    book = app.books.open(str(BOOK), read_only=True)
    try:
        document = _document(desk, book)
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


def test_a_reference_over_several_sheets_is_computed_as_written(app: Any, desk: Desk) -> None:
    book = app.books.add()
    try:
        document = _document(desk, book)
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


# Excel's files mark the functions that came after their format was fixed.
LATER = re.compile(r"(?<![.\w])(NORM\.S\.DIST|T\.DIST\.2T)\(")


def _imported(desk: Desk, path: Path, formulas: list[str], sheets: tuple[str, ...]) -> tuple[Any, list[str]]:
    """The office's document of a file with these formulas, and what it calls them."""
    made = Workbook()
    made.active.title = sheets[0]
    for name in sheets[1:]:
        made.create_sheet(name)
    for row, formula in enumerate(formulas, start=1):
        made.active.cell(row, 30).value = LATER.sub(r"_xlfn.\1(", formula)
    made.save(path)
    document = desk.desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, properties(Hidden=True))
    column = document.Sheets.getByIndex(0).getCellRangeByPosition(29, 0, 29, len(formulas) - 1)
    return document, [row[0] for row in column.getFormulaArray()]


SHEETS = ("Ввод", "Мой лист", "A1", "it's", "2025", "Data.x", "Т-2")
marks = st.sampled_from(["", "$"])


@st.composite
def blocks(draw: Any) -> str:
    """Corners in order: the office turns others round, when it reads a file it does not."""
    columns = sorted(draw(st.lists(st.sampled_from("ABCKXYZ"), min_size=2, max_size=2, unique=True)))
    rows = sorted(draw(st.lists(st.integers(1, 99999), min_size=2, max_size=2)))
    return ":".join(f"{draw(marks)}{column}{draw(marks)}{row}" for column, row in zip(columns, rows, strict=True))


known = st.builds(
    "{}!{}".format,
    st.sampled_from(["Ввод", "'Мой лист'", "'A1'", "'it''s'", "'2025'", "Data.x", "'Т-2'"]),
    corners | blocks(),
)
pieces = st.one_of(
    known, corners, blocks(), texts, st.integers(0, 999).map(str), st.sampled_from(["1.5", "TRUE", "A:A", "2:$3"])
)


@st.composite
def written_by_excel(draw: Any) -> list[str]:
    bodies = st.recursive(pieces, grown, max_leaves=10)
    return draw(st.lists(bodies.map(lambda body: f"={body}"), min_size=60, max_size=60))  # type: ignore[no-any-return]


@seed(3)
@settings(max_examples=4, deadline=None, database=None, phases=[Phase.generate])
@given(written_by_excel())
def test_the_office_reads_from_a_file_what_the_translation_writes(
    desk: Desk, tmp_path_factory: pytest.TempPathFactory, formulas: list[str]
) -> None:
    document, read = _imported(desk, tmp_path_factory.mktemp("file") / "formulas.xlsx", formulas, SHEETS)
    try:
        set_by_us = []
        for row, formula in enumerate(formulas):
            cell = document.Sheets.getByIndex(0).getCellByPosition(29, row)
            cell.setFormula(to_office(formula))
            set_by_us.append(cell.getFormula())
    finally:
        document.close(True)
    assert [found for found in zip(formulas, set_by_us, read, strict=True) if found[1] != found[2]] == []


def test_every_function_of_excel_has_the_name_that_the_office_gives_it(desk: Desk, tmp_path: Path, raw: Raw) -> None:
    known = raw.document.createInstance("com.sun.star.sheet.FormulaOpCodeMapper").getAvailableMappings(5, 0x7FFFFFFF)
    names = sorted({one.Name for one in known if one.Name.replace(".", "").replace("_", "").isalnum()})
    names = [name for name in names if name[:1].isalpha() or name.startswith("_xlfn.")]
    names = [name for name in names if "ORG." not in name and not name.startswith("COM.")]
    document, read = _imported(desk, tmp_path / "names.xlsx", [f"={name}(A1,B1,C1)" for name in names], ("A",))
    try:
        cells = document.Sheets.getByIndex(0).getCellRangeByPosition(29, 0, 29, len(names) - 1)
        cells.setFormulaArray(tuple((to_office(f"={name}(A1,B1,C1)"),) for name in names))
        again = [row[0] for row in cells.getFormulaArray()]
    finally:
        document.close(True)
    assert len(names) > 400
    assert [pair for pair in zip(read, again, strict=True) if pair[0] != pair[1]] == []
    back = [to_excel(formula) for formula in read]
    expected = [f"={name.removeprefix('_xlfn.')}(A1,B1,C1)" for name in names]
    assert [pair for pair in zip(back, expected, strict=True) if pair[0] != pair[1]] == []
