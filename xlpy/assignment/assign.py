"""Who checks whom: from the tables of a workbook to a plan. Asks no clock, writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from xlpy.analysis import staff
from xlpy.assignment.certificate import certificate_of
from xlpy.assignment.crowds import crowds_of
from xlpy.assignment.eligibility import Exclusion
from xlpy.assignment.goals import Goal, Order, Regard, changes_first, order_in
from xlpy.assignment.packs import Work
from xlpy.assignment.problem import Chosen
from xlpy.assignment.question import Question, ask, pack_name, pack_names, places_of, previous_plan
from xlpy.assignment.result import AssignedPack, AssignmentResult, BlockedPack, Cause, Change, Status, Unit
from xlpy.assignment.shortage import Rivals, find_crowded_out, find_rivals, starved
from xlpy.assignment.solve import solve
from xlpy.assignment.wording import assignment_dict, blocking_lines, change_lines, summary_of_assignment, to_rows
from xlpy.tables.frames import Table
from xlpy.tables.settings import GOALS, Settings

__all__ = [
    "AssignmentResult",
    "Regard",
    "Status",
    "assign",
    "assignment_dict",
    "blocking_lines",
    "change_lines",
    "summary_of_assignment",
    "to_rows",
]


def assign(tables: Mapping[str, Table], settings: Settings, regard: Regard = Regard.SIGNED) -> AssignmentResult:
    """Return who checks whom: as many places filled as can be, then the school's goals in their order.

    Load and limits count in the setting «Единица нагрузки»: packs (one class and subject) or papers. With packs the
    plan is proven best; with papers, and for people who check each other, the answer says whether it is. `regard` says
    how the plan on «Проверяющие» counts. The order of rows never matters. Never raises on data: a pack that cannot be
    filled is in `blocking` with everyone who was excluded and why.
    """
    before = {} if regard is Regard.FRESH else previous_plan(tables["checkers"])
    question = ask(tables, settings, before)
    order = order_of(question, settings, regard)
    solution = solve(question.problem, order)
    packs = _assigned_packs(question, solution.chosen, settings)
    rivals = (find_rivals if question.unit is Unit.PACKS else find_crowded_out)(question.problem, solution.chosen)
    blocking = _blocking(question, rivals)
    return AssignmentResult(
        status=Status.INFEASIBLE if blocking else Status.OPTIMAL,
        packs=packs,
        loads=_loads(question, packs, settings),
        blocking=blocking,
        unit=question.unit,
        teachers=len(question.facts.teachers),
        crowds=crowds_of(question, solution.chosen, rivals),
        order=order,
        attained=solution.attained,
        changes=_changes(previous_plan(tables["checkers"]), packs),
        certificate={
            **certificate_of(question.problem, solution, pack_names(question), question.facts.teachers),
            "order": [goal.value for goal in order],
            "unit": question.unit.value,
            "pinned": {pack_name(pack.work): list(pack.pinned) for pack in question.packs if pack.pinned},
        },
    )


def order_of(question: Question, settings: Settings, regard: Regard) -> Order:
    """Return the goals in the order in which they count for this plan."""
    order = order_in(GOALS, settings.text("goal_order"))
    if not question.previous:
        return tuple(goal for goal in order if goal is not Goal.CHANGES)
    signed = regard is Regard.SIGNED and any(pack.pinned for pack in question.packs)
    return changes_first(order) if signed or regard is Regard.KEEP else order


def _changes(before: Mapping[Work, tuple[str, ...]], packs: Sequence[AssignedPack]) -> tuple[Change, ...]:
    """By class and subject as in the plan, works that are no longer there last. Nothing where there was no plan."""
    now = {pack.pack.work: pack.checkers for pack in packs if not pack.pinned}
    works = [*now, *(work for work in sorted(before) if work not in {pack.pack.work for pack in packs})]
    found = []
    for work in works if before else ():
        old, new = before.get(work, ()), now.get(work, ())
        gone, came = (tuple(name for name in one if name not in two) for one, two in ((old, new), (new, old)))
        if gone or came:
            found.append(Change(work, gone, came))
    return tuple(found)


def _assigned_packs(question: Question, chosen: Chosen, settings: Settings) -> tuple[AssignedPack, ...]:
    problem, teachers = question.problem, question.facts.teachers
    people: dict[int, list[str]] = {number: [] for number in range(len(question.packs))}
    for number, person in zip(problem.pack[chosen].tolist(), problem.teacher[chosen].tolist(), strict=True):
        people[number].append(teachers[person])
    found = []
    for number, pack in enumerate(question.packs):
        barred = question.bars[number]
        found.append(
            AssignedPack(
                pack=pack,
                need=places_of(pack, settings),
                checkers=pack.pinned or _in_their_places(people[number], question.previous.get(pack.work, ())),
                eligible=len(teachers) - len(barred) if pack.pinned else int(problem.degree[number]),
                breaches=tuple(Exclusion(t, barred[t]) for t in dict.fromkeys(pack.pinned) if t in barred),
                unknown=tuple(t for t in dict.fromkeys(pack.pinned) if t not in teachers),
            )
        )
    return tuple(found)


def _in_their_places(people: Sequence[str], before: Sequence[str]) -> tuple[str, ...]:
    """The people of a pack, who stays in the same column as before."""
    new = [person for person in people if person not in before]
    kept = [person if person in people else None for person in before[: len(people)]]
    moved = [person for person in people if person in before and person not in kept]
    waiting = iter([*moved, *new])
    return tuple(person or next(waiting) for person in (kept + [None] * len(people))[: len(people)])


def _loads(question: Question, packs: Sequence[AssignedPack], settings: Settings) -> dict[str, int]:
    """Everyone who may check some pack, or does: even a load of 0 shows how even the plan is."""
    load: Counter[str] = Counter()
    for barred in question.bars:
        load.update(dict.fromkeys((t for t in question.facts.teachers if t not in barred), 0))
    for pack in packs:
        load.update(dict.fromkeys(pack.checkers, staff.load_of(pack.papers, settings)))
    return dict(sorted(load.items()))


def _blocking(question: Question, rivals: Sequence[Rivals]) -> tuple[BlockedPack, ...]:
    """Packs with too few people first, then those whose people have no room left."""
    few = starved(question.problem)
    full = {number: group.people for group in rivals for number in sorted(group.packs) if number not in few}
    return (
        *(_blocked(question, number, Cause.FEW, frozenset()) for number in sorted(few)),
        *(_blocked(question, number, Cause.LIMITS, full[number]) for number in sorted(full)),
    )


def _blocked(question: Question, number: int, cause: Cause, full: frozenset[int]) -> BlockedPack:
    pack, barred, problem = question.packs[number], question.bars[number], question.problem
    allowed = frozenset(problem.teacher[problem.pack == number].tolist()) - full
    excluded = tuple(
        Exclusion(teacher, barred.get(teacher, ()), None if teacher in barred else question.limits[teacher])
        for person, teacher in enumerate(question.facts.teachers)
        if person not in allowed
    )
    return BlockedPack(
        school_class=pack.school_class,
        subject=pack.subject,
        need=int(problem.need[number]),
        eligible=len(allowed),
        cause=cause,
        excluded=excluded,
    )
