"""What follows from the figures, each statement tied to the numbers it rests on. Names no person and ranks nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from xlpy.analysis.boundaries import ThresholdPeak
from xlpy.analysis.distribution import PointsDistribution, SampleSize
from xlpy.analysis.indicators import Indicators
from xlpy.analysis.overview import Analysis
from xlpy.analysis.tasks import LevelFigures, Zone
from xlpy.tables import schema

# FIOKO 2026 p. 23–26 (domain §3.2): a group says something from ten works on.
LEAST_GROUP = 10
# Our choice, said in the report: from so large an absence on, figures describe those present only.
ABSENT_MANY = 0.25
_BASIC = schema.LEVELS[0]

Work = tuple[int, str]


class ConclusionCode(Enum):
    """Kinds of statements; `words.report` has the sentence of each."""

    PARTICIPATION = "participation"
    UNFINISHED = "unfinished"
    MISSING_ROWS = "missing rows"
    NAMELESS = "nameless"
    DOUBLED = "doubled"
    NO_SCALE = "no scale"
    ABSENT_MANY = "absent many"
    MARKS = "marks"
    JOURNAL = "journal"
    JOURNAL_APART = "journal apart"
    JOURNAL_WIDE = "journal wide"
    BASIC_TASKS = "basic tasks"
    HARD_TASKS = "hard tasks"
    BASIC_WORKS = "basic works"
    NO_LEVEL = "no level"
    SKILL_DEFICITS = "skill deficits"
    NO_SKILLS = "no skills"
    PEAKS = "peaks"
    SMALL_WORKS = "small works"


@dataclass(frozen=True, slots=True)
class Conclusion:
    """One statement: `count` out of `total`, and the works (grade, subject) it is about, in order."""

    code: ConclusionCode
    count: int
    total: int
    works: tuple[Work, ...] = ()


_HasWork = Indicators | LevelFigures | PointsDistribution | ThresholdPeak


def _works(rows: Iterable[_HasWork]) -> tuple[Work, ...]:
    return tuple(sorted({(row.grade, row.subject) for row in rows if row.grade is not None}))


def _participation(analysis: Analysis) -> list[Conclusion]:
    totals = analysis.totals
    half = totals.unfinished + totals.empty
    present = totals.wrote + totals.unfinished
    open_works = [row for row in analysis.grades if row.unfinished + row.empty]
    many = [
        row
        for row in analysis.grades
        if row.absent and row.absent >= ABSENT_MANY * (row.wrote + row.unfinished + row.absent)
    ]
    return [
        Conclusion(ConclusionCode.PARTICIPATION, present, present + totals.absent),
        Conclusion(ConclusionCode.UNFINISHED, half, totals.rows, _works(open_works)),
        Conclusion(ConclusionCode.MISSING_ROWS, totals.missing, totals.rows + totals.missing),
        Conclusion(ConclusionCode.NAMELESS, totals.nameless, totals.rows + totals.nameless),
        Conclusion(ConclusionCode.DOUBLED, totals.doubled, totals.rows + totals.doubled),
        Conclusion(ConclusionCode.ABSENT_MANY, len(many), len(analysis.grades), _works(many)),
    ]


def _marks(analysis: Analysis) -> list[Conclusion]:
    unscaled = [row for row in analysis.grades if row.marks is None]
    marks = analysis.totals.marks
    return [
        Conclusion(ConclusionCode.NO_SCALE, len(unscaled), len(analysis.grades), _works(unscaled)),
        Conclusion(ConclusionCode.MARKS, marks.total, analysis.totals.wrote),
    ]


def _journal(analysis: Analysis) -> list[Conclusion]:
    both = analysis.totals.comparison
    measured = [r for r in analysis.grades if r.comparison is not None and r.comparison.total >= LEAST_GROUP]
    apart = [r for r in measured if r.comparison is not None and 2 * r.comparison.confirmed < r.comparison.total]
    return [
        Conclusion(ConclusionCode.JOURNAL, both.confirmed, both.total),
        Conclusion(ConclusionCode.JOURNAL_APART, len(apart), len(measured), _works(apart)),
        Conclusion(ConclusionCode.JOURNAL_WIDE, both.wide, both.total),
    ]


def _tasks(analysis: Analysis) -> list[Conclusion]:
    basic = [task for task in analysis.tasks if task.level == _BASIC]
    hard = [task for task in analysis.tasks if task.level and task.level != _BASIC]
    weak = [row for row in analysis.levels if row.level == _BASIC and row.zone is Zone.INSUFFICIENT]
    levelled = [row for row in analysis.levels if row.level == _BASIC]
    open_levels = [row for row in analysis.levels if not row.level]
    without = sum(not task.level for task in analysis.tasks)
    return [
        Conclusion(ConclusionCode.BASIC_TASKS, sum(t.zone is Zone.INSUFFICIENT for t in basic), len(basic)),
        Conclusion(ConclusionCode.BASIC_WORKS, len(weak), len(levelled), _works(weak)),
        Conclusion(ConclusionCode.HARD_TASKS, sum(t.zone is Zone.INSUFFICIENT for t in hard), len(hard)),
        Conclusion(ConclusionCode.NO_LEVEL, without, len(analysis.tasks), _works(open_levels)),
    ]


def _skills(analysis: Analysis) -> list[Conclusion]:
    deficits = [skill for skill in analysis.skills if skill.is_deficit]
    works = tuple(sorted({(skill.grade, skill.subject) for skill in deficits}))
    without = sum(not task.skill for task in analysis.tasks)
    return [
        Conclusion(ConclusionCode.SKILL_DEFICITS, len(deficits), len(analysis.skills), works),
        Conclusion(ConclusionCode.NO_SKILLS, without, len(analysis.tasks)),
    ]


def _points(analysis: Analysis) -> list[Conclusion]:
    flagged = [peak for peak in analysis.peaks if peak.needs_look]
    small = [work for work in analysis.distributions if work.size is SampleSize.LIMITED]
    return [
        Conclusion(ConclusionCode.PEAKS, len(flagged), len(analysis.peaks), _works(flagged)),
        Conclusion(ConclusionCode.SMALL_WORKS, len(small), len(analysis.distributions), _works(small)),
    ]


# Statements that hold even when the count is 0, so long as there was something to count.
_SAID_AT_ZERO = frozenset(
    {
        ConclusionCode.PARTICIPATION,
        ConclusionCode.MARKS,
        ConclusionCode.JOURNAL,
        ConclusionCode.JOURNAL_WIDE,
        ConclusionCode.BASIC_TASKS,
        ConclusionCode.HARD_TASKS,
        ConclusionCode.SKILL_DEFICITS,
        ConclusionCode.PEAKS,
    }
)
_PARTS: tuple[Callable[[Analysis], list[Conclusion]], ...] = (
    _participation,
    _marks,
    _journal,
    _tasks,
    _skills,
    _points,
)


def draw_conclusions(analysis: Analysis) -> tuple[Conclusion, ...]:
    """Return the statements that the figures support, in the order of the report's sections."""
    found = [conclusion for part in _PARTS for conclusion in part(analysis)]
    return tuple(c for c in found if c.total and (c.count or c.code in _SAID_AT_ZERO))
