"""Made-up works against published totals: ВПР of spring 2021, one region (xlpy/demo/data/calibration_2021.json)."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import pairwise
from math import sqrt
from statistics import fmean

import numpy as np
import pandas as pd
import pytest

from tests.demo.schools import CLASSES, SEEDS, school
from xlpy.demo.calibration import calibration
from xlpy.demo.layout import GRADES
from xlpy.demo.shipped_rows import tasks_of_year, thresholds_of_year
from xlpy.tables import schema
from xlpy.tables.normalise import grade_of

# Shares of independent pupils stray from the region's by so many standard errors in one of some 2,000 comparisons.
STANDARD_ERRORS = 4


def within(share: float, expected: float, count: int) -> bool:
    return abs(share - expected) <= STANDARD_ERRORS * sqrt(expected * (1 - expected) / count)


@cache
def papers(seed: int) -> dict[tuple[int, str], pd.DataFrame]:
    """Per grade and subject: points (NaN absent), mark, journal mark."""
    found: dict[tuple[int, str], list[tuple[float, float]]] = defaultdict(list)
    for row in school(seed).rows["results"]:
        work = grade_of(str(row["school_class"])), str(row["subject"])
        cells = [row[key] for key in schema.TASK_KEYS if isinstance(row.get(key), int)]
        journal = row["journal_mark"]
        points = float("nan") if row["variant"] == schema.ABSENT else float(sum(cells))
        found[work].append((points, float(journal) if isinstance(journal, int) else float("nan")))
    frames = {}
    for work, rows in found.items():
        frame = pd.DataFrame(rows, columns=["points", "journal"])
        marks = 2 + np.searchsorted(thresholds_of_year()[work], frame["points"], side="right")
        frames[work] = frame.assign(mark=np.where(frame["points"].isna(), np.nan, marks))
    return frames


@cache
def pooled() -> dict[tuple[int, str], pd.DataFrame]:
    works = {work for seed in SEEDS for work in papers(seed)}
    return {work: pd.concat([papers(seed)[work] for seed in SEEDS if work in papers(seed)]) for work in sorted(works)}


WORKS = sorted(set(calibration()) - {work for work in calibration() if work not in tasks_of_year()})


def mark_shares(frame: pd.DataFrame) -> list[float]:
    written = frame.dropna(subset=["mark"])
    return [float((written["mark"] == mark).mean()) for mark in (2, 3, 4, 5)]


def test_a_school_has_the_size_that_was_asked_for() -> None:
    """25 classes, about 650 pupils, 45 teachers and 2,500 works: issue 2, item 3."""
    for seed in SEEDS:
        rows = school(seed).rows
        assert len(rows["classes"]) == CLASSES
        assert 600 <= len(rows["participants"]) <= 700
        assert 42 <= len(rows["teachers"]) <= 50
        assert 2_400 <= sum(frame["points"].notna().sum() for frame in papers(seed).values()) <= 2_800
        assert {row["grade"] for row in rows["classes"]} == set(GRADES)


def test_classes_have_the_sizes_of_a_town_school() -> None:
    """The real school beside which this was made: 18 classes of 23–30, mean 26.6."""
    sizes = [int(str(row["pupils"])) for seed in SEEDS for row in school(seed).rows["classes"]]
    assert 18 <= min(sizes) < 24
    assert 28 < max(sizes) <= 34
    assert fmean(sizes) == pytest.approx(26, abs=0.6)


def test_every_work_of_the_schools_is_calibrated() -> None:
    assert set(pooled()) <= set(WORKS)
    assert len(pooled()) >= 28


@pytest.mark.parametrize("work", WORKS, ids=str)
def test_absence_of_each_work_is_that_of_the_region(work: tuple[int, str]) -> None:
    frame = pooled()[work]
    assert within(float(frame["points"].isna().mean()), calibration()[work].absent, len(frame))


def test_one_pupil_in_ten_is_absent() -> None:
    """10.7 % of 529,541 rows; a school's own grades and subjects weigh differently: ± 0.7 points."""
    frames = pooled().values()
    absent = sum(frame["points"].isna().sum() for frame in frames) / sum(map(len, frames))
    assert absent == pytest.approx(0.107, abs=0.007)


@pytest.mark.parametrize("seed", SEEDS)
def test_marks_of_each_school_stray_from_the_region_no_more_than_chance_does(seed: int) -> None:
    for work, frame in papers(seed).items():
        expected = calibration()[work].mark_shares(thresholds_of_year()[work])
        written = int(frame["mark"].notna().sum())
        assert all(within(s, e, written) for s, e in zip(mark_shares(frame), expected, strict=True)), work


@pytest.mark.parametrize("work", WORKS, ids=str)
def test_marks_of_many_schools_come_near_the_region(work: tuple[int, str]) -> None:
    frame = pooled()[work]
    expected = calibration()[work].mark_shares(thresholds_of_year()[work])
    written = int(frame["mark"].notna().sum())
    assert all(within(s, e, written) for s, e in zip(mark_shares(frame), expected, strict=True))


@pytest.mark.parametrize("work", WORKS, ids=str)
def test_lowered_confirmed_and_raised_are_as_often_as_in_the_region(work: tuple[int, str]) -> None:
    frame = pooled()[work].dropna()
    gap = frame["mark"] - frame["journal"]
    shares = [float(share) for share in ((gap < 0).mean(), (gap == 0).mean(), (gap > 0).mean())]
    assert all(within(s, e, len(frame)) for s, e in zip(shares, calibration()[work].compared, strict=True))


@pytest.mark.parametrize("work", WORKS, ids=str)
def test_points_and_journal_go_together_as_in_the_median_school(work: tuple[int, str]) -> None:
    """Spearman's ρ: near 0.7 its standard error is about 0.6 / √n; stand-ins bring ± 0.03 of their own."""
    frame = pooled()[work].dropna()
    rho = frame["points"].rank().corr(frame["journal"].rank())
    assert rho == pytest.approx(calibration()[work].spearman, abs=STANDARD_ERRORS * 0.6 / sqrt(len(frame)) + 0.03)


def test_a_gap_of_two_marks_is_as_rare_as_in_the_region() -> None:
    """4.1 % of 534,832 works (reference_quantiles_2021); works weigh differently here: ± 1.5 points."""
    frames = [frame.dropna() for frame in pooled().values()]
    wide = sum(((frame["mark"] - frame["journal"]).abs() >= 2).sum() for frame in frames) / sum(map(len, frames))
    assert wide == pytest.approx(0.041, abs=0.015)


def test_gaps_and_untaught_tasks_are_as_frequent_as_in_real_cells() -> None:
    """420,611 X of any spelling and 35,819 «не пройдено» in 8.30 million cells: 5.1 % and 0.43 %."""
    cells = [
        row[key]
        for seed in SEEDS
        for row in school(seed).rows["results"]
        for key in schema.TASK_KEYS
        if row.get(key) is not None
    ]
    assert cells.count(schema.NOT_ATTEMPTED) / len(cells) == pytest.approx(0.051, abs=0.01)
    assert cells.count(schema.NOT_TAUGHT) / len(cells) == pytest.approx(0.0043, abs=0.0015)


def test_harder_levels_bring_fewer_points() -> None:
    """Solving shares of the levels Б and П lie apart, so that both zones of the report have something to say."""
    shares: dict[str, list[float]] = defaultdict(list)
    for seed in SEEDS[:5]:
        for row in school(seed).rows["results"]:
            tasks = tasks_of_year()[grade_of(str(row["school_class"])) or 0, str(row["subject"])]
            for key, task in zip(schema.TASK_KEYS, tasks, strict=False):
                if isinstance(row.get(key), int):
                    shares[str(task["level"] or "")].append(int(str(row[key])) / int(str(task["max_points"])))
    basic, advanced = fmean(shares[schema.LEVELS[0]]), fmean(shares[schema.LEVELS[1]])
    assert basic - advanced > 0.1


def test_calibrated_shares_are_shares() -> None:
    for known in calibration().values():
        assert all(low <= high for low, high in pairwise(known.reached))
        assert known.reached[-1] == pytest.approx(1)
        assert all(row[-1] == pytest.approx(1) for row in known.journal)
