"""Who works with whom: facts of «Учителя», «Нагрузка», «Классы» and «Конфликты» that decide who may check a class.

Facts only: `checks` says where a plan breaks them, `assignment` makes plans that keep them. The days on which a work is
checked are in `plan.deadlines`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from itertools import product

from xlpy.tables import schema
from xlpy.tables.frames import Table, split_list
from xlpy.tables.normalise import fold
from xlpy.tables.settings import PAPERS, Settings

PRIMARY_GRADES = range(1, 5)


class Bar(Enum):
    """Why a teacher may not check the papers of a class; in the order in which reasons are named."""

    HOMEROOM = "homeroom"
    TEACHES = "teaches"
    TAUGHT = "taught"
    CONFLICT = "conflict"
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
    """(folded person, class, subject) of «Конфликты»; an empty subject means every subject of the class."""
    frame = conflicts.frame
    return frozenset(
        (fold(person), school_class, subject)
        for person, classes, subjects in zip(frame["person"], frame["school_class"], frame["subject"], strict=True)
        for school_class in names_in(classes)
        for subject in names_in(subjects) or ("",)
        if person
    )


def has_conflict(conflicts: frozenset[tuple[str, str, str]], person: str, school_class: str, subject: str) -> bool:
    """Whether `person` has declared a conflict with this work; `conflicts` as `declared_conflicts` gives them."""
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
