"""Facts about teachers that decide who may check a class."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlpy.analysis import staff
from xlpy.analysis.staff import Period
from xlpy.tables import schema
from xlpy.tables.frames import Table, read_tables
from xlpy.tables.raw import Value
from xlpy.tables.settings import PACKS, PAPERS, read_settings
from xlpy.workbook.memory import MemoryWorkbook

ANNA, BORIS = "Иванова Анна Петровна", "Петров Борис Ильич"
DAYS = st.one_of(st.none(), st.dates(date(2021, 3, 1), date(2021, 3, 9)))


def moment(month: int, day: int) -> datetime:
    return datetime(2021, month, day)


def tables(**rows: list[dict[str, Value]]) -> dict[str, Table]:
    return read_tables(MemoryWorkbook.filled(rows).read_tables(schema.SHEETS))


def lesson(until: datetime | None, teacher: str = ANNA, school_class: str = "5А") -> dict[str, Value]:
    return {"teacher": teacher, "subject": "Физика", "school_class": school_class, "until": until}


@pytest.mark.parametrize(
    ("until", "now", "before"),
    [
        (None, {(ANNA, "5А")}, set()),
        (moment(3, 16), {(ANNA, "5А")}, set()),
        (moment(3, 15), set(), {(ANNA, "5А")}),
    ],
)
def test_lessons_are_past_from_the_day_after_their_last(
    until: datetime | None, now: set[tuple[str, str]], before: set[tuple[str, str]]
) -> None:
    workload = tables(workload=[lesson(until)])["workload"]
    assert staff.teaches(workload, date(2021, 3, 16)) == now
    assert staff.taught(workload, date(2021, 3, 16)) == before


def test_one_who_came_back_to_a_class_teaches_it() -> None:
    workload = tables(workload=[lesson(moment(1, 15)), lesson(None)])["workload"]
    assert staff.taught(workload, date(2021, 3, 16)) == frozenset()


def test_a_conflict_without_a_subject_is_with_the_whole_class_however_the_name_is_spelled() -> None:
    declared = staff.declared_conflicts(
        tables(
            conflicts=[
                {"person": "иванова  анна петровна", "school_class": "5А; 5Б"},
                {"person": BORIS, "school_class": "5А", "subject": "Физика"},
            ]
        )["conflicts"]
    )
    assert staff.has_conflict(declared, ANNA, "5Б", "Химия")
    assert staff.has_conflict(declared, BORIS, "5А", "Физика")
    assert not staff.has_conflict(declared, BORIS, "5А", "Химия")


def test_every_name_of_a_list_counts_with_every_other() -> None:
    read = tables(
        teachers=[{"teacher": ANNA}, {"teacher": BORIS}],
        classes=[{"school_class": "5А", "homeroom": f"{ANNA};{BORIS.lower()}"}, {"school_class": "5Б"}],
        workload=[
            {"teacher": f"{ANNA}; {BORIS.lower()} ;", "subject": "физика;Химия", "school_class": "5a;5 б"},
            {"teacher": ANNA, "subject": "Физика", "school_class": "6А; 6Б", "until": moment(1, 15)},
        ],
        conflicts=[{"person": ANNA, "school_class": "5А;5Б", "subject": "Математика; физика"}],
    )
    both, day = {ANNA, BORIS}, date(2021, 3, 16)
    assert staff.homeroom_of(read["classes"]) == {"5А": both}
    assert staff.teaches(read["workload"], day) == {(ANNA, "5А"), (ANNA, "5Б"), (BORIS, "5А"), (BORIS, "5Б")}
    assert staff.taught(read["workload"], day) == {(ANNA, "6А"), (ANNA, "6Б")}
    assert staff.subject_teachers(read["workload"]) == {
        **{(name, subject): both for name in ("5А", "5Б") for subject in ("Физика", "Химия")},
        **{(name, "Физика"): {ANNA} for name in ("6А", "6Б")},
    }
    declared = staff.declared_conflicts(read["conflicts"])
    works = [(name, subject) for name in ("5А", "5Б") for subject in ("Математика", "Физика", "Химия")]
    assert [staff.has_conflict(declared, ANNA, *work) for work in works] == [True, True, False] * 2


@pytest.mark.parametrize(("grade", "knows"), [(4, True), (1, True), (5, False), (None, False)])
def test_a_primary_teacher_knows_every_subject_of_grades_one_to_four(grade: int | None, knows: bool) -> None:
    assert staff.is_qualified(frozenset({schema.PRIMARY_TEACHER}), "Окружающий мир", grade) is knows


def test_everyone_may_check_where_nobody_has_the_role_of_expert() -> None:
    rows: list[dict[str, Value]] = [{"teacher": ANNA, "roles": "директор"}, {"teacher": BORIS}]
    assert staff.experts(tables(teachers=rows)["teachers"]) == {ANNA, BORIS}
    rows[0]["roles"] = "эксперт; директор"
    assert staff.experts(tables(teachers=rows)["teachers"]) == {ANNA}


def test_an_own_limit_counts_before_the_school_s_and_zero_is_a_limit() -> None:
    read = tables(
        teachers=[{"teacher": ANNA, "paper_limit": 0.0}, {"teacher": BORIS}],
        settings=[{"parameter": "Лимит работ на проверяющего", "setting": 7.0}],
    )
    assert staff.limits(read["teachers"], read_settings(read["settings"])) == {ANNA: 0, BORIS: 7}


@pytest.mark.parametrize(("unit", "load"), [(PACKS, 1), (PAPERS, 25)])
def test_a_class_of_papers_loads_one_pack_or_as_many_papers(unit: str, load: int) -> None:
    read = tables(settings=[{"parameter": "Единица нагрузки", "setting": unit}])
    assert staff.load_of(25, read_settings(read["settings"])) == load


@given(DAYS, DAYS, DAYS, DAYS)
def test_two_periods_overlap_when_a_day_lies_in_both(
    one: date | None, two: date | None, three: date | None, four: date | None
) -> None:
    days = [date.fromordinal(date(2021, 2, 1).toordinal() + n) for n in range(80)]

    def holds(period: Period, day: date) -> bool:
        return (period.start is None or period.start <= day) and (period.end is None or day <= period.end)

    first, second = Period(one, two), Period(three, four)
    if all(p.start is None or p.end is None or p.start <= p.end for p in (first, second)):
        assert staff.overlap(first, second) == any(holds(first, day) and holds(second, day) for day in days)


def test_one_date_of_absence_leaves_the_other_side_open() -> None:
    away = staff.absences(
        tables(teachers=[{"teacher": ANNA, "absent_from": moment(3, 16)}, {"teacher": BORIS}])["teachers"]
    )
    assert set(away) == {ANNA}
    assert staff.is_absent(away, ANNA, Period(date(2021, 5, 1), date(2021, 5, 3)))
    assert not staff.is_absent(away, ANNA, Period(date(2021, 3, 14), date(2021, 3, 15)))
