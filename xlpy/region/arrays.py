"""Columns of packs and people of many schools to the bare problem, joined without a loop over pairs.

A pack meets everyone who is qualified in the schools that may check its school. Qualifications are few, so people are
listed once per qualification, school by school, and a pack takes whole stretches of such a list.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from xlpy.analysis.staff import PRIMARY_GRADES, Period
from xlpy.assignment.problem import Chosen, Problem, Whole, problem_of
from xlpy.tables import schema

Texts = npt.NDArray[np.object_]

# Days are counted from year 1. An absence with these ends meets no pack, a pack with these days meets no absence.
FOREVER = 9_999_999
NEVER_FROM, NEVER_TO = 10_000_000, -1

_UNSUITED = 2


@dataclass(frozen=True, slots=True)
class PackColumns:
    """Packs by column, one row each; grade 0 where it is not known. `school` counts from 0."""

    school: Whole
    subject: Texts
    grade: Whole
    need: Whole
    weight: Whole
    first_day: Whole
    last_day: Whole


@dataclass(frozen=True, slots=True)
class PeopleColumns:
    """People by column, one row each, those of one school together and schools in order.

    What they can check is a table of its own: row numbers in `knows_person`, their subjects, and whether it is not
    their first one (`knows_further`: 0 or 1).
    """

    school: Whole
    room: Whole
    absent_from: Whole
    absent_to: Whole
    knows_person: Whole
    knows_subject: Texts
    knows_further: Whole


@dataclass(frozen=True, slots=True)
class SchoolPairs:
    """Which school may check whose papers and what a pack of it costs; sorted by owner, then checker, none twice."""

    owner: Whole
    checker: Whole
    cost: Whole


@dataclass(frozen=True, slots=True)
class NamedPairs:
    """Pairs of row numbers: packs and people."""

    pack: Whole
    person: Whole


NOBODY = NamedPairs(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


def day_numbers(days: Period | None) -> tuple[int, int]:
    """Return the first and last day of an absence as numbers; of None, such that it meets nothing."""
    return (NEVER_FROM, NEVER_TO) if days is None else (_number(days.start, 0), _number(days.end, FOREVER))


def _number(day: date | None, otherwise: int) -> int:
    return otherwise if day is None else day.toordinal()


def problem_from(
    packs: PackColumns, people: PeopleColumns, allowed: SchoolPairs, barred: NamedPairs, before: NamedPairs
) -> Problem:
    """Return the problem of all packs and people: pack and person number = row number.

    A pair needs an allowed pair of schools, the qualification, no absence on the days of checking, room for the pack,
    and must not be in `barred`. `before` is what the plan before had. ValueError where people are not in order.
    """
    if (np.diff(people.school) < 0).any():
        raise ValueError("people are not sorted by school")
    pack, person, cost = _joined(packs, people, allowed)
    free = people.room[person] >= packs.weight[pack]
    free &= ~_absent(packs, people, pack, person)
    free &= ~_among(barred, pack, person, len(people.school))
    pack, person, cost = pack[free], person[free], cost[free]
    return problem_of(
        need=packs.need,
        weight=packs.weight,
        room=people.room,
        pack=pack,
        teacher=person,
        cost=cost,
        kept=_among(before, pack, person, len(people.school)),
    )


def count_pairs(packs: PackColumns, people: PeopleColumns, allowed: SchoolPairs) -> int:
    """Return how many pairs `problem_from` would have to look at, without making them."""
    return int(_found(packs, people, allowed).sizes.sum())


@dataclass(frozen=True, slots=True)
class _Found:
    """Stretches of the list of people by skill: whose pack each is for, over which pair of schools, where, how long."""

    visiting: Whole
    neighbour: Whole
    begins: Whole
    sizes: Whole
    person: Whole
    further: Whole


def _found(packs: PackColumns, people: PeopleColumns, allowed: SchoolPairs) -> _Found:
    schools = 1 + max(int(columns.max(initial=-1)) for columns in (packs.school, people.school, allowed.checker))
    skill, suited = _skills(packs, people)
    of_skill, person = np.nonzero(suited < _UNSUITED)
    # People of one skill and one school are one stretch of this list: where each begins.
    begins = np.searchsorted(of_skill * schools + people.school[person], np.arange(len(suited) * schools + 1))
    owners = np.searchsorted(allowed.owner, np.arange(schools + 1))
    neighbours = np.diff(owners)[packs.school]
    visiting = np.repeat(np.arange(len(packs.school)), neighbours)
    neighbour = _stretches(owners[packs.school], neighbours)
    stretch = skill[visiting] * schools + allowed.checker[neighbour]
    further = suited[of_skill, person].astype(np.int64)
    return _Found(visiting, neighbour, begins[stretch], np.diff(begins)[stretch], person, further)


def _joined(packs: PackColumns, people: PeopleColumns, allowed: SchoolPairs) -> tuple[Whole, Whole, Whole]:
    """Pairs of packs and qualified people of allowed schools, by pack, then person, with their costs."""
    found = _found(packs, people, allowed)
    place = _stretches(found.begins, found.sizes)
    cost = np.repeat(allowed.cost[found.neighbour], found.sizes)
    cost += found.further[place]
    return np.repeat(found.visiting, found.sizes), found.person[place], cost


def _skills(packs: PackColumns, people: PeopleColumns) -> tuple[Whole, npt.NDArray[np.int8]]:
    """Return the number of the skill each pack asks for, and per skill and person 0, 1 (not the first) or unsuited."""
    primary = np.isin(packs.grade, PRIMARY_GRADES)
    texts = np.concatenate([packs.subject, people.knows_subject, np.array([schema.PRIMARY_TEACHER], dtype=object)])
    subject, _ = pd.factorize(texts)
    known, everything = subject[len(primary) : -1], subject[-1]
    asked, skill = np.unique(subject[: len(primary)] * 2 + primary, return_inverse=True)
    suited = np.full((len(asked), len(people.school)), _UNSUITED, dtype=np.int8)
    for number, one in enumerate(asked.tolist()):
        knows = (known == one // 2) | ((known == everything) & bool(one % 2))
        np.minimum.at(suited[number], people.knows_person[knows], people.knows_further[knows].astype(np.int8))
    return skill.astype(np.int64), suited


def _stretches(begins: Whole, sizes: Whole) -> Whole:
    """begins[0], begins[0] + 1, … (sizes[0] of them), begins[1], …."""
    ends = np.cumsum(sizes)
    return np.asarray(np.arange(int(sizes.sum())) + np.repeat(begins - (ends - sizes), sizes))


def _absent(packs: PackColumns, people: PeopleColumns, pack: Whole, person: Whole) -> Chosen:
    away = (people.absent_from <= people.absent_to)[person]
    at = np.flatnonzero(away)
    who, what = person[at], pack[at]
    away[at] = (people.absent_from[who] <= packs.last_day[what]) & (packs.first_day[what] <= people.absent_to[who])
    return away


def _among(named: NamedPairs, pack: Whole, person: Whole, people: int) -> Chosen:
    """Which of the sorted pairs are named."""
    found = np.zeros(len(pack), dtype=np.bool_)
    if not len(named.pack) or not len(pack):
        return found
    keys = pack * people + person
    sought = named.pack * people + named.person
    at = np.minimum(np.searchsorted(keys, sought), len(keys) - 1)
    found[at[keys[at] == sought]] = True
    return found
