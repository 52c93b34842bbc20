"""Whole schools: our plan is worth what other solvers' plans are worth, and a new plan moves only whom it must."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.assignment.core.oracles import ORDERS, faults, measure
from tests.assignment.core.others import by_highs, by_networkx, most_places, told
from tests.assignment.core.towns import made_up_school, municipality, problem_of_school, rows_of_school, without
from tests.assignment.schools import read
from xlpy.assignment.assign import assign
from xlpy.assignment.certificate import verify_proof
from xlpy.assignment.goals import FIRST_PLAN, Goal, Order, changes_first
from xlpy.assignment.optimality import verify_optimal
from xlpy.assignment.problem import Chosen, Problem, loads
from xlpy.assignment.solve import solve

FLOW_GOALS = (Goal.BALANCE, Goal.CHANGES, Goal.PREFERENCE)
BALANCE_OF_60_AND_150 = {1: (7, 1570), 2: (8, 1580)}


def school(seed: int, teachers: int = 60, packs: int = 150) -> Problem:
    return problem_of_school(made_up_school(seed, teachers, packs), seed)


def planned(problem: Problem, order: Order = FLOW_GOALS) -> Chosen:
    """Our plan, if it breaks no rule and its proof holds."""
    found = solve(problem, order)
    assert faults(problem, found.chosen) == []
    assert verify_optimal(problem, found.chosen, found.stages) == ()
    assert found.proven
    return found.chosen


def least_top(problem: Problem) -> int:
    """The smallest largest load with which every place can still be filled, by maximum flows alone."""
    full = most_places(problem)
    return next(top for top in range(100) if most_places(replace(problem, room=np.minimum(problem.room, top))) == full)


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_a_school_of_60_teachers_and_150_packs_has_the_plan_that_two_other_solvers_find(seed: int) -> None:
    problem = school(seed)
    chosen = planned(problem)
    answer = told(problem, chosen)
    assert answer == told(problem, by_networkx(problem)) == told(problem, by_highs(problem))
    assert answer[0] == 300
    assert loads(problem, chosen).max() == least_top(problem)


@pytest.mark.parametrize("seed", BALANCE_OF_60_AND_150)
def test_the_largest_load_and_the_balance_of_that_school_stay_what_they_were_measured_to_be(seed: int) -> None:
    problem = school(seed)
    chosen = planned(problem)
    assert (int(loads(problem, chosen).max()), told(problem, chosen)[1]) == BALANCE_OF_60_AND_150[seed]


@pytest.mark.parametrize("seed", [1, 2])
def test_a_school_of_150_teachers_and_300_packs_has_the_plan_that_another_solver_finds(seed: int) -> None:
    problem = school(seed, 150, 300)
    chosen = planned(problem)
    assert told(problem, chosen) == told(problem, by_networkx(problem))
    assert loads(problem, chosen).max() == least_top(problem)


@pytest.mark.parametrize("goals", [FLOW_GOALS, *(order for order in ORDERS[8::6])], ids=lambda goals: goals[0].value)
def test_norms_loads_and_a_previous_plan_in_any_order_give_the_plan_another_solver_finds(goals: Order) -> None:
    problem, chance = school(5), np.random.default_rng(5)
    problem = replace(
        problem,
        price=chance.choice([1, 2, 4], len(problem.room)),
        load=chance.integers(0, 3, len(problem.room)),
        kept=chance.random(len(problem.pack)) < 0.2,
    )
    order = tuple(goal for goal in goals if goal in FLOW_GOALS)
    assert told(problem, planned(problem, order)) == told(problem, by_networkx(problem, order))


def test_a_small_municipality_has_the_plan_another_solver_finds() -> None:
    problem = municipality(1, schools=8, teachers=24, packs=40)
    assert told(problem, planned(problem)) == told(problem, by_networkx(problem))


def test_where_people_are_too_few_as_many_places_are_filled_as_a_maximum_flow_fills() -> None:
    problem = school(6)
    problem = replace(problem, room=problem.room // 4)
    chosen = planned(problem)
    assert chosen.sum() == most_places(problem) < 300
    assert measure(problem, chosen, ())[1] == 150 - most_places(replace(problem, need=np.ones_like(problem.need)))


@pytest.mark.parametrize("seed", range(1, 7))
def test_after_somebody_drops_out_only_their_packs_change_hands(seed: int) -> None:
    problem = school(seed)
    before = planned(problem)
    gone = [int(np.random.default_rng(seed).integers(0, 60))]
    lost = int(before[np.isin(problem.teacher, gone)].sum())
    again = without(problem, before, gone)
    assert most_places(again) == 300
    order = tuple(goal for goal in changes_first(FIRST_PLAN) if goal in FLOW_GOALS)
    chosen = planned(again, order)
    answer = told(again, chosen)
    # Whoever is gone must be replaced in each of their packs: no plan can change less.
    assert answer[2] == lost
    assert answer == told(again, by_highs(again, order))


def test_where_the_forced_minimum_is_more_than_what_was_lost_another_solver_says_so_too() -> None:
    """People who are full already make room by handing something on, so more hands move than were lost."""
    moved = []
    for seed in range(20):
        problem = school(seed, 40, 30)
        problem = replace(problem, room=np.minimum(problem.room, 4))
        before = planned(problem)
        gone = np.random.default_rng(seed).choice(40, 4, replace=False).tolist()
        again = without(problem, before, gone)
        if most_places(again) < again.need.sum():
            continue
        order = (Goal.CHANGES, Goal.BALANCE, Goal.PREFERENCE)
        answer = told(again, planned(again, order))
        assert answer == told(again, by_highs(again, order))
        moved.append(answer[2] - (answer[0] - int(again.kept.sum())))
    assert max(moved) > 0


def test_with_changes_first_a_plan_that_is_still_possible_stays_as_it_is() -> None:
    """However uneven it is: nobody who knows their packs is moved for the sake of evenness."""
    problem = school(7)
    costly = solve(replace(problem, price=np.arange(60) % 7 + 1), (Goal.BALANCE,)).chosen
    again = replace(problem, kept=costly)
    assert (planned(again, changes_first(FIRST_PLAN)) == costly).all()
    assert told(again, planned(again))[1] < told(again, costly)[1]


@pytest.mark.parametrize("seed", [1, 2])
def test_reciprocity_of_a_school_is_made_small_without_giving_up_evenness(seed: int) -> None:
    problem = school(seed)
    even = told(problem, planned(problem))[1]
    blind = solve(problem, (Goal.BALANCE, Goal.PREFERENCE))
    order = (Goal.BALANCE, Goal.RECIPROCITY)
    found = solve(problem, order)
    assert verify_optimal(problem, found.chosen, found.stages) == ()
    assert told(problem, found.chosen)[1] == even
    reached, met = (measure(problem, chosen, order)[-1] for chosen in (found.chosen, blind.chosen))
    assert reached < met
    assert found.attained[-1].worth == reached
    assert found.attained[-1].bound is None or found.attained[-1].bound <= reached


def test_from_the_rows_of_a_workbook_the_same_school_has_the_same_optimum() -> None:
    school_of_rows = made_up_school(1)
    result = assign(*read(rows_of_school(school_of_rows)))
    problem = problem_of_school(school_of_rows, 1)
    second = school_of_rows.main[problem.teacher] != school_of_rows.pack_group[problem.pack]
    problem = replace(problem, cost=second.astype(np.int64))
    expected = told(problem, by_networkx(problem))
    worth = {one.goal: one.worth for one in result.attained}
    assert (300 - worth[None], worth[Goal.BALANCE], worth[Goal.PREFERENCE]) == (expected[0], expected[1], expected[3])
    assert max(result.loads.values()) == least_top(problem)
    assert verify_proof(result.certificate) == ()
