"""Rules of «Учителя», «Классы» and «Нагрузка»."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from xlpy.analysis.staff import homeroom_of, names_in, subjects_of
from xlpy.checks.findings import Hit
from xlpy.checks.names import is_misspelt
from xlpy.checks.rows import is_before, rows_of
from xlpy.checks.slips import shown
from xlpy.checks.works import Work
from xlpy.tables import schema
from xlpy.tables.frames import Table
from xlpy.tables.normalise import fold, grade_of

_ADDRESS = re.compile(r"[^@\s;,]+@[^@\s;,]+\.[^@\s;,.]{2,}")
PRIMARY_GRADES = range(1, 5)


def _surname_and_initials(name: str) -> tuple[str, ...] | None:
    words = fold(name).replace(".", " ").split()
    return (words[0], *(word[0] for word in words[1:])) if len(words) > 1 else None


def namesakes(teachers: Table) -> Iterable[Hit]:
    """Two teachers whom documents with initials would not tell apart."""
    first: dict[tuple[str, ...], str] = {}
    for row, name in rows_of(teachers, "teacher"):
        short = _surname_and_initials(name)
        if short is None:
            continue
        other = first.setdefault(short, name)
        if fold(other) != fold(name):
            yield Hit("teachers", row, "teacher", {"other": other})


def absence_backwards(teachers: Table) -> Iterable[Hit]:
    """An absence that ends before it begins."""
    for row, start, end in rows_of(teachers, "absent_from", "absent_to"):
        if is_before(end, start):
            yield Hit("teachers", row, "absent_to")


def strange_addresses(teachers: Table) -> Iterable[Hit]:
    """What does not look like an e-mail address."""
    for row, written in rows_of(teachers, "email"):
        if written and not _ADDRESS.fullmatch(written):
            yield Hit("teachers", row, "email", {"written": shown(written)})


def nobody(teachers: Table, works: Sequence[Work]) -> Iterable[Hit]:
    """No teacher on the sheet, though there are works to check."""
    if works and not any(teachers.frame["teacher"]):
        yield Hit("teachers", teachers.sheet.header_row + 1, "teacher")


def other_grade(classes: Table) -> Iterable[Hit]:
    """A class whose name begins with another grade than its own."""
    for row, school_class, grade in rows_of(classes, "school_class", "grade"):
        if school_class and grade is not None and grade_of(school_class) != grade:
            yield Hit("classes", row, "grade", {"school_class": shown(school_class), "grade": grade})


def without_homeroom(classes: Table) -> Iterable[Hit]:
    """A class whose homeroom teacher is not named."""
    named = homeroom_of(classes)
    for row, school_class in rows_of(classes, "school_class"):
        if school_class and school_class not in named and (row, "homeroom") not in classes.errors:
            yield Hit("classes", row, "homeroom", {"school_class": school_class})


def other_size(classes: Table, participants: Table, misplaced: Mapping[str, tuple[int, int]]) -> Iterable[Hit]:
    """A class with more or fewer pupils than participants.

    `misplaced`: class → (how many rows of «Участники» are there by mistake, how many may be missing because of one);
    what these explain has its own finding.
    """
    present = Counter(participants.frame["school_class"])
    for row, school_class, pupils in rows_of(classes, "school_class", "pupils"):
        there = present.get(school_class, 0)
        if not school_class or pupils is None or not there or there == pupils:
            continue
        surplus, deficit = misplaced.get(school_class, (0, 0))
        if not -deficit <= there - pupils <= surplus:
            yield Hit("classes", row, "pupils", {"pupils": pupils, "participants": there})


def without_teachers(classes: Table, workload: Table, participants: Table, schedule: Table) -> Iterable[Hit]:
    """A class that nobody teaches anything. A name used nowhere is a misspelt class: others speak of it."""
    taught = {name for written in workload.frame["school_class"] for name in names_in(written)}
    used = set(participants.frame["school_class"]) | set(schedule.frame["school_class"])
    for row, school_class in rows_of(classes, "school_class"):
        if school_class and school_class not in taught and school_class in used:
            yield Hit("classes", row, "school_class", {"school_class": school_class})


def same_number(classes: Table) -> Iterable[Hit]:
    """Two classes with one number in ФИС ОКО."""
    first: dict[int, str] = {}
    for row, school_class, number in rows_of(classes, "school_class", "fis_number"):
        if number is not None and first.setdefault(number, school_class) != school_class:
            yield Hit("classes", row, "fis_number", {"number": number, "other": first[number]})


def _lessons(workload: Table) -> Iterator[tuple[int, str, str, str]]:
    """(row, teacher, subject, class), of «;» lists each with each."""
    for row, *cells in rows_of(workload, "teacher", "subject", "school_class"):
        for teacher, subject, school_class in product(*map(names_in, cells)):
            yield row, teacher, subject, school_class


def unnamed_subjects(workload: Table, teachers: Table, subjects: frozenset[str]) -> Iterable[Hit]:
    """A subject that someone teaches and column «Предметы» does not name; once for each teacher and subject."""
    named = subjects_of(teachers)
    seen: set[tuple[str, str]] = set()
    for row, teacher, subject, school_class in _lessons(workload):
        own = named.get(teacher)
        if own is None or subject not in subjects or (teacher, subject) in seen:
            continue
        primary = schema.PRIMARY_TEACHER in own and grade_of(school_class) in PRIMARY_GRADES
        if subject in own or primary or any(is_misspelt(name, subjects) for name in own):
            continue
        seen.add((teacher, subject))
        yield Hit("workload", row, "subject", {"teacher": teacher, "subject": subject})


def work_backwards(workload: Table) -> Iterable[Hit]:
    """A workload that ends before it begins."""
    for row, since, until in rows_of(workload, "since", "until"):
        if is_before(until, since):
            yield Hit("workload", row, "until")
