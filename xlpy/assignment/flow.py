"""Fair plans by one convex min-cost flow: exact where every pack is one unit of load.

The k-th unit of a teacher costs 2k - 1, so a cheapest flow has the smallest sum of squared loads. For unit packs that
sum is smallest exactly when the largest load is, then the next largest, and so on (Frank and Murota, Math. Prog. 2021:
decreasing minimality on an M-convex set), so one flow serves every even-handed measure at once.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from xlpy.assignment.problem import Chosen, Problem, Whole, filled

# The solver multiplies costs by the number of nodes; half of a 64-bit range is left free for its sums.
LARGEST = 2**62


def fill_evenly(problem: Problem) -> Chosen:
    """Return the pairs of a fullest plan; among those the most even; among those the most preferred.

    Use it for unit weights; other weights are ignored. Where not all places can be filled, as many packs as possible
    get their first person before any gets a second. Never raises.
    """
    if not len(problem.pack):
        return np.zeros(0, dtype=np.bool_)
    chosen = _flow(problem, 0)
    if (filled(problem, chosen) < problem.reachable).any():
        return _flow(problem, 1 + _dearest(problem))
    return chosen


def _units(problem: Problem) -> Whole:
    """The most packs each teacher can be given."""
    return np.minimum(problem.room, np.bincount(problem.teacher, minlength=len(problem.room)))


def _ranks(counts: Whole) -> Whole:
    """1, 2, … counts[0], 1, 2, … counts[1], …."""
    ends = np.cumsum(counts)
    return np.arange(1, ends[-1] + 1) - np.repeat(ends - counts, counts)


def _scale(problem: Problem) -> int:
    """What one step of evenness outweighs: every preference together."""
    return 1 + int(problem.cost.max()) * int(problem.need.sum())


def _dearest(problem: Problem) -> int:
    """No plan costs more than this."""
    return int(problem.need.sum()) * (_scale(problem) * _steepest(problem) + int(problem.cost.max()))


def _steepest(problem: Problem) -> int:
    """No unit of load costs more than this, before scaling."""
    return int((2 * (problem.load + _units(problem)) + 1).max())


def _flow(problem: Problem, later_place: int) -> Chosen:
    """Return the chosen pairs; a pack's second place costs `later_place` more than its first."""
    from ortools.graph.python import min_cost_flow

    packs, teachers, places = len(problem.need), len(problem.room), int(problem.need.sum())
    source, sink = packs + teachers, packs + teachers + 1
    scale, cost = _scale(problem), problem.cost
    if max(scale * _steepest(problem), later_place) * (packs + teachers + 3) >= LARGEST:
        # Beyond a hundred thousand packs preferences and the order of places give way to an exact balance.
        scale, cost, later_place = 1, np.zeros_like(cost), 0
    units = _units(problem)
    of_place, of_unit = np.repeat(np.arange(packs), problem.need), np.repeat(np.arange(teachers), units)
    marginal = scale * (2 * (problem.load[of_unit] + _ranks(units)) - 1)
    tails = [problem.pack, np.full(places, source), packs + of_unit]
    heads = [packs + problem.teacher, of_place, np.full(len(of_unit), sink)]
    costs = [cost, later_place * (_ranks(problem.need) - 1), marginal]
    solver: Any = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        np.concatenate(tails).astype(np.int32),
        np.concatenate(heads).astype(np.int32),
        np.ones(sum(map(len, tails)), dtype=np.int64),
        np.concatenate(costs).astype(np.int64),
    )
    solver.set_nodes_supplies(np.array([source, sink], dtype=np.int32), np.array([places, -places], dtype=np.int64))
    status = solver.solve_max_flow_with_min_cost()
    if status != solver.OPTIMAL:
        raise ValueError(f"min-cost flow ended as {status}")
    return np.asarray(solver.flows(arcs[: len(problem.pack)])) > 0
