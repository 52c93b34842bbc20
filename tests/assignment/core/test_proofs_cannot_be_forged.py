"""A stored proof is plain numbers that anybody may edit: whatever is changed, either nothing is claimed or it fails."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable

import numpy as np
import pytest

from tests.assignment.core.instances import random_problem
from tests.assignment.core.oracles import ORDERS, worth
from xlpy.assignment.certificate import Certificate, certificate_of, verify_proof
from xlpy.assignment.goals import Goal
from xlpy.assignment.problem import Problem
from xlpy.assignment.solve import solve

SEEDS = range(150)


def proof(seed: int) -> tuple[Problem, Certificate]:
    problem = random_problem(seed, 6)
    found = solve(problem, ORDERS[seed % len(ORDERS)])
    names = [f"p{n}" for n in range(len(problem.need))], [f"t{n}" for n in range(len(problem.room))]
    return problem, certificate_of(problem, found, *names)


def tries(change: Callable[[Certificate], object]) -> list[tuple[str, ...]]:
    """What the verifier says of every proof after a change; proofs without stages or pairs are left out."""
    said = []
    for seed in SEEDS:
        _, stored = proof(seed)
        forged = copy.deepcopy(stored)
        if stored["stages"] and stored["stages"][0]["goals"] and stored["plan"]:
            assert verify_proof(stored) == ()
            change(forged)
            said.append(verify_proof(forged))
    assert len(said) > 60
    return said


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, 0.5, 2**62, -(2**63), "1", None])
def test_potentials_that_are_no_whole_numbers_of_a_sound_size_are_rejected(number: object) -> None:
    def change(forged: Certificate) -> None:
        potential = forged["stages"][0]["potential"]
        potential[:] = [number] * len(potential)

    assert all(tries(change))


@pytest.mark.parametrize("number", [math.nan, math.inf, 1.5, 0, -1, 2**62, "1", None])
def test_factors_that_are_no_whole_numbers_of_a_sound_size_are_rejected(number: object) -> None:
    def change(forged: Certificate) -> None:
        factors = forged["stages"][0]["factors"]
        factors[:] = [number] * len(factors)

    assert all(tries(change))


@pytest.mark.parametrize("step", [1, -1])
@pytest.mark.parametrize("line", range(5))
def test_a_worth_that_is_not_the_plan_s_is_rejected(line: int, step: int) -> None:
    def change(forged: Certificate) -> None:
        forged["attained"][line]["worth"] += step
        forged["attained"][line]["bound"] = forged["attained"][line]["worth"]

    assert all(tries(change))


def test_a_proof_without_its_stages_is_rejected_where_it_claims_anything() -> None:
    for seed in SEEDS:
        _, stored = proof(seed)
        if stored["plan"] and stored["attained"][1]["goal"] != Goal.RECIPROCITY.value:
            assert verify_proof({**stored, "stages": []}), seed


def test_goals_in_another_order_than_proven_are_rejected() -> None:
    def change(forged: Certificate) -> None:
        first, second = (at for at, one in enumerate(forged["attained"]) if one["goal"] in {"balance", "preference"})
        forged["attained"][first], forged["attained"][second] = forged["attained"][second], forged["attained"][first]

    rejected = [bool(said) for said in tries(change)]
    assert sum(rejected) > len(rejected) / 2


def test_a_plan_with_another_pair_is_rejected_where_what_it_says_is_no_longer_so() -> None:
    rejected = 0
    for seed in SEEDS:
        problem, stored = proof(seed)
        for at in set(range(len(problem.pack))) - set(stored["plan"]):
            forged = {**stored, "plan": sorted({*stored["plan"][1:], at})}
            chosen = np.isin(np.arange(len(problem.pack)), forged["plan"])
            said = {one["goal"]: one["worth"] for one in stored["attained"][1:]}
            if any(worth(problem, chosen, Goal(goal)) != told for goal, told in said.items()):
                rejected += 1
                assert verify_proof(forged), seed
    assert rejected > 200
