"""A plan as rows of «Проверяющие», as sentences and as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from xlpy.analysis.staff import Bar
from xlpy.assignment.eligibility import Exclusion
from xlpy.assignment.problem import Proof
from xlpy.assignment.result import AssignedPack, AssignmentResult, BlockedPack, Cause, Crowd, Unit
from xlpy.tables import schema
from xlpy.tables.raw import Value
from xlpy.words import assignment as words
from xlpy.words.grammar import plural


def to_rows(result: AssignmentResult) -> list[dict[str, Value]]:
    """Return the rows of «Проверяющие» by class and subject. «Закреплено» is named only where it is «да»."""
    return [_row(result, pack) for pack in result.packs]


def _row(result: AssignmentResult, pack: AssignedPack) -> dict[str, Value]:
    first, second, *_ = (*pack.checkers, None, None)
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
    return bars if exclusion.limit is None else (*bars, words.AT_LIMIT.format(limit=exclusion.limit))


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
    return said + words.PROOFS[result.proof.value]


def blocking_lines(result: AssignmentResult) -> tuple[str, ...]:
    """Return why places stay empty, a line for each pack or group of packs, and what can be done; else nothing."""
    few = tuple(_few_line(blocked) for blocked in result.blocking if blocked.cause is Cause.FEW)
    lines = (*few, *(_crowd_line(crowd) for crowd in result.crowds))
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


def _crowd_line(crowd: Crowd) -> str:
    classes: dict[str, list[str]] = {}
    for school_class, subject in crowd.works:
        classes.setdefault(subject, []).append(school_class)
    return words.BLOCKED_LIMITS.format(
        works="; ".join(f"{subject}: {', '.join(found)}" for subject, found in sorted(classes.items())),
        places=crowd.places,
        room=crowd.room,
        teachers="; ".join(crowd.teachers),
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
