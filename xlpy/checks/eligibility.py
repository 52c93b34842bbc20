"""Who may not check a work and why, as «Проверяющие» and «Перепроверка» are judged by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from xlpy.analysis import staff
from xlpy.analysis.staff import Bar, Period
from xlpy.checks.names import SLIP_OF_THE_HAND, nearest
from xlpy.checks.works import Work
from xlpy.tables import schema
from xlpy.tables.frames import Table, split_list


@dataclass(frozen=True, slots=True)
class Staff:
    """The facts about teachers that decide it, looked up once. `known`: everyone on «Учителя»."""

    known: frozenset[str]
    homeroom: Mapping[str, frozenset[str]]
    workload: Table
    ever: frozenset[tuple[str, str]]
    declared: Mapping[Bar, frozenset[tuple[str, str, str]]]
    organisers: Mapping[tuple[str, str], frozenset[str]]
    absences: Mapping[str, Period]
    experts: frozenset[str]
    subjects: Mapping[str, frozenset[str]]


def read_staff(tables: Mapping[str, Table], known_subjects: frozenset[str]) -> Staff:
    """Return the facts of the workbook. A misspelt role or subject counts as meant: it is said already."""
    teachers, workload = tables["teachers"], tables["workload"]
    frame = teachers.frame
    misspelt = {
        name
        for name, roles in zip(frame["teacher"], frame["roles"], strict=True)
        if any(role not in schema.ROLES for role in split_list(roles))
    }
    return Staff(
        known=frozenset(frame["teacher"]) - {""},
        homeroom=staff.homeroom_of(tables["classes"]),
        workload=workload,
        ever=staff.ever_taught(workload),
        declared=staff.ties_by_kind(tables["conflicts"], tables["observers"]),
        organisers=staff.organisers(tables["schedule"]),
        absences=staff.absences(teachers),
        experts=staff.experts(teachers) | misspelt,
        subjects={name: _meant(own, known_subjects) for name, own in staff.subjects_of(teachers).items()},
    )


def _meant(subjects: frozenset[str], known: frozenset[str]) -> frozenset[str]:
    """The subjects, and what a slip of the hand among them certainly stands beside."""
    near = {nearest(name, known, SLIP_OF_THE_HAND) for name in subjects - known - {schema.PRIMARY_TEACHER}}
    return subjects | {name for name in near if name is not None}


def ties_of(facts: Staff, teacher: str, school_class: str, subject: str, day: date) -> tuple[Bar, ...]:
    """Return what ties a teacher to a work on a day: homeroom, lessons now or before, what is declared, organising."""
    pair = (teacher, school_class)
    now = pair in facts.ever and pair in staff.teaches(facts.workload, day)
    found = {
        Bar.HOMEROOM: teacher in facts.homeroom.get(school_class, frozenset()),
        Bar.TEACHES: now,
        Bar.TAUGHT: pair in facts.ever and not now,
        Bar.ORGANISER: teacher in facts.organisers.get((school_class, subject), frozenset()),
    }
    for bar, declared in facts.declared.items():
        found[bar] = staff.has_conflict(declared, teacher, school_class, subject)
    return tuple(bar for bar in Bar if found.get(bar))


def first_bar(facts: Staff, teacher: str, work: Work, today: date) -> Bar | None:
    """Return the first reason, in the order of `Bar`, why a teacher of «Учителя» may not check a work; None if none."""
    day = work.date or today
    ties = ties_of(facts, teacher, work.school_class, work.subject, day)
    if ties:
        return ties[0]
    if work.days and staff.is_absent(facts.absences, teacher, Period(*work.days)):
        return Bar.ABSENT
    if teacher not in facts.experts:
        return Bar.NOT_EXPERT
    own = facts.subjects.get(teacher, frozenset())
    return None if staff.is_qualified(own, work.subject, work.grade) else Bar.NOT_QUALIFIED
