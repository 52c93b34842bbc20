from __future__ import annotations

from datetime import date, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlpy.plan.working_days import add_working_days, as_day, is_working_day, parse_days_off


@pytest.mark.parametrize(
    "day",
    [
        date(2024, 1, 1),
        date(2024, 2, 23),
        date(2024, 4, 29),  # moved from Saturday 27 April
        date(2024, 5, 9),
        date(2024, 4, 20),
        date(2024, 4, 21),
    ],
)
def test_weekends_holidays_and_moved_days_are_off(day: date) -> None:
    assert not is_working_day(day)


def test_a_saturday_made_a_working_day_is_one() -> None:
    assert is_working_day(date(2024, 4, 27))


def test_the_school_s_own_day_off_is_off() -> None:
    assert is_working_day(date(2024, 4, 24))
    assert not is_working_day(date(2024, 4, 24), frozenset({date(2024, 4, 24)}))


@given(st.dates(date(2015, 1, 1), date(2035, 12, 31)), st.integers(0, 30), st.sets(st.integers(0, 60), max_size=10))
def test_counting_agrees_with_a_plain_walk(day: date, count: int, off: set[int]) -> None:
    days_off = frozenset(day + timedelta(n) for n in off)
    end = add_working_days(day, count, days_off)
    between = [day + timedelta(n) for n in range(1, (end - day).days + 1)]
    assert sum(is_working_day(one, days_off) for one in between) == count
    assert count == 0 or is_working_day(end, days_off)


def test_a_negative_count_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="-1"):
        add_working_days(date(2024, 4, 1), -1)


def test_days_off_are_read_as_single_days_and_ranges_and_the_rest_is_named() -> None:
    found, unread = parse_days_off("06.05.2026; 08.05.2026 - 10.05.2026, 31.02.2026\nпотом; ;")
    assert found == {date(2026, 5, 6), date(2026, 5, 8), date(2026, 5, 9), date(2026, 5, 10)}
    assert unread == ("31.02.2026", "потом")


@pytest.mark.parametrize("text", ["10.05.2026 - 08.05.2026", "01.01.2024 - 01.01.2026", "1.5.26"])
def test_a_range_that_cannot_be_meant_is_named(text: str) -> None:
    assert parse_days_off(text) == (frozenset(), (text,))


def test_the_day_of_a_cell_is_none_where_the_cell_is_empty() -> None:
    assert as_day(datetime(2024, 4, 1, 9, 30)) == date(2024, 4, 1)
    assert as_day(pd.Timestamp("2024-04-01")) == date(2024, 4, 1)
    assert as_day(pd.NaT) is None
    assert as_day(None) is None
