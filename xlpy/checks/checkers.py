"""Rules of «Проверяющие»: nobody checks the papers of a class they work with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date

import pandas as pd

from xlpy.analysis.staff import Bar, limits, load_of
from xlpy.checks.eligibility import Staff, first_bar
from xlpy.checks.findings import Hit
from xlpy.checks.rows import rows_of
from xlpy.checks.slips import shown
from xlpy.checks.works import Work, first_of_each, strange_works
from xlpy.tables.frames import Table
from xlpy.tables.settings import Settings
from xlpy.words.grammar import day

NAMES = ("checker", "second_checker")


def barred(bar: Bar) -> Callable[[Table, Staff, Sequence[Work], date], Iterable[Hit]]:
    """Checkers whose first reason not to check is `bar`, as a rule's function. Each name gets one reason."""

    def find(checkers: Table, staff: Staff, works: Sequence[Work], today: date) -> Iterable[Hit]:
        scheduled = first_of_each(works)
        for row, school_class, subject, *names in rows_of(checkers, "school_class", "subject", *NAMES):
            work = scheduled.get((school_class, subject))
            for key, teacher in zip(NAMES, names, strict=True):
                if work is None or teacher not in staff.known or first_bar(staff, teacher, work, today) is not bar:
                    continue
                yield Hit("checkers", row, key, _params(teacher, work))

    return find


def _params(teacher: str, work: Work) -> dict[str, object]:
    start, end = work.days or (None, None)
    return {
        "teacher": teacher,
        "school_class": work.school_class,
        "subject": work.subject,
        "start": day(start),
        "end": day(end),
    }


def over_limit(checkers: Table, teachers: Table, papers: pd.DataFrame, settings: Settings) -> Iterable[Hit]:
    """Checkers with more load than their limit: where their load passes it."""
    most, load = limits(teachers, settings), Counter[str]()
    written = Counter(papers["pack"][~papers["absent"]])
    passed: dict[str, tuple[int, str]] = {}
    for row, school_class, subject, count, *names in rows_of(checkers, "school_class", "subject", "papers", *NAMES):
        number = written[school_class, subject] if count is None else count
        for key, teacher in zip(NAMES, names, strict=True):
            if teacher and teacher not in names[: NAMES.index(key)]:
                load[teacher] += load_of(number, settings)
                limit = most.get(teacher)
                if limit is not None and load[teacher] > limit:
                    passed.setdefault(teacher, (row, key))
    for teacher, (row, key) in passed.items():
        yield Hit("checkers", row, key, {"teacher": teacher, "load": load[teacher], "limit": most[teacher]})


def twice_the_same(checkers: Table) -> Iterable[Hit]:
    """Rows whose two checkers are one person."""
    for row, first, second in rows_of(checkers, *NAMES):
        if first and first == second:
            yield Hit("checkers", row, "second_checker", {"teacher": first})


def without_checker(checkers: Table, works: Sequence[Work], settings: Settings) -> Iterable[Hit]:
    """Works with fewer checkers than the settings want: on their row of «Проверяющие», else on «График»."""
    wanted = settings.whole("checkers_per_pack") or 1
    rows = {
        (school_class, subject): (row, names)
        for row, school_class, subject, *names in rows_of(checkers, "school_class", "subject", *NAMES)
    }
    errors = {row for row, _ in checkers.errors}
    for name, work in first_of_each(works).items():
        params = {"school_class": name[0], "subject": name[1]}
        row, names = rows.get(name, (None, []))
        if row is None:
            yield Hit("schedule", work.row, "subject", params, "checkers")
        elif sum(1 for teacher in names if teacher) < wanted and row not in errors:
            yield Hit("checkers", row, NAMES[0] if not names[0] else NAMES[1], params)


def not_on_schedule(checkers: Table, works: Sequence[Work]) -> Iterable[Hit]:
    """Rows of a work that «График» does not have; silent where a row there is misspelt."""
    scheduled = first_of_each(works)
    subjects, classes = strange_works(works)
    for row, school_class, subject in rows_of(checkers, "school_class", "subject"):
        sure = subject not in subjects and school_class not in classes
        if school_class and subject and (school_class, subject) not in scheduled and sure:
            params = {"school_class": shown(school_class), "subject": shown(subject)}
            yield Hit("checkers", row, "subject", params, "schedule")
