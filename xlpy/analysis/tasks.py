"""How tasks and skills were done: share of points, full, partial and none, zones by level, deficits of skills."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt
import pandas as pd

from xlpy.analysis.papers import MOST_POINTS, PaperState, graded_groups
from xlpy.tables import schema
from xlpy.tables.frames import Table, TaskState

_BASIC = schema.LEVELS[0]
# Sufficient from / insufficient below / upper end of the zone around the threshold, per mille of the maximum:
# 60 ± 3 % for basic tasks, 30 ± 1.5 % for raised and high ones (FIOKO 2026, quoted in domain §3.2).
_BASIC_LIMITS = (600, 570, 630)
_HARD_LIMITS = (300, 285, 315)
_FEWEST_TASKS = 2


class Zone(Enum):
    """Where a share stands to the threshold of its level; the two middle ones are within the zone around it."""

    INSUFFICIENT = "insufficient"
    BELOW = "below"
    ABOVE = "above"
    SUFFICIENT = "sufficient"


@dataclass(frozen=True, slots=True)
class TaskFigures:
    """One task of one work over the papers that have a total; X and «не пройд.» count 0 points.

    `full` + `partial` + `zero` = `papers`. `not_attempted` (X) is part of `zero`. `zone` is None without a level.
    """

    grade: int
    subject: str
    number: int
    label: str
    max_points: int
    level: str
    skill: str
    papers: int
    points: float
    full: int
    partial: int
    zero: int
    not_attempted: int
    share: float | None
    zone: Zone | None


@dataclass(frozen=True, slots=True)
class LevelFigures:
    """All tasks of one level («» = level not given) of one work together, and how many tasks stand in each zone."""

    grade: int
    subject: str
    level: str
    tasks: int
    papers: int
    share: float | None
    zone: Zone | None
    zones: Mapping[Zone, int]


@dataclass(frozen=True, slots=True)
class SkillFigures:
    """One skill of one work: its tasks together. `lacking` is the shortfall against the sufficient level, as a share.

    `is_deficit`: at least two tasks with a level, more than half of them insufficient (FIOKO 2026, domain §3.2).
    """

    grade: int
    subject: str
    skill: str
    labels: tuple[str, ...]
    papers: int
    share: float
    insufficient: int
    levelled: int
    lacking: float | None
    is_deficit: bool


def zone_of(points: float, possible: float, level: str) -> Zone | None:
    """Return the zone of `points` out of `possible` for tasks of `level`; None without a level or papers."""
    if level not in schema.LEVELS or possible <= 0:
        return None
    sufficient, insufficient, upper = _BASIC_LIMITS if level == _BASIC else _HARD_LIMITS
    reached = points * 1000
    if reached < insufficient * possible:
        return Zone.INSUFFICIENT
    if reached < sufficient * possible:
        return Zone.BELOW
    return Zone.ABOVE if reached <= upper * possible else Zone.SUFFICIENT


def _one_task(
    row: pd.Series, states: npt.NDArray[np.int8], written: npt.NDArray[np.float64], grade: int, subject: str
) -> TaskFigures:
    most = int(row["max_points"])
    points = np.where(states == TaskState.POINTS, written, 0.0)
    # No total reaches so much, let alone a task: such a slip counts as the maximum.
    points = np.sort(np.where(points > MOST_POINTS, most, points))
    full, zero = int((points >= most).sum()), int((points <= 0).sum())
    total, possible = float(points.sum()), most * len(points)
    return TaskFigures(
        grade=grade,
        subject=subject,
        number=int(row["number"]),
        label=str(row["label"]) or str(int(row["number"])),
        max_points=most,
        level=str(row["level"]) if row["level"] in schema.LEVELS else "",
        skill=str(row["skill"]),
        papers=len(points),
        points=total,
        full=full,
        partial=len(points) - full - zero,
        zero=zero,
        not_attempted=int((states == TaskState.NOT_ATTEMPTED).sum()),
        share=total / possible if possible else None,
        zone=zone_of(total, possible, str(row["level"])),
    )


def task_figures(tables: Mapping[str, Table], papers: pd.DataFrame, year: str) -> tuple[TaskFigures, ...]:
    """Return every declared task of every work that somebody wrote, by grade, subject, number.

    Points above a task's maximum count as they stand, so that the share shows the error the checks name.
    A task without a maximum, or declared twice, is left out after its first row: the checks name it.
    """
    results = tables["results"]
    declared = tables["tasks"].frame
    declared = declared[(declared["year"] == year) & (declared["number"] >= 1) & (declared["max_points"] >= 1)]
    declared = declared[declared["number"] <= schema.TASK_COUNT].drop_duplicates(["grade", "subject", "number"])
    works = {key: rows.sort_values("number") for key, rows in declared.groupby(["grade", "subject"])}
    wrote = papers[papers["state"] == PaperState.WROTE]
    found: list[TaskFigures] = []
    for grade, subject, written in graded_groups(wrote):
        if (grade, subject) not in works or results.states is None:
            continue
        states = results.states.loc[written.index]
        points = results.frame.loc[written.index]
        for _, row in works[grade, subject].iterrows():
            key = f"task_{int(row['number'])}"
            found.append(_one_task(row, states[key].to_numpy(), points[key].to_numpy(), grade, subject))
    return tuple(found)


def _share(tasks: Sequence[TaskFigures]) -> tuple[float, float]:
    return sum(task.points for task in tasks), float(sum(task.max_points * task.papers for task in tasks))


def level_figures(tasks: Sequence[TaskFigures]) -> tuple[LevelFigures, ...]:
    """Return the tasks of each work grouped by level, in the order Б, П, В, not given."""
    groups: dict[tuple[int, str, str], list[TaskFigures]] = defaultdict(list)
    for task in tasks:
        groups[task.grade, task.subject, task.level].append(task)
    order = {level: at for at, level in enumerate((*schema.LEVELS, ""))}
    found = []
    for (grade, subject, level), members in sorted(groups.items(), key=lambda g: (*g[0][:2], order[g[0][2]])):
        points, possible = _share(members)
        zones = {zone: sum(task.zone is zone for task in members) for zone in Zone}
        found.append(
            LevelFigures(
                grade,
                subject,
                level,
                len(members),
                members[0].papers,
                points / possible if possible else None,
                zone_of(points, possible, level),
                zones,
            )
        )
    return tuple(found)


def _lacking(tasks: Sequence[TaskFigures], share: float) -> float | None:
    if any(not task.level for task in tasks):
        return None
    needed = sum(task.max_points * (_BASIC_LIMITS if task.level == _BASIC else _HARD_LIMITS)[0] for task in tasks)
    return needed / 1000 / sum(task.max_points for task in tasks) - share


def skill_figures(tasks: Sequence[TaskFigures]) -> tuple[SkillFigures, ...]:
    """Return every named skill of each work, by grade, subject, first task. Tasks without a skill are left out."""
    groups: dict[tuple[int, str, str], list[TaskFigures]] = defaultdict(list)
    for task in tasks:
        if task.skill and task.share is not None:
            groups[task.grade, task.subject, task.skill].append(task)
    found = []
    for (grade, subject, skill), members in sorted(groups.items(), key=lambda g: (*g[0][:2], g[1][0].number)):
        points, possible = _share(members)
        levelled = [task for task in members if task.zone is not None]
        insufficient = sum(task.zone is Zone.INSUFFICIENT for task in levelled)
        found.append(
            SkillFigures(
                grade,
                subject,
                skill,
                tuple(task.label for task in members),
                members[0].papers,
                points / possible,
                insufficient,
                len(levelled),
                _lacking(members, points / possible),
                len(levelled) >= _FEWEST_TASKS and 2 * insufficient > len(levelled),
            )
        )
    return tuple(found)


def weakest_skills(skills: Sequence[SkillFigures], most: int) -> tuple[SkillFigures, ...]:
    """Return at most `most` skills that lack most to the sufficient level, the largest shortfall first.

    Skills without levels have no threshold to fall short of; they come only where no skill has one, by share.
    """
    measured = [skill for skill in skills if skill.lacking is not None and skill.lacking > 0]
    if any(skill.lacking is not None for skill in skills):
        return tuple(sorted(measured, key=lambda s: (-(s.lacking or 0), s.grade, s.subject, s.skill))[:most])
    return tuple(sorted(skills, key=lambda s: (s.share, s.grade, s.subject, s.skill))[:most])
