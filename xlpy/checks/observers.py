"""Rules of «Наблюдатели», «Выходы наблюдателей» and «Конфликты»."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xlpy.analysis.staff import Period, declared_conflicts, has_conflict, overlap
from xlpy.checks.findings import Hit
from xlpy.checks.names import perhaps
from xlpy.checks.rows import rows_of
from xlpy.checks.slips import shown
from xlpy.checks.works import Work, strange_works
from xlpy.tables import schema
from xlpy.tables.frames import Table, split_list
from xlpy.tables.normalise import fold
from xlpy.words.grammar import day

# Only the work itself happens on its day; materials are got before it, papers are checked after it.
_ON_THE_DAY = frozenset({"", schema.VISIT_STAGES[2]})


def _by_name(observers: Table, *keys: str) -> dict[str, tuple[object, ...]]:
    """Folded name → cells of the observer's first row."""
    found: dict[str, tuple[object, ...]] = {}
    for _, name, *cells in rows_of(observers, "observer", *keys):
        if name:
            found.setdefault(fold(name), tuple(cells))
    return found


def own_child(visits: Table, observers: Table) -> Iterable[Hit]:
    """Observers in the class of their own child."""
    children = {name: split_list(str(cells[0])) for name, cells in _by_name(observers, "child_class").items()}
    for row, name, school_class in rows_of(visits, "observer", "school_class"):
        if school_class and school_class in children.get(fold(name), ()):
            yield Hit("visits", row, "observer", {"observer": shown(name), "school_class": school_class})


def unknown_observers(visits: Table, observers: Table) -> Iterable[Hit]:
    """Observers that «Наблюдатели» does not name."""
    known = _by_name(observers)
    names = [name for _, name in rows_of(observers, "observer") if name]
    for row, name in rows_of(visits, "observer"):
        if name and fold(name) not in known:
            yield Hit("visits", row, "observer", {"observer": shown(name), "perhaps": perhaps(name, names)}, name)


def teachers_as_observers(observers: Table, teacher_names: frozenset[str]) -> Iterable[Hit]:
    """Observers who work at the school."""
    folded = {fold(name) for name in teacher_names}
    for row, name in rows_of(observers, "observer"):
        if name and fold(name) in folded:
            yield Hit("observers", row, "observer", {"observer": shown(name)})


def not_free(visits: Table, observers: Table) -> Iterable[Hit]:
    """Observers outside the days they named."""
    free = {name: Period(*cells) for name, cells in _by_name(observers, "free_from", "free_to").items()}  # type: ignore[arg-type]
    for row, name, moment in rows_of(visits, "observer", "date"):
        days = free.get(fold(name))
        if moment and days and not overlap(days, Period(moment, moment)):
            yield Hit("visits", row, "date", {"observer": shown(name), "date": day(moment)})


def days_backwards(observers: Table) -> Iterable[Hit]:
    """Days that end before they begin."""
    for row, start, end in rows_of(observers, "free_from", "free_to"):
        if start and end and end < start:
            yield Hit("observers", row, "free_to")


def without_work(visits: Table, works: Sequence[Work]) -> Iterable[Hit]:
    """Visits to a work that «График» does not have, or on another day than it is written."""
    days: dict[tuple[str, str], set[object]] = {}
    for work in works:
        days.setdefault(work.name, set()).update({work.date, work.second_date} - {None})
    subjects, classes = strange_works(works)
    keys = ("date", "school_class", "subject", "stage")
    for row, moment, school_class, subject, stage in rows_of(visits, *keys):
        params = {"subject": shown(subject), "school_class": shown(school_class), "date": day(moment)}
        there = days.get((school_class, subject))
        if not (school_class and subject) or (there is None and (subject in subjects or school_class in classes)):
            continue
        if there is None:
            yield Hit("visits", row, "subject", params)
        elif there and moment and stage in _ON_THE_DAY and moment not in there:
            yield Hit("visits", row, "date", params)


def observer_in_conflict(visits: Table, conflicts: Table) -> Iterable[Hit]:
    """Observers with a declared conflict with the class."""
    declared = declared_conflicts(conflicts)
    for row, name, school_class, subject in rows_of(visits, "observer", "school_class", "subject"):
        if name and has_conflict(declared, name, school_class, subject):
            yield Hit("visits", row, "observer", {"observer": shown(name), "school_class": shown(school_class)})


def unknown_people(conflicts: Table, teacher_names: frozenset[str], observers: Table) -> Iterable[Hit]:
    """People of «Конфликты» who are neither teachers nor observers. That there are no teachers is told by TCH-05."""
    if not teacher_names:
        return
    names = [*teacher_names, *(name for _, name in rows_of(observers, "observer") if name)]
    folded = {fold(name) for name in names}
    for row, person in rows_of(conflicts, "person"):
        if person and fold(person) not in folded:
            yield Hit("conflicts", row, "person", {"person": shown(person), "perhaps": perhaps(person, names)}, person)
