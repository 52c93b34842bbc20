"""Distribution of primary points of each work, and how much its number of papers lets it say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

import numpy as np
import pandas as pd

from xlpy.analysis.papers import MOST_POINTS, PaperState, graded_groups
from xlpy.analysis.scoring import single_scales
from xlpy.tables.frames import Table

# FIOKO 2026 p. 13, quoted in domain §3.2: informative from 50 papers, an approximate minimum of 20–30, below limited.
_INFORMATIVE = 50
_APPROXIMATE = 20


class SampleSize(Enum):
    """What a distribution over so many papers can say."""

    INFORMATIVE = "informative"
    APPROXIMATE = "approximate"
    LIMITED = "limited"


@dataclass(frozen=True, slots=True)
class PointsDistribution:
    """Primary points of one work. `counts[p]` = papers with p points (a fraction counts with its whole part).

    `beyond`: papers above the maximum; they are no scores, enter nothing here, and the checks name them.
    `thresholds`: points from which marks 3, 4, 5 are given, None without a scale.
    """

    grade: int
    subject: str
    papers: int
    counts: tuple[int, ...]
    beyond: int
    mean: float
    median: float
    deviation: float | None
    lowest: float
    highest: float
    max_points: int | None
    thresholds: tuple[int, int, int] | None
    size: SampleSize


def sample_size(papers: int) -> SampleSize:
    """Return what a distribution over `papers` works can say."""
    if papers >= _INFORMATIVE:
        return SampleSize.INFORMATIVE
    return SampleSize.APPROXIMATE if papers >= _APPROXIMATE else SampleSize.LIMITED


def _max_points(tables: Mapping[str, Table], year: str) -> dict[tuple[int, str], int]:
    """Maximum of each work: of its scale row, else the sum of its tasks' maxima."""
    tasks = tables["tasks"].frame
    tasks = tasks[(tasks["year"] == year) & (tasks["number"] >= 1) & (tasks["grade"] >= 1)]
    scales = tables["scales"].frame
    scales = scales[(scales["year"] == year) & (scales["grade"] >= 1)].drop_duplicates(["grade", "subject"])
    sums = tasks.groupby(["grade", "subject"], as_index=False)["max_points"].sum()
    found: dict[tuple[int, str], int] = {}
    for frame in (sums, scales):
        for grade, subject, most in zip(frame["grade"], frame["subject"], frame["max_points"], strict=True):
            if most >= 1:
                found[int(grade), subject] = int(most)
    return found


def _thresholds(tables: Mapping[str, Table], year: str) -> dict[tuple[int, str], tuple[int, int, int]]:
    scales = single_scales(tables["scales"], year).reset_index()
    scales = scales[scales["grade"] >= 1]
    columns = (scales[key] for key in ("grade", "subject", "mark_3_from", "mark_4_from", "mark_5_from"))
    return {
        (int(grade), subject): (int(three), int(four), int(five))
        for grade, subject, three, four, five in zip(*columns, strict=True)
    }


def distributions(tables: Mapping[str, Table], papers: pd.DataFrame, year: str) -> tuple[PointsDistribution, ...]:
    """Return the distribution of every work that somebody wrote, by grade and subject."""
    maxima = _max_points(tables, year)
    thresholds = _thresholds(tables, year)
    wrote = papers[papers["state"] == PaperState.WROTE]
    found = []
    for grade, subject, rows in graded_groups(wrote):
        # Sorted, so that sums do not depend on the order of rows.
        written = np.sort(rows["points"].to_numpy(dtype=np.float64))
        work = (grade, subject)
        most = maxima.get(work)
        end = min(most or MOST_POINTS, MOST_POINTS)
        points = written[written <= end]
        if not len(points):
            continue
        counts = np.bincount(np.floor(points).astype(int), minlength=0 if most is None else end + 1)
        found.append(
            PointsDistribution(
                grade=grade,
                subject=subject,
                papers=len(points),
                counts=tuple(counts.tolist()),
                beyond=len(written) - len(points),
                mean=float(points.mean()),
                median=float(np.median(points)),
                deviation=float(points.std(ddof=1)) if len(points) > 1 else None,
                lowest=float(points.min()),
                highest=float(points.max()),
                max_points=most,
                thresholds=thresholds.get(work),
                size=sample_size(len(points)),
            )
        )
    return tuple(found)
