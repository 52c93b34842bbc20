"""When and where works are written: the sittings of «График», the visits to them, and who can be at one place only.

A place is a room, or the class itself where «График» names no room. A time is a day and a lesson; without a lesson it
is the whole day: nobody knows which lessons it runs into.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import product

from xlpy.plan.working_days import as_day
from xlpy.tables.frames import Table
from xlpy.tables.normalise import class_order, fold

Work = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Time:
    """A day and a lesson; None where «График» does not tell the lesson."""

    day: date
    lesson: int | None

    def order(self) -> tuple[date, bool, int]:
        """Sort key: by day and lesson, those without a lesson last."""
        return self.day, self.lesson is None, self.lesson or 0


@dataclass(frozen=True, slots=True)
class Sitting:
    """A work (class and subject) on one of its days; `room` as «График» writes it, "" where it does not."""

    time: Time
    room: str
    work: Work

    @property
    def place(self) -> str:
        """By what two sittings are in one place."""
        return fold(self.room) or self.work[0]


@dataclass(frozen=True, slots=True)
class Visit:
    """All that is written in one place at one time."""

    time: Time
    room: str
    works: tuple[Work, ...]

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes that sit there, each once."""
        return tuple(dict.fromkeys(school_class for school_class, _ in self.works))


def work_order(work: Work) -> tuple[tuple[int, str], str]:
    """Sort key of works: by class and subject."""
    return class_order(work[0]), work[1]


def _sitting_order(sitting: Sitting) -> tuple[object, ...]:
    return sitting.time.order(), work_order(sitting.work), sitting.room


def read_sittings(schedule: Table) -> tuple[Sitting, ...]:
    """Return what is written when and where, in an order that does not depend on the rows.

    A second part on another day is a sitting of its own. Rows without a day, a class or a subject are left out; of two
    rows of one work on one day the earlier lesson counts.
    """
    frame = schedule.frame
    found: list[Sitting] = []
    columns = (frame[key] for key in ("date", "second_date", "lesson", "room", "school_class", "subject"))
    for first, second, lesson, room, school_class, subject in zip(*columns, strict=True):
        if school_class and subject:
            found += [
                Sitting(Time(day, lesson_of(lesson)), room, (school_class, subject)) for day in days_of(first, second)
            ]
    once: dict[tuple[date, Work], Sitting] = {}
    for sitting in sorted(found, key=_sitting_order):
        once.setdefault((sitting.time.day, sitting.work), sitting)
    return tuple(once.values())


def count_left_out(schedule: Table) -> int:
    """How many rows have no day, no class or no subject: nobody can be sent there. The checks name their cells."""
    frame = schedule.frame
    columns = (frame[key] for key in ("date", "second_date", "school_class", "subject"))
    return sum(
        not (days_of(first, second) and c and subject) for first, second, c, subject in zip(*columns, strict=True)
    )


def days_of(first: datetime, second: datetime) -> tuple[date, ...]:
    """The days on which a row's work is written, each once."""
    days = (as_day(first), as_day(second))
    return tuple(dict.fromkeys(day for day in days if day is not None))


def lesson_of(lesson: float) -> int | None:
    """The lesson of a typed cell, NaN where it is empty."""
    return None if lesson != lesson else int(lesson)  # noqa: PLR0124 - NaN


def read_visits(sittings: Sequence[Sitting]) -> tuple[Visit, ...]:
    """Return the visits to `sittings` by time and class: two classes in one room at one time are one visit."""
    together: dict[tuple[Time, str], list[Sitting]] = {}
    for sitting in sorted(sittings, key=_sitting_order):
        together.setdefault((sitting.time, sitting.place), []).append(sitting)
    return tuple(
        Visit(time, there[0].room, tuple(sitting.work for sitting in there)) for (time, _), there in together.items()
    )


def are_at_once(one: Iterable[Time], other: Iterable[Time]) -> bool:
    """Whether any time of the one is a time of the other: the same lesson, or a day of which a lesson is not told."""
    return any(
        a.day == b.day and (a.lesson is None or b.lesson is None or a.lesson == b.lesson)
        for a, b in product(one, other)
    )


def first_open_day(days: Iterable[date], today: date) -> date:
    """The first day that is planned: today, or the first of all where none is left to come.

    Days gone by are history while works are still being written. A book that lies in the past as a whole is filled
    afterwards, or for practice: there every day is planned.
    """
    known = sorted(days)
    return today if known and known[-1] >= today else min(known, default=today)
