"""A made-up school, whole: rows of every sheet by column key. The same seed makes the same school."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import numpy as np

from xlpy.demo import DEFAULT_CLASSES, DEFAULT_SEED, layout, people, pupils, rechecks, staff, timetable
from xlpy.demo.chance import chance
from xlpy.demo.names import NameMaker
from xlpy.demo.papers import Paper, write_papers
from xlpy.demo.shipped_rows import YEAR, rows_by_key, tasks_of_year
from xlpy.tables import schema
from xlpy.tables.normalise import class_order
from xlpy.tables.raw import Value
from xlpy.words import demo as words

# The day after which everything of this school year is done: no deadline is ahead, none is missed.
TODAY = date(2021, 8, 27)

Row = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class School:
    """Rows by sheet key and column key. «План» and «Задания» name only what differs from the shipped rows.

    `today`: a day by which all of its works are checked and uploaded.
    """

    rows: Mapping[str, tuple[Row, ...]]
    today: date = TODAY


def make_school(classes: int = DEFAULT_CLASSES, seed: int = DEFAULT_SEED) -> School:
    """Return a school of grades 4–8 in the spring of 2021, with nothing wrong in it.

    Shares of marks, absence and the journal follow `demo.calibration`. ValueError for a number of classes that
    no school has.
    """
    names = NameMaker(chance("names", seed))
    own_classes = layout.lay_out(classes, chance("layout", seed))
    own_staff = staff.hire(own_classes, names, chance("staff", seed))
    own_pupils = pupils.enrol(own_classes, names, chance("pupils", seed))
    works = timetable.schedule(own_classes, own_staff, chance("timetable", seed))
    observers = timetable.invite(works, own_classes, names)
    papers = _papers(works, own_pupils, seed)
    return School(
        {
            "settings": people.settings_rows(own_staff),
            "plan": _plan_rows(),
            "teachers": people.teacher_rows(own_staff),
            "classes": people.class_rows(own_classes, own_staff),
            "workload": people.workload_rows(own_staff),
            "participants": people.participant_rows(own_pupils),
            "schedule": _schedule_rows(works),
            "tasks": _task_rows(works),
            "results": tuple(_result_row(paper) for paper in papers),
            "rechecks": rechecks.recheck_rows(papers, own_staff.recheckers, chance("rechecks", seed)),
            "observers": _observer_rows(observers),
            "visits": _visit_rows(works, observers),
            "conflicts": people.conflict_rows(own_classes, own_staff, observers, chance("conflicts", seed)),
        }
    )


def _papers(works: Sequence[timetable.Work], own_pupils: Sequence[pupils.Pupil], seed: int) -> list[Paper]:
    """All papers, in the order in which «Подготовить ввод» lays them out."""
    classes_of: dict[tuple[int, str], set[str]] = defaultdict(set)
    for work in works:
        classes_of[work.school_class.grade, work.subject].add(work.school_class.name)
    papers: list[Paper] = []
    for number, ((grade, subject), writing) in enumerate(sorted(classes_of.items())):
        takers = [p for p in own_pupils if p.school_class in writing and _writes(p, subject)]
        papers += write_papers(grade, subject, takers, np.random.default_rng([seed, number]))
    return sorted(papers, key=lambda one: (class_order(one.pupil.school_class), one.subject, one.pupil.code))


def _writes(pupil: pupils.Pupil, subject: str) -> bool:
    foreign = {words.ENGLISH, words.GERMAN}
    chosen = not pupil.electives or subject not in foreign or subject in pupil.electives
    return pupil.takes_part == schema.YES and chosen


def _result_row(paper: Paper) -> Row:
    key: dict[str, Value] = {
        "code": paper.pupil.code,
        "school_class": paper.pupil.school_class,
        "subject": paper.subject,
        "variant": schema.ABSENT if paper.variant is None else paper.variant,
    }
    return key | dict(zip(schema.TASK_KEYS, paper.cells, strict=False)) | {"journal_mark": paper.journal_mark}


def moment(day: date) -> datetime:
    """A day as a workbook's cell holds it."""
    return datetime.combine(day, time())


def _schedule_rows(works: Sequence[timetable.Work]) -> tuple[Row, ...]:
    return tuple(
        {
            "date": moment(work.day),
            "school_class": work.school_class.name,
            "subject": work.subject,
            "form": schema.COMPUTER_FORM if work.subject in {words.ENGLISH, words.GERMAN} else schema.PAPER_FORM,
            "second_date": None if work.second_day is None else moment(work.second_day),
            "lesson": work.lesson,
            "room": work.school_class.room,
            "organiser": work.organiser,
            "video": schema.YES,
            "check_until": moment(work.check_until),
            "upload_until": moment(work.upload_until),
            "uploaded": moment(work.uploaded),
            "evidence": words.UPLOAD_EVIDENCE.format(day=f"{work.uploaded:%d.%m.%Y}"),
        }
        for work in works
    )


def _task_rows(works: Sequence[timetable.Work]) -> tuple[Row, ...]:
    """Invented skills for the tasks of the works that are written here; tasks of one number share a skill."""
    wanted = sorted({(work.school_class.grade, work.subject) for work in works})
    rows: list[Row] = []
    for work in wanted:
        skills = words.SKILLS.get(words.ENGLISH if work[1] == words.GERMAN else work[1], words.GENERAL_SKILLS)
        for task in tasks_of_year()[work]:
            main = int("".join(c for c in str(task["label"]).split(".")[0][:2] if c.isdigit()))
            skill = words.EXAMPLE.format(skill=skills[(main - 1) % len(skills)])
            rows.append({key: task[key] for key in schema.TASKS.match} | {"skill": skill})
    return tuple(rows)


def _plan_rows() -> tuple[Row, ...]:
    """All measures done, each with its evidence; dates of the plan itself are counted when the workbook is filled."""
    return tuple(
        {
            "number": row["number"],
            "responsible": row.get("responsible") or words.PLAN_RESPONSIBLE,
            "status": schema.DONE,
            "done_on": moment(TODAY),
            "evidence": words.PLAN_EVIDENCE.format(number=row["number"]),
        }
        for row in rows_by_key(schema.PLAN)
    )


def _observer_rows(observers: Sequence[timetable.Observer]) -> tuple[Row, ...]:
    return tuple(
        {
            "observer": one.name,
            "status": schema.OBSERVER_STATUS[0 if one.child_class else 1],
            "child_class": one.child_class or None,
            "contact": words.PHONE.format(number=number // 100, tail=number % 100),
            "free_from": moment(timetable.VPR_FROM),
            "free_to": moment(timetable.VPR_TO),
        }
        for number, one in enumerate(observers, start=1)
    )


def _visit_rows(works: Sequence[timetable.Work], observers: Sequence[timetable.Observer]) -> tuple[Row, ...]:
    sent = timetable.send_observers(works, observers)
    return tuple(
        {
            "date": moment(work.day),
            "school_class": work.school_class.name,
            "subject": work.subject,
            "room": work.school_class.room,
            "stage": schema.VISIT_STAGES[2],
            "observer": observer,
            "report_in": schema.YES,
        }
        for work, observer in zip(works, sent, strict=True)
    )


__all__ = ["TODAY", "YEAR", "School", "make_school"]
