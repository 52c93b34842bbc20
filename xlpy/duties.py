"""«Назначить наблюдателей» and «Назначить организаторов»: actions as in `actions`, over an open workbook.

Writes go through the door and take effect at its `save`, all or none. The clock comes in as an argument.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlpy.actions import Stamp, check, note, ready
from xlpy.errors import InputError
from xlpy.tables import schema
from xlpy.words import duties as words
from xlpy.words.grammar import day

if TYPE_CHECKING:
    from xlpy.assignment.observers import ObserverPlan
    from xlpy.assignment.organisers import OrganiserPlan, Standing
    from xlpy.assignment.refusals import Refusal
    from xlpy.assignment.slots import Work
    from xlpy.checks.findings import Finding
    from xlpy.workbook.port import Workbook

# What each action draws its conclusions from.
OBSERVER_TABLES = ("settings", "schedule", "observers", "visits", "conflicts", "teachers")
ORGANISER_TABLES = (
    "settings",
    "schedule",
    "teachers",
    "workload",
    "classes",
    "checkers",
    "conflicts",
    "observers",
)
# Where a cell that cannot be read may send somebody to where they must not be.
OBSERVER_SOURCES = frozenset({schema.OBSERVERS.name, schema.CONFLICTS.name})
ORGANISER_SOURCES = frozenset({schema.TEACHERS.name, schema.WORKLOAD.name, schema.CONFLICTS.name})


@dataclass(frozen=True, slots=True)
class NotedRefusal:
    """The works that a refusal means; `is_new`: «Конфликты» did not say so yet."""

    works: tuple[Work, ...]
    is_new: bool


def refuse(book: Workbook, refusal: Refusal, stamp: Stamp) -> NotedRefusal:
    """Put an observer's refusal on «Конфликты»; return what it means. Takes effect at the next save.

    Raises InputError where «Наблюдатели» does not name the person, or no work still to be visited is meant.
    """
    from xlpy.assignment.observer_question import ask
    from xlpy.assignment.refusals import conflict_rows, refused_works
    from xlpy.tables.normalise import fold

    tables, settings = ready(book, OBSERVER_TABLES)
    question = ask(tables, settings, stamp.today)
    known = next((name for name in question.names if fold(name) == fold(refusal.person)), None)
    if known is None:
        raise InputError("unknown_observer", name=refusal.person, near=_near(refusal.person, question.names))
    works = refused_works(question, refusal)
    if not works:
        raise InputError("nothing_refused", name=known)
    today = day(stamp.today)
    reason = (
        words.REFUSED.format(today=today)
        if refusal.day is None
        else words.REFUSED_DAY.format(day=day(refusal.day), today=today)
    )
    rows = conflict_rows(tables, question, known, works, reason)
    if rows:
        book.append_rows(schema.CONFLICTS, rows)
    return NotedRefusal(works, bool(rows))


def _near(name: str, known: Sequence[str]) -> str:
    from xlpy.checks.names import perhaps

    return perhaps(name, known)


def observers(book: Workbook, stamp: Stamp) -> ObserverPlan:
    """Return who observes where; nothing is written."""
    from xlpy.assignment.observers import plan_observers

    tables, settings = ready(book, OBSERVER_TABLES)
    return plan_observers(tables, settings, book.read_tables([schema.VISITS])[schema.VISITS.key], stamp.today)


def write_observers(book: Workbook, plan: ObserverPlan, stamp: Stamp) -> None:
    """Put the plan on «Выходы наблюдателей» and a line into «Журнал». Raises LockedError or SaveError."""
    from xlpy.assignment.duty_wording import summary_of_observers

    book.write_table(schema.VISITS, plan.rows)
    note(book, stamp, "observers", summary_of_observers(plan))
    book.save()


def organisers(book: Workbook, standing: Standing, stamp: Stamp) -> OrganiserPlan:
    """Return who keeps order where; nothing is written."""
    from xlpy.assignment.organisers import plan_organisers

    tables, _ = ready(book, ORGANISER_TABLES)
    return plan_organisers(tables, standing, stamp.today)


def write_organisers(book: Workbook, plan: OrganiserPlan, stamp: Stamp) -> None:
    """Put the plan into «Организатор» of «График» and a line into «Журнал». Raises LockedError or SaveError."""
    from xlpy.assignment.duty_wording import summary_of_organisers
    from xlpy.assignment.organisers import organiser_rows

    if plan.changes:
        book.write_table(schema.SCHEDULE, organiser_rows(book.read_tables([schema.SCHEDULE])["schedule"], plan))
    note(book, stamp, "organisers", summary_of_organisers(plan))
    book.save()


def doubts(book: Workbook, stamp: Stamp, sources: frozenset[str]) -> tuple[Finding, ...]:
    """Errors on the sheets `sources`: for these cells somebody may be sent to where they must not be."""
    return tuple(one for one in check(book, stamp) if one.severity.value == "error" and one.sheet in sources)
