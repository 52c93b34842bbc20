"""Schools to columns: packs and people numbered, and who is kept from whose packs by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from xlpy.assignment.eligibility import UNLIMITED
from xlpy.assignment.packs import Pack
from xlpy.assignment.problem import Whole
from xlpy.region.arrays import NEVER_FROM, NEVER_TO, NamedPairs, PackColumns, PeopleColumns, Texts, day_numbers
from xlpy.region.school import Expert, School, by_name
from xlpy.tables.normalise import fold, grade_of
from xlpy.tables.settings import PAPERS

# (school of the pack, class, subject, school of the checker, checker)
Placement = tuple[str, str, str, str, str]


class Unit(Enum):
    """In what loads and limits count: packs, papers, or packs because schools differ."""

    PACKS = "packs"
    PAPERS = "papers"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Numbered:
    """Schools in the order of their names; `packs` and `people` with the number of their school."""

    schools: tuple[School, ...]
    packs: tuple[tuple[int, Pack], ...]
    people: tuple[tuple[int, Expert], ...]


def numbered(schools: Sequence[School]) -> Numbered:
    """Number schools by name, packs and people within them as the schools have them."""
    ordered = tuple(sorted(schools, key=by_name))
    return Numbered(
        ordered,
        tuple((number, pack) for number, school in enumerate(ordered) for pack in school.packs),
        tuple((number, expert) for number, school in enumerate(ordered) for expert in school.experts),
    )


def unit_of(schools: Sequence[School]) -> Unit:
    """Return the unit of load of several schools together."""
    units = {school.unit == PAPERS for school in schools}
    return Unit.MIXED if len(units) > 1 else Unit.PAPERS if units == {True} else Unit.PACKS


def pack_columns(region: Numbered, unit: Unit) -> PackColumns:
    """Return the packs by column."""
    days = [(NEVER_FROM, NEVER_TO) if pack.days is None else day_numbers(pack.days) for _, pack in region.packs]
    return PackColumns(
        school=_whole([number for number, _ in region.packs]),
        subject=_texts([pack.subject for _, pack in region.packs]),
        grade=_whole([grade_of(pack.school_class) or 0 for _, pack in region.packs]),
        need=_whole([region.schools[number].each for number, _ in region.packs]),
        weight=_whole([pack.papers if unit is Unit.PAPERS else 1 for _, pack in region.packs]),
        first_day=_whole([first for first, _ in days]),
        last_day=_whole([last for _, last in days]),
    )


def people_columns(region: Numbered, unit: Unit) -> PeopleColumns:
    """Return the experts by column. Where schools differ, a limit in papers counts as so many packs of mean size."""
    sizes = [pack.papers for _, pack in region.packs if pack.papers]
    mean = sum(sizes) / len(sizes) if sizes else 1
    away = [day_numbers(expert.absence) for _, expert in region.people]
    knows = [
        (person, subject, int(place > 0))
        for person, (_, expert) in enumerate(region.people)
        for place, subject in enumerate(expert.subjects)
    ]
    return PeopleColumns(
        school=_whole([number for number, _ in region.people]),
        room=_whole([_room(region.schools[n], expert.limit, unit, mean) for n, expert in region.people]),
        absent_from=_whole([first for first, _ in away]),
        absent_to=_whole([last for _, last in away]),
        knows_person=_whole([person for person, _, _ in knows]),
        knows_subject=_texts([subject for _, subject, _ in knows]),
        knows_further=_whole([further for _, _, further in knows]),
    )


def _room(school: School, limit: int | None, unit: Unit, mean: float) -> int:
    if limit is None:
        return UNLIMITED
    in_papers = unit is Unit.MIXED and school.unit == PAPERS
    return max(0, round(limit / mean) if in_papers else limit)


def kept_apart(region: Numbered) -> NamedPairs:
    """Return the pairs of packs and people that «Конфликты» or a second job forbid.

    A name on «Конфликты» bars that person from the class wherever the row stands: in the class's school everyone of
    that name in other schools, in the person's school that person from the class of that name in any other school.
    Who is on «Учителя» of two schools under one name checks for neither.
    """
    pairs = sorted({*_by_owner(region), *_by_checker(region), *_by_second_job(region)})
    pack, person = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return NamedPairs(pack, person)


def _people_by_name(region: Numbered) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for person, (_, expert) in enumerate(region.people):
        found[fold(expert.name)].append(person)
    return found


def _packs_by_class(region: Numbered) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, (_, pack) in enumerate(region.packs):
        found[pack.school_class].append(number)
    return found


def _by_owner(region: Numbered) -> Iterator[tuple[int, int]]:
    named = _people_by_name(region)
    for number, (owner, pack) in enumerate(region.packs):
        for name, school_class, subject in sorted(region.schools[owner].conflicts):
            if school_class == pack.school_class and subject in {"", pack.subject}:
                yield from ((number, person) for person in named.get(name, ()))


def _by_checker(region: Numbered) -> Iterator[tuple[int, int]]:
    named, packs = _people_by_name(region), _packs_by_class(region)
    for number, school in enumerate(region.schools):
        for name, school_class, subject in sorted(school.conflicts):
            own = [person for person in named.get(name, ()) if region.people[person][0] == number]
            yield from (
                (pack, person)
                for person in own
                for pack in packs.get(school_class, ())
                if subject in {"", region.packs[pack][1].subject}
            )


def _by_second_job(region: Numbered) -> Iterator[tuple[int, int]]:
    named = _people_by_name(region)
    packs: dict[int, list[int]] = defaultdict(list)
    for number, (owner, _) in enumerate(region.packs):
        packs[owner].append(number)
    for owner, school in enumerate(region.schools):
        visiting = [
            person
            for name in sorted(school.staff)
            for person in named.get(name, ())
            if region.people[person][0] != owner
        ]
        yield from ((pack, person) for person in visiting for pack in packs[owner])


def placed_before(region: Numbered, before: frozenset[Placement]) -> NamedPairs:
    """Return the pairs of an earlier plan that still name a pack and a person of today."""
    packs = {(region.schools[n].name, *pack.work): at for at, (n, pack) in enumerate(region.packs)}
    people = {(region.schools[n].name, expert.name): at for at, (n, expert) in enumerate(region.people)}
    pairs = sorted((packs[one[:3]], people[one[3:]]) for one in before if one[:3] in packs and one[3:] in people)
    pack, person = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return NamedPairs(pack, person)


def _whole(numbers: Sequence[int]) -> Whole:
    return np.array(numbers, dtype=np.int64)


def _texts(texts: Sequence[str]) -> Texts:
    column = np.empty(len(texts), dtype=object)
    column[:] = texts
    return column
