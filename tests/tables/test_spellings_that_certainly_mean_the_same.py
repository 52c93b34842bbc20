from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlpy.tables import schema
from xlpy.tables.convert import SlipCode, TaskState, convert
from xlpy.tables.normalise import class_name, clean_text, fold, grade_of, is_school_year, school_year

TASK = schema.RESULTS.column("task_1")
MARK = schema.RESULTS.column("journal_mark")
VARIANT = schema.RESULTS.column("variant")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("5А", "5А"),
        ("5A", "5А"),
        (" 5 а ", "5А"),
        ("5-Б", "5Б"),
        ("5 «В»", "5В"),
        ('10"К"', "10К"),
        ("5\u00a0а", "5А"),
        ("7", "7"),
        ("пятый", "пятый"),
        ("5АБ", "5АБ"),
    ],
)
def test_class_is_written_as_number_and_cyrillic_letter(written: str, meant: str) -> None:
    assert class_name(written) == meant


@pytest.mark.parametrize(("written", "grade"), [("5А", 5), ("10А", 10), (" 11", 11), ("А5", None), ("", None)])
def test_grade_is_the_leading_number_of_the_class(written: str, grade: int | None) -> None:
    assert grade_of(written) == grade


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2020/21", "2020/21"),
        ("2020-2021", "2020/21"),
        ("20/21", "2020/21"),
        ("2020/2022", "2020/2022"),
        ("год", "год"),
    ],
)
def test_school_year_is_written_one_way_and_never_guessed(written: str, meant: str) -> None:
    assert school_year(written) == meant
    assert is_school_year(meant) == (meant == "2020/21")


@pytest.mark.parametrize("written", ["X", "x", "Х", "х", " X", "X ", "X\u00a0", "\tх"])
def test_every_spelling_of_x_is_a_task_not_attempted(written: str) -> None:
    typed = convert(written, TASK)
    assert typed.state is TaskState.NOT_ATTEMPTED
    assert (typed.slip is None) == (written == "X")


@pytest.mark.parametrize("written", ["не пройд.", "Не пройд.", "не пройдено", "НЕ  ПРОЙД"])
def test_topic_not_taught_is_understood(written: str) -> None:
    assert convert(written, TASK).state is TaskState.NOT_TAUGHT


@pytest.mark.parametrize("written", ["H", "Н", "н", "?", "Ч", "*", "2", "XX", "1 балл", True, "=1"])
def test_anything_else_in_a_task_cell_is_never_guessed(written: object) -> None:
    typed = convert(written, TASK)  # type: ignore[arg-type]
    assert typed.state is TaskState.UNREADABLE
    assert typed.slip is SlipCode.TYPE


@pytest.mark.parametrize(
    ("written", "mark", "slip"),
    [(4, 4.0, None), ("4", 4.0, None), ("4\u00a0", 4.0, SlipCode.SPELLING), ("8", None, SlipCode.CHOICE)],
)
def test_journal_mark_is_two_to_five(written: object, mark: float | None, slip: SlipCode | None) -> None:
    typed = convert(written, MARK)  # type: ignore[arg-type]
    assert typed.slip is slip
    assert typed.value == mark if mark is not None else typed.value != typed.value


def test_no_mark_in_the_journal_is_legal_and_empty() -> None:
    typed = convert("нет отметки", MARK)
    assert typed.slip is None
    assert typed.value != typed.value


@pytest.mark.parametrize(("written", "meant"), [(1, "1"), ("2", "2"), (3.0, "3"), ("Отсутствовал ", "отсутствовал")])
def test_variant_is_a_number_or_absence(written: object, meant: str) -> None:
    assert convert(written, VARIANT).value == meant  # type: ignore[arg-type]


@given(st.text(max_size=30))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    assert fold(clean_text(text)) == fold(text)


@given(st.one_of(st.none(), st.booleans(), st.floats(), st.integers(), st.text(max_size=20), st.datetimes()))
def test_any_value_in_any_column_is_typed_without_an_error(value: object) -> None:
    for sheet in schema.SHEETS:
        for column in sheet.columns:
            convert(value, column)  # type: ignore[arg-type]
