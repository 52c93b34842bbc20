"""Each statement of the report is tied to a count, has a sentence, and names neither a person nor a ranking."""

from __future__ import annotations

import re
import string
from dataclasses import replace

import pytest

from tests.analysis.made_school import CLASSES, make_rows, read
from xlpy.analysis.conclusions import Conclusion, ConclusionCode, draw_conclusions
from xlpy.analysis.indicators import Comparison, Indicators, Marks
from xlpy.analysis.overview import Analysis, Totals, analyse
from xlpy.words import report as words

RANKING = re.compile("рейтинг|лучш|худш|место|отстающ|виноват|подозр|необъектив", re.IGNORECASE)
ADVICE_TO_CHANGE = re.compile("исправить отметк|изменить отметк|повысить отметк|снизить отметк", re.IGNORECASE)


def of(conclusions: tuple[Conclusion, ...], code: ConclusionCode) -> Conclusion:
    return next(c for c in conclusions if c.code is code)


@pytest.fixture(scope="module")
def conclusions() -> tuple[Conclusion, ...]:
    return draw_conclusions(analyse(*read(make_rows(CLASSES))))


def test_counts_are_those_of_the_figures(conclusions: tuple[Conclusion, ...]) -> None:
    analysis = analyse(*read(make_rows(CLASSES)))
    totals = analysis.totals
    assert of(conclusions, ConclusionCode.PARTICIPATION).count == totals.wrote + totals.unfinished
    assert of(conclusions, ConclusionCode.UNFINISHED).count == totals.unfinished + totals.empty
    assert of(conclusions, ConclusionCode.NO_SCALE).works == ((8, "Физика"),)
    assert of(conclusions, ConclusionCode.MARKS).count == totals.marks.total
    assert of(conclusions, ConclusionCode.JOURNAL).count == totals.comparison.confirmed
    assert of(conclusions, ConclusionCode.SKILL_DEFICITS).count == sum(skill.is_deficit for skill in analysis.skills)


def test_nothing_is_said_about_what_is_not_there() -> None:
    assert draw_conclusions(analyse(*read({}))) == ()


def test_works_stand_in_the_order_of_grades_and_never_of_results(conclusions: tuple[Conclusion, ...]) -> None:
    for conclusion in conclusions:
        assert list(conclusion.works) == sorted(conclusion.works)


def test_missing_rows_are_counted_from_the_lists() -> None:
    rows = make_rows(CLASSES)
    rows["results"] = rows["results"][3:]
    assert of(draw_conclusions(analyse(*read(rows))), ConclusionCode.MISSING_ROWS).count == 3


def test_a_paper_entered_twice_counts_once_as_its_first_row_has_it() -> None:
    rows = make_rows(CLASSES)
    once = analyse(*read(rows))
    written = next(row for row in rows["results"] if row.get("task_1") == 1)
    again = [written | {f"task_{n}": 0 for n in range(1, 7)}, written | {"variant": "отсутствовал"}]
    nameless = {**written, "school_class": None}
    codeless = {"school_class": "5А", "subject": "Математика"}
    rows["results"] += again
    twice = analyse(*read(rows))
    assert twice == replace(once, totals=replace(once.totals, doubled=2))
    said = of(draw_conclusions(twice), ConclusionCode.DOUBLED)
    assert (said.count, said.total) == (2, once.totals.rows + 2)
    assert ConclusionCode.DOUBLED not in {c.code for c in draw_conclusions(once)}
    rows["results"] = [nameless, *rows["results"], codeless, codeless]
    assert analyse(*read(rows)).totals.doubled == 2
    assert analyse(*read(rows)).totals.rows == once.totals.rows + 2


def test_levels_and_skills_that_are_not_given_are_said() -> None:
    found = draw_conclusions(analyse(*read(make_rows(CLASSES, with_levels=False))))
    tasks = of(found, ConclusionCode.NO_LEVEL)
    assert tasks.count == tasks.total
    assert ConclusionCode.BASIC_TASKS not in {c.code for c in found}


@pytest.mark.parametrize("code", ConclusionCode)
def test_every_statement_has_a_sentence_with_its_number(code: ConclusionCode) -> None:
    sentence = words.STATEMENTS[code.value]
    names = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
    assert names & {"count", "works"}


def test_no_sentence_belongs_to_an_unknown_code() -> None:
    codes = {code.value for code in ConclusionCode}
    assert set(words.STATEMENTS) == codes
    assert set(words.STATEMENTS_AT_ZERO) | set(words.RECOMMENDATIONS) <= codes


def sentences() -> list[str]:
    advice = [part for pair in words.RECOMMENDATIONS.values() for part in pair]
    return [*words.STATEMENTS.values(), *words.STATEMENTS_AT_ZERO.values(), *advice]


@pytest.mark.parametrize("sentence", sentences())
def test_no_sentence_ranks_blames_or_asks_to_change_a_mark(sentence: str) -> None:
    assert not RANKING.search(sentence)
    assert not ADVICE_TO_CHANGE.search(sentence)


def test_a_peak_is_worded_as_a_possible_marker() -> None:
    assert "возможный маркер, требует анализа" in words.STATEMENTS["peaks"]
    assert words.PEAK["look"] == "возможный маркер, требует анализа"
    assert words.PEAK["few"] == "данных недостаточно"


def work(wrote: int, absent: int, comparison: Comparison) -> Analysis:
    """An analysis with one grade and subject."""
    row = Indicators(5, None, "Математика", wrote, absent, 0, 0, Marks(n3=wrote), comparison)
    totals = Totals(wrote, absent, 0, 0, 0, 0, 0, wrote, Marks(n3=wrote), comparison, ())
    return Analysis(totals, (), (row,), (), (), (), (), (), ())


@pytest.mark.parametrize(("present", "absent", "said"), [(3, 1, True), (76, 24, False), (75, 25, True), (5, 0, False)])
def test_a_quarter_absent_is_said(present: int, absent: int, said: bool) -> None:
    codes = {c.code for c in draw_conclusions(work(present, absent, Comparison()))}
    assert (ConclusionCode.ABSENT_MANY in codes) == said


@pytest.mark.parametrize(
    ("comparison", "said"),
    [
        (Comparison(lowered=5, confirmed=5), False),
        (Comparison(lowered=6, confirmed=5), True),
        (Comparison(raised=6, confirmed=5), True),
        # Below ten works a group says nothing (FIOKO 2026 pp. 23–26, domain.md §3.2).
        (Comparison(lowered=8, confirmed=1), False),
    ],
)
def test_less_than_half_confirmed_is_said_from_ten_works_on(comparison: Comparison, said: bool) -> None:
    codes = {c.code for c in draw_conclusions(work(comparison.total, 0, comparison))}
    assert (ConclusionCode.JOURNAL_APART in codes) == said
