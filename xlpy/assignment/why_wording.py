"""Who may check a pack and why not, as sentences and as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from xlpy.analysis.staff import Bar
from xlpy.assignment.packs import Pack
from xlpy.assignment.why import Answer, Person, Reason
from xlpy.words import assignment as words
from xlpy.words import why
from xlpy.words.grammar import WORKS, counted, day


def why_lines(answer: Answer) -> tuple[str, ...]:
    """Return what is said about a pack: who has it, who may have it, and who may not and why."""
    may = [person for person in answer.people if person.may_check]
    barred = sorted((person for person in answer.people if not person.may_check), key=_nearest_first)
    lines = [_head(answer), _now(answer)]
    lines.append((why.MAY[answer.look.value] if may else why.MAY_NOBODY[answer.look.value]).format(count=len(may)))
    lines += [why.LINE.format(teacher=one.teacher, said=_load(answer, one)) for one in may]
    lines += [why.MAY_NOT.format(count=len(barred))] if barred else []
    lines += [why.LINE.format(teacher=one.teacher, said="; ".join(_reasons(answer, one))) for one in barred]
    return tuple(lines)


def why_one_lines(answer: Answer, teacher: str) -> tuple[str, ...]:
    """Return what is said about one teacher and a pack. ValueError for a name that «Учителя» lacks."""
    person = _person(answer, teacher)
    head = (_head(answer), _now(answer))
    if person.may_check:
        return (*head, why.ONE_MAY[answer.look.value].format(teacher=teacher, said=_load(answer, person)))
    reasons = (why.ONE_REASON.format(said=said) for said in _reasons(answer, person))
    return (*head, why.ONE_MAY_NOT[answer.look.value].format(teacher=teacher), *reasons)


def why_dict(answer: Answer, only: str | None = None) -> dict[str, object]:
    """Return the answer as the command line prints it in JSON: about everyone, or `only` one teacher."""
    days = answer.pack.days
    return {
        "look": answer.look.value,
        "class": answer.pack.school_class,
        "subject": answer.pack.subject,
        "papers": answer.pack.papers,
        "check_from": days and days.start and days.start.isoformat(),
        "check_until": days and days.end and days.end.isoformat(),
        "assigned": list(answer.assigned),
        "pinned": bool(answer.pack.pinned),
        "unknown": list(answer.unknown),
        "unit": "papers" if answer.in_papers else "packs",
        "teachers": [_person_dict(answer, person) for person in answer.people if only in {None, person.teacher}],
    }


def _person_dict(answer: Answer, person: Person) -> dict[str, object]:
    return {
        "teacher": person.teacher,
        "may_check": person.may_check,
        "load": person.load,
        "limit": person.limit,
        "reasons": [
            {
                "reason": reason.why.value,
                "text": _said(answer, person, reason),
                "cells": [why.CELL.format(sheet=one.sheet, cell=one.cell) for one in reason.places],
            }
            for reason in person.reasons
        ],
    }


def _person(answer: Answer, teacher: str) -> Person:
    for person in answer.people:
        if person.teacher == teacher:
            return person
    raise ValueError(teacher)


def _nearest_first(person: Person) -> tuple[bool, bool, str]:
    """Who at least has the subject and the role stands before who could not check such papers anywhere."""
    bars = {reason.why for reason in person.reasons}
    return Bar.NOT_QUALIFIED in bars, Bar.NOT_EXPERT in bars, person.teacher


def _head(answer: Answer) -> str:
    pack = answer.pack
    papers = counted(pack.papers, *WORKS)
    return why.HEAD.format(school_class=pack.school_class, subject=pack.subject, papers=papers, days=_days(pack))


def _days(pack: Pack) -> str:
    if pack.days is None:
        return ""
    phrase = why.ONE_DAY if pack.days.start == pack.days.end else why.DAYS
    return phrase.format(start=day(pack.days.start), end=day(pack.days.end))


def _now(answer: Answer) -> str:
    if not answer.assigned:
        return why.NOBODY_NOW[answer.look.value]
    people = "; ".join(
        words.BREACH.format(teacher=name, reasons=words.UNKNOWN_TEACHER) if name in answer.unknown else name
        for name in answer.assigned
    )
    return why.NOW[answer.look.value].format(people=people, pinned=why.PINNED if answer.pack.pinned else "")


def _load(answer: Answer, person: Person) -> str:
    if person.limit is None:
        return why.LOAD.format(load=words.packs_or_papers(person.load, papers=answer.in_papers))
    load = words.packs_or_papers(person.load, papers=answer.in_papers)
    return why.LOAD_OF.format(load=load, limit=person.limit)


def _reasons(answer: Answer, person: Person) -> Iterator[str]:
    """Each reason with the cells it comes from."""
    for reason in person.reasons:
        said = _said(answer, person, reason)
        cells = ", ".join(why.CELL.format(sheet=one.sheet, cell=one.cell) for one in reason.places)
        yield why.IN_CELLS.format(reason=said, cells=cells) if cells else said


def _said(answer: Answer, person: Person, reason: Reason) -> str:
    if isinstance(reason.why, Bar):
        return words.BARS[reason.why.value]
    load = words.packs_or_papers(person.load, papers=answer.in_papers)
    return why.SNAGS[reason.why.value].format(limit=person.limit, load=load)
