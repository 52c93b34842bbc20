"""Problems by the thousand: no plan breaks a rule, each is as full as can be, and its proof holds for it alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from tests.assignment.core.instances import random_problem
from tests.assignment.core.oracles import ORDERS, Tuple, faults, measure
from tests.assignment.core.others import most_places
from xlpy.assignment.goals import Goal
from xlpy.assignment.optimality import verify_optimal
from xlpy.assignment.problem import ALONE, Chosen, Problem
from xlpy.assignment.solve import Solution, solve
from xlpy.assignment.stage import Stage

CHUNK, FEWER = 500, 200


def solved(seed: int) -> tuple[Problem, Solution]:
    problem = random_problem(seed, 7)
    return problem, solve(problem, ORDERS[seed % len(ORDERS)])


def rank(problem: Problem, chosen: Chosen, stages: Sequence[Stage]) -> Tuple:
    """How good a plan is at what its stages prove; places left empty, and packs with nobody, come first."""
    goals = [goal for stage in stages for goal in stage.goals if goal is not Goal.BREADTH]
    return measure(problem, chosen, tuple(goals))


def exchanged(problem: Problem, chosen: Chosen) -> Iterator[Chosen]:
    """Every plan in which one pack has another person instead of one of its own."""
    for at in np.flatnonzero(chosen):
        for other in np.flatnonzero((problem.pack == problem.pack[at]) & ~chosen):
            plan = chosen.copy()
            plan[[at, other]] = False, True
            yield plan


def swapped(problem: Problem, chosen: Chosen) -> Iterator[Chosen]:
    """Every plan in which two packs have swapped a person."""
    place = {(p, t): at for at, (p, t) in enumerate(zip(problem.pack.tolist(), problem.teacher.tolist(), strict=True))}
    taken = [key for key, at in place.items() if chosen[at]]
    for number, (pack, person) in enumerate(taken):
        for other_pack, other in taken[number + 1 :]:
            crossed = [place.get((pack, other)), place.get((other_pack, person))]
            if None not in crossed and not chosen[crossed].any():
                plan = chosen.copy()
                plan[[place[pack, person], place[other_pack, other]]] = False
                plan[crossed] = True
                yield plan


@pytest.mark.parametrize("start", range(0, 10_000, CHUNK))
def test_no_plan_breaks_a_rule_and_each_is_as_full_as_can_be_and_proven(start: int) -> None:
    for seed in range(start, start + CHUNK):
        problem, found = solved(seed)
        assert faults(problem, found.chosen) == [], seed
        assert found.chosen.sum() == (most_places(problem) if len(problem.pack) else 0), seed
        assert verify_optimal(problem, found.chosen, found.stages) == (), seed


@pytest.mark.parametrize("start", range(0, 400, 100))
def test_no_plan_by_papers_breaks_a_rule(start: int) -> None:
    for seed in range(start, start + 100):
        problem = random_problem(seed, 5, 8)
        assert faults(problem, solve(problem, ORDERS[seed % len(ORDERS)]).chosen) == [], seed


@pytest.mark.parametrize("start", range(0, 600, FEWER))
@pytest.mark.parametrize("others", [exchanged, swapped])
def test_another_plan_is_rejected_exactly_when_it_is_worse_or_breaks_a_rule(others, start: int) -> None:
    judged = {True: 0, False: 0}
    for seed in range(start, start + FEWER):
        problem, found = solved(seed)
        best = rank(problem, found.chosen, found.stages)
        for plan in others(problem, found.chosen):
            as_good = not faults(problem, plan) and rank(problem, plan, found.stages) == best
            judged[as_good] += 1
            assert (verify_optimal(problem, plan, found.stages) == ()) == as_good, seed
    assert min(judged.values()) > 15


@pytest.mark.parametrize("start", range(0, 600, FEWER))
def test_a_plan_with_a_pair_taken_away_is_rejected(start: int) -> None:
    for seed in range(start, start + FEWER):
        problem, found = solved(seed)
        for at in np.flatnonzero(found.chosen):
            plan = found.chosen.copy()
            plan[at] = False
            assert verify_optimal(problem, plan, found.stages) != (), seed


@pytest.mark.parametrize("start", range(0, 600, FEWER))
def test_a_forged_dual_value_is_rejected(start: int) -> None:
    """The potential of a pack is raised until a pair of it, used and free of charge so far, would rather not be."""
    forged = 0
    for seed in range(start, start + FEWER):
        problem, found = solved(seed)
        for at in np.flatnonzero(found.chosen):
            first, *later = found.stages
            potential = first.potential.copy()
            potential[problem.pack[at]] += 1 - reduced_cost(problem, first, int(at))
            assert verify_optimal(problem, found.chosen, (Stage(first.goals, first.factors, potential), *later)), seed
            forged += 1
    assert forged > 150


def reduced_cost(problem: Problem, stage: Stage, at: int) -> int:
    """What a pair costs under the potentials of its ends."""
    packs, people = len(problem.need), len(problem.room)
    groups = sorted(
        {(t, g) for t, g in zip(problem.teacher.tolist(), problem.group.tolist(), strict=True) if g != ALONE}
    )
    person, group = int(problem.teacher[at]), int(problem.group[at])
    end = packs + person if group == ALONE else packs + people + groups.index((person, group))
    price = {Goal.PREFERENCE: int(problem.cost[at]), Goal.CHANGES: int(not problem.kept[at])}
    own = sum(factor * price.get(goal, 0) for goal, factor in zip(stage.goals, stage.factors, strict=True))
    return own + int(stage.potential[problem.pack[at]]) - int(stage.potential[end])
