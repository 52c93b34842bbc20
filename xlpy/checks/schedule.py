"""Rules of «График»: days, rooms, organisers, deadlines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from xlpy.analysis.staff import PRIMARY_GRADES, is_qualified, names_in, subject_teachers, teaches
from xlpy.checks.eligibility import Staff
from xlpy.checks.findings import Hit
from xlpy.checks.names import is_misspelt
from xlpy.checks.rows import is_before
from xlpy.checks.slips import shown
from xlpy.checks.works import Work, first_of_each
from xlpy.plan.working_days import is_working_day
from xlpy.tables import schema
from xlpy.tables.frames import Table
from xlpy.tables.normalise import is_school_year
from xlpy.tables.settings import Settings
from xlpy.words.grammar import WORKS, counted, day

# September the first to August the thirty-first.
_FIRST_MONTH = 9


def _dates(works: Iterable[Work]) -> Iterable[tuple[Work, str, date]]:
    """Days on which works are written, with their column. A second part before the first is said by SCH-12."""
    for work in works:
        if work.date:
            yield work, "date", work.date
        if work.second_date and (work.date is None or work.second_date > work.date):
            yield work, "second_date", work.second_date


def _in_year(moment: date, year: str) -> bool:
    """Whether a day lies in the school year; without a readable year every day does."""
    if not is_school_year(year):
        return True
    start = int(year[:4])
    return date(start, _FIRST_MONTH, 1) <= moment < date(start + 1, _FIRST_MONTH, 1)


def outside_year(works: Sequence[Work], year: str) -> Iterable[Hit]:
    """Dates that are not in the school year."""
    for work, key, moment in _dates(works):
        if not _in_year(moment, year):
            yield Hit("schedule", work.row, key, {"date": day(moment), "year": year}, ("year", key))


def on_days_off(works: Sequence[Work], year: str, days_off: frozenset[date]) -> Iterable[Hit]:
    """Works on weekends, holidays or the school's own days off."""
    for work, key, moment in _dates(works):
        if _in_year(moment, year) and not is_working_day(moment, days_off):
            yield Hit("schedule", work.row, key, {"date": day(moment)}, (moment, key))


def outside_days(works: Sequence[Work], year: str, settings: Settings, days_off: frozenset[date]) -> Iterable[Hit]:
    """Dates before «ВПР с» or after «ВПР по», where both are in order; days off have their own rule."""
    start, end = settings.date("vpr_from"), settings.date("vpr_to")
    if start is None or end is None or start > end:
        return
    for work, key, moment in _dates(works):
        if _in_year(moment, year) and is_working_day(moment, days_off) and not start <= moment <= end:
            params = {"date": day(moment), "start": day(start), "end": day(end)}
            yield Hit("schedule", work.row, key, params, ("days", key))


def two_on_a_day(works: Sequence[Work], year: str) -> Iterable[Hit]:
    """Two works of one class on one day."""
    first: dict[tuple[str, date], Work] = {}
    for work, key, moment in _dates(works):
        if not work.school_class or not _in_year(moment, year):
            continue
        other = first.setdefault((work.school_class, moment), work)
        if other.name != work.name:
            params = {"date": day(moment), "school_class": work.school_class, "other": shown(other.subject)}
            yield Hit("schedule", work.row, key, params)


def _clash(works: Sequence[Work], key: str) -> Iterable[tuple[Work, Work]]:
    """Works of two classes that share a day, a lesson and `key` (room or organiser), with the first of them."""
    first: dict[tuple[str, date, int], Work] = {}
    for work in works:
        shared = getattr(work, key)
        if shared and work.date and work.lesson is not None:
            other = first.setdefault((shared, work.date, work.lesson), work)
            if other.school_class != work.school_class:
                yield work, other


def _clash_params(work: Work, other: Work) -> dict[str, object]:
    return {
        "room": shown(work.room),
        "organiser": work.organiser,
        "date": day(work.date),
        "lesson": work.lesson,
        "other": shown(other.school_class),
    }


def room_twice(works: Sequence[Work]) -> Iterable[Hit]:
    """One room for two classes at one lesson."""
    for work, other in _clash(works, "room"):
        yield Hit("schedule", work.row, "room", _clash_params(work, other))


def organiser_twice(works: Sequence[Work]) -> Iterable[Hit]:
    """One organiser with two classes at one lesson; in one room that is the room's matter."""
    for work, other in _clash(works, "organiser"):
        if not work.room or work.room != other.room:
            yield Hit("schedule", work.row, "organiser", _clash_params(work, other))


def organiser_of_own_subject(works: Sequence[Work], workload: Table, today: date) -> Iterable[Hit]:
    """An organiser who teaches the subject to the class."""
    by_work = subject_teachers(workload)
    for work in works:
        own = by_work.get(work.name, frozenset()) | by_work.get(
            (work.school_class, schema.PRIMARY_TEACHER), frozenset()
        )
        if work.organiser in own and (work.organiser, work.school_class) in teaches(workload, work.date or today):
            params = {"organiser": work.organiser, "subject": work.subject, "school_class": work.school_class}
            yield Hit("schedule", work.row, "organiser", params)


def check_overdue(works: Sequence[Work], untyped: Mapping[tuple[str, str], int], today: date) -> Iterable[Hit]:
    """Works whose checking is over by their deadline and whose points are not typed."""
    for work in works:
        count = untyped.get(work.name, 0) if work.known else 0
        if count and work.days and work.days[1] < today:
            params = {"date": day(work.days[1]), "papers": counted(count, *WORKS)}
            yield Hit("schedule", work.row, "check_until", params)


def upload_overdue(works: Sequence[Work], untyped: Mapping[tuple[str, str], int], today: date) -> Iterable[Hit]:
    """Works not uploaded by their deadline. What is not checked yet cannot be: that is said already."""
    for work in works:
        checked = not (work.days and work.days[1] < today and untyped.get(work.name))
        if work.known and work.upload_due and work.upload_due < today and work.uploaded is None and checked:
            yield Hit("schedule", work.row, "uploaded", {"date": day(work.upload_due)}, "upload")


def before_the_work(works: Sequence[Work]) -> Iterable[Hit]:
    """Dates of a work that lie before it was written."""
    for work in works:
        for key in ("second_date", "check_until", "upload_until", "uploaded"):
            moment = getattr(work, key)
            if is_before(moment, work.date):
                caption = schema.SCHEDULE.column(key).caption
                params = {"caption": caption, "date": day(moment), "work": day(work.date)}
                yield Hit("schedule", work.row, key, params)


def without_participants(works: Sequence[Work], participants: Table) -> Iterable[Hit]:
    """Classes that write a work and have no participants; once for each class."""
    present = set(participants.frame["school_class"])
    seen: set[str] = set()
    for work in works:
        if work.known and work.school_class not in present | seen:
            seen.add(work.school_class)
            yield Hit("schedule", work.row, "school_class", {"school_class": work.school_class}, "participants")


def without_teacher(
    works: Sequence[Work], workload: Table, classes: frozenset[str], subjects: frozenset[str]
) -> Iterable[Hit]:
    """Works whose teacher «Нагрузка» does not tell, where it tells of the class and nothing there is misspelt."""
    frame = workload.frame
    by_work = subject_teachers(workload)
    lessons = [(names_in(c), names_in(s)) for c, s in zip(frame["school_class"], frame["subject"], strict=True)]
    told = {name for there, _ in lessons for name in there}
    unsure_subjects = {name for there, taught in lessons if not classes.issuperset(there or ("",)) for name in taught}
    misspelt = {name for _, taught in lessons for name in taught if is_misspelt(name, subjects)}
    unsure_classes = {name for there, taught in lessons if not taught or misspelt & {*taught} for name in there}
    for name, work in first_of_each(works).items():
        if work.school_class not in told or name in by_work or (work.school_class, schema.PRIMARY_TEACHER) in by_work:
            continue
        if work.subject not in unsure_subjects and work.school_class not in unsure_classes:
            params = {"subject": work.subject, "school_class": work.school_class}
            yield Hit("schedule", work.row, "subject", params)


def nobody_qualified(works: Sequence[Work], staff: Staff) -> Iterable[Hit]:
    """Subjects that no expert of «Учителя» has, whatever the class; once for each, in primary school apart."""
    seen: set[tuple[str, bool]] = set()
    for work in first_of_each(works).values():
        kind = (work.subject, work.grade in PRIMARY_GRADES)
        if kind in seen or not staff.known:
            continue
        seen.add(kind)
        if not any(
            is_qualified(staff.subjects[name], work.subject, work.grade) for name in staff.known & staff.experts
        ):
            yield Hit("schedule", work.row, "subject", {"subject": work.subject})


def repeated_works(works: Sequence[Work]) -> Iterable[Hit]:
    """A class and subject that an earlier row already has."""
    first: dict[tuple[str, str], Work] = {}
    for work in works:
        if not (work.school_class and work.subject):
            continue
        other = first.setdefault(work.name, work)
        if other is not work:
            params = {"subject": shown(work.subject), "school_class": shown(work.school_class), "first": other.row}
            yield Hit("schedule", work.row, "subject", params)
