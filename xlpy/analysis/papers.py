"""Every paper of «Результаты» with what it counts as in the figures: the one place that decides who «wrote»."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum

import numpy as np
import pandas as pd

from xlpy.analysis.scoring import score_papers, single_scales
from xlpy.tables.entry import expected_papers
from xlpy.tables.frames import Table, TaskState
from xlpy.tables.normalise import class_order, grade_of

# The most a declared work can give, 36 tasks of 50 points: a number above it is a slip of the pen, not a score.
MOST_POINTS = 1800


class PaperState(Enum):
    """What a row counts as. Only WROTE enters the figures; the other three are counted apart and said."""

    WROTE = "wrote"
    ABSENT = "absent"
    UNFINISHED = "unfinished"
    EMPTY = "empty"


def read_papers(tables: Mapping[str, Table], year: str) -> pd.DataFrame:
    """Return one row per paper of «Результаты» that names a class and a subject; index = Excel row.

    A paper entered twice counts once, as its first row has it: `doubled_rows` says how many are left out.

    Shapes: `school_class`, `subject` (text), `grade` (float, NaN unknown), `state` (PaperState), `points`, `mark`,
    `journal_mark` (floats, NaN where there is none).
    WROTE has a total; ABSENT is «отсутствовал»; UNFINISHED holds points but no total («не всё», «проверьте», no
    tasks declared), so that half a paper never counts as a weak one (design: it stays out of the report and is
    counted); EMPTY has nothing typed.
    """
    results = tables["results"]
    frame = results.frame
    scored = score_papers(results, tables["tasks"], tables["scales"], year)
    papers = frame[["school_class", "subject", "journal_mark"]].join(scored[["grade", "absent", "points", "mark"]])
    states = results.states
    typed = (states != TaskState.EMPTY).any(axis=1) if states is not None else papers["points"].notna()
    state = np.full(len(papers), PaperState.EMPTY, dtype=object)
    state[typed.to_numpy()] = PaperState.UNFINISHED
    state[papers["points"].notna().to_numpy()] = PaperState.WROTE
    state[papers["absent"].to_numpy()] = PaperState.ABSENT
    papers = papers.assign(state=state).drop(columns="absent")
    return papers[_is_named(frame) & ~_is_doubled(frame)]


def graded_groups(papers: pd.DataFrame) -> Iterator[tuple[int, str, pd.DataFrame]]:
    """Yield the papers of each (grade, subject) that has any, in order."""
    for grade in sorted(papers["grade"].dropna().unique()):
        of_grade = papers[papers["grade"] == grade]
        for subject in sorted(of_grade["subject"].unique()):
            yield int(grade), str(subject), of_grade[of_grade["subject"] == subject]


def _is_named(frame: pd.DataFrame) -> pd.Series:
    return (frame["school_class"] != "") & (frame["subject"] != "")


def _is_doubled(frame: pd.DataFrame) -> pd.Series:
    """Return which rows repeat the code and subject of an earlier one that counts. Without a code nothing repeats."""
    held = frame.loc[_is_named(frame) & (frame["code"] != ""), ["code", "subject"]]
    return held.duplicated().reindex(frame.index, fill_value=False)


def nameless_rows(tables: Mapping[str, Table]) -> int:
    """Return how many rows of «Результаты» name no class or no subject and so enter nothing."""
    return int((~_is_named(tables["results"].frame)).sum())


def doubled_rows(tables: Mapping[str, Table]) -> int:
    """Return how many rows of «Результаты» are left out because their paper already has a row above."""
    return int(_is_doubled(tables["results"].frame).sum())


def missing_papers(tables: Mapping[str, Table]) -> int:
    """Return how many papers expected by «Участники» and «График» have no row on «Результаты»."""
    frame = tables["results"].frame
    there = set(zip(frame["code"], frame["subject"], strict=True))
    return len(expected_papers(tables["participants"], tables["schedule"]) - there)


def class_works(tables: Mapping[str, Table]) -> tuple[tuple[str, str], ...]:
    """Return every (class, subject) of «График» and «Результаты», by class, then subject."""
    pairs: set[tuple[str, str]] = set()
    for key in ("schedule", "results"):
        frame = tables[key].frame
        pairs |= set(zip(frame["school_class"], frame["subject"], strict=True))
    return tuple(sorted((p for p in pairs if p[0] and p[1]), key=lambda p: (class_order(p[0]), p[1])))


def grade_works(tables: Mapping[str, Table]) -> tuple[tuple[int, str], ...]:
    """Return every (grade, subject) of «График» and «Результаты» in order; classes without a grade have none."""
    graded = {(grade_of(school_class), subject) for school_class, subject in class_works(tables)}
    return tuple(sorted((grade, subject) for grade, subject in graded if grade is not None))


def scaled_works(tables: Mapping[str, Table], year: str) -> frozenset[tuple[int, str]]:
    """Return the (grade, subject) for which marks can be given: exactly one complete scale row."""
    works = single_scales(tables["scales"], year).index
    return frozenset((int(grade), subject) for grade, subject in works if grade >= 1)
