"""Which forms there are to hand out: one per work of «График» and checker of «Проверяющие», and the works without.

Looks at the workbook's tables only; what lies in a folder already is the business of `versions`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from xlpy.analysis.scoring import single_scales
from xlpy.assignment.packs import checking_days
from xlpy.errors import InputError
from xlpy.exchange.forms.form import FormRow, FormTask, Identity, TeacherForm, Turn, Work, number_of, school_keys
from xlpy.exchange.packet import tasks_of
from xlpy.tables import schema
from xlpy.tables.frames import Table
from xlpy.tables.normalise import class_order, fold, grade_of
from xlpy.tables.settings import Settings
from xlpy.words.grammar import day

Scale = tuple[int, int, int]


class Why(Enum):
    """Why a work has no form."""

    NO_CHECKER = "no checker"
    EXTERNAL = "external"
    SAME_PERSON = "same person"
    NO_TASKS = "no tasks"
    NO_ROWS = "no rows"
    ALL_ABSENT = "all absent"
    CODE_TWICE = "code twice"

    @property
    def takes_back(self) -> bool:
        """Whether a form handed out before is nobody's any more; else it stays where it is."""
        return self in {Why.NO_CHECKER, Why.EXTERNAL, Why.SAME_PERSON}


@dataclass(frozen=True, slots=True)
class Refused:
    """A work that has no form of this turn, and what its sentence needs."""

    work: Work
    turn: Turn
    why: Why
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HandOut:
    """The forms as version 1 by class, subject and turn, and the works that have none. `year`: that of them all."""

    forms: tuple[TeacherForm, ...]
    refused: tuple[Refused, ...]
    year: str


def own_school_keys(settings: Settings) -> tuple[str, ...]:
    """Return what may stand for this school in the number of a form, the one for new forms first."""
    return school_keys(*(settings.text(key) for key in ("fis_login", "school_short", "school")))


def expected_forms(tables: Mapping[str, Table], settings: Settings) -> HandOut:
    """Return the forms that «График», «Проверяющие», «Результаты» and «Задания» ask for.

    Raises InputError where «Настройки» do not say whose works these are: a form could not be told from a stranger's.
    """
    keys = own_school_keys(settings)
    if not keys:
        raise InputError("forms_no_school", sheet=schema.SETTINGS.name)
    sources = _Sources(
        key=keys[0],
        school=settings.text("school_short") or settings.text("school") or keys[0],
        year=settings.text("year"),
        coordinator=settings.text("coordinator"),
        rows=_papers(tables["results"]),
        until=_until(tables["schedule"], settings),
        tasks=_tasks_of_works(tables, settings),
        scales=_scales(tables["scales"], settings),
    )
    people = _people(tables["checkers"])
    forms: list[TeacherForm] = []
    refused: list[Refused] = []
    for work in sorted(sources.until, key=lambda work: (class_order(work[0]), work[1])):
        for turn, checker in _turns(people.get(_folded(work), ("", "")), settings):
            why = _refusal(work, turn, checker, sources, people)
            if why is None:
                forms.append(_form(work, turn, checker, sources))
            else:
                refused.append(why)
    return HandOut(tuple(forms), tuple(refused), sources.year)


@dataclass(frozen=True, slots=True)
class _Paper:
    code: str
    variant: str
    cell: str


@dataclass(frozen=True, slots=True)
class _Sources:
    """What the forms are made of; works folded but in `until` and `tasks`, whose spelling is that of «График»."""

    key: str
    school: str
    year: str
    coordinator: str
    rows: Mapping[Work, list[_Paper]]
    until: Mapping[Work, str]
    tasks: Mapping[Work, tuple[FormTask, ...]]
    scales: Mapping[tuple[float, str], Scale]


def _folded(work: Work) -> Work:
    return fold(work[0]), fold(work[1])


def _papers(results: Table) -> dict[Work, list[_Paper]]:
    """Rows of «Результаты» with a code, by work and sorted by code."""
    frame = results.frame
    found: dict[Work, list[_Paper]] = {}
    columns = (frame[key] for key in ("school_class", "subject", "code", "variant"))
    for row, school_class, subject, code, variant in zip(frame.index.tolist(), *columns, strict=True):
        if code:
            paper = _Paper(code, variant, results.cell(row, "code"))
            found.setdefault(_folded((school_class, subject)), []).append(paper)
    for papers in found.values():
        papers.sort(key=lambda paper: paper.code)
    return found


def _until(schedule: Table, settings: Settings) -> dict[Work, str]:
    """The works of «График», each with its last day of checking, "" where none is known."""
    days = checking_days(schedule, settings)
    return {work: day(period.end) if period and period.end else "" for work, period in days.items()}


def _tasks_of_works(tables: Mapping[str, Table], settings: Settings) -> dict[Work, tuple[FormTask, ...]]:
    """The tasks of each work of «График», () where «Задания» do not say them all; classes of a grade share them."""
    frame = tables["schedule"].frame
    of_grade: dict[tuple[int | None, str], tuple[FormTask, ...]] = {}
    found: dict[Work, tuple[FormTask, ...]] = {}
    for work in set(zip(frame["school_class"], frame["subject"], strict=True)):
        shared = grade_of(work[0]), work[1]
        if shared not in of_grade:
            try:
                of_grade[shared] = tasks_of(tables["tasks"], *work, settings.text("year"))
            except InputError:
                of_grade[shared] = ()
        found[work] = of_grade[shared]
    return found


def _scales(scales: Table, settings: Settings) -> dict[tuple[float, str], Scale]:
    rows = single_scales(scales, settings.text("year"))
    columns = (rows[key] for key in ("mark_3_from", "mark_4_from", "mark_5_from"))
    return {
        (float(grade), subject): (int(three), int(four), int(five))
        for (grade, subject), three, four, five in zip(rows.index.tolist(), *columns, strict=True)
    }


def _people(checkers: Table) -> dict[Work, tuple[str, str]]:
    """First and second checker of each work: of several rows, the first that names somebody."""
    frame = checkers.frame
    found: dict[Work, tuple[str, str]] = {}
    columns = (frame[key] for key in ("school_class", "subject", "checker", "second_checker"))
    for school_class, subject, first, second in zip(*columns, strict=True):
        if first or second:
            found.setdefault(_folded((school_class, subject)), (first, second))
    return found


def _turns(named: tuple[str, str], settings: Settings) -> Iterator[tuple[Turn, str]]:
    """The turns of a work: the second where somebody is named for it, or «Настройки» want one."""
    wanted = settings.whole("checkers_per_pack") or 1
    for turn, name in zip(Turn, named, strict=True):
        if turn is Turn.FIRST or name or wanted > 1:
            yield turn, name


def _refusal(
    work: Work, turn: Turn, checker: str, sources: _Sources, people: Mapping[Work, tuple[str, str]]
) -> Refused | None:
    if not checker:
        return Refused(work, turn, Why.NO_CHECKER)
    if fold(checker) == fold(schema.EXTERNAL_CHECKER):
        return Refused(work, turn, Why.EXTERNAL)
    if turn is Turn.SECOND and fold(checker) == fold(people[_folded(work)][0]):
        return Refused(work, turn, Why.SAME_PERSON, {"checker": checker})
    papers = sources.rows.get(_folded(work), [])
    if not papers:
        return Refused(work, turn, Why.NO_ROWS)
    count = Counter(fold(paper.code) for paper in papers)
    double = next((paper for paper in papers if count[fold(paper.code)] > 1), None)
    if double is not None:
        cells = ", ".join(paper.cell for paper in papers if fold(paper.code) == fold(double.code))
        return Refused(work, turn, Why.CODE_TWICE, {"paper": double.code, "cells": cells})
    if all(paper.variant == schema.ABSENT for paper in papers):
        return Refused(work, turn, Why.ALL_ABSENT)
    if not sources.tasks.get(work):
        return Refused(work, turn, Why.NO_TASKS, {"year": sources.year})
    return None


def _form(work: Work, turn: Turn, checker: str, sources: _Sources) -> TeacherForm:
    identity = Identity(
        *work,
        sources.year,
        turn,
        version=1,
        number=number_of(sources.key, sources.year, work, turn, 1),
        checker=checker,
        school=sources.school,
    )
    return TeacherForm(
        identity,
        tasks=sources.tasks[work],
        rows=tuple(FormRow(paper.code, paper.variant) for paper in sources.rows[_folded(work)]),
        scale=sources.scales.get((float(grade_of(work[0]) or 0), work[1])),
        until=sources.until[work],
        coordinator=sources.coordinator,
        takes_not_taught=sources.year <= schema.LAST_YEAR_NOT_TAUGHT,
    )
