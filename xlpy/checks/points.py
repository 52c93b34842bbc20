"""Rules of «Результаты» about what is typed in a paper: points, X, absence, variant, criteria."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from xlpy.checks.findings import Hit
from xlpy.checks.papers import typed_cells
from xlpy.checks.slips import plain
from xlpy.tables import schema
from xlpy.tables.frames import Table, TaskState

Cells = npt.NDArray[np.bool_]
Labels = Mapping[tuple[tuple[int, str], int], str]

# «4К1», «10.2К1», «11.3 k1»: one letter and a number after the task's own name, whatever alphabet typed it.
_CRITERION = re.compile(r"^(.*\d\)?)[\s(]*[^\W\d_]\s?(\d+)\)?$")


def _points(results: Table) -> npt.NDArray[np.float64]:
    return results.frame[list(schema.TASK_KEYS)].to_numpy(dtype=np.float64)


def _states(results: Table) -> npt.NDArray[np.int8]:
    if results.states is None:
        raise ValueError(f"{results.sheet.key} has no task columns")
    return results.states.to_numpy()


def _first_of_each_row(cells: Cells) -> Cells:
    """The same cells, but only the first of each row."""
    return np.asarray(cells & (np.cumsum(cells, axis=1) == 1), dtype=bool)


def cell_hits(
    papers: pd.DataFrame,
    cells: Cells,
    params: Callable[[int, int], Mapping[str, object]],
    group: Callable[[int, int], object] = lambda _row, _column: None,
    table: str = "results",
) -> Iterable[Hit]:
    """A hit for every cell marked; `params` and `group` take the paper's position and the task's number from 0."""
    rows = papers.index.to_numpy()
    for at, column in np.argwhere(cells):
        key = schema.TASK_KEYS[column]
        yield Hit(table, int(rows[at]), key, params(int(at), int(column)), group(int(at), int(column)))


def _label(papers: pd.DataFrame, labels: Labels) -> Callable[[int, int], str]:
    works = papers["work"].to_numpy()
    return lambda at, column: labels.get((works[at], column + 1), str(column + 1))


def above_maximum(
    results: Table,
    papers: pd.DataFrame,
    limits: npt.NDArray[np.float64],
    labels: Labels,
) -> Iterable[Hit]:
    """Points above the task's maximum."""
    points, label, packs = _points(results), _label(papers, labels), papers["pack"].to_numpy()
    over = (points > limits) & (points == np.floor(points)) & ~papers["absent"].to_numpy()[:, None]

    def params(at: int, column: int) -> dict[str, object]:
        return {
            "label": label(at, column),
            "points": plain(points[at, column]),
            "maximum": plain(limits[at, column]),
        }

    return cell_hits(papers, over, params, lambda at, column: (packs[at], column))


def not_whole(results: Table, papers: pd.DataFrame, labels: Labels) -> Iterable[Hit]:
    """Points below zero or not whole."""
    points, label = _points(results), _label(papers, labels)
    wrong = (points < 0) | (points != np.floor(points))
    wrong &= (_states(results) == TaskState.POINTS) & ~papers["absent"].to_numpy()[:, None]
    return cell_hits(
        papers, wrong, lambda at, column: {"label": label(at, column), "points": plain(points[at, column])}
    )


def _beyond(results: Table, papers: pd.DataFrame) -> Cells:
    counts = papers["tasks"].to_numpy()[:, None]
    beyond = typed_cells(results) & (np.arange(schema.TASK_COUNT) >= counts) & (counts > 0)
    return _first_of_each_row(beyond & ~papers["absent"].to_numpy()[:, None])


def beyond_last_task(results: Table, papers: pd.DataFrame) -> Iterable[Hit]:
    """Something typed in a column that the work has no task for."""
    counts = papers["tasks"].to_numpy()
    return cell_hits(
        papers, _beyond(results, papers), lambda at, column: {"tasks": int(counts[at]), "number": column + 1}
    )


def unfinished(results: Table, papers: pd.DataFrame) -> Iterable[Hit]:
    """Papers begun and not finished: at the first empty task. Points shifted by a column are said already."""
    typed, counts = typed_cells(results), papers["tasks"].to_numpy()
    begun = (papers["typed"] > 0).to_numpy() & ~papers["absent"].to_numpy() & ~_beyond(results, papers).any(axis=1)
    empty = ~typed & (np.arange(schema.TASK_COUNT) < counts[:, None]) & begun[:, None]
    done = typed.sum(axis=1)
    packs = papers["pack"].to_numpy()
    return cell_hits(
        papers,
        _first_of_each_row(empty),
        lambda at, _column: {"typed": int(done[at]), "tasks": int(counts[at])},
        lambda at, column: (packs[at], column),
    )


def points_of_absent(papers: pd.DataFrame) -> Iterable[Hit]:
    """Points in the row of one who was absent."""
    for row in papers.index[papers["absent"] & (papers["typed"] > 0)]:
        yield Hit("results", int(row), "variant")


def without_variant(papers: pd.DataFrame) -> Iterable[Hit]:
    """Points without a variant."""
    wrong = papers[(papers["variant"] == "") & (papers["typed"] > 0)]
    for row, pack in wrong["pack"].items():
        yield Hit("results", int(str(row)), "variant", {}, pack)


def not_taught_any_more(results: Table, papers: pd.DataFrame, year: str) -> Iterable[Hit]:
    """«не пройд.» in a year whose form does not know it."""
    if year <= schema.LAST_YEAR_NOT_TAUGHT:
        return ()
    packs = papers["pack"].to_numpy()
    cells = _states(results) == TaskState.NOT_TAUGHT
    return cell_hits(papers, cells, lambda _at, _column: {"year": year}, lambda at, column: (packs[at], column))


def criteria_of(labels: Labels) -> dict[tuple[int, str], dict[str, list[int]]]:
    """Work → task → numbers (from 0) of its criteria, К1 first; only works where the others depend on К1."""
    found: dict[tuple[int, str], dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for (work, number), label in labels.items():
        match = _CRITERION.match(label)
        if match and work[1] in schema.DEPENDENT_CRITERIA:
            found[work][match[1]].append((int(match[2]), number - 1))
    return {
        work: {base: [column for _, column in sorted(cs)] for base, cs in tasks.items() if min(cs)[0] == 1 < len(cs)}
        for work, tasks in found.items()
    }


def points_without_first_criterion(results: Table, papers: pd.DataFrame, labels: Labels) -> Iterable[Hit]:
    """Points for a criterion of a task whose К1 is 0 or X."""
    states, points = _states(results), _points(results)
    cells = np.zeros(points.shape, dtype=bool)
    bases: dict[tuple[tuple[int, str], int], str] = {}
    works, packs = papers["work"].to_numpy(), papers["pack"].to_numpy()
    for work, tasks in criteria_of(labels).items():
        of_work = (papers["work"].isin([work]) & ~papers["absent"]).to_numpy()
        for base, (first, *others) in tasks.items():
            nothing = of_work & ((points[:, first] == 0) | (states[:, first] == TaskState.NOT_ATTEMPTED))
            wrong = nothing[:, None] & (points[:, others] > 0)
            cells[:, others] |= _first_of_each_row(wrong)
            bases |= {(work, column): base for column in others}
    label = _label(papers, labels)

    def params(at: int, column: int) -> dict[str, object]:
        return {
            "base": bases[works[at], column],
            "label": label(at, column),
            "points": plain(points[at, column]),
        }

    return cell_hits(papers, cells, params, lambda at, column: (packs[at], column))
