"""Two independent checks of one work held against each other: what differs, and whether a third check is needed.

Nothing of the second check goes into the workbook: people decide, with the paper before them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlpy.exchange.forms.bookrows import BookWork
from xlpy.exchange.forms.form import FormTask
from xlpy.exchange.forms.voice import Heard, Voice
from xlpy.tables import schema
from xlpy.tables.raw import Value

_NOTHING_SCORED = frozenset({schema.NOT_ATTEMPTED, schema.NOT_TAUGHT})


@dataclass(frozen=True, slots=True)
class TaskDiffers:
    """A task for which the two give different points."""

    task: FormTask
    first: Value
    second: Heard


@dataclass(frozen=True, slots=True)
class PaperDiffers:
    """A paper on which the two checks differ by more than is tolerated.

    `totals` are of the first and second check, None where one of them is not finished; `needs_third` says whether
    they are so far apart that somebody else must check the paper.
    """

    code: str
    tasks: tuple[TaskDiffers, ...]
    totals: tuple[int, int] | None
    needs_third: bool
    at: Heard


@dataclass(frozen=True, slots=True)
class Compared:
    """What the second check of a work says. `waiting`: papers it has and the first has not yet."""

    differing: tuple[PaperDiffers, ...]
    agreed: int
    waiting: tuple[str, ...]


def compare(
    voice: Voice,
    work: BookWork,
    now: Mapping[tuple[int, str], Value],
    tasks: Sequence[FormTask],
    tolerances: tuple[int, int],
) -> Compared:
    """Return how the second check stands to the first one, which is what the workbook says with the edits `now`.

    `tolerances`: points from which a difference is told, for a task and for a paper, as «Настройки» have them.
    """
    differing: list[PaperDiffers] = []
    waiting: list[str] = []
    agreed = 0
    for code, said in sorted(voice.says.items()):
        row = work.rows.get(code)
        theirs = {task.key: said[task.key] for task in tasks if task.key in said}
        if row is None or not theirs:
            continue
        held = work.held.get(code, {})
        first = {task.key: now.get((row, task.key), held.get(task.key)) for task in tasks}
        if all(points_of(value) is None for value in first.values()):
            waiting.append(code)
            continue
        found = _compared(code, first, theirs, tasks, tolerances)
        if found is None:
            agreed += 1
        else:
            differing.append(found)
    return Compared(tuple(differing), agreed, tuple(waiting))


def _compared(
    code: str,
    first: Mapping[str, Value],
    second: Mapping[str, Heard],
    tasks: Sequence[FormTask],
    tolerances: tuple[int, int],
) -> PaperDiffers | None:
    least, least_of_paper = (max(one, 1) for one in tolerances)
    told = []
    ones, twos = [], []
    for task in tasks:
        one, two = points_of(first[task.key]), points_of(second[task.key].meant if task.key in second else None)
        ones.append(one)
        twos.append(two)
        if one is not None and two is not None and abs(one - two) >= least:
            told.append(TaskDiffers(task, first[task.key], second[task.key]))
    totals = _total(ones), _total(twos)
    known = None if totals[0] is None or totals[1] is None else (totals[0], totals[1])
    needs_third = known is not None and abs(known[0] - known[1]) >= least_of_paper
    if not told and not needs_third:
        return None
    at = told[0].second if told else next(iter(second.values()))
    return PaperDiffers(code, tuple(told), known, needs_third, at)


def points_of(value: Value) -> int | None:
    """Points that a cell gives: a mark gives none, an empty or unreadable cell is not known."""
    if isinstance(value, str):
        return 0 if value in _NOTHING_SCORED else None
    return int(value) if isinstance(value, int | float) and float(value).is_integer() else None


def _total(points: Sequence[int | None]) -> int | None:
    known = [one for one in points if one is not None]
    return sum(known) if len(known) == len(points) else None
