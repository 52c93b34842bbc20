"""What stands in the «личное задание проверяющего»: works, days, codes. Nobody's name but the checker's, no points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from xlpy.analysis.scoring import single_scales
from xlpy.assignment.packs import Work, checking_days
from xlpy.documents.distribution_facts import (
    Head,
    Placed,
    by_name,
    codes_of_works,
    head_of,
    load_text,
    placed_rows,
)
from xlpy.documents.protocol_context import days_held, most_points
from xlpy.documents.protocol_papers import declared_heads
from xlpy.tables.frames import Table
from xlpy.tables.normalise import grade_of
from xlpy.tables.settings import Settings
from xlpy.words import distribution as words
from xlpy.words.grammar import ABSENT_VALUE, day

# Codes in a line of the sheet, each with its box to tick.
CODES_IN_ROW = 6


@dataclass(frozen=True, slots=True)
class PackTask:
    """One pack to check. `rows` hold its codes, CODES_IN_ROW in each, the last one filled up with nothing."""

    school_class: str
    subject: str
    role: str
    held_on: str
    papers: int
    checked_from: str
    checked_until: str
    tasks: str
    maximum: str
    codes: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class TaskSheet:
    """The task of one checker: every field is a name the template may use."""

    head: Head
    teacher: str
    load: str
    packs: tuple[PackTask, ...]


def task_sheets_of(tables: Mapping[str, Table], settings: Settings, today: date) -> tuple[TaskSheet, ...]:
    """Return a sheet for everyone of this school named on «Проверяющие», by alphabet; packs by their last day."""
    placed = placed_rows(tables["checkers"])
    packs = _packs({row.work for row in placed}, tables, settings)
    rows_of: dict[str, list[Placed]] = {}
    for row in placed:
        for name in row.people:
            rows_of.setdefault(name, []).append(row)
    head = head_of(settings, today)
    return tuple(_sheet(head, name, rows_of[name], packs) for name in by_name(rows_of))


@dataclass(frozen=True, slots=True)
class _Dated:
    """A pack as its first checker gets it, and the days by which packs are put in order."""

    last: date
    first: date
    pack: PackTask


def _sheet(head: Head, teacher: str, rows: Sequence[Placed], packs: Mapping[Work, _Dated]) -> TaskSheet:
    ordered = sorted(rows, key=lambda row: (packs[row.work].last, packs[row.work].first))
    tasks = tuple(
        packs[row.work].pack if row.checker == teacher else replace(packs[row.work].pack, role=words.SECOND)
        for row in ordered
    )
    return TaskSheet(head, teacher, load_text(len(tasks), sum(task.papers for task in tasks)), tasks)


def _packs(works: Iterable[Work], tables: Mapping[str, Table], settings: Settings) -> dict[Work, _Dated]:
    year = settings.text("year")
    days, held = checking_days(tables["schedule"], settings), days_held(tables["schedule"])
    codes, heads = codes_of_works(tables), declared_heads(tables["tasks"], year)
    maxima = single_scales(tables["scales"], year)["max_points"].to_dict()
    found: dict[Work, _Dated] = {}
    for work in works:
        key = (float(grade_of(work[0]) or 0), work[1])
        period, tasks, listed = days.get(work), tuple(heads.get(key, {}).values()), codes.get(work, ())
        start, end = (period.start, period.end) if period else (None, None)
        pack = PackTask(
            school_class=work[0],
            subject=work[1],
            role=words.FIRST,
            held_on=held.get(work, ABSENT_VALUE),
            papers=len(listed),
            checked_from=day(start),
            checked_until=day(end),
            tasks=str(len(tasks)) if tasks else ABSENT_VALUE,
            maximum=most_points(maxima.get(key), tasks),
            codes=listed,
            rows=_rows(listed),
        )
        found[work] = _Dated(end or date.max, start or date.max, pack)
    return found


def _rows(codes: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    filled = [*codes, *[""] * (-len(codes) % CODES_IN_ROW)]
    return tuple(tuple(filled[at : at + CODES_IN_ROW]) for at in range(0, len(filled), CODES_IN_ROW))
