"""Who could fill an empty place if a limit were raised or a subject added: pairs that the plan itself may not use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from xlpy.analysis.staff import Bar
from xlpy.assignment.packs import Pack
from xlpy.assignment.problem import ALONE, Chosen, Whole, filled
from xlpy.assignment.question import Question
from xlpy.assignment.repair_kinds import Repair, RepairKind
from xlpy.assignment.shortage import reached
from xlpy.tables import schema
from xlpy.tables.settings import Settings

ONLY_SUBJECT = (Bar.NOT_QUALIFIED,)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of packs and people, the problem's own first (`kind` None), then those of a repair.

    Shapes: `pack`, `teacher`, `group` (as in `Problem`), `chosen` (in the plan), `kind` per pair; `willing` per
    teacher: whether they may be asked to take more than their limit. A limit of nothing says that they may not.
    """

    pack: Whole
    teacher: Whole
    group: Whole
    chosen: Chosen
    kind: tuple[RepairKind | None, ...]
    willing: Chosen


def candidates_of(question: Question, chosen: Chosen, settings: Settings) -> Candidates:
    """Return every pair that may fill a place of a pack that competes for people, whatever it takes."""
    problem, teachers = question.problem, question.facts.teachers
    willing = np.array(
        [question.limits[teacher] is None or (question.limits[teacher] or 0) > 0 for teacher in teachers]
    )
    apart = settings.text("class_checkers") == schema.YES
    competing, _ = reached(problem, chosen, filled(problem, chosen) < problem.need)
    held = _held_classes(question.packs) if apart else {}
    extra = list(_extra_pairs(question, np.flatnonzero(competing).tolist(), willing.tolist(), held))
    pack = np.concatenate([problem.pack, np.array([number for number, _, _ in extra], dtype=np.int64)])
    return Candidates(
        pack=pack,
        teacher=np.concatenate([problem.teacher, np.array([person for _, person, _ in extra], dtype=np.int64)]),
        group=_class_numbers(question.packs)[pack] if apart else np.full(len(pack), ALONE, dtype=np.int64),
        chosen=np.concatenate([chosen, np.zeros(len(extra), dtype=np.bool_)]),
        kind=(*[None] * len(chosen), *(kind for _, _, kind in extra)),
        willing=willing,
    )


def repair_of(question: Question, kind: RepairKind, number: int, person: int | None, units: int = 1) -> Repair:
    """Return a repair by the names of the school: `number` of the pack and of the person, None for another school."""
    pack = question.packs[number]
    teacher = None if person is None else question.facts.teachers[person]
    return Repair(kind, pack.school_class, pack.subject, teacher, units)


def _extra_pairs(
    question: Question, packs: list[int], willing: list[bool], held: Mapping[str, set[str]]
) -> Iterator[tuple[int, int, RepairKind]]:
    """(pack, teacher, kind) of those whom only the limit keeps from the pack, or only the subject.

    `held`: class → people who have a work of it already and may have no other.
    """
    problem = question.problem
    for number in packs:
        allowed = set(problem.teacher[problem.pack == number].tolist())
        pack = question.packs[number]
        for person, teacher in enumerate(question.facts.teachers):
            bars = question.bars[number].get(teacher, ())
            if person in allowed or not willing[person] or teacher in held.get(pack.school_class, ()):
                continue
            if not bars:
                yield number, person, RepairKind.OVERTIME
            elif bars == ONLY_SUBJECT and problem.room[person] >= problem.weight[number]:
                yield number, person, RepairKind.SECOND_SUBJECT


def _held_classes(packs: Sequence[Pack]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for pack in packs:
        found.setdefault(pack.school_class, set()).update(pack.pinned)
    return found


def _class_numbers(packs: Sequence[Pack]) -> Whole:
    numbers = {name: at for at, name in enumerate(dict.fromkeys(pack.school_class for pack in packs))}
    return np.array([numbers[pack.school_class] for pack in packs], dtype=np.int64)
