"""Whether a plan keeps the rules: read from the tables anew, without the solver and what the solver was told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from xlpy.analysis import staff
from xlpy.assignment.packs import Work, checking_days, count_papers, external_places, pinned_rows
from xlpy.assignment.result import AssignedPack, AssignmentResult, Status
from xlpy.tables.frames import Table
from xlpy.tables.normalise import grade_of
from xlpy.tables.settings import Settings


class Breach(Enum):
    """How a plan can be wrong."""

    PACKS = "packs are not those of the schedule and the pinned rows, each once"
    PAPERS = "number of papers"
    PINNED = "pinned row changed"
    SHORT = "a pack is short and not named as blocked, or the status says otherwise"
    TWICE = "one person twice, or more people than wanted"
    UNKNOWN = "not a teacher"
    CLASS = "works or worked in the class"
    CONFLICT = "declared conflict or a relative in the class"
    ORGANISER = "organiser of the work"
    ABSENT = "absent on the checking days"
    UNQUALIFIED = "not an expert of the subject"
    LIMIT = "over the limit"
    LOADS = "loads are not those of the packs"


@dataclass(frozen=True, slots=True)
class Fault:
    """One breach: where, and whose, "" where it is nobody's."""

    breach: Breach
    work: Work
    teacher: str = ""


def verify(result: AssignmentResult, tables: Mapping[str, Table], settings: Settings) -> tuple[Fault, ...]:
    """Return everything in which a plan is not feasible for these tables; nothing where it is. Pins may break rules."""
    return (*_packs(result, tables, settings), *_people(result, tables, settings), *_loads(result, tables, settings))


def _packs(result: AssignmentResult, tables: Mapping[str, Table], settings: Settings) -> Iterator[Fault]:
    pins, papers = pinned_rows(tables["checkers"]), count_papers(tables)
    blocked = {(b.school_class, b.subject) for b in result.blocking}
    if Counter(p.pack.work for p in result.packs) != Counter({*checking_days(tables["schedule"], settings), *pins}):
        yield Fault(Breach.PACKS, ("", ""))
    if (result.status is Status.INFEASIBLE) != bool(blocked):
        yield Fault(Breach.SHORT, ("", ""))
    wanted, elsewhere = settings.whole("checkers_per_pack") or 1, external_places(tables["checkers"])
    for pack in result.packs:
        work = pack.pack.work
        need = max(0, wanted - elsewhere.get(work, 0))
        if pack.papers != papers.get(work, 0):
            yield Fault(Breach.PAPERS, work)
        if work in pins and pack.checkers != pins[work]:
            yield Fault(Breach.PINNED, work)
        if work not in pins and len(pack.checkers) < need and work not in blocked:
            yield Fault(Breach.SHORT, work)
        if work not in pins and (len(set(pack.checkers)) < len(pack.checkers) or len(pack.checkers) > need):
            yield Fault(Breach.TWICE, work)


def _people(result: AssignmentResult, tables: Mapping[str, Table], settings: Settings) -> Iterator[Fault]:
    teachers = tables["teachers"]
    days, pins = checking_days(tables["schedule"], settings), pinned_rows(tables["checkers"])
    known, subjects, away = staff.experts(teachers), staff.subjects_of(teachers), staff.absences(teachers)
    homeroom = staff.homeroom_of(tables["classes"])
    ever = staff.ever_taught(tables["workload"]) | {(person, c) for c, people in homeroom.items() for person in people}
    ties = staff.ties_by_kind(tables["conflicts"], tables["observers"]).values()
    keepers = staff.organisers(tables["schedule"])
    for pack, person in _free_pairs(result, pins):
        work, period = pack.pack.work, days.get(pack.pack.work)
        knows = staff.is_qualified(subjects.get(person, frozenset()), pack.subject, grade_of(pack.school_class))
        broken = {
            Breach.UNKNOWN: person not in subjects,
            Breach.CLASS: (person, pack.school_class) in ever,
            Breach.CONFLICT: any(staff.has_conflict(declared, person, *work) for declared in ties),
            Breach.ORGANISER: person in keepers.get(work, ()),
            Breach.ABSENT: period is not None and staff.is_absent(away, person, period),
            Breach.UNQUALIFIED: person not in known or not knows,
        }
        yield from (Fault(breach, work, person) for breach, found in broken.items() if found)


def _free_pairs(result: AssignmentResult, pins: Mapping[Work, tuple[str, ...]]) -> Iterator[tuple[AssignedPack, str]]:
    return ((pack, person) for pack in result.packs if pack.pack.work not in pins for person in pack.checkers)


def _loads(result: AssignmentResult, tables: Mapping[str, Table], settings: Settings) -> Iterator[Fault]:
    pins, limits = pinned_rows(tables["checkers"]), staff.limits(tables["teachers"], settings)
    load: Counter[str] = Counter()
    for pack in result.packs:
        load.update(dict.fromkeys(pack.checkers, staff.load_of(pack.papers, settings)))
    if any(load[person] != result.loads.get(person, 0) for person in {*load, *result.loads}):
        yield Fault(Breach.LOADS, ("", ""))
    for pack, person in _free_pairs(result, pins):
        limit = limits.get(person)
        if limit is not None and load[person] > limit and staff.load_of(pack.papers, settings):
            yield Fault(Breach.LIMIT, pack.pack.work, person)
