"""From schools to a plan per municipality by names: who checks what, what stays empty, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from xlpy.assignment.goals import Goal, Order
from xlpy.assignment.optimality import verify_optimal
from xlpy.assignment.packs import Pack
from xlpy.assignment.problem import filled, loads
from xlpy.region.columns import (
    Numbered,
    Placement,
    Unit,
    kept_apart,
    numbered,
    pack_columns,
    people_columns,
    placed_before,
    unit_of,
)
from xlpy.region.digest import digest_of
from xlpy.region.distances import Distances, between
from xlpy.region.plan import Answer, Columns, plan_columns
from xlpy.region.ring import steps_of
from xlpy.region.school import School, by_name
from xlpy.tables.normalise import fold


@dataclass(frozen=True, slots=True)
class Checked:
    """A pack and who checks it: (school, person). `eligible` people may; `reason` is why it is short, "" where not."""

    school: str
    pack: Pack
    need: int
    checkers: tuple[tuple[str, str], ...]
    eligible: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Municipality:
    """The plan of one municipality. `schools` and `checked` in alphabetical order.

    `least` and `most`: the smallest and the largest load of an expert who may check anything. `new` counts placements
    that the earlier plan did not have, None without one. `both_ways`: pairs of schools that check each other;
    `fewest`: proven that as many places cannot be filled with fewer such pairs, nor more places at all.
    `proven`: that no plan with these pairs of schools is better; `digest` belongs to plan and proof.
    """

    name: str
    schools: tuple[School, ...]
    checked: tuple[Checked, ...]
    both_ways: tuple[tuple[str, str], ...]
    fewest: bool
    unit: Unit
    least: int
    most: int
    proven: bool
    new: int | None
    digest: str

    @property
    def places(self) -> int:
        """How many people the packs want."""
        return sum(one.need for one in self.checked)

    @property
    def filled(self) -> int:
        """How many they got."""
        return sum(len(one.checkers) for one in self.checked)


def by_municipality(schools: Sequence[School]) -> dict[str, tuple[School, ...]]:
    """Municipality as its first school spells it → its schools by name; both in alphabetical order."""
    groups: dict[str, list[School]] = {}
    for school in sorted(schools, key=lambda one: (one.municipality, one.name)):
        groups.setdefault(fold(school.municipality), []).append(school)
    named = {group[0].municipality: tuple(sorted(group, key=by_name)) for group in groups.values()}
    return dict(sorted(named.items()))


def plan_region(
    groups: Mapping[str, tuple[School, ...]],
    distances: Distances | None,
    before: Mapping[str, frozenset[Placement]],
    order: Order,
    advance: Callable[[int, int], None],
) -> tuple[Municipality, ...]:
    """Return the plan of each municipality of `groups`; schools of different ones do not check each other.

    `before`: placements of an earlier plan by municipality; where there are none, `order` does without changes.
    """
    plans = []
    for number, (name, schools) in enumerate(groups.items()):
        advance(number, len(groups))
        plans.append(_plan(name, numbered(schools), distances, before.get(name, frozenset()), order))
    advance(len(groups), len(groups))
    return tuple(plans)


def _plan(
    name: str, region: Numbered, distances: Distances | None, before: frozenset[Placement], order: Order
) -> Municipality:
    unit = unit_of(region.schools)
    apart = {} if distances is None else between(distances, region.schools)
    columns = Columns(
        packs=pack_columns(region, unit),
        people=people_columns(region, unit),
        steps=steps_of(apart, len(region.schools)),
        barred=kept_apart(region),
        before=placed_before(region, before),
    )
    answer = plan_columns(columns, order)
    load = loads(answer.problem, answer.chosen)[np.unique(answer.problem.teacher)]
    return Municipality(
        name=name,
        schools=region.schools,
        checked=_checked(region, answer),
        both_ways=tuple((region.schools[a].name, region.schools[b].name) for a, b in answer.both_ways),
        fewest=answer.fewest,
        unit=unit,
        least=int(load.min()) if len(load) else 0,
        most=int(load.max(initial=0)),
        proven=_is_proven(answer),
        digest=digest_of(answer.problem, answer.solution),
        new=next((one.worth for one in answer.attained if one.goal is Goal.CHANGES), None),
    )


def _is_proven(answer: Answer) -> bool:
    """By the solver's own bounds, and where the load is in packs by dual values that are checked without it."""
    solution = answer.solution
    return solution.proven and not verify_optimal(answer.problem, solution.chosen, solution.stages)


def _checked(region: Numbered, answer: Answer) -> tuple[Checked, ...]:
    problem, chosen = answer.problem, answer.chosen
    people: dict[int, list[tuple[str, str]]] = {}
    for pack, person in zip(problem.pack[chosen].tolist(), problem.teacher[chosen].tolist(), strict=True):
        number, expert = region.people[person]
        people.setdefault(pack, []).append((region.schools[number].name, expert.name))
    degree, got = problem.degree.tolist(), filled(problem, chosen).tolist()
    return tuple(
        Checked(
            region.schools[number].name,
            pack,
            need,
            tuple(people.get(at, ())),
            degree[at],
            "" if got[at] >= need else _reason(len(region.schools), degree[at], need),
        )
        for at, ((number, pack), need) in enumerate(zip(region.packs, problem.need.tolist(), strict=True))
    )


def _reason(schools: int, eligible: int, need: int) -> str:
    if schools < 2:
        return "alone"
    return "no expert" if not eligible else "few experts" if eligible < need else "limits"


def ways_of(plan: Municipality) -> dict[tuple[str, str], int]:
    """(school of the papers, school of the checkers) → placements, in the order of the schools."""
    count = Counter((one.school, school) for one in plan.checked for school, _ in one.checkers)
    names = [school.name for school in plan.schools]
    return {(one, other): count[one, other] for one in names for other in names if count[one, other]}
