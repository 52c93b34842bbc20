"""Plans in which nobody is in two places at one time, whatever times the places have.

A flow knows one time of a pair. Two things are more than one: a work of two days, and a lesson that «График» does not
tell, which runs into all of its day. So the plan is made without them first, and only for people whom it sends to two
places at once the times in question become one. Where that is too strict, a search looks at all times as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from xlpy.assignment.goals import Goal, Order
from xlpy.assignment.problem import ALONE, Chosen, Problem, Whole
from xlpy.assignment.slots import Time, are_at_once
from xlpy.assignment.solve import solve
from xlpy.assignment.worth import worth_of

# In the solver's own deterministic seconds, per goal: the same school gives the same plan on any machine.
LIMIT = 1.0
Times = tuple[Time, ...]
Worth = tuple[int, ...]
# Person and number of a time → the time that stands for it; those that are not here stand for themselves.
_Joined = dict[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class Apart:
    """A plan in which nobody is in two places at once; `proven`: no such plan is better."""

    chosen: Chosen
    proven: bool


def solve_apart(problem: Problem, order: Order, times: Sequence[Times]) -> Apart:
    """Return the plan by the goals in their order; `times` of each pack, `group` of the problem is not used.

    The first answer, which leaves some clashes out of account, is a bound: a plan without clashes that is as good at
    every goal is proven best. Where joined times were too strict for that, all times are searched as they are.
    """
    base, joined = _number(times), dict[tuple[int, int], int]()
    bound: Worth | None = None
    while True:
        grouped = replace(problem, group=_groups(problem, base, joined))
        solution = solve(grouped, order)
        bound = bound or _worth(problem, solution.chosen, order)
        clashes = _clashes(problem, solution.chosen, times, base)
        if not clashes:
            break
        for person, one, other in clashes:
            _join(joined, person, one, other)
    if _worth(problem, solution.chosen, order) == bound:
        return Apart(solution.chosen, solution.proven)
    return _searched(problem, order, solution.chosen, times)


def _worth(problem: Problem, chosen: Chosen, order: Order) -> Worth:
    return tuple(worth_of(problem, chosen, goal) for goal in (None, Goal.BREADTH, *order))


def _searched(problem: Problem, order: Order, chosen: Chosen, times: Sequence[Times]) -> Apart:
    """The best plan that a search finds in its time, or `chosen` where it finds none better."""
    from xlpy.assignment.model import minimise, of_weights

    model = of_weights(replace(problem, group=np.full(len(problem.pack), ALONE, dtype=np.int64)))
    for together in _at_once(problem, times):
        model.made.add(sum(model.pairs[at] for at in together) <= 1)
    found, proven = chosen, True
    for goal in (None, Goal.BREADTH, *(goal for goal in order if _matters(problem, goal))):
        found, best, gap = minimise(model, goal, found, LIMIT)
        proven &= gap == 0
        if best is not None:
            model.keep(goal, best)
    is_better = _worth(problem, found, order) <= _worth(problem, chosen, order)
    return Apart(found if is_better else chosen, proven and is_better)


def _matters(problem: Problem, goal: Goal) -> bool:
    """Whether plans can differ at a goal."""
    if goal is Goal.PREFERENCE:
        return bool(problem.cost.any())
    return goal is not Goal.RECIPROCITY or bool(len(problem.owner_pack))


def _at_once(problem: Problem, times: Sequence[Times]) -> list[list[int]]:
    """Pairs of one person of which they can have one only: those of a lesson with those of its whole day."""
    each = sorted({time for of_pack in times for time in of_pack}, key=Time.order)
    packs = [{at for at, of_pack in enumerate(times) if are_at_once([time], of_pack)} for time in each]
    whole = [time.lesson is None for time in each]
    groups = []
    for person in np.unique(problem.teacher).tolist():
        pairs = np.flatnonzero(problem.teacher == person).tolist()
        for there, is_whole, time in zip(packs, whole, each, strict=True):
            if is_whole:
                there = {at for at in there if time in times[at]}  # noqa: PLW2901 - a day alone: its own packs
            found = [at for at in pairs if int(problem.pack[at]) in there]
            groups += [found] if len(found) > 1 else []
    return groups


def _number(times: Sequence[Times]) -> list[int]:
    """Number of each pack's first time."""
    numbers = {time: at for at, time in enumerate(sorted({one[0] for one in times}, key=Time.order))}
    return [numbers[one[0]] for one in times]


def _root(joined: Mapping[tuple[int, int], int], person: int, time: int) -> int:
    while (person, time) in joined:
        time = joined[person, time]
    return time


def _join(joined: _Joined, person: int, one: int, other: int) -> None:
    low, high = sorted((_root(joined, person, one), _root(joined, person, other)))
    if low != high:
        joined[person, high] = low


def _groups(problem: Problem, base: Sequence[int], joined: _Joined) -> Whole:
    pairs = zip(problem.teacher.tolist(), problem.pack.tolist(), strict=True)
    return np.array([_root(joined, person, base[pack]) for person, pack in pairs], dtype=np.int64)


def _packs_of(problem: Problem, chosen: Chosen) -> dict[int, list[int]]:
    packs: dict[int, list[int]] = {}
    for person, pack in zip(problem.teacher[chosen].tolist(), problem.pack[chosen].tolist(), strict=True):
        packs.setdefault(person, []).append(pack)
    return packs


def _clashes(
    problem: Problem, chosen: Chosen, times: Sequence[Times], base: Sequence[int]
) -> list[tuple[int, int, int]]:
    """(person, number of a time, number of another) of everyone who is in two places at once."""
    return [
        (person, base[one], base[other])
        for person, packs in sorted(_packs_of(problem, chosen).items())
        for at, one in enumerate(packs)
        for other in packs[at + 1 :]
        if are_at_once(times[one], times[other])
    ]
