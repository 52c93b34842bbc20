"""What a school can do about places that stay empty: the fewest steps, of the kinds it prefers.

Every repair fills its places with or without the others. Unit packs: exact, see `repair_flow`. Papers as load: one
place after another, each in the most wanted way there is; that there is no better way is not proven.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from xlpy.assignment.problem import Chosen, filled
from xlpy.assignment.question import Question, ask
from xlpy.assignment.repair_flow import Repaired, fewest_repairs
from xlpy.assignment.repair_kinds import Kinds, Repair, RepairKind, kinds_of
from xlpy.assignment.repair_pairs import Candidates, candidates_of, repair_of
from xlpy.assignment.repair_steps import repairs_by_steps
from xlpy.assignment.result import AssignmentResult
from xlpy.tables.frames import Table
from xlpy.tables.settings import Settings

__all__ = ["Kinds", "Repair", "RepairKind", "find_repairs", "kinds_of", "repairs_of"]


def repairs_of(tables: Mapping[str, Table], settings: Settings, result: AssignmentResult) -> tuple[Repair, ...]:
    """Return the repairs of a plan made of these tables; nothing where no place of it is empty."""
    if not result.blocking:
        return ()
    question = ask(tables, settings, {})
    people = {pack.pack.work: pack.checkers for pack in result.packs}
    teachers, packs, problem = question.facts.teachers, question.packs, question.problem
    chosen = np.array(
        [
            teachers[person] in people.get(packs[number].work, ())
            for number, person in zip(problem.pack.tolist(), problem.teacher.tolist(), strict=True)
        ],
        dtype=np.bool_,
    )
    return find_repairs(question, chosen, settings)


def find_repairs(question: Question, chosen: Chosen, settings: Settings) -> tuple[Repair, ...]:
    """Return what fills the empty places of a fullest plan `chosen`, by class and subject; each fills one.

    Only kinds of the setting «Порядок исправлений» are proposed: what they cannot fill stays empty. Fewest steps of the
    kind that stands last there, then of the one before, and so on.
    """
    problem, kinds = question.problem, kinds_of(settings)
    if not kinds or not (filled(problem, chosen) < problem.need).any():
        return ()
    candidates = candidates_of(question, chosen, settings)
    if not problem.is_unit:
        return repairs_by_steps(question, candidates, kinds)
    found = _told(question, candidates, fewest_repairs(problem, candidates, kinds))
    order = {kind: at for at, kind in enumerate(kinds)}
    return tuple(
        repair for _, repair in sorted(found, key=lambda one: (one[0], order[one[1].kind], one[1].teacher or ""))
    )


def _told(question: Question, candidates: Candidates, repaired: Repaired) -> Iterator[tuple[int, Repair]]:
    """(pack, repair) in words of the school. Who works beyond their limit does so for packs that are new to them."""
    new = np.flatnonzero((repaired.taken > 0) & ~candidates.chosen)
    short = filled(question.problem, candidates.chosen[: len(question.problem.pack)]) < question.problem.need
    left = repaired.beyond.copy()
    for pair in sorted(new.tolist(), key=lambda pair: (not short[candidates.pack[pair]], pair)):
        pack, person, kind = int(candidates.pack[pair]), int(candidates.teacher[pair]), candidates.kind[pair]
        if kind is RepairKind.SECOND_SUBJECT:
            yield pack, repair_of(question, kind, pack, person)
        elif left[person]:
            left[person] -= 1
            yield pack, repair_of(question, RepairKind.OVERTIME, pack, person)
    for pack in np.flatnonzero(repaired.outside).tolist():
        yield pack, repair_of(question, RepairKind.NEIGHBOUR, pack, None, int(repaired.outside[pack]))
