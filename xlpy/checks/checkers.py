"""Rules of «Проверяющие»: nobody checks the papers of a class they work with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from xlpy.analysis.staff import Bar, limits, load_of
from xlpy.checks.eligibility import Staff, first_bar
from xlpy.checks.findings import Hit
from xlpy.checks.parameters import row_of
from xlpy.checks.rows import rows_of
from xlpy.checks.slips import shown
from xlpy.checks.works import Work, first_of_each, strange_works
from xlpy.tables import schema
from xlpy.tables.frames import Table
from xlpy.tables.normalise import fold
from xlpy.tables.settings import Settings
from xlpy.words.assignment import BARS
from xlpy.words.grammar import day

NAMES = ("checker", "second_checker")


def barred(bar: Bar) -> Callable[[Table, Staff, Sequence[Work], date], Iterable[Hit]]:
    """Checkers whose first reason not to check is `bar`, as a rule's function. Each name gets one reason."""

    def find(checkers: Table, staff: Staff, works: Sequence[Work], today: date) -> Iterable[Hit]:
        return (hit for found, _, hit in _barred(checkers, staff, works, today) if found is bar)

    return find


def replaceable(bar: Bar) -> Callable[[Table, Staff, Sequence[Work], date], Iterable[Hit]]:
    """As `barred`, but for rows that are not pinned: these the program fills anew."""

    def find(checkers: Table, staff: Staff, works: Sequence[Work], today: date) -> Iterable[Hit]:
        return (hit for found, pinned, hit in _barred(checkers, staff, works, today) if found is bar and not pinned)

    return find


def pinned_unfit(checkers: Table, staff: Staff, works: Sequence[Work], today: date) -> Iterable[Hit]:
    """People of pinned rows whom nothing ties to the class and who yet cannot check: the program keeps them there."""
    for bar, pinned, hit in _barred(checkers, staff, works, today):
        if pinned and bar in (Bar.NOT_EXPERT, Bar.NOT_QUALIFIED):
            yield replace(hit, params={**hit.params, "reason": BARS[bar.value]})


def _barred(checkers: Table, staff: Staff, works: Sequence[Work], today: date) -> Iterator[tuple[Bar, bool, Hit]]:
    """(first reason not to check, whether the row is pinned, hit) of every checker who has one."""
    scheduled = first_of_each(works)
    for row, school_class, subject, pinned, *names in rows_of(checkers, "school_class", "subject", "pinned", *NAMES):
        work = scheduled.get((school_class, subject))
        for key, teacher in zip(NAMES, names, strict=True):
            if work is None or teacher not in staff.known:
                continue
            bar = first_bar(staff, teacher, work, today)
            if bar is not None:
                yield bar, pinned == schema.YES, Hit("checkers", row, key, _params(teacher, work))


def _params(teacher: str, work: Work) -> dict[str, object]:
    start, end = work.days or (None, None)
    return {
        "teacher": teacher,
        "school_class": work.school_class,
        "subject": work.subject,
        "start": day(start),
        "end": day(end),
    }


@dataclass(frozen=True, slots=True)
class _Share:
    """What one row of «Проверяющие» gives one person to check."""

    row: int
    key: str
    teacher: str
    load: int
    pinned: bool


def _shares(checkers: Table, papers: pd.DataFrame, settings: Settings) -> Iterator[_Share]:
    """The load row by row; a name that stands twice in one row counts once."""
    written = Counter(papers["pack"][~papers["absent"]])
    columns = ("school_class", "subject", "papers", "pinned", *NAMES)
    for row, school_class, subject, count, pinned, *names in rows_of(checkers, *columns):
        load = load_of(written[school_class, subject] if count is None else count, settings)
        for key, teacher in zip(NAMES, names, strict=True):
            if teacher and teacher not in names[: NAMES.index(key)]:
                yield _Share(row, key, teacher, load, pinned == schema.YES)


def _pinned_load(shares: Iterable[_Share]) -> Counter[str]:
    load: Counter[str] = Counter()
    for share in shares:
        load[share.teacher] += share.load if share.pinned else 0
    return load


def over_limit(checkers: Table, teachers: Table, papers: pd.DataFrame, settings: Settings) -> Iterable[Hit]:
    """Checkers with more load than their limit: where their load passes it.

    Where what is pinned already does, the limit itself is in question: `limit_below_pins` speaks of it.
    """
    most, load = limits(teachers, settings), Counter[str]()
    shares = tuple(_shares(checkers, papers, settings))
    pinned = _pinned_load(shares)
    passed: dict[str, _Share] = {}
    for share in shares:
        limit = most.get(share.teacher)
        load[share.teacher] += share.load
        if limit is not None and pinned[share.teacher] <= limit < load[share.teacher]:
            passed.setdefault(share.teacher, share)
    for teacher, share in passed.items():
        yield Hit("checkers", share.row, share.key, _over(teacher, load[teacher], most[teacher] or 0))


def limit_below_pins(
    checkers: Table, teachers: Table, sheet: Table, papers: pd.DataFrame, settings: Settings
) -> Iterable[Hit]:
    """Limits smaller than what «Закреплено» gives: the teacher's own on «Учителя», else the school's, once."""
    most = limits(teachers, settings)
    own = {name: row for row, name, limit in rows_of(teachers, "teacher", "paper_limit") if limit is not None}
    load = _pinned_load(_shares(checkers, papers, settings))
    over = {name: limit for name in sorted(load) if (limit := most.get(name)) is not None and load[name] > limit}
    for teacher, limit in over.items():
        if teacher in own:
            yield Hit("teachers", own[teacher], "paper_limit", _over(teacher, load[teacher], limit))
    # The school's limit is one cell: the one finding there names the person of the largest load.
    for teacher in sorted(over.keys() - own.keys(), key=lambda name: (-load[name], name))[:1]:
        yield Hit("settings", row_of(sheet, "paper_limit"), "setting", _over(teacher, load[teacher], over[teacher]))


def _over(teacher: str, load: int, limit: int) -> dict[str, object]:
    return {"teacher": teacher, "load": load, "limit": limit}


def twice_the_same(checkers: Table) -> Iterable[Hit]:
    """Rows whose two checkers are one person."""
    for row, first, second in rows_of(checkers, *NAMES):
        if first and first == second and fold(first) != fold(schema.EXTERNAL_CHECKER):
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
