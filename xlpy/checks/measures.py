"""Rules of «План»: who answers for a measure, what shows that it is done, what is overdue."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from xlpy.checks.findings import Hit
from xlpy.checks.rows import is_before, rows_of
from xlpy.checks.slips import shown
from xlpy.tables import schema
from xlpy.tables.frames import Table
from xlpy.tables.settings import Settings
from xlpy.words.grammar import day

_OPEN = frozenset({"", *schema.PLAN_STATUS[:2]})


def without_responsible(plan: Table) -> Iterable[Hit]:
    """Measures that nobody answers for."""
    for row, number, responsible in rows_of(plan, "number", "responsible"):
        if not responsible and (row, "responsible") not in plan.errors:
            yield Hit("plan", row, "responsible", {"number": shown(number)})


def without_evidence(plan: Table) -> Iterable[Hit]:
    """Measures that are done and show nothing for it."""
    for row, number, status, evidence in rows_of(plan, "number", "status", "evidence"):
        if status == schema.DONE and not evidence:
            yield Hit("plan", row, "evidence", {"number": shown(number)})


def overdue(plan: Table, today: date) -> Iterable[Hit]:
    """Measures whose last day is past and that are not done."""
    for row, number, start, end, status in rows_of(plan, "number", "starts", "ends", "status"):
        if end and end < today and status in _OPEN and not is_before(end, start):
            yield Hit("plan", row, "ends", {"number": shown(number), "date": day(end)})


def backwards(plan: Table) -> Iterable[Hit]:
    """Measures that end before they begin."""
    for row, start, end in rows_of(plan, "starts", "ends"):
        if is_before(end, start):
            yield Hit("plan", row, "ends")


def without_dates(plan: Table, settings: Settings) -> Iterable[Hit]:
    """Measures without a date or a term in words. Before «ВПР с» is known no date can be counted."""
    if settings.date("vpr_from") is None:
        return
    for row, number, due, start, end in rows_of(plan, "number", "due", "starts", "ends"):
        if not due and start is None and end is None:
            yield Hit("plan", row, "ends", {"number": shown(number)}, "dates")
