"""The forms that came back, told apart: whose they are, of which work, which of them count, and what they say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from xlpy.errors import InputError
from xlpy.exchange.forms.bookrows import BookWork, Work, checkers_of, folded, works_of_book
from xlpy.exchange.forms.cells import judge
from xlpy.exchange.forms.decide import Pack
from xlpy.exchange.forms.form import FORMAT, FormTask, Identity, TeacherForm, Turn
from xlpy.exchange.forms.hand_out import own_school_keys
from xlpy.exchange.forms.notes import FormCode, FormNote
from xlpy.exchange.forms.recognise import FormGrid
from xlpy.exchange.forms.spoken import spoken
from xlpy.exchange.forms.versions import is_of_school
from xlpy.exchange.forms.voice import PackForm, Voice, listen
from xlpy.exchange.packet import tasks_of
from xlpy.tables import schema
from xlpy.tables.frames import Table
from xlpy.tables.normalise import fold, grade_of
from xlpy.tables.raw import RawTable
from xlpy.tables.settings import Settings

# Number of a form → code of a paper → variant as it was printed there.
Printed = Mapping[str, Mapping[str, str]]


class Standing(Enum):
    """What a form that came back counts for."""

    TAKEN = "taken"
    OLD = "old version"
    FORMER = "former checker"
    OTHER_SCHOOL = "other school"
    OTHER_YEAR = "other year"
    NEWER_FORMAT = "newer format"
    UNKNOWN_WORK = "unknown work"
    NO_TASKS = "no tasks"
    NO_IDENTITY = "no identity"


_NOTED = {
    Standing.OTHER_SCHOOL: FormCode.OTHER_SCHOOL,
    Standing.OTHER_YEAR: FormCode.OTHER_YEAR,
    Standing.NEWER_FORMAT: FormCode.NEWER_FORMAT,
    Standing.UNKNOWN_WORK: FormCode.UNKNOWN_WORK,
    Standing.NO_TASKS: FormCode.NO_TASKS,
}


@dataclass(frozen=True, slots=True)
class Returned:
    """A form as it was recognised, and when its file was saved."""

    grid: FormGrid
    saved: datetime | None


@dataclass(frozen=True, slots=True)
class FormFile:
    """A form as it is listed: its file, what it counts for, and what is known of it."""

    file: str
    standing: Standing
    identity: Identity | None
    saved: datetime | None


@dataclass(frozen=True, slots=True)
class Gathered:
    """All forms told apart. `tasks`: folded work → its tasks; `works`: the works of the book by folded work."""

    packs: tuple[Pack, ...]
    files: tuple[FormFile, ...]
    notes: tuple[FormNote, ...]
    works: Mapping[Work, BookWork]
    tasks: Mapping[Work, tuple[FormTask, ...]]


@dataclass(slots=True)
class _Sorting:
    """What the forms are held against, and what is found."""

    keys: tuple[str, ...]
    year: str
    tables: Mapping[str, Table]
    works: Mapping[Work, BookWork]
    checkers: Mapping[tuple[Work, Turn], str]
    printed: Printed
    shared: dict[tuple[int | None, str], tuple[FormTask, ...]]
    tasks: dict[Work, tuple[FormTask, ...]] = field(default_factory=dict)
    notes: list[FormNote] = field(default_factory=list)
    files: list[tuple[FormFile, PackForm | None]] = field(default_factory=list)


def gather(
    returned: Sequence[Returned],
    tables: Mapping[str, Table],
    raw: RawTable,
    settings: Settings,
    printed: Printed,
    expected: Iterable[TeacherForm] = (),
) -> Gathered:
    """Return the forms told apart and judged. Never raises on what forms hold.

    `raw` is «Результаты» as it stands; `expected` are the forms that would be handed out now, whose tasks are known.
    """
    sorting = _Sorting(
        own_school_keys(settings),
        settings.text("year"),
        tables,
        works_of_book(tables["results"], raw),
        checkers_of(tables["checkers"]),
        printed,
        {(grade_of(one.identity.school_class), one.identity.subject): one.tasks for one in expected},
    )
    packs: dict[tuple[Work, Turn], dict[str, list[PackForm]]] = {}
    for one in returned:
        identity, standing = one.grid.identity, _standing(sorting, one.grid.identity)
        form = None
        if standing is Standing.TAKEN and identity is not None:
            form = _judged(sorting, one, identity)
            place = folded((identity.school_class, identity.subject)), identity.turn
            now = sorting.checkers.get(place, "")
            whose = fold(identity.checker or now)
            if whose != fold(now):
                standing = Standing.FORMER
            packs.setdefault(place, {}).setdefault(whose, []).append(form)
        elif standing in _NOTED and identity is not None:
            sorting.notes.append(_note(sorting, standing, one.grid, identity))
        sorting.files.append((FormFile(one.grid.file, standing, identity, one.saved), form))
    made = [_pack(sorting, place, people) for place, people in sorted(packs.items(), key=lambda one: _order(one[0]))]
    return Gathered(tuple(made), _listed(sorting, made), tuple(sorting.notes), sorting.works, sorting.tasks)


def _order(place: tuple[Work, Turn]) -> tuple[Work, str]:
    return place[0], place[1].value


def _standing(sorting: _Sorting, identity: Identity | None) -> Standing:
    if identity is None:
        return Standing.NO_IDENTITY
    if identity.format > FORMAT:
        return Standing.NEWER_FORMAT
    if not is_of_school(identity, sorting.keys):
        return Standing.OTHER_SCHOOL
    if identity.year != sorting.year:
        return Standing.OTHER_YEAR
    work = folded((identity.school_class, identity.subject))
    if work not in sorting.works:
        return Standing.UNKNOWN_WORK
    return Standing.TAKEN if _tasks(sorting, work) else Standing.NO_TASKS


def _tasks(sorting: _Sorting, work: Work) -> tuple[FormTask, ...]:
    """The tasks of a work, () where «Задания» do not say them all; classes of a grade share them."""
    there = sorting.works[work]
    shared = grade_of(there.school_class), there.subject
    if shared not in sorting.shared:
        try:
            sorting.shared[shared] = tasks_of(sorting.tables["tasks"], *there.name, sorting.year)
        except InputError:
            sorting.shared[shared] = ()
    return sorting.tasks.setdefault(work, sorting.shared[shared])


def _judged(sorting: _Sorting, one: Returned, identity: Identity) -> PackForm:
    work = folded((identity.school_class, identity.subject))
    judged = judge(one.grid, _tasks(sorting, work), sorting.works[work].codes, sorting.year)
    sorting.notes += judged.notes
    return spoken(judged, identity, one.saved, sorting.printed.get(identity.number, {}))


def _note(sorting: _Sorting, standing: Standing, grid: FormGrid, identity: Identity) -> FormNote:
    params = {
        "number": identity.number,
        "found": identity.year,
        "own": sorting.year,
        "school_class": identity.school_class,
        "subject": identity.subject,
        "format": identity.format,
        "sheet": schema.TASKS.name,
    }
    return FormNote(_NOTED[standing], grid.file, grid.sheet, "", params)


def _pack(sorting: _Sorting, place: tuple[Work, Turn], people: Mapping[str, list[PackForm]]) -> Pack:
    now = sorting.checkers.get(place, "")
    voices = {whose: listen(forms) for whose, forms in sorted(people.items())}
    former = tuple(voice for whose, voice in voices.items() if whose != fold(now))
    pack = Pack(sorting.works[place[0]], place[1], voices.get(fold(now)), former, now)
    for voice in voices.values():
        sorting.notes += [*_old_versions(voice), *_doubles(sorting, pack.work, voice)]
    return pack


def _old_versions(voice: Voice) -> list[FormNote]:
    return [
        FormNote(
            FormCode.OLD_VERSION,
            form.file,
            form.sheet,
            "",
            {
                "version": form.version,
                "newest": voice.version,
                "taken": voice.from_old.get(form.file, 0),
                "behind": voice.behind.get(form.file, 0),
                "file": voice.newest.file,
            },
        )
        for form in voice.forms
        if form.version < voice.version
    ]


def _doubles(sorting: _Sorting, work: BookWork, voice: Voice) -> list[FormNote]:
    """Papers that stand twice in the workbook: nobody knows which row is meant."""
    results = sorting.tables["results"]
    return [
        FormNote(
            FormCode.DOUBLE_IN_BOOK,
            one.form.file,
            one.form.sheet,
            one.cell,
            {"code": code, "cells": ", ".join(results.cell(row, "code") for row in work.doubles[code])},
        )
        for code in sorted(work.doubles)
        if code in voice.says
        for one in [next(iter(voice.says[code].values()))]
    ]


def _listed(sorting: _Sorting, packs: Sequence[Pack]) -> tuple[FormFile, ...]:
    """The forms as they are listed, once it is known which of them is an old version."""
    old = {
        id(form)
        for pack in packs
        for voice in (*(() if pack.voice is None else (pack.voice,)), *pack.former)
        for form in voice.forms
        if form.version < voice.version
    }
    return tuple(
        FormFile(one.file, Standing.OLD, one.identity, one.saved) if id(form) in old else one
        for one, form in sorting.files
    )
