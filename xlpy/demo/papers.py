"""Works as pupils wrote them: ability → total points as the region's works had them → points by task → journal mark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from xlpy.demo.calibration import WorkCalibration, calibration
from xlpy.demo.pupils import Pupil
from xlpy.demo.shipped_rows import tasks_of_year, thresholds_of_year
from xlpy.tables import schema

Numbers = npt.NDArray[np.float64]

_NORMAL = NormalDist()
# How much one pupil's works have in common; the rest is the day and the subject.
_COMMON = 0.8
# Standardising a handful of works would force their marks to the region's: below this they stay as drawn.
_FEWEST_TO_STANDARDISE = 8
# Share of zeros written as X: about 5 % of the region's cells held X.
_NOT_ATTEMPTED_SHARE = 0.16
# Share of works of a class with one task not taught: about 0.4 % of the region's cells said so.
_NOT_TAUGHT_SHARE = 0.08
_NO_MARK_SHARE = 0.001
_VARIANTS = 2
_HARDER = {"": 0.5, schema.LEVELS[0]: 0.0, schema.LEVELS[1]: 0.9, schema.LEVELS[2]: 1.6}
_NEXT_POINT = 0.5
_TASK_SPREAD = 0.7
_NOISE = 1.1
_CRITERION = re.compile(r"^(.*\d)[^\W\d_](\d+)$")
_FIRST_CRITERION = "1"


@dataclass(frozen=True, slots=True)
class Paper:
    """A row of «Результаты»: `cells` by task, empty where the pupil was absent; `points` their sum."""

    pupil: Pupil
    subject: str
    variant: int | None
    cells: tuple[int | str, ...]
    points: int
    journal_mark: int | str | None


@dataclass(frozen=True, slots=True)
class _Units:
    """Single points of a work, in the order of its tasks: whose task each is, and after which point it can come.

    `task`: task of each point. `after`: index of the point that must be won first, itself where there is none.
    `hardness`: how hard each point is to win. `maxima`: points of each task.
    """

    task: npt.NDArray[np.int64]
    after: npt.NDArray[np.int64]
    hardness: Numbers
    maxima: npt.NDArray[np.int64]


def write_papers(grade: int, subject: str, pupils: Sequence[Pupil], random: np.random.Generator) -> list[Paper]:
    """Return one grade's papers in one subject, in the order of `pupils`."""
    known = calibration()[grade, subject]
    present = random.random(len(pupils)) >= known.absent
    writers = [pupil for pupil, there in zip(pupils, present, strict=True) if there]
    units = _units_of(grade, subject, random)
    latent = _latent(np.array([pupil.ability for pupil in writers], dtype=np.float64), random)
    not_taught = _not_taught(writers, units, random)
    points = _points_of(latent, known, units, not_taught)
    cells = _cells(points, units, not_taught, random)
    journal = _journal(points, latent, known, thresholds_of_year()[grade, subject], random)
    variants = random.integers(1, _VARIANTS + 1, len(writers))
    written = iter(
        Paper(pupil, subject, int(variant), row, int(total), mark)
        for pupil, variant, row, total, mark in zip(writers, variants, cells, points, journal, strict=True)
    )
    return [
        next(written) if there else Paper(pupil, subject, None, (), 0, None)
        for pupil, there in zip(pupils, present, strict=True)
    ]


def _latent(ability: Numbers, random: np.random.Generator) -> Numbers:
    """How well each pupil did that day: mean 0 and spread 1 where there are enough works."""
    drawn = _COMMON * ability + np.sqrt(1 - _COMMON**2) * random.standard_normal(len(ability))
    if len(drawn) < _FEWEST_TO_STANDARDISE:
        return np.asarray(drawn)
    return np.asarray((drawn - drawn.mean()) / drawn.std())


def _shares(latent: Numbers) -> Numbers:
    return np.array([_NORMAL.cdf(number) for number in latent], dtype=np.float64)


def _points_of(
    latent: Numbers, known: WorkCalibration, units: _Units, not_taught: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    points = np.searchsorted(np.array(known.reached), _shares(latent))
    lost = np.where(not_taught >= 0, units.maxima[not_taught], 0)
    return np.asarray(np.minimum(points, units.maxima.sum() - lost), dtype=np.int64)


def _units_of(grade: int, subject: str, random: np.random.Generator) -> _Units:
    tasks = tasks_of_year()[grade, subject]
    maxima = np.array([int(str(row["max_points"])) for row in tasks], dtype=np.int64)
    labels = [str(row["label"]) for row in tasks]
    first_of = np.concatenate([[0], maxima.cumsum()[:-1]])
    base = [_HARDER[str(row["level"] or "")] for row in tasks] + _TASK_SPREAD * random.standard_normal(len(tasks))
    task = np.repeat(np.arange(len(tasks)), maxima)
    step = np.arange(len(task)) - first_of[task]
    after = np.arange(len(task)) - (step > 0)
    for number, label in enumerate(labels):
        leader = _leading_criterion(label, labels) if subject in schema.DEPENDENT_CRITERIA else None
        if leader is not None:
            after[first_of[number]] = first_of[leader]
    return _Units(task, after, base[task] + _NEXT_POINT * step, maxima)


def _leading_criterion(label: str, labels: Sequence[str]) -> int | None:
    """Where «К1» of a criterion's task stands; None for «К1» itself and for what is no criterion."""
    found = _CRITERION.match(label)
    if found is None or found[2] == _FIRST_CRITERION:
        return None
    wanted = (found[1], _FIRST_CRITERION)
    matches = [_CRITERION.match(other) for other in labels]
    return next((at for at, other in enumerate(matches) if other and (other[1], other[2]) == wanted), None)


def _not_taught(writers: Sequence[Pupil], units: _Units, random: np.random.Generator) -> npt.NDArray[np.int64]:
    """The task that the pupil's class had not been taught, −1 where it had all: a hard one for one point."""
    small = np.flatnonzero(units.maxima == 1)
    found: dict[str, int] = {}
    for pupil in writers:
        if pupil.school_class not in found:
            unlucky = random.random() < _NOT_TAUGHT_SHARE and len(small) > 0
            found[pupil.school_class] = int(small[random.integers(len(small))]) if unlucky else -1
    return np.array([found[pupil.school_class] for pupil in writers], dtype=np.int64)


def _cells(
    points: npt.NDArray[np.int64], units: _Units, not_taught: npt.NDArray[np.int64], random: np.random.Generator
) -> list[tuple[int | str, ...]]:
    """Each pupil wins the points that come easiest to them, as many as the total says, never К2 without К1."""
    ease = units.hardness + _NOISE * random.standard_normal((len(points), len(units.task)))
    ease[units.task[None, :] == not_taught[:, None]] = np.inf
    for unit, before in enumerate(units.after):
        ease[:, unit] = np.maximum(ease[:, unit], ease[:, before])
    rank = ease.argsort(axis=1, kind="stable").argsort(axis=1, kind="stable")
    won = rank < points[:, None]
    scores = np.stack([won[:, units.task == task].sum(axis=1) for task in range(len(units.maxima))], axis=1)
    given_up = (scores == 0) & (random.random(scores.shape) < _NOT_ATTEMPTED_SHARE)
    return [
        tuple(
            schema.NOT_TAUGHT if task == untaught else schema.NOT_ATTEMPTED if left else int(score)
            for task, (score, left) in enumerate(zip(row, gaps, strict=True))
        )
        for row, gaps, untaught in zip(scores, given_up, not_taught, strict=True)
    ]


def _journal(
    points: npt.NDArray[np.int64],
    latent: Numbers,
    known: WorkCalibration,
    thresholds: tuple[int, int, int],
    random: np.random.Generator,
) -> list[int | str]:
    """Journal marks: lowered, confirmed and raised as often as in the region, following the points within a mark."""
    mark = np.searchsorted(np.array(thresholds), points, side="right")
    place = _place_within(mark, latent, known, thresholds)
    mixed = known.coupling * place + np.sqrt(1 - known.coupling**2) * random.standard_normal(len(points))
    shares = _shares(mixed)
    table = np.array(known.journal)
    steps = (shares[:, None] > table[mark][:, :3]).sum(axis=1)
    missing = random.random(len(points)) < _NO_MARK_SHARE
    return [schema.NO_MARK if gone else int(step) + 2 for step, gone in zip(steps, missing, strict=True)]


def _place_within(
    mark: npt.NDArray[np.int64], latent: Numbers, known: WorkCalibration, thresholds: tuple[int, int, int]
) -> Numbers:
    """Where the work stands among works of its mark, as a standard normal number."""
    below = np.array([0.0, *(known.reached[threshold - 1] for threshold in thresholds), 1.0])
    low, high = below[mark], below[mark + 1]
    share = (_shares(latent) - low) / np.maximum(high - low, 1e-9)
    return np.array([_NORMAL.inv_cdf(one) for one in np.clip(share, 1e-6, 1 - 1e-6)], dtype=np.float64)
