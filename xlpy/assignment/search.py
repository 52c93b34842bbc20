"""What no flow can express, by a bounded exact search: papers as load, and people who check each other's classes.

One question per goal, each keeping the answers before it. One worker, a fixed seed and a limit in the solver's own
deterministic time: the same school gives the same plan whatever the speed of the machine, and what is not proven within
it is said with its bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from xlpy.assignment.goals import Goal, Order
from xlpy.assignment.model import Model, minimise, minimise_in_turns, of_freedom, of_weights, weights_value
from xlpy.assignment.network import Network
from xlpy.assignment.problem import Chosen, Problem, Whole, components, only
from xlpy.assignment.untangle import untangle
from xlpy.assignment.worth import worth_of

# In the solver's own deterministic seconds, per question, shared by the groups as their pairs are.
LIMIT = 1.0
# For people who check each other where load is in packs and the first search has not shown how few there must be.
LONGER = 4.0

Bounds = dict[Goal | None, int | None]


def within(free: Network, flow: Whole, goals: Order) -> tuple[Chosen, dict[Goal, int | None]]:
    """Return the best pairs at `goals` among the flows that `free` allows, and a bound for each goal.

    `flow` is one of them; `goals` begin with reciprocity. A bound is None where nothing is known.
    """
    start = untangle(free, flow)[free.pairs] > 0
    if len(goals) == 1 and not worth_of(free.problem, start, goals[0]):
        return start, {goals[0]: 0}
    chosen, gaps = _goal_by_goal(of_freedom(free, flow), start, goals, LIMIT, LONGER)
    worth = {goal: worth_of(free.problem, chosen, goal) for goal in goals}
    return chosen, {goal: _bound(worth[goal], gaps[goal]) for goal in goals}


def by_weight(problem: Problem, order: Order, hint: Chosen) -> tuple[Chosen, Bounds]:
    """Return the best pairs found where packs weigh differently, and a bound for each goal, None for places.

    `hint` is a plan to start from; it need not keep the rooms.
    """
    cut = order.index(Goal.RECIPROCITY) if Goal.RECIPROCITY in order else len(order)
    chosen, gaps = _by_parts(problem, (None, Goal.BREADTH, *order[:cut]), hint)
    if cut < len(order):
        met: Bounds = dict.fromkeys(order[cut:], 0)
        if order[cut + 1 :] or worth_of(problem, chosen, Goal.RECIPROCITY):
            model = of_weights(problem)
            for goal in (None, Goal.BREADTH, *order[:cut]):
                model.keep(goal, weights_value(problem, chosen, goal))
            chosen, met = _goal_by_goal(model, chosen, order[cut:], LIMIT, 0.0)
        gaps |= met
    return chosen, {goal: _bound(worth_of(problem, chosen, goal), gap) for goal, gap in gaps.items()}


def _bound(worth: int, gap: int | None) -> int | None:
    return None if gap is None else max(0, worth - gap)


def _by_parts(problem: Problem, goals: Sequence[Goal | None], hint: Chosen) -> tuple[Chosen, Bounds]:
    """Groups that share neither a pack nor a person are planned each on its own: goals are sums over them."""
    chosen = np.zeros(len(hint), dtype=np.bool_)
    total: Bounds = dict.fromkeys(goals, 0)
    for group in components(problem):
        part = only(problem, group)
        at = np.unique(part.pack)
        own = replace(part, need=np.where(np.isin(np.arange(len(part.need)), at), part.need, 0))
        start = _within_room(own, hint[group])
        chosen[group], gaps = _goal_by_goal(of_weights(own), start, goals, LIMIT * float(group.mean()), 0.0)
        for goal, gap in gaps.items():
            before = total[goal]
            total[goal] = None if gap is None or before is None else before + gap
    return chosen, total


def _goal_by_goal(
    model: Model, chosen: Chosen, goals: Sequence[Goal | None], limit: float, longer: float
) -> tuple[Chosen, Bounds]:
    """Return the pairs that are best at the goals in their order, and how far each may be from the best.

    `longer` is given once more to people who check each other, 0 where the goals before are not proven as a rule.
    """
    gaps: Bounds = {}
    for goal in goals:
        chosen, best, gaps[goal] = minimise(model, goal, chosen, limit)
        if gaps[goal] != 0 and goal is Goal.RECIPROCITY and longer:
            chosen, best, gaps[goal] = minimise_in_turns(model, goal, chosen, longer)
        if best is not None:
            model.keep(goal, best)
    return chosen, gaps


def _within_room(problem: Problem, hint: Chosen) -> Chosen:
    """The pairs of `hint` that fit, taken in their order: a plan even if the search should find none in its time."""
    left, kept = problem.room.copy(), np.zeros(len(hint), dtype=np.bool_)
    for at in np.flatnonzero(hint):
        weight, teacher = problem.weight[problem.pack[at]], problem.teacher[at]
        if weight <= left[teacher]:
            left[teacher] -= weight
            kept[at] = True
    return kept
