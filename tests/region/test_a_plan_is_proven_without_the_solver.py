from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.benchmarks.region_instance import columns_of, municipality
from xlpy.assignment.goals import Goal
from xlpy.assignment.optimality import verify_optimal
from xlpy.assignment.problem import Problem, problem_of
from xlpy.assignment.solve import Solution, solve
from xlpy.assignment.worth import worth_of
from xlpy.region.digest import digest_of
from xlpy.region.plan import plan_columns

ORDER = (Goal.BALANCE, Goal.CHANGES, Goal.PREFERENCE)


def faults_of(problem: Problem, solution: Solution) -> tuple[str, ...]:
    return verify_optimal(problem, solution.chosen, solution.stages)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    packs, people = draw(st.integers(1, 6)), draw(st.integers(1, 5))
    whole = st.integers(0, 3)
    pairs = sorted(draw(st.sets(st.tuples(st.integers(0, packs - 1), st.integers(0, people - 1)), min_size=1)))
    pack, teacher = np.array(pairs, dtype=np.int64).T
    return problem_of(
        need=np.array([draw(st.integers(1, 2)) for _ in range(packs)], dtype=np.int64),
        room=np.array([draw(whole) for _ in range(people)], dtype=np.int64),
        pack=pack,
        teacher=teacher,
        cost=np.array([draw(whole) for _ in pairs], dtype=np.int64),
        kept=np.array([draw(st.booleans()) for _ in pairs], dtype=np.bool_),
    )


@settings(deadline=None)
@given(problems(), st.permutations(ORDER))
def test_a_best_plan_has_no_fault(problem, order):
    assert not faults_of(problem, solve(problem, tuple(order)))


@settings(deadline=None)
@given(problems(), st.randoms(use_true_random=False))
def test_a_worse_plan_has_one(problem, chance):
    solution = solve(problem, ORDER)
    chosen = solution.chosen.copy()
    inside, outside = np.flatnonzero(chosen).tolist(), np.flatnonzero(~chosen).tolist()
    assume(inside and outside)
    chosen[chance.choice(inside)], chosen[chance.choice(outside)] = False, True
    assume([worth_of(problem, chosen, goal) for goal in (None, Goal.BREADTH, *ORDER)] != _worths(problem, solution))
    assert faults_of(problem, replace(solution, chosen=chosen))


def _worths(problem: Problem, solution: Solution) -> list[int]:
    return [worth_of(problem, solution.chosen, goal) for goal in (None, Goal.BREADTH, *ORDER)]


@pytest.fixture(scope="module")
def small():
    return plan_columns(columns_of(municipality(schools=5, packs=20, people=10)))


def test_a_forged_dual_value_is_found(small):
    for node in range(0, len(small.solution.stages[0].potential), 7):
        stage = small.solution.stages[0]
        potential = stage.potential.copy()
        potential[node] += 10**12
        forged = replace(small.solution, stages=(replace(stage, potential=potential), *small.solution.stages[1:]))
        assert faults_of(small.problem, forged)


def test_a_factor_too_small_for_its_rank_is_found(small):
    stage = small.solution.stages[0]
    forged = replace(stage, factors=(1,) * len(stage.factors))
    assert "factors" in faults_of(small.problem, replace(small.solution, stages=(forged,)))


def test_the_digest_belongs_to_the_plan(small):
    other = small.solution.chosen.copy()
    other[0] = not other[0]
    assert digest_of(small.problem, small.solution) != digest_of(small.problem, replace(small.solution, chosen=other))
    again = plan_columns(columns_of(municipality(schools=5, packs=20, people=10)))
    assert digest_of(small.problem, small.solution) == digest_of(again.problem, again.solution)
