"""Hundreds of schools with everything in them, their rows shuffled: pair by pair the same plan and the same proof."""

from __future__ import annotations

import itertools
import random

import pytest

from tests.assignment.schools import Row, Rows, day, papers, plan, school, setting, teacher, teaches, work
from xlpy.assignment.assign import AssignmentResult, assignment_dict, change_lines, to_rows
from xlpy.assignment.certificate import digest_of
from xlpy.tables.settings import GOALS, NORM_BY_LIMIT, PACKS, PAPERS, SAME_NORM

NAMES = [f"Учитель {letter}" for letter in "АБВГДЕЖЗИ"]
SUBJECTS = ("Математика", "Физика", "Химия")
CLASSES = ("5А", "5Б", "6А")
CHUNK = 25


def lively_school(seed: int, unit: str = PACKS) -> Rows:
    """Teachers of one to three subjects, absent, in conflict, with limits; a plan before, some of it pinned."""
    chance = random.Random(seed)
    works = [(name, subject) for name in CLASSES for subject in SUBJECTS]
    people = [
        teacher(
            name,
            "; ".join(chance.sample(SUBJECTS, chance.randint(1, 3))),
            paper_limit=chance.choice([None, None, 2, 3]) if unit == PACKS else chance.choice([None, 60]),
            **chance.choice([{}, {}, {"absent_from": day(3), "absent_to": day(5)}]),
        )
        for name in NAMES
    ]
    before: list[Row] = [
        {
            "school_class": name,
            "subject": subject,
            "checker": chance.choice(NAMES),
            "second_checker": chance.choice([None, *NAMES]),
            "pinned": chance.choice(["да", "нет", "нет", "нет"]),
        }
        for name, subject in chance.sample(works, chance.choice([0, 3, 6]))
    ]
    return school(
        people,
        [work(*one, number, check_until=day(number + 2)) for number, one in enumerate(works)],
        each=chance.randint(1, 2),
        limit=chance.choice([None, 4]) if unit == PACKS else None,
        workload=[teaches(chance.choice(NAMES), *one) for one in works],
        conflicts=[{"person": chance.choice(NAMES), "school_class": name} for name in CLASSES],
        classes=[{"school_class": name, "grade": int(name[0]), "homeroom": chance.choice(NAMES)} for name in CLASSES],
        checkers=before,
        results=[row for one in works for row in papers(*one, chance.randint(1, 9))],
        settings=[
            setting("Единица нагрузки", unit),
            setting("Норма нагрузки", chance.choice([SAME_NORM, NORM_BY_LIMIT])),
            setting("Порядок целей", "; ".join(chance.sample(GOALS, len(GOALS)))),
            setting("Разные проверяющие у класса", chance.choice(["да", "нет"])),
        ],
    )


def shuffled(rows: Rows, seed: int) -> Rows:
    mixed = {sheet: list(found) for sheet, found in rows.items()}
    for found in mixed.values():
        random.Random(seed).shuffle(found)
    return mixed


def everything(result: AssignmentResult) -> tuple[object, ...]:
    return assignment_dict(result), to_rows(result), change_lines(result), digest_of(result.certificate)


@pytest.mark.parametrize("start", range(0, 300, CHUNK))
def test_plans_by_packs_do_not_depend_on_the_order_of_rows(start: int) -> None:
    for seed in range(start, start + CHUNK):
        rows = lively_school(seed)
        assert everything(plan(shuffled(rows, seed))) == everything(plan(rows)), seed


@pytest.mark.parametrize("start", range(0, 24, 6))
def test_plans_by_papers_do_not_depend_on_the_order_of_rows(start: int) -> None:
    for seed in range(start, start + 6):
        rows = lively_school(seed, PAPERS)
        assert everything(plan(shuffled(rows, seed))) == everything(plan(rows)), seed


def test_one_school_shuffled_a_hundred_times_has_one_plan() -> None:
    rows = lively_school(3)
    assert rows["checkers"]
    assert len({digest_of(plan(shuffled(rows, seed)).certificate) for seed in range(100)}) == 1


def test_the_schools_above_differ_in_what_matters() -> None:
    """Otherwise equal plans would say little."""
    plans = [plan(lively_school(seed)) for seed in range(40)]
    assert {bool(one.blocking) for one in plans} == {True, False}
    assert {bool(one.changes) for one in plans} == {True, False}
    assert len({one.order for one in plans}) > 10
    assert len({digest_of(one.certificate) for one in plans}) == len(plans)


@pytest.mark.parametrize("seed", range(40))
def test_with_different_checkers_for_a_class_nobody_has_two_of_its_works(seed: int) -> None:
    rows = lively_school(seed)
    rows["settings"] = [row for row in rows["settings"] if row["parameter"] != "Разные проверяющие у класса"]
    rows["settings"].append(setting("Разные проверяющие у класса", "да"))
    packs = [pack for pack in plan(rows).packs if not pack.pack.pinned]
    held = [(pack.school_class, person) for pack in packs for person in pack.checkers]
    pinned = {
        (str(row["school_class"]), person)
        for row in rows["checkers"]
        if row["pinned"] == "да"
        for person in (row["checker"], row["second_checker"])
    }
    assert not {*held} & pinned
    assert all(len({*of_class}) == len(of_class) for of_class in _by_class(held))


def _by_class(held: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    return [list(found) for _, found in itertools.groupby(sorted(held), key=lambda pair: pair[0])]
