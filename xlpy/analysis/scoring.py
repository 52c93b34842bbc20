"""Total, mark and comparison of every paper: the same answers as the workbook's live formulas (`tables.formulas`)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from xlpy.tables import schema
from xlpy.tables.frames import Table, TaskState
from xlpy.tables.normalise import grade_of

_WORK = ["grade", "subject"]


def _this_year(table: Table, year: str) -> pd.DataFrame:
    return table.frame[table.frame["year"] == year]


def _looked_up(papers: pd.DataFrame, by_work: pd.DataFrame) -> pd.DataFrame:
    """Rows of `by_work` (indexed by grade and subject) for each paper; NaN where it has none."""
    wanted = pd.MultiIndex.from_arrays([papers["grade"].astype("float64"), papers["subject"]])
    codes, works = pd.factorize(wanted)
    found = by_work.reindex(pd.MultiIndex.from_tuples(list(works), names=_WORK))
    return found.take(codes).set_axis(papers.index)


def task_counts(tasks: Table, year: str) -> pd.Series:
    """Number of tasks of each work of a school year, indexed by (grade, subject)."""
    return _this_year(tasks, year).groupby(_WORK).size()


def single_scales(scales: Table, year: str) -> pd.DataFrame:
    """Maximum and thresholds of works with exactly one, complete scale row, indexed by (grade, subject).

    `max_points` may be NaN. Thresholds are primary points from which marks 3, 4 and 5 are given.
    """
    rows = _this_year(scales, year)
    rows = rows[~rows.duplicated(_WORK, keep=False)]
    thresholds = ["mark_3_from", "mark_4_from", "mark_5_from"]
    return rows[(rows[thresholds] > 0).all(axis=1)].set_index(_WORK)[["max_points", *thresholds]]


def _note_of_points(
    states: npt.NDArray[np.int8], points: npt.NDArray[np.float64], counts: npt.NDArray[np.float64]
) -> npt.NDArray[np.object_]:
    typed = states != TaskState.EMPTY
    typed_count = typed.sum(axis=1)
    beyond = (typed & (np.arange(schema.TASK_COUNT) >= counts[:, None])).any(axis=1)
    wrong = (states == TaskState.UNREADABLE).any(axis=1) | beyond | (points < 0).any(axis=1)
    note = np.full(len(states), "", dtype=object)
    note[typed_count < counts] = schema.UNFINISHED
    note[wrong] = schema.CHECK_IT
    note[counts == 0] = schema.NO_TASKS
    note[typed_count == 0] = ""
    return note


def score_papers(results: Table, tasks: Table, scales: Table, year: str) -> pd.DataFrame:
    """Return what the workbook shows for every paper of «Результаты» (or «Перепроверка»).

    Shapes: one row per paper, index = Excel row. Columns: `grade` (float, NaN unknown), `absent` (bool),
    `points` (primary points, NaN where there is no total), `points_note` ("" or the word shown instead),
    `mark` (2–5, NaN where there is none), `mark_note`, `comparison` ("" or lowered/confirmed/raised).
    Units: X and «не пройд.» count 0 points. Never raises on data.
    """
    if results.states is None:
        raise ValueError(f"{results.sheet.key} has no task columns")
    papers = results.frame[["school_class", "subject"]].copy()
    papers["grade"] = papers["school_class"].map(grade_of).astype("float64")
    scored = papers[["grade"]].copy()
    absent = (
        (results.frame["variant"] == schema.ABSENT).to_numpy()
        if "variant" in results.frame
        else np.zeros(len(papers), dtype=bool)
    )
    scored["absent"] = absent
    counts = _looked_up(papers, task_counts(tasks, year).to_frame("count"))["count"].fillna(0).to_numpy()
    states = results.states.to_numpy()
    points = results.frame[list(schema.TASK_KEYS)].to_numpy(dtype=np.float64)
    note = _note_of_points(states, points, counts)
    note[absent] = ""
    note[~absent & papers["grade"].isna().to_numpy() & (states != TaskState.EMPTY).any(axis=1)] = schema.CHECK_IT
    known = (note == "") & (states != TaskState.EMPTY).any(axis=1) & ~absent
    scored["points"] = np.where(known, np.nansum(points, axis=1), np.nan)
    scored["points_note"] = note
    return scored.join(_marks(scored["points"], papers, scales, year)).pipe(_compared, results)


def _marks(points: pd.Series, papers: pd.DataFrame, scales: Table, year: str) -> pd.DataFrame:
    scale = _looked_up(papers, single_scales(scales, year))
    unknown = scale["mark_3_from"].isna()
    above = points > scale["max_points"]
    three, four, five = (points >= scale[f"mark_{mark}_from"] for mark in (3, 4, 5))
    reached = three.astype("float64") + four.astype("float64") + five.astype("float64")
    has_mark = points.notna() & ~unknown & ~above
    note = pd.Series("", index=points.index, dtype=object)
    note[points.notna() & unknown] = schema.NO_SCALE
    note[points.notna() & ~unknown & above] = schema.CHECK_IT
    return pd.DataFrame({"mark": (2.0 + reached).where(has_mark), "mark_note": note})


def _compared(scored: pd.DataFrame, results: Table) -> pd.DataFrame:
    comparison = pd.Series("", index=scored.index, dtype=object)
    if "journal_mark" in results.frame:
        journal = results.frame["journal_mark"]
        both = scored["mark"].notna() & journal.notna()
        comparison[both & (scored["mark"] < journal)] = schema.LOWERED
        comparison[both & (scored["mark"] == journal)] = schema.CONFIRMED
        comparison[both & (scored["mark"] > journal)] = schema.RAISED
    return scored.assign(comparison=comparison)
