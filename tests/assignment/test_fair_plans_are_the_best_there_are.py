from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from tests.assignment.schools import (
    TEACHERS,
    Rows,
    best_plan,
    checkers_of,
    day,
    may_check,
    papers,
    pins_of,
    plan,
    read,
    school,
    schools,
    setting,
    teacher,
    weights_of,
    work,
)
from xlpy.assignment.assign import AssignmentResult, Status, assign
from xlpy.assignment.goals import FIRST_PLAN, Goal
from xlpy.assignment.problem import Proof, loads, problem_of
from xlpy.assignment.solve import solve
from xlpy.assignment.verify import verify


def squares(result: AssignmentResult) -> int:
    return sum(load * load for load in result.loads.values())


def places(result: AssignmentResult) -> int:
    return sum(len(pack.checkers) for pack in result.packs if not pack.pinned)


def bare(result: AssignmentResult) -> int:
    """Packs with nobody."""
    return sum(not pack.checkers for pack in result.packs)


@settings(max_examples=150, deadline=None)
@given(schools())
def test_a_plan_fills_as_much_as_can_be_and_is_as_even_as_can_be(rows: Rows) -> None:
    best, result = best_plan(rows), plan(rows)
    assert (places(result), bare(result), squares(result)) == (best.places, best.bare, best.squares)
    assert result.proof is Proof.BEST


@settings(max_examples=60, deadline=None)
@given(schools())
def test_impossible_is_said_exactly_when_it_is_impossible(rows: Rows) -> None:
    best = best_plan(rows)
    assert (plan(rows).status is Status.OPTIMAL) == (best.places == best.wanted)


@settings(max_examples=200, deadline=None)
@given(schools())
def test_nobody_is_ever_given_a_class_they_must_not_check(rows: Rows) -> None:
    result, pins = plan(rows), pins_of(rows)
    for of_work, people in checkers_of(result).items():
        assert len(set(people)) == len(people)
        if of_work not in pins:
            assert all(may_check(rows, person, of_work) for person in people)


@settings(max_examples=40, deadline=None)
@given(schools())
def test_the_verifier_finds_nothing_in_our_plans(rows: Rows) -> None:
    tables, chosen = read(rows)
    assert verify(assign(tables, chosen), tables, chosen) == ()


@settings(max_examples=60, deadline=None)
@given(schools(unit="работы"))
def test_a_plan_by_papers_is_the_best_there_is_and_keeps_every_limit(rows: Rows) -> None:
    tables, chosen = read(rows)
    best, result = best_plan(rows), assign(tables, chosen)
    assert result.proof is Proof.BEST
    assert (places(result), bare(result), squares(result)) == (best.places, best.bare, best.squares)
    assert verify(result, tables, chosen) == ()
    weights = weights_of(rows)
    assert all(pack.papers == weights[pack.school_class, pack.subject] for pack in result.packs)


def test_every_pack_gets_one_person_before_any_gets_a_second() -> None:
    """Both would rather check mathematics, their first subject; still physics is not left with nobody."""
    people = [teacher(name, "Математика; Физика", paper_limit=1) for name in TEACHERS[:2]]
    result = plan(school(people, [work("5А"), work("5Б", "Физика")], each=2))
    assert [len(pack.checkers) for pack in result.packs] == [1, 1]


@pytest.mark.parametrize("unit", ["пачки", "работы"])
def test_a_pack_that_only_one_may_check_is_worth_as_much_as_any_other(unit: str) -> None:
    """Found by hypothesis: room for two, three packs; whichever is left with nobody, one always is."""
    people = [
        teacher(TEACHERS[0], "Математика; Физика; Химия"),
        teacher(TEACHERS[1], "Математика; Физика; Химия", paper_limit=0),
        teacher(TEACHERS[2]),
        teacher(TEACHERS[3], "Химия; Математика"),
    ]
    works = [("5А", "Математика"), ("5А", "Физика"), ("5А", "Химия"), ("5Б", "Математика")]
    rows = school(
        people,
        [work(*one, check_until=day(0)) for one in works],
        each=2,
        limit=1,
        conflicts=[{"person": TEACHERS[0], "school_class": name} for name in ("5А", "5Б")],
        results=[row for one in works for row in papers(*one, 1)],
        settings=[setting("Единица нагрузки", unit)],
    )
    best, result = best_plan(rows), plan(rows)
    assert (places(result), bare(result), squares(result)) == (best.places, best.bare, best.squares) == (2, 2, 2)
    assert result.proof is Proof.BEST


def test_by_papers_too_a_pack_that_only_one_may_check_comes_before_a_second_person() -> None:
    """Anna fits either beside Bella or alone; nobody else may check physics."""
    people = [teacher(TEACHERS[0], "Математика; Физика", paper_limit=1), teacher(TEACHERS[1], paper_limit=1)]
    for unit in ("пачки", "работы"):
        rows = school(
            people,
            [work("5А"), work("5А", "Физика")],
            each=2,
            results=[*papers("5А", "Математика", 1), *papers("5А", "Физика", 1)],
            settings=[setting("Единица нагрузки", unit)],
        )
        assert [len(pack.checkers) for pack in plan(rows).packs] == [1, 1]


def test_the_first_subject_decides_between_equally_even_plans() -> None:
    people = [teacher(TEACHERS[0], "Физика; Математика"), teacher(TEACHERS[1], "Математика; Физика")]
    result = plan(school(people, [work("5А"), work("5А", "Физика", 1)]))
    assert checkers_of(result) == {("5А", "Математика"): (TEACHERS[1],), ("5А", "Физика"): (TEACHERS[0],)}


def test_evenness_comes_before_preference() -> None:
    people = [teacher(TEACHERS[0]), teacher(TEACHERS[1], "Физика; Математика")]
    result = plan(school(people, [work("5А"), work("5Б")]))
    assert result.loads == {TEACHERS[0]: 1, TEACHERS[1]: 1}


def test_balance_holds_where_preferences_would_overflow() -> None:
    """Costs beyond 64 bits are not added up wrongly: preferences give way, evenness stays."""
    huge = np.array([2**40, 0], dtype=np.int64)
    problem = problem_of(
        np.array([1, 1]),
        np.array([2, 2]),
        np.array([0, 0, 1, 1]),
        np.array([0, 1, 0, 1]),
        cost=np.concatenate([huge, huge]) * 2**20,
    )
    solution = solve(problem, FIRST_PLAN)
    assert loads(problem, solution.chosen).tolist() == [1, 1]
    assert [one.goal for one in solution.attained if not one.proven] == [Goal.PREFERENCE]
