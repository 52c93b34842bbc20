"""Plans whose load counts papers: packs of different weight make evenness NP-hard, so a bounded exact search.

Two questions in turn, the second keeping the answer to the first: the most places filled, the smallest sum of squared
loads; each for every group of people and packs that has nothing to do with the others. One worker, a fixed seed and a
limit in deterministic time: the same school gives the same plan whatever the speed of the machine.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from xlpy.assignment.problem import Chosen, Problem, Proof, components

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

SEED = 1
# In the solver's own deterministic seconds, per question, shared by the groups as their pairs are.
LIMIT = 1.0


@dataclass(frozen=True, slots=True)
class _Model:
    """The plan as the solver sees it: a yes or no per pair, places left empty per pack, a load per movable teacher."""

    made: cp_model.CpModel
    pairs: list[cp_model.IntVar]
    empty: list[cp_model.IntVar]
    totals: list[cp_model.IntVar]


def fill_by_weight(problem: Problem, hint: Chosen) -> tuple[Chosen, Proof]:
    """Return the pairs of a plan that keeps every room exactly, and what is proven about it.

    `hint` is a plan to start from; it need not keep the rooms. Preferences do not count here.
    """
    chosen, proofs = np.zeros(len(hint), dtype=np.bool_), [Proof.BEST]
    for group in components(problem):
        part = replace(problem, pack=problem.pack[group], teacher=problem.teacher[group], cost=problem.cost[group])
        chosen[group], proof = _fill_group(part, hint[group], LIMIT * float(group.mean()))
        proofs.append(proof)
    return chosen, max(proofs, key=list(Proof).index)


def _fill_group(problem: Problem, hint: Chosen, limit: float) -> tuple[Chosen, Proof]:
    model = _build(problem)
    shortage, squares = _shortage(model, problem), _squares(model, problem)
    chosen, least, fullest = _minimise(model, shortage, _within_room(problem, hint), limit)
    if least is not None:
        model.made.add(shortage <= least)
    chosen, _, evenest = _minimise(model, squares, chosen, limit)
    if not fullest:
        return chosen, Proof.NONE
    return chosen, Proof.BEST if evenest else Proof.FULLEST


def _build(problem: Problem) -> _Model:
    from ortools.sat.python import cp_model

    made = cp_model.CpModel()
    pairs = [made.new_bool_var("") for _ in problem.pack]
    empty = []
    for pack, reachable in enumerate(problem.reachable.tolist()):
        there = [pairs[at] for at in np.flatnonzero(problem.pack == pack)]
        empty.append(made.new_int_var(0, reachable, ""))
        made.add(sum(there) + empty[-1] == reachable)
    totals = []
    for teacher, load, highest in _movable(problem):
        theirs = np.flatnonzero(problem.teacher == teacher)
        weights = problem.weight[problem.pack[theirs]].tolist()
        totals.append(made.new_int_var(load, highest, ""))
        made.add(sum(w * pairs[at] for w, at in zip(weights, theirs, strict=True)) + load == totals[-1])
    return _Model(made, pairs, empty, totals)


def _movable(problem: Problem) -> list[tuple[int, int, int]]:
    """(teacher, load before, largest load possible) of everyone who may be given something."""
    on_offer = np.zeros(len(problem.room), dtype=np.int64)
    np.add.at(on_offer, problem.teacher, problem.weight[problem.pack])
    highest = problem.load + np.minimum(problem.room, on_offer)
    return [(t, int(problem.load[t]), int(highest[t])) for t in sorted(set(problem.teacher.tolist()))]


def _shortage(model: _Model, problem: Problem) -> cp_model.LinearExprT:
    """Places left empty; among equals, packs that get nobody although they could, as in the plans by packs."""
    bare = []
    for left, reachable in zip(model.empty, problem.reachable.tolist(), strict=True):
        bare.append(model.made.new_bool_var(""))
        model.made.add(bare[-1] >= left - max(reachable - 1, 0))
    return (len(bare) + 1) * sum(model.empty) + sum(bare)


def _squares(model: _Model, problem: Problem) -> cp_model.LinearExprT:
    squares = []
    for total, (_, load, highest) in zip(model.totals, _movable(problem), strict=True):
        squares.append(model.made.new_int_var(load**2, highest**2, ""))
        model.made.add_multiplication_equality(squares[-1], [total, total])
    return sum(squares)


def _within_room(problem: Problem, hint: Chosen) -> Chosen:
    """The pairs of `hint` that fit, taken in their order: a plan even if the search should find none in its time."""
    left, kept = problem.room.copy(), np.zeros(len(hint), dtype=np.bool_)
    for at in np.flatnonzero(hint):
        weight, teacher = problem.weight[problem.pack[at]], problem.teacher[at]
        if weight <= left[teacher]:
            left[teacher] -= weight
            kept[at] = True
    return kept


def _minimise(
    model: _Model, objective: cp_model.LinearExprT, chosen: Chosen, limit: float
) -> tuple[Chosen, int | None, bool]:
    """Return the best pairs found, the objective there (None where nothing was found in time), whether it is proven."""
    from ortools.sat.python import cp_model

    model.made.clear_hints()  # type: ignore[no-untyped-call]
    for pair, picked in zip(model.pairs, chosen.tolist(), strict=True):
        model.made.add_hint(pair, picked)
    model.made.minimize(objective)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = SEED
    solver.parameters.max_deterministic_time = limit
    status = solver.solve(model.made)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return chosen, None, False
    found = np.array([solver.boolean_value(pair) for pair in model.pairs], dtype=np.bool_)
    return found, round(solver.objective_value), status == cp_model.OPTIMAL
