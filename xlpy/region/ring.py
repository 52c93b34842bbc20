"""Which school checks which: schools in a ring, each checked by the next ones, so that no two check each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from xlpy.assignment.problem import Whole
from xlpy.region.arrays import SchoolPairs

# The dearest step of distance; a subject that is not the first one adds 1 to it.
FAR = 14
USUAL_NEIGHBOURS = 6
_SWEEPS = 30

Directed = frozenset[tuple[int, int]]


def steps_of(kilometres: Mapping[tuple[int, int], float], schools: int) -> Whole:
    """Return distances of schools as whole steps 0…FAR, (schools, schools); a pair that is not named is FAR.

    The farthest named pair is FAR steps too, unless all named ones are equally near. Without any name all are 0.
    """
    steps = np.full((schools, schools), FAR if kilometres else 0, dtype=np.int64)
    most = max(kilometres.values(), default=0)
    for (one, other), distance in kilometres.items():
        steps[one, other] = steps[other, one] = round(distance / most * FAR) if most else 0
    np.fill_diagonal(steps, 0)
    return steps


def short_tour(steps: Whole) -> tuple[int, ...]:
    """Return all schools as a short closed tour that begins with school 0; in their order where all are equally far.

    Nearest neighbour first, then stretches are turned round while that shortens the tour.
    """
    left, tour = list(range(1, len(steps))), [0][: len(steps)]
    while left:
        nearest = min(left, key=lambda school: (int(steps[tour[-1], school]), school))
        left.remove(nearest)
        tour.append(nearest)
    for _ in range(_SWEEPS):
        if not _turned(tour, steps):
            break
    return tuple(tour) if len(tour) < 3 or tour[1] < tour[-1] else (tour[0], *tour[:0:-1])


def _turned(tour: list[int], steps: Whole) -> bool:
    """Turn stretches that shorten the tour round, in place; whether there was any."""
    better, count = False, len(tour)
    for i in range(count - 2):
        ends = np.array(tour)
        nexts = np.roll(ends, -1)
        j = np.arange(i + 2, count - (i == 0))
        if not len(j):
            continue
        gain = steps[tour[i], tour[i + 1]] + steps[ends[j], nexts[j]]
        gain = gain - steps[tour[i], ends[j]] - steps[tour[i + 1], nexts[j]]
        best = int(j[int(np.argmax(gain))])
        if gain.max() > 0:
            tour[i + 1 : best + 1] = tour[i + 1 : best + 1][::-1]
            better = True
    return better


def next_ones(tour: tuple[int, ...], neighbours: int) -> Directed:
    """Return (owner, checker): every school is checked by the next ones. No pair both ways up to (n - 1) // 2."""
    count = len(tour)
    return frozenset(
        (tour[at], tour[(at + step) % count])
        for at in range(count)
        for step in range(1, min(neighbours, count - 1) + 1)
    )


def tournament(tour: tuple[int, ...]) -> Directed:
    """Return (owner, checker) for every two schools, one way each."""
    count = len(tour)
    opposite = {(tour[at], tour[at + count // 2]) for at in range(count // 2) if count % 2 == 0}
    return next_ones(tour, (count - 1) // 2) | opposite


def widths(count: int) -> tuple[int, ...]:
    """Numbers of neighbours to try, up to what leaves no pair both ways."""
    most = (count - 1) // 2
    tried = [min(USUAL_NEIGHBOURS, most)]
    while tried[-1] < most:
        tried.append(min(most, tried[-1] * 2))
    return tuple(width for width in tried if width)


def mutual(pairs: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return the pairs of schools that stand there both ways, the smaller number first."""
    there = set(pairs)
    return tuple(sorted((one, other) for one, other in there if one < other and (other, one) in there))


def school_pairs(directed: Directed, steps: Whole) -> SchoolPairs:
    """Return them as columns, with the steps between the schools as their cost."""
    owner, checker = np.array(sorted(directed), dtype=np.int64).reshape(-1, 2).T
    return SchoolPairs(owner, checker, steps[owner, checker])
