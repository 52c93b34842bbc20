"""The table of a «протокол проверки»: heads of the tasks and one row per paper, as they are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from xlpy.tables import schema
from xlpy.tables.frames import Table, TaskState
from xlpy.words import documents as words
from xlpy.words.grammar import ABSENT_VALUE

_WRITTEN_STATE = {
    TaskState.EMPTY: "",
    TaskState.NOT_ATTEMPTED: schema.NOT_ATTEMPTED,
    TaskState.NOT_TAUGHT: words.NOT_TAUGHT_SHORT,
    TaskState.UNREADABLE: words.UNREADABLE_SHORT,
}


@dataclass(frozen=True, slots=True)
class TaskHead:
    """Head of a task's column: its real label and its maximum, as written."""

    label: str
    maximum: str


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper, as written: `cells` in the order of the tasks."""

    number: int
    code: str
    variant: str
    cells: tuple[str, ...]
    points: str
    mark: str
    journal_mark: str


def whole(number: float) -> str:
    """Return a number as it was typed: 3.0 as «3», 2.5 as «2,5»; "" for none."""
    if number != number:  # noqa: PLR0124 - NaN
        return ""
    return str(int(number)) if number == int(number) else repr(float(number)).replace(".", ",")


def declared_heads(tasks: Table, year: str) -> dict[tuple[float, str], dict[int, TaskHead]]:
    """Return the heads of each work's tasks by (grade, subject) and №; the first of two equal № counts."""
    frame = tasks.frame
    rows = frame[(frame["year"] == year) & frame["number"].between(1, schema.TASK_COUNT)]
    heads: dict[tuple[float, str], dict[int, TaskHead]] = {}
    columns = (rows[key] for key in ("grade", "subject", "number", "label", "max_points"))
    for grade, subject, number, label, maximum in zip(*columns, strict=True):
        head = TaskHead(label or str(int(number)), whole(maximum) or ABSENT_VALUE)
        heads.setdefault((grade, subject), {}).setdefault(int(number), head)
    return heads


def task_heads(declared: Mapping[int, TaskHead], states: pd.DataFrame) -> tuple[TaskHead, ...]:
    """Return the heads of all tasks of a work, and of columns past them in which anything is typed.

    Shapes: `states` holds a TaskState per paper and task column.
    """
    used = np.flatnonzero((states.to_numpy() != TaskState.EMPTY).any(axis=0)) + 1
    last = max([*declared, *used.tolist()], default=0)
    return tuple(declared.get(number, TaskHead(str(number), ABSENT_VALUE)) for number in range(1, last + 1))


def paper_rows(papers: pd.DataFrame, answers: pd.DataFrame, states: pd.DataFrame, count: int) -> tuple[PaperRow, ...]:
    """Return the rows of a work in the given order, with the first `count` task columns.

    Shapes: rows of «Результаты», their scores by `score_papers`, and their task states, all with one index.
    """
    cells = _written_cells(papers[list(schema.TASK_KEYS[:count])].to_numpy(np.float64), states.to_numpy()[:, :count])
    typed = (papers[key] for key in ("code", "variant", "journal_mark"))
    computed = (answers[key] for key in ("points", "points_note", "mark", "mark_note"))
    return tuple(
        PaperRow(
            number=number,
            code=code,
            variant=variant,
            cells=row,
            points=whole(points) or (note if note in {schema.UNFINISHED, schema.CHECK_IT} else ""),
            mark=whole(mark) or (mark_note if mark_note == schema.CHECK_IT else ""),
            journal_mark=whole(journal),
        )
        for number, (row, code, variant, journal, points, note, mark, mark_note) in enumerate(
            zip(cells, *typed, *computed, strict=True), start=1
        )
    )


def _written_cells(points: npt.NDArray[np.float64], states: npt.NDArray[np.int8]) -> list[tuple[str, ...]]:
    texts = {point: whole(point) for point in np.unique(points[states == TaskState.POINTS]).tolist()}
    return [
        tuple(
            texts[point] if state == TaskState.POINTS else _WRITTEN_STATE[state]
            for point, state in zip(row, marks, strict=True)
        )
        for row, marks in zip(points.tolist(), states.tolist(), strict=True)
    ]
