"""How many places can be filled at all, and which packs stand in each other's way where not all can."""

from __future__ import annotations

from typing import Any

import numpy as np

from xlpy.assignment.problem import Chosen, Problem, filled


def fullest(problem: Problem) -> Chosen:
    """Return the pairs of some plan that fills as many places as can be, each pack counted as one unit of load."""
    from ortools.graph.python import max_flow

    if not len(problem.pack):
        return np.zeros(0, dtype=np.bool_)
    solver: Any = max_flow.SimpleMaxFlow()
    packs, people = len(problem.need), len(problem.room)
    source, sink = packs + people, packs + people + 1
    degree = np.bincount(problem.teacher, minlength=people)
    tails = [problem.pack, np.full(packs, source), packs + np.arange(people)]
    heads = [packs + problem.teacher, np.arange(packs), np.full(people, sink)]
    room = [np.ones(len(problem.pack), dtype=np.int64), problem.need, np.minimum(problem.room, degree)]
    arcs = solver.add_arcs_with_capacity(
        np.concatenate(tails).astype(np.int32), np.concatenate(heads).astype(np.int32), np.concatenate(room)
    )
    if solver.solve(source, sink) != solver.OPTIMAL:
        raise ValueError("max flow did not end")
    return np.asarray(solver.flows(arcs[: len(problem.pack)]) > 0)


def blocked(problem: Problem, chosen: Chosen) -> Chosen:
    """Return which packs of a fullest plan are short, or stand where a short one could have somebody.

    Only more people for these packs can fill more places.
    """
    packs = filled(problem, chosen) < problem.need
    while True:
        people = np.zeros(len(problem.room), dtype=np.bool_)
        people[problem.teacher[packs[problem.pack] & ~chosen]] = True
        reached = packs.copy()
        reached[problem.pack[people[problem.teacher] & chosen]] = True
        if (reached == packs).all():
            return packs
        packs = reached
