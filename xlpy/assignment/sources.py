"""Where it is written that somebody may not check a pack: the cells behind each reason, for one pack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from xlpy.analysis import staff
from xlpy.analysis.staff import Bar
from xlpy.assignment.packs import Pack, Work
from xlpy.plan.working_days import as_day
from xlpy.tables.frames import Table
from xlpy.tables.normalise import fold
from xlpy.tables.settings import SETTINGS_ROWS

# What a column of «Учителя» says against its teacher, where it does.
_OWN_CELLS = ((Bar.NOT_EXPERT, "roles"), (Bar.NOT_QUALIFIED, "subjects"))


@dataclass(frozen=True, slots=True)
class Place:
    """One cell: sheet by name, A1 address."""

    sheet: str
    cell: str


Sources = Mapping[tuple[str, Bar], tuple[Place, ...]]
_Found = Iterator[tuple[str, Bar, Place]]


def read_sources(tables: Mapping[str, Table], pack: Pack) -> Sources:
    """Return (folded teacher, bar) → the cells that say so. Which of the bars truly hold is not asked here."""
    found: dict[tuple[str, Bar], list[Place]] = {}
    for teacher, bar, place in (
        *_homeroom(tables["classes"], pack),
        *_lessons(tables["workload"], pack),
        *_declared(tables["conflicts"], tables["observers"], pack),
        *named_in(tables["schedule"], ("organiser",), Bar.ORGANISER, pack.work),
        *named_in(tables["checkers"], ("checker", "second_checker"), Bar.FIRST_CHECKER, pack.work),
        *_own(tables["teachers"]),
    ):
        found.setdefault((fold(teacher), bar), []).append(place)
    return {key: tuple(places) for key, places in found.items()}


def limit_places(tables: Mapping[str, Table]) -> dict[str, tuple[Place, ...]]:
    """Return teacher → the cell of the limit that counts for them: their own on «Учителя», else the school's."""
    caption = next(fold(one.caption) for one in SETTINGS_ROWS if one.key == "paper_limit")
    general = tuple(
        _place(tables["settings"], row, "setting")
        for row, parameter in _rows(tables["settings"], "parameter")
        if fold(parameter) == caption
    )
    return {
        teacher: general[:1] if own != own else (_place(tables["teachers"], row, "paper_limit"),)  # noqa: PLR0124 - NaN
        for row, teacher, own in _rows(tables["teachers"], "teacher", "paper_limit")
    }


def _rows(table: Table, *keys: str) -> Iterator[tuple[Any, ...]]:
    return zip(table.frame.index.tolist(), *(table.frame[key] for key in keys), strict=True)


def _place(table: Table, row: int, key: str) -> Place:
    return Place(table.sheet.name, table.cell(row, key))


def _homeroom(classes: Table, pack: Pack) -> _Found:
    for row, school_class, people in _rows(classes, "school_class", "homeroom"):
        if pack.school_class in staff.names_in(school_class):
            for teacher in staff.names_in(people):
                yield teacher, Bar.HOMEROOM, _place(classes, row, "homeroom")


def _lessons(workload: Table, pack: Pack) -> _Found:
    """A row whose lessons ended before the pack is checked speaks of what was, any other of what is."""
    first = pack.days.start if pack.days is not None else None
    for row, people, school_class, until in _rows(workload, "teacher", "school_class", "until"):
        last = as_day(until)
        past = first is not None and last is not None and last < first
        if pack.school_class in staff.names_in(school_class):
            for teacher in staff.names_in(people):
                yield teacher, Bar.TAUGHT if past else Bar.TEACHES, _place(workload, row, "teacher")


def _declared(conflicts: Table, observers: Table, pack: Pack) -> _Found:
    ties = {(pack.school_class, subject) for subject in ("", pack.subject)}
    for row, bar, (person, *work) in staff.conflict_cells(conflicts):
        if (work[0], work[1]) in ties:
            yield person, bar, _place(conflicts, row, "person")
    for row, (person, *work) in staff.parent_cells(observers):
        if (work[0], work[1]) in ties:
            yield person, Bar.RELATIVE, _place(observers, row, "child_class")


def named_in(table: Table, keys: tuple[str, ...], bar: Bar, work: Work) -> _Found:
    """Whom the columns name in rows of this very work."""
    for row, school_class, subject, *cells in _rows(table, "school_class", "subject", *keys):
        if (school_class, subject) == work:
            for key, people in zip(keys, cells, strict=True):
                for teacher in staff.names_in(people):
                    yield teacher, bar, _place(table, row, key)


def _own(teachers: Table) -> _Found:
    for row, teacher, start in _rows(teachers, "teacher", "absent_from"):
        yield teacher, Bar.ABSENT, _place(teachers, row, "absent_from" if as_day(start) else "absent_to")
        for bar, key in _OWN_CELLS:
            yield teacher, bar, _place(teachers, row, key)
