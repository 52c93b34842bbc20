"""Who observes where: from the tables of a workbook to a plan of «Выходы наблюдателей». Asks no clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from xlpy.assignment.apart import solve_apart
from xlpy.assignment.duty import Change, DutyBar, Gap, Hindered
from xlpy.assignment.goals import FIRST_PLAN, changes_first
from xlpy.assignment.observer_question import Names, Question, ask
from xlpy.assignment.slots import Time, Visit, are_at_once, count_left_out, work_order
from xlpy.assignment.visit_rows import Row, Slot, Wanted, lay_out
from xlpy.tables.frames import Table
from xlpy.tables.normalise import fold
from xlpy.tables.raw import RawTable
from xlpy.tables.settings import Settings


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """A visit and who goes there: `held` is a record already, `observers` are planned."""

    visit: Visit
    held: Names
    observers: Names

    @property
    def names(self) -> Names:
        """Everyone who observes there."""
        return tuple(sorted((*self.held, *self.observers)))


@dataclass(frozen=True, slots=True)
class ObserverPlan:
    """Who observes where. `visits` are those still to be planned; `loads` count all visits of who may go.

    `past`: visits gone by with too few observers; nothing can be done about them. `backdated`: changes on days gone by.
    `left_out`: rows of «График» without a day, class or subject. `first`: nobody was planned before. `proven`: no plan
    is better. `rows`: what «Выходы наблюдателей» becomes.
    """

    need: int
    visits: tuple[PlannedVisit, ...]
    gaps: tuple[Gap, ...]
    changes: tuple[Change, ...]
    loads: Mapping[str, int]
    past: int
    backdated: int
    left_out: int
    first: bool
    proven: bool
    rows: tuple[Row, ...]


def plan_observers(tables: Mapping[str, Table], settings: Settings, raw: RawTable, today: date) -> ObserverPlan:
    """Return who observes where: as many places as can be, then fewest changes, then the most even loads.

    Where nobody is planned yet, evenness comes first. `raw` is «Выходы наблюдателей» as written. The order of rows
    never matters to who goes where. Never raises on data: what cannot be covered is in `gaps`.
    """
    question = ask(tables, settings, today)
    first = not any(one.names for one in question.rows if one.planned)
    order = FIRST_PLAN if first else changes_first(FIRST_PLAN)
    solution = solve_apart(question.problem, order, [(visit.time,) for visit in question.visits])
    sent: list[list[str]] = [[] for _ in question.visits]
    for at in np.flatnonzero(solution.chosen).tolist():
        sent[question.problem.pack[at]].append(question.people[question.problem.teacher[at]].name)
    visits = tuple(
        PlannedVisit(visit, held, tuple(names))
        for visit, held, names in zip(question.visits, question.held, sent, strict=True)
    )
    changes = _changes(question, visits)
    return ObserverPlan(
        need=question.need,
        visits=tuple(one for one, now in zip(visits, question.open, strict=True) if now),
        gaps=_gaps(question, visits),
        changes=changes,
        loads=_loads(question, visits),
        past=sum(len(one.held) < question.need for one, now in zip(visits, question.open, strict=True) if not now),
        backdated=sum(bool(one.come) and one.visit.time.day < today for one in changes),
        left_out=count_left_out(tables["schedule"]),
        first=first,
        proven=solution.proven,
        rows=tuple(_rows(question, visits, raw)),
    )


def _loads(question: Question, visits: Sequence[PlannedVisit]) -> dict[str, int]:
    """How many visits everyone has, records included, who may go somewhere or has been there."""
    count = Counter(name for one in visits for name in one.names)
    may = {question.people[number].name for number in question.problem.teacher.tolist()}
    return {name: count[name] for name in question.names if name in may or count[name]}


def _elsewhere(question: Question, visits: Sequence[PlannedVisit], at: int) -> set[str]:
    """Who is in another place at the time of a visit."""
    time = question.visits[at].time
    others = (one for other, one in enumerate(visits) if other != at and are_at_once([time], [one.visit.time]))
    return {name for one in others for name in one.names}


def _gaps(question: Question, visits: Sequence[PlannedVisit]) -> tuple[Gap, ...]:
    found = []
    for at, one in enumerate(visits):
        missing = int(question.problem.need[at]) - len(one.observers)
        if missing > 0:
            busy, barred = _elsewhere(question, visits, at), question.bars[at]
            hindered = tuple(
                Hindered(name, barred.get(name) or ((DutyBar.BUSY,) if name in busy else ()))
                for name in question.names
                if name not in one.names
            )
            found.append(Gap(one.visit, missing, hindered))
    return tuple(found)


def _changes(question: Question, visits: Sequence[PlannedVisit]) -> tuple[Change, ...]:
    """What is new, by time and class: at visits, and of visits that are no more."""
    found = [
        Change(
            Visit(Time(one.slot[0], None), "", (one.work,)),
            tuple(Hindered(name, (DutyBar.NO_VISIT,)) for name in one.names),
            (),
        )
        for one in question.stale
        if one.names
    ]
    for at, one in enumerate(visits):
        before, after = question.standing[at], one.observers
        gone = tuple(_gone(question, visits, at, name) for name in before if name not in after)
        come = tuple(name for name in after if name not in before)
        if gone or come:
            found.append(Change(one.visit, gone, come))
    return tuple(sorted(found, key=lambda change: (change.visit.time.order(), work_order(change.visit.works[0]))))


def _gone(question: Question, visits: Sequence[PlannedVisit], at: int, name: str) -> Hindered:
    if name not in question.names:
        return Hindered(name, (DutyBar.UNKNOWN,))
    busy = DutyBar.BUSY if name in _elsewhere(question, visits, at) else DutyBar.SURPLUS
    return Hindered(name, question.bars[at].get(name) or (busy,))


def _rows(question: Question, visits: Sequence[PlannedVisit], raw: RawTable) -> list[Row]:
    """The rows of the sheet: a row for each observer at each work, those of records left alone."""
    held: dict[Slot, set[str]] = {}
    for one in question.rows:
        if one.planned and one.held:
            held.setdefault(one.slot, set()).update(map(fold, one.names))
    wanted: dict[Slot, Wanted] = {}
    for planned, now in zip(visits, question.open, strict=True):
        for work in planned.visit.works if now else ():
            slot = (planned.visit.time.day, work)
            names = tuple(name for name in planned.names if fold(name) not in held.get(slot, ()))
            wanted[slot] = Wanted(question.sittings[slot], names, max(0, question.need - len(planned.names)))
    times = {slot: sitting.time for slot, sitting in question.sittings.items()}
    return lay_out(raw, question.rows, wanted, times, {one.row for one in question.stale})
