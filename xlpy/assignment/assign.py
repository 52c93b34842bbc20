"""Who checks whom: from the tables of a workbook to a plan. Asks no clock, writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from xlpy.analysis import staff
from xlpy.analysis.staff import Bar
from xlpy.assignment.eligibility import (
    UNLIMITED,
    Exclusion,
    Facts,
    find_bars,
    preference_cost,
    read_facts,
)
from xlpy.assignment.flow import fill_evenly
from xlpy.assignment.packs import Pack, read_packs
from xlpy.assignment.problem import Chosen, Problem, Proof, filled
from xlpy.assignment.result import AssignedPack, AssignmentResult, BlockedPack, Cause, Crowd, Status, Unit
from xlpy.assignment.shortage import Rivals, find_crowded_out, find_rivals, starved
from xlpy.assignment.wording import assignment_dict, blocking_lines, summary_of_assignment, to_rows
from xlpy.tables.frames import Table
from xlpy.tables.settings import PAPERS, Settings

__all__ = [
    "AssignmentResult",
    "Status",
    "assign",
    "assignment_dict",
    "blocking_lines",
    "summary_of_assignment",
    "to_rows",
]


@dataclass(frozen=True, slots=True)
class _Question:
    """The packs to fill and what stands in the way, beside the bare problem that is made of them."""

    facts: Facts
    packs: tuple[Pack, ...]
    bars: list[dict[str, tuple[Bar, ...]]]
    limits: Mapping[str, int | None]
    problem: Problem


def assign(tables: Mapping[str, Table], settings: Settings) -> AssignmentResult:
    """Return who checks whom: as many places filled as can be, loads as even as can be, first subjects preferred.

    Load and limits count in the setting «Единица нагрузки»: packs (one class and subject) or papers. With packs the
    plan is proven best; with papers the answer says whether it is. The order of rows never matters. Never raises on
    data: a pack that cannot be filled is in `blocking` with everyone who was excluded and why.
    """
    unit = Unit.PAPERS if settings.text("load_unit") == PAPERS else Unit.PACKS
    question = _ask(tables, settings, unit)
    chosen, proof = _answer(question.problem, unit)
    packs = _assigned_packs(question, chosen, settings)
    rivals = (find_rivals if unit is Unit.PACKS else find_crowded_out)(question.problem, chosen)
    blocking = _blocking(question, rivals)
    return AssignmentResult(
        status=Status.INFEASIBLE if blocking else Status.OPTIMAL,
        packs=packs,
        loads=_loads(question, packs, settings),
        blocking=blocking,
        unit=unit,
        teachers=len(question.facts.teachers),
        crowds=tuple(_crowd(question, chosen, group) for group in rivals),
        proof=proof,
    )


def _answer(problem: Problem, unit: Unit) -> tuple[Chosen, Proof]:
    even = fill_evenly(problem)
    if unit is Unit.PACKS or not len(problem.pack):
        return even, Proof.BEST
    from xlpy.assignment.weighted import fill_by_weight

    return fill_by_weight(problem, even)


def wanted(settings: Settings) -> int:
    """How many people each pack should have."""
    return settings.whole("checkers_per_pack") or 1


def _pinned_load(packs: Sequence[Pack], settings: Settings) -> Counter[str]:
    load: Counter[str] = Counter()
    for pack in packs:
        for person in set(pack.pinned):
            load[person] += staff.load_of(pack.papers, settings)
    return load


def _ask(tables: Mapping[str, Table], settings: Settings, unit: Unit) -> _Question:
    facts, packs = read_facts(tables), read_packs(tables, settings)
    bars, limits = find_bars(facts, packs), staff.limits(tables["teachers"], settings)
    load = _pinned_load(packs, settings)
    given = {t: UNLIMITED if limits[t] is None else max(0, (limits[t] or 0) - load[t]) for t in facts.teachers}
    weights = [pack.papers if unit is Unit.PAPERS else 1 for pack in packs]
    pairs = [
        (number, person, preference_cost(facts, teacher, pack))
        for number, pack in enumerate(packs)
        if not pack.pinned
        for person, teacher in enumerate(facts.teachers)
        if teacher not in bars[number] and given[teacher] >= weights[number]
    ]
    pack, teacher, cost = np.array(pairs, dtype=np.int64).reshape(-1, 3).T
    problem = Problem(
        need=np.array([0 if p.pinned else wanted(settings) for p in packs], dtype=np.int64),
        weight=np.array(weights, dtype=np.int64),
        room=np.array([given[t] for t in facts.teachers], dtype=np.int64),
        load=np.array([load[t] for t in facts.teachers], dtype=np.int64),
        pack=pack,
        teacher=teacher,
        cost=cost,
    )
    return _Question(facts, packs, bars, limits, problem)


def _assigned_packs(question: _Question, chosen: Chosen, settings: Settings) -> tuple[AssignedPack, ...]:
    problem, teachers = question.problem, question.facts.teachers
    people: dict[int, list[str]] = {number: [] for number in range(len(question.packs))}
    for number, person in zip(problem.pack[chosen].tolist(), problem.teacher[chosen].tolist(), strict=True):
        people[number].append(teachers[person])
    found = []
    for number, pack in enumerate(question.packs):
        barred = question.bars[number]
        found.append(
            AssignedPack(
                pack=pack,
                need=wanted(settings),
                checkers=pack.pinned or tuple(people[number]),
                eligible=len(teachers) - len(barred) if pack.pinned else int(problem.degree[number]),
                breaches=tuple(Exclusion(t, barred[t]) for t in dict.fromkeys(pack.pinned) if t in barred),
                unknown=tuple(t for t in dict.fromkeys(pack.pinned) if t not in teachers),
            )
        )
    return tuple(found)


def _loads(question: _Question, packs: Sequence[AssignedPack], settings: Settings) -> dict[str, int]:
    """Everyone who may check some pack, or does: even a load of 0 shows how even the plan is."""
    load: Counter[str] = Counter()
    for barred in question.bars:
        load.update(dict.fromkeys((t for t in question.facts.teachers if t not in barred), 0))
    for pack in packs:
        load.update(dict.fromkeys(pack.checkers, staff.load_of(pack.papers, settings)))
    return dict(sorted(load.items()))


def _crowd(question: _Question, chosen: Chosen, group: Rivals) -> Crowd:
    numbers = sorted(group.packs)
    return Crowd(
        works=tuple(question.packs[number].work for number in numbers),
        places=int(question.problem.reachable[numbers].sum()),
        room=int(filled(question.problem, chosen)[numbers].sum()),
        teachers=tuple(question.facts.teachers[person] for person in sorted(group.people)),
    )


def _blocking(question: _Question, rivals: Sequence[Rivals]) -> tuple[BlockedPack, ...]:
    """Packs with too few people first, then those whose people have no room left."""
    few = starved(question.problem)
    full = {number: group.people for group in rivals for number in sorted(group.packs) if number not in few}
    return (
        *(_blocked(question, number, Cause.FEW, frozenset()) for number in sorted(few)),
        *(_blocked(question, number, Cause.LIMITS, full[number]) for number in sorted(full)),
    )


def _blocked(question: _Question, number: int, cause: Cause, full: frozenset[int]) -> BlockedPack:
    pack, barred, problem = question.packs[number], question.bars[number], question.problem
    allowed = frozenset(problem.teacher[problem.pack == number].tolist()) - full
    excluded = tuple(
        Exclusion(teacher, barred.get(teacher, ()), None if teacher in barred else question.limits[teacher])
        for person, teacher in enumerate(question.facts.teachers)
        if person not in allowed
    )
    return BlockedPack(
        school_class=pack.school_class,
        subject=pack.subject,
        need=int(problem.need[number]),
        eligible=len(allowed),
        cause=cause,
        excluded=excluded,
    )
