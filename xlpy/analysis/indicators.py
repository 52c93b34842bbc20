"""Marks of each class and grade in figures: pass rate, quality, mean mark, Simonov's index, journal comparison."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from xlpy.analysis.papers import PaperState, class_works, grade_works, read_papers, scaled_works
from xlpy.tables.frames import Table
from xlpy.tables.normalise import grade_of
from xlpy.tables.settings import Settings

# Simonov's weights of marks 2, 3, 4, 5 in per cent (domain §3.1; S95 `SOU_MARK_WEIGHTS`).
_SOU_WEIGHTS = (16, 36, 64, 100)
_WIDE_GAP = 2


@dataclass(frozen=True, slots=True)
class Marks:
    """How many works got each mark, 2 to 5."""

    n2: int = 0
    n3: int = 0
    n4: int = 0
    n5: int = 0

    @property
    def total(self) -> int:
        """Number of works with a mark: the N of every rate."""
        return self.n2 + self.n3 + self.n4 + self.n5

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Counts of marks 2, 3, 4, 5."""
        return (self.n2, self.n3, self.n4, self.n5)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Works with both a mark and a journal mark: how many are lower, equal, higher, and two or more marks apart."""

    lowered: int = 0
    confirmed: int = 0
    raised: int = 0
    wide: int = 0

    @property
    def total(self) -> int:
        """Number of works with both marks: the N of every share."""
        return self.lowered + self.confirmed + self.raised


@dataclass(frozen=True, slots=True)
class Indicators:
    """Figures of one class (or, with `school_class` None, of one grade) in one subject.

    `marks` and `comparison` are None where the work has no scale. `wrote` counts works with a total: a work still
    being entered is `unfinished`, a row with nothing typed `empty`.
    """

    grade: int | None
    school_class: str | None
    subject: str
    wrote: int
    absent: int
    unfinished: int
    empty: int
    marks: Marks | None
    comparison: Comparison | None


def pass_rate(marks: Marks) -> float | None:
    """Share of marks 3, 4 and 5: (n3 + n4 + n5) / N; None without marks. Source: domain §3.1."""
    return (marks.n3 + marks.n4 + marks.n5) / marks.total if marks.total else None


def quality_rate(marks: Marks) -> float | None:
    """Share of marks 4 and 5: (n4 + n5) / N; None without marks. Source: domain §3.1."""
    return (marks.n4 + marks.n5) / marks.total if marks.total else None


def mean_mark(marks: Marks) -> float | None:
    """Mean mark: (2·n2 + 3·n3 + 4·n4 + 5·n5) / N; None without marks. Source: domain §3.1."""
    points = 2 * marks.n2 + 3 * marks.n3 + 4 * marks.n4 + 5 * marks.n5
    return points / marks.total if marks.total else None


def sou(marks: Marks) -> float | None:
    """Simonov's index as a share 0–1: (100·n5 + 64·n4 + 36·n3 + 16·n2) / (100·N), N = works with a mark.

    Some calculators divide by the class list and weigh «н/а» with 7; absent pupils stay out here (domain §3.1).
    """
    weighed = sum(weight * count for weight, count in zip(_SOU_WEIGHTS, marks.counts, strict=True))
    return weighed / (100 * marks.total) if marks.total else None


def count_marks(papers: pd.DataFrame) -> Marks:
    """Return the marks of these papers."""
    counts = papers["mark"].value_counts()
    return Marks(*(int(counts.get(mark, 0)) for mark in (2.0, 3.0, 4.0, 5.0)))


def compare_with_journal(papers: pd.DataFrame) -> Comparison:
    """Return how these papers' marks compare with the journal's; papers lacking either are left out."""
    both = papers[papers["mark"].notna() & papers["journal_mark"].notna()]
    gap = both["mark"] - both["journal_mark"]
    return Comparison(
        int((gap < 0).sum()), int((gap == 0).sum()), int((gap > 0).sum()), int((gap.abs() >= _WIDE_GAP).sum())
    )


def _of_papers(
    grade: int | None, school_class: str | None, subject: str, papers: pd.DataFrame, has_scale: bool
) -> Indicators:
    states = papers["state"].value_counts()
    return Indicators(
        grade=grade,
        school_class=school_class,
        subject=subject,
        wrote=int(states.get(PaperState.WROTE, 0)),
        absent=int(states.get(PaperState.ABSENT, 0)),
        unfinished=int(states.get(PaperState.UNFINISHED, 0)),
        empty=int(states.get(PaperState.EMPTY, 0)),
        marks=count_marks(papers) if has_scale else None,
        comparison=compare_with_journal(papers) if has_scale else None,
    )


def class_indicators(tables: Mapping[str, Table], papers: pd.DataFrame, year: str) -> tuple[Indicators, ...]:
    """Return the figures of every (class, subject) of «График» and «Результаты», by class, then subject."""
    scaled = scaled_works(tables, year)
    groups = dict(iter(papers.groupby(["school_class", "subject"])))
    none = papers.iloc[:0]
    return tuple(
        _of_papers(
            grade_of(name), name, subject, groups.get((name, subject), none), (grade_of(name), subject) in scaled
        )
        for name, subject in class_works(tables)
    )


def grade_indicators(tables: Mapping[str, Table], papers: pd.DataFrame, year: str) -> tuple[Indicators, ...]:
    """Return the figures of every (grade, subject) of «График» and «Результаты», in order."""
    scaled = scaled_works(tables, year)
    groups = dict(iter(papers.groupby(["grade", "subject"])))
    none = papers.iloc[:0]
    return tuple(
        _of_papers(grade, None, subject, groups.get((float(grade), subject), none), (grade, subject) in scaled)
        for grade, subject in grade_works(tables)
    )


def indicators(tables: Mapping[str, Table], settings: Settings) -> tuple[Indicators, ...]:
    """Return the figures of every class and subject, then of every grade and subject."""
    year = settings.text("year")
    papers = read_papers(tables, year)
    return class_indicators(tables, papers, year) + grade_indicators(tables, papers, year)


def _rates(marks: Marks | None) -> dict[str, object]:
    if marks is None:
        return dict.fromkeys(("n2", "n3", "n4", "n5", "pass_rate", "quality_rate", "mean_mark", "sou"))
    return {
        "n2": marks.n2,
        "n3": marks.n3,
        "n4": marks.n4,
        "n5": marks.n5,
        "pass_rate": pass_rate(marks),
        "quality_rate": quality_rate(marks),
        "mean_mark": mean_mark(marks),
        "sou": sou(marks),
    }


def as_dicts(rows: Iterable[Indicators]) -> list[dict[str, object]]:
    """Return the rows of the command line's JSON: rates 0–1, None where the scale is missing or nobody wrote."""
    return [
        {
            "grade": row.grade,
            "class": row.school_class,
            "subject": row.subject,
            "wrote": row.wrote,
            "absent": row.absent,
            "unfinished": row.unfinished,
            "not_entered": row.empty,
            **_rates(row.marks),
            "lowered": None if row.comparison is None else row.comparison.lowered,
            "confirmed": None if row.comparison is None else row.comparison.confirmed,
            "raised": None if row.comparison is None else row.comparison.raised,
        }
        for row in rows
    ]


def indicator_dicts(tables: Mapping[str, Table], settings: Settings) -> list[dict[str, object]]:
    """Return the indicators as the command line's JSON gives them; a grade's rows have class None."""
    return as_dicts(indicators(tables, settings))
