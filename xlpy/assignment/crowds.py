"""Packs that compete for too little room, by the names of works and people: what a plan says of its shortage."""

from __future__ import annotations

from itertools import chain

import numpy as np

from xlpy.analysis.staff import Bar
from xlpy.assignment.eligibility import Exclusion
from xlpy.assignment.hall import HallSet, find_shortages
from xlpy.assignment.problem import Chosen, Whole, filled
from xlpy.assignment.question import Question
from xlpy.assignment.result import Core, Crowd, Unit
from xlpy.assignment.shortage import Rivals


def crowds_of(question: Question, chosen: Chosen, rivals: tuple[Rivals, ...]) -> tuple[Crowd, ...]:
    """Return the groups of competing packs, `rivals` of a fullest plan, with their irreducible cores.

    Only packs as load have cores: where papers count, that a set of packs is too heavy is no such simple sum.
    """
    if question.unit is not Unit.PACKS:
        return tuple(_crowd(question, chosen, group, ()) for group in rivals)
    return tuple(
        _crowd(question, chosen, group, tuple(_core(question, core) for core in shortage.cores))
        for group, shortage in zip(rivals, find_shortages(question.problem, chosen, _subjects(question)), strict=True)
    )


def _subjects(question: Question) -> Whole:
    numbers = {name: at for at, name in enumerate(dict.fromkeys(pack.subject for pack in question.packs))}
    return np.array([numbers[pack.subject] for pack in question.packs], dtype=np.int64)


def _crowd(question: Question, chosen: Chosen, group: Rivals, cores: tuple[Core, ...]) -> Crowd:
    numbers = sorted(group.packs)
    return Crowd(
        works=tuple(question.packs[number].work for number in numbers),
        places=int(question.problem.reachable[numbers].sum()),
        room=int(filled(question.problem, chosen)[numbers].sum()),
        teachers=tuple(question.facts.teachers[person] for person in sorted(group.people)),
        cores=cores,
    )


def _core(question: Question, core: HallSet) -> Core:
    numbers = sorted(core.packs)
    people = [question.facts.teachers[person] for person in sorted(core.people)]
    return Core(
        works=tuple(question.packs[number].work for number in numbers),
        places=core.wanted,
        room=core.room,
        teachers=tuple(people),
        excluded=_excluded(question, numbers, frozenset(people)),
    )


def _excluded(question: Question, numbers: list[int], people: frozenset[str]) -> tuple[Exclusion, ...]:
    """Everyone else who knows the subject of one of the packs, with all that bars them there."""
    found = []
    for teacher in question.facts.teachers:
        bars = [question.bars[number].get(teacher, ()) for number in numbers]
        fit = [own for own in bars if Bar.NOT_QUALIFIED not in own]
        if teacher not in people and fit:
            every = set(chain.from_iterable(fit))
            limit = question.limits[teacher] if () in fit else None
            found.append(Exclusion(teacher, tuple(bar for bar in Bar if bar in every), limit))
    return tuple(found)
