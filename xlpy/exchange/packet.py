"""The packet of one work for a neighbouring school: its codes and tasks, nothing of what is known of the pupils.

The checkers must be independent, so points, marks and names never go along.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from xlpy.errors import InputError
from xlpy.exchange.packet_form import Form, FormRow, FormTask, digest_of
from xlpy.plan.deadlines import checking_days, days_off_of
from xlpy.plan.working_days import as_day
from xlpy.tables import schema
from xlpy.tables.convert import TaskState
from xlpy.tables.frames import Table
from xlpy.tables.normalise import class_name, class_order, fold, grade_of
from xlpy.tables.settings import Settings
from xlpy.words import packet as words
from xlpy.words.grammar import day

Work = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Packet:
    """A packet to write: `form` is its file; `typed` of its papers have points in the book already."""

    school_class: str
    subject: str
    form: Form
    typed: int

    @property
    def papers(self) -> int:
        """How many papers go along."""
        return len(self.form.rows)

    @property
    def until(self) -> str:
        """The day until which they are to be checked, "" where none is known."""
        return self.form.about["until"]

    @property
    def file_name(self) -> str:
        """Name of the file without its ending, not yet made safe for a disk."""
        return words.FILE_NAME.format(school_class=self.school_class, subject=self.subject)


def work_rows(results: Table, school_class: str, subject: str) -> pd.DataFrame:
    """The rows of «Результаты» of one work, however its class and subject are spelled here."""
    frame = results.frame
    same = frame["subject"].map(fold) == fold(subject)
    return frame[same & (frame["school_class"].map(fold) == fold(class_name(school_class)))]


def tasks_of(tasks: Table, school_class: str, subject: str, year: str) -> tuple[FormTask, ...]:
    """Return the tasks of a work by number. Raises InputError where «Задания» does not say them all, each once."""
    frame = tasks.frame
    rows = frame[(frame["year"] == year) & (frame["grade"] == grade_of(school_class)) & (frame["subject"] == subject)]
    numbers = rows["number"].tolist()
    legal = set(range(1, schema.TASK_COUNT + 1))
    if (
        not numbers
        or len(set(numbers)) < len(numbers)
        or not legal.issuperset(numbers)
        or rows["max_points"].isna().any()
    ):
        raise InputError("packet_no_tasks", school_class=school_class, subject=subject, year=year)
    lines = zip(numbers, rows["label"], rows["max_points"], strict=True)
    return tuple(
        FormTask(int(number), label or str(int(number)), int(maximum)) for number, label, maximum in sorted(lines)
    )


def external_works(checkers: Table) -> tuple[Work, ...]:
    """Return the works of «Проверяющие» that another school checks, as first or second checker."""
    frame = checkers.frame
    given = (frame[["checker", "second_checker"]].map(fold) == fold(schema.EXTERNAL_CHECKER)).any(axis=1)
    rows = frame[given & (frame["school_class"] != "") & (frame["subject"] != "")]
    works = set(zip(rows["school_class"], rows["subject"], strict=True))
    return tuple(sorted(works, key=lambda work: (class_order(work[0]), work[1])))


def make_packet(tables: Mapping[str, Table], settings: Settings, school_class: str, subject: str) -> Packet:
    """Return the packet of a work: those who were absent stay out. Raises InputError where it cannot be made."""
    if not _school(settings):
        raise InputError("packet_no_school")
    rows = work_rows(tables["results"], school_class, subject)
    rows = rows[rows["code"] != ""]
    if rows.empty:
        raise InputError("packet_no_rows", school_class=school_class, subject=subject)
    school_class, subject = str(rows["school_class"].iloc[0]), str(rows["subject"].iloc[0])
    _refuse_doubles(tables["results"], rows)
    there = rows[rows["variant"] != schema.ABSENT].sort_values("code", kind="stable")
    if there.empty:
        raise InputError("packet_all_absent", school_class=school_class, subject=subject)
    year = settings.text("year")
    tasks = tasks_of(tables["tasks"], school_class, subject, year)
    form = Form(
        title=words.TITLE.format(school_class=school_class, subject=subject, year=year),
        tasks=tasks,
        rows=tuple(FormRow(code, variant) for code, variant in zip(there["code"], there["variant"], strict=True)),
        about=_about(
            settings, school_class, subject, there["code"].tolist(), _until(tables["schedule"], settings, rows)
        ),
        takes_not_taught=year <= schema.LAST_YEAR_NOT_TAUGHT,
    )
    return Packet(school_class, subject, form, _typed(tables["results"], there, tasks))


def _school(settings: Settings) -> str:
    return settings.text("school_short") or settings.text("school") or settings.text("fis_login")


def _about(settings: Settings, school_class: str, subject: str, codes: list[str], until: date | None) -> dict[str, str]:
    return {
        "school": _school(settings),
        "year": settings.text("year"),
        "school_class": school_class,
        "subject": subject,
        "papers": str(len(codes)),
        "until": "" if until is None else day(until),
        "contact": settings.text("coordinator"),
        "login": settings.text("fis_login"),
        "kind": f"{words.KIND}{words.VERSION}",
        "digest": digest_of(codes),
    }


def _refuse_doubles(results: Table, rows: pd.DataFrame) -> None:
    """Raise InputError for a code that stands twice: points that come back would have two rows to go to."""
    double = rows[rows["code"].duplicated(keep=False)]
    if not double.empty:
        code = str(double["code"].iloc[0])
        cells = ", ".join(results.cell(int(row), "code") for row in double.index[double["code"] == code])
        raise InputError("packet_code_twice", paper=code, sheet=results.sheet.name, cells=cells)


def _until(schedule: Table, settings: Settings, rows: pd.DataFrame) -> date | None:
    """Last day of checking the work, the latest of its rows on «График»; None where none has a date."""
    frame = schedule.frame
    same = (frame["school_class"] == rows["school_class"].iloc[0]) & (frame["subject"] == rows["subject"].iloc[0])
    days_off = days_off_of(settings)
    ends = [
        checking_days(written, second, until, settings, days_off)[1]
        for written, second, until in (
            (as_day(first), as_day(second), as_day(until))
            for first, second, until in frame.loc[same, ["date", "second_date", "check_until"]].itertuples(
                name=None, index=False
            )
        )
        if written is not None
    ]
    return max(ends, default=None)


def _typed(results: Table, rows: pd.DataFrame, tasks: tuple[FormTask, ...]) -> int:
    if results.states is None:
        raise ValueError(f"{results.sheet.key} has no task columns")
    states = results.states.loc[rows.index, [task.key for task in tasks]]
    return int((states != TaskState.EMPTY).any(axis=1).sum())
