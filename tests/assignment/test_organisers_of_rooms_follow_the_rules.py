"""«Организатор» case by case: what bars somebody, what is shared, what stays, what is written."""

from __future__ import annotations

import pytest

from tests.assignment.duty_schools import (
    PEOPLE,
    Row,
    Rows,
    conflict,
    keeper,
    kept,
    lesson_of,
    observer,
    organisers_of,
    sitting,
)
from tests.assignment.schools import SHEETS, day
from xlpy.assignment.duty import DutyBar
from xlpy.assignment.duty_wording import organiser_lines, organisers_dict, summary_of_organisers
from xlpy.assignment.organisers import OrganiserPlan, Standing, organiser_rows
from xlpy.workbook.memory import MemoryWorkbook, raw_table

EVA, JAN, ZOE, ILYA = PEOPLE
TWO = [keeper(EVA), keeper(JAN)]


def names(plan: OrganiserPlan) -> dict[str, tuple[str, ...]]:
    return {one.seat.work[0]: one.names for one in plan.seats}


def breaches(plan: OrganiserPlan) -> dict[str, tuple[DutyBar, ...]]:
    return {one.person: one.bars for change in plan.breaches for one in change.gone}


BARRED = {
    DutyBar.TEACHES: {"workload": [lesson_of(EVA, "4А", until=day(-60))]},
    DutyBar.CHECKER: {"checkers": [{"school_class": "4А", "subject": "Математика", "second_checker": EVA}]},
    DutyBar.CONFLICT: {"conflicts": [conflict(EVA, "4А")]},
    DutyBar.RELATIVE: {"observers": [observer(EVA, "4А; 5Б")]},
    DutyBar.ABSENT: {"teachers": [keeper(EVA, absent_from=day(1), absent_to=day(1)), keeper(JAN)]},
    DutyBar.UNKNOWN: {"teachers": [keeper(JAN)]},
}


@pytest.mark.parametrize("bar", BARRED)
def test_whom_a_rule_bars_is_not_chosen_and_where_they_stand_is_named_and_replaced_when_asked(bar: DutyBar) -> None:
    rows = {**kept(TWO, [sitting("4А", second_date=day(1))]), **BARRED[bar]}
    assert names(organisers_of(rows)) == {"4А": (JAN,)}
    rows["schedule"] = [sitting("4А", second_date=day(1), organiser=EVA)]
    stays = organisers_of(rows)
    assert names(stays) == {"4А": (EVA,)}
    assert breaches(stays) == {EVA: (bar,)}
    replaced = organisers_of(rows, Standing.REPLACED)
    assert names(replaced) == {"4А": (JAN,)}
    assert [(c.gone[0].bars, c.come) for c in replaced.changes] == [((bar,), (JAN,))]


def test_a_primary_teacher_of_a_class_teaches_it_every_subject() -> None:
    rows = kept(TWO, [sitting("4А")], workload=[lesson_of(EVA, "4А", "начальные классы")])
    assert names(organisers_of(rows)) == {"4А": (JAN,)}


def test_the_role_decides_who_is_chosen_and_keeps_nobody_from_where_they_stand() -> None:
    people = [keeper(EVA, "эксперт"), keeper(JAN)]
    assert names(organisers_of(kept(people, [sitting("5А")]))) == {"5А": (JAN,)}
    assert not organisers_of(kept(people, [sitting("5А", organiser=EVA)])).breaches
    assert names(organisers_of(kept([keeper(EVA, "эксперт")], [sitting("5А")]))) == {"5А": (EVA,)}


def test_two_classes_in_one_room_share_one_organiser_and_one_load() -> None:
    plan = organisers_of(kept(TWO, [sitting("5А", room="12"), sitting("5Б", room="12"), sitting("6А", room="14")]))
    found = names(plan)
    assert found["5А"] == found["5Б"] != found["6А"]
    assert sorted(plan.loads.values()) == [1, 1]


def test_a_row_shares_the_organiser_who_stands_in_its_room() -> None:
    plan = organisers_of(kept(TWO, [sitting("5А", room="12", organiser=JAN), sitting("5Б", room="12")]))
    assert names(plan)["5Б"] == (JAN,)


def test_where_nobody_may_serve_both_classes_of_a_room_each_has_their_own() -> None:
    rows = kept(
        TWO,
        [sitting("5А", room="12"), sitting("5Б", room="12")],
        workload=[lesson_of(EVA, "5А"), lesson_of(JAN, "5Б")],
    )
    assert names(organisers_of(rows)) == {"5А": (JAN,), "5Б": (EVA,)}


def test_a_name_against_a_rule_that_nobody_can_replace_stays_and_is_named() -> None:
    rows = kept(TWO[:1], [sitting("5А", organiser=EVA)], workload=[lesson_of(EVA, "5А")])
    plan = organisers_of(rows, Standing.REPLACED)
    assert names(plan) == {"5А": (EVA,)}
    assert breaches(plan) == {EVA: (DutyBar.TEACHES,)}
    assert not plan.changes


def test_of_two_names_in_a_cell_only_the_one_against_a_rule_is_replaced() -> None:
    rows = kept(
        [keeper(EVA), keeper(JAN), keeper(ZOE)],
        [sitting("5А", organiser=f"{EVA}; {JAN}")],
        conflicts=[conflict(EVA, "5А")],
    )
    assert {*names(organisers_of(rows, Standing.REPLACED))["5А"]} == {JAN, ZOE}


def test_works_gone_by_keep_what_they_had() -> None:
    rows = kept(TWO, [sitting("5А"), sitting("5Б", number=2)], workload=[lesson_of(EVA, "5Б")])
    plan = organisers_of(rows, today=day(1).date())
    assert names(plan) == {"5Б": (JAN,)}
    assert plan.past == 1


def test_a_room_that_nobody_can_take_names_everyone_with_the_reason() -> None:
    rows = kept(
        [keeper(EVA), keeper(JAN), keeper(ZOE, "эксперт")],
        [sitting("5А"), sitting("5Б", organiser=JAN)],
        workload=[lesson_of(EVA, "5А")],
    )
    plan = organisers_of(rows)
    assert [gap.visit.classes for gap in plan.gaps] == [("5А",)]
    assert {one.person: one.bars for one in plan.gaps[0].hindered} == {
        EVA: (DutyBar.TEACHES,),
        JAN: (DutyBar.BUSY,),
        ZOE: (DutyBar.NO_ROLE,),
    }
    said = " ".join((summary_of_organisers(plan), *organiser_lines(plan, Standing.KEPT)))
    assert all(part in said for part in ("5А", "12.04.2021", EVA, JAN, ZOE))
    assert organisers_dict(plan)["uncovered"][0]["missing"] == 1  # type: ignore[index]


def test_only_the_cells_of_organisers_change_and_rows_stay_in_their_order() -> None:
    schedule: list[Row] = [
        sitting("5Б", organiser=ZOE, video="да", evidence="папка 1"),
        {"school_class": "6А"},
        sitting("5А", organiser=None, form="бумажная"),
        sitting("5А", organiser=None, form="компьютерная"),
    ]
    rows: Rows = kept(TWO, schedule)
    own = ["один", "два", "три", "четыре"]
    raw = raw_table(SHEETS["schedule"], schedule, {"Своё": own})
    book = MemoryWorkbook({"schedule": raw})
    plan = organisers_of(rows)
    book.write_table(SHEETS["schedule"], organiser_rows(raw, plan))
    at = [column.key for column in SHEETS["schedule"].columns].index("organiser")
    after = book.tables["schedule"].values
    assert [line[at] for line in after][:2] == [ZOE, None]
    assert after[2][at] in {EVA, JAN}
    assert [line[:at] + line[at + 1 :] for line in after] == [line[:at] + line[at + 1 :] for line in raw.values]
