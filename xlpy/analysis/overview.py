"""All figures of one workbook together: what the report writes down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from xlpy.analysis.boundaries import ThresholdPeak, ThresholdShare, threshold_peaks, threshold_shares
from xlpy.analysis.distribution import PointsDistribution, distributions
from xlpy.analysis.indicators import (
    Comparison,
    Indicators,
    Marks,
    class_indicators,
    compare_with_journal,
    count_marks,
    grade_indicators,
)
from xlpy.analysis.papers import PaperState, doubled_rows, missing_papers, nameless_rows, read_papers
from xlpy.analysis.tasks import LevelFigures, SkillFigures, TaskFigures, level_figures, skill_figures, task_figures
from xlpy.tables.frames import Table
from xlpy.tables.settings import Settings


@dataclass(frozen=True, slots=True)
class Totals:
    """All works of the school together. `crossed[j][m]`: works with journal mark j+2 and mark m+2."""

    wrote: int
    absent: int
    unfinished: int
    empty: int
    missing: int
    nameless: int
    doubled: int
    pupils: int
    marks: Marks
    comparison: Comparison
    crossed: tuple[tuple[int, int, int, int], ...]

    @property
    def rows(self) -> int:
        """Rows of «Результаты» that enter the report."""
        return self.wrote + self.absent + self.unfinished + self.empty


@dataclass(frozen=True, slots=True)
class Analysis:
    """Figures by class, by grade, by task, level and skill, and of the whole school, all in order of grade."""

    totals: Totals
    classes: tuple[Indicators, ...]
    grades: tuple[Indicators, ...]
    tasks: tuple[TaskFigures, ...]
    levels: tuple[LevelFigures, ...]
    skills: tuple[SkillFigures, ...]
    distributions: tuple[PointsDistribution, ...]
    peaks: tuple[ThresholdPeak, ...]
    shares: tuple[ThresholdShare, ...]


def _crossed(papers: pd.DataFrame) -> tuple[tuple[int, int, int, int], ...]:
    both = papers[papers["mark"].notna() & papers["journal_mark"].notna()]
    counts = both.groupby(["journal_mark", "mark"]).size()
    return tuple(
        (
            int(counts.get((journal, 2.0), 0)),
            int(counts.get((journal, 3.0), 0)),
            int(counts.get((journal, 4.0), 0)),
            int(counts.get((journal, 5.0), 0)),
        )
        for journal in (2.0, 3.0, 4.0, 5.0)
    )


def _totals(tables: Mapping[str, Table], papers: pd.DataFrame) -> Totals:
    states = papers["state"].value_counts()
    codes = tables["results"].frame["code"].loc[papers.index]
    return Totals(
        wrote=int(states.get(PaperState.WROTE, 0)),
        absent=int(states.get(PaperState.ABSENT, 0)),
        unfinished=int(states.get(PaperState.UNFINISHED, 0)),
        empty=int(states.get(PaperState.EMPTY, 0)),
        missing=missing_papers(tables),
        nameless=nameless_rows(tables),
        doubled=doubled_rows(tables),
        pupils=int(codes[(papers["state"] == PaperState.WROTE) & (codes != "")].nunique()),
        marks=count_marks(papers),
        comparison=compare_with_journal(papers),
        crossed=_crossed(papers),
    )


def analyse(tables: Mapping[str, Table], settings: Settings) -> Analysis:
    """Return every figure of the report from the typed tables of a workbook. Never raises on data."""
    year = settings.text("year")
    papers = read_papers(tables, year)
    tasks = task_figures(tables, papers, year)
    works = distributions(tables, papers, year)
    return Analysis(
        totals=_totals(tables, papers),
        classes=class_indicators(tables, papers, year),
        grades=grade_indicators(tables, papers, year),
        tasks=tasks,
        levels=level_figures(tasks),
        skills=skill_figures(tasks),
        distributions=works,
        peaks=threshold_peaks(works),
        shares=threshold_shares(works),
    )
