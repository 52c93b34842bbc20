"""What real works looked like: totals of one region, spring 2021. Sums only; the source stands in the data file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np

from xlpy.demo.shipped_rows import Work, tasks_of_year, thresholds_of_year
from xlpy.words import demo as words

_FILE = Path(__file__).resolve().parent / "data" / "calibration_2021.json"
# Works the region's totals lack, and the work that stands in, its points stretched from threshold to threshold.
STAND_INS = {
    (6, words.BIOLOGY): (5, words.BIOLOGY),
    (7, words.BIOLOGY): (8, words.BIOLOGY),
    (7, words.GERMAN): (7, words.ENGLISH),
}


@dataclass(frozen=True, slots=True)
class WorkCalibration:
    """One grade and subject.

    `absent`: share of pupils who did not write. `reached[p]`: share of works with at most p points.
    `journal[m - 2][k]`: share of journal marks up to k + 2 among works with mark m. `coupling`: 0–1, how closely the
    journal follows the points within one mark. `compared`: shares lowered, confirmed, raised. `spearman`: median over
    schools of the rank correlation of points and journal marks.
    """

    absent: float
    reached: tuple[float, ...]
    journal: tuple[tuple[float, ...], ...]
    coupling: float
    compared: tuple[float, float, float]
    spearman: float

    def mark_shares(self, thresholds: tuple[int, int, int]) -> tuple[float, ...]:
        """Shares of marks 2, 3, 4 and 5 by a scale."""
        below = [0.0, *(self.reached[threshold - 1] for threshold in thresholds), 1.0]
        return tuple(high - low for low, high in pairwise(below))


def _cumulated(counts: list[float]) -> tuple[float, ...]:
    total = sum(counts)
    return tuple(reached / total for reached in accumulate(counts))


@cache
def calibration() -> Mapping[tuple[int, str], WorkCalibration]:
    """Calibration by (grade, subject), stand-ins included."""
    found: dict[tuple[int, str], WorkCalibration] = {}
    for work in json.loads(_FILE.read_text("utf-8"))["works"]:
        total = sum(work["compared"])
        lowered, confirmed, raised = (share / total for share in work["compared"])
        found[work["grade"], work["subject"]] = WorkCalibration(
            absent=work["absent"],
            reached=_cumulated(work["points"]),
            journal=tuple(_cumulated(row) for row in work["journal"]),
            coupling=work["coupling"],
            compared=(lowered, confirmed, raised),
            spearman=work["spearman"],
        )
    return found | {work: _stretched(found[other], other, work) for work, other in STAND_INS.items()}


def _stretched(known: WorkCalibration, old: Work, new: Work) -> WorkCalibration:
    """The calibration of a work as if it had another's scale: the same shares between neighbouring thresholds."""
    old_edges, new_edges = _edges(old), _edges(new)
    at = np.interp(np.arange(1, new_edges[-1] + 1), new_edges, old_edges)
    reached = np.interp(at, np.arange(len(known.reached) + 1), (0.0, *known.reached))
    return replace(known, reached=tuple(float(share) for share in reached))


def _edges(work: Work) -> list[int]:
    """Where the marks of a work begin and end, in points."""
    most = sum(int(str(task["max_points"])) for task in tasks_of_year()[work])
    return [0, *thresholds_of_year()[work], most + 1]
