"""A plan as rows of «Проверяющие», as sentences and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from xlpy.analysis.staff import Bar
from xlpy.assignment.certificate import digest_of
from xlpy.assignment.eligibility import Exclusion
from xlpy.assignment.packs import Work
from xlpy.assignment.problem import Proof
from xlpy.assignment.result import AssignedPack, AssignmentResult, BlockedPack, Cause, Change, Core, Crowd, Unit
from xlpy.tables import schema
from xlpy.tables.raw import Value
from xlpy.words import assignment as words
from xlpy.words.grammar import WORKS as WORKS_CHANGED
from xlpy.words.grammar import counted, plural


def to_rows(result: AssignmentResult) -> list[dict[str, Value]]:
    """Return the rows of «Проверяющие» by class and subject. «Закреплено» is named only where it is «да»."""
    return [_row(result, pack) for pack in result.packs]


def _row(result: AssignmentResult, pack: AssignedPack) -> dict[str, Value]:
    elsewhere = [schema.EXTERNAL_CHECKER] * pack.pack.external
    first, second, *_ = (*pack.checkers, *elsewhere, None, None)
    row: dict[str, Value] = {
        "school_class": pack.school_class,
        "subject": pack.subject,
        "papers": pack.papers,
        "checker": first,
        "second_checker": second,
        "explanation": explanation_of(result, pack),
    }
    return row | {"pinned": schema.YES} if pack.pinned else row


def explanation_of(result: AssignmentResult, pack: AssignedPack) -> str:
    """Return «Пояснение» of a pack: what is pinned, how many may check it, what load its people have."""
    parts = [words.PINNED] if pack.pinned else []
    if not pack.pack.scheduled:
        parts.append(words.NOT_SCHEDULED)
    parts += [words.ELSEWHERE.format(places=counted(pack.pack.external, *words.PLACES))] if pack.pack.external else []
    parts += _shortfall(result, pack)
    parts.append(words.OUT_OF.format(eligible=pack.eligible, teachers=result.teachers))
    if pack.checkers:
        loads = [result.loads[teacher] for teacher in pack.checkers]
        parts.append(words.LOAD.format(load=words.load_range(loads, papers=result.unit is Unit.PAPERS)))
    parts += _breaches(pack)
    return words.opened("; ".join(parts))


def _shortfall(result: AssignmentResult, pack: AssignedPack) -> list[str]:
    there = len(pack.checkers)
    if not pack.is_short:
        return []
    if pack.pinned:
        return [words.PINNED_SHORT.format(need=pack.need, there=there)]
    said = words.SHORT.format(need=pack.need, assigned=plural(there, *words.ASSIGNED), there=there)
    if pack.eligible < pack.need:
        return [said, words.FEW if there else words.NOBODY]
    return [said, words.UNPROVEN_SHORT if result.proof is Proof.NONE else words.LIMITS]


def _breaches(pack: AssignedPack) -> list[str]:
    said = [(found.teacher, ", ".join(reasons_of(found))) for found in pack.breaches]
    said += [(teacher, words.UNKNOWN_TEACHER) for teacher in pack.unknown]
    lines = [words.BREACH.format(teacher=teacher, reasons=reasons) for teacher, reasons in said]
    return [*lines, words.SAME_PERSON] if len(set(pack.checkers)) < len(pack.checkers) else lines


def reasons_of(exclusion: Exclusion) -> tuple[str, ...]:
    """Return the reasons of an exclusion as phrases."""
    bars = tuple(words.BARS[bar.value] for bar in exclusion.bars)
    if exclusion.limit is None:
        return bars or (words.HAS_CLASS,)
    return (*bars, words.AT_LIMIT.format(limit=exclusion.limit))


def summary_of_assignment(result: AssignmentResult) -> str:
    """Return one line: how many packs have all their people, and between what the load lies."""
    if not result.packs:
        return words.NOTHING
    papers = result.unit is Unit.PAPERS
    loads = list(result.loads.values()) or [0]
    short = [pack for pack in result.packs if pack.is_short]
    said = words.SUMMARY.format(
        full=len(result.packs) - len(short),
        packs=words.genitive(len(result.packs), papers=False),
        least=min(loads),
        most=words.genitive(max(loads), papers=papers),
    )
    for sentence, pinned in ((words.SUMMARY_SHORT, False), (words.SUMMARY_PINNED, True)):
        count = sum(pack.pinned is pinned for pack in short)
        said += sentence.format(short=words.genitive(count, papers=False)) if count else ""
    if result.changes:
        said += words.SUMMARY_CHANGES.format(works=counted(len(result.changes), *WORKS_CHANGED))
    return said + words.PROOFS[result.proof.value].format(gaps="; ".join(_gaps(result)))


def _gaps(result: AssignmentResult) -> list[str]:
    """What is not proven to be the best, and what is known of how much better it could be."""
    said = []
    for one in result.attained:
        name = words.GOAL_NAMES[one.goal.value if one.goal else "places"]
        if one.bound is None:
            said.append(words.GAP_UNKNOWN.format(goal=name, worth=one.worth))
        elif not one.proven:
            said.append(words.GAP.format(goal=name, worth=one.worth, bound=one.bound))
    return said


def change_lines(result: AssignmentResult) -> tuple[str, ...]:
    """Return what became different since the plan before and for whom, a line for each work; else nothing."""
    lines = tuple(_change_line(change) for change in result.changes)
    return (words.CHANGES_HEAD, *lines) if lines else ()


def _change_line(change: Change) -> str:
    what = "both" if change.gone and change.came else ("came" if change.came else "gone")
    school_class, subject = change.work
    said = words.CHANGE_OF[what].format(gone=", ".join(change.gone), came=", ".join(change.came))
    return words.CHANGE.format(school_class=school_class, subject=subject, what=said)


def blocking_lines(result: AssignmentResult) -> tuple[str, ...]:
    """Return why places stay empty, a line for each pack or group of packs, and what can be done; else nothing."""
    few = tuple(_few_line(blocked) for blocked in result.blocking if blocked.cause is Cause.FEW)
    lines = (*few, *chain.from_iterable(_crowd_lines(crowd) for crowd in result.crowds))
    return (*lines, words.WHAT_TO_DO) if lines else ()


def _few_line(blocked: BlockedPack) -> str:
    said = words.BLOCKED_FEW.format(
        school_class=blocked.school_class,
        subject=blocked.subject,
        need=blocked.need,
        eligible=blocked.eligible,
    )
    known = [exclusion for exclusion in blocked.excluded if Bar.NOT_QUALIFIED not in exclusion.bars]
    return said + (words.BLOCKED_EXCLUDED.format(excluded=_named(known)) if known else words.BLOCKED_NOBODY)


def _crowd_lines(crowd: Crowd) -> tuple[str, ...]:
    """The whole group, then what proves it; a proof that is the whole group stands alone."""
    proofs = tuple(_core_line(core) for core in crowd.cores)
    if [core.works for core in crowd.cores] == [crowd.works]:
        return proofs
    whole = words.BLOCKED_LIMITS.format(
        works=_by_subject(crowd.works),
        places=crowd.places,
        room=crowd.room,
        teachers=words.shortened(crowd.teachers, "; "),
    )
    return (whole, *(words.BLOCKED_PART + proof for proof in proofs))


def _core_line(core: Core) -> str:
    said = words.BLOCKED_CORE.format(
        works=_by_subject(core.works),
        needed=words.needed(core.places),
        only=words.ONLY_FIT if len(core.teachers) > 1 else words.ONLY_FITS,
        teachers=words.shortened(core.teachers, ", "),
        room=core.room,
        take=words.TAKE_TOGETHER if len(core.teachers) > 1 else words.TAKES,
    )
    return said + (
        words.BLOCKED_OTHERS.format(excluded=_named(core.excluded)) if core.excluded else words.BLOCKED_NO_OTHERS
    )


def _by_subject(works: Sequence[Work]) -> str:
    """«5А, 5Б · Математика; 6А · Физика»."""
    classes: dict[str, list[str]] = {}
    for school_class, subject in works:
        classes.setdefault(subject, []).append(school_class)
    return "; ".join(
        words.CLASSES_OF.format(classes=words.shortened(found, ", "), subject=subject)
        for subject, found in sorted(classes.items())
    )


def _named(excluded: Sequence[Exclusion]) -> str:
    return "; ".join(words.BREACH.format(teacher=e.teacher, reasons=", ".join(reasons_of(e))) for e in excluded)


def assignment_dict(result: AssignmentResult) -> dict[str, object]:
    """Return the plan as the command line prints it in JSON."""
    return {
        "status": result.status.value,
        "assignments": [
            {"class": p.school_class, "subject": p.subject, "papers": p.papers, "checkers": list(p.checkers)}
            for p in result.packs
        ],
        "loads": dict(result.loads),
        "order": [goal.value for goal in result.order],
        "goals": [
            {"goal": one.goal.value if one.goal else "places", "value": one.worth, "bound": one.bound}
            for one in result.attained
        ],
        "changes": [
            {"class": c.work[0], "subject": c.work[1], "gone": list(c.gone), "came": list(c.came)}
            for c in result.changes
        ],
        "digest": digest_of(result.certificate),
        "blocking": [
            {
                "class": b.school_class,
                "subject": b.subject,
                "need": b.need,
                "eligible": b.eligible,
                "excluded": [{"teacher": e.teacher, "reasons": list(reasons_of(e))} for e in b.excluded],
            }
            for b in result.blocking
        ],
    }
