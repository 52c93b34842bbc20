"""What every rule of «Результаты» asks of a paper, looked up once for all of them, in whole columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from xlpy.checks.participants import single_classes
from xlpy.checks.works import Work, strange_works
from xlpy.tables import schema
from xlpy.tables.frames import Table, TaskState, split_list
from xlpy.tables.normalise import grade_of

Named = tuple[int, str]


def _task_rows(tasks: Table, year: str) -> pd.DataFrame:
    """Numbered tasks of the year's works."""
    frame = tasks.frame
    return frame[(frame["year"] == year) & frame["grade"].notna() & frame["number"].notna()]


def _looked_up(works: pd.Series, found: Mapping[Named, int]) -> npt.NDArray[np.int64]:
    return works.map(lambda work: found.get(work, 0)).to_numpy(dtype=np.int64)


def _pairs(frame: pd.DataFrame, *keys: str) -> pd.Series:
    """One object per row for several columns, made once per distinct combination."""
    codes, distinct = pd.MultiIndex.from_frame(frame[list(keys)]).factorize()
    made = np.empty(len(distinct), dtype=object)
    made[:] = list(distinct)
    return pd.Series(made[codes], index=frame.index, dtype=object)


def typed_cells(results: Table) -> npt.NDArray[np.bool_]:
    """(papers, 36): whether something stands in the task cell; a formula error is something."""
    if results.states is None:
        raise ValueError(f"{results.sheet.key} has no task columns")
    typed = (results.states.to_numpy() != TaskState.EMPTY).copy()
    place = {row: at for at, row in enumerate(results.frame.index)}
    column = {key: at for at, key in enumerate(schema.TASK_KEYS)}
    for row, key in results.errors:
        if row in place and key in column:
            typed[place[row], column[key]] = True
    return np.asarray(typed, dtype=bool)


def look_up_papers(
    results: Table,
    participants: Table,
    works: Sequence[Work],
    tasks: Table,
    classes: frozenset[str],
    subjects: frozenset[str],
    shaky: frozenset[Named],
    year: str,
) -> pd.DataFrame:
    """Return one row per paper, index = Excel row of «Результаты».

    Columns: `code`, `school_class`, `subject`, `variant` as typed; `work` (grade or 0, subject), `pack` (class,
    subject); `tasks` (how many the work has, 0 unknown or `shaky`), `typed` (how many cells hold something),
    `absent`; `ready` (class and subject are known); `own_class` (the code's class on «Участники», "" where no or
    several rows have the code); `scheduled` (the pack is on «График»).
    """
    frame = results.frame[["code", "school_class", "subject", "variant"]]
    pack = _pairs(frame, "school_class", "subject")
    distinct_pack = {name: (grade_of(name[0]) or 0, name[1]) for name in pack.unique()}
    work = pack.map(distinct_pack)
    rows = _task_rows(tasks, year)
    named = [(int(grade), name) for grade, name in zip(rows["grade"], rows["subject"], strict=True)]
    counts = Counter(name for name in named if name not in shaky)
    scheduled = {w.name for w in works if w.known}
    own = single_classes(participants)
    legal = {name: name[0] in classes and name[1] in subjects for name in distinct_pack}
    return frame.assign(
        pack=pack,
        work=work,
        tasks=_looked_up(work, counts),
        typed=typed_cells(results).sum(axis=1),
        absent=frame["variant"] == schema.ABSENT,
        ready=pack.map(legal).astype(bool),
        own_class=frame["code"].map(own).astype(object).fillna(""),
        scheduled=pack.isin(scheduled),
    )


def task_limits(papers: pd.DataFrame, tasks: Table, shaky: frozenset[Named], year: str) -> npt.NDArray[np.float64]:
    """(papers, 36): the most points of each task of the paper's work, NaN where it is not known or `shaky`."""
    codes, works = pd.factorize(papers["work"])
    limits = np.full((len(works) + 1, schema.TASK_COUNT), np.nan)
    at = {work: number for number, work in enumerate(works)}
    rows = _task_rows(tasks, year)
    for grade, subject, number, points in rows[["grade", "subject", "number", "max_points"]].itertuples(
        name=None, index=False
    ):
        place = at.get((int(grade), subject))
        if place is not None and (int(grade), subject) not in shaky and 1 <= number <= schema.TASK_COUNT:
            limits[place, int(number) - 1] = points
    return limits[codes]


def task_labels(tasks: Table, year: str) -> dict[tuple[Named, int], str]:
    """(work, number) → the task's real label."""
    rows = _task_rows(tasks, year)
    return {
        ((int(grade), subject), int(number)): label or str(int(number))
        for grade, subject, number, label in rows[["grade", "subject", "number", "label"]].itertuples(
            name=None, index=False
        )
    }


def untyped_papers(papers: pd.DataFrame) -> dict[tuple[str, str], int]:
    """Pack → how many of its papers have neither points nor an absence."""
    readable = (papers["variant"] == "") | papers["variant"].str.isdecimal()
    waiting = papers[(papers["typed"] == 0) & readable & (papers["code"] != "")]
    return dict(Counter(waiting["pack"]))


def not_taking_part(participants: Table) -> frozenset[str]:
    """Codes of those who do not take part or have left."""
    frame = participants.frame
    return frozenset(frame["code"][frame["takes_part"].isin([schema.NO, schema.LEFT_SCHOOL])])


def electives_of(participants: Table) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Code → subjects it chose; class → subjects that anyone there chose, which only they write."""
    frame = participants.frame
    chosen: dict[str, frozenset[str]] = {}
    offered: dict[str, frozenset[str]] = {}
    for code, school_class, names in zip(frame["code"], frame["school_class"], frame["electives"], strict=True):
        if names:
            chosen[code] = frozenset(split_list(names))
            offered[school_class] = offered.get(school_class, frozenset()) | chosen[code]
    return chosen, offered


def unsure_of_schedule(works: Sequence[Work]) -> tuple[frozenset[str], frozenset[str]]:
    """Subjects and classes of «График» rows that cannot be placed: a paper of these may well be scheduled."""
    subjects, classes = strange_works(works)
    return frozenset(subjects), frozenset(classes)
