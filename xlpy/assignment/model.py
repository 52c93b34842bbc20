"""A plan as the search sees it: a yes or no per pair that is still free, and each goal as an expression over them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from xlpy.assignment.goals import Goal
from xlpy.assignment.problem import ALONE, Chosen, Problem, Whole, filled, loads
from xlpy.assignment.worth import worth_of

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    from xlpy.assignment.network import Network

SEED = 1
TURNS = ("core", "no_lp", "pseudo_costs")
# At so many loads between the smallest and the largest a square is held by its tangent: that is what proves evenness.
TANGENTS = 12


@dataclass(slots=True)
class Model:
    """The solver's model. `pairs` has a variable per pair, or a constant where the pair is settled.

    `costs` makes the expression of a goal the first time it is asked for; an offset is left out, so a value of it
    says how far apart two plans are, not what one is worth.
    """

    made: cp_model.CpModel
    problem: Problem
    pairs: list[cp_model.IntVar | int]
    costs: dict[Goal | None, Callable[[], cp_model.LinearExprT]]
    known: Callable[[Chosen], Iterable[tuple[cp_model.IntVar, int]]]
    asked: dict[Goal | None, cp_model.LinearExprT] = field(default_factory=dict)

    def hint(self, chosen: Chosen) -> None:
        """Let the search begin with a plan; `known` are the other variables that follow from its pairs."""
        self.made.clear_hints()  # type: ignore[no-untyped-call]
        for pair, picked in zip(self.pairs, chosen.tolist(), strict=True):
            if not isinstance(pair, int):
                self.made.add_hint(pair, picked)
        for variable, worth in self.known(chosen):
            self.made.add_hint(variable, worth)

    def cost(self, goal: Goal | None) -> cp_model.LinearExprT:
        """The expression of a goal; None is the places left empty."""
        if goal not in self.asked:
            self.asked[goal] = self.costs[goal]()
        return self.asked[goal]

    def keep(self, goal: Goal | None, most: int) -> None:
        """Let no plan be worse at a goal than `most`."""
        self.made.add(self.cost(goal) <= most)


def minimise(model: Model, goal: Goal | None, chosen: Chosen, limit: float) -> tuple[Chosen, int | None, int | None]:
    """Return the best pairs found, the expression's value there, how far that may be from the best.

    Both are None where nothing was found in time; then `chosen` comes back.
    """
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    return _run(model, solver, goal, chosen, limit)


def minimise_in_turns(
    model: Model, goal: Goal | None, chosen: Chosen, limit: float
) -> tuple[Chosen, int | None, int | None]:
    """As `minimise`, by three ways that take turns on one thread: slower at first, and further in the end.

    One finds plans, two raise the bound; the answer does not depend on the machine.
    """
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.subsolvers.extend(TURNS)
    solver.parameters.num_workers = len(TURNS)
    solver.parameters.interleave_search = True
    return _run(model, solver, goal, chosen, limit)


def _run(
    model: Model, solver: cp_model.CpSolver, goal: Goal | None, chosen: Chosen, limit: float
) -> tuple[Chosen, int | None, int | None]:
    from ortools.sat.python import cp_model

    model.made.minimize(model.cost(goal))
    model.hint(chosen)
    solver.parameters.random_seed = SEED
    solver.parameters.max_deterministic_time = limit
    status = solver.solve(model.made)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return chosen, None, None
    found = np.array(
        [bool(pair) if isinstance(pair, int) else solver.boolean_value(pair) for pair in model.pairs], dtype=np.bool_
    )
    best = round(solver.objective_value)
    # No goal is below nothing, whatever a relaxation says.
    bound = max(0, int(np.ceil(solver.best_objective_bound - 1e-6)))
    return found, best, 0 if status == cp_model.OPTIMAL else best - bound


def of_freedom(free: Network, flow: Whole) -> Model:
    """Return the model of the plans that a network allows, all with as many places filled as `flow`."""
    from ortools.sat.python import cp_model

    made, problem = cp_model.CpModel(), free.problem
    settled = (free.low == free.high)[free.pairs]
    pairs: list[cp_model.IntVar | int] = [
        int(taken) if fixed else made.new_bool_var("")
        for fixed, taken in zip(settled.tolist(), flow[free.pairs].tolist(), strict=True)
    ]
    for numbers, run, of_arc in (
        (problem.pack, free.places, free.of_place),
        (problem.teacher, free.units, free.of_unit),
    ):
        low, high = (
            np.bincount(of_arc, bound[run], minlength=int(numbers.max()) + 1) for bound in (free.low, free.high)
        )
        _bound_sums(made, pairs, numbers, settled, low, high)
    shared = problem.group != ALONE
    at = np.where(shared, free.head[free.pairs] - len(problem.need) - len(problem.room), ALONE)
    _bound_sums(made, pairs, at, settled | ~shared, free.low[free.groups], free.high[free.groups])
    made.add(sum(pairs) == int(flow[free.pairs].sum()))
    costs = _pair_costs(made, problem, pairs)
    costs[Goal.BALANCE] = lambda: _by_units(made, free, pairs)
    return Model(made, problem, pairs, costs, lambda _: ())


def _bound_sums(
    made: cp_model.CpModel,
    pairs: list[cp_model.IntVar | int],
    numbers: Whole,
    settled: Chosen,
    low: Whole,
    high: Whole,
) -> None:
    """Hold the sum of the pairs of each number between its bounds, where any of them is free."""
    for number in np.unique(numbers[~settled]).tolist():
        total = sum(pairs[at] for at in np.flatnonzero(numbers == number))
        made.add(total >= int(low[number]))
        made.add(total <= int(high[number]))


def _by_units(made: cp_model.CpModel, free: Network, pairs: list[cp_model.IntVar | int]) -> cp_model.LinearExprT:
    """The balance as the price of each unit still free; marginal prices rise, so cheap units are taken first."""
    run, problem = free.units, free.problem
    open_units = np.flatnonzero((free.low < free.high)[run])
    parts: list[cp_model.LinearExprT] = []
    for teacher in np.unique(free.of_unit[open_units]).tolist():
        own = open_units[free.of_unit[open_units] == teacher]
        taken = [made.new_bool_var("") for _ in own]
        fixed = int(free.low[run][free.of_unit == teacher].sum())
        made.add(sum(pairs[at] for at in np.flatnonzero(problem.teacher == teacher)) == fixed + sum(taken))
        parts += [int(price) * unit for price, unit in zip(free.unit_price[own].tolist(), taken, strict=True)]
    return sum(parts)


def of_weights(problem: Problem) -> Model:
    """Return the model of every plan that keeps the rooms, load counted by weight."""
    from ortools.sat.python import cp_model

    made = cp_model.CpModel()
    pairs: list[cp_model.IntVar | int] = [made.new_bool_var("") for _ in problem.pack]
    reachable, bare, empty = problem.reachable.tolist(), [], []
    for pack in np.unique(problem.pack).tolist():
        there = sum(pairs[at] for at in np.flatnonzero(problem.pack == pack))
        empty.append(made.new_int_var(0, reachable[pack], ""))
        made.add(there + empty[-1] == reachable[pack])
        bare.append(made.new_bool_var(""))
        made.add(bare[-1] >= empty[-1] - max(reachable[pack] - 1, 0))
    for teacher, group in sorted({*zip(problem.teacher.tolist(), problem.group.tolist(), strict=True)}):
        if group != ALONE:
            theirs = np.flatnonzero((problem.teacher == teacher) & (problem.group == group))
            made.add(sum(pairs[at] for at in theirs) <= 1)
    totals, squares = _totals(made, problem, pairs), dict[int, cp_model.IntVar]()
    costs = _pair_costs(made, problem, pairs)
    costs[None] = lambda: sum(empty)
    costs[Goal.BREADTH] = lambda: sum(bare)
    costs[Goal.BALANCE] = lambda: _squares(made, problem, totals, squares)
    there_are = np.unique(problem.pack)

    def known(chosen: Chosen) -> Iterator[tuple[cp_model.IntVar, int]]:
        got, load = filled(problem, chosen)[there_are], loads(problem, chosen)
        yield from zip(empty, (problem.reachable[there_are] - got).tolist(), strict=True)
        yield from zip(bare, ((got == 0) & (problem.reachable[there_are] > 0)).astype(int).tolist(), strict=True)
        for one in totals:
            yield one.load, int(load[one.teacher])
            if one.teacher in squares:
                yield squares[one.teacher], int(load[one.teacher]) ** 2

    return Model(made, problem, pairs, costs, known)


def weights_value(problem: Problem, chosen: Chosen, goal: Goal | None) -> int:
    """Return the value of a goal's expression in `of_weights` at a plan."""
    if goal is None:
        return int((problem.reachable - filled(problem, chosen)).sum())
    if goal is Goal.BREADTH:
        return int(((filled(problem, chosen) == 0) & (problem.reachable > 0)).sum())
    if goal is Goal.BALANCE:
        movable = np.unique(problem.teacher)
        return int((problem.price * loads(problem, chosen) ** 2)[movable].sum())
    return worth_of(problem, chosen, goal)


@dataclass(frozen=True, slots=True)
class _Total:
    """A person's load: the variable, what it is at least and at most, and how much a square of it weighs."""

    teacher: int
    load: cp_model.IntVar
    least: int
    most: int
    price: int


def _totals(made: cp_model.CpModel, problem: Problem, pairs: list[cp_model.IntVar | int]) -> list[_Total]:
    """The loads of everyone who may be given something."""
    found = []
    for teacher in np.unique(problem.teacher).tolist():
        theirs = np.flatnonzero(problem.teacher == teacher)
        weights = problem.weight[problem.pack[theirs]]
        load = int(problem.load[teacher])
        most = load + int(min(problem.room[teacher], weights.sum()))
        found.append(_Total(teacher, made.new_int_var(load, most, ""), load, most, int(problem.price[teacher])))
        made.add(sum(int(w) * pairs[at] for w, at in zip(weights, theirs, strict=True)) + load == found[-1].load)
    return found


def _squares(
    made: cp_model.CpModel, problem: Problem, totals: list[_Total], squares: dict[int, cp_model.IntVar]
) -> cp_model.LinearExprT:
    """Σ price · load², with tangents of each square around a fair share: between whole loads none cuts a plan off.

    The variables are put into `squares`, by teacher.
    """
    demand = int((problem.weight * problem.reachable).sum()) + sum(one.least for one in totals)
    fair = demand // max(1, len(totals))
    parts = []
    for one in totals:
        square = squares[one.teacher] = made.new_int_var(one.least**2, one.most**2, "")
        made.add_multiplication_equality(square, [one.load, one.load])
        spread = max(1, fair // TANGENTS)
        for step in range(-TANGENTS // 2, TANGENTS // 2 + 1):
            at = min(max(fair + step * spread, one.least), one.most)
            made.add(square >= (2 * at + 1) * one.load - at * (at + 1))
        parts.append(one.price * square)
    return sum(parts)


def _pair_costs(
    made: cp_model.CpModel, problem: Problem, pairs: list[cp_model.IntVar | int]
) -> dict[Goal | None, Callable[[], cp_model.LinearExprT]]:
    return {
        Goal.CHANGES: lambda: sum(pairs[at] for at in np.flatnonzero(~problem.kept)),
        Goal.PREFERENCE: lambda: sum(int(problem.cost[at]) * pairs[at] for at in np.flatnonzero(problem.cost)),
        Goal.RECIPROCITY: lambda: _reciprocity(made, problem, pairs),
    }


def _reciprocity(made: cp_model.CpModel, problem: Problem, pairs: list[cp_model.IntVar | int]) -> cp_model.LinearExprT:
    """The number of pairs of people who check packs of each other's classes."""
    ways = _ways(problem, pairs)
    both = []
    for (one, other), there in sorted(ways.items()):
        back = ways.get((other, one))
        if one < other and back is not None:
            both.append(made.new_bool_var(""))
            made.add(both[-1] >= _any_of(made, pairs, there) + _any_of(made, pairs, back) - 1)
    return sum(both)


def _ways(problem: Problem, pairs: list[cp_model.IntVar | int]) -> dict[tuple[int, int], list[int]]:
    """(checker, owner) → the pairs by which the one would check the other's class, those settled as no left out."""
    owners: dict[int, list[int]] = {}
    for pack, owner in zip(problem.owner_pack.tolist(), problem.owner_teacher.tolist(), strict=True):
        owners.setdefault(pack, []).append(owner)
    ways: dict[tuple[int, int], list[int]] = {}
    for at, (pack, checker) in enumerate(zip(problem.pack.tolist(), problem.teacher.tolist(), strict=True)):
        if not (isinstance(pairs[at], int) and not pairs[at]):
            for owner in owners.get(pack, ()):
                ways.setdefault((checker, owner), []).append(at)
    return ways


def _any_of(made: cp_model.CpModel, pairs: list[cp_model.IntVar | int], numbers: list[int]) -> cp_model.IntVar | int:
    there = [pairs[at] for at in numbers]
    if any(isinstance(pair, int) and pair for pair in there):
        return 1
    if len(there) == 1:
        return there[0]
    found = made.new_bool_var("")
    for pair in there:
        made.add(found >= pair)
    return found
