"""Papers just at the thresholds of marks compared with their neighbours: a display to look at, never a verdict.

A peak at the threshold of mark 3 is the rule in real data (users §0, fact 6), so this abstains on small numbers,
counts papers, corrects for many works and only ever says «possible marker, needs analysis».
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, fsum, lgamma, log

from xlpy.analysis.distribution import PointsDistribution, SampleSize

# Our choices, printed in the report (stats §0, §7 and §10): q, the least excess worth a look, the curvature bound.
Q_LEVEL = 0.10
LEAST_EXCESS = 3.0
MOST_CURVATURE = 0.10
_LEAST_NEIGHBOURS = 5
_LEAST_DISTANCE = 3


@dataclass(frozen=True, slots=True)
class ThresholdPeak:
    """Papers one point below, at and one point above the thresholds of a work, stacked.

    `excess`: papers at the thresholds above a third of all three cells. `p_value` None: too few papers to say.
    `adjusted`: p-value after Benjamini–Hochberg over the works of one report.
    """

    grade: int
    subject: str
    papers: int
    below: int
    at: int
    above: int
    excess: float
    p_value: float | None
    adjusted: float | None = None

    @property
    def needs_look(self) -> bool:
        """Whether the display says «possible marker, needs analysis»."""
        return self.adjusted is not None and self.adjusted <= Q_LEVEL and self.excess >= LEAST_EXCESS


def excess_p_value(below: int, at: int, above: int, curvature: float) -> float:
    """One-sided p-value of an excess at the threshold: P(Bin(N, (1+K)/(3+K)) ≥ at), N = below + at + above.

    Source: Frandsen 2017, Advances in Econometrics 38:281–315, with the worst case of the curvature bound K; numbers
    of stats_golden.json, reproduced from the author's R code, are held by tests.
    """
    n = below + at + above
    hit = log((1 + curvature) / (3 + curvature))
    miss = log(2 / (3 + curvature))
    ways = lgamma(n + 1)
    tail = fsum(exp(ways - lgamma(i + 1) - lgamma(n - i + 1) + i * hit + (n - i) * miss) for i in range(at, n + 1))
    return min(1.0, tail)


def adjust(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return the p-values adjusted for the false discovery rate (Benjamini and Hochberg 1995), in the same order."""
    count = len(p_values)
    order = sorted(range(count), key=lambda at: p_values[at], reverse=True)
    adjusted = [1.0] * count
    least = 1.0
    for rank, at in enumerate(order):
        least = min(least, p_values[at] * count / (count - rank))
        adjusted[at] = least
    return tuple(adjusted)


def _stacked(work: PointsDistribution) -> tuple[int, int, int]:
    """Counts one below, at and one above, over the thresholds that share no cell with another."""
    thresholds = work.thresholds or ()
    apart = [c for c in thresholds if all(c == d or abs(c - d) >= _LEAST_DISTANCE for d in thresholds)]
    counts = dict(enumerate(work.counts))
    below, at, above = (sum(counts.get(c + step, 0) for c in apart) for step in (-1, 0, 1))
    return below, at, above


def _peak(work: PointsDistribution) -> ThresholdPeak:
    below, at, above = _stacked(work)
    n = below + at + above
    spread = work.deviation or 0.0
    curvature = min(MOST_CURVATURE, 1 / (2 * spread**2)) if spread else MOST_CURVATURE
    p_value = excess_p_value(below, at, above, curvature) if n >= _LEAST_NEIGHBOURS else None
    return ThresholdPeak(work.grade, work.subject, work.papers, below, at, above, at - n / 3, p_value)


def threshold_peaks(works: Sequence[PointsDistribution]) -> tuple[ThresholdPeak, ...]:
    """Return the display of every work with a scale and at least 50 papers; smaller ones say nothing here."""
    peaks = [_peak(work) for work in works if work.thresholds and work.size is SampleSize.INFORMATIVE]
    tested = [at for at, peak in enumerate(peaks) if peak.p_value is not None]
    values = adjust([p for peak in peaks if (p := peak.p_value) is not None])
    adjusted = dict(zip(tested, values, strict=True))
    return tuple(
        ThresholdPeak(p.grade, p.subject, p.papers, p.below, p.at, p.above, p.excess, p.p_value, adjusted.get(number))
        for number, p in enumerate(peaks)
    )


@dataclass(frozen=True, slots=True)
class ThresholdShare:
    """Papers at the threshold of `mark` and one point below it, over all works of the school with a scale.

    `reference`: quartiles and the 95th percentile of `at` / (`at` + `below`) among about 640 schools of one region,
    2021 (measured, users §6): something to hold the school's own share against, with its year, not a norm.
    """

    mark: int
    below: int
    at: int
    reference: tuple[float, float, float, float]

    @property
    def share(self) -> float | None:
        """Share of papers exactly at the threshold among those at it and one point below."""
        return self.at / (self.at + self.below) if self.at + self.below else None


_REFERENCE = {3: (0.83, 0.90, 0.96, 1.00), 4: (0.59, 0.65, 0.72, 0.80), 5: (0.45, 0.51, 0.57, 0.70)}


def threshold_shares(works: Sequence[PointsDistribution]) -> tuple[ThresholdShare, ...]:
    """Return the papers at and just below the thresholds of marks 3, 4 and 5 over all works with a scale."""
    found = []
    for place, (mark, reference) in enumerate(_REFERENCE.items()):
        below = at = 0
        for work in works:
            if work.thresholds is None:
                continue
            counts = dict(enumerate(work.counts))
            below += counts.get(work.thresholds[place] - 1, 0)
            at += counts.get(work.thresholds[place], 0)
        found.append(ThresholdShare(mark, below, at, reference))
    return tuple(found)
