"""From when to when a work is checked, and until when it is uploaded."""

from __future__ import annotations

from datetime import date

from xlpy.plan.deadlines import check_deadline, checking_days, days_off_of, upload_deadline
from xlpy.tables import schema
from xlpy.tables.frames import read_tables
from xlpy.tables.raw import Value
from xlpy.tables.settings import Settings, read_settings
from xlpy.workbook.memory import MemoryWorkbook

FRIDAY, MONDAY, TUESDAY = date(2021, 4, 16), date(2021, 4, 19), date(2021, 4, 20)


def settings(**values: Value) -> Settings:
    captions = {"check_days": "Дней на проверку", "upload_days": "Дней на загрузку", "days_off": "Нерабочие дни школы"}
    rows: list[dict[str, Value]] = [{"parameter": captions[key], "setting": one} for key, one in values.items()]
    tables = read_tables(MemoryWorkbook.filled({"settings": rows}).read_tables(schema.SHEETS))
    return read_settings(tables["settings"])


def test_working_days_are_counted_over_the_weekend_and_the_school_s_days_off() -> None:
    known = settings(check_days=1.0, upload_days=2.0, days_off="20.04.2021")
    assert check_deadline(FRIDAY, None, known, days_off_of(known)) == MONDAY
    assert upload_deadline(FRIDAY, None, known, days_off_of(known)) == date(2021, 4, 21)


def test_a_written_deadline_counts_before_a_counted_one() -> None:
    assert check_deadline(FRIDAY, TUESDAY, settings(check_days=0.0), frozenset()) == TUESDAY


def test_checking_lasts_from_the_first_part_to_the_deadline_of_the_second() -> None:
    known = settings(check_days=1.0)
    assert checking_days(FRIDAY, None, None, known, frozenset()) == (FRIDAY, MONDAY)
    assert checking_days(FRIDAY, MONDAY, None, known, frozenset()) == (FRIDAY, TUESDAY)


def test_a_deadline_before_the_work_leaves_the_day_of_the_work() -> None:
    assert checking_days(MONDAY, None, FRIDAY, settings(), frozenset()) == (MONDAY, MONDAY)
