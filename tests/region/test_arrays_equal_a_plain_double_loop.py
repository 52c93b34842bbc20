from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.region.municipality import MATHS, PHYSICS, expert, pack, school
from xlpy.analysis import staff
from xlpy.analysis.staff import Period
from xlpy.region.arrays import NamedPairs, problem_from
from xlpy.region.columns import Numbered, Unit, kept_apart, numbered, pack_columns, people_columns
from xlpy.region.ring import Directed, school_pairs
from xlpy.region.school import School
from xlpy.tables import schema
from xlpy.tables.normalise import fold, grade_of

NAMES = ("Алова Анна", "Бокова Белла", "Валов Виктор")
SUBJECTS = (MATHS, PHYSICS, schema.PRIMARY_TEACHER)
DAY = date(2021, 4, 12)

Pair = tuple[int, int, int]


def period(draw: st.DrawFn) -> Period | None:
    start, length = draw(st.integers(0, 5)), draw(st.integers(0, 2))
    whole = Period(DAY + timedelta(start), DAY + timedelta(start + length))
    return draw(st.sampled_from([None, whole, Period(whole.start, None), Period(None, whole.end)]))


@st.composite
def schools(draw: st.DrawFn) -> list[School]:
    made = []
    for number in range(draw(st.integers(1, 4))):
        works = draw(
            st.lists(st.tuples(st.sampled_from(["4А", "5А", "5Б"]), st.sampled_from([MATHS, PHYSICS])), unique=True)
        )
        people = draw(st.lists(st.sampled_from(NAMES), unique=True))
        named = st.tuples(st.sampled_from(NAMES).map(fold), st.sampled_from(["4А", "5А"]), st.sampled_from(["", MATHS]))
        subjects = st.lists(st.sampled_from(SUBJECTS), min_size=1, unique=True)
        made.append(
            school(
                f"Школа {number}",
                [pack(c, s, draw(st.integers(0, 30)), period(draw)) for c, s in sorted(works)],
                [
                    expert(n, *draw(subjects), limit=draw(st.none() | st.integers(0, 20)), absence=period(draw))
                    for n in sorted(people)
                ],
                conflicts=frozenset(draw(st.lists(named, max_size=2))),
                staff=frozenset(map(fold, people)),
            )
        )
    return made


def by_hand(region: Numbered, ways: Directed, unit: Unit) -> list[Pair]:
    """The rules read as a person would, every pack with every person."""
    found = []
    for number, (owner, one) in enumerate(region.packs):
        for person, (visiting, who) in enumerate(region.people):
            there, here, name = region.schools[owner], region.schools[visiting], fold(who.name)
            declared = there.conflicts | here.conflicts
            weight = one.papers if unit is Unit.PAPERS else 1
            if (
                (owner, visiting) in ways
                and staff.is_qualified(frozenset(who.subjects), one.subject, grade_of(one.school_class))
                and not (one.days and who.absence and staff.overlap(who.absence, one.days))
                and not staff.has_conflict(declared, who.name, *one.work)
                and name not in there.staff
                and (who.limit is None or weight <= who.limit)
            ):
                first = staff.is_qualified(frozenset(who.subjects[:1]), one.subject, grade_of(one.school_class))
                found.append((number, person, abs(owner - visiting) + (not first)))
    return found


@given(schools(), st.randoms(use_true_random=False), st.sampled_from([Unit.PACKS, Unit.PAPERS]))
def test_the_same_pairs_with_the_same_costs(made, chance, unit):
    region = numbered(made)
    every = [(a, b) for a in range(len(made)) for b in range(len(made)) if a != b]
    ways = frozenset(way for way in every if chance.random() < 0.7)
    steps = np.abs(np.subtract.outer(np.arange(len(made)), np.arange(len(made))))
    hand = by_hand(region, ways, unit)
    before = sorted(chance.sample(hand, len(hand) // 2))
    problem = problem_from(
        pack_columns(region, unit),
        people_columns(region, unit),
        school_pairs(ways, steps),
        kept_apart(region),
        NamedPairs(*np.array([pair[:2] for pair in before], dtype=np.int64).reshape(-1, 2).T),
    )
    found = zip(problem.pack.tolist(), problem.teacher.tolist(), problem.cost.tolist(), strict=True)
    assert list(found) == hand
    assert problem.kept.tolist() == [pair in before for pair in hand]


def test_people_in_no_order_are_refused():
    region = numbered([school("А", [pack("5А")], [expert("Алова")]), school("Б", [], [expert("Бокова")])])
    people = people_columns(region, Unit.PACKS)
    swapped = type(people)(
        people.school[::-1],
        people.room,
        people.absent_from,
        people.absent_to,
        people.knows_person,
        people.knows_subject,
        people.knows_further,
    )
    ways = school_pairs(frozenset({(0, 1)}), np.zeros((2, 2), dtype=np.int64))
    nobody = kept_apart(region)
    with pytest.raises(ValueError, match="sorted by school"):
        problem_from(pack_columns(region, Unit.PACKS), swapped, ways, nobody, nobody)
