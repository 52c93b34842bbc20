from __future__ import annotations

import itertools
from collections.abc import Iterable

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlpy.assignment.hall import HallSet, find_hall_sets, find_shortages
from xlpy.assignment.problem import ALONE, Chosen, Problem, filled, problem_of
from xlpy.assignment.solve import solve


def most_places(problem: Problem, packs: Iterable[int]) -> int:
    """How many places of these packs alone can be filled, by a flow of another library."""
    graph = nx.DiGraph()
    graph.add_nodes_from(["source", "sink"])
    for pack in packs:
        graph.add_edge("source", ("pack", pack), capacity=int(problem.reachable[pack]))
    pairs = zip(problem.pack.tolist(), problem.teacher.tolist(), problem.group.tolist(), strict=True)
    for number, (pack, teacher, group) in enumerate(pairs):
        if ("pack", pack) in graph:
            slot = ("pair", number) if group == ALONE else ("group", teacher, group)
            graph.add_edge(("pack", pack), slot, capacity=1)
            graph.add_edge(slot, ("person", teacher), capacity=1)
            graph.add_edge(("person", teacher), "sink", capacity=int(problem.room[teacher]))
    return int(nx.maximum_flow_value(graph, "source", "sink"))


def by_hand(problem: Problem, packs: frozenset[int]) -> HallSet:
    """What packs want and their people can take, counted as a person would."""
    offers: dict[int, set[tuple[str, int]]] = {}
    pairs = zip(problem.pack.tolist(), problem.teacher.tolist(), problem.group.tolist(), strict=True)
    for pack, teacher, group in pairs:
        if pack in packs:
            offers.setdefault(teacher, set()).add(("pack", pack) if group == ALONE else ("group", group))
    return HallSet(
        packs=packs,
        people=frozenset(offers),
        wanted=sum(int(problem.reachable[pack]) for pack in packs),
        room=sum(min(int(problem.room[teacher]), len(found)) for teacher, found in offers.items()),
    )


@st.composite
def problems(draw: st.DrawFn, most_need: int = 3, packs: int = 6, people: int = 4) -> Problem:
    """Packs that want one to three people, people with room for one to four, half of them with groups of packs."""
    count, teachers = draw(st.integers(2, packs)), draw(st.integers(1, people))
    places = list(itertools.product(range(count), range(teachers)))
    pairs = sorted(draw(st.sets(st.sampled_from(places), min_size=len(places) // 2)))
    pack, teacher = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    of_pack = np.array(draw(st.lists(st.integers(0, 1), min_size=count, max_size=count)))
    return problem_of(
        need=np.array(draw(st.lists(st.integers(1, most_need), min_size=count, max_size=count))),
        room=np.array(draw(st.lists(st.integers(1, 4), min_size=teachers, max_size=teachers))),
        pack=pack,
        teacher=teacher,
        group=of_pack[pack] if draw(st.booleans()) else np.full(len(pack), ALONE),
    )


def fullest(problem: Problem) -> Chosen:
    return solve(problem, ()).chosen


@settings(max_examples=300, deadline=None)
@given(problems(), st.lists(st.integers(0, 1), min_size=6, max_size=6))
def test_a_core_cannot_be_filled_and_without_any_of_its_packs_the_rest_can(problem: Problem, kind: list[int]) -> None:
    for core in find_hall_sets(problem, fullest(problem), np.array(kind[: len(problem.need)])):
        assert most_places(problem, core.packs) == core.room < core.wanted
        for pack in core.packs:
            others = core.packs - {pack}
            assert most_places(problem, others) == problem.reachable[sorted(others)].sum()


@settings(max_examples=200, deadline=None)
@given(problems(packs=5))
def test_a_core_exists_exactly_where_some_packs_want_more_than_their_people_can_take(problem: Problem) -> None:
    """Every set of packs is counted by hand; the worst of them misses exactly what the fullest plan does."""
    plan = fullest(problem)
    every = [
        by_hand(problem, frozenset(packs))
        for size in range(1, len(problem.need) + 1)
        for packs in itertools.combinations(range(len(problem.need)), size)
    ]
    worst = max(one.wanted - one.room for one in every)
    assert max(worst, 0) == (problem.reachable - filled(problem, plan)).sum()
    cores = find_hall_sets(problem, plan)
    assert bool(cores) == (worst > 0)
    violating = [one for one in every if one.wanted > one.room]
    for core in cores:
        assert core in violating
        assert not any(one.packs < core.packs for one in violating)


@settings(max_examples=200, deadline=None)
@given(problems(packs=8, people=5))
def test_groups_share_nothing_and_together_miss_the_places_left_empty(problem: Problem) -> None:
    plan = fullest(problem)
    found = find_shortages(problem, plan)
    assert sum(one.whole.wanted - one.whole.room for one in found) == (problem.reachable - filled(problem, plan)).sum()
    packs = [pack for one in found for pack in one.whole.packs]
    assert len(packs) == len(set(packs))
    for one in found:
        assert one.whole == by_hand(problem, one.whole.packs)
        assert one.cores
        assert all(core == by_hand(problem, core.packs) and core.packs <= one.whole.packs for core in one.cores)


@settings(max_examples=200, deadline=None)
@given(problems(most_need=1, packs=8))
def test_every_short_pack_is_in_a_core_or_has_only_people_of_one(problem: Problem) -> None:
    plan = fullest(problem)
    cores = find_hall_sets(problem, plan)
    for pack in np.flatnonzero(filled(problem, plan) < problem.reachable).tolist():
        people = set(problem.teacher[problem.pack == pack].tolist())
        assert any(pack in core.packs or people <= core.people for core in cores)


@settings(max_examples=200, deadline=None)
@given(problems(packs=8), st.lists(st.integers(0, 1), min_size=8, max_size=8))
def test_a_core_is_of_one_kind_where_the_packs_of_a_kind_cannot_be_filled_alone(
    problem: Problem, of: list[int]
) -> None:
    plan, kind = fullest(problem), np.array(of[: len(problem.need)])
    missing = filled(problem, plan) < problem.reachable
    for shortage in find_shortages(problem, plan, kind):
        packs = np.array(sorted(shortage.whole.packs))
        short_kinds = set(kind[packs][missing[packs]].tolist())
        alone = [one for one in short_kinds if _is_short(problem, packs[kind[packs] == one].tolist())]
        if alone:
            assert set(kind[sorted(shortage.cores[0].packs)].tolist()) <= set(alone)
            assert len(set(kind[sorted(shortage.cores[0].packs)].tolist())) == 1


def _is_short(problem: Problem, packs: list[int]) -> bool:
    return bool(most_places(problem, packs) < problem.reachable[packs].sum())


def pairs(*of_pack: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    found = [(pack, teacher) for pack, teachers in enumerate(of_pack) for teacher in teachers]
    pack, teacher = np.array(found, dtype=np.int64).T
    return pack, teacher


def test_two_subjects_that_share_a_person_get_a_proof_each() -> None:
    """Packs 0–2 are of one subject, 3–5 of another; person 2 checks both, and all have room for one."""
    pack, teacher = pairs((0, 2), (0, 2), (0, 2), (1, 2), (1, 2), (1, 2))
    problem = problem_of(np.ones(6, dtype=np.int64), np.ones(3, dtype=np.int64), pack, teacher)
    (shortage,) = find_shortages(problem, fullest(problem), np.array([0, 0, 0, 1, 1, 1]))
    assert (shortage.whole.wanted, shortage.whole.room) == (6, 3)
    assert [core.packs for core in shortage.cores] == [frozenset({0, 1, 2}), frozenset({3, 4, 5})]
    assert [core.people for core in shortage.cores] == [frozenset({0, 2}), frozenset({1, 2})]


def test_a_set_that_misses_two_places_at_once_can_be_irreducible() -> None:
    """Two people for three and four packs that want both: without any pack the other three fit exactly."""
    pack, teacher = pairs(*[(0, 1)] * 4)
    problem = problem_of(np.full(4, 2), np.full(2, 3), pack, teacher)
    (core,) = find_hall_sets(problem, fullest(problem))
    assert (core.packs, core.wanted, core.room) == (frozenset(range(4)), 8, 6)


def test_a_person_counts_once_for_a_class_that_wants_different_people() -> None:
    """Room for five each, but both packs are of one class: two people cannot be three."""
    pack, teacher = pairs((0, 1), (0, 1))
    problem = problem_of(np.array([2, 1]), np.full(2, 5), pack, teacher, group=np.zeros(4, dtype=np.int64))
    (core,) = find_hall_sets(problem, fullest(problem))
    assert (core.wanted, core.room, core.people) == (3, 2, frozenset({0, 1}))


@pytest.mark.parametrize("need", [1, 2, 3])
def test_one_proof_speaks_for_all_packs_of_a_large_crowd(need: int) -> None:
    """Three hundred packs, ten people with room for twenty each."""
    chance = np.random.default_rng(need)
    allowed = [tuple(sorted(chance.choice(10, 6, replace=False).tolist())) for _ in range(300)]
    pack, teacher = pairs(*allowed)
    problem = problem_of(np.full(300, need), np.full(10, 20), pack, teacher)
    (core,) = find_hall_sets(problem, fullest(problem))
    assert (core.people, core.room) == (frozenset(range(10)), 200)
    assert core.wanted <= 200 + need
    for gone in sorted(core.packs)[::40]:
        others = core.packs - {gone}
        assert most_places(problem, others) == need * len(others)
