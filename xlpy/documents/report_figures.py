"""Figures of the report in the order of the document, numbered, each with words for who cannot see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import TypeVar

from xlpy.analysis.distribution import SampleSize
from xlpy.analysis.overview import Analysis
from xlpy.documents.figure_panels import points_figure, tasks_figure
from xlpy.documents.figure_style import WIDTH_MM
from xlpy.documents.figures import journal_figure, marks_figure
from xlpy.documents.template import Picture
from xlpy.words import report as words

# A figure taller than this would not fit on a page with its caption.
_MOST_BARS = 30
_MOST_PANELS = 10
_MOST_HISTOGRAMS = 12

Item = TypeVar("Item")
Figure = dict[str, object]


class Numbering:
    """Numbers of figures in the order in which they are made."""

    def __init__(self) -> None:
        self.last = 0

    def figure(self, content: bytes, description: str, grades: str) -> Figure:
        """Return the next figure."""
        self.last += 1
        return {"number": self.last, "grades": grades, "picture": Picture(content, WIDTH_MM, description)}


def _grades_in_words(grades: Sequence[int]) -> str:
    found = sorted(set(grades))
    if len(found) == 1:
        return words.GRADE.format(grade=found[0])
    return words.GRADES.format(grades=", ".join(map(str, found)))


def _chunks(items: Sequence[Item], grade_of: Callable[[Item], int], most: int) -> list[list[Item]]:
    """Items in runs of at most `most`, a grade kept whole where it fits."""
    chunks: list[list[Item]] = []
    for _, members in groupby(items, key=grade_of):
        grade = list(members)
        pieces = [grade[at : at + most] for at in range(0, len(grade), most)]
        for piece in pieces:
            if chunks and len(chunks[-1]) + len(piece) <= most:
                chunks[-1] += piece
            else:
                chunks.append(piece)
    return chunks


def bar_figures(
    analysis: Analysis, tables: Mapping[str, int], numbering: Numbering
) -> tuple[list[Figure], list[Figure]]:
    """Return the figures of marks and those of the comparison with the journal."""
    marked = [row for row in analysis.grades if row.marks and row.marks.total]
    compared = [row for row in analysis.grades if row.comparison and row.comparison.total]
    found: list[list[Figure]] = []
    for kind, draw, members in (("marks", marks_figure, marked), ("journal", journal_figure, compared)):
        figures = []
        for chunk in _chunks(members, lambda row: row.grade or 0, _MOST_BARS):
            grades = _grades_in_words([row.grade for row in chunk if row.grade is not None])
            words_of_it = words.DESCRIPTIONS[kind].format(grades=grades, table=tables[kind])
            figures.append(numbering.figure(draw(chunk), words_of_it, grades))
        found.append(figures)
    return found[0], found[1]


def task_figures(analysis: Analysis, numbering: Numbering) -> list[Figure]:
    """Return a figure of tasks for each grade, in parts where it has many works."""
    works = [list(tasks) for _, tasks in groupby(analysis.tasks, key=lambda task: (task.grade, task.subject))]
    figures = []
    for _, members in groupby(works, key=lambda tasks: tasks[0].grade):
        grade = list(members)
        for at in range(0, len(grade), _MOST_PANELS):
            chunk = grade[at : at + _MOST_PANELS]
            grades = _grades_in_words([tasks[0].grade for tasks in chunk])
            figures.append(
                numbering.figure(tasks_figure(chunk), words.DESCRIPTIONS["tasks"].format(grades=grades), grades)
            )
    return figures


def point_figures(analysis: Analysis, numbering: Numbering) -> list[Figure]:
    """Return a figure of points for each grade, of the works that are large enough."""
    drawn = [work for work in analysis.distributions if work.size is not SampleSize.LIMITED and work.counts]
    figures = []
    for _, members in groupby(drawn, key=lambda work: work.grade):
        grade = list(members)
        for at in range(0, len(grade), _MOST_HISTOGRAMS):
            chunk = grade[at : at + _MOST_HISTOGRAMS]
            grades = _grades_in_words([work.grade for work in chunk])
            figures.append(
                numbering.figure(points_figure(chunk), words.DESCRIPTIONS["points"].format(grades=grades), grades)
            )
    return figures
