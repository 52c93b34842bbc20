"""Who works in the made-up school and who teaches what: enough people that every work has an outside checker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil
from random import Random

from xlpy.demo.layout import SchoolClass
from xlpy.demo.names import NameMaker
from xlpy.tables import schema
from xlpy.words import demo as words

_FEMININE_SHARE = 0.8
_ORGANISER, _MAIN_ORGANISER, _TECHNICIAN, _HOMEROOM, _HEAD, _DEPUTY, _DIRECTOR = schema.ROLES[1:]
_HALF_YEAR = datetime(2020, 12, 30)  # noqa: DTZ001 - workbooks know no time zones
_NEW_HALF = datetime(2021, 1, 11)  # noqa: DTZ001
_COURSES = (datetime(2021, 4, 12), datetime(2021, 4, 23))  # noqa: DTZ001
_ROOMY = 4


@dataclass(frozen=True, slots=True)
class Teacher:
    """A person of «Учителя»."""

    name: str
    post: str
    department: str
    subjects: tuple[str, ...]
    roles: tuple[str, ...]
    paper_limit: int | None = None
    absent: tuple[datetime, datetime] | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A row of «Нагрузка»."""

    teacher: str
    subject: str
    school_class: str
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Staff:
    """Everyone who works here. `homeroom` by class; `recheckers` by subject: qualified, and never first checkers."""

    teachers: tuple[Teacher, ...]
    lessons: tuple[Lesson, ...]
    homeroom: dict[str, str]
    recheckers: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Pool:
    """Teachers of related subjects: `grades` they teach, `share` classes for each of them, `fewest` people."""

    subjects: tuple[str, ...]
    department: str
    grades: tuple[int, ...]
    share: float
    fewest: int = 2


_POOLS = (
    _Pool((words.RUSSIAN, words.LITERATURE), words.LANGUAGE_DEPARTMENT, (5, 6, 7, 8), 3.5),
    _Pool((words.MATHS,), words.MATHS_DEPARTMENT, (5, 6, 7, 8), 3.5),
    _Pool((words.ENGLISH,), words.FOREIGN_DEPARTMENT, (4, 5, 6, 7, 8), 5, 3),
    _Pool((words.HISTORY, words.SOCIETY), words.SOCIETY_DEPARTMENT, (5, 6, 7, 8), 5),
    _Pool((words.BIOLOGY,), words.NATURE_DEPARTMENT, (5, 6, 7, 8), 7),
    _Pool((words.GEOGRAPHY,), words.NATURE_DEPARTMENT, (5, 6, 7, 8), 7),
    _Pool((words.PHYSICS,), words.NATURE_DEPARTMENT, (7, 8), 4),
    _Pool((words.CHEMISTRY,), words.NATURE_DEPARTMENT, (8,), 3),
    _Pool((words.INFORMATICS,), words.MATHS_DEPARTMENT, (7, 8), 20, 1),
)
_PRIMARY_SUBJECTS = (words.RUSSIAN, words.MATHS, words.WORLD, words.READING)


def hire(classes: Sequence[SchoolClass], names: NameMaker, random: Random) -> Staff:
    """Return the staff of a school with these classes."""
    office = _office(names)
    teachers, lessons = _primary(classes, names)
    for pool in _POOLS:
        taught = [c for c in classes if c.grade in pool.grades]
        if taught:
            hired = _hired(pool, len(taught), names)
            teachers += hired
            lessons += _lessons(pool, taught, [t.name for t in hired], random)
    teachers += [_other(post, names) for post in _other_posts(len(classes))]
    homeroom = _homeroom(classes, lessons)
    teachers = [_with_homeroom(t, set(homeroom.values())) for t in teachers]
    recheckers = {words.RUSSIAN: office[1].name, words.MATHS: office[2].name}
    return Staff((*office, *teachers), tuple(lessons), homeroom, recheckers)


def _office(names: NameMaker) -> list[Teacher]:
    """Head, deputy and methodist: they teach nobody here and check nobody first, so they may check again."""
    people = (
        (words.DIRECTOR, (), (_DIRECTOR,)),
        (words.DEPUTY, (words.RUSSIAN, words.LITERATURE), (_DEPUTY, _MAIN_ORGANISER)),
        (words.METHODIST, (words.MATHS,), (_ORGANISER,)),
    )
    return [
        Teacher(names.adult(_FEMININE_SHARE), post, words.OFFICE, subjects, roles) for post, subjects, roles in people
    ]


def _primary(classes: Sequence[SchoolClass], names: NameMaker) -> tuple[list[Teacher], list[Lesson]]:
    """A teacher for each class of grade 4 and some of the younger grades, who are the outside checkers."""
    fourth = [c.name for c in classes if c.grade == 4]
    people = [
        Teacher(
            names.adult(_FEMININE_SHARE),
            words.PRIMARY_TEACHER,
            words.PRIMARY_DEPARTMENT,
            (schema.PRIMARY_TEACHER,),
            (schema.EXPERT, _ORGANISER) + ((_HEAD,) if number == 0 else ()),
        )
        for number in range(len(fourth) + max(1, len(fourth) // 4))
    ]
    lessons = [
        Lesson(person.name, subject, name)
        for person, name in zip(people, fourth, strict=False)
        for subject in _PRIMARY_SUBJECTS
    ]
    return people, lessons


def _hired(pool: _Pool, classes: int, names: NameMaker) -> list[Teacher]:
    count = max(pool.fewest, ceil(classes / pool.share))
    post = words.TECHNICIAN if pool.subjects == (words.INFORMATICS,) else words.TEACHER
    hired = [
        Teacher(
            names.adult(_FEMININE_SHARE),
            post,
            pool.department,
            pool.subjects,
            (schema.EXPERT, _ORGANISER) + ((_HEAD,) if number == 0 else ()),
        )
        for number in range(count)
    ]
    if pool.subjects == (words.INFORMATICS,):
        hired[0] = replace(hired[0], roles=(_TECHNICIAN,))
    if pool.subjects == (words.ENGLISH,):
        hired[:2] = [replace(one, subjects=(words.ENGLISH, words.GERMAN)) for one in hired[:2]]
    if pool.subjects == (words.MATHS,) and count > _ROOMY:
        hired[-1] = replace(hired[-1], absent=_COURSES, note=words.COURSES)
        hired[1] = replace(hired[1], paper_limit=2)
    return hired


def _lessons(pool: _Pool, classes: Sequence[SchoolClass], people: Sequence[str], random: Random) -> list[Lesson]:
    """Classes dealt out in turn; one teacher has a class in all subjects of the pool, in grade 7 two share English."""
    order = list(classes)
    random.shuffle(order)
    found: list[Lesson] = []
    for number, school_class in enumerate(order):
        person = people[number % len(people)]
        if pool.subjects == (words.ENGLISH,):
            found += _foreign(school_class, people, number)
        else:
            found += [Lesson(person, subject, school_class.name) for subject in pool.subjects]
    if pool.subjects == (words.MATHS,) and len(people) > _ROOMY:
        found += _handed_over(found)
    by_class = {c.name: at for at, c in enumerate(classes)}
    return sorted(found, key=lambda one: by_class[one.school_class])


def _foreign(school_class: SchoolClass, people: Sequence[str], number: int) -> list[Lesson]:
    if school_class.german:
        return [Lesson(people[0], words.GERMAN, school_class.name), Lesson(people[2], words.ENGLISH, school_class.name)]
    groups = 2 if school_class.grade == 7 else 1
    return [Lesson(people[(number + group) % len(people)], words.ENGLISH, school_class.name) for group in range(groups)]


def _handed_over(lessons: list[Lesson]) -> list[Lesson]:
    """One class changed its teacher in the middle of the year: the first one may not check it either."""
    last = lessons.pop()
    former = next(one.teacher for one in reversed(lessons) if one.teacher != last.teacher)
    return [replace(last, teacher=former, until=_HALF_YEAR), replace(last, since=_NEW_HALF)]


def _other_posts(classes: int) -> list[str]:
    return [words.OTHER_POSTS[number % len(words.OTHER_POSTS)] for number in range(max(2, round(classes / 6)))]


def _other(post: str, names: NameMaker) -> Teacher:
    return Teacher(names.adult(_FEMININE_SHARE), post, words.ARTS_DEPARTMENT, (), (_ORGANISER,))


def _homeroom(classes: Sequence[SchoolClass], lessons: Sequence[Lesson]) -> dict[str, str]:
    """A homeroom teacher among those who teach the class, if possible one who has no other class."""
    found: dict[str, str] = {}
    for school_class in classes:
        own = [one.teacher for one in lessons if one.school_class == school_class.name and one.until is None]
        free = [name for name in own if name not in found.values()]
        found[school_class.name] = (free or own)[0]
    return found


def _with_homeroom(teacher: Teacher, homeroom: set[str]) -> Teacher:
    return replace(teacher, roles=(*teacher.roles, _HOMEROOM)) if teacher.name in homeroom else teacher
