"""What is to be written where repairs are accepted: limits, subjects, places of another school. Writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from xlpy.analysis import staff
from xlpy.assignment.packs import Work, read_packs
from xlpy.assignment.question import pinned_load
from xlpy.assignment.repair_kinds import Repair, RepairKind
from xlpy.assignment.result import AssignmentResult
from xlpy.assignment.wording import to_rows
from xlpy.errors import InputError
from xlpy.tables import schema
from xlpy.tables.frames import Table, split_list
from xlpy.tables.merge import positions_of
from xlpy.tables.raw import RawTable, Value
from xlpy.tables.settings import Settings
from xlpy.words.repairs import EVERY


@dataclass(frozen=True, slots=True)
class Edits:
    """What accepted repairs change. `limits`: teacher → their own limit now; `subjects`: teacher → subjects they get.

    `external`: work → places that another school fills beside those it fills already.
    """

    limits: Mapping[str, int]
    subjects: Mapping[str, tuple[str, ...]]
    external: Mapping[Work, int]


def picked(said: str, repairs: Sequence[Repair]) -> tuple[Repair, ...]:
    """Return the repairs of a list that numbers name, or all of them. Raises InputError for a number it lacks."""
    if said.strip().casefold() == EVERY:
        return tuple(repairs)
    parts = [part.strip() for part in said.replace(";", ",").split(",") if part.strip()]
    numbers = {int(part) for part in parts if part.isdecimal() and 0 < int(part) <= len(repairs)}
    strange = [part for part in parts if not part.isdecimal() or int(part) not in numbers]
    if strange or not parts:
        raise InputError("accept_numbers", said=said, count=len(repairs))
    return tuple(repair for number, repair in enumerate(repairs, start=1) if number in numbers)


def accepted_edits(tables: Mapping[str, Table], settings: Settings, repairs: Sequence[Repair]) -> Edits:
    """Return what is to be written for these repairs. Limits rise exactly by what is needed.

    Whose limit is the school's general one gets a limit of their own.
    """
    beyond, outside = Counter[str](), Counter[Work]()
    subjects: dict[str, list[str]] = {}
    for repair in repairs:
        if repair.teacher is None:
            outside[repair.school_class, repair.subject] += repair.units
        elif repair.kind is RepairKind.OVERTIME:
            beyond[repair.teacher] += repair.units
        elif repair.subject not in subjects.setdefault(repair.teacher, []):
            subjects[repair.teacher].append(repair.subject)
    least = least_limits(tables, settings)
    return Edits(
        limits={teacher: least[teacher] + units for teacher, units in sorted(beyond.items())},
        subjects={teacher: tuple(found) for teacher, found in sorted(subjects.items())},
        external=dict(outside),
    )


def least_limits(tables: Mapping[str, Table], settings: Settings) -> dict[str, int]:
    """Teacher → their limit, or what pinned rows give them where that is more; people without a limit are left out."""
    load = pinned_load(read_packs(tables, settings), settings)
    limits = staff.limits(tables["teachers"], settings)
    return {teacher: max(limit, load[teacher]) for teacher, limit in limits.items() if limit is not None}


def teacher_rows(raw: RawTable, teachers: Table, edits: Edits) -> list[dict[str, Value]]:
    """Return all rows of «Учителя» with the limits and subjects that are new; everything else is not named."""
    at = positions_of(schema.TEACHERS, raw.captions)["teacher"]
    rows: list[dict[str, Value]] = []
    for row, line in enumerate(raw.values, start=raw.first_row):
        named: dict[str, Value] = {"teacher": line[at]}
        if row in teachers.frame.index:
            teacher, subjects = (str(teachers.frame.at[row, key]) for key in ("teacher", "subjects"))
            if teacher in edits.limits:
                named["paper_limit"] = edits.limits[teacher]
            if teacher in edits.subjects:
                own = split_list(subjects)
                named["subjects"] = "; ".join(dict.fromkeys([*own, *edits.subjects[teacher]]))
        rows.append(named)
    return rows


def checker_rows(result: AssignmentResult, edits: Edits) -> list[dict[str, Value]]:
    """Return the rows of a plan in which another school fills the places that it takes over."""
    packs = tuple(
        replace(pack, pack=replace(pack.pack, external=pack.pack.external + edits.external.get(pack.pack.work, 0)))
        for pack in result.packs
    )
    return to_rows(replace(result, packs=packs))
