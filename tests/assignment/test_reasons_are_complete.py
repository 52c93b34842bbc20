"""Every reason why somebody may not check a pack, and nobody barred without one."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings

from tests.assignment.schools import (
    SUBJECTS,
    TEACHERS,
    Row,
    Rows,
    day,
    may_check,
    read,
    school,
    teacher,
    teaches,
    tied_schools,
    work,
)
from xlpy.analysis import staff
from xlpy.analysis.staff import Bar
from xlpy.assignment.assign import assign
from xlpy.assignment.eligibility import find_bars, owners, read_facts
from xlpy.assignment.packs import read_packs
from xlpy.assignment.verify import Breach, verify

ANNA, BELLA, VIKTOR, GLEB, _ = TEACHERS


def bars(rows: Rows, number: int = 0) -> dict[str, tuple[Bar, ...]]:
    tables, settings_read = read(rows)
    return find_bars(read_facts(tables), read_packs(tables, settings_read))[number]


def conflict(name: str, reason: str | None = None, **more: str) -> Row:
    return {"person": name, "school_class": "5А", "reason": reason, **more}


@settings(max_examples=150, deadline=None)
@given(tied_schools(pins=0))
def test_somebody_is_barred_exactly_when_the_rules_read_plainly_say_so(rows: Rows) -> None:
    tables, read_settings = read(rows)
    facts, packs = read_facts(tables), read_packs(tables, read_settings)
    for pack, barred in zip(packs, find_bars(facts, packs), strict=True):
        assert list(barred) == sorted(barred)
        assert all(barred.values())
        assert {t for t in facts.teachers if t not in barred} == {
            t for t in facts.teachers if may_check(rows, t, pack.work)
        }


@settings(max_examples=60, deadline=None)
@given(tied_schools())
def test_each_reason_stands_for_its_own_fact(rows: Rows) -> None:
    """Pair by pair and fact by fact, with the functions that the checks use: the quick way finds the same bars."""
    tables, read_settings = read(rows)
    facts, packs = read_facts(tables), read_packs(tables, read_settings)
    ties, by_work = staff.ties_by_kind(tables["conflicts"], tables["observers"]), staff.organisers(tables["schedule"])
    ever, homeroom = staff.ever_taught(tables["workload"]), staff.homeroom_of(tables["classes"])
    away = staff.absences(tables["teachers"])
    for pack, barred in zip(packs, find_bars(facts, packs), strict=True):
        first = pack.days.start if pack.days else None
        now = ever if first is None else staff.teaches(tables["workload"], first)
        for name in facts.teachers:
            pair = (name, pack.school_class)
            expected = {
                Bar.HOMEROOM: name in homeroom.get(pack.school_class, ()),
                Bar.TEACHES: pair in now,
                Bar.TAUGHT: pair in ever - now,
                Bar.RELATIVE: staff.has_conflict(ties[Bar.RELATIVE], name, *pack.work),
                Bar.CONFLICT: staff.has_conflict(ties[Bar.CONFLICT], name, *pack.work),
                Bar.ORGANISER: name in by_work.get(pack.work, ()),
                Bar.FIRST_CHECKER: False,
                Bar.ABSENT: pack.days is not None and staff.is_absent(away, name, pack.days),
                Bar.NOT_EXPERT: name not in staff.experts(tables["teachers"]),
                Bar.NOT_QUALIFIED: pack.subject not in staff.subjects_of(tables["teachers"])[name],
            }
            assert barred.get(name, ()) == tuple(bar for bar in Bar if expected[bar])


def test_all_reasons_of_one_person_are_named_in_their_order() -> None:
    rows = school(
        [teacher(ANNA, "Физика", roles="организатор", absent_from=day(0), absent_to=day(9)), teacher(BELLA)],
        [work("5А", organiser=ANNA)],
        workload=[teaches(ANNA, "5А", "Физика")],
        classes=[{"school_class": "5А", "grade": 5, "homeroom": ANNA}],
        conflicts=[conflict(ANNA, "мать ученика"), conflict(ANNA, "репетитор ученика", subject="Математика")],
    )
    but = (Bar.TAUGHT, Bar.FIRST_CHECKER)
    assert bars(rows) == {ANNA: tuple(bar for bar in Bar if bar not in but)}


@pytest.mark.parametrize(
    ("reason", "bar"),
    [
        ("родственник учится в классе", Bar.RELATIVE),
        ("В классе её сын", Bar.RELATIVE),
        ("дочь", Bar.RELATIVE),
        ("ПЛЕМЯННИЦА", Bar.RELATIVE),
        ("Ребёнок учится в 5А", Bar.RELATIVE),
        ("ребенок", Bar.RELATIVE),
        ("мать ученика", Bar.RELATIVE),
        ("конфликт интересов: внук в классе", Bar.RELATIVE),
        ("двоюродный брат", Bar.RELATIVE),
        ("", Bar.CONFLICT),
        (None, Bar.CONFLICT),
        ("готовит материалы с учеником", Bar.CONFLICT),
        ("репетитор", Bar.CONFLICT),
        ("папка класса у неё", Bar.CONFLICT),
        ("конфликт с отцом ученика", Bar.CONFLICT),
        ("жалоба матери ученика", Bar.CONFLICT),
        ("ведёт спортивную секцию, сын в классе", Bar.RELATIVE),
    ],
)
def test_a_reason_that_speaks_of_a_relative_bars_as_one(reason: str | None, bar: Bar) -> None:
    rows = school([teacher(ANNA)], [work("5А")], conflicts=[conflict(ANNA, reason)])
    assert bars(rows) == {ANNA: (bar,)}


def test_a_teacher_among_the_observers_is_a_relative_in_each_class_of_their_children() -> None:
    rows = school(
        [teacher(ANNA), teacher(BELLA)],
        [work("5А"), work("5Б"), work("6А")],
        observers=[
            {"observer": ANNA.lower(), "child_class": "5А; 6А"},
            {"observer": "Гостева Юна", "child_class": "5Б"},
        ],
    )
    assert [bars(rows, number) for number in range(3)] == [{ANNA: (Bar.RELATIVE,)}, {}, {ANNA: (Bar.RELATIVE,)}]


def test_an_organiser_of_any_row_of_the_work_is_barred_from_it_and_from_no_other() -> None:
    rows = school(
        [teacher(name, "; ".join(SUBJECTS)) for name in (ANNA, BELLA, VIKTOR, GLEB)],
        [
            work("5А", organiser=f"{ANNA}; {BELLA}"),
            work("5А", number=1, organiser=VIKTOR),
            work("5А", "Физика", 2, organiser=None),
        ],
    )
    assert set(bars(rows)) == {ANNA, BELLA, VIKTOR}
    assert bars(rows, 1) == {}


def test_who_came_back_to_a_class_teaches_it_and_who_left_before_the_day_of_checking_taught_it() -> None:
    rows = school(
        [teacher(ANNA), teacher(BELLA)],
        [work("5А")],
        workload=[
            teaches(ANNA, "5А", until=day(-50)),
            teaches(ANNA, "5А", "Физика"),
            teaches(BELLA, "5А", until=day(-50)),
            teaches(BELLA, "5А", "Физика", until=day(-1)),
        ],
    )
    assert bars(rows) == {ANNA: (Bar.TEACHES,), BELLA: (Bar.TAUGHT,)}


def test_a_pack_is_of_those_who_teach_its_subject_in_the_class_else_of_all_who_work_there() -> None:
    rows = school(
        [teacher(name) for name in (ANNA, BELLA, VIKTOR, GLEB)],
        [work("5А"), work("5А", "Физика", 1), work("5Б")],
        workload=[teaches(ANNA, "5А", "Физика"), teaches(BELLA, "5А", until=day(-50)), teaches(GLEB, "5Б")],
        classes=[{"school_class": "5А", "grade": 5, "homeroom": VIKTOR}],
    )
    tables, read_settings = read(rows)
    whole = [frozenset({BELLA}), frozenset({ANNA}), frozenset({GLEB})]
    assert owners(read_facts(tables), read_packs(tables, read_settings)) == whole
    unnamed = {**rows, "workload": rows["workload"][:1]}
    tables, read_settings = read(unnamed)
    assert owners(read_facts(tables), read_packs(tables, read_settings))[0] == frozenset({ANNA, VIKTOR})


@settings(max_examples=40, deadline=None)
@given(tied_schools())
def test_the_order_of_rows_changes_no_reason(rows: Rows) -> None:
    shuffled = {key: random.Random(key).sample(drawn, len(drawn)) for key, drawn in rows.items()}  # type: ignore[misc]
    shuffled["settings"] = rows["settings"]
    assert [*map(dict, _all_bars(shuffled))] == [*map(dict, _all_bars(rows))]


def _all_bars(rows: Rows) -> list[dict[str, tuple[Bar, ...]]]:
    tables, read_settings = read(rows)
    return find_bars(read_facts(tables), read_packs(tables, read_settings))


@settings(max_examples=100, deadline=None)
@given(tied_schools())
def test_no_plan_gives_a_pack_to_anybody_who_is_barred_from_it(rows: Rows) -> None:
    tables, read_settings = read(rows)
    result = assign(tables, read_settings)
    assert verify(result, tables, read_settings) == ()
    for pack in result.packs:
        assert pack.pinned or all(may_check(rows, name, pack.pack.work) for name in pack.checkers)


@pytest.mark.parametrize(
    ("sheets", "breach"),
    [
        ({"observers": [{"observer": ANNA, "child_class": "5А"}]}, Breach.CONFLICT),
        ({"schedule": [work("5А", organiser=ANNA)]}, Breach.ORGANISER),
    ],
)
def test_the_verifier_sees_a_parent_and_an_organiser_among_the_checkers(
    sheets: dict[str, list[Row]], breach: Breach
) -> None:
    """The plan is made of a school where nothing bars them, and judged by one where it does."""
    rows = school([teacher(ANNA)], [work("5А")])
    plan_of_others = assign(*read(rows))
    assert [fault.breach for fault in verify(plan_of_others, *read(rows | sheets))] == [breach]
