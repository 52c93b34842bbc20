from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assignment.schools import TEACHERS, Row, Rows, plan, read, school, schools, teacher, teaches, work
from xlpy.assignment.assign import assign, assignment_dict, to_rows

MANY = [f"Учитель {letter}" for letter in "АБВГДЕЖЗИК"]


def shuffled(rows: Rows, seed: int) -> Rows:
    mixed = {sheet: list(found) for sheet, found in rows.items()}
    for found in mixed.values():
        random.Random(seed).shuffle(found)
    return mixed


def renamed(rows: Rows, names: dict[str, str]) -> Rows:
    def of(row: Row) -> Row:
        return {key: names.get(str(value), value) for key, value in row.items()}

    return {sheet: [of(row) for row in found] for sheet, found in rows.items()}


def lively_school() -> Rows:
    classes = [f"{grade}{letter}" for grade in (5, 6, 7) for letter in "АБ"]
    people = [teacher(name, "Математика; Физика" if n % 3 else "Физика") for n, name in enumerate(MANY)]
    schedule = [work(c, s, n) for n, c in enumerate(classes) for s in ("Математика", "Физика")]
    loads = [teaches(MANY[n], c) for n, c in enumerate(classes)]
    return school(people, schedule, each=2, workload=loads)


@pytest.mark.parametrize("seed", range(25))
def test_rows_in_any_order_give_the_same_plan(seed: int) -> None:
    rows = lively_school()
    assert assignment_dict(plan(shuffled(rows, seed))) == assignment_dict(plan(rows))


@settings(max_examples=50, deadline=None)
@given(schools(), st.integers(0, 999))
def test_small_schools_in_any_order_give_the_same_rows(rows: Rows, seed: int) -> None:
    assert to_rows(plan(shuffled(rows, seed))) == to_rows(plan(rows))


@settings(max_examples=20, deadline=None)
@given(schools(unit="работы"), st.integers(0, 999))
def test_plans_by_papers_do_not_depend_on_the_order_either(rows: Rows, seed: int) -> None:
    assert assignment_dict(plan(shuffled(rows, seed))) == assignment_dict(plan(rows))


@settings(max_examples=50, deadline=None)
@given(schools(), st.permutations(TEACHERS))
def test_other_names_give_the_same_profile_of_loads(rows: Rows, names: list[str]) -> None:
    other = renamed(rows, dict(zip(TEACHERS, names, strict=True)))
    assert sorted(plan(other).loads.values()) == sorted(plan(rows).loads.values())


def test_planning_changes_no_table() -> None:
    tables, chosen = read(lively_school())
    before = {key: table.frame.copy() for key, table in tables.items()}
    assign(tables, chosen)
    assert all(table.frame.equals(before[key]) for key, table in tables.items())
