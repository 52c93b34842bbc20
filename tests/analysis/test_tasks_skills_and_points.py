"""Tasks, levels, skills, distributions and thresholds against plain loops, and every limit at its exact value."""

from __future__ import annotations

from statistics import mean, median, stdev

import pytest

from tests.analysis.made_school import CLASSES, make_rows, read
from tests.analysis.test_indicators_equal_plain_loops import cells_of, kind_of
from xlpy.analysis.boundaries import threshold_peaks, threshold_shares
from xlpy.analysis.distribution import PointsDistribution, SampleSize, sample_size
from xlpy.analysis.overview import analyse
from xlpy.analysis.tasks import TaskFigures, Zone, level_figures, skill_figures, weakest_skills, zone_of


@pytest.mark.parametrize("seed", range(4))
def test_every_task_equals_plain_counting(seed: int) -> None:
    rows = make_rows(CLASSES, seed=seed)
    tasks = analyse(*read(rows)).tasks
    assert len(tasks) == len(rows["tasks"])
    for task in tasks:
        papers = [
            cells_of(row)
            for row in rows["results"]
            if str(row["school_class"])[0] == str(task.grade) and row["subject"] == task.subject
            if kind_of(row) == "wrote"
        ]
        cells = [cell[task.number - 1] for cell in papers]
        points = [cell if isinstance(cell, int) else 0 for cell in cells]
        assert task.papers == len(points)
        assert task.full == points.count(task.max_points)
        assert task.zero == points.count(0)
        assert task.partial == sum(0 < p < task.max_points for p in points)
        assert task.not_attempted == cells.count("X")
        assert task.share == pytest.approx(sum(points) / (task.max_points * len(points)))


def task(number: int, share: float, *, level: str = "Б", skill: str = "умение", papers: int = 1000) -> TaskFigures:
    points = round(share * papers)
    zone = zone_of(points, papers, level)
    return TaskFigures(
        5,
        "Математика",
        number,
        str(number),
        1,
        level,
        skill,
        papers,
        points,
        points,
        0,
        papers - points,
        0,
        share,
        zone,
    )


@pytest.mark.parametrize(
    ("points", "level", "zone"),
    [
        (569, "Б", Zone.INSUFFICIENT),
        (570, "Б", Zone.BELOW),
        (599, "Б", Zone.BELOW),
        (600, "Б", Zone.ABOVE),
        (630, "Б", Zone.ABOVE),
        (631, "Б", Zone.SUFFICIENT),
        (284, "П", Zone.INSUFFICIENT),
        (285, "В", Zone.BELOW),
        (299, "П", Zone.BELOW),
        (300, "В", Zone.ABOVE),
        (315, "П", Zone.ABOVE),
        (316, "В", Zone.SUFFICIENT),
        (900, "", None),
        (900, "Г", None),
    ],
)
def test_zones_change_exactly_at_the_published_limits(points: int, level: str, zone: Zone | None) -> None:
    # 60 ± 3 and 30 ± 1.5 per cent: FIOKO 2026 pp. 6 and 17 (domain.md §3.2).
    assert zone_of(points, 1000, level) is zone


def test_nobody_wrote_gives_no_zone() -> None:
    assert zone_of(0, 0, "Б") is None


def test_a_level_holds_all_its_points_and_counts_its_zones() -> None:
    levels = level_figures([task(1, 0.4), task(2, 0.9), task(3, 0.2, level="П"), task(4, 0.5, level="")])
    assert [(one.level, one.tasks) for one in levels] == [("Б", 2), ("П", 1), ("", 1)]
    assert levels[0].share == pytest.approx(0.65)
    assert levels[0].zone is Zone.SUFFICIENT
    assert levels[0].zones[Zone.INSUFFICIENT] == levels[0].zones[Zone.SUFFICIENT] == 1
    assert levels[2].zone is None
    assert sum(levels[2].zones.values()) == 0


@pytest.mark.parametrize(
    ("shares", "is_deficit"),
    [
        ((0.4,), False),
        ((0.4, 0.9), False),
        ((0.4, 0.5), True),
        ((0.4, 0.5, 0.9), True),
        ((0.4, 0.5, 0.9, 0.9), False),
    ],
)
def test_a_deficit_needs_two_tasks_and_more_than_half_insufficient(shares: tuple[float, ...], is_deficit: bool) -> None:
    skills = skill_figures([task(n, share) for n, share in enumerate(shares, start=1)])
    assert [skill.is_deficit for skill in skills] == [is_deficit]


def test_the_shortfall_of_a_skill_is_measured_from_the_levels_of_its_tasks() -> None:
    skill = skill_figures([task(1, 0.4), task(2, 0.2, level="П")])[0]
    assert skill.share == pytest.approx(0.3)
    assert skill.lacking == pytest.approx(0.45 - 0.3)


def test_weakest_skills_are_those_below_their_level_and_no_others() -> None:
    skills = skill_figures([task(1, 0.5, skill="а"), task(2, 0.1, level="П", skill="б"), task(3, 0.7, skill="в")])
    assert [skill.skill for skill in weakest_skills(skills, 5)] == ["б", "а"]
    assert [skill.skill for skill in weakest_skills(skills, 1)] == ["б"]


def test_without_levels_the_lowest_skills_are_shown_without_a_shortfall() -> None:
    skills = skill_figures([task(1, 0.5, level="", skill="а"), task(2, 0.1, level="", skill="б")])
    assert [(skill.skill, skill.lacking) for skill in weakest_skills(skills, 5)] == [("б", None), ("а", None)]


@pytest.mark.parametrize(
    ("papers", "size"),
    [
        (1, SampleSize.LIMITED),
        (19, SampleSize.LIMITED),
        (20, SampleSize.APPROXIMATE),
        (49, SampleSize.APPROXIMATE),
        (50, SampleSize.INFORMATIVE),
    ],
)
def test_what_a_distribution_can_say_depends_on_its_size(papers: int, size: SampleSize) -> None:
    assert sample_size(papers) is size  # FIOKO 2026 p. 13 (domain.md §3.2)


def test_distributions_equal_plain_counting() -> None:
    rows = make_rows(CLASSES)
    for work in analyse(*read(rows)).distributions:
        totals = [
            sum(cell for cell in cells_of(row) if isinstance(cell, int))
            for row in rows["results"]
            if str(row["school_class"])[0] == str(work.grade) and row["subject"] == work.subject
            if kind_of(row) == "wrote"
        ]
        assert work.papers == len(totals)
        assert work.counts == tuple(totals.count(p) for p in range(12))
        assert work.beyond == 0
        assert (work.mean, work.median, work.deviation) == pytest.approx((mean(totals), median(totals), stdev(totals)))
        assert (work.lowest, work.highest) == (min(totals), max(totals))


def test_a_slip_of_the_pen_in_points_does_not_grow_the_histogram() -> None:
    rows = make_rows({"5А": 9, "8А": 1})
    row = next(r for r in rows["results"] if r["subject"] == "Математика" and kind_of(r) == "wrote")
    row["task_1"] = 10**12
    work = next(w for w in analyse(*read(rows)).distributions if w.subject == "Математика")
    assert (len(work.counts), work.beyond) == (12, 1)


def points(counts: dict[int, int], thresholds: tuple[int, int, int] = (7, 12, 17)) -> PointsDistribution:
    total = sum(counts.values())
    full = tuple(counts.get(p, 0) for p in range(21))
    return PointsDistribution(5, "Математика", total, full, 0, 10, 10, 4, 0, 20, 20, thresholds, sample_size(total))


def test_a_display_of_thresholds_needs_fifty_papers_and_a_scale() -> None:
    assert threshold_peaks([points({7: 49})]) == ()
    assert len(threshold_peaks([points({7: 50})])) == 1


def test_a_flat_distribution_asks_for_nothing() -> None:
    peak = threshold_peaks([points(dict.fromkeys(range(21), 5))])[0]
    assert (peak.below, peak.at, peak.above, peak.excess) == (15, 15, 15, 0)
    assert not peak.needs_look


def test_a_clear_peak_asks_for_a_look() -> None:
    peak = threshold_peaks([points(dict.fromkeys(range(21), 3) | {6: 0, 7: 30})])[0]
    assert peak.needs_look
    assert peak.at == 36


def test_thresholds_that_share_cells_are_left_out_of_the_stack() -> None:
    peak = threshold_peaks([points(dict.fromkeys(range(21), 4), thresholds=(7, 9, 17))])[0]
    assert (peak.below, peak.at, peak.above) == (4, 4, 4)


def test_too_few_papers_around_the_thresholds_say_so() -> None:
    peak = threshold_peaks([points({1: 60, 7: 2})])[0]
    assert peak.p_value is None
    assert not peak.needs_look


def test_shares_at_thresholds_are_pooled_over_works() -> None:
    shares = threshold_shares([points({6: 1, 7: 9, 11: 5, 12: 5}), points({6: 1, 7: 9})])
    assert [(one.mark, one.below, one.at, one.share) for one in shares] == [
        (3, 2, 18, 0.9),
        (4, 5, 5, 0.5),
        (5, 0, 0, None),
    ]
