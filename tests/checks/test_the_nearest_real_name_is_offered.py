"""A name that no list knows comes with the one real name it may mean, and with none where that is a guess."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlpy.checks.names import is_misspelt, nearest
from xlpy.tables import schema

TEACHERS = ("Иванова Анна Петровна", "Петров Пётр Иванович", "Соколов Фёдор Львович")
SUBJECTS = frozenset(schema.SUBJECTS)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Ивонова Анна Петровна", "Иванова Анна Петровна"),
        ("Иванова А. П.", "Иванова Анна Петровна"),
        ("Иванова Анна", "Иванова Анна Петровна"),
        ("Сидоров Пётр Иванович", None),
        ("Орлов Егор Ильич", None),
        ("", None),
    ],
)
def test_a_teacher_is_offered_when_the_surname_is_alike(written: str, meant: str | None) -> None:
    assert nearest(written, TEACHERS) == meant


@pytest.mark.parametrize(("written", "meant"), [("5АА", "5А"), ("5", None), ("5Ж", None)])
def test_a_class_is_offered_only_when_no_other_is_as_near(written: str, meant: str | None) -> None:
    assert nearest(written, ("4А", "5А", "5Б")) == meant


@pytest.mark.parametrize("written", ["Матиматика", "Руский язык", "Английский", "Матем.", "Обществознане"])
def test_a_slip_of_the_hand_in_a_subject_is_seen(written: str) -> None:
    assert is_misspelt(written, SUBJECTS)


@pytest.mark.parametrize(
    "written",
    ["Физическая культура", "Родной язык", "Технология", "Испанский язык", "Геометрия", "История России", "Музыка"],
)
def test_other_school_subjects_are_nobody_s_slip(written: str) -> None:
    assert not is_misspelt(written, SUBJECTS)


@given(st.text(max_size=30), st.lists(st.text(max_size=30), max_size=8))
def test_what_is_offered_is_a_known_name_whatever_their_order(written: str, known: list[str]) -> None:
    offered = nearest(written, known)
    assert offered is None or offered in known
    assert nearest(written, known[::-1]) == offered
