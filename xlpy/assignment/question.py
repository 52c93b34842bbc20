"""What a plan is asked for: the packs, who stands in whose way, and the bare problem made of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import lcm

import numpy as np

from xlpy.analysis import staff
from xlpy.analysis.staff import Bar
from xlpy.assignment.eligibility import UNLIMITED, Facts, find_bars, owners, preference_cost, read_facts
from xlpy.assignment.packs import Pack, Work, own_people, read_packs
from xlpy.assignment.problem import ALONE, Chosen, Problem, Whole, problem_of
from xlpy.assignment.result import Unit
from xlpy.tables import schema
from xlpy.tables.frames import Table
from xlpy.tables.settings import NORM_BY_LIMIT, PAPERS, Settings

# Norms whose common multiple is larger are rounded to this many steps: a balance needs no more.
FINEST_NORM = 10_000

Previous = Mapping[Work, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Question:
    """The packs to fill and what stands in the way, beside the bare problem that is made of them.

    Packs and teachers have their numbers in `packs` and `facts.teachers`. `previous` is the plan before, without pins.
    """

    facts: Facts
    packs: tuple[Pack, ...]
    bars: list[dict[str, tuple[Bar, ...]]]
    limits: Mapping[str, int | None]
    problem: Problem
    unit: Unit
    previous: Previous


def wanted(settings: Settings) -> int:
    """How many people each pack should have."""
    return settings.whole("checkers_per_pack") or 1


def places_of(pack: Pack, settings: Settings) -> int:
    """How many people of this school a pack should have: places that another school fills are left out."""
    return max(0, wanted(settings) - pack.external)


def ask(tables: Mapping[str, Table], settings: Settings, previous: Previous) -> Question:
    """Return the question that a workbook asks; `previous` is the plan that should change little, empty for none."""
    unit = Unit.PAPERS if settings.text("load_unit") == PAPERS else Unit.PACKS
    facts, packs = read_facts(tables), read_packs(tables, settings)
    bars, limits = find_bars(facts, packs), staff.limits(tables["teachers"], settings)
    load = pinned_load(packs, settings)
    weights = [pack.papers if unit is Unit.PAPERS else 1 for pack in packs]
    room = [UNLIMITED if limits[t] is None else max(0, (limits[t] or 0) - load[t]) for t in facts.teachers]
    apart = settings.text("class_checkers") == schema.YES
    pairs = [
        (number, person)
        for number, person in _open_pairs(facts, packs, bars, taken=_held_classes(packs) if apart else {})
        if room[person] >= weights[number]
    ]
    pack, teacher = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    owner_pack, owner_teacher = _owner_pairs(facts, packs)
    problem = problem_of(
        need=np.array([0 if p.pinned else places_of(p, settings) for p in packs], dtype=np.int64),
        room=np.array(room, dtype=np.int64),
        pack=pack,
        teacher=teacher,
        weight=np.array(weights, dtype=np.int64),
        load=np.array([load[t] for t in facts.teachers], dtype=np.int64),
        price=_prices([limits[t] for t in facts.teachers], settings),
        cost=_costs(facts, packs, pairs),
        kept=_kept(facts, packs, pairs, previous),
        group=_class_numbers(packs)[pack] if apart else np.full(len(pack), ALONE, dtype=np.int64),
        owner_pack=owner_pack,
        owner_teacher=owner_teacher,
    )
    return Question(facts, packs, bars, limits, problem, unit, previous)


def pack_name(work: Work) -> str:
    """The name of a work in a proof."""
    return " · ".join(work)


def pack_names(question: Question) -> list[str]:
    """The names of the packs, in the problem's order."""
    return [pack_name(pack.work) for pack in question.packs]


def previous_plan(checkers: Table) -> dict[Work, tuple[str, ...]]:
    """Return who stands on «Проверяющие» without being pinned, by work; of two rows of a work the first name's."""
    frame = checkers.frame
    found: dict[Work, tuple[str, ...]] = {}
    columns = (frame[key] for key in ("school_class", "subject", "pinned", "checker", "second_checker"))
    for school_class, subject, pinned, *names in zip(*columns, strict=True):
        people = tuple(dict.fromkeys(own_people(names)))
        if pinned != schema.YES and people and school_class and subject:
            found[school_class, subject] = min(people, found.get((school_class, subject), people))
    return found


def pinned_load(packs: Sequence[Pack], settings: Settings) -> Counter[str]:
    """Units of load that pinned rows give."""
    load: Counter[str] = Counter()
    for pack in packs:
        for person in set(pack.pinned):
            load[person] += staff.load_of(pack.papers, settings)
    return load


def _open_pairs(
    facts: Facts,
    packs: Sequence[Pack],
    bars: Sequence[Mapping[str, tuple[Bar, ...]]],
    taken: Mapping[str, frozenset[str]],
) -> list[tuple[int, int]]:
    """(pack, teacher) by number of everyone who may check what is not pinned; `taken`: class → people it has."""
    people = list(enumerate(facts.teachers))
    nobody: frozenset[str] = frozenset()
    return [
        (number, person)
        for number, pack in enumerate(packs)
        if not pack.pinned
        for person, teacher in people
        if teacher not in bars[number] and teacher not in taken.get(pack.school_class, nobody)
    ]


def _held_classes(packs: Sequence[Pack]) -> dict[str, frozenset[str]]:
    """Class → those whom pinned rows have check a work of it."""
    found: dict[str, frozenset[str]] = {}
    for pack in packs:
        found[pack.school_class] = found.get(pack.school_class, frozenset()) | frozenset(pack.pinned)
    return found


def _class_numbers(packs: Sequence[Pack]) -> Whole:
    numbers = {name: at for at, name in enumerate(dict.fromkeys(pack.school_class for pack in packs))}
    return np.array([numbers[pack.school_class] for pack in packs], dtype=np.int64)


def _owner_pairs(facts: Facts, packs: Sequence[Pack]) -> tuple[Whole, Whole]:
    number_of = {teacher: number for number, teacher in enumerate(facts.teachers)}
    pairs = sorted(
        (number, number_of[person])
        for number, people in enumerate(owners(facts, packs))
        for person in people
        if person in number_of
    )
    pack, teacher = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return pack, teacher


def _costs(facts: Facts, packs: Sequence[Pack], pairs: Sequence[tuple[int, int]]) -> Whole:
    kinds = [(pack.subject, pack.school_class) for pack in packs]
    known: dict[tuple[str, str, int], int] = {}
    costs = []
    for number, person in pairs:
        key = (*kinds[number], person)
        if key not in known:
            known[key] = preference_cost(facts, facts.teachers[person], packs[number])
        costs.append(known[key])
    return np.array(costs, dtype=np.int64)


def _kept(facts: Facts, packs: Sequence[Pack], pairs: Sequence[tuple[int, int]], previous: Previous) -> Chosen:
    """Which pairs the plan before had; for a new pack, which it could not have, all count alike."""
    stood = [previous.get(pack.work, ()) for pack in packs]
    return np.array([facts.teachers[person] in stood[number] for number, person in pairs], dtype=np.bool_)


def _prices(limits: Sequence[int | None], settings: Settings) -> Whole:
    """What a squared unit of each person weighs: the same for all, or the more the smaller their limit is."""
    norms = [limit for limit in limits if limit]
    if settings.text("load_norm") != NORM_BY_LIMIT or not norms:
        return np.ones(len(limits), dtype=np.int64)
    most, whole = max(norms), min(lcm(*norms), FINEST_NORM * max(norms))
    return np.array([max(1, whole // (limit or most)) for limit in limits], dtype=np.int64)
