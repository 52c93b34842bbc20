"""Statements and recommendations of the report: conclusions with their numbers in the sentences of `words.report`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from xlpy.analysis.conclusions import Conclusion, Work
from xlpy.analysis.indicators import mean_mark, pass_rate, quality_rate, sou
from xlpy.analysis.overview import Totals
from xlpy.words import report as words
from xlpy.words.grammar import decimal, percent


def works_in_words(works: Sequence[Work]) -> str:
    """Write works by grade: «4 класс: Математика, Русский язык; 5 класс: История»."""
    return "; ".join(
        f"{words.GRADE.format(grade=grade)}: {', '.join(subject for _, subject in members)}"
        for grade, members in groupby(works, key=lambda work: work[0])
    )


def statement(conclusion: Conclusion, totals: Totals, tables: Mapping[str, int]) -> str:
    """Return the sentence of one conclusion with its numbers and the tables they stand in."""
    code = conclusion.code.value
    marks, both = totals.marks, totals.comparison
    sentence = words.STATEMENTS[code]
    if not conclusion.count:
        sentence = words.STATEMENTS_AT_ZERO.get(code, sentence)
    return sentence.format(
        count=conclusion.count,
        total=conclusion.total,
        rest=conclusion.total - conclusion.count,
        share=percent(conclusion.count / conclusion.total),
        works=works_in_words(conclusion.works),
        wrote=totals.wrote,
        pass_rate=percent(pass_rate(marks)),
        quality_rate=percent(quality_rate(marks)),
        mean_mark=decimal(mean_mark(marks), 2),
        sou=percent(sou(marks)),
        lowered=both.lowered,
        raised=both.raised,
        **tables,
    )


def recommendations(conclusions: Sequence[Conclusion], statements: Sequence[str]) -> list[dict[str, str]]:
    """Return what follows from the conclusions: the number it rests on, what to do, whose task it is."""
    found: list[dict[str, str]] = []
    for conclusion, basis in zip(conclusions, statements, strict=True):
        advice = words.RECOMMENDATIONS.get(conclusion.code.value)
        if advice is not None and conclusion.count:
            found.append({"number": str(len(found) + 1), "basis": basis, "action": advice[0], "who": advice[1]})
    return found
