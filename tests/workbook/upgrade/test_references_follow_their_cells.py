from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlpy.workbook.upgrade_refs import Moves, SheetMove, rewritten

# A column came in before C; rows 2 and 3 changed places.
MOVES = Moves(
    {
        "учителя": SheetMove("Учителя", {1: 1, 2: 2, 3: 4, 4: 5}, {1: 1, 2: 2, 3: 3}),
        "перемены": SheetMove("Перемены", {1: 1, 2: 2}, {1: 1, 2: 3, 3: 2, 4: 4}, in_order=False),
        "старый": SheetMove("Новый (прежний)"),
        "моя сводка": SheetMove("Моя сводка"),
    }
)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("Учителя!C2+C2", "Учителя!D2+C2"),
        ("SUM(Учителя!$B$2:C3)", "SUM(Учителя!$B$2:D3)"),
        ("SUM(Учителя!A:C)", "SUM(Учителя!A:D)"),
        ("SUM(учителя!2:5)", "SUM(учителя!2:5)"),
        ("'Учителя'!D5&\"Учителя!C2\"", "'Учителя'!E5&\"Учителя!C2\""),
        ("COUNTIF(Учителя[ФИО],C2)", "COUNTIF(Учителя[ФИО],C2)"),
        ("Учителя[[#This Row],[C2]]", "Учителя[[#This Row],[C2]]"),
        ("[1]Учителя!C2+Учителя!C2", "[1]Учителя!C2+Учителя!D2"),
        ("'[1]Учителя'!C2", "'[1]Учителя'!C2"),
        ("LOG10(Учителя!C2)", "LOG10(Учителя!D2)"),
        ("старый!A1", "'Новый (прежний)'!A1"),
        ("старый!моё", "'Новый (прежний)'!моё"),
        ("teachers_c2+Учителя!Z9", "teachers_c2+Учителя!AA9"),
        ("Учителя!#REF!", "Учителя!#REF!"),
        ("SUM(Перемены!A2:A3)", "SUM(Перемены!A2:A3)"),
        ("Перемены!A2", "Перемены!A3"),
        ("SUM(Перемены!A1:A2)", "SUM(Перемены!A1:A3)"),
        ("'Моя сводка'!C2", "'Моя сводка'!C2"),
    ],
)
def test_each_kind_of_reference_is_led_to_where_its_cells_went(formula: str, expected: str) -> None:
    assert rewritten(formula, MOVES, None) == expected


def test_a_reference_without_a_sheet_means_the_sheet_the_formula_stands_on() -> None:
    assert rewritten("C2*B$3", MOVES, "Учителя") == "D2*B$3"
    assert rewritten("C2*B$3", MOVES, "Моя сводка") == "C2*B$3"


@given(st.text(alphabet="АяB2:!$'\"[]#,()+ ", max_size=25))
def test_any_text_is_survived_and_left_alone_where_nothing_moves(formula: str) -> None:
    rewritten(formula, MOVES, "Учителя")
    still = Moves({"учителя": SheetMove("Учителя", {1: 1}, {1: 1})})
    assert rewritten(formula, still, "Учителя") == formula
