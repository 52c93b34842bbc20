"""The best plan of a problem, goal by goal, with what proves it.

Unit packs: a chain of cheapest flows, each within what the one before leaves free. What no flow can express (papers as
load, people who check each other) is searched for within what is left free then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from xlpy.assignment.goals import Attained, Goal, Order
from xlpy.assignment.network import SEPARABLE, Network, build, cheapest, chosen_of, multipliers, weighed
from xlpy.assignment.potentials import potentials, tightened
from xlpy.assignment.problem import Chosen, Problem, Whole, filled
from xlpy.assignment.stage import Stage
from xlpy.assignment.worth import worth_of


@dataclass(frozen=True, slots=True)
class Solution:
    """A plan: `chosen` per pair, how good it is (first the places left empty, goal None), the stages that prove it.

    `stages` are empty where the load is not in packs: then bounds of a search stand in `attained`.
    """

    chosen: Chosen
    attained: tuple[Attained, ...]
    stages: tuple[Stage, ...] = ()

    @property
    def proven(self) -> bool:
        """Whether no plan is better at any goal without being worse at one before."""
        return all(one.proven for one in self.attained)


def solve(problem: Problem, order: Order) -> Solution:
    """Return the best plan: most places filled, then the goals in their order. Never raises for a sound problem.

    Where places stay empty, as many packs as possible get their first person before any gets a second. The same problem
    gives the same plan; callers sort packs and people by keys that do not depend on rows.
    """
    if not len(problem.pack):
        chosen = np.zeros(0, dtype=np.bool_)
        return Solution(chosen, _attained(problem, chosen, order, {}))
    if not problem.is_unit:
        from xlpy.assignment.search import by_weight

        start = solve_units(problem, tuple(goal for goal in order if goal in SEPARABLE))
        chosen, bounds = by_weight(problem, order, start.chosen)
        return Solution(chosen, _attained(problem, chosen, order, bounds))
    return solve_units(problem, order)


def solve_units(problem: Problem, order: Order) -> Solution:
    """As `solve`, every pack counted as one unit of load whatever it weighs."""
    network = build(problem)
    separable = [goal for goal in order if goal in SEPARABLE]
    flow, stages, free, given_up = _flows(network, separable)
    chosen = chosen_of(network, flow)
    bounds: dict[Goal | None, int | None] = dict.fromkeys(given_up)
    if worth_of(problem, chosen, Goal.RECIPROCITY) and Goal.RECIPROCITY in order:
        from xlpy.assignment.search import within

        cut = order.index(Goal.RECIPROCITY)
        if order[cut + 1 :]:
            flow, stages, free, given_up = _flows(network, order[:cut])
        chosen, found = within(free, flow, order[cut:])
        bounds = dict.fromkeys(given_up)
        bounds.update((goal, found[goal]) for goal in order[cut:])
    return Solution(chosen, _attained(problem, chosen, order, bounds), stages)


def _flows(network: Network, goals: Sequence[Goal]) -> tuple[Whole, tuple[Stage, ...], Network, tuple[Goal, ...]]:
    """Return the flow that is best at the goals, its stages, what is left free, and goals whose costs are too large."""
    problem = network.problem
    flow, stages, free, given_up = _chain(network, goals)
    if (filled(problem, chosen_of(network, flow)) < problem.reachable).any():
        flow, stages, free, given_up = _chain(network, (Goal.BREADTH, *goals))
    return flow, stages, free, given_up


def _chain(network: Network, goals: Sequence[Goal]) -> tuple[Whole, tuple[Stage, ...], Network, tuple[Goal, ...]]:
    """As many goals at a time as 64 bits hold, each flow within what the one before leaves free."""
    stages: list[Stage] = []
    given_up: list[Goal] = []
    left, amount = tuple(goals), None
    while True:
        count, factors = _together(network, left)
        if left and not count:
            given_up.append(left[0])
            left = left[1:]
            continue
        cost = weighed(network, left[:count], factors)
        flow = cheapest(network, cost, amount)
        potential = potentials(network, cost, flow)
        stages.append(Stage(left[:count], factors, potential))
        network = tightened(network, cost, flow, potential)
        amount, left = int(flow[network.places].sum()), left[count:]
        if not left:
            return flow, tuple(stages), network, tuple(given_up)


def _together(network: Network, goals: Sequence[Goal]) -> tuple[int, tuple[int, ...]]:
    """How many of the goals, from the first on, one flow can hold, and their factors."""
    for count in range(len(goals), 0, -1):
        factors = multipliers(network, goals[:count])
        if factors is not None:
            return count, factors
    return 0, ()


def _attained(
    problem: Problem, chosen: Chosen, order: Order, bounds: Mapping[Goal | None, int | None]
) -> tuple[Attained, ...]:
    """With the worth itself as the bound of every goal that has none in `bounds`."""
    found: list[Attained] = []
    for goal in (None, *order):
        worth = worth_of(problem, chosen, goal)
        found.append(Attained(goal, worth, bounds.get(goal, worth)))
    return tuple(found)
