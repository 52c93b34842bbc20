"""What is asked when observers are planned: the visits, who stands there, who may go, and the bare problem of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from xlpy.analysis import staff
from xlpy.analysis.staff import Period
from xlpy.assignment.duty import DutyBar, in_order
from xlpy.assignment.problem import Problem, problem_of
from xlpy.assignment.slots import Sitting, Time, Visit, Work, are_at_once, first_open_day, read_sittings, read_visits
from xlpy.assignment.visit_rows import Slot, VisitRow, is_stale, read_visit_rows
from xlpy.plan.working_days import as_day
from xlpy.tables.frames import Table
from xlpy.tables.normalise import fold
from xlpy.tables.settings import Settings

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Observer:
    """A person of «Наблюдатели»: the classes of their children, the days they named."""

    name: str
    children: frozenset[str]
    free: Period


@dataclass(frozen=True, slots=True)
class Question:
    """Visits by number with what stands there, people by number, and the problem made of them.

    Per visit: `open` (still to be planned), `held` and `standing` (who stands in records, and in rows that may change),
    `bars` (name → what keeps them away). `stale`: rows of visits that are no more.
    """

    need: int
    people: tuple[Observer, ...]
    sittings: Mapping[Slot, Sitting]
    visits: tuple[Visit, ...]
    open: tuple[bool, ...]
    held: tuple[Names, ...]
    standing: tuple[Names, ...]
    bars: tuple[Mapping[str, tuple[DutyBar, ...]], ...]
    rows: tuple[VisitRow, ...]
    stale: tuple[VisitRow, ...]
    problem: Problem

    @property
    def names(self) -> Names:
        """Everyone of «Наблюдатели»."""
        return tuple(one.name for one in self.people)


def read_observers(observers: Table) -> tuple[Observer, ...]:
    """Return the observers by name, each once: of two rows of one person every child counts, and the days of both."""
    frame = observers.frame
    found: dict[str, Observer] = {}
    columns = (frame[key] for key in ("observer", "child_class", "free_from", "free_to"))
    for name, children, start, end in sorted(zip(*columns, strict=True), key=lambda cells: (fold(cells[0]), cells[0])):
        if name:
            new = Observer(name, frozenset(staff.names_in(children)), Period(as_day(start), as_day(end)))
            old = found.get(fold(name))
            found[fold(name)] = new if old is None else _joined(old, new)
    return tuple(found.values())


def _joined(one: Observer, other: Observer) -> Observer:
    starts = [day for day in (one.free.start, other.free.start) if day is not None]
    ends = [day for day in (one.free.end, other.free.end) if day is not None]
    both = Period(max(starts, default=None), min(ends, default=None))
    return Observer(one.name, one.children | other.children, both)


def ask(tables: Mapping[str, Table], settings: Settings, today: date) -> Question:
    """Return the question that a workbook puts."""
    people, sittings = read_observers(tables["observers"]), read_sittings(tables["schedule"])
    visits, need = read_visits(sittings), settings.whole("observers_per_room") or 0
    start = first_open_day((visit.time.day for visit in visits), today)
    is_open = tuple(visit.time.day >= start for visit in visits)
    rows = read_visit_rows(tables["visits"], today)
    stale = _stale(rows, tables["schedule"], today)
    held, standing = _who_stands(rows, visits, is_open, {fold(one.name): one.name for one in people})
    bars = tuple(_bars(tables, people, visits))
    kept = _with_moved(standing, visits, stale)
    return Question(
        need=need,
        people=people,
        sittings={(sitting.time.day, sitting.work): sitting for sitting in sittings},
        visits=visits,
        open=is_open,
        held=held,
        standing=standing,
        bars=bars,
        rows=rows,
        stale=stale,
        problem=_problem(need, people, visits, is_open, held, kept, bars),
    )


def _stale(rows: Sequence[VisitRow], schedule: Table, today: date) -> tuple[VisitRow, ...]:
    days: dict[Work, set[date | None]] = {}
    columns = (schedule.frame[key] for key in ("school_class", "subject", "date", "second_date"))
    for school_class, subject, first, second in zip(*columns, strict=True):
        days.setdefault((school_class, subject), set()).update({as_day(first), as_day(second) or as_day(first)})
    return tuple(one for one in rows if one.planned and not one.held and is_stale(one.slot, days, today))


def _who_stands(
    rows: Sequence[VisitRow], visits: Sequence[Visit], is_open: Sequence[bool], spelled: Mapping[str, str]
) -> tuple[tuple[Names, ...], tuple[Names, ...]]:
    """Names of records and of other rows by visit, spelled as on «Наблюдатели», each once and in one of the two."""
    number = {(visit.time.day, work): at for at, visit in enumerate(visits) for work in visit.works}
    held: list[dict[str, str]] = [{} for _ in visits]
    standing: list[dict[str, str]] = [{} for _ in visits]
    for one in rows:
        at = number.get(one.slot) if one.planned else None
        if at is not None:
            names = {fold(name): spelled.get(fold(name), name) for name in one.names}
            (held if one.held or not is_open[at] else standing)[at].update(names)
    free = [{key: there[key] for key in there if key not in fixed} for there, fixed in zip(standing, held, strict=True)]
    return tuple(tuple(sorted(one.values())) for one in held), tuple(tuple(sorted(one.values())) for one in free)


def _with_moved(
    standing: Sequence[Names], visits: Sequence[Visit], stale: Sequence[VisitRow]
) -> tuple[frozenset[str], ...]:
    """Folded names that a visit had; one without any takes over those of its work's former day."""
    former: dict[Work, set[str]] = {}
    for one in stale:
        former.setdefault(one.work, set()).update(map(fold, one.names))
    return tuple(
        frozenset(map(fold, names)) or frozenset().union(*(former.get(work, ()) for work in visit.works))
        for names, visit in zip(standing, visits, strict=True)
    )


def _bars(
    tables: Mapping[str, Table], people: Sequence[Observer], visits: Sequence[Visit]
) -> list[dict[str, tuple[DutyBar, ...]]]:
    employees = {fold(name) for name in tables["teachers"].frame["teacher"] if name}
    declared = staff.declared_conflicts(tables["conflicts"])
    found = []
    for visit in visits:
        day = Period(visit.time.day, visit.time.day)
        there: dict[str, tuple[DutyBar, ...]] = {}
        for one in people:
            bars = {
                DutyBar.EMPLOYEE: fold(one.name) in employees,
                DutyBar.OWN_CHILD: not one.children.isdisjoint(visit.classes),
                DutyBar.CONFLICT: any(staff.has_conflict(declared, one.name, *work) for work in visit.works),
                DutyBar.NOT_FREE: not staff.overlap(one.free, day),
            }
            if any(bars.values()):
                there[one.name] = in_order(bar for bar, is_so in bars.items() if is_so)
        found.append(there)
    return found


def _problem(
    need: int,
    people: Sequence[Observer],
    visits: Sequence[Visit],
    is_open: Sequence[bool],
    held: Sequence[Names],
    kept: Sequence[Collection[str]],
    bars: Sequence[Mapping[str, object]],
) -> Problem:
    """Visits are packs; whoever is held at a time cannot be elsewhere then, and their visits count as load."""
    busy: dict[str, list[Time]] = {}
    for visit, names in zip(visits, held, strict=True):
        for name in names:
            busy.setdefault(name, []).append(visit.time)
    pairs = [
        (at, number, fold(one.name) in kept[at])
        for at, visit in enumerate(visits)
        for number, one in enumerate(people)
        if is_open[at] and one.name not in bars[at] and not are_at_once([visit.time], busy.get(one.name, ()))
    ]
    pack, observer, had = np.array(pairs, dtype=np.int64).reshape(-1, 3).T
    wants = [max(0, need - len(names)) if now else 0 for names, now in zip(held, is_open, strict=True)]
    load = [len(busy.get(one.name, ())) for one in people]
    return problem_of(
        need=np.array(wants, dtype=np.int64),
        room=np.full(len(people), len(visits) + 1, dtype=np.int64),
        pack=pack,
        teacher=observer,
        kept=had.astype(np.bool_),
        load=np.array(load, dtype=np.int64),
    )
