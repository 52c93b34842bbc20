"""Repairs as a numbered list and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from xlpy.analysis import staff
from xlpy.assignment.accepting import least_limits
from xlpy.assignment.repair_kinds import Repair, RepairKind
from xlpy.assignment.result import AssignmentResult, Unit
from xlpy.tables.frames import Table
from xlpy.tables.settings import PAPERS, Settings
from xlpy.words import assignment as assignment_words
from xlpy.words import repairs as words
from xlpy.words.grammar import counted


def repair_lines(
    tables: Mapping[str, Table], settings: Settings, result: AssignmentResult, repairs: Sequence[Repair]
) -> tuple[str, ...]:
    """Return the repairs of a plan as numbered lines, how to accept them, and what nothing repairs; else nothing."""
    left = _left(result, repairs)
    if not repairs and not left:
        return ()
    lines: list[str] = []
    if repairs:
        numbered = enumerate(said(tables, settings, repairs), start=1)
        lines.append(words.HEAD if result.unit is Unit.PACKS else words.HEAD_ROUGH)
        lines += [words.LINE.format(number=number, what=what) for number, what in numbered]
    if left:
        lines.append(words.LEFT.format(works=assignment_words.shortened(left, "; ")))
    if repairs:
        numbers = ",".join(str(number) for number in range(1, len(repairs) + 1)[:2])
        lines.append(words.HOW_TO_ACCEPT.format(numbers=numbers, every=words.EVERY))
    return tuple(lines)


def said(tables: Mapping[str, Table], settings: Settings, repairs: Sequence[Repair]) -> Iterator[str]:
    """A phrase per repair; limits rise from one to the next as if all before were accepted."""
    papers = settings.text("load_unit") == PAPERS
    limits, least = staff.limits(tables["teachers"], settings), least_limits(tables, settings)
    for repair in repairs:
        teacher = repair.teacher or ""
        before = limits.get(teacher)
        if repair.kind is RepairKind.OVERTIME:
            least[teacher] += repair.units
            limits[teacher] = least[teacher]
        yield words.KINDS[repair.kind.value].format(
            teacher=teacher,
            school_class=repair.school_class,
            subject=repair.subject,
            load=assignment_words.packs_or_papers(repair.units, papers=papers),
            places=counted(repair.units, *words.PLACES),
            before=before,
            after=least.get(teacher),
        )


def _left(result: AssignmentResult, repairs: Sequence[Repair]) -> list[str]:
    """Works that stay short when all repairs are accepted."""
    filled = Counter[tuple[str, str]]()
    for repair in repairs:
        places = repair.units if repair.kind is RepairKind.NEIGHBOUR else 1
        filled[repair.school_class, repair.subject] += places
    return [
        f"{pack.school_class}, {pack.subject}"
        for pack in result.packs
        if not pack.pinned and len(pack.checkers) + filled[pack.pack.work] < pack.need
    ]


def repair_dicts(repairs: Sequence[Repair]) -> list[dict[str, object]]:
    """Return repairs as the command line prints them in JSON."""
    return [
        {
            "number": number,
            "kind": one.kind.value,
            "class": one.school_class,
            "subject": one.subject,
            "teacher": one.teacher,
            "units": one.units,
        }
        for number, one in enumerate(repairs, start=1)
    ]
