from __future__ import annotations

import json
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assignment.schools import (
    SHEETS,
    TEACHERS,
    Row,
    Rows,
    day,
    plan,
    read,
    school,
    schools,
    setting,
    teacher,
    work,
)
from xlpy.assignment.assign import assign, assignment_dict, blocking_lines, summary_of_assignment, to_rows
from xlpy.assignment.verify import verify

ANNA, BELLA, *_ = TEACHERS
TOUCHED = ("teachers", "schedule", "workload", "classes", "conflicts", "checkers", "results", "settings")
JUNK = st.sampled_from(
    [
        None,
        "",
        " ",
        "?",
        "да",
        "5А",
        "Математика",
        ANNA,
        -5,
        0,
        1.5,
        10**9,
        True,
        "31.02.2021",
        day(0),
        datetime(9999, 12, 31),
    ]
)


@st.composite
def spoiled_schools(draw: st.DrawFn) -> Rows:
    rows = {sheet: [dict(row) for row in found] for sheet, found in draw(schools(unit="работы")).items()}
    for _ in range(draw(st.integers(1, 8))):
        sheet = draw(st.sampled_from([sheet for sheet in TOUCHED if rows.get(sheet)]))
        row = draw(st.sampled_from(rows[sheet]))
        row[draw(st.sampled_from([column.key for column in SHEETS[sheet].columns]))] = draw(JUNK)
        if draw(st.booleans()):
            rows[sheet].append(dict(row))
    return rows


@settings(max_examples=120, deadline=None)
@given(spoiled_schools())
def test_whatever_stands_in_the_cells_there_is_a_plan_that_keeps_the_rules(rows: Rows) -> None:
    tables, chosen = read(rows)
    result = assign(tables, chosen)
    assert verify(result, tables, chosen) == ()
    assert len(to_rows(result)) == len(result.packs)
    assert summary_of_assignment(result)
    assert bool(blocking_lines(result)) == bool(result.blocking)
    json.dumps(assignment_dict(result), allow_nan=False)


@pytest.mark.parametrize("limit", [-3, 0])
def test_a_negative_limit_is_a_limit_of_nothing(limit: int) -> None:
    result = plan(school([teacher(ANNA, paper_limit=limit), teacher(BELLA)], [work("5А"), work("5Б")]))
    assert result.loads == {ANNA: 0, BELLA: 2}


def test_a_teacher_written_twice_is_one_person() -> None:
    result = plan(school([teacher(ANNA), teacher(ANNA)], [work("5А")], each=2))
    assert (result.packs[0].checkers, result.teachers) == ((ANNA,), 1)


@pytest.mark.parametrize("number", [None, "два", 0, 7])
def test_an_unreadable_number_of_checkers_is_one(number: str | int | None) -> None:
    rows = school([teacher(ANNA), teacher(BELLA)], [work("5А")])
    rows["settings"] = [setting("Проверяющих на работу", number)]
    assert len(plan(rows).packs[0].checkers) == 1


def test_a_class_without_participants_still_gets_somebody() -> None:
    rows: list[Row] = [work("5А")]
    (pack,) = plan(school([teacher(ANNA)], rows)).packs
    assert (pack.papers, pack.checkers) == (0, (ANNA,))
