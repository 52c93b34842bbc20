"""The fewest and most wanted repairs of a plan of unit packs, as one cheapest flow.

A place is filled by a pair of the plan's own kind for nothing, by a repair for a step. One step more costs more than
whatever steps are made of; a step of a less wanted kind more than all steps of the kinds before it; then as few people
as possible are moved, then the least loaded are asked. A place that no kind fills stays empty: the least wanted step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from xlpy.assignment.network import LARGEST, ranks
from xlpy.assignment.problem import ALONE, Chosen, Problem, Whole, loads
from xlpy.assignment.repair_kinds import Kinds, RepairKind
from xlpy.assignment.repair_pairs import Candidates


@dataclass(frozen=True, slots=True)
class Repaired:
    """How places are filled: `taken` per candidate pair, `beyond` units over their limit per teacher.

    `outside`: places per pack that another school checks.
    """

    taken: Whole
    beyond: Whole
    outside: Whole


@dataclass(frozen=True, slots=True)
class _Prices:
    """What a step of each kind costs, and moving somebody; whether the load of those who are asked counts."""

    step: dict[RepairKind | None, int]
    change: int
    load: int


@dataclass(frozen=True, slots=True)
class _Run:
    """Arcs of one sort: from where to where, what each costs, how many places each can carry."""

    tail: Whole
    head: Whole
    cost: Whole
    capacity: Whole


def fewest_repairs(problem: Problem, candidates: Candidates, kinds: Kinds) -> Repaired:
    """Return the best way to fill the places that a fullest plan, `candidates.chosen`, leaves empty."""
    own = candidates.chosen[: len(problem.pack)]
    missing = int(problem.need.sum() - own.sum())
    packs, teachers = len(problem.need), len(problem.room)
    of_room, room_key = _room(problem, candidates, own)
    of_extra, extra_key = _extra_room(problem, candidates, missing if RepairKind.OVERTIME in kinds else 0)
    rank = np.unique(np.concatenate([room_key, extra_key]), return_inverse=True)[1]
    prices = _prices(problem, candidates, kinds, missing, int(rank.max(initial=0)))
    load = prices.load * rank
    outside = RepairKind.NEIGHBOUR if RepairKind.NEIGHBOUR in kinds else None
    pairs, groups = _pairs(problem, candidates, prices)
    source = packs + teachers + len(groups.tail)
    every, sink = np.arange(packs), np.full(packs, source + 1)
    extra_cost = prices.step.get(RepairKind.OVERTIME, 0) + load[len(of_room) :]
    runs = (
        pairs,
        _Run(every, sink, np.full(packs, prices.step[outside]), problem.need),
        _Run(packs + of_extra, np.full(len(of_extra), source + 1), extra_cost, np.ones_like(of_extra)),
        _Run(packs + of_room, np.full(len(of_room), source + 1), load[: len(of_room)], np.ones_like(of_room)),
        groups,
        _Run(np.full(packs, source), every, np.zeros_like(every), problem.need),
    )
    taken, elsewhere, beyond, *_ = _cheapest(runs, source, int(problem.need.sum()))
    return Repaired(
        taken,
        np.bincount(of_extra[beyond > 0], minlength=teachers),
        elsewhere if outside else np.zeros_like(elsewhere),
    )


def _pairs(problem: Problem, candidates: Candidates, prices: _Prices) -> tuple[_Run, _Run]:
    """The candidate pairs, and for people with groups a node between, which one of their pairs can pass."""
    first = len(problem.need)
    shared = candidates.group != ALONE
    span = int(candidates.group.max(initial=0)) + 1
    keys, number = np.unique((candidates.teacher * span + candidates.group)[shared], return_inverse=True)
    between = first + len(problem.room) + np.arange(len(keys))
    head = first + candidates.teacher
    head[shared] = between[number]
    second = np.array([kind is RepairKind.SECOND_SUBJECT for kind in candidates.kind], dtype=np.bool_)
    price = prices.step.get(RepairKind.SECOND_SUBJECT)
    cost = prices.change * ~candidates.chosen + second * (price or 0)
    capacity = np.ones_like(head) if price is not None else (~second).astype(np.int64)
    pairs = _Run(candidates.pack, head, cost, capacity)
    return pairs, _Run(between, first + keys // span, np.zeros_like(keys), np.ones_like(keys))


def _room(problem: Problem, candidates: Candidates, own: Chosen) -> tuple[Whole, Whole]:
    """Per unit of room its person, and how loaded it makes them; 0 for units that the plan uses already."""
    units = np.minimum(problem.room, np.bincount(candidates.teacher, minlength=len(problem.room)))
    person, unit = np.repeat(np.arange(len(units)), units), ranks(units)
    used = loads(problem, own) - problem.load
    return person, np.where(unit <= used[person], 0, _weighed(problem, person, problem.load[person] + unit))


def _extra_room(problem: Problem, candidates: Candidates, most: int) -> tuple[Whole, Whole]:
    """Per unit beyond the limit its person, and how loaded it makes them; `most` each, of those who may be asked."""
    real = np.array([kind is not RepairKind.SECOND_SUBJECT for kind in candidates.kind], dtype=np.bool_)
    offered = np.bincount(candidates.teacher[real], minlength=len(problem.room))
    units = np.where(candidates.willing, np.clip(offered - problem.room, 0, most), 0)
    person = np.repeat(np.arange(len(units)), units)
    return person, _weighed(problem, person, problem.load[person] + problem.room[person] + ranks(units))


def _weighed(problem: Problem, person: Whole, load: Whole) -> Whole:
    return problem.price[person] * (2 * load - 1)


def _prices(problem: Problem, candidates: Candidates, kinds: Kinds, missing: int, highest: int) -> _Prices:
    """Return the finest prices that 64 bits hold: if need be load does not count, then moves do not."""
    places, nodes = int(problem.need.sum()), len(problem.need) + len(problem.room) + len(candidates.pack) + 2
    for load, moves in ((1, 1), (0, 1), (0, 0)):
        change = moves * (1 + load * places * highest)
        lower = places * (change + load * highest)
        steps = [0] + [(1 + lower) * (1 + missing) ** at for at in range(len(kinds))]
        base = 1 + lower + missing * steps[-1]
        if (base + steps[-1] + lower) * nodes < LARGEST:
            break
    return _Prices({kind: base + step for kind, step in zip((*kinds, None), steps, strict=True)}, change, load)


def _cheapest(runs: Sequence[_Run], source: int, places: int) -> list[Whole]:
    """The flow on each run of arcs."""
    from ortools.graph.python import min_cost_flow

    solver: Any = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([run.tail for run in runs]).astype(np.int32),
        np.concatenate([run.head for run in runs]).astype(np.int32),
        np.concatenate([run.capacity for run in runs]).astype(np.int64),
        np.concatenate([run.cost for run in runs]).astype(np.int64),
    )
    ends = np.array([source, source + 1], dtype=np.int32)
    solver.set_nodes_supplies(ends, np.array([places, -places], dtype=np.int64))
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise ValueError(f"min-cost flow ended as {status}")
    return np.split(np.asarray(solver.flows(arcs)), np.cumsum([len(run.tail) for run in runs])[:-1])
