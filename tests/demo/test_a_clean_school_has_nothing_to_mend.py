from __future__ import annotations

from datetime import date

import pytest

from tests.demo.schools import SEEDS, checked, clean, empty_book, read, school
from xlpy.assignment.assign import Status
from xlpy.demo.fill import fill_book
from xlpy.demo.school import make_school
from xlpy.tables.entry import kept_rows, plan_entry


@pytest.mark.parametrize("seed", SEEDS)
def test_a_clean_school_has_no_finding_at_all(seed: int) -> None:
    done = clean(seed)
    assert done.found == frozenset()
    assert done.assignment.status is Status.OPTIMAL


@pytest.mark.parametrize("today", [date(2021, 3, 1), date(2021, 4, 20), date(2031, 1, 9)])
def test_no_day_makes_anything_in_it_late(today: date) -> None:
    assert checked(school(1), today=today).found == frozenset()


@pytest.mark.parametrize("classes", [1, 2, 3, 4, 5, 6, 7, 9, 12, 40])
def test_every_work_finds_an_outside_checker_in_schools_of_any_size(classes: int) -> None:
    for seed in range(3 if classes < 10 else 1):
        done = clean(seed, classes)
        assert done.assignment.status is Status.OPTIMAL
        assert done.found == frozenset()


def test_a_school_without_classes_or_with_more_than_letters_is_refused() -> None:
    for classes in (0, 136):
        with pytest.raises(ValueError, match=str(classes)):
            make_school(classes, 1)


def test_its_rows_of_entry_stand_as_preparing_would_lay_them_out() -> None:
    book = empty_book()
    fill_book(book, school(2))
    tables, settings = read(book)
    entry = plan_entry(
        *(tables[key] for key in ("results", "participants", "schedule", "scales", "tasks")), settings.text("year")
    )
    assert (entry.added, entry.removed, entry.misfits, entry.scales, entry.tasks) == (0, 0, (), (), ())
    assert [row[3] for row in entry.rows] == tables["results"].frame.index.tolist()
    assert len(kept_rows(entry, book.tables["results"])) == len(school(2).rows["results"])


def test_filling_a_book_again_changes_nothing() -> None:
    book = empty_book()
    fill_book(book, school(2))
    before = {key: raw.values for key, raw in book.tables.items()}
    fill_book(book, school(2))
    assert {key: raw.values for key, raw in book.tables.items()} == before


def test_one_seed_makes_one_school() -> None:
    assert make_school(6, 5) == make_school(6, 5)
    assert make_school(6, 5) != make_school(6, 6)
