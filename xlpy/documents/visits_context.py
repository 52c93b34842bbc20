"""What stands in the «график выхода наблюдателей»: who comes when and where. No contact, for schools publish it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xlpy.analysis.staff import names_in
from xlpy.assignment.slots import Sitting, Visit, Work, read_sittings, read_visits, work_order
from xlpy.assignment.visit_rows import PLANNED_STAGES
from xlpy.checks.findings import Finding
from xlpy.documents.distribution_facts import Head, head_of
from xlpy.plan.working_days import as_day
from xlpy.tables import schema
from xlpy.tables.frames import Table
from xlpy.tables.normalise import fold
from xlpy.tables.settings import Settings
from xlpy.words import distribution as words
from xlpy.words.grammar import day

# Rules about whom a school may send: own child's class, a teacher as observer, a declared conflict, an unknown name.
_RULES_OF_OBSERVERS = frozenset({"OBS-01", "OBS-02", "OBS-03", "OBS-06"})

_Slot = tuple[date | None, Work]


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One observer at one work, as written: whoever comes signs a line of their own."""

    number: int
    date: str
    lesson: str
    school_class: str
    subject: str
    room: str
    stage: str
    observer: str


@dataclass(frozen=True, slots=True)
class Visits:
    """The schedule: every field is a name the template may use."""

    head: Head
    visits: tuple[VisitRow, ...]
    uncovered: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the sheet; its lesson, and a room that it does not write, are those of «График»."""

    slot: _Slot
    lesson: int | None
    room: str
    stage: str
    observers: tuple[str, ...]


def has_visits(visits: Table) -> bool:
    """Whether «Выходы наблюдателей» has any row."""
    return not visits.frame.empty


def visits_of(tables: Mapping[str, Table], settings: Settings, findings: Sequence[Finding], today: date) -> Visits:
    """Return the schedule of what stands on «Выходы наблюдателей» now, by date, lesson and class."""
    sittings = read_sittings(tables["schedule"])
    rows = _read(tables["visits"], tables["observers"], sittings)
    named = any(row.observers for row in rows)
    keep_rules = named and not any(finding.code in _RULES_OF_OBSERVERS for finding in findings)
    return Visits(
        head=head_of(settings, today),
        visits=_written(rows),
        uncovered=_uncovered(sittings, rows, settings.whole("observers_per_room") or 0),
        notes=(words.RULE_OF_OBSERVERS,) if keep_rules else (),
    )


def _read(visits: Table, observers: Table, sittings: Sequence[Sitting]) -> tuple[_Row, ...]:
    """The rows by time, class, subject and stage, names spelled as on «Наблюдатели»."""
    spelled: dict[str, str] = {}
    for name in observers.frame["observer"]:
        spelled.setdefault(fold(name), name)
    known: dict[_Slot, Sitting] = {(sitting.time.day, sitting.work): sitting for sitting in sittings}
    frame = visits.frame
    found: list[_Row] = []
    columns = (frame[key] for key in ("date", "school_class", "subject", "room", "stage", "observer"))
    for moment, school_class, subject, room, stage, people in zip(*columns, strict=True):
        slot = as_day(moment), (school_class, subject)
        there = known.get(slot) if stage in PLANNED_STAGES else None
        found.append(
            _Row(
                slot=slot,
                lesson=there.time.lesson if there else None,
                room=room or (there.room if there else ""),
                stage=stage,
                observers=tuple(dict.fromkeys(spelled.get(fold(name), name) for name in names_in(people))),
            )
        )
    return tuple(sorted(found, key=_order))


def _order(row: _Row) -> tuple[object, ...]:
    day_, work = row.slot
    stage = schema.VISIT_STAGES.index(row.stage) if row.stage in schema.VISIT_STAGES else len(schema.VISIT_STAGES)
    return day_ or date.max, row.lesson is None, row.lesson or 0, work_order(work), row.room, stage


def _written(rows: Sequence[_Row]) -> tuple[VisitRow, ...]:
    lines = [(row, name) for row in rows for name in row.observers or (words.NOBODY,)]
    return tuple(
        VisitRow(
            number=number,
            date=day(row.slot[0]),
            lesson="" if row.lesson is None else str(row.lesson),
            school_class=row.slot[1][0],
            subject=row.slot[1][1],
            room=row.room,
            stage=row.stage,
            observer=name,
        )
        for number, (row, name) in enumerate(lines, start=1)
    )


def _uncovered(sittings: Sequence[Sitting], rows: Sequence[_Row], wanted: int) -> tuple[str, ...]:
    """Rooms with fewer observers than the settings ask; who comes to one work of a room sees all that is there."""
    there: dict[_Slot, set[str]] = {}
    for row in rows:
        if row.stage in PLANNED_STAGES:
            there.setdefault(row.slot, set()).update(row.observers)
    lines: list[str] = []
    for visit in read_visits(sittings):
        came = {name for work in visit.works for name in there.get((visit.time.day, work), ())}
        if len(came) < wanted:
            lines.append(_line(visit, wanted, len(came)))
    return tuple(lines)


def _line(visit: Visit, wanted: int, there: int) -> str:
    return words.UNCOVERED.format(
        date=day(visit.time.day),
        works="; ".join(", ".join(work) for work in visit.works),
        room=words.IN_ROOM.format(room=visit.room) if visit.room else "",
        wanted=wanted,
        there=there,
    )
