"""Why a fullest plan is not full: packs that have too few people at all, and packs that compete for too little room."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xlpy.assignment.problem import ALONE, Chosen, Problem, Whole, component_labels, filled, loads, only


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
    packs, people = reached(problem, chosen, filled(problem, chosen) < problem.reachable)
    inside = packs[problem.pack] & people[problem.teacher]
    labels, part = component_labels(only(problem, inside)), np.flatnonzero(inside)
    order = np.argsort(labels, kind="stable")
    groups = np.split(part[order], np.cumsum(np.bincount(labels))[:-1]) if len(part) else []
    return tuple(
        Rivals(frozenset(problem.pack[pairs].tolist()), frozenset(problem.teacher[pairs].tolist())) for pairs in groups
    )


def find_crowded_out(problem: Problem, chosen: Chosen) -> tuple[Rivals, ...]:
    """Return every pack left short by a plan of weighted packs, with the people who have no room for it."""
    left = problem.room + problem.load - loads(problem, chosen)
    tight = ~chosen & (left[problem.teacher] < problem.weight[problem.pack])
    short = np.flatnonzero(filled(problem, chosen) < problem.reachable).tolist()
    return tuple(
        Rivals(frozenset({pack}), frozenset(problem.teacher[tight & (problem.pack == pack)].tolist())) for pack in short
    )


def slots_of(problem: Problem) -> Whole:
    """Return for each pair the number of what a person can give once: a group's pairs share it, others have their own.

    Shapes: numbers from 0 in the order of (person, group), then of the pairs outside any group.
    """
    span = int(problem.group.max(initial=ALONE)) + 2
    keys = problem.teacher * span + problem.group
    own = len(problem.room) * span + np.arange(len(problem.pack))
    return np.unique(np.where(problem.group == ALONE, own, keys), return_inverse=True)[1].astype(np.int64)


def reached(problem: Problem, chosen: Chosen, short: Chosen) -> tuple[Chosen, Chosen]:
    """Return which packs and people lie on a path of exchanges that begins at a short pack.

    A person stands on it as a whole, or where one of their groups is taken with that group only.
    Shapes: per pack and per teacher; `short` per pack.
    """
    slots = slots_of(problem)
    taken = np.zeros(int(slots.max(initial=-1)) + 1, dtype=np.bool_)
    taken[slots[chosen]] = True
    packs = short.copy()
    people, through = np.zeros(len(problem.room), dtype=np.bool_), np.zeros(len(taken), dtype=np.bool_)
    before = -1
    while before != packs.sum():
        before = packs.sum()
        wished = packs[problem.pack] & ~chosen
        people[problem.teacher[wished & ~taken[slots]]] = True
        through[slots[wished & taken[slots]]] = True
        packs[problem.pack[chosen & (people[problem.teacher] | through[slots])]] = True
    people[problem.teacher[through[slots]]] = True
    return packs, people
