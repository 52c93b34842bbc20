"""Which schools must check each other where one direction does not fill as many places as both would."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np

from xlpy.assignment.goals import Goal
from xlpy.assignment.problem import Chosen, Problem, Whole, only
from xlpy.assignment.solve import solve_units
from xlpy.region.reach import fullest
from xlpy.region.ring import Directed

# Beyond this the search would take longer than a person waits; a greedy answer is given then.
_MOST_VARIABLES = 60_000
_SECONDS = 20.0

# (school, need, weight, people who may check) → packs that are alike in this
Alike = Mapping[tuple[int, int, int, tuple[int, ...]], int]


@dataclass(frozen=True, slots=True)
class Ways:
    """Which school may be checked by which; `fewest`: proven that no fewer pairs of schools need both ways."""

    open_to: Directed
    fewest: bool


def fewest_ways_back(problem: Problem, owner: Whole, checker: Whole, one_way: Directed) -> Ways | None:
    """Return ways that let as many places be filled as can be, with as few pairs of schools both ways as can be found.

    `problem` allows both ways; `owner` is the school of each pack, `checker` of each person; `one_way` has every two
    schools in one direction, from which no pair departs without need. None where the load is in papers and nothing was
    found in time.
    """
    alike = _alike(problem, owner)
    small = sum(len(people) for *_, people in alike) <= _MOST_VARIABLES
    found = _searched(alike, problem.room, checker, one_way) if small else None
    if found is None and problem.is_unit:
        return Ways(_greedily(problem, owner, checker, one_way), fewest=False)
    return found


def _alike(problem: Problem, owner: Whole) -> Alike:
    begins = np.searchsorted(problem.pack, np.arange(len(problem.need) + 1)).tolist()
    people = [tuple(problem.teacher[a:b].tolist()) for a, b in pairwise(begins)]
    return Counter(zip(owner.tolist(), problem.need.tolist(), problem.weight.tolist(), people, strict=True))


def _searched(alike: Alike, room: Whole, checker: Whole, one_way: Directed) -> Ways | None:
    """By a search over whole packs that are alike: so many of them for a person are so many distinct packs."""
    from ortools.sat.python import cp_model

    model: Any = cp_model.CpModel()
    way = {pair: model.new_bool_var("") for pair in sorted(one_way | {(other, one) for one, other in one_way})}
    places = _add_packs(model, alike, room, way, checker)
    both = {pair: model.new_bool_var("") for pair in sorted(one_way)}
    for (one, other), is_both in both.items():
        model.add(is_both >= way[one, other] + way[other, one] - 1)
    turned, step = sum(way[other, one] for one, other in one_way), len(one_way) + 1
    model.minimize(-step * step * places + step * sum(both.values()) + turned)
    solver: Any = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = _SECONDS
    status = solver.solve(model)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return None
    opened = {pair for pair, variable in way.items() if solver.value(variable)}
    back = {(one, other) for one, other in one_way if (other, one) in opened}
    there = {pair for pair in one_way if pair in opened or pair not in back}
    return Ways(frozenset(there) | {(other, one) for one, other in back}, fewest=status == cp_model.OPTIMAL)


def _add_packs(model: Any, alike: Alike, room: Whole, way: Mapping[tuple[int, int], Any], checker: Whole) -> Any:
    """Add what packs want and people can take; return how many places are filled, as the model counts them."""
    given: dict[int, list[Any]] = defaultdict(list)
    every: list[Any] = []
    for (school, need, weight, people), packs in sorted(alike.items()):
        taken = [model.new_int_var(0, packs, "") for _ in people]
        model.add(sum(taken) <= need * packs)
        for person, count in zip(people, taken, strict=True):
            given[person].append(weight * count)
            model.add(count <= packs * way[school, int(checker[person])])
        every += taken
    for person, loads in sorted(given.items()):
        model.add(sum(loads) <= int(room[person]))
    return sum(every)


def _greedily(problem: Problem, owner: Whole, checker: Whole, one_way: Directed) -> Directed:
    """A flow that takes as few packs as can be against the one way names the ways back.

    Each of them is then closed, or else the way there, where that costs no place.
    """
    schools, wanted = 1 + max(max(way) for way in one_way), int(fullest(problem).sum())
    way = owner[problem.pack] * schools + checker[problem.teacher]
    forward = _open(way, one_way, schools)
    sparing = solve_units(replace(problem, kept=forward), (Goal.CHANGES,)).chosen
    back = sorted({divmod(one, schools) for one in way[sparing & ~forward].tolist()})
    open_to = one_way | frozenset(back)
    for one, other in back:
        for closed in ((one, other), (other, one)):
            if int(fullest(only(problem, _open(way, open_to - {closed}, schools))).sum()) == wanted:
                open_to -= {closed}
                break
    return open_to


def _open(way: Whole, ways: Directed, schools: int) -> Chosen:
    return np.isin(way, [owner * schools + checker for owner, checker in sorted(ways)])
