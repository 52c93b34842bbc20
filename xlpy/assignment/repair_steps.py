"""Repairs where papers are the load: the empty places one after another, each in the most wanted way there is."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from xlpy.assignment.problem import ALONE, filled, loads
from xlpy.assignment.question import Question
from xlpy.assignment.repair_kinds import Kinds, Repair, RepairKind
from xlpy.assignment.repair_pairs import Candidates, repair_of


def repairs_by_steps(question: Question, candidates: Candidates, kinds: Kinds) -> tuple[Repair, ...]:
    """Return a repair for each empty place that a wanted kind can fill; the fewest units beyond a limit at each place.

    The plan stays as it is: whether moving somebody would spare a step is not asked.
    """
    problem = question.problem
    own = candidates.chosen[: len(problem.pack)]
    left = problem.room + problem.load - loads(problem, own)
    missing = problem.need - filled(problem, own)
    held = [
        {*candidates.pack[candidates.chosen & (candidates.teacher == person)].tolist()} for person in range(len(left))
    ]
    found: list[Repair] = []
    for pack in np.flatnonzero(missing > 0).tolist():
        for _ in range(int(missing[pack])):
            step = next(_steps(question, candidates, kinds, pack, left.tolist(), held), None)
            if step is None:
                continue
            kind, person, units = step
            if person is not None:
                held[person].add(pack)
                left[person] = max(0, int(left[person]) - int(problem.weight[pack]))
            if units:
                found.append(repair_of(question, kind, pack, person, units))
    return _together(found)


def _steps(
    question: Question, candidates: Candidates, kinds: Kinds, pack: int, left: list[int], held: list[set[int]]
) -> Iterator[tuple[RepairKind, int | None, int]]:
    """(kind, person, units) of the best step of each kind for one place of a pack; 0 units: it needs none after all."""
    weight = int(question.problem.weight[pack])
    free = [pair for pair in np.flatnonzero(candidates.pack == pack).tolist() if _is_free(candidates, pair, held)]
    for kind in kinds:
        if kind is RepairKind.NEIGHBOUR:
            yield kind, None, 1
            continue
        second = kind is RepairKind.SECOND_SUBJECT
        people = [
            int(candidates.teacher[pair])
            for pair in free
            if (candidates.kind[pair] is RepairKind.SECOND_SUBJECT) is second
        ]
        people = [one for one in people if (left[one] >= weight if second else candidates.willing[one])]
        if people:
            best = min(people, key=lambda one: (0 if second else max(0, weight - left[one]), -left[one], one))
            yield kind, best, 1 if second else max(0, weight - left[best])


def _is_free(candidates: Candidates, pair: int, held: list[set[int]]) -> bool:
    """Whether a person has neither the pack nor another of its group."""
    pack, person, group = int(candidates.pack[pair]), int(candidates.teacher[pair]), candidates.group[pair]
    if pack in held[person]:
        return False
    return group == ALONE or not any(
        candidates.group[other] == group
        for other in np.flatnonzero(candidates.teacher == person).tolist()
        if candidates.pack[other] in held[person]
    )


def _together(found: list[Repair]) -> tuple[Repair, ...]:
    """The places of a pack that another school checks, as one repair."""
    units: dict[tuple[RepairKind, str, str, str | None], int] = {}
    for one in found:
        key = (one.kind, one.school_class, one.subject, one.teacher)
        units[key] = units.get(key, 0) + one.units
    return tuple(Repair(*key, total) for key, total in units.items())
