"""Fewer people who check each other, by a chain of flows that each make dear what tangled the one before.

A start for the search, not a proof: but none left is proof enough.
"""

from __future__ import annotations

import numpy as np

from xlpy.assignment.network import Network, cheapest
from xlpy.assignment.problem import Problem, Whole
from xlpy.assignment.worth import reciprocal_pairs

ROUNDS = 60


def untangle(free: Network, flow: Whole) -> Whole:
    """Return a flow that `free` allows, of the same amount, with as few reciprocal pairs as were met in `ROUNDS`."""
    problem, amount = free.problem, int(flow[free.places].sum())
    checks = _checks(problem)
    cost = np.zeros(len(free.tail), dtype=np.int64)
    tangled = reciprocal_pairs(problem, flow[free.pairs] > 0)
    best, fewest, now = flow, len(tangled), flow
    for _ in range(ROUNDS):
        if not fewest:
            break
        for one, other in tangled:
            there, back = checks[one, other], checks[other, one]
            # The way that fewer pairs of this plan go is made dearer, so that the two do not swap for ever.
            weaker = min(there, back, key=lambda arcs: (int(now[arcs].sum()), int(-cost[arcs].sum())))
            cost[weaker] += 1
        now = cheapest(free, cost, amount)
        tangled = reciprocal_pairs(problem, now[free.pairs] > 0)
        if len(tangled) < fewest:
            best, fewest = now, len(tangled)
    return best


def _checks(problem: Problem) -> dict[tuple[int, int], list[int]]:
    """(checker, owner) → the pairs by which the one would check a pack of the other's class."""
    owners: dict[int, list[int]] = {}
    for pack, owner in zip(problem.owner_pack.tolist(), problem.owner_teacher.tolist(), strict=True):
        owners.setdefault(pack, []).append(owner)
    found: dict[tuple[int, int], list[int]] = {}
    for at, (pack, checker) in enumerate(zip(problem.pack.tolist(), problem.teacher.tolist(), strict=True)):
        for owner in owners.get(pack, ()):
            found.setdefault((checker, owner), []).append(at)
    return found
