from __future__ import annotations

from dataclasses import replace

import pytest

from tests.assignment.schools import TEACHERS, Rows, day, read, school, teacher, teaches, work
from xlpy.assignment.assign import AssignmentResult, Status, assign
from xlpy.assignment.verify import Breach, verify

ANNA, BELLA, VIKTOR, GLEB, DARYA = TEACHERS
ROWS: Rows = school(
    [
        teacher(ANNA),
        teacher(BELLA),
        teacher(VIKTOR, "Физика"),
        teacher(GLEB, absent_from=day(0), absent_to=day(1)),
        teacher(DARYA, paper_limit=0),
    ],
    [work("5А", check_until=day(1)), work("5Б", check_until=day(1))],
    workload=[teaches(ANNA, "5А", until=day(-90))],
    classes=[{"school_class": "5Б", "grade": 5, "homeroom": BELLA}],
    conflicts=[{"person": ANNA, "school_class": "5Б"}],
    checkers=[{"school_class": "5Б", "subject": "Математика", "checker": ANNA, "pinned": "да"}],
)


def faults(result: AssignmentResult) -> set[Breach]:
    return {fault.breach for fault in verify(result, *read(ROWS))}


def given_to(name: str, number: int = 0) -> AssignmentResult:
    """The plan with this pack handed to somebody else, its loads told truly."""
    result = assign(*read(ROWS))
    packs = list(result.packs)
    packs[number] = replace(packs[number], checkers=(name,))
    loads = dict.fromkeys({*result.loads, name}, 0)
    for pack in packs:
        for person in pack.checkers:
            loads[person] += 1
    return replace(result, packs=tuple(packs), loads=loads)


def test_our_own_plan_has_no_fault() -> None:
    assert faults(assign(*read(ROWS))) == set()


@pytest.mark.parametrize(
    ("name", "breach"),
    [
        (ANNA, Breach.CLASS),
        (VIKTOR, Breach.UNQUALIFIED),
        (GLEB, Breach.ABSENT),
        (DARYA, Breach.LIMIT),
        ("Чужой Егор", Breach.UNKNOWN),
    ],
)
def test_a_pack_in_the_wrong_hands_is_found(name: str, breach: Breach) -> None:
    assert breach in faults(given_to(name))


def test_a_changed_pin_is_found() -> None:
    assert faults(given_to(BELLA, 1)) == {Breach.PINNED}


def test_a_homeroom_teacher_and_a_conflict_are_found_where_nothing_is_pinned() -> None:
    free = {sheet: rows for sheet, rows in ROWS.items() if sheet != "checkers"}
    tables, settings = read(free)
    assert {fault.breach for fault in verify(given_to(BELLA, 1), tables, settings)} == {Breach.CLASS}
    assert {fault.breach for fault in verify(given_to(ANNA, 1), tables, settings)} == {Breach.CONFLICT}


def test_a_pack_left_out_short_or_doubled_is_found() -> None:
    result = assign(*read(ROWS))
    bare = replace(result.packs[0], checkers=())
    assert Breach.PACKS in faults(replace(result, packs=result.packs[1:]))
    assert Breach.SHORT in faults(replace(result, packs=(bare, *result.packs[1:])))
    twice = replace(result.packs[0], checkers=(BELLA, BELLA))
    assert Breach.TWICE in faults(replace(result, packs=(twice, *result.packs[1:])))


def test_false_numbers_and_a_false_status_are_found() -> None:
    result = assign(*read(ROWS))
    more = replace(result.packs[0], pack=replace(result.packs[0].pack, papers=3))
    assert faults(replace(result, packs=(more, *result.packs[1:]))) == {Breach.PAPERS}
    assert faults(replace(result, loads={**result.loads, BELLA: 5})) == {Breach.LOADS}
    assert faults(replace(result, status=Status.INFEASIBLE)) == {Breach.SHORT}
