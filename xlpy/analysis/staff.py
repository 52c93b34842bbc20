"""Who works with whom: facts of the sheets about people that decide who may check the papers of a class.

Facts only: `checks` says where a plan breaks them, `assignment` makes plans that keep them. The days on which a work is
checked are in `plan.deadlines`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from itertools import product

from xlpy.tables import schema
from xlpy.tables.frames import Table, split_list
from xlpy.tables.normalise import fold
from xlpy.tables.settings import PAPERS, Settings
from xlpy.words.kinship import KIN_STEMS, KIN_WORDS, QUARREL_PHRASES, QUARREL_STEMS

PRIMARY_GRADES = range(1, 5)
_WORD = re.compile(r"[^\W\d_]+")


class Bar(Enum):
    """Why a teacher may not check the papers of a class; in the order in which reasons are named."""

    HOMEROOM = "homeroom"
    TEACHES = "teaches"
    TAUGHT = "taught"
    RELATIVE = "relative"
    CONFLICT = "conflict"
    ORGANISER = "organiser"
    FIRST_CHECKER = "first checker"
    ABSENT = "absent"
    NOT_EXPERT = "not expert"
    NOT_QUALIFIED = "not qualified"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both included; None leaves that side open."""

    start: date | None
    end: date | None


def _day(moment: object) -> date | None:
    return moment.date() if isinstance(moment, datetime) and moment == moment else None  # noqa: PLR0124 - NaT


def overlap(one: Period, other: Period) -> bool:
    """Whether two periods share a day."""
    begins = one.start is None or other.end is None or one.start <= other.end
    return begins and (other.start is None or one.end is None or other.start <= one.end)


def names_in(text: str) -> tuple[str, ...]:
    """The names of a cell: of a «;» list each, of an empty cell none."""
    if ";" in text:
        return split_list(text)
    return (text,) if text else ()


def _pairs(teachers: Iterable[str], classes: Iterable[str]) -> frozenset[tuple[str, str]]:
    return frozenset(
        (teacher, school_class)
        for people, of_classes in zip(teachers, classes, strict=True)
        for teacher in names_in(people)
        for school_class in names_in(of_classes)
    )


def teaches(workload: Table, day: date) -> frozenset[tuple[str, str]]:
    """(teacher, class) of everyone who teaches the class anything on `day` or later: «По» is empty or not before it."""
    frame = workload.frame
    now = frame["until"].isna() | (frame["until"] >= datetime(day.year, day.month, day.day))  # noqa: DTZ001
    return _pairs(frame["teacher"][now], frame["school_class"][now])


def ever_taught(workload: Table) -> frozenset[tuple[str, str]]:
    """(teacher, class) of everyone who teaches or taught the class anything this year."""
    return _pairs(workload.frame["teacher"], workload.frame["school_class"])


def taught(workload: Table, day: date) -> frozenset[tuple[str, str]]:
    """(teacher, class) of those who taught the class this year and no longer do on `day`."""
    return ever_taught(workload) - teaches(workload, day)


def last_lessons(workload: Table) -> dict[str, dict[str, date | None]]:
    """Class → everyone who teaches or taught it anything, with the day of their last lesson; None where none is set."""
    found: dict[str, dict[str, date | None]] = {}
    frame = workload.frame
    for people, classes, until in zip(frame["teacher"], frame["school_class"], frame["until"], strict=True):
        last = _day(until)
        for teacher, school_class in product(names_in(people), names_in(classes)):
            there = found.setdefault(school_class, {})
            before = there.get(teacher, last)
            there[teacher] = None if last is None or before is None else max(before, last)
    return found


def subject_teachers(workload: Table) -> dict[tuple[str, str], frozenset[str]]:
    """(class, subject) → everyone who teaches or taught that subject there."""
    found: dict[tuple[str, str], set[str]] = {}
    frame = workload.frame
    for teacher, subject, school_class in zip(frame["teacher"], frame["subject"], frame["school_class"], strict=True):
        for work in product(names_in(school_class), names_in(subject)):
            found.setdefault(work, set()).update(names_in(teacher))
    return {work: frozenset(people) for work, people in found.items() if people}


def homeroom_of(classes: Table) -> dict[str, frozenset[str]]:
    """Class → its homeroom teachers, where any is named."""
    found: dict[str, set[str]] = {}
    for teacher, school_class in _pairs(classes.frame["homeroom"], classes.frame["school_class"]):
        found.setdefault(school_class, set()).add(teacher)
    return {school_class: frozenset(people) for school_class, people in found.items()}


def declared_conflicts(conflicts: Table) -> frozenset[tuple[str, str, str]]:
    """(folded person, class, subject) of «Конфликты», whatever the reason; an empty subject means every subject."""
    return frozenset(declared for _, _, declared in conflict_cells(conflicts))


def conflict_cells(conflicts: Table) -> Iterator[tuple[int, Bar, tuple[str, str, str]]]:
    """(Excel row, RELATIVE or CONFLICT by its reason, (folded person, class, subject)) of «Конфликты».

    A row that lists several classes or subjects comes once for each.
    """
    frame = conflicts.frame
    columns = (frame[key] for key in ("person", "school_class", "subject", "reason"))
    for row, person, classes, subjects, reason in zip(frame.index.tolist(), *columns, strict=True):
        if person:
            bar = Bar.RELATIVE if is_kinship(reason) else Bar.CONFLICT
            for work in product(names_in(classes), names_in(subjects) or ("",)):
                yield row, bar, (fold(person), *work)


def is_kinship(reason: str) -> bool:
    """Whether a reason of «Конфликты» says that the person is a relative; a quarrel with one is another matter."""
    text = fold(reason)
    words = _WORD.findall(text)
    kin = any(word in KIN_WORDS or word.startswith(KIN_STEMS) for word in words)
    quarrel = any(phrase in text for phrase in QUARREL_PHRASES) or any(word.startswith(QUARREL_STEMS) for word in words)
    return kin and not quarrel


def parent_cells(observers: Table) -> Iterator[tuple[int, tuple[str, str, str]]]:
    """(Excel row, (folded observer, class of their child, "")) of «Наблюдатели»: a tie to the whole class."""
    frame = observers.frame
    for row, person, classes in zip(frame.index.tolist(), frame["observer"], frame["child_class"], strict=True):
        if person:
            for school_class in names_in(classes):
                yield row, (fold(person), school_class, "")


def ties_by_kind(conflicts: Table, observers: Table) -> dict[Bar, frozenset[tuple[str, str, str]]]:
    """RELATIVE and CONFLICT → what declares it, for `has_conflict`. A teacher among «Наблюдатели» is a parent there."""
    found: dict[Bar, set[tuple[str, str, str]]] = {
        Bar.RELATIVE: {declared for _, declared in parent_cells(observers)},
        Bar.CONFLICT: set(),
    }
    for _, bar, declared in conflict_cells(conflicts):
        found[bar].add(declared)
    return {bar: frozenset(declared) for bar, declared in found.items()}


def organisers(schedule: Table) -> dict[tuple[str, str], frozenset[str]]:
    """(class, subject) → who keeps order at that work, in any of its rows of «График»."""
    found: dict[tuple[str, str], set[str]] = {}
    frame = schedule.frame
    for people, *work in zip(frame["organiser"], frame["school_class"], frame["subject"], strict=True):
        if people:
            found.setdefault((work[0], work[1]), set()).update(names_in(people))
    return {work: frozenset(people) for work, people in found.items()}


def has_conflict(conflicts: frozenset[tuple[str, str, str]], person: str, school_class: str, subject: str) -> bool:
    """Whether `person` is among `conflicts` of this work, as `declared_conflicts` or `ties_by_kind` give them."""
    folded = fold(person)
    return (folded, school_class, "") in conflicts or (folded, school_class, subject) in conflicts


def subjects_of(teachers: Table) -> dict[str, frozenset[str]]:
    """Teacher → subjects of column «Предметы»."""
    frame = teachers.frame
    return {t: frozenset(split_list(s)) for t, s in zip(frame["teacher"], frame["subjects"], strict=True) if t}


def experts(teachers: Table) -> frozenset[str]:
    """Teachers who may be checkers at all: those with the role «эксперт», or everyone where nobody has it."""
    frame = teachers.frame
    named = frozenset(
        t for t, roles in zip(frame["teacher"], frame["roles"], strict=True) if t and schema.EXPERT in split_list(roles)
    )
    return named or frozenset(t for t in frame["teacher"] if t)


def is_qualified(subjects: frozenset[str], subject: str, grade: int | None) -> bool:
    """Whether a teacher of these subjects can check the work; «начальные классы» covers all of grades 1–4."""
    return subject in subjects or (grade in PRIMARY_GRADES and schema.PRIMARY_TEACHER in subjects)


def absences(teachers: Table) -> dict[str, Period]:
    """Teacher → days of absence, for those who have any. One date alone leaves the other side open."""
    frame = teachers.frame
    found = {
        t: Period(_day(start), _day(end))
        for t, start, end in zip(frame["teacher"], frame["absent_from"], frame["absent_to"], strict=True)
        if t
    }
    return {t: period for t, period in found.items() if period != Period(None, None)}


def is_absent(absence: Mapping[str, Period], teacher: str, days: Period) -> bool:
    """Whether the teacher is absent on any of the days; `absence` as `absences` gives it."""
    return teacher in absence and overlap(absence[teacher], days)


def limits(teachers: Table, settings: Settings) -> dict[str, int | None]:
    """Teacher → the most units of load, their own limit or the school's; None where there is none."""
    general = settings.whole("paper_limit")
    frame = teachers.frame
    return {
        t: general if own != own else int(own)  # noqa: PLR0124 - NaN
        for t, own in zip(frame["teacher"], frame["paper_limit"], strict=True)
        if t
    }


def load_of(papers: int, settings: Settings) -> int:
    """Units of load of one class's papers: 1 pack, or their number, by the setting «Единица нагрузки»."""
    return papers if settings.text("load_unit") == PAPERS else 1
