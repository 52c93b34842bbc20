from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from tests.demo.schools import SEEDS, checked, dirty, school
from xlpy.assignment.assign import Status
from xlpy.demo.dirt import add_dirt
from xlpy.tables import schema

FILLED_BY_PEOPLE = {sheet.name for sheet in schema.SHEETS} - {"Замечания", "Журнал"}


@pytest.mark.parametrize("seed", SEEDS)
def test_every_slip_is_found_at_its_cell_and_nothing_else_is_above_a_notice(seed: int) -> None:
    done = dirty(seed)
    assert done.truth <= done.found
    assert done.serious <= done.truth


@pytest.mark.parametrize("classes", [1, 2, 3, 5, 8, 13])
def test_slips_fit_schools_of_any_size(classes: int) -> None:
    done = dirty(7, classes)
    assert done.truth <= done.found
    assert done.serious <= done.truth
    assert len({rule for *_, rule in done.truth}) >= 25


def test_slips_are_of_many_kinds_on_every_sheet_that_people_fill() -> None:
    truth = dirty(0).truth
    rules = Counter(rule for *_, rule in truth)
    assert len(rules) >= 80
    assert {sheet for sheet, *_ in truth} == FILLED_BY_PEOPLE
    assert len(truth) == rules.total()


@pytest.mark.parametrize("seed", [0, 1])
def test_slips_stay_findings_whatever_the_year_the_demo_is_run_in(seed: int) -> None:
    done = checked(school(seed), seed, date(2031, 1, 9))
    assert done.truth <= done.found
    assert done.serious <= done.truth


def test_checkers_can_be_assigned_in_spite_of_the_slips() -> None:
    assert {dirty(seed).assignment.status for seed in range(4)} == {Status.OPTIMAL}


def test_one_seed_plants_the_same_slips_and_leaves_the_school_alone() -> None:
    made = school(3)
    before = {key: [dict(row) for row in rows] for key, rows in made.rows.items()}
    first, again, other = add_dirt(made, 3), add_dirt(made, 3), add_dirt(made, 4)
    assert first == again
    assert first[1] != other[1]
    assert {key: [dict(row) for row in rows] for key, rows in made.rows.items()} == before
