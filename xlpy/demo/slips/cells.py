"""Slips in the cells of «Результаты»: points, X, variants, marks, spelt as in real entries of 2021."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from xlpy.demo.draft import Draft, Plant, Row, always, slip
from xlpy.demo.shipped_rows import tasks_of_year
from xlpy.demo.slips.staff import has_latin_twin, latin_class
from xlpy.tables import schema
from xlpy.tables.normalise import grade_of
from xlpy.tables.raw import Value
from xlpy.words import demo as words
from xlpy.words.grammar import NBSP

_FIRST_CRITERION = re.compile(r"\d[^\W\d_]1$")
_NEGATIVE = -1


@cache
def _maxima(grade: int, subject: str) -> tuple[int, ...]:
    return tuple(int(str(task["max_points"])) for task in tasks_of_year()[grade, subject])


def maxima_of(row: Row) -> tuple[int, ...]:
    """Most points of each task of the row's work."""
    return _maxima(grade_of(str(row["school_class"])) or 0, str(row["subject"]))


def _labels(row: Row) -> list[str]:
    tasks = tasks_of_year()[grade_of(str(row["school_class"])) or 0, str(row["subject"])]
    return [str(task["label"]) for task in tasks]


def _cells(row: Row) -> list[Value]:
    return [row[key] for key, _ in zip(schema.TASK_KEYS, maxima_of(row), strict=False)]


def _points(row: Row) -> int:
    return sum(cell for cell in _cells(row) if isinstance(cell, int))


def is_written(row: Row) -> bool:
    """Whether the pupil was there."""
    return row["variant"] != schema.ABSENT


def _is_average(row: Row) -> bool:
    """A work far from full points: one point more does not pass the maximum."""
    return is_written(row) and 0 < _points(row) < sum(maxima_of(row)) / 2


def _over_task(suits: Callable[[Value], bool], written: Value, rule: str) -> Plant:
    """A slip in a task cell that holds something suitable."""

    def plant(draft: Draft) -> None:
        place = draft.pick("results", lambda row: is_written(row) and any(suits(cell) for cell in _cells(row)))
        if place is not None:
            fitting = [at for at, cell in enumerate(_cells(draft.rows["results"][place])) if suits(cell)]
            draft.write("results", place, schema.TASK_KEYS[draft.random.choice(fitting)], written, rule)

    return plant


def _over_gap(written: str, rule: str) -> Plant:
    return _over_task(lambda cell: cell == schema.NOT_ATTEMPTED, written, rule)


def _over_not_taught(written: str) -> Plant:
    return _over_task(lambda cell: cell == schema.NOT_TAUGHT, written, "RES-15")


def above_maximum(draft: Draft) -> None:
    """A point above what the task gives; the total stays within the work's."""
    place = draft.pick("results", _is_average)
    if place is not None:
        row = draft.rows["results"][place]
        at = draft.random.choice([at for at, cell in enumerate(_cells(row)) if isinstance(cell, int) and cell > 0])
        draft.write("results", place, schema.TASK_KEYS[at], maxima_of(row)[at] + 1, "RES-05")


def points_of_absent(draft: Draft) -> None:
    """Points in the row of somebody who was absent."""
    place = draft.pick("results", lambda row: not is_written(row))
    if place is not None:
        row = draft.rows["results"][place]
        row |= dict.fromkeys(schema.TASK_KEYS[: len(maxima_of(row))], 0)
        draft.note("results", place, "variant", "RES-09")


def _may_shift(row: Row) -> bool:
    """Whether no point passes its new task's maximum when all stand a column too far to the right."""
    if not is_written(row) or row["subject"] in schema.DEPENDENT_CRITERIA:
        return False
    shifted_cells = zip(_cells(row), maxima_of(row)[1:], strict=False)
    return all(not isinstance(cell, int) or cell <= most for cell, most in shifted_cells)


def shifted(draft: Draft) -> None:
    """Points typed one column too far to the right."""
    place = draft.pick("results", _may_shift)
    if place is not None:
        row = draft.rows["results"][place]
        cells = _cells(row)
        row |= dict(zip(schema.TASK_KEYS, (None, *cells), strict=False))
        draft.note("results", place, schema.TASK_KEYS[len(cells)], "RES-10")


def _lost_criteria(row: Row) -> list[int]:
    """Tasks whose К1 brought nothing, where the other criteria depend on К1."""
    if row["subject"] not in schema.DEPENDENT_CRITERIA or not is_written(row):
        return []
    cells = _cells(row)
    first = [at for at, label in enumerate(_labels(row)) if _FIRST_CRITERION.search(label)]
    return [at for at in first if cells[at] in {0, schema.NOT_ATTEMPTED}]


def points_without_first_criterion(draft: Draft) -> None:
    """A point for К2 of a task whose К1 is 0."""
    place = draft.pick("results", lambda row: bool(_lost_criteria(row)))
    if place is not None:
        first = _lost_criteria(draft.rows["results"][place])[0]
        draft.write("results", place, schema.TASK_KEYS[first + 1], 1, "RES-11")


def _has_mark(row: Row) -> bool:
    return is_written(row) and isinstance(row["journal_mark"], int)


def _journal(written: Callable[[Row], Value], rule: str) -> Plant:
    return slip("results", "journal_mark", rule, written, _has_mark)


def _variant(written: Value, rule: str) -> Plant:
    return slip("results", "variant", rule, always(written), is_written)


def unfinished(draft: Draft) -> None:
    """A task that nobody typed."""
    place = draft.pick("results", is_written)
    if place is not None:
        at = draft.random.randrange(len(maxima_of(draft.rows["results"][place])))
        draft.write("results", place, schema.TASK_KEYS[at], None, "RES-08")


CELLS: tuple[Plant, ...] = (
    _over_gap(words.LOWER_X, "RES-15"),
    _over_gap(words.CYRILLIC_X, "RES-15"),
    _over_gap(words.CYRILLIC_X.lower(), "RES-15"),
    _over_gap(words.PADDED_X, "RES-15"),
    _over_not_taught(words.PADDED_NOT_TAUGHT),
    _over_not_taught(NBSP + schema.NOT_TAUGHT),
    *(_over_gap(written, "RES-06") for written in words.UNREADABLE_CELLS),
    _over_task(lambda cell: cell == 0, _NEGATIVE, "RES-07"),
    above_maximum,
    unfinished,
    points_of_absent,
    shifted,
    points_without_first_criterion,
    slip("results", "points", "RES-12", lambda row: _points(row) + 1, _is_average),
    *(_journal(always(written), "RES-13") for written in words.ODD_JOURNAL_MARKS),
    _journal(lambda row: f"{row['journal_mark']}{NBSP}", "GEN-05"),
    _variant(None, "RES-14"),
    _variant(words.ODD_VARIANT, "GEN-04"),
    _variant(0, "GEN-03"),
    slip("results", "variant", "GEN-05", always(words.SHOUTED_ABSENCE), lambda row: not is_written(row)),
    slip("results", "school_class", "GEN-05", lambda row: latin_class(row["school_class"]), has_latin_twin),
)
