"""Every formula of the report against a number printed or reproduced elsewhere, with its source beside it."""

from __future__ import annotations

import pandas as pd
import pytest

from xlpy.analysis.boundaries import adjust, excess_p_value
from xlpy.analysis.indicators import Comparison, Marks, compare_with_journal, mean_mark, pass_rate, quality_rate, sou

# Federal export «Статистика по отметкам» 2026, Russian, grade 4: per cent of marks 2–5 among 1 722 202 pupils
# (domain.md §4), taken as counts of 10 000 papers.
FEDERAL = Marks(506, 3292, 4433, 1769)


def test_rates_of_the_federal_sample() -> None:
    assert FEDERAL.total == 10_000
    assert pass_rate(FEDERAL) == pytest.approx(0.9494)
    assert quality_rate(FEDERAL) == pytest.approx(0.6202)
    assert mean_mark(FEDERAL) == pytest.approx(2 * 0.0506 + 3 * 0.3292 + 4 * 0.4433 + 5 * 0.1769)
    assert sou(FEDERAL) == pytest.approx(0.1769 + 0.64 * 0.4433 + 0.36 * 0.3292 + 0.16 * 0.0506)


@pytest.mark.parametrize(
    ("marks", "index"),
    [
        # Weights 100/64/36/16, source S95 SOU_MARK_WEIGHTS (domain.md §3.1): one mark alone gives its own weight.
        (Marks(n5=7), 1.0),
        (Marks(n4=7), 0.64),
        (Marks(n3=7), 0.36),
        (Marks(n2=7), 0.16),
        (Marks(1, 1, 1, 1), 0.54),
    ],
)
def test_simonov_s_index_weighs_marks_as_printed(marks: Marks, index: float) -> None:
    assert sou(marks) == pytest.approx(index)


def test_the_index_is_not_the_pass_rate_some_calculators_print_for_it() -> None:
    # A wrong one in circulation is (n3 + n4 + n5) / N (domain.md §3.1).
    assert sou(FEDERAL) != pytest.approx(pass_rate(FEDERAL))


def test_the_worked_class_of_thirty_lowers_eleven_and_raises_one() -> None:
    # stats.md §4 and stats_golden.json `worked_class`: journal marks 2–5 by rows, marks of the work by columns.
    table = [[2, 0, 0, 0], [3, 6, 1, 0], [0, 5, 7, 0], [0, 1, 2, 3]]
    papers = pd.DataFrame(
        [(j + 2.0, m + 2.0) for j, row in enumerate(table) for m, count in enumerate(row) for _ in range(count)],
        columns=["journal_mark", "mark"],
    )
    assert compare_with_journal(papers) == Comparison(lowered=11, confirmed=18, raised=1, wide=1)


@pytest.mark.parametrize(
    ("cells", "plain", "bounded"),
    [
        # stats_golden.json `frandsen`: one-sided, curvature 0 and 0.10; the author's R code agrees within 0.001.
        ((4, 14, 6), 0.010341, 0.018648),
        ((2, 9, 5), 0.049962, 0.072719),
        ((10, 20, 12), 0.038368, 0.071013),
        ((30, 52, 30), 0.002721, 0.011032),
        ((40, 45, 38), 0.249801, 0.432547),
    ],
)
def test_the_excess_at_a_threshold_has_the_published_p_value(
    cells: tuple[int, int, int], plain: float, bounded: float
) -> None:
    assert excess_p_value(*cells, curvature=0) == pytest.approx(plain, abs=1e-6)
    assert excess_p_value(*cells, curvature=0.10) == pytest.approx(bounded, abs=1e-6)


def test_adjusted_p_values_are_those_of_benjamini_and_hochberg() -> None:
    # The fifteen p-values of their 1995 paper; adjusted values by R's p.adjust (stats.md §7).
    given = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1,
    ]
    expected = [
        0.0015,
        0.003,
        0.0095,
        0.035625,
        0.0603,
        0.063857,
        0.063857,
        0.0645,
        0.0765,
        0.486,
        0.581182,
        0.714875,
        0.753231,
    ]
    adjusted = adjust(given)
    assert adjusted == pytest.approx([*expected, 0.813214, 1], abs=1e-6)
    assert sum(value <= 0.05 for value in adjusted) == 4
    assert adjust(given[::-1]) == adjusted[::-1]
