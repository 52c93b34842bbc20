"""Against every plan there is: most places, fewest changes, the most even loads, nobody where they must not be."""

from __future__ import annotations

import itertools
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assignment.duty_schools import (
    Key,
    Rows,
    at_once,
    conflict,
    every_plan,
    may_observe,
    observed_schools,
    observers_of,
    rank,
    standing_of,
    visits_of,
    worth_of,
    written_rows,
)
from xlpy.assignment.observers import ObserverPlan


def sent(plan: ObserverPlan) -> dict[Key, tuple[str, ...]]:
    return {
        (one.visit.time.day, one.visit.time.lesson, one.visit.room or one.visit.works[0][0]): one.observers
        for one in plan.visits
    }


def need_of(rows: Rows) -> int:
    return next(int(row["setting"]) for row in rows["settings"] if row["parameter"] == "Наблюдателей на кабинет")  # type: ignore[arg-type]


def best_rank(rows: Rows) -> tuple[int, ...]:
    standing, planned = standing_of(rows), bool(rows.get("visits"))
    return min(rank(worth_of(plan, standing), planned=planned) for plan in every_plan(rows, need_of(rows)))


def rank_of(rows: Rows, plan: ObserverPlan) -> tuple[int, ...]:
    return rank(worth_of(sent(plan), standing_of(rows)), planned=bool(rows.get("visits")))


@settings(max_examples=150, deadline=None)
@given(observed_schools(whole_days=False))
def test_a_plan_is_the_best_there_is_and_says_so(rows: Rows) -> None:
    plan = observers_of(rows)
    assert plan.proven
    assert rank_of(rows, plan) == best_rank(rows)


@settings(max_examples=150, deadline=None)
@given(observed_schools())
def test_a_plan_with_lessons_untold_is_the_best_where_it_says_so_and_never_better_than_can_be(rows: Rows) -> None:
    plan, best = observers_of(rows), best_rank(rows)
    assert rank_of(rows, plan) == best if plan.proven else rank_of(rows, plan) >= best


@settings(max_examples=150, deadline=None)
@given(observed_schools())
def test_nobody_is_where_they_must_not_be_or_in_two_places_at_once(rows: Rows) -> None:
    plan = sent(observers_of(rows))
    people = {str(person["observer"]): person for person in rows["observers"]}
    for key, names in plan.items():
        assert all(may_observe(rows, people[name], key, visits_of(rows)[key]) for name in names)
        assert len(set(names)) == len(names) <= need_of(rows)
    for (first, one), (second, other) in itertools.combinations(plan.items(), 2):
        assert not (at_once(first[:2], second[:2]) and set(one) & set(other))


@settings(max_examples=100, deadline=None)
@given(observed_schools(), st.integers(0, 10**6))
def test_shuffled_rows_give_the_same_plan(rows: Rows, seed: int) -> None:
    random = Random(seed)
    shuffled = {key: random.sample(sheet, len(sheet)) for key, sheet in rows.items()}
    assert sent(observers_of(shuffled)) == sent(observers_of(rows))


@settings(max_examples=100, deadline=None)
@given(observed_schools())
def test_a_plan_that_stands_is_not_changed_by_another_press(rows: Rows) -> None:
    first = observers_of(rows)
    written = written_rows(rows, first)
    again = observers_of({**rows, "visits": written})
    assert sent(again) == sent(first)
    assert not again.changes
    assert written_rows({**rows, "visits": written}, again) == written


@settings(max_examples=100, deadline=None)
@given(observed_schools(), st.data())
def test_a_refusal_changes_the_fewest_places_there_can_be(rows: Rows, data: st.DataObject) -> None:
    plan = observers_of({**rows, "visits": []})
    going = sorted({name for names in sent(plan).values() for name in names})
    if not going:
        return
    written = written_rows(rows, plan)
    name = data.draw(st.sampled_from(going))
    declared = [*rows["conflicts"], *(conflict(name, school_class) for school_class in ("5А", "5Б", "6А"))]
    after = {**rows, "visits": written, "conflicts": declared}
    again = observers_of(after)
    assert all(name not in names for names in sent(again).values())
    assert rank_of(after, again) == best_rank(after) if again.proven else rank_of(after, again) >= best_rank(after)
