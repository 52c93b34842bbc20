from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assignment.schools import (
    TEACHERS,
    Row,
    Rows,
    checkers_of,
    may_check,
    plan,
    read,
    school,
    schools,
    setting,
    teacher,
    teaches,
    work,
)
from xlpy.assignment.assign import Regard, assign, change_lines, to_rows
from xlpy.assignment.goals import FIRST_PLAN, Goal, order_in
from xlpy.tables.settings import GOALS

ANNA, BELLA, VIKTOR, *_ = TEACHERS


def planned(rows: Rows) -> Rows:
    """The school with its plan on «Проверяющие»."""
    stands: list[Row] = [
        {"school_class": c, "subject": s, "checker": people[0], "second_checker": people[1] if people[1:] else None}
        for (c, s), people in checkers_of(plan(rows)).items()
        if people
    ]
    return {**rows, "checkers": stands}


def without(rows: Rows, name: str) -> Rows:
    return {**rows, "teachers": [row for row in rows["teachers"] if row["teacher"] != name]}


def kept(rows: Rows, regard: Regard) -> int:
    """How many places of the plan on the sheet stay."""
    before = {
        (row["school_class"], row["subject"]): {row.get("checker"), row.get("second_checker")} - {None}
        for row in rows["checkers"]
    }
    after = checkers_of(assign(*read(rows), regard))
    return sum(len(before.get(of_work, set()) & set(people)) for of_work, people in after.items())


@settings(max_examples=60, deadline=None)
@given(schools(pins=0))
def test_the_same_school_keeps_its_plan(rows: Rows) -> None:
    rows = planned(rows)
    for regard in (Regard.SIGNED, Regard.KEEP):
        assert assign(*read(rows), regard).changes == ()


@settings(max_examples=60, deadline=None)
@given(schools(pins=0), st.sampled_from(TEACHERS))
def test_after_a_drop_out_only_what_must_changes(rows: Rows, gone: str) -> None:
    """Every plan of a fullest one is tried: none with as many places and packs with somebody keeps more."""
    rows = without(planned(rows), gone)
    need = next(row["setting"] for row in rows["settings"] if row["parameter"] == "Проверяющих на работу")
    limits = next(
        (row["setting"] for row in rows["settings"] if row["parameter"] == "Лимит работ на проверяющего"), None
    )
    names = [str(row["teacher"]) for row in rows["teachers"]]
    rooms = [own if (own := row.get("paper_limit")) is not None else limits for row in rows["teachers"]]
    before = {
        (row["school_class"], row["subject"]): {row.get("checker"), row.get("second_checker")}
        for row in rows["checkers"]
    }
    states = {((0,) * len(names), 0, 0, 0)}
    for of_work in sorted({(str(r["school_class"]), str(r["subject"])) for r in rows["schedule"]}):
        suited = [n for n, name in enumerate(names) if may_check(rows, name, of_work)]
        groups = [g for size in range(int(need) + 1) for g in itertools.combinations(suited, size)]  # type: ignore[arg-type]
        states = {
            (
                tuple(load + (n in group) for n, load in enumerate(loads)),
                places + len(group),
                bare + (not group),
                stay + sum(names[n] in before.get(of_work, ()) for n in group),
            )
            for loads, places, bare, stay in states
            for group in groups
        }
        states = {
            state
            for state in states
            if all(room is None or load <= room for load, room in zip(state[0], rooms, strict=True))  # type: ignore[operator]
        }
    most = max((places, -bare, stay) for _, places, bare, stay in states)
    result = assign(*read(rows), Regard.KEEP)
    places = sum(len(pack.checkers) for pack in result.packs)
    assert (places, -sum(not pack.checkers for pack in result.packs), kept(rows, Regard.KEEP)) == most


def signed_school(**pin: str) -> Rows:
    """Anna and Bella have two packs each, which is not even once Viktor is there."""
    stands: list[Row] = [
        {"school_class": c, "subject": "Математика", "checker": name, **(pin if c == "5А" else {})}
        for c, name in (("5А", ANNA), ("5Б", ANNA), ("6А", BELLA), ("6Б", BELLA))
    ]
    people = [teacher(name) for name in (ANNA, BELLA, VIKTOR)]
    return school(people, [work(row["school_class"], number=n) for n, row in enumerate(stands)], checkers=stands)  # type: ignore[arg-type]


def test_before_it_is_signed_evenness_comes_first() -> None:
    result = plan(signed_school())
    assert sorted(result.loads.values()) == [1, 1, 2]
    assert len(result.changes) == 1


def test_once_a_row_is_pinned_nobody_is_moved_who_need_not_be() -> None:
    result = plan(signed_school(pinned="да"))
    assert result.order[0] is Goal.CHANGES
    assert result.changes == ()


def test_a_fresh_plan_looks_at_no_plan_before() -> None:
    rows = signed_school(pinned="да")
    result = assign(*read(rows), Regard.FRESH)
    assert sorted(result.loads.values()) == [1, 1, 2]


def test_who_stays_keeps_their_column() -> None:
    people = [teacher(name) for name in (ANNA, BELLA, VIKTOR)]
    stands: list[Row] = [
        {"school_class": "5А", "subject": "Математика", "checker": VIKTOR, "second_checker": BELLA},
    ]
    rows = school(people, [work("5А")], each=2, checkers=stands, workload=[teaches(VIKTOR, "5А")])
    (row,) = to_rows(assign(*read(rows), Regard.KEEP))
    assert (row["checker"], row["second_checker"]) == (ANNA, BELLA)


def test_what_changed_is_told_with_whom_it_concerns() -> None:
    rows = without(planned(school([teacher(ANNA), teacher(BELLA)], [work("5А")])), "")
    (stands,) = rows["checkers"]
    gone = str(stands["checker"])
    other = BELLA if gone == ANNA else ANNA
    _, line = change_lines(assign(*read(without(rows, gone)), Regard.KEEP))
    assert line == f"5А, Математика: вместо {gone} — {other}"


def test_a_work_that_left_the_schedule_and_a_new_one_are_told() -> None:
    rows = planned(school([teacher(ANNA)], [work("5А")]))
    rows["schedule"] = [work("6А")]
    _, came, gone = change_lines(plan(rows))
    assert came == f"6А, Математика: добавлен(а) {ANNA}"
    assert gone == f"5А, Математика: больше не проверяет {ANNA}"


@pytest.mark.parametrize(
    ("said", "order"),
    [
        ("", FIRST_PLAN),
        ("; ".join(GOALS), FIRST_PLAN),
        ("взаимность; РАВНОМЕРНОСТЬ", (Goal.RECIPROCITY, Goal.BALANCE, Goal.CHANGES, Goal.PREFERENCE)),
        ("предпочтения;что-то ещё;  прежний   план", (Goal.PREFERENCE, Goal.CHANGES, Goal.BALANCE, Goal.RECIPROCITY)),
    ],
)
def test_the_order_of_goals_is_the_schools(said: str, order: tuple[Goal, ...]) -> None:
    assert order_in(GOALS, said) == order


def test_the_setting_decides_between_evenness_and_preference() -> None:
    people = [teacher(ANNA), teacher(BELLA, "Физика; Математика")]
    rows = school(people, [work("5А"), work("5Б")], settings=[setting("Порядок целей", "предпочтения")])
    assert plan(rows).loads == {ANNA: 2, BELLA: 0}


def test_one_person_may_check_only_one_subject_of_a_class_where_the_school_wants_it() -> None:
    people = [teacher(ANNA, "Математика; Физика"), teacher(BELLA, "Математика; Физика")]
    works = [work("5А"), work("5А", "Физика")]
    preferred = school([people[0]], works)
    assert checkers_of(plan(preferred)) == {("5А", "Математика"): (ANNA,), ("5А", "Физика"): (ANNA,)}
    apart = setting("Разные проверяющие у класса", "да")
    result = plan(school(people, works, settings=[apart]))
    assert sorted(name for names in checkers_of(result).values() for name in names) == [ANNA, BELLA]
    alone = plan(school([people[0]], works, settings=[apart]))
    assert sum(len(pack.checkers) for pack in alone.packs) == 1


def test_whom_a_pinned_row_gives_a_class_gets_no_other_subject_of_it() -> None:
    people = [teacher(ANNA, "Математика; Физика"), teacher(BELLA, "Математика; Физика")]
    pin: Row = {"school_class": "5А", "subject": "Математика", "checker": ANNA, "pinned": "да"}
    rows = school(
        people,
        [work("5А"), work("5А", "Физика"), work("5Б"), work("5Б", "Физика")],
        checkers=[pin],
        settings=[setting("Разные проверяющие у класса", "да")],
    )
    assert checkers_of(plan(rows))["5А", "Физика"] == (BELLA,)


def test_a_smaller_limit_may_mean_a_smaller_share() -> None:
    people = [teacher(ANNA, paper_limit=6), teacher(BELLA, paper_limit=3)]
    works = [work(f"{grade}{letter}") for grade in (5, 6) for letter in "АБВ"]
    assert sorted(plan(school(people, works)).loads.values()) == [3, 3]
    by_limit = plan(school(people, works, settings=[setting("Норма нагрузки", "по лимиту")]))
    assert by_limit.loads == {ANNA: 4, BELLA: 2}


def test_people_who_would_check_each_other_are_kept_apart_where_it_costs_nothing_more() -> None:
    """Four people, four classes, each teaches one: without the last goal Anna and Bella may check each other."""
    people = [teacher(name) for name in TEACHERS[:4]]
    classes = ("5А", "5Б", "6А", "6Б")
    loads = [teaches(name, c) for name, c in zip(TEACHERS[:4], classes, strict=True)]
    result = plan(school(people, [work(c) for c in classes], workload=loads))
    owner = dict(zip(classes, TEACHERS[:4], strict=True))
    checks = {(people[0], owner[c]) for (c, _), people in checkers_of(result).items()}
    assert not {(b, a) for a, b in checks} & checks
    assert result.attained[-1].goal is Goal.RECIPROCITY
    assert result.attained[-1].worth == 0
