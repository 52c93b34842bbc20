"""Working days of a Russian school: the production calendar with its moved days, and the school's own days off.

The calendar is the `holidays` package: it knows the moved days that the government has announced, not those of years
to come. The week has five days: a school that works on Saturdays still has no check works then.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase

_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


@cache
def _calendar(year: int) -> HolidayBase:
    import holidays

    return holidays.country_holidays("RU", years=year)


def is_working_day(day: date, days_off: frozenset[date] = frozenset()) -> bool:
    """Whether the school works: no weekend, no public or moved holiday, none of its own days off."""
    return day not in days_off and bool(_calendar(day.year).is_working_day(day))


def add_working_days(day: date, count: int, days_off: frozenset[date] = frozenset()) -> date:
    """Return the working day that is `count` working days after `day`; with 0, `day` itself."""
    if count < 0:
        raise ValueError(f"count {count}")
    current = day
    while count:
        current += timedelta(days=1)
        count -= is_working_day(current, days_off)
    return current


def parse_days_off(text: str) -> tuple[frozenset[date], tuple[str, ...]]:
    """Return the dates of a «;» list (dd.mm.yyyy, or a range with a dash) and the pieces that are no dates."""
    found: set[date] = set()
    unread: list[str] = []
    for piece in (part.strip() for part in re.split(r"[;,\n]", text)):
        if not piece:
            continue
        days = [_day(*match) for match in _DATE.findall(piece)]
        known = [day for day in days if day is not None]
        if len(known) == 1 == len(days):
            found.add(known[0])
        elif len(known) == 2 == len(days) and known[0] <= known[1] <= known[0] + timedelta(days=366):
            found.update(known[0] + timedelta(days=n) for n in range((known[1] - known[0]).days + 1))
        else:
            unread.append(piece)
    return frozenset(found), tuple(unread)


def _day(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def as_day(moment: object) -> date | None:
    """Return the day of a typed date cell; None for NaT."""
    return moment.date() if isinstance(moment, datetime) and moment == moment else None  # noqa: PLR0124 - NaT
