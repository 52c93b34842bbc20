"""A «;» list in a cell bars everyone and everything it names, exactly as so many rows would."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assignment.schools import CLASSES, SUBJECTS, TEACHERS, Row, Rows, plan, read, school, teacher, work
from xlpy.assignment.verify import verify

ANNA, BELLA = PEOPLE = TEACHERS[:2]
EVERYTHING = "; ".join(SUBJECTS)
WORKS = list(itertools.product(CLASSES, SUBJECTS))


def several(names: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True)


def barred_by(sheet: str, people: list[str], classes: list[str], subjects: list[str]) -> set[tuple[str, str, str]]:
    """Who may not check which work, told without reading any table."""
    of_subjects = subjects if sheet == "conflicts" and subjects else SUBJECTS
    return set(itertools.product(people, classes, of_subjects))


def row_of(sheet: str, people: list[str], classes: list[str], subjects: list[str], between: str) -> Row:
    person, school_class, subject = (between.join(names) or None for names in (people, classes, subjects))
    if sheet == "classes":
        return {"school_class": school_class, "homeroom": person}
    key = "person" if sheet == "conflicts" else "teacher"
    return {key: person, "school_class": school_class, "subject": subject}


def school_with(sheet: str, row: Row) -> Rows:
    people = [teacher(name, EVERYTHING) for name in PEOPLE]
    return school(people, [work(*one) for one in WORKS], 2, **{sheet: [row]})


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["classes", "workload", "conflicts"]),
    several(PEOPLE),
    several(CLASSES),
    several(SUBJECTS) | st.just([]),
    st.sampled_from([";", "; ", " ;  "]),
)
def test_everyone_whom_a_list_bars_is_given_none_of_its_works(
    sheet: str, people: list[str], classes: list[str], subjects: list[str], between: str
) -> None:
    people = people[:1] if sheet == "conflicts" else people
    rows = school_with(sheet, row_of(sheet, people, classes, subjects, between))
    barred = barred_by(sheet, people, classes, subjects)
    result = plan(rows)
    for pack in result.packs:
        may = {name for name in PEOPLE if (name, pack.school_class, pack.subject) not in barred}
        assert set(pack.checkers) == may
    assert verify(result, *read(rows)) == ()


@pytest.mark.parametrize(
    ("sheet", "row"),
    [
        ("workload", {"teacher": f"{ANNA}; {BELLA}", "subject": "История", "school_class": "5А; 5Б"}),
        ("classes", {"school_class": "5А", "homeroom": f"{ANNA}; {BELLA}"}),
    ],
)
def test_two_names_in_one_cell_are_both_barred(sheet: str, row: Row) -> None:
    packs = plan(school_with(sheet, row)).packs
    assert {pack.checkers for pack in packs if pack.school_class == "5А"} == {()}
    assert {pack.checkers for pack in packs if pack.school_class == "6А"} == {(ANNA, BELLA)}


def test_two_subjects_in_one_cell_are_both_in_conflict() -> None:
    row: Row = {"person": ANNA, "school_class": "5А", "subject": "Математика; Физика"}
    packs = plan(school_with("conflicts", row)).packs
    assert {(p.school_class, p.subject) for p in packs if ANNA not in p.checkers} == {
        ("5А", "Математика"),
        ("5А", "Физика"),
    }
