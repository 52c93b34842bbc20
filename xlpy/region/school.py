"""What a municipal plan needs to know of one school: its packs, its experts, whom it keeps apart. No pupils."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from xlpy.analysis import staff
from xlpy.analysis.staff import Period
from xlpy.assignment.packs import Pack, read_packs
from xlpy.tables import schema
from xlpy.tables.convert import SlipCode
from xlpy.tables.frames import Table, split_list
from xlpy.tables.normalise import clean_text, fold
from xlpy.tables.settings import Settings

# Cells in which a slip may change who is kept from whose papers.
_TELLING = {SlipCode.TYPE, SlipCode.RANGE, SlipCode.CHOICE, SlipCode.ERROR_CELL, SlipCode.UNCALCULATED}
_SHEETS = (schema.TEACHERS, schema.SCHEDULE, schema.CONFLICTS, schema.SETTINGS)


@dataclass(frozen=True, slots=True)
class Expert:
    """Someone who may check: `subjects` as listed, the first one first; `limit` in the school's unit of load."""

    name: str
    subjects: tuple[str, ...]
    limit: int | None = None
    absence: Period | None = None


@dataclass(frozen=True, slots=True)
class School:
    """One school. `staff` are the folded names of all its people; `conflicts` as `staff.declared_conflicts` gives them.

    `each` is how many people a pack should have, `unit` the school's unit of load, `doubts` how many cells of its staff
    sheets could not be read.
    """

    name: str
    municipality: str
    packs: tuple[Pack, ...]
    experts: tuple[Expert, ...]
    staff: frozenset[str]
    conflicts: frozenset[tuple[str, str, str]]
    each: int
    unit: str
    full_name: str = ""
    doubts: int = 0


def by_name(school: School) -> tuple[str, str]:
    """Sort key of schools: by the alphabet, «№ 2» before «№ 10»."""
    return re.sub(r"\d+", lambda number: number[0].zfill(9), school.name), school.name


def read_school(tables: Mapping[str, Table], settings: Settings, otherwise: str) -> School:
    """Return the school of a workbook; `otherwise` is its name where the settings have none. Never raises.

    Packs that «График» does not have are left out, and so is who is pinned: that is for checking within the school.
    """
    teachers = tables["teachers"]
    return School(
        name=clean_text(settings.text("school_short") or settings.text("school")) or otherwise,
        municipality=clean_text(settings.text("municipality")),
        packs=tuple(pack for pack in read_packs(tables, settings) if pack.scheduled),
        experts=_experts(teachers, settings),
        staff=frozenset(fold(name) for name in teachers.frame["teacher"] if name),
        conflicts=staff.declared_conflicts(tables["conflicts"]),
        each=settings.whole("checkers_per_pack") or 1,
        unit=settings.text("load_unit"),
        full_name=clean_text(settings.text("school")),
        doubts=sum(slip.code in _TELLING for sheet in _SHEETS for slip in tables[sheet.key].slips),
    )


def _experts(teachers: Table, settings: Settings) -> tuple[Expert, ...]:
    """In alphabetical order, each name once."""
    frame = teachers.frame
    listed = {name: split_list(subjects) for name, subjects in zip(frame["teacher"], frame["subjects"], strict=True)}
    limits, away = staff.limits(teachers, settings), staff.absences(teachers)
    return tuple(
        Expert(name, tuple(dict.fromkeys(listed[name])), limits[name], away.get(name))
        for name in sorted(staff.experts(teachers))
        if listed[name]
    )
