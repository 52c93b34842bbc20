"""Why a fullest plan is not full: the packs and people that prove it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from xlpy.assignment.problem import Chosen, Problem, Whole, filled, loads


@dataclass(frozen=True, slots=True)
class Rivals:
    """Packs, by number, that want more places than their people have room for, and those people without room left."""

    packs: frozenset[int]
    people: frozenset[int]


def starved(problem: Problem) -> frozenset[int]:
    """Packs that have too few people to choose from, whatever happens to the others."""
    return frozenset(np.flatnonzero(problem.degree < problem.need).tolist())


def find_rivals(problem: Problem, chosen: Chosen) -> tuple[Rivals, ...]:
    """Return the groups of packs that compete for too little room, in a fullest plan `chosen` of unit packs.

    Together they are the smallest set that explains all of the shortage: what they want exceeds what their people can
    take by exactly the places left empty (the source side of the smallest minimum cut, so Hall's condition fails).
    Groups share neither packs nor people. Starved packs count as far as they could be filled.
    """
    of_pack = _positions(problem.pack, len(problem.need))
    held_by = [pairs[chosen[pairs]] for pairs in _positions(problem.teacher, len(problem.room))]
    groups: list[Rivals] = []
    for short in np.flatnonzero(filled(problem, chosen) < problem.reachable).tolist():
        packs, people, waiting = {short}, set[int](), [short]
        while waiting:
            pairs = of_pack[waiting.pop()]
            wanted = set(problem.teacher[pairs[~chosen[pairs]]].tolist()) - people
            held = {pack for person in wanted for pack in problem.pack[held_by[person]].tolist()} - packs
            people |= wanted
            packs |= held
            waiting += held
        groups = _joined(groups, Rivals(frozenset(packs), frozenset(people)))
    return _in_order(groups)


def find_crowded_out(problem: Problem, chosen: Chosen) -> tuple[Rivals, ...]:
    """Return every pack left short by a plan of weighted packs, with the people who have no room for it."""
    left = problem.room + problem.load - loads(problem, chosen)
    tight = ~chosen & (left[problem.teacher] < problem.weight[problem.pack])
    short = np.flatnonzero(filled(problem, chosen) < problem.reachable).tolist()
    return tuple(
        Rivals(frozenset({pack}), frozenset(problem.teacher[tight & (problem.pack == pack)].tolist())) for pack in short
    )


def _positions(numbers: Whole, count: int) -> list[Whole]:
    """Where each number from 0 to `count` stands."""
    order = np.argsort(numbers, kind="stable")
    return np.split(order, np.cumsum(np.bincount(numbers, minlength=count))[:-1])


def _joined(groups: Iterable[Rivals], added: Rivals) -> list[Rivals]:
    """The groups with one more, made one with all that it shares a pack or a person with."""
    apart = []
    for group in groups:
        if group.packs & added.packs or group.people & added.people:
            added = Rivals(group.packs | added.packs, group.people | added.people)
        else:
            apart.append(group)
    return [*apart, added]


def _in_order(groups: Iterable[Rivals]) -> tuple[Rivals, ...]:
    return tuple(sorted(groups, key=lambda group: min(group.packs)))
