"""An observer's refusal, kept where every plan and every check looks: as rows of «Конфликты».

A row there says who and which class or work. A work is written on its own day, so a refusal for a day is one for the
works of that day: nothing has to be read out of the reason. If such a work is moved to another day, the row stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xlpy.analysis import staff
from xlpy.assignment.observer_question import Question
from xlpy.assignment.slots import Work, work_order
from xlpy.tables.frames import Table
from xlpy.tables.normalise import fold
from xlpy.tables.raw import Value


@dataclass(frozen=True, slots=True)
class Refusal:
    """Who does not observe; only on `day` and only in `school_class`, where these are given."""

    person: str
    day: date | None = None
    school_class: str = ""


def refused_works(question: Question, refusal: Refusal) -> tuple[Work, ...]:
    """Return the works still to be visited that a refusal means, by class and subject; not those visited by them."""
    been: set[Work] = set()
    meant: set[Work] = set()
    for visit, held, is_open in zip(question.visits, question.held, question.open, strict=True):
        if fold(refusal.person) in map(fold, held):
            been.update(visit.works)
        elif is_open and refusal.day in {None, visit.time.day}:
            meant.update(work for work in visit.works if refusal.school_class in {"", work[0]})
    return tuple(sorted(meant - been, key=work_order))


def conflict_rows(
    tables: Mapping[str, Table], question: Question, person: str, works: Sequence[Work], reason: str
) -> list[dict[str, Value]]:
    """Return the rows of «Конфликты» that say so, one for each class; works already declared are left out.

    A class of which everything still to be visited is refused needs no subject, unless they have been there before:
    that visit was right and must not become a conflict.
    """
    declared = staff.declared_conflicts(tables["conflicts"])
    new = [work for work in works if not staff.has_conflict(declared, person, *work)]
    of_class: dict[str, list[str]] = {}
    for school_class, subject in new:
        of_class.setdefault(school_class, []).append(subject)
    been, left = _been_and_left(question, person)
    rows: list[dict[str, Value]] = []
    for school_class, subjects in of_class.items():
        is_whole = school_class not in been and left[school_class] == {*subjects}
        of_some = None if is_whole else "; ".join(subjects)
        rows.append({"person": person, "school_class": school_class, "subject": of_some, "reason": reason})
    return rows


def _been_and_left(question: Question, person: str) -> tuple[set[str], dict[str, set[str]]]:
    """(classes that a person has observed, class → subjects still to be visited)."""
    been: set[str] = set()
    left: dict[str, set[str]] = {}
    for visit, held, is_open in zip(question.visits, question.held, question.open, strict=True):
        if fold(person) in map(fold, held):
            been.update(visit.classes)
        for school_class, subject in visit.works if is_open else ():
            left.setdefault(school_class, set()).add(subject)
    return been, left
