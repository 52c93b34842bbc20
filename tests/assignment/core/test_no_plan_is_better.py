"""Every plan of a small problem is compared with the best there is, whatever goal comes first."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from tests.assignment.core.instances import all_graphs, largest_problem, random_problem
from tests.assignment.core.oracles import ORDERS, Plans, best, best_of_all, every_plan, faults, measure
from xlpy.assignment.goals import Order
from xlpy.assignment.optimality import verify_optimal
from xlpy.assignment.problem import Problem
from xlpy.assignment.solve import solve

BY_NAME = {" ".join(goal.value for goal in order): order for order in ORDERS}
HEAVIEST, LARGE = 6, 2**40
every_order = pytest.mark.parametrize("order", ORDERS, ids=list(BY_NAME))


def expect_best(problem: Problem, order: Order, plans: Plans | None = None) -> None:
    found = solve(problem, order)
    reached = measure(problem, found.chosen, order)
    assert faults(problem, found.chosen) == []
    assert reached == best(problem, order, plans)
    assert found.proven
    assert [one.goal for one in found.attained] == [None, *order]
    # What is told is what the chosen pairs come to; packs with nobody are not told.
    assert tuple(one.worth for one in found.attained) == (reached[0], *reached[2:])


@pytest.mark.parametrize("heaviest", [1, HEAVIEST])
@pytest.mark.parametrize("start", range(0, 120, 30))
def test_the_oracle_agrees_with_trying_every_set_of_pairs(start: int, heaviest: int) -> None:
    tried = 0
    for seed in range(start, start + 30):
        problem = random_problem(seed, 4, heaviest)
        if len(problem.pack) <= 9:
            tried += 1
            order = ORDERS[seed % len(ORDERS)]
            assert best(problem, order) == best_of_all(problem, order), seed
    assert tried >= 20


@every_order
def test_plans_by_packs_are_the_best_there_are(order: Order) -> None:
    for seed in range(ORDERS.index(order), 1200, 15):
        expect_best(random_problem(seed), order)


@every_order
def test_plans_of_seven_packs_and_seven_people_are_the_best_there_are(order: Order) -> None:
    for seed in range(4 * ORDERS.index(order), 4 * ORDERS.index(order) + 4):
        expect_best(largest_problem(seed), order)


@every_order
def test_plans_by_papers_are_the_best_there_are(order: Order) -> None:
    for seed in range(ORDERS.index(order), 600, 15):
        expect_best(random_problem(seed, 4, HEAVIEST), order)


@pytest.mark.parametrize("start", range(0, 40, 5))
def test_one_problem_in_every_order_has_its_best_plan(start: int) -> None:
    for seed in range(start, start + 5):
        problem = random_problem(10_000 + seed)
        plans = every_plan(problem)
        for order in ORDERS:
            expect_best(problem, order, plans)


@pytest.mark.parametrize("order", ORDERS[::5], ids=list(BY_NAME)[::5])
@pytest.mark.parametrize("part", range(4))
def test_every_way_three_packs_and_three_people_may_meet_has_its_best_plan(part: int, order: Order) -> None:
    for problem in itertools.islice(all_graphs(3, 3), part, None, 4):
        expect_best(problem, order)


@every_order
def test_costs_that_fill_a_machine_word_give_a_plan_as_good(order: Order) -> None:
    """All goals in one number would not fit then: one flow after the other, each within what the one before left."""
    for seed in range(20_000 + ORDERS.index(order), 20_600, 24):
        small = random_problem(seed)
        large = replace(small, cost=small.cost * LARGE, price=small.price * LARGE)
        found = solve(large, order)
        assert measure(small, found.chosen, order) == best(small, order)
        assert verify_optimal(large, found.chosen, found.stages) == ()
