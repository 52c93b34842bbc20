"""Against every plan there is: most rooms, fewest changes, even loads, people without ties to the class."""

from __future__ import annotations

import itertools
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assignment.duty_schools import (
    Row,
    Rows,
    clash,
    duty_worth,
    every_duty,
    kept_schools,
    may_keep,
    organisers_of,
)
from xlpy.assignment.organisers import OrganiserPlan, Standing

FIRST_ROW = 2


def placed(plan: OrganiserPlan) -> dict[int, str]:
    """Organiser by number of the row in «График»."""
    return {one.seat.row - FIRST_ROW: "; ".join(one.names) for one in plan.seats}


def may_stay(rows: Rows, row: Row, name: str) -> bool:
    people = {str(person["teacher"]): person for person in rows["teachers"]}
    return may_keep(rows, people[name], row, by_role=name != row["organiser"])


@settings(max_examples=200, deadline=None)
@given(kept_schools())
def test_empty_rooms_are_filled_as_well_as_can_be_and_names_that_stand_stay(rows: Rows) -> None:
    plan = organisers_of(rows)
    empty = [at for at, row in enumerate(rows["schedule"]) if not row["organiser"]]
    found = placed(plan)
    assert all(found[at] == row["organiser"] for at, row in enumerate(rows["schedule"]) if row["organiser"])

    def rank(chosen: dict[int, str]) -> tuple[int, ...]:
        filled, _, squares, dislikes = duty_worth(rows, chosen)
        return -filled, squares, dislikes

    best = min(map(rank, every_duty(rows, empty)))
    assert plan.proven
    assert rank({at: found[at] for at in empty}) == best


@settings(max_examples=200, deadline=None)
@given(kept_schools())
def test_names_against_a_rule_are_replaced_with_the_fewest_changes(rows: Rows) -> None:
    plan = organisers_of(rows, Standing.REPLACED)
    found, schedule = placed(plan), rows["schedule"]
    # A name that stands against a rule and cannot be replaced stays, but is nobody's plan.
    chosen = {at: name if name and may_stay(rows, schedule[at], name) else "" for at, name in found.items()}

    def rank(one: dict[int, str]) -> tuple[int, ...]:
        filled, changes, squares, dislikes = duty_worth(rows, one)
        return -filled, changes, squares, dislikes

    assert plan.proven
    assert rank(chosen) == min(map(rank, every_duty(rows, range(len(schedule)))))


@settings(max_examples=200, deadline=None)
@given(kept_schools(), st.sampled_from(Standing))
def test_nobody_new_is_where_they_must_not_be_or_in_two_places_at_once(rows: Rows, standing: Standing) -> None:
    plan = organisers_of(rows, standing)
    found, schedule = placed(plan), rows["schedule"]
    new = {at for at, name in found.items() if name and name != schedule[at]["organiser"]}
    assert all(may_stay(rows, schedule[at], found[at]) for at in new)
    for one, other in itertools.combinations(found, 2):
        if found[one] and found[one] == found[other] and {one, other} & new:
            assert not clash(schedule[one], schedule[other])


@settings(max_examples=200, deadline=None)
@given(kept_schools())
def test_every_name_against_a_rule_is_named_and_no_other(rows: Rows) -> None:
    schedule = rows["schedule"]
    told = {(one.visit.works[0], who.person) for one in organisers_of(rows).breaches for who in one.gone}
    people = {str(person["teacher"]): person for person in rows["teachers"]}
    against = {
        ((str(row["school_class"]), str(row["subject"])), str(row["organiser"]))
        for row in schedule
        if row["organiser"]
        and (
            not may_keep(rows, people[str(row["organiser"])], row, by_role=False)
            or any(
                other is not row and other["organiser"] == row["organiser"] and clash(row, other) for other in schedule
            )
        )
    }
    assert told == against


@settings(max_examples=100, deadline=None)
@given(kept_schools(), st.integers(0, 10**6), st.sampled_from(Standing))
def test_shuffled_rows_give_the_same_organisers(rows: Rows, seed: int, standing: Standing) -> None:
    random = Random(seed)
    shuffled = {key: random.sample(sheet, len(sheet)) for key, sheet in rows.items()}

    def by_work(school: Rows) -> dict[object, str]:
        found = placed(organisers_of(school, standing))
        return {(row["school_class"], row["subject"]): found[at] for at, row in enumerate(school["schedule"])}

    assert by_work(shuffled) == by_work(rows)
