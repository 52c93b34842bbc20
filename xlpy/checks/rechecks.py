"""Rules of «Перепроверка»: another person, the same paper, legal points."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

import pandas as pd

from xlpy.analysis.staff import Bar
from xlpy.checks.checkers import NAMES
from xlpy.checks.eligibility import Staff, ties_of
from xlpy.checks.findings import Hit
from xlpy.checks.points import Labels
from xlpy.checks.rows import rows_of
from xlpy.checks.slips import plain, shown
from xlpy.checks.works import Work, first_of_each
from xlpy.tables import schema
from xlpy.tables.frames import Table
from xlpy.tables.normalise import grade_of


def first_checkers(checkers: Table) -> dict[tuple[str, str], frozenset[str]]:
    """(class, subject) → everyone who checked those papers first."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for _, school_class, subject, *names in rows_of(checkers, "school_class", "subject", *NAMES):
        if school_class and subject:
            found[school_class, subject] = found.get((school_class, subject), frozenset()) | {n for n in names if n}
    return found


def rechecked_by_first(rechecks: Table, checkers: Table) -> Iterable[Hit]:
    """Re-checkers who checked the same papers first."""
    first = first_checkers(checkers)
    for row, school_class, subject, teacher in rows_of(rechecks, "school_class", "subject", "rechecker"):
        if teacher and teacher in first.get((school_class, subject), ()):
            yield Hit("rechecks", row, "rechecker", {"teacher": teacher}, (teacher, school_class, subject))


def rechecker_with_ties(
    rechecks: Table, checkers: Table, staff: Staff, works: Sequence[Work], today: date
) -> Iterable[tuple[Bar, Hit]]:
    """Re-checkers tied to the work, with the first tie; those who checked first are said already."""
    first, scheduled = first_checkers(checkers), first_of_each(works)
    for row, school_class, subject, teacher in rows_of(rechecks, "school_class", "subject", "rechecker"):
        name = (school_class, subject)
        if teacher not in staff.known or teacher in first.get(name, ()):
            continue
        day = scheduled[name].date if name in scheduled else None
        ties = ties_of(staff, teacher, school_class, subject, day or today)
        if ties:
            params = {"teacher": teacher, "school_class": shown(school_class), "subject": shown(subject)}
            yield ties[0], Hit("rechecks", row, "rechecker", params, (teacher, *name))


def tied(*bars: Bar) -> Callable[[Table, Table, Staff, Sequence[Work], date], Iterable[Hit]]:
    """Re-checkers whose first tie to the work is one of `bars`, as a rule's function."""

    def find(rechecks: Table, checkers: Table, staff: Staff, works: Sequence[Work], today: date) -> Iterable[Hit]:
        for bar, hit in rechecker_with_ties(rechecks, checkers, staff, works, today):
            if bar in bars:
                yield hit

    return find


def without_paper(rechecks: Table, papers: pd.DataFrame) -> Iterable[Hit]:
    """Rows whose paper «Результаты» does not have."""
    present = set(zip(papers["code"], papers["subject"], strict=True))
    for row, code, subject in rows_of(rechecks, "code", "subject"):
        if code and subject and (code, subject) not in present:
            yield Hit("rechecks", row, "code", {"code": shown(code), "subject": shown(subject)})


def illegal_points(
    rechecks: Table, tasks: Table, labels: Labels, shaky: frozenset[tuple[int, str]], year: str
) -> Iterable[Hit]:
    """Points that are not a whole number from 0 to the task's maximum, where tasks and scale agree."""
    frame = tasks.frame
    limits: Mapping[tuple[tuple[int, str], int], float] = {
        ((int(grade), subject), int(number)): points
        for row_year, grade, subject, number, points in zip(
            *(frame[key] for key in ("year", "grade", "subject", "number", "max_points")), strict=True
        )
        if row_year == year and not pd.isna(grade) and not pd.isna(number)
    }
    for row, school_class, subject, *points in rows_of(rechecks, "school_class", "subject", *schema.TASK_KEYS):
        work = (grade_of(school_class) or 0, subject)
        if work in shaky:
            continue
        for number, typed in enumerate(points, start=1):
            most = limits.get((work, number))
            if most is None or pd.isna(typed) or (0 <= typed <= most and typed == int(typed)):
                continue
            params = {
                "label": labels.get((work, number), str(number)),
                "points": plain(typed),
                "maximum": "…" if pd.isna(most) else plain(most),
            }
            yield Hit("rechecks", row, schema.TASK_KEYS[number - 1], params)
