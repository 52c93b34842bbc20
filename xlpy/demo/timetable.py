"""When and where each class writes its works, who keeps order there and who observes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from xlpy.demo.layout import GRADES, SchoolClass
from xlpy.demo.names import NameMaker
from xlpy.demo.staff import Staff, Teacher
from xlpy.plan.working_days import add_working_days, is_working_day, parse_days_off
from xlpy.tables import schema
from xlpy.words import demo as words

VPR_FROM, VPR_TO = date(2021, 3, 15), date(2021, 5, 21)
CHECK_DAYS, UPLOAD_DAYS = 3, 5
# Works start with the second lesson: the first one serves for instruction.
_LESSONS = (2, 3, 4)
_FEMININE_SHARE = 0.75
# In a school of fewer classes every observer is needed everywhere.
_ENOUGH_CLASSES = 5


@dataclass(frozen=True, slots=True)
class Work:
    """A row of «График». Deadlines count from the last part of the work."""

    day: date
    school_class: SchoolClass
    subject: str
    second_day: date | None
    lesson: int
    organiser: str
    check_until: date
    upload_until: date
    uploaded: date


@dataclass(frozen=True, slots=True)
class Observer:
    """A row of «Наблюдатели»; `child_class` is empty for someone without a child here.

    `avoids`: a class that they have declared a conflict with, "" where there is none.
    """

    name: str
    child_class: str
    avoids: str = ""


def school_days() -> tuple[date, ...]:
    """Working days of the school between the first and the last day of ВПР."""
    off, _ = parse_days_off(words.SPRING_BREAK)
    days = (VPR_FROM + timedelta(days=number) for number in range((VPR_TO - VPR_FROM).days + 1))
    return tuple(day for day in days if is_working_day(day, off))


def schedule(classes: Sequence[SchoolClass], staff: Staff, random: Random) -> tuple[Work, ...]:
    """Return the works by date and class: one a day for a class, one room and one organiser at a time."""
    days_of = _days(classes, random)
    busy: set[tuple[date, int, str]] = set()
    load: Counter[str] = Counter()
    works: list[Work] = []
    for school_class in classes:
        for number, subject in enumerate(school_class.subjects):
            day, second = _sitting(days_of[school_class.grade], number, school_class.grade)
            lesson = _LESSONS[(number + school_class.grade) % len(_LESSONS)]
            organiser = _organiser(school_class, subject, (day, lesson), staff, busy, load)
            works.append(_work(school_class, subject, (day, second), lesson, organiser))
    return tuple(sorted(works, key=lambda work: (work.day, work.school_class.grade, work.school_class.name)))


def _days(classes: Sequence[SchoolClass], random: Random) -> dict[int, list[date]]:
    """Days of each grade's works; a day of its own for the second part of Russian in grade 4."""
    found: dict[int, list[date]] = {}
    for grade in sorted({c.grade for c in classes}):
        count = max(len(c.subjects) for c in classes if c.grade == grade) + 1
        found[grade] = sorted(random.sample(school_days(), count))
    return found


def _sitting(days: list[date], number: int, grade: int) -> tuple[date, date | None]:
    if grade != 4:
        return days[number], None
    return (days[0], days[1]) if number == 0 else (days[number + 1], None)


def _organiser(
    school_class: SchoolClass,
    subject: str,
    when: tuple[date, int],
    staff: Staff,
    busy: set[tuple[date, int, str]],
    load: Counter[str],
) -> str:
    """The least busy of those who could not check the work and do not teach the class.

    In a tiny school: who at least do not teach it the subject. An organiser checks nothing of what they saw written.
    """
    keepers = [t for t in staff.teachers if schema.ROLES[1] in t.roles and t.absent is None]
    own = {one.teacher for one in staff.lessons if one.school_class == school_class.name}
    of_subject = {
        one.teacher for one in staff.lessons if (one.school_class, one.subject) == (school_class.name, subject)
    }
    free = [t.name for t in keepers if (*when, t.name) not in busy and t.name not in of_subject]
    able = {t.name for t in keepers if _is_able(t, school_class, subject)}
    chosen = min((name for name in free), key=lambda name: (name in able, name in own, load[name]))
    busy.add((*when, chosen))
    load[chosen] += 1
    return chosen


def _is_able(teacher: Teacher, school_class: SchoolClass, subject: str) -> bool:
    primary = school_class.grade == min(GRADES) and schema.PRIMARY_TEACHER in teacher.subjects
    return primary or subject in teacher.subjects


def _work(school_class: SchoolClass, subject: str, days: tuple[date, date | None], lesson: int, organiser: str) -> Work:
    off, _ = parse_days_off(words.SPRING_BREAK)
    last = days[1] or days[0]
    return Work(
        day=days[0],
        school_class=school_class,
        subject=subject,
        second_day=days[1],
        lesson=lesson,
        organiser=organiser,
        check_until=add_working_days(last, CHECK_DAYS, off),
        upload_until=add_working_days(last, UPLOAD_DAYS, off),
        uploaded=add_working_days(last, CHECK_DAYS + 1, off),
    )


def invite(works: Sequence[Work], classes: Sequence[SchoolClass], names: NameMaker) -> tuple[Observer, ...]:
    """Return parents and others who observe: enough for every room of the busiest hour."""
    at_once = Counter((work.day, work.lesson) for work in works)
    count = max(at_once.values()) + 3
    invited = [
        Observer(names.adult(_FEMININE_SHARE), "" if number % 3 == 2 else classes[number % len(classes)].name)
        for number in range(count)
    ]
    if len(classes) >= _ENOUGH_CLASSES:
        invited[2] = replace(invited[2], avoids=classes[0].name)
    return tuple(invited)


def send_observers(works: Sequence[Work], observers: Sequence[Observer]) -> tuple[str, ...]:
    """Return the observer of each work: never in the class of their child, never in two rooms at a time."""
    busy: set[tuple[date, int, str]] = set()
    load: Counter[str] = Counter()
    sent: list[str] = []
    for work in works:
        free = [
            one.name
            for one in observers
            if work.school_class.name not in {one.child_class, one.avoids}
            and (work.day, work.lesson, one.name) not in busy
        ]
        chosen = min(free, key=lambda name: load[name])
        busy.add((work.day, work.lesson, chosen))
        load[chosen] += 1
        sent.append(chosen)
    return tuple(sent)
