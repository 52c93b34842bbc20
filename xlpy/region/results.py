"""The plan as files: one per school, one for the municipality. Texts only, no pupils, nobody compared with anybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time

from xlpy.analysis.staff import Period
from xlpy.documents.files import distinct_names
from xlpy.region.assign import Checked, Municipality, ways_of
from xlpy.region.sheets import Cell, Page, written
from xlpy.tables.normalise import fold
from xlpy.words import region as words
from xlpy.words.grammar import day

Table = list[tuple[Cell, ...]]


def file_names(schools: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """(municipality, school) → name of its file; with the municipality where two schools have one name."""
    count = Counter(fold(name) for _, name in schools)
    wanted = [name if count[fold(name)] == 1 else f"{name}, {municipality}" for municipality, name in schools]
    stems = distinct_names([words.SUMMARY_FILE.removesuffix(words.SUFFIX), *wanted])[1:]
    return {school: f"{stem}{words.SUFFIX}" for school, stem in zip(schools, stems, strict=True)}


def school_file(plan: Municipality, school: str, today: date) -> bytes:
    """Return the file of one school: who checks its papers, whose papers it checks."""
    note = words.SCHOOL_NOTE.format(day=day(today))
    ours = Page(words.OURS, words.OURS_TITLE.format(school=school), note, words.OURS_COLUMNS, ours_rows(plan, school))
    theirs = Page(
        words.THEIRS, words.THEIRS_TITLE.format(school=school), note, words.THEIRS_COLUMNS, theirs_rows(plan, school)
    )
    return written((ours, theirs), datetime.combine(today, time()))


def ours_rows(plan: Municipality, school: str) -> Table:
    """A row per place of each pack, an empty place with its reason."""
    rows: Table = []
    for one in plan.checked:
        if one.school != school:
            continue
        start = (one.pack.school_class, one.pack.subject, one.pack.papers, *_days(one.pack.days))
        rows += [(*start, other, person) for other, person in one.checkers]
        missing = words.NOT_ASSIGNED.format(reason=words.REASONS.get(one.reason, ""))
        rows += [(*start, None, missing)] * (one.need - len(one.checkers))
    return rows


def theirs_rows(plan: Municipality, school: str) -> Table:
    """A row per pack that someone of this school checks, by their names."""
    found = [
        (person, one.school, one.pack.school_class, one.pack.subject, one.pack.papers, *_days(one.pack.days))
        for one in plan.checked
        for other, person in one.checkers
        if other == school
    ]
    return sorted(found, key=lambda row: (row[0], row[1]))


def _days(days: Period | None) -> tuple[str | None, str | None]:
    if days is None:
        return None, None
    return tuple(None if one is None else day(one) for one in (days.start, days.end))  # type: ignore[return-value]


def summary_file(plans: Sequence[Municipality], notes: Sequence[str], today: date) -> bytes:
    """Return the file of the municipality: totals of schools by the alphabet, ways of papers, gaps, notes."""
    note = words.SCHOOL_NOTE.format(day=day(today))
    pages = (
        Page(words.SCHOOLS, words.SCHOOLS_TITLE, note, words.SCHOOLS_COLUMNS, school_rows(plans)),
        Page(words.WAYS, words.WAYS_TITLE, note, words.WAYS_COLUMNS, way_rows(plans)),
        Page(words.GAPS, words.GAPS_TITLE, note, words.GAPS_COLUMNS, gap_rows(plans)),
        Page(words.NOTES, words.NOTES_TITLE, note, (words.NOTES,), [(line,) for line in notes]),
    )
    return written(pages, datetime.combine(today, time()))


def school_rows(plans: Sequence[Municipality]) -> Table:
    """Totals of each school."""
    return [
        (
            plan.name,
            school.name,
            len(school.packs),
            sum(pack.papers for pack in school.packs),
            sum(one.need for one in plan.checked if one.school == school.name),
            sum(len(one.checkers) for one in plan.checked if one.school == school.name),
            len(school.experts),
            _given(plan)[school.name],
        )
        for plan in plans
        for school in plan.schools
    ]


def _given(plan: Municipality) -> Counter[str]:
    return Counter(school for one in plan.checked for school, _ in one.checkers)


def way_rows(plans: Sequence[Municipality]) -> Table:
    """Placements between each two schools."""
    return [
        (plan.name, owner, checker, count, _mutual(plan, owner, checker))
        for plan in plans
        for (owner, checker), count in ways_of(plan).items()
    ]


def _mutual(plan: Municipality, one: str, other: str) -> str | None:
    return words.MUTUAL if (one, other) in plan.both_ways or (other, one) in plan.both_ways else None


def gap_rows(plans: Sequence[Municipality]) -> Table:
    """Packs that are short, with the reason."""
    return [_gap(plan, one) for plan in plans for one in plan.checked if one.reason]


def _gap(plan: Municipality, one: Checked) -> tuple[Cell, ...]:
    start = (plan.name, one.school, one.pack.school_class, one.pack.subject)
    return (*start, one.need, len(one.checkers), one.eligible, words.REASONS[one.reason])
