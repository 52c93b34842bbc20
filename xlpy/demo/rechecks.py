"""A sample of works checked again by people who check nothing first; sometimes they see a point otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from xlpy.demo.papers import Paper
from xlpy.demo.shipped_rows import tasks_of_year, thresholds_of_year
from xlpy.tables import schema
from xlpy.tables.normalise import grade_of
from xlpy.tables.raw import Value

Row = Mapping[str, Value]

_SHARE = 0.1
_CLASSES_PER_SUBJECT = 4
# How often a second look gives another point: once in some fifty tasks, as calibration packs of schools show.
_OTHER_POINT = 0.02
_RANDOM, _BOUNDARY, _JOURNAL, _ = schema.SAMPLE_KINDS
_CONFIRMED, _CHANGED, _THIRD = schema.DECISIONS
_PAPER_TOLERANCE = 2


def recheck_rows(papers: Sequence[Paper], recheckers: Mapping[str, str], random: Random) -> tuple[Row, ...]:
    """Return rows of «Перепроверка», in the order of «Результаты»."""
    chosen: list[Paper] = []
    for subject in sorted(recheckers):
        written = [paper for paper in papers if paper.subject == subject and paper.cells]
        classes = sorted({paper.pupil.school_class for paper in written})[:_CLASSES_PER_SUBJECT]
        pack = [paper for paper in written if paper.pupil.school_class in classes]
        chosen += random.sample(pack, min(len(pack), max(1, round(_SHARE * len(pack)))))
    order = {id(paper): at for at, paper in enumerate(papers)}
    chosen.sort(key=lambda paper: order[id(paper)])
    return tuple(_row(number, paper, recheckers[paper.subject], random) for number, paper in enumerate(chosen, start=1))


def _row(number: int, paper: Paper, rechecker: str, random: Random) -> Row:
    grade = grade_of(paper.pupil.school_class) or 0
    maxima = [int(str(task["max_points"])) for task in tasks_of_year()[grade, paper.subject]]
    cells = [_second_look(cell, most, random) for cell, most in zip(paper.cells, maxima, strict=True)]
    gap = abs(sum(cell for cell in cells if isinstance(cell, int)) - paper.points)
    row: dict[str, Value] = {
        "number": number,
        "code": paper.pupil.code,
        "school_class": paper.pupil.school_class,
        "subject": paper.subject,
        "sample": _kind(paper, grade),
        "first_points": paper.points,
        "rechecker": rechecker,
        "decision": _THIRD if gap >= _PAPER_TOLERANCE else _CHANGED if gap else _CONFIRMED,
    }
    return row | dict(zip(schema.TASK_KEYS, cells, strict=False))


def _second_look(cell: int | str, most: int, random: Random) -> int | str:
    if isinstance(cell, str) or random.random() >= _OTHER_POINT:
        return cell
    return min(cell + 1, most) if random.random() < 0.5 else max(cell - 1, 0)


def _kind(paper: Paper, grade: int) -> str:
    thresholds = thresholds_of_year()[grade, paper.subject]
    mark = 2 + sum(paper.points >= threshold for threshold in thresholds)
    if isinstance(paper.journal_mark, int) and abs(paper.journal_mark - mark) >= 2:
        return _JOURNAL
    near = any(paper.points in {threshold - 1, threshold} for threshold in thresholds)
    return _BOUNDARY if near else _RANDOM
