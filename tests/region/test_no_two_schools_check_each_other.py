from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.region.municipality import MATHS, PHYSICS, expert, pack, quietly, school
from xlpy.region.assign import Municipality, plan_region
from xlpy.region.plan import ORDER
from xlpy.region.ring import FAR, mutual, next_ones, short_tour, steps_of, tournament, widths
from xlpy.region.school import School

SUBJECTS = (MATHS, PHYSICS)


def planned(schools: list[School]) -> Municipality:
    return plan_region({"Энск": tuple(schools)}, None, {}, ORDER, quietly)[0]


def most_places(schools: list[School], ways: frozenset[tuple[int, int]]) -> int:
    """Places filled at most, by augmenting paths of a plain textbook matching."""
    units = [
        (number, expert, unit)
        for number, one in enumerate(schools)
        for expert in one.experts
        for unit in range(expert.limit or 0)
    ]
    taken: dict[tuple[int, str, int], tuple[int, str, str]] = {}

    def place(pack_of: tuple[int, str, str], seen: set[tuple[int, str, int]]) -> bool:
        for number, who, unit in units:
            key = (number, who.name, unit)
            if (pack_of[0], number) in ways and pack_of[2] in who.subjects and key not in seen:
                seen.add(key)
                if key not in taken or place(taken[key], seen):
                    taken[key] = pack_of
                    return True
        return False

    wanted = [(number, *one.work) for number, school_ in enumerate(schools) for one in school_.packs]
    return sum(place(one, set()) for one in wanted)


def directions(count: int) -> list[frozenset[tuple[int, int]]]:
    """Every way in which schools may check each other: there, back or both for each two."""
    pairs = list(itertools.combinations(range(count), 2))
    choices = [({(a, b)}, {(b, a)}, {(a, b), (b, a)}) for a, b in pairs]
    return [frozenset(set().union(*chosen)) for chosen in itertools.product(*choices)]


@st.composite
def municipalities(draw: st.DrawFn) -> list[School]:
    """At most four schools, three packs each, one person for a pack: every direction can be tried."""
    made = []
    for number in range(draw(st.sampled_from([3, 4, 2]))):
        works = [("5А", MATHS), ("5А", PHYSICS), ("5Б", MATHS)][: draw(st.integers(0, 3))]
        people = draw(
            st.lists(st.tuples(st.sampled_from([SUBJECTS, (MATHS,), (PHYSICS,)]), st.integers(0, 2)), max_size=2)
        )
        experts = [
            expert(f"Учитель {number}{at}", *subjects, limit=limit) for at, (subjects, limit) in enumerate(people)
        ]
        made.append(school(f"Школа {number}", [pack(c, s) for c, s in works], experts))
    return made


@settings(max_examples=60, deadline=None)
@given(municipalities())
def test_as_many_places_are_filled_as_in_any_direction_and_no_pair_is_mutual_where_it_need_not_be(schools):
    plan, count = planned(schools), len(schools)
    both = frozenset(itertools.permutations(range(count), 2))
    best = most_places(schools, both)
    assert plan.filled == best
    enough = [len(mutual(ways)) for ways in directions(count) if most_places(schools, ways) == best]
    assert plan.fewest
    assert len(plan.both_ways) == min(enough)
    assert all(school != one.school for one in plan.checked for school, _ in one.checkers)


@st.composite
def larger_ones(draw: st.DrawFn) -> list[School]:
    """More schools than are usual neighbours, with one subject that few of them know."""
    made = []
    for number in range(draw(st.integers(14, 17))):
        subject = draw(st.sampled_from([MATHS, MATHS, MATHS, PHYSICS]))
        limit = draw(st.integers(0, 3))
        works = [pack("5А"), *([pack("5Б", PHYSICS)] if draw(st.integers(0, 3)) == 0 else [])]
        made.append(school(f"Школа {number:02}", works, [expert(f"Алова {number}", subject, limit=limit)]))
    return made


@settings(max_examples=40, deadline=None)
@given(larger_ones())
def test_packs_without_a_checker_go_to_farther_schools(schools):
    plan, count = planned(schools), len(schools)
    assert plan.filled == most_places(schools, frozenset(itertools.permutations(range(count), 2)))
    if plan.filled == most_places(schools, tournament(tuple(range(count)))):
        assert not plan.both_ways


@given(st.integers(3, 30))
def test_the_next_ones_never_check_back(count):
    tour = tuple(range(count))
    for neighbours in widths(count):
        ways = next_ones(tour, neighbours)
        assert not mutual(ways)
        assert all(sum(owner == one for owner, _ in ways) == neighbours for one in tour)
    assert widths(count)[-1] == (count - 1) // 2
    assert len(tournament(tour)) == count * (count - 1) // 2
    assert not mutual(tournament(tour))


@given(st.integers(2, 7), st.randoms(use_true_random=False))
def test_a_short_tour_visits_every_school_once(count, chance):
    far = {pair: float(chance.randint(1, 40)) for pair in itertools.combinations(range(count), 2)}
    tour = short_tour(steps_of(far, count))
    assert sorted(tour) == list(range(count))
    assert tour[0] == 0


def test_schools_in_a_circle_are_toured_round_it():
    around = [0, 5, 2, 6, 1, 4, 3, 7]
    far = {
        (one, other): float(min(abs(a - b), 8 - abs(a - b)))
        for (a, one), (b, other) in itertools.permutations(enumerate(around), 2)
        if one < other
    }
    tour = short_tour(steps_of(far, 8))
    places = [around.index(one) for one in tour]
    assert {abs(a - b) for a, b in itertools.pairwise(places)} <= {1, 7}


def test_a_pair_without_a_distance_is_far():
    steps = steps_of({(0, 1): 3.0, (1, 2): 6.0}, 4)
    assert steps[0, 1] == FAR // 2
    assert steps[2, 1] == FAR
    assert steps[0, 3] == FAR
    assert not np.diag(steps).any()
    assert not steps_of({}, 3).any()


@pytest.mark.parametrize("count", [2, 3, 5, 8])
def test_whole_schools_check_each_other_only_where_there_are_two(count):
    schools = [
        school(f"Школа {n}", [pack("5А"), pack("5Б")], [expert(f"Алова {n}"), expert(f"Бокова {n}")], each=2)
        for n in range(count)
    ]
    plan = planned(schools)
    assert plan.filled == plan.places == count * 4
    assert len(plan.both_ways) == (1 if count == 2 else 0)
    assert (plan.least, plan.most) == (2, 2)
    assert plan.proven
