"""What cannot be covered is named with everyone's reason; a refusal means on «Конфликты» just what was said."""

from __future__ import annotations

from datetime import date

import pytest

from tests.assignment.duty_schools import (
    PEOPLE,
    Row,
    Rows,
    conflict,
    keeper,
    observer,
    observers_of,
    observing,
    sitting,
    visit,
)
from tests.assignment.schools import day, read
from xlpy.assignment.duty import DutyBar
from xlpy.assignment.duty_wording import observer_lines, observers_dict, summary_of_observers
from xlpy.assignment.observer_question import ask
from xlpy.assignment.refusals import Refusal, conflict_rows, refused_works
from xlpy.words import duties as words

EVA, JAN, ZOE, ILYA = PEOPLE
TODAY = date(2021, 1, 1)


def test_every_reason_has_its_words() -> None:
    assert set(words.BARS) == {bar.value for bar in DutyBar}


def test_a_gap_names_everyone_with_the_reason() -> None:
    rows = observing(
        [sitting("5А"), sitting("5Б")],
        [
            observer(EVA, "6А; 5А"),
            observer(JAN),
            observer(ZOE, "", day(1)),
            observer(ILYA),
            observer("Кузина Кира"),
        ],
        each=2,
        teachers=[keeper("кузина  кира")],
        conflicts=[conflict(ILYA, "5А"), conflict(JAN, "5Б", "Физика")],
    )
    gap = next(gap for gap in observers_of(rows).gaps if gap.visit.classes == ("5А",))
    assert gap.missing == 1
    assert {one.person: one.bars for one in gap.hindered} == {
        EVA: (DutyBar.OWN_CHILD,),
        ZOE: (DutyBar.NOT_FREE,),
        ILYA: (DutyBar.CONFLICT,),
        "Кузина Кира": (DutyBar.EMPLOYEE,),
    }


def test_someone_in_another_room_at_that_time_is_said_to_be_there() -> None:
    plan = observers_of(observing([sitting("5А"), sitting("5Б")], [observer(EVA)]))
    assert [one.bars for gap in plan.gaps for one in gap.hindered] == [(DutyBar.BUSY,)]
    assert sum(gap.missing for gap in plan.gaps) == 1


def test_an_untold_lesson_runs_into_its_whole_day_and_no_other_lesson_does() -> None:
    told = observing([sitting("5А", lesson=2), sitting("5Б", lesson=3)], [observer(EVA)])
    assert not observers_of(told).gaps
    untold = observing([sitting("5А", lesson=2), sitting("5Б", lesson=None), sitting("6А", lesson=3)], [observer(EVA)])
    assert [gap.visit.classes for gap in observers_of(untold).gaps] == [("5Б",)]


def test_without_observers_every_place_is_a_gap_that_says_so() -> None:
    plan = observers_of(observing([sitting("5А")], []))
    assert [gap.hindered for gap in plan.gaps] == [()]
    assert "никого нет" in " ".join(observer_lines(plan))


def test_a_name_twice_on_the_list_is_one_person_with_every_child() -> None:
    rows = observing([sitting("5А"), sitting("5Б", number=1)], [observer(EVA, "5А"), observer(EVA.upper(), "5Б")])
    assert len(observers_of(rows).gaps) == 2


def test_lines_name_the_day_the_room_the_class_who_goes_and_who_comes() -> None:
    rows = observing(
        [sitting("5А", room="12")], [observer(EVA, "5А"), observer(JAN)], visits=[visit("5А", EVA, room="12")]
    )
    plan = observers_of(rows)
    line = next(line for line in observer_lines(plan) if EVA in line)
    assert all(part in line for part in ("12.04.2021", "урок 2", "кабинет 12", "5А", JAN, "ребёнок"))
    assert "1 из 1" in summary_of_observers(plan).replace("\N{NO-BREAK SPACE}", " ")
    change = observers_dict(plan)["changes"][0]  # type: ignore[index]
    assert change["gone"] == [{"person": EVA, "reasons": ["own child"]}]
    assert change["come"] == [JAN]


def rows_of(rows: Rows, refusal: Refusal, today: date = TODAY) -> list[tuple[object, object]]:
    tables, settings = read(rows)
    question = ask(tables, settings, today)
    works = refused_works(question, refusal)
    return [
        (row["school_class"], row["subject"]) for row in conflict_rows(tables, question, refusal.person, works, "отказ")
    ]


SCHEDULE = [
    sitting("5А", "Математика", 0),
    sitting("5А", "Физика", 1),
    sitting("5Б", "Математика", 0),
    sitting("5Б", "Физика", 1),
    sitting("6А", "Физика", 2),
]


@pytest.mark.parametrize(
    ("refusal", "written"),
    [
        (Refusal(EVA), [("5А", None), ("5Б", None), ("6А", None)]),
        (Refusal(EVA, school_class="5Б"), [("5Б", None)]),
        (Refusal(EVA, day(1).date()), [("5А", "Физика"), ("5Б", "Физика")]),
        (Refusal(EVA, day(1).date(), "5А"), [("5А", "Физика")]),
        (Refusal(EVA, day(2).date()), [("6А", None)]),
        (Refusal(EVA, day(9).date()), []),
        (Refusal(EVA, school_class="9А"), []),
    ],
)
def test_a_refusal_means_what_was_said_and_nothing_more(refusal: Refusal, written: list[tuple[object, object]]) -> None:
    assert rows_of(observing(SCHEDULE, [observer(EVA)]), refusal) == written


def test_what_somebody_has_observed_already_is_not_refused_afterwards() -> None:
    rows = observing(SCHEDULE, [observer(EVA)], visits=[visit("5А", EVA, report_in="да")])
    assert rows_of(rows, Refusal(EVA)) == [("5А", "Физика"), ("5Б", None), ("6А", None)]


def test_a_refusal_that_stands_already_is_not_written_again() -> None:
    rows = observing(SCHEDULE, [observer(EVA)], conflicts=[conflict(EVA, "5А; 5Б"), conflict(EVA, "6А", "Физика")])
    assert rows_of(rows, Refusal(EVA)) == []


@pytest.mark.parametrize("refusal", [Refusal(EVA, day(1).date()), Refusal(EVA, school_class="5А"), Refusal(EVA)])
def test_after_a_refusal_others_stay_and_the_refused_places_are_taken(refusal: Refusal) -> None:
    people = [observer(EVA), observer(JAN), observer(ZOE)]
    before = observers_of(observing(SCHEDULE, people))
    visits: list[Row] = [dict(row) for row in before.rows]
    rows = observing(SCHEDULE, people, visits=visits)
    rows["conflicts"] = [
        {"person": EVA, "school_class": school_class, "subject": subject}  # type: ignore[dict-item]
        for school_class, subject in rows_of(rows, refusal)
    ]
    after = observers_of(rows)
    assert not after.gaps
    meant = {change.visit for change in after.changes}
    assert all(one.person == EVA for change in after.changes for one in change.gone)
    assert {one.visit: one.names for one in before.visits if one.visit not in meant} == {
        one.visit: one.names for one in after.visits if one.visit not in meant
    }
