"""What stands in a «протокол проверки»: one work of one class, codes only. Knows no pupil's name and no file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from xlpy.analysis.scoring import score_papers, single_scales
from xlpy.assignment.packs import own_people
from xlpy.documents.protocol_papers import (
    PaperRow,
    TaskHead,
    declared_heads,
    paper_rows,
    task_heads,
    whole,
)
from xlpy.tables import schema
from xlpy.tables.entry import expected_papers
from xlpy.tables.frames import Table, TaskState
from xlpy.tables.normalise import class_order, clean_text, grade_of
from xlpy.tables.settings import Settings
from xlpy.words import documents as words
from xlpy.words.grammar import ABSENT_VALUE, NBSP, day

Work = tuple[str, str]

_WORK = ["school_class", "subject"]
# More columns than this are narrower than «13К1»: task labels then stand upright.
_MOST_LEVEL_LABELS = 18
_LONGEST_LEVEL_LABEL = 4


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: post, and initials with the surname; an empty name leaves a line to fill by hand."""

    post: str
    name: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Papers of a work: `participants` = `wrote` + `absent` + `not_typed`; `unfinished` are among those who wrote."""

    participants: int
    wrote: int
    absent: int
    unfinished: int
    not_typed: int


@dataclass(frozen=True, slots=True)
class Protocol:
    """One protocol: every field is a name the template may use."""

    school: str
    school_short: str
    municipality: str
    director: str
    order: str
    school_class: str
    subject: str
    held_on: str
    form: str
    written_on: str
    maximum: str
    counts: Counts
    tasks: tuple[TaskHead, ...]
    upright: bool
    papers: tuple[PaperRow, ...]
    notes: tuple[str, ...]
    signers: tuple[Signer, ...]


def initials_first(full_name: str) -> str:
    """Return «Д. О. Зимина» for «Зимина Дарья Олеговна», as a signature is written; "" for nothing."""
    surname, *others = clean_text(full_name).split(" ")
    return NBSP.join([*(f"{name[0]}." for name in others), surname])


def scheduled_works(schedule: Table) -> tuple[Work, ...]:
    """Return (class, subject) of every work of «График» once, by class and subject."""
    frame = schedule.frame
    works = {(c, s) for c, s in zip(frame["school_class"], frame["subject"], strict=True) if c and s}
    return tuple(sorted(works, key=lambda work: (class_order(work[0]), work[1])))


def _states(results: Table) -> pd.DataFrame:
    if results.states is None:
        raise ValueError(f"{results.sheet.key} has no task columns")
    return results.states


def _typed(results: Table) -> pd.Series:
    """Whether a paper has anything to protocol: a point, an X, a variant or an absence."""
    return (_states(results) != TaskState.EMPTY).any(axis=1) | (results.frame["variant"] != "")


def works_without_papers(tables: Mapping[str, Table]) -> tuple[Work, ...]:
    """Return the works of «График» of which nothing is typed yet: they get no protocol."""
    results = tables["results"]
    typed = results.frame[_typed(results)]
    there = set(zip(typed["school_class"], typed["subject"], strict=True))
    return tuple(work for work in scheduled_works(tables["schedule"]) if work not in there)


def protocols_of(tables: Mapping[str, Table], settings: Settings, today: date) -> tuple[Protocol, ...]:
    """Return the protocol of every work of «График» of which anything is typed, by class and subject.

    Rows stand in order of code. Never raises on data: what cannot be counted says so in its cell.
    """
    results, year = tables["results"], settings.text("year")
    answers = score_papers(results, tables["tasks"], tables["scales"], year).assign(typed=_typed(results))
    papers = results.frame.sort_values("code", kind="stable")
    rows_of = {work: rows for work, rows in papers.groupby(_WORK, sort=False).groups.items()}  # noqa: C416 - plain keys
    heads, maxima = declared_heads(tables["tasks"], year), single_scales(tables["scales"], year)["max_points"].to_dict()
    expected, days, forms = _expected_codes(tables), days_held(tables["schedule"]), _forms(tables["schedule"])
    checkers = _checkers(tables["checkers"])
    idle = set(works_without_papers(tables))
    made: list[Protocol] = []
    for work in scheduled_works(tables["schedule"]):
        if work in idle:
            continue
        rows = rows_of[work]
        states, scored = _states(results).loc[rows], answers.loc[rows]
        key = (float(grade_of(work[0]) or 0), work[1])
        tasks = task_heads(heads.get(key, {}), states)
        listed = paper_rows(papers.loc[rows], scored, states, len(tasks))
        made.append(
            Protocol(
                school=settings.text("school") or settings.text("school_short"),
                school_short=settings.text("school_short") or settings.text("school"),
                municipality=settings.text("municipality"),
                director=initials_first(settings.text("director")),
                order=order_text(settings),
                school_class=work[0],
                subject=work[1],
                held_on=days.get(work, ABSENT_VALUE),
                form=forms.get(work, ""),
                written_on=day(today),
                maximum=most_points(maxima.get(key), tasks),
                counts=_counts(listed, scored, expected.get(work, frozenset())),
                tasks=tasks,
                upright=_stand_upright(tasks),
                papers=listed,
                notes=_notes(listed, scored),
                signers=_signers(checkers.get(work, ()), settings),
            )
        )
    return tuple(made)


def _expected_codes(tables: Mapping[str, Table]) -> dict[Work, frozenset[str]]:
    people = tables["participants"].frame
    class_of = dict(zip(people["code"], people["school_class"], strict=True))
    codes: dict[Work, set[str]] = {}
    for code, subject in expected_papers(tables["participants"], tables["schedule"]):
        codes.setdefault((class_of[code], subject), set()).add(code)
    return {work: frozenset(found) for work, found in codes.items()}


def days_held(schedule: Table) -> dict[Work, str]:
    """Days of each work, those of its second part too."""
    frame = schedule.frame
    held: dict[Work, set[date]] = {}
    for key in ("date", "second_date"):
        dated = frame[frame[key].notna()]
        for school_class, subject, moment in zip(dated["school_class"], dated["subject"], dated[key], strict=True):
            held.setdefault((school_class, subject), set()).add(moment.date())
    return {work: ", ".join(map(day, sorted(days))) for work, days in held.items()}


def _forms(schedule: Table) -> dict[Work, str]:
    frame = schedule.frame
    named: dict[Work, list[str]] = {}
    for school_class, subject, form in zip(frame["school_class"], frame["subject"], frame["form"], strict=True):
        named.setdefault((school_class, subject), []).append(form)
    return {work: ", ".join(dict.fromkeys(filter(None, forms))) for work, forms in named.items()}


def _checkers(checkers: Table) -> dict[Work, tuple[str, ...]]:
    frame = checkers.frame
    named: dict[Work, list[str]] = {}
    for school_class, subject, *names in zip(
        *(frame[key] for key in (*_WORK, "checker", "second_checker")), strict=True
    ):
        named.setdefault((school_class, subject), []).extend(own_people(names))
    return {work: tuple(dict.fromkeys(names)) for work, names in named.items()}


def order_text(settings: Settings) -> str:
    """The order by its date and number, as far as they are set; "" where neither is."""
    number, signed = settings.text("order_number"), settings.date("order_date")
    if not number and signed is None:
        return ""
    dated = words.ORDER_DATE.format(date=day(signed)) if signed else ""
    return words.ORDER + dated + (words.ORDER_NUMBER.format(number=number) if number else "")


def most_points(stated: float | None, tasks: Sequence[TaskHead]) -> str:
    """The most points of a work by its scale, else by its tasks; a dash where neither says."""
    if stated is not None and whole(stated):
        return whole(stated)
    known = [int(task.maximum) for task in tasks if task.maximum.isdigit()]
    return str(sum(known)) if known and len(known) == len(tasks) else ABSENT_VALUE


def _stand_upright(tasks: Sequence[TaskHead]) -> bool:
    return len(tasks) > _MOST_LEVEL_LABELS or any(len(task.label) > _LONGEST_LEVEL_LABEL for task in tasks)


def _counts(papers: Sequence[PaperRow], answers: pd.DataFrame, expected: frozenset[str]) -> Counts:
    absent = int(answers["absent"].sum())
    wrote = int((answers["typed"] & ~answers["absent"]).sum())
    participants = len(papers) + len(expected - {paper.code for paper in papers})
    return Counts(
        participants=participants,
        wrote=wrote,
        absent=absent,
        unfinished=int((answers["points_note"] == schema.UNFINISHED).sum()),
        not_typed=participants - wrote - absent,
    )


def _notes(papers: Sequence[PaperRow], answers: pd.DataFrame) -> tuple[str, ...]:
    """The sentences under the table, each once and only where it applies."""
    cells = {cell for paper in papers for cell in paper.cells}
    points_notes, mark_notes = set(answers["points_note"]), set(answers["mark_note"])
    applies = {
        "no_scale": schema.NO_SCALE in mark_notes,
        "no_tasks": schema.NO_TASKS in points_notes,
        "not_attempted": schema.NOT_ATTEMPTED in cells,
        "not_taught": words.NOT_TAUGHT_SHORT in cells,
        "unfinished": schema.UNFINISHED in points_notes,
        "check_it": schema.CHECK_IT in points_notes | mark_notes,
        "unreadable": words.UNREADABLE_SHORT in cells,
        "not_typed": not answers["typed"].all(),
    }
    return tuple(words.PROTOCOL_NOTES[key] for key, holds in applies.items() if holds)


def _signers(names: Sequence[str], settings: Settings) -> tuple[Signer, ...]:
    """The checkers of a work, with a line to fill for each the book has not named yet; the deputy head."""
    wanted = max(settings.whole("checkers_per_pack") or 1, 1)
    named = [*names, *[""] * (wanted - len(names))]
    posts = [words.POST_OF_CHECKER, *[words.POST_OF_SECOND_CHECKER] * (len(named) - 1)]
    signing = [Signer(post, initials_first(name)) for post, name in zip(posts, named, strict=True)]
    return (*signing, Signer(words.POST_OF_DEPUTY, initials_first(settings.text("deputy"))))
