"""Rules of «Шкалы» and «Задания»: what every mark rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import pandas as pd

from xlpy.checks.duplicates import repeats
from xlpy.checks.findings import Hit
from xlpy.checks.rows import cell_of, rows_of
from xlpy.checks.slips import shown
from xlpy.checks.works import Work
from xlpy.tables.frames import Table
from xlpy.tables.normalise import is_school_year

_THRESHOLDS = ("mark_3_from", "mark_4_from", "mark_5_from")
_WORK = ("year", "grade", "subject")

Named = tuple[int, str]


def _works(works: Sequence[Work]) -> dict[Named, Work]:
    """(grade, subject) → the first row of «График» that writes it."""
    found: dict[Named, Work] = {}
    for work in works:
        if work.known and work.grade is not None:
            found.setdefault((work.grade, work.subject), work)
    return found


def _unsure(table: Table, year: str, subjects: frozenset[str]) -> list[tuple[int | None, str | None]]:
    """(grade, subject) of rows that cannot be placed, None for what is not readable in them."""
    return [
        (grade, subject if subject in subjects else None)
        for _, row_year, grade, subject in rows_of(table, *_WORK)
        if (row_year == year or not is_school_year(row_year))
        and (not is_school_year(row_year) or grade is None or subject not in subjects)
    ]


def _may_be(name: Named, unsure: Iterable[tuple[int | None, str | None]]) -> bool:
    return any(grade in {name[0], None} and subject in {name[1], None} for grade, subject in unsure)


def _rows_of_year(table: Table, year: str) -> dict[Named, list[int]]:
    """(grade, subject) → rows of that work in the school year."""
    found: dict[Named, list[int]] = {}
    for row, row_year, grade, subject in rows_of(table, *_WORK):
        if row_year == year and grade is not None:
            found.setdefault((grade, subject), []).append(row)
    return found


def without_scale(works: Sequence[Work], scales: Table, subjects: frozenset[str], year: str) -> Iterable[Hit]:
    """Works without a scale: on their empty row of «Шкалы», else where «График» names them first."""
    if not is_school_year(year):
        return
    there, unsure = _rows_of_year(scales, year), _unsure(scales, year, subjects)
    for name, work in _works(works).items():
        params = {"grade": name[0], "subject": name[1]}
        rows = there.get(name, [])
        if not rows and not _may_be(name, unsure):
            yield Hit("schedule", work.row, "subject", params)
        if len(rows) == 1:
            missing = [key for key in _THRESHOLDS if pd.isna(cell_of(scales, rows[0], key))]
            if missing and not _slipped(scales, rows[0], missing):
                yield Hit("scales", rows[0], missing[0], params)


def _slipped(table: Table, row: int, keys: Iterable[str]) -> bool:
    return bool({(row, key) for key in keys} & {(slip.row, slip.key) for slip in table.slips})


def without_tasks(works: Sequence[Work], tasks: Table, subjects: frozenset[str], year: str) -> Iterable[Hit]:
    """Works without tasks: on their empty row of «Задания», else where «График» names them first."""
    if not is_school_year(year):
        return
    there, unsure = _rows_of_year(tasks, year), _unsure(tasks, year, subjects)
    for name, work in _works(works).items():
        params = {"grade": name[0], "subject": name[1]}
        rows = there.get(name, [])
        if not rows and not _may_be(name, unsure):
            yield Hit("schedule", work.row, "subject", params)
        if len(rows) == 1 and tasks.frame.loc[rows[0], ["number", "max_points"]].isna().all():
            yield Hit("tasks", rows[0], "number", params)


def threshold_above_maximum(scales: Table) -> Iterable[Hit]:
    """Thresholds that no paper can reach."""
    for row, maximum, *thresholds in rows_of(scales, "max_points", *_THRESHOLDS):
        above = [(key, t) for key, t in zip(_THRESHOLDS, thresholds, strict=True) if maximum and t and t > maximum]
        if above:
            yield Hit("scales", row, above[0][0], {"threshold": above[0][1], "maximum": maximum})


def thresholds_out_of_order(scales: Table) -> Iterable[Hit]:
    """Thresholds that do not rise; one above the maximum is said already."""
    said = {hit.row for hit in threshold_above_maximum(scales)}
    for row, *thresholds in rows_of(scales, *_THRESHOLDS):
        three, four, five = thresholds
        known = [(key, t) for key, t in zip(_THRESHOLDS, thresholds, strict=True) if t is not None]
        falls = [key for (_, before), (key, after) in pairwise(known) if after <= before]
        if falls and row not in said:
            yield Hit("scales", row, falls[0], {"three": three, "four": four, "five": five})


def repeated_scales(scales: Table) -> Iterable[Hit]:
    """A work whose scale stands in an earlier row."""
    for row, first in repeats(scales, _WORK, _WORK):
        grade, subject = cell_of(scales, row, "grade"), cell_of(scales, row, "subject")
        yield Hit("scales", row, "subject", {"grade": int(grade), "subject": shown(subject), "first": first})


def misnumbered_tasks(tasks: Table, year: str, subjects: frozenset[str]) -> Iterable[Hit]:
    """Works whose tasks are not numbered 1, 2, 3 …: «Результаты» takes its columns by these numbers."""
    unsure = _unsure(tasks, year, subjects)
    for name, rows in _rows_of_year(tasks, year).items():
        numbers = tasks.frame.loc[rows, "number"]
        if numbers.isna().any() or _may_be(name, unsure):
            continue
        in_order = numbers.sort_values(kind="stable")
        expected = range(1, len(in_order) + 1)
        wrong = [row for row, n, at in zip(in_order.index.tolist(), in_order, expected, strict=True) if n != at]
        if wrong:
            number = int(cell_of(tasks, wrong[0], "number"))
            params = {"grade": name[0], "subject": shown(name[1]), "number": number}
            yield Hit("tasks", int(wrong[0]), "number", params)


def _renumbered(tasks: Table, year: str, subjects: frozenset[str]) -> set[Named]:
    return {
        (int(cell_of(tasks, hit.row, "grade")), cell_of(tasks, hit.row, "subject"))
        for hit in misnumbered_tasks(tasks, year, subjects)
    }


def repeated_labels(tasks: Table, year: str) -> Iterable[Hit]:
    """Two tasks of one work with the same label."""
    keys = (*_WORK, "label")
    for row, first in repeats(tasks, keys, keys):
        if cell_of(tasks, row, "year") == year and cell_of(tasks, row, "number") != cell_of(tasks, first, "number"):
            yield Hit("tasks", row, "label", {"label": shown(cell_of(tasks, row, "label")), "first": first})


def other_sum(scales: Table, tasks: Table, year: str, subjects: frozenset[str]) -> Iterable[Hit]:
    """Works whose tasks' maxima do not add up to «Макс. балл»; silent where a finding explains it."""
    said = {hit.row for hit in threshold_above_maximum(scales)} | {row for row, _ in repeats(scales, _WORK, _WORK)}
    renumbered = _renumbered(tasks, year, subjects)
    there, unsure = _rows_of_year(tasks, year), _unsure(tasks, year, subjects)
    for name, rows in _rows_of_year(scales, year).items():
        maximum = cell_of(scales, rows[0], "max_points")
        points = tasks.frame.loc[there.get(name, []), "max_points"]
        unsafe = points.isna().any() or name in renumbered or _may_be(name, unsure) or rows[0] in said
        if points.empty or unsafe or pd.isna(maximum) or points.sum() == maximum:
            continue
        yield Hit("scales", rows[0], "max_points", {"total": int(points.sum()), "maximum": int(maximum)})


def shaky_works(scales: Table, tasks: Table, year: str, subjects: frozenset[str]) -> frozenset[Named]:
    """(grade, subject) of works whose tasks are in doubt: they cannot be held against a paper.

    Either they do not add up to the scale, or their numbers have gaps, or a row of theirs cannot be placed.
    """
    unsure = _unsure(tasks, year, subjects)
    displaced = {name for name in _rows_of_year(tasks, year) if _may_be(name, unsure)}
    renumbered = _renumbered(tasks, year, subjects)
    apart = {
        (int(cell_of(scales, hit.row, "grade")), cell_of(scales, hit.row, "subject"))
        for hit in other_sum(scales, tasks, year, subjects)
    }
    return frozenset(displaced | renumbered | apart)
