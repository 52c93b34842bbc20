"""Formulas of ranges are Excel's, whatever the office calls them; a formula for many cells moves along with them."""

from __future__ import annotations

import datetime as dt

import pytest
import xlwings as xw
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.libreoffice.conftest import Raw
from xlpy.libreoffice.fills import filled

COVERS = (
    "Range.formula",
    "Range.formula2",
    "Range.formula_array",
    "Range.has_array",
)


def test_a_formula_is_written_in_the_offices_grammar_and_read_in_excels(sheet: xw.Sheet, raw: Raw) -> None:
    raw.document.Sheets.insertNewByName("Ввод", 1)
    raw.document.Sheets.getByName("Ввод").getCellRangeByName("A1:A3").setDataArray(((1.0,), (2.0,), (4.0,)))
    sheet["A1"].formula = "=SUM(Ввод!A1:A3,1)"
    assert raw.cell("A1").Formula == "=SUM($Ввод.A1:A3;1)"
    assert raw.cell("A1").Value == 8
    assert sheet["A1"].formula == sheet["A1"].formula2 == "=SUM(Ввод!A1:A3,1)"
    raw.cell("A2").Formula = "=IF($Ввод.A1>0;TRUE();{1;2|3;4})"
    assert sheet["A2"].formula == "=IF(Ввод!A1>0,TRUE,{1,2;3,4})"


def test_constants_are_told_as_excel_tells_them(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [1, 2.5, "x", None, True, dt.date(2026, 4, 20), "'=x", 1e20]
    assert sheet["A1:H1"].formula == (("1", "2.5", "x", "", "TRUE", "46132", "=x", "1E+20"),)


def test_a_constant_given_as_formula_is_what_a_person_would_have_typed(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["A1"].formula = [["1.5", "TRUE", "текст", "'7", 3, "-2e3", "1_000"]]
    assert sheet["A1:G1"].value == [1.5, True, "текст", "7", 3, -2000, "1_000"]
    assert raw.cell("D1").Type.value == "TEXT"


def test_a_formula_fills_a_range_and_its_references_move_along(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["A1"].value = [[1, 10], [2, 20], [3, 30]]
    sheet["D2:E4"].formula = "=A1*$B$1+SUM(A:A)-B$2"
    assert raw.cell("D2:E4").getFormulaArray() == (
        ("=A1*$B$1+SUM(A:A)-B$2", "=B1*$B$1+SUM(B:B)-C$2"),
        ("=A2*$B$1+SUM(A:A)-B$2", "=B2*$B$1+SUM(B:B)-C$2"),
        ("=A3*$B$1+SUM(A:A)-B$2", "=B3*$B$1+SUM(B:B)-C$2"),
    )
    sheet["G1:G2"].value = "=A1"
    assert raw.cell("G1:G2").getFormulaArray() == (("=A1",), ("=A2",))


def test_values_and_formulas_are_written_together(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["A1"].value = [["a", "=LEN(A1)", 3], ["bb", "=LEN(A2)", "=B2+C1"]]
    assert raw.cell("A1:C2").getDataArray() == (("a", 1.0, 3.0), ("bb", 2.0, 5.0))


pieces = st.one_of(
    st.builds(
        "{}{}{}{}".format,
        st.sampled_from(["", "$"]),
        st.sampled_from("ABXZ"),
        st.sampled_from(["", "$"]),
        st.integers(5, 99),
    ),
    st.sampled_from(['"A1"', "$'Лист A1'.B7", "$Лист1.C8", "LOG10(2)", "B:$Z", "4:$60", "имя1", "1.5", "TRUE()"]),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(pieces, min_size=1, max_size=5), st.integers(0, 3), st.integers(0, 3))
def test_a_formula_moves_as_it_does_when_the_office_copies_its_cell(
    sheet: xw.Sheet, raw: Raw, parts: list[str], down: int, right: int
) -> None:
    del sheet
    names = raw.document.Sheets
    for name in ("Лист A1", "Лист1"):
        if not names.hasByName(name):
            names.insertNewByName(name, 1)
    formula = "=" + "&".join(parts)
    source = raw.sheet.getCellByPosition(30, 30)
    source.Formula = formula
    target = raw.sheet.getCellByPosition(30 + right, 30 + down)
    if down or right:
        raw.sheet.copyRange(target.CellAddress, source.RangeAddress)
    assert filled(formula, down + 1, right + 1)[down][right] == target.Formula


def test_an_array_formula_covers_a_range(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["A1"].value = [[1], [2], [3]]
    sheet["C1:C3"].formula_array = "=A1:A3*10"
    assert raw.cell("C1:C3").ArrayFormula == "{=A1:A3*10}"
    assert sheet["C1:C3"].value == [10, 20, 30]
    assert sheet["C1:C3"].formula_array == "=A1:A3*10"
    assert sheet["C2"].has_array
    assert not sheet["A1"].has_array
    assert sheet["C1:C3"].formula == (("=A1:A3*10",),) * 3
    sheet["E1"].formula_array = "{=SUM(A1:A3,{1,2})}"
    assert sheet["E1"].value == 9
    assert sheet["A1"].formula_array == "1"
    assert sheet["A1:A3"].formula_array is None


def test_formulas_of_a_large_block_are_read_at_once(sheet: xw.Sheet) -> None:
    rows = [[f"=ROW()*{column}" if (row + column) % 3 else f"т{row}" for column in range(6)] for row in range(50)]
    sheet["A1"].value = rows
    assert sheet["A1:F50"].formula == tuple(map(tuple, rows))


def test_what_the_office_does_not_know_is_an_error_in_the_cell_not_an_exception(sheet: xw.Sheet) -> None:
    sheet["A1"].formula = "=XLOOKUP(1,A2:A3,B2:B3)"
    assert sheet["A1"].options(err_to_str=True).value == "#NAME?"


@pytest.mark.parametrize("text", ["=", "'=SUM(A1)", "a=b"])
def test_text_with_an_equals_sign_elsewhere_is_no_formula(sheet: xw.Sheet, raw: Raw, text: str) -> None:
    sheet["A1"].value = text
    assert raw.cell("A1").String == text.removeprefix("'")
