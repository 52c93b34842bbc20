"""«Выходы наблюдателей»: a row for each observer at each work; records, other stages and own columns are left alone."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assignment.duty_schools import (
    PEOPLE,
    Row,
    Rows,
    conflict,
    observed_schools,
    observer,
    observers_of,
    observing,
    sitting,
    visit,
    written_rows,
)
from tests.assignment.schools import day
from xlpy.assignment.duty import DutyBar

EVA, JAN, ZOE, ILYA = PEOPLE
ALL = [observer(name) for name in PEOPLE]


def names(rows: list[Row]) -> list[tuple[object, object]]:
    return [(row["school_class"], row["observer"]) for row in rows]


def pressed(rows: Rows, own: list[object] | None = None, today: date = date(2021, 1, 1)) -> list[Row]:
    return written_rows(rows, observers_of(rows, today, own), own)  # type: ignore[arg-type]


def test_two_observers_of_a_room_are_two_rows_and_no_list() -> None:
    found = pressed(observing([sitting("5А", room="12")], ALL[:2], each=2))
    assert names(found) == [("5А", EVA), ("5А", JAN)]
    assert {row["room"] for row in found} == {"12"}
    assert {row["stage"] for row in found} == {"проведение"}


def test_two_classes_in_one_room_have_the_same_observer_and_a_row_each() -> None:
    found = pressed(observing([sitting("5А", room="12"), sitting("5Б", room="12")], ALL[:1]))
    assert names(found) == [("5А", EVA), ("5Б", EVA)]


def test_a_second_part_on_another_day_is_a_visit_of_its_own() -> None:
    found = pressed(observing([sitting("4А", second_date=day(1))], ALL[:1]))
    assert [(row["date"], row["observer"]) for row in found] == [(day(0), EVA), (day(1), EVA)]


def test_a_place_that_nobody_can_take_is_a_row_without_a_name_and_is_filled_by_the_next_press() -> None:
    rows = observing([sitting("5А")], [observer(EVA, "5А")])
    found = pressed(rows)
    assert names(found) == [("5А", None)]
    again = pressed({**rows, "observers": [observer(EVA, "5А"), observer(JAN)], "visits": found})
    assert names(again) == [("5А", JAN)]


def test_a_list_of_names_typed_into_one_cell_becomes_a_row_each() -> None:
    rows = observing([sitting("5А")], ALL[:2], each=2, visits=[visit("5А", f"{JAN}; {EVA}")])
    plan = observers_of(rows)
    assert names(written_rows(rows, plan)) == [("5А", JAN), ("5А", EVA)]
    assert not plan.changes


@pytest.mark.parametrize("record", [{"report_in": "да"}, {"violations": "телефон на столе"}])
def test_a_record_of_what_was_stays_whatever_the_rules_say_now(record: Row) -> None:
    rows = observing(
        [sitting("5А"), sitting("5Б", number=1)],
        ALL[:2],
        visits=[visit("5А", EVA, **record), visit("5Б", EVA, number=1)],
        conflicts=[conflict(EVA, "5А"), conflict(EVA, "5Б")],
    )
    assert names(pressed(rows)) == [("5А", EVA), ("5Б", JAN)]


def test_a_record_is_load_and_holds_its_time() -> None:
    rows = observing(
        [sitting("5А"), sitting("5Б"), sitting("6А", number=1)],
        ALL[:2],
        visits=[visit("5А", EVA, report_in="да")],
    )
    # 2 and 1 visits: «6А» goes to either, and both are even.
    assert Counter(name for _, name in names(pressed(rows))) in ({EVA: 2, JAN: 1}, {EVA: 1, JAN: 2})
    alone = observers_of({**rows, "observers": ALL[:1]})
    assert [(gap.visit.classes, gap.hindered[0].bars) for gap in alone.gaps] == [(("5Б",), (DutyBar.BUSY,))]


def test_days_gone_by_are_history_while_others_are_to_come() -> None:
    rows = observing(
        [sitting("5А"), sitting("5Б", number=1), sitting("6А", number=8)],
        [observer(EVA, "5А"), observer(JAN)],
        visits=[visit("5А", EVA)],
    )
    plan = observers_of(rows, today=day(5).date())
    assert [one.visit.works[0][0] for one in plan.visits] == ["6А"]
    assert plan.past == 1
    assert names(written_rows(rows, plan)) == [("5А", EVA), ("6А", JAN)]


def test_a_book_that_lies_in_the_past_is_planned_as_a_whole() -> None:
    rows = observing([sitting("5А")], ALL[:1])
    plan = observers_of(rows, today=day(100).date())
    assert names(written_rows(rows, plan)) == [("5А", EVA)]
    assert (plan.past, plan.backdated) == (0, 1)


def test_fewer_observers_a_room_take_the_surplus_rows_away_but_none_in_which_somebody_wrote() -> None:
    rows = observing([sitting("5А"), sitting("5Б", number=1)], ALL[:3])
    rows["visits"] = [visit("5А", EVA), visit("5А", JAN), visit("5Б", EVA, number=1), visit("5Б", ZOE, number=1)]
    found = pressed(rows, own=["", "", "", "вход со двора"])
    assert [row["school_class"] for row in found] == ["5А", "5Б", "5Б"]
    assert [row["own"] for row in found][1:] == ["", "вход со двора"]
    assert sum(row["observer"] is not None for row in found) == 2


def test_a_work_moved_to_another_day_takes_its_observer_along() -> None:
    rows = observing([sitting("5А", number=3), sitting("5Б", number=1)], ALL[:2])
    rows["visits"] = [visit("5А", JAN, number=0), visit("5Б", EVA, number=1)]
    plan = observers_of(rows)
    assert [(row["date"], row["observer"]) for row in written_rows(rows, plan)] == [(day(1), EVA), (day(3), JAN)]
    assert [one.bars for change in plan.changes for one in change.gone] == [(DutyBar.NO_VISIT,)]


@pytest.mark.parametrize("schedule", [[sitting("5Б")], [sitting("5А", date=None), sitting("5Б")]])
def test_a_row_whose_work_may_only_be_misspelt_in_the_schedule_stays(schedule: list[Row]) -> None:
    rows = observing(schedule, ALL[:1], visits=[visit("5А", EVA, number=7)])
    assert ("5А", EVA) in names(pressed(rows))


def test_a_name_and_a_room_that_are_right_already_keep_their_spelling() -> None:
    rows = observing([sitting("5А", room="12")], ALL[:1], visits=[visit("5А", "ежова  ева", room=12.0)])
    assert [(row["observer"], row["room"]) for row in pressed(rows)] == [("ежова  ева", 12.0)]
    moved = {**rows, "schedule": [sitting("5А", room="14")]}
    assert [(row["observer"], row["room"]) for row in pressed(moved)] == [("ежова  ева", "14")]


def test_an_observer_taken_off_the_list_is_replaced_and_others_stay() -> None:
    rows = observing([sitting("5А"), sitting("5Б", number=1)], [observer(JAN)])
    rows["visits"] = [visit("5А", EVA), visit("5Б", JAN, number=1)]
    plan = observers_of(rows)
    assert [(change.visit.classes, change.gone[0].bars, change.come) for change in plan.changes] == [
        (("5А",), (DutyBar.UNKNOWN,), (JAN,))
    ]


def test_no_observers_wanted_leaves_no_rows_but_records() -> None:
    rows = observing([sitting("5А"), sitting("5Б")], ALL, each=0)
    rows["visits"] = [visit("5А", EVA), visit("5Б", JAN, report_in="да")]
    assert names(pressed(rows)) == [("5Б", JAN)]


@settings(max_examples=150, deadline=None)
@given(observed_schools())
def test_the_rows_of_a_work_name_just_who_is_planned_there_and_a_gap_for_each_who_is_missing(rows: Rows) -> None:
    plan = observers_of(rows)
    told = Counter(
        (row["date"].date(), row["school_class"], row["subject"], row["observer"]) for row in written_rows(rows, plan)
    )  # type: ignore[union-attr]
    meant = Counter(
        (one.visit.time.day, *work, name)
        for one in plan.visits
        for work in one.visit.works
        for name in (*one.names, *[None] * (plan.need - len(one.names)))
    )
    assert told == meant


@settings(max_examples=150, deadline=None)
@given(observed_schools(), st.data())
def test_whatever_is_pressed_records_stages_and_own_cells_stay_with_their_rows(rows: Rows, data: st.DataObject) -> None:
    kinds: list[Row] = [{}, {"report_in": "да"}, {"violations": "шум"}, {"stage": "загрузка форм"}]
    rows["visits"] = [row | data.draw(st.sampled_from(kinds)) for row in rows["visits"]]
    own = [data.draw(st.sampled_from(["", f"заметка {number}"])) for number in range(len(rows["visits"]))]
    after = written_rows(rows, observers_of(rows, own=own), own)

    def told(row: Row) -> tuple[object, ...]:
        return (row["date"], row["school_class"], row["subject"], row["stage"], row["own"])

    before = [row | {"own": note} for row, note in zip(rows["visits"], own, strict=True)]
    assert Counter(told(row) for row in before if row["own"]) == Counter(told(row) for row in after if row["own"])
    kept = [
        (*told(row), row["observer"], row.get("report_in"), row.get("violations"))
        for row in before
        if row.get("report_in") or row.get("violations") or row["stage"] != "проведение"
    ]
    assert not Counter(kept) - Counter(
        (*told(row), row["observer"], row.get("report_in"), row.get("violations")) for row in after
    )
