from __future__ import annotations

from datetime import date

from tests.assignment.schools import TEACHERS, as_day, day, papers, plan, read, school, setting, teacher, work
from xlpy.analysis.staff import Period
from xlpy.assignment.packs import Pack, read_packs

ANNA = teacher(TEACHERS[0])


def packs(*schedule, **sheets) -> tuple[Pack, ...]:
    return read_packs(*read(school([ANNA], schedule, **sheets)))


def test_two_dates_of_one_work_are_one_pack_checked_over_both() -> None:
    (pack,) = packs(work("5А", number=0, check_until=day(2)), work("5А", number=7, check_until=day(9)))
    assert pack.days == Period(as_day(day(0)), as_day(day(9)))


def test_the_second_part_of_a_work_moves_the_end_of_checking() -> None:
    (pack,) = packs(work("5А", second_date=day(7)), settings=[setting("Дней на проверку", 2)])
    assert pack.days == Period(as_day(day(0)), date(2021, 4, 21))


def test_days_of_checking_are_working_days() -> None:
    (pack,) = packs(work("5А", number=3), settings=[setting("Дней на проверку", 3)])
    assert pack.days == Period(date(2021, 4, 15), date(2021, 4, 20))


def test_a_work_without_a_date_is_still_a_pack() -> None:
    (pack,) = packs({"school_class": "5А", "subject": "Математика"})
    assert pack.days is None


def test_rows_without_class_or_subject_are_left_to_the_checks() -> None:
    assert packs({"date": day(0), "subject": "Математика"}, {"date": day(0), "school_class": "5А"}) == ()


def test_packs_stand_by_grade_then_letter_then_subject() -> None:
    found = packs(work("10А"), work("5Б"), work("5А", "Физика"), work("5А"))
    assert [pack.work for pack in found] == [
        ("5А", "Математика"),
        ("5А", "Физика"),
        ("5Б", "Математика"),
        ("10А", "Математика"),
    ]


def test_papers_are_the_rows_that_are_not_absent() -> None:
    rows = papers("5А", "Математика", 5)
    rows[0]["variant"] = "отсутствовал"
    (pack,) = packs(work("5А"), results=rows)
    assert pack.papers == 4


def test_without_rows_yet_papers_are_those_the_participants_will_write() -> None:
    people = [
        {"code": f"5000{n}", "school_class": "5А", "takes_part": word} for n, word in enumerate(["да", "нет", None])
    ]
    (pack,) = packs(work("5А"), participants=people)
    assert pack.papers == 2


def test_a_class_where_all_were_absent_has_no_papers() -> None:
    rows = papers("5А", "Математика", 2)
    for row in rows:
        row["variant"] = "отсутствовал"
    (pack,) = packs(work("5А"), results=rows, participants=[{"code": "50001", "school_class": "5А"}])
    assert pack.papers == 0


def test_a_teacher_absent_on_the_last_day_of_checking_does_not_check() -> None:
    people = [
        teacher(TEACHERS[0], absent_from=day(2), absent_to=day(4)),
        teacher(TEACHERS[1], absent_from=day(3), absent_to=day(4)),
    ]
    assert plan(school(people, [work("5А", check_until=day(2))])).packs[0].checkers == (TEACHERS[1],)


def test_primary_teachers_check_every_subject_of_grade_four_and_none_of_grade_five() -> None:
    primary = [teacher(TEACHERS[0], "начальные классы")]
    result = plan(school(primary, [work("4А", "Окружающий мир"), work("5А")]))
    assert [pack.checkers for pack in result.packs] == [(TEACHERS[0],), ()]


def test_a_conflict_of_one_subject_leaves_the_others() -> None:
    people = [teacher(TEACHERS[0], "Математика; Физика")]
    conflicts = [{"person": TEACHERS[0], "school_class": "5А", "subject": "Физика"}]
    result = plan(school(people, [work("5А"), work("5А", "Физика", 1)], conflicts=conflicts))
    assert [pack.checkers for pack in result.packs] == [(TEACHERS[0],), ()]
