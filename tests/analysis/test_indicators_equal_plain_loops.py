"""Indicators by class and grade against a person's counting: plain loops over the typed rows, no pandas."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.made_school import CLASSES, YEAR, Rows, make_rows, read
from xlpy.analysis.indicators import indicator_dicts
from xlpy.analysis.overview import analyse

Figures = dict[str, object]
MARK_KEYS = ("n2", "n3", "n4", "n5", "pass_rate", "quality_rate", "mean_mark", "sou", "lowered", "confirmed", "raised")
UNREADABLE = "?"


def cells_of(row: Mapping[str, object], count: int = 6) -> list[object]:
    return [row.get(f"task_{n}") for n in range(1, count + 1)]


def kind_of(row: Mapping[str, object]) -> str:
    cells = cells_of(row)
    if row.get("variant") == "отсутствовал":
        return "absent"
    if all(cell is None for cell in cells):
        return "empty"
    return "unfinished" if None in cells or UNREADABLE in cells else "wrote"


def mark_of(row: Mapping[str, object], scale: Mapping[str, object]) -> int:
    points = sum(cell for cell in cells_of(row) if isinstance(cell, int))
    return 2 + sum(points >= scale[key] for key in ("mark_3_from", "mark_4_from", "mark_5_from"))  # type: ignore[operator]


def plainly(results: Iterable[Mapping[str, object]], scale: Mapping[str, object] | None) -> Figures:
    """The figures of some papers of one work as a person with a calculator would find them."""
    rows = list(results)
    kinds = [kind_of(row) for row in rows]
    found: Figures = {
        "wrote": kinds.count("wrote"),
        "absent": kinds.count("absent"),
        "unfinished": kinds.count("unfinished"),
        "not_entered": kinds.count("empty"),
    }
    if scale is None:
        return found | dict.fromkeys(MARK_KEYS)
    marks = [mark_of(row, scale) for row, kind in zip(rows, kinds, strict=True) if kind == "wrote"]
    n = len(marks)
    pairs = [
        (mark_of(row, scale), row["journal_mark"])
        for row, kind in zip(rows, kinds, strict=True)
        if kind == "wrote" and row.get("journal_mark") in {2, 3, 4, 5}
    ]
    weights = {2: 16, 3: 36, 4: 64, 5: 100}
    return found | {
        **{f"n{mark}": marks.count(mark) for mark in (2, 3, 4, 5)},
        "pass_rate": sum(mark > 2 for mark in marks) / n if n else None,
        "quality_rate": sum(mark > 3 for mark in marks) / n if n else None,
        "mean_mark": sum(marks) / n if n else None,
        "sou": sum(weights[mark] for mark in marks) / n / 100 if n else None,
        "lowered": sum(mark < journal for mark, journal in pairs),
        "confirmed": sum(mark == journal for mark, journal in pairs),
        "raised": sum(mark > journal for mark, journal in pairs),
    }


def scale_of(rows: Rows, grade: int, subject: str) -> Mapping[str, object] | None:
    return next((s for s in rows["scales"] if (s["grade"], s["subject"]) == (grade, subject)), None)


def oracle(rows: Rows) -> dict[tuple[object, object, str], Figures]:
    """Every class and subject, and every grade and subject with class None."""
    works = {(str(r["school_class"]), str(r["subject"])) for r in [*rows["results"], *rows["schedule"]]}
    found: dict[tuple[object, object, str], Figures] = {}
    for name, subject in works:
        grade = int(name[0])
        own = [r for r in rows["results"] if (r["school_class"], r["subject"]) == (name, subject)]
        all_of_grade = [r for r in rows["results"] if str(r["school_class"])[0] == name[0] and r["subject"] == subject]
        found[grade, name, subject] = plainly(own, scale_of(rows, grade, subject))
        found[grade, None, subject] = plainly(all_of_grade, scale_of(rows, grade, subject))
    return found


def by_work(dicts: list[dict[str, object]]) -> dict[tuple[object, object, str], Figures]:
    return {
        (d["grade"], d["class"], str(d["subject"])): {
            k: v for k, v in d.items() if k not in {"grade", "class", "subject"}
        }
        for d in dicts
    }


@pytest.mark.parametrize("seed", range(6))
def test_every_indicator_equals_plain_counting(seed: int) -> None:
    rows = make_rows(CLASSES, seed=seed)
    dicts = indicator_dicts(*read(rows))
    expected = oracle(rows)
    assert len(dicts) == len(expected)
    for work, figures in by_work(dicts).items():
        assert figures == pytest.approx(expected[work]), work


def test_classes_come_first_in_their_order_then_grades() -> None:
    dicts = indicator_dicts(*read(make_rows({"10А": 3, "5Б": 3, "5А": 3, "4А": 3})))
    assert [(d["class"], d["subject"]) for d in dicts if d["class"]] == [
        ("4А", "Математика"),
        ("4А", "Русский язык"),
        ("5А", "Математика"),
        ("5А", "Русский язык"),
        ("5Б", "Математика"),
        ("5Б", "Русский язык"),
        ("10А", "История"),
        ("10А", "Физика"),
    ]
    assert [d["grade"] for d in dicts if d["class"] is None] == [4, 4, 5, 5, 10, 10]


def test_without_a_scale_nothing_that_needs_marks_is_given() -> None:
    for row in indicator_dicts(*read(make_rows(CLASSES, with_scales=False))):
        assert row["wrote"]
        assert all(row[key] is None for key in MARK_KEYS)


def test_a_work_nobody_has_typed_yet_stands_with_zeros_and_no_rates() -> None:
    rows = make_rows({"5А": 4, "8А": 1})
    rows["results"] = []
    row = indicator_dicts(*read(rows))[0]
    assert (row["wrote"], row["n2"], row["lowered"]) == (0, 0, 0)
    assert row["pass_rate"] is row["quality_rate"] is row["mean_mark"] is row["sou"] is None


def test_a_paper_above_the_maximum_wrote_but_has_no_mark() -> None:
    rows = make_rows({"5А": 1, "8А": 1})
    rows["results"] = [
        {"code": "50001", "school_class": "5А", "subject": "Математика", "variant": 1}
        | {f"task_{n}": 9 for n in range(1, 7)}
    ]
    row = next(d for d in indicator_dicts(*read(rows)) if d["class"] == "5А")
    assert (row["wrote"], row["n5"], row["pass_rate"]) == (1, 0, None)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1000), st.integers(0, 1000))
def test_the_order_of_rows_changes_nothing(seed: int, order: int) -> None:
    rows = make_rows({"4А": 9, "4Б": 7, "5А": 8}, seed=seed)
    tables, chosen = read(rows)
    shuffled = {key: random.Random(order).sample(list(sheet), len(sheet)) for key, sheet in rows.items()}
    assert analyse(*read(shuffled)) == analyse(tables, chosen)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1000))
def test_renaming_a_class_moves_its_figures_and_leaves_the_grades(seed: int) -> None:
    rows = make_rows({"4А": 9, "4Б": 7, "5А": 8}, seed=seed)
    renamed = {
        key: [{k: "4Я" if k == "school_class" and v == "4А" else v for k, v in row.items()} for row in sheet]
        for key, sheet in rows.items()
    }
    before, after = by_work(indicator_dicts(*read(rows))), by_work(indicator_dicts(*read(renamed)))
    assert {(g, "4Я" if c == "4А" else c, s): v for (g, c, s), v in before.items()} == after


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_no_dirt_in_the_book_stops_the_figures(data: st.DataObject) -> None:
    rows = make_rows({"4А": 5, "5А": 4}, seed=data.draw(st.integers(0, 50)))
    junk = st.sampled_from([None, "", "?", "$x$", -1, 0.5, 10**12, "X", "не пройд.", "5A", "класс", 1.0e300, " "])
    for _ in range(data.draw(st.integers(1, 12))):
        sheet = rows[data.draw(st.sampled_from(["results", "tasks", "scales", "schedule", "participants"]))]
        if sheet:
            row = data.draw(st.sampled_from(sheet))
            row[data.draw(st.sampled_from(sorted(row)))] = data.draw(junk)
    analysis = analyse(*read(rows))
    for row in (*analysis.classes, *analysis.grades):
        assert row.marks is None or row.marks.total <= row.wrote
        assert row.comparison is None or row.marks is None or row.comparison.total <= row.marks.total
    for task in analysis.tasks:
        assert task.full + task.partial + task.zero == task.papers
    assert YEAR
