"""What a cell of a journal means as a mark; what is not certain is named with its cells and left."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checks.school import MATHS
from tests.journal.exports import NAMES, a_school, sheet, taken
from xlpy.exchange.journal.marks import MarkKind, mark_of
from xlpy.tables import schema
from xlpy.tables.raw import Value

NO_MARK = schema.NO_MARK
MEANT = {
    2: (2, 2.0, "2", " 2 ", "2.0", "2,00", "неуд.", "неудовлетворительно", "2 (неуд.)"),
    3: (3, "3\N{NO-BREAK SPACE}", "удовл.", "уд", "3 (удовл)"),
    4: (4, "4", "хор", "Хорошо", "4 (хор.)"),
    5: (5.0, "5", "отл.", "ОТЛИЧНО", "5 (отлично)"),
    NO_MARK: (
        "н/а",
        "Н/А",
        "н.а.",
        "осв",
        "осв.",
        "б/о",
        "не аттестован",
        "не аттестована",
        "нет отметки",
        "Освобождён",
    ),
}
NOTHING = (None, "", "  ", "-", "—", "–", ".", "…")
AVERAGES = (4.25, "4,25", "3.5", 4.999)
OTHERS = (1, 0, 6, -3, True, datetime(2021, 5, 4))
OTHER_TEXTS = ("1", "4/5", "4 5", "45", "4+", "5-", "4 (отл.)", "зачёт", "н", "на", "нет", "Иванов")


@pytest.mark.parametrize(("mark", "written"), [(mark, one) for mark, all_ in MEANT.items() for one in all_])
def test_certain_marks(mark: object, written: Value) -> None:
    assert (mark_of(written).kind, mark_of(written).mark) == (MarkKind.MARK, mark)


@pytest.mark.parametrize("written", NOTHING)
def test_nothing_stands_there(written: Value) -> None:
    assert mark_of(written).kind is MarkKind.EMPTY


@pytest.mark.parametrize("written", AVERAGES)
def test_an_average_is_no_mark(written: Value) -> None:
    assert mark_of(written).kind is MarkKind.AVERAGE


@pytest.mark.parametrize("written", [*OTHERS, *OTHER_TEXTS], ids=str)
def test_anything_else_is_not_understood(written: Value) -> None:
    assert mark_of(written).kind is MarkKind.OTHER


@settings(deadline=None)
@given(st.one_of(st.text(), st.floats(), st.integers(), st.none(), st.booleans(), st.datetimes()))
def test_any_cell_can_be_asked(written: Value) -> None:
    assert mark_of(written).mark in {None, 2, 3, 4, 5, NO_MARK}


def plan_of(*marks: Value, **more: object):
    codes = [code for code in NAMES if code.startswith("5")]
    grid = [["ФИО", "Класс", "Предмет", "Отметка"]]
    grid += [
        [NAMES[code], "5А" if code < "50004" else "5Б", MATHS, mark] for code, mark in zip(codes, marks, strict=False)
    ]
    return taken(a_school(), sheet(grid, **more))


def test_what_is_no_mark_is_named_with_its_cells() -> None:
    result = plan_of("4,25", "4,5", 3, "зачёт", None, 5)
    assert result.marks == {("50003", MATHS): 3, ("50006", MATHS): 5}
    notes = {note.code.value: note for note in result.plan.notes}
    assert {code: (note.sheet, note.cells) for code, note in notes.items()} == {
        "average": ("Лист1", ("D2", "D3")),
        "not a mark": ("Лист1", ("D5",)),
    }
    assert result.plan.counts["5А", MATHS].without == ("50001", "50002")
    assert result.plan.counts["5Б", MATHS].without == ("50004", "50005")


def test_formulas_without_a_value_and_errors_are_named() -> None:
    result = plan_of(None, None, 3, formulas=frozenset({(2, 4), (4, 4)}), errors={(3, 4): "#REF!"})
    assert result.marks == {("50003", MATHS): 3}
    assert sorted((note.code.value, note.cells) for note in result.plan.notes) == [
        ("error cell", ("D3",)),
        ("uncalculated", ("D2",)),
    ]


def test_two_marks_for_one_work_are_both_named_and_neither_is_taken() -> None:
    grid = [["ФИО", "Класс", "Предмет", "Отметка"], *[[NAMES["50004"], "5Б", MATHS, mark] for mark in (4, 5)]]
    result = taken(a_school(), sheet(grid))
    assert not result.marks
    assert [(note.code.value, note.cells) for note in result.plan.notes] == [("said twice", ("D2", "D3"))]


def test_the_same_mark_twice_is_one() -> None:
    grid = [["ФИО", "Класс", "Предмет", "Отметка"], *[[NAMES["50004"], "5Б", MATHS, mark] for mark in (4, "4,0")]]
    assert taken(a_school(), sheet(grid)).marks == {("50004", MATHS): 4}


def test_an_empty_cell_of_another_group_s_list_does_not_hinder_a_full_name() -> None:
    grid = [["ФИО", "Класс", "Предмет", "Отметка"], *[[NAMES["50004"], "5Б", MATHS, mark] for mark in (None, 4)]]
    assert taken(a_school(), sheet(grid)).marks == {("50004", MATHS): 4}


def test_an_empty_cell_beside_a_mark_of_initials_may_be_a_namesake_s() -> None:
    grid = [["ФИО", "Класс", "Предмет", "Отметка"], *[["Ильин М.", "5Б", MATHS, mark] for mark in (None, 4)]]
    result = taken(a_school(), sheet(grid))
    assert (result.marks, result.found) == ({}, ["said twice"])
