"""What a plan is worth at each goal, counted from its pairs alone."""

from __future__ import annotations

import numpy as np

from xlpy.assignment.goals import Goal
from xlpy.assignment.problem import Chosen, Problem, filled, loads


def worth_of(problem: Problem, chosen: Chosen, goal: Goal | None) -> int:
    """Return how much of what a goal makes small a plan has; for None the places left empty."""
    if goal is None:
        return int((problem.need - filled(problem, chosen)).sum())
    if goal is Goal.BREADTH:
        return int(np.maximum(filled(problem, chosen) - 1, 0).sum())
    if goal is Goal.BALANCE:
        return int((problem.price * loads(problem, chosen) ** 2).sum())
    if goal is Goal.CHANGES:
        return int((~problem.kept[chosen]).sum())
    if goal is Goal.PREFERENCE:
        return int(problem.cost[chosen].sum())
    return len(reciprocal_pairs(problem, chosen))


def reciprocal_pairs(problem: Problem, chosen: Chosen) -> tuple[tuple[int, int], ...]:
    """Return the pairs of people, by number, the smaller first, who check packs of each other's classes."""
    if not len(problem.owner_pack):
        return ()
    owners: dict[int, list[int]] = {}
    for pack, owner in zip(problem.owner_pack.tolist(), problem.owner_teacher.tolist(), strict=True):
        owners.setdefault(pack, []).append(owner)
    checks = {
        (checker, owner)
        for pack, checker in zip(problem.pack[chosen].tolist(), problem.teacher[chosen].tolist(), strict=True)
        for owner in owners.get(pack, ())
    }
    return tuple(sorted((one, other) for one, other in checks if one < other and (other, one) in checks))
