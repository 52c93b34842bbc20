"""Why somebody may or may not check one pack: every reason with the cells it comes from, and their load and limit.

One pack at a time: `eligibility.find_bars` answers for all of them and knows no cells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from xlpy.analysis import staff
from xlpy.analysis.staff import Bar
from xlpy.assignment.eligibility import find_bars, read_facts
from xlpy.assignment.packs import Pack, Work, count_papers
from xlpy.assignment.sources import Place, Sources, limit_places, named_in, read_sources
from xlpy.tables import schema
from xlpy.tables.frames import Table
from xlpy.tables.normalise import fold
from xlpy.tables.settings import PAPERS, Settings

_OF_FIRST_LOOK = (Bar.ABSENT, Bar.NOT_EXPERT)
_CHECKERS = ("checker", "second_checker")


class Look(Enum):
    """Which look at the papers is asked about: the first checking, or «Перепроверка»."""

    FIRST = "first"
    AGAIN = "again"


class Snag(Enum):
    """What stands in the way only as the plan is now, not between the person and the class."""

    SAME_CLASS = "same class"
    LIMIT = "limit"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason not to check, and where it is written."""

    why: Bar | Snag
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """One teacher and the pack: every reason against it, what they have to check now and their limit."""

    teacher: str
    reasons: tuple[Reason, ...]
    load: int
    limit: int | None

    @property
    def may_check(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.reasons


@dataclass(frozen=True, slots=True)
class Answer:
    """Who has a pack now, each once, and what speaks against everyone, people in alphabetical order.

    `unknown` are names that have it now and stand nowhere on «Учителя»; another school is known. `in_papers`: load is
    counted in papers, as it always is where papers are checked again.
    """

    look: Look
    pack: Pack
    assigned: tuple[str, ...]
    unknown: tuple[str, ...]
    people: tuple[Person, ...]
    in_papers: bool


def why_check(tables: Mapping[str, Table], settings: Settings, pack: Pack) -> Answer:
    """Return who may check a pack. What others have is read from «Проверяющие» as it stands, this pack left out."""
    weight, limit_at = staff.load_of(pack.papers, settings), limit_places(tables)
    now, busy = _named(tables["checkers"], pack.work, _CHECKERS), _busy_in_class(tables, settings, pack)
    people = []
    for person in _people(tables, settings, pack):
        other = person.load - (weight if person.teacher in now else 0)
        full = person.limit is not None and weight > max(0, person.limit - other)
        snags = [Reason(Snag.SAME_CLASS, busy[person.teacher])] if person.teacher in busy else []
        snags += [Reason(Snag.LIMIT, limit_at[person.teacher])] if full else []
        people.append(Person(person.teacher, (*person.reasons, *snags), person.load, person.limit))
    return _answer(Look.FIRST, pack, now, people, settings)


def why_recheck(tables: Mapping[str, Table], settings: Settings, pack: Pack) -> Answer:
    """Return who may check a pack again: nobody who checked it first. Load is the papers they check again already.

    Days of checking, limits and the role «эксперт» belong to the first look.
    """
    again = Counter(tables["rechecks"].frame["rechecker"])
    first, sources = _named(tables["checkers"], pack.work, _CHECKERS), read_sources(tables, pack)
    people = []
    for person in _people(tables, settings, pack):
        found = {reason.why: reason for reason in person.reasons if reason.why not in _OF_FIRST_LOOK}
        if person.teacher in first:
            found[Bar.FIRST_CHECKER] = _reason(sources, person.teacher, Bar.FIRST_CHECKER)
        reasons = tuple(found[bar] for bar in Bar if bar in found)
        people.append(Person(person.teacher, reasons, again[person.teacher], None))
    return _answer(Look.AGAIN, pack, _named(tables["rechecks"], pack.work, ("rechecker",)), people, settings)


def _busy_in_class(tables: Mapping[str, Table], settings: Settings, pack: Pack) -> dict[str, tuple[Place, ...]]:
    """Who checks another work of the class, and where it says so, if the school wants different people for each."""
    if settings.text("class_checkers") != schema.YES:
        return {}
    others = {
        subject: None
        for school_class, subject in zip(
            *(tables["checkers"].frame[k] for k in ("school_class", "subject")), strict=True
        )
        if school_class == pack.school_class and subject != pack.subject
    }
    found: dict[str, tuple[Place, ...]] = {}
    for subject in others:
        for teacher, _, place in named_in(
            tables["checkers"], _CHECKERS, Bar.FIRST_CHECKER, (pack.school_class, subject)
        ):
            found[teacher] = (*found.get(teacher, ()), place)
    return found


def _people(tables: Mapping[str, Table], settings: Settings, pack: Pack) -> list[Person]:
    """Everyone of «Учителя» with the bars between them and the pack."""
    facts, sources = read_facts(tables), read_sources(tables, pack)
    loads, limits = _loads(tables, settings), staff.limits(tables["teachers"], settings)
    (barred,) = find_bars(facts, [pack])
    return [
        Person(t, tuple(_reason(sources, t, bar) for bar in barred.get(t, ())), loads[t], limits[t])
        for t in facts.teachers
    ]


def _reason(sources: Sources, teacher: str, bar: Bar) -> Reason:
    return Reason(bar, sources.get((fold(teacher), bar), ()))


def _answer(look: Look, pack: Pack, now: tuple[str, ...], people: list[Person], settings: Settings) -> Answer:
    known = {schema.EXTERNAL_CHECKER, *(person.teacher for person in people)}
    unknown = tuple(name for name in now if name not in known)
    in_papers = look is Look.AGAIN or settings.text("load_unit") == PAPERS
    return Answer(look, pack, now, unknown, tuple(people), in_papers)


def _named(table: Table, work: Work, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Whom the rows of this work name, in their order, each once."""
    frame = table.frame
    rows = frame[(frame["school_class"] == work[0]) & (frame["subject"] == work[1])]
    names = (name for people in zip(*(rows[key] for key in keys), strict=True) for name in people)
    return tuple(dict.fromkeys(name for name in names if name))


def _loads(tables: Mapping[str, Table], settings: Settings) -> Counter[str]:
    """What «Проверяющие» gives everyone now; a name that stands twice in one row counts once."""
    papers, frame, load = count_papers(tables), tables["checkers"].frame, Counter[str]()
    for school_class, subject, *names in zip(
        *(frame[key] for key in ("school_class", "subject", *_CHECKERS)), strict=True
    ):
        for name in {*names} - {""}:
            load[name] += staff.load_of(papers.get((school_class, subject), 0), settings)
    return load
