"""A problem of unit packs as a flow: source → packs → (groups) → people → sink, with a price per goal on its arcs.

The k-th unit of a person costs 2k - 1 (times their price), so a cheapest flow has the smallest sum of squared loads.
For equal norms that sum is smallest exactly when the largest load is, then the next largest, and so on (Frank and
Murota, Math. Prog. 2021: decreasing minimality on an M-convex set), so one flow serves every even-handed measure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from xlpy.assignment.goals import Goal
from xlpy.assignment.problem import ALONE, Chosen, Problem, Whole

# The solver multiplies costs by the number of nodes; half of a 64-bit range is left free for its sums.
LARGEST = 2**62

# What a flow can make small; the rest needs a search.
SEPARABLE = frozenset({Goal.BREADTH, Goal.BALANCE, Goal.CHANGES, Goal.PREFERENCE})


@dataclass(frozen=True, slots=True)
class Network:
    """Arcs in four runs: pairs (in the problem's order), groups, places, units of load.

    Shapes: `tail`, `head`, `low`, `high` per arc; `of_place` and `place_rank` per place, `of_unit` and `unit_price` per
    unit, `group_teacher` per group arc. Nodes: packs, people, groups, source, sink. `low` and `high` are the freedom of
    a plan: between 0 and the capacity at first, less after a goal is fixed.
    """

    problem: Problem
    tail: Whole
    head: Whole
    low: Whole
    high: Whole
    of_place: Whole
    place_rank: Whole
    of_unit: Whole
    unit_price: Whole
    group_teacher: Whole

    @property
    def pairs(self) -> slice:
        """The arcs that are pairs."""
        return slice(0, len(self.problem.pack))

    @property
    def groups(self) -> slice:
        """The arcs from a group to its person."""
        return slice(self.pairs.stop, self.pairs.stop + len(self.group_teacher))

    @property
    def places(self) -> slice:
        """The arcs from the source to a pack, one per place."""
        return slice(self.groups.stop, self.groups.stop + len(self.of_place))

    @property
    def units(self) -> slice:
        """The arcs from a person to the sink, one per unit of load."""
        return slice(self.places.stop, self.places.stop + len(self.of_unit))

    @property
    def source(self) -> int:
        """Number of the source's node; the sink's is the next."""
        return len(self.problem.need) + len(self.problem.room) + len(self.group_teacher)


def build(problem: Problem) -> Network:
    """Return the network of a problem of unit packs."""
    packs, teachers = len(problem.need), len(problem.room)
    shared = problem.group != ALONE
    span = int(problem.group.max(initial=0)) + 1
    keys, group_of_pair = np.unique((problem.teacher * span + problem.group)[shared], return_inverse=True)
    group_teacher = keys // span
    source = packs + teachers + len(keys)
    pair_head = packs + problem.teacher
    pair_head[shared] = packs + teachers + group_of_pair
    # More units than a person has pairs (or groups of pairs) are never used.
    most = np.bincount(problem.teacher[~shared], minlength=teachers) + np.bincount(group_teacher, minlength=teachers)
    units = np.minimum(problem.room, most)
    of_place, of_unit = np.repeat(np.arange(packs), problem.need), np.repeat(np.arange(teachers), units)
    tails = [
        problem.pack,
        packs + teachers + np.arange(len(keys)),
        np.full(len(of_place), source),
        packs + of_unit,
    ]
    heads = [pair_head, packs + group_teacher, of_place, np.full(len(of_unit), source + 1)]
    tail = np.concatenate(tails).astype(np.int64)
    return Network(
        problem=problem,
        tail=tail,
        head=np.concatenate(heads).astype(np.int64),
        low=np.zeros(len(tail), dtype=np.int64),
        high=np.ones(len(tail), dtype=np.int64),
        of_place=of_place,
        place_rank=ranks(problem.need),
        of_unit=of_unit,
        unit_price=problem.price[of_unit] * (2 * (problem.load[of_unit] + ranks(units)) - 1),
        group_teacher=group_teacher,
    )


def ranks(counts: Whole) -> Whole:
    """1, 2, … counts[0], 1, 2, … counts[1], …."""
    ends = np.cumsum(counts)
    return np.arange(1, int(counts.sum()) + 1) - np.repeat(ends - counts, counts)


def prices(network: Network, goal: Goal) -> tuple[slice, Whole]:
    """Return what a goal costs on which run of arcs."""
    if goal is Goal.BREADTH:
        return network.places, network.place_rank - 1
    if goal is Goal.BALANCE:
        return network.units, network.unit_price
    problem = network.problem
    return network.pairs, problem.cost if goal is Goal.PREFERENCE else (~problem.kept).astype(np.int64)


def multipliers(network: Network, goals: Sequence[Goal]) -> tuple[int, ...] | None:
    """Return factors by which one step of a goal outweighs all later goals together; None beyond 64 bits."""
    places, factors, later = int(network.problem.need.sum()), list[int](), 0
    dearest = 0
    for goal in reversed(goals):
        _, price = prices(network, goal)
        highest = int(price.max(initial=0))
        factors.append(1 + later)
        later += factors[-1] * _most(price, places, highest)
        dearest += factors[-1] * highest
    if dearest * (network.source + 3) >= LARGEST:
        return None
    return tuple(reversed(factors))


def _most(price: Whole, places: int, highest: int) -> int:
    """No plan costs more than this: every place takes the dearest arc, or every arc is taken."""
    every = int(price.sum()) if highest < LARGEST // max(1, len(price)) else places * highest
    return min(places * highest, every)


def weighed(network: Network, goals: Sequence[Goal], factors: Sequence[int]) -> Whole:
    """Return the cost per arc of several goals at once."""
    cost = np.zeros(len(network.tail), dtype=np.int64)
    for goal, factor in zip(goals, factors, strict=True):
        run, price = prices(network, goal)
        cost[run] += factor * price
    return cost


def cheapest(network: Network, cost: Whole, amount: int | None) -> Whole:
    """Return the flow per arc of a cheapest flow of `amount` from source to sink; of the largest there is for None."""
    from ortools.graph.python import min_cost_flow

    solver: Any = min_cost_flow.SimpleMinCostFlow()
    free = np.flatnonzero(network.high > network.low)
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        network.tail[free].astype(np.int32),
        network.head[free].astype(np.int32),
        (network.high - network.low)[free],
        cost[free],
    )
    wanted = int(network.problem.need.sum()) if amount is None else amount
    supply = np.zeros(network.source + 2, dtype=np.int64)
    supply[network.source], supply[network.source + 1] = wanted, -wanted
    fixed = np.flatnonzero(network.low)
    np.subtract.at(supply, network.tail[fixed], network.low[fixed])
    np.add.at(supply, network.head[fixed], network.low[fixed])
    solver.set_nodes_supplies(np.arange(len(supply), dtype=np.int32), supply)
    status = solver.solve_max_flow_with_min_cost() if amount is None else solver.solve()
    if status != solver.OPTIMAL:
        raise ValueError(f"min-cost flow ended as {status}")
    flow = network.low.copy()
    flow[free] += np.asarray(solver.flows(arcs))
    return flow


def chosen_of(network: Network, flow: Whole) -> Chosen:
    """Return the pairs of a flow."""
    return flow[network.pairs] > 0
