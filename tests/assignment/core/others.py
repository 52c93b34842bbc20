"""The same problem handed to solvers we do not use, or in a way we do not use them: to compare answers and times.

All know unit packs only. Each answers (places filled, Σ price · load², changes, preference cost) of the best plan, the
three goals weighed so that one step of an earlier one outweighs all later ones: `weights` says how.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from xlpy.assignment.goals import Goal
from xlpy.assignment.problem import Chosen, Problem, Whole

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint

SEPARABLE = (Goal.BALANCE, Goal.CHANGES, Goal.PREFERENCE)
HALF = 0.5


def units(problem: Problem) -> tuple[Whole, Whole]:
    """Each unit of load a person can take: whose it is, and by how much it raises Σ price · load²."""
    most = np.minimum(problem.room, np.bincount(problem.teacher, minlength=len(problem.room)))
    whose = np.repeat(np.arange(len(most)), most)
    rank = np.concatenate([np.arange(1, one + 1) for one in most.tolist()] or [np.zeros(0, dtype=np.int64)])
    return whose, problem.price[whose] * (2 * (problem.load[whose] + rank) - 1)


def weights(problem: Problem, goals: Sequence[Goal]) -> tuple[Whole, Whole, int]:
    """Cost per pair, cost per unit, and what a place left empty costs, all goals in one number."""
    whose, marginal = units(problem)
    places = int(problem.need.sum())
    pair, unit, later = np.zeros(len(problem.pack), dtype=np.int64), np.zeros(len(whose), dtype=np.int64), 0
    for goal in reversed(goals):
        step = 1 + later
        if goal is Goal.BALANCE:
            unit += step * marginal
            later += step * places * int(marginal.max(initial=0))
        else:
            price = problem.cost if goal is Goal.PREFERENCE else (~problem.kept).astype(np.int64)
            pair += step * price
            later += step * places * int(price.max(initial=0))
    return pair, unit, 1 + later


def told(problem: Problem, chosen: Chosen) -> tuple[int, int, int, int]:
    """What a plan comes to."""
    load = problem.load + np.bincount(problem.teacher[chosen], minlength=len(problem.room))
    return (
        int(chosen.sum()),
        int((problem.price * load**2).sum()),
        int((chosen & ~problem.kept).sum()),
        int(problem.cost[chosen].sum()),
    )


def by_networkx(problem: Problem, goals: Sequence[Goal] = SEPARABLE) -> Chosen:
    """Network simplex in plain Python."""
    import networkx as nx

    pair, unit, empty = weights(problem, goals)
    graph = nx.MultiDiGraph()
    for number, need in enumerate(problem.need.tolist()):
        graph.add_node(("pack", number), demand=-need)
        graph.add_edge(("pack", number), "sink", weight=empty)
    graph.add_node("sink", demand=int(problem.need.sum()))
    ends = zip(problem.pack.tolist(), problem.teacher.tolist(), pair.tolist(), strict=True)
    for at, (pack, teacher, cost) in enumerate(ends):
        graph.add_edge(("pack", pack), ("teacher", teacher), key=at, capacity=1, weight=cost)
    for teacher, cost in zip(units(problem)[0].tolist(), unit.tolist(), strict=True):
        graph.add_edge(("teacher", teacher), "sink", capacity=1, weight=cost)
    flow = nx.network_simplex(graph)[1]
    chosen = np.zeros(len(problem.pack), dtype=np.bool_)
    for at, (pack, teacher) in enumerate(zip(problem.pack.tolist(), problem.teacher.tolist(), strict=True)):
        chosen[at] = flow["pack", pack]["teacher", teacher][at] > 0
    return chosen


def _balances(problem: Problem, whose: Whole) -> list[LinearConstraint]:
    """What goes to a person's pairs comes out of their units; no pack gets more than its need."""
    from scipy.optimize import LinearConstraint
    from scipy.sparse import csr_array

    pairs, width = len(problem.pack), len(problem.pack) + len(whose)
    ones = np.concatenate([np.ones(pairs), -np.ones(len(whose))])
    ends = (np.concatenate([problem.teacher, whose]), np.arange(width))
    load = csr_array((ones, ends), shape=(len(problem.room), width))
    need = csr_array((np.ones(pairs), (problem.pack, np.arange(pairs))), shape=(len(problem.need), width))
    return [LinearConstraint(load, 0, 0), LinearConstraint(need, 0, problem.need)]


def by_highs(problem: Problem, goals: Sequence[Goal] = SEPARABLE, seconds: float = 3600) -> Chosen:
    """HiGHS' branch and bound, one goal after the other, each answer kept: small numbers, for it knows only floats."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    pairs, (whose, marginal) = len(problem.pack), units(problem)
    rows, nothing = _balances(problem, whose), np.zeros(len(whose))
    costs = {
        Goal.BALANCE: np.concatenate([np.zeros(pairs), marginal]),
        Goal.CHANGES: np.concatenate([(~problem.kept).astype(float), nothing]),
        Goal.PREFERENCE: np.concatenate([problem.cost.astype(float), nothing]),
    }
    found = None
    for cost in (np.concatenate([-np.ones(pairs), nothing]), *(costs[goal] for goal in goals)):
        options = {"mip_rel_gap": 0.0, "time_limit": seconds}
        found = milp(cost, constraints=rows, bounds=Bounds(0, 1), integrality=np.ones(len(cost)), options=options)
        if found.status != 0:
            raise TimeoutError(found.message)
        rows.append(LinearConstraint(cost[None, :], -np.inf, round(found.fun)))
    return np.asarray(found.x[:pairs]) > HALF


def by_highs_simplex(problem: Problem, goals: Sequence[Goal] = SEPARABLE, seconds: float = 3600) -> Chosen:
    """HiGHS' dual simplex, all goals in one number and as many places as a maximum flow fills. A vertex is whole."""
    from scipy.optimize import linprog
    from scipy.sparse import vstack

    whose, _ = units(problem)
    pair, unit, _ = weights(problem, goals)
    load, need = _balances(problem, whose)
    filled = np.concatenate([np.ones(len(pair)), np.zeros(len(unit))])[None, :]
    found = linprog(
        np.concatenate([pair, unit]),
        A_ub=need.A,
        b_ub=problem.need,
        A_eq=vstack([load.A, filled]),
        b_eq=np.concatenate([np.zeros(len(problem.room)), [most_places(problem)]]),
        bounds=(0, 1),
        method="highs-ds",
        options={"time_limit": seconds},
    )
    if found.status != 0:
        raise TimeoutError(found.message)
    return np.asarray(found.x[: len(pair)]) > HALF


def by_cp_sat(problem: Problem, goals: Sequence[Goal] = SEPARABLE, seconds: float = 3600) -> Chosen:
    """CP-SAT: as many places as a maximum flow fills, all goals in one number."""
    from ortools.sat.python import cp_model

    model, (whose, _) = cp_model.CpModel(), units(problem)
    pair, unit, _ = weights(problem, goals)
    taken, steps = ([model.new_bool_var("") for _ in column] for column in (pair, unit))
    of_pack: list[list[cp_model.IntVar]] = [[] for _ in problem.need]
    of_person: list[list[cp_model.LinearExprT]] = [[] for _ in problem.room]
    for one, pack, person in zip(taken, problem.pack.tolist(), problem.teacher.tolist(), strict=True):
        of_pack[pack].append(one)
        of_person[person].append(one)
    for step, person in zip(steps, whose.tolist(), strict=True):
        of_person[person].append(-step)
    places = most_places(problem)
    full = places == int(np.minimum(problem.need, problem.degree).sum())
    for there, need in zip(of_pack, problem.need.tolist(), strict=True):
        model.add(sum(there) == min(need, len(there)) if full else sum(there) <= need)
    for there in of_person:
        model.add(sum(there) == 0)
    model.add(sum(taken) == places)
    model.minimize(cp_model.LinearExpr.weighted_sum([*taken, *steps], [*pair.tolist(), *unit.tolist()]))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model)
    if status != cp_model.OPTIMAL:
        raise TimeoutError(solver.status_name(status))
    return np.array([solver.boolean_value(one) for one in taken], dtype=np.bool_)


def most_places(problem: Problem) -> int:
    """How many places can be filled at all, by scipy's maximum flow. A person's pairs of one group share one arc."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import maximum_flow

    packs, people = len(problem.need), len(problem.room)
    shared = sorted({(t, g) for t, g in zip(problem.teacher.tolist(), problem.group.tolist(), strict=True) if g >= 0})
    at_group = {pair: packs + people + number for number, pair in enumerate(shared)}
    source = packs + people + len(shared)
    arcs = [(source, pack, int(need)) for pack, need in enumerate(problem.need)]
    arcs += [(packs + person, source + 1, int(room)) for person, room in enumerate(problem.room)]
    arcs += [(node, packs + person, 1) for (person, _), node in at_group.items()]
    ends = zip(problem.pack.tolist(), problem.teacher.tolist(), problem.group.tolist(), strict=True)
    arcs += [(pack, at_group.get((person, group), packs + person), 1) for pack, person, group in ends]
    tail, head, capacity = (np.array(column, dtype=np.int32) for column in zip(*arcs, strict=True))
    graph = csr_array((capacity, (tail, head)), shape=(source + 2, source + 2))
    return int(maximum_flow(graph, source, source + 1).flow_value)
