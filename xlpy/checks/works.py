"""Works of «График», each row once typed, with the days its papers are checked."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xlpy.checks.rows import rows_of
from xlpy.plan.deadlines import checking_days, upload_deadline
from xlpy.tables.frames import Table
from xlpy.tables.normalise import grade_of
from xlpy.tables.settings import Settings


@dataclass(frozen=True, slots=True)
class Work:
    """One row of «График». `known`: class and subject are on their lists. `days`: first and last day of checking."""

    row: int
    school_class: str
    subject: str
    grade: int | None
    known: bool
    date: dt.date | None
    second_date: dt.date | None
    lesson: int | None
    room: str
    organiser: str
    check_until: dt.date | None
    upload_until: dt.date | None
    uploaded: dt.date | None
    days: tuple[dt.date, dt.date] | None
    upload_due: dt.date | None

    @property
    def name(self) -> tuple[str, str]:
        """Class and subject: what other sheets call the work by."""
        return self.school_class, self.subject


_KEYS = ("school_class", "subject", "date", "second_date", "lesson", "room", "organiser")
_DEADLINES = ("check_until", "upload_until", "uploaded")


def works_of(
    schedule: Table, classes: frozenset[str], subjects: frozenset[str], settings: Settings, days_off: frozenset[dt.date]
) -> tuple[Work, ...]:
    """Return the rows of «График» in their order."""
    works = []
    for row, school_class, subject, day, second, lesson, room, organiser, until, upload, uploaded in rows_of(
        schedule, *_KEYS, *_DEADLINES
    ):
        last_part = max(day, second) if day and second else day
        works.append(
            Work(
                row=row,
                school_class=school_class,
                subject=subject,
                grade=grade_of(school_class),
                known=school_class in classes and subject in subjects,
                date=day,
                second_date=second,
                lesson=lesson,
                room=room,
                organiser=organiser,
                check_until=until,
                upload_until=upload,
                uploaded=uploaded,
                days=checking_days(day, second, until, settings, days_off) if day else None,
                upload_due=upload_deadline(last_part, upload, settings, days_off) if last_part else None,
            )
        )
    return tuple(works)


def first_of_each(works: Sequence[Work]) -> dict[tuple[str, str], Work]:
    """(class, subject) → its first row."""
    found: dict[tuple[str, str], Work] = {}
    for work in works:
        if work.known:
            found.setdefault(work.name, work)
    return found


def strange_works(works: Iterable[Work]) -> tuple[Counter[str], Counter[str]]:
    """Subjects of rows whose class is not known, and classes of rows whose subject is not: what they hide is unsure."""
    unsure = [work for work in works if not work.known]
    return Counter(work.subject for work in unsure), Counter(work.school_class for work in unsure)
