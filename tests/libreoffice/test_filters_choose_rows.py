"""Filters of ranges and tables: which rows bare UNO sees, and what openpyxl finds in the saved file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from openpyxl import load_workbook

from tests.libreoffice.conftest import Raw

COVERS = (
    "Range.autofilter",
    "Table.autofilter",
    "AutoFilter.criteria",
    "AutoFilter.apply_values",
    "AutoFilter.apply_comparison",
    "AutoFilter.apply_top_items",
    "AutoFilter.apply_bottom_items",
    "AutoFilter.apply_top_percent",
    "AutoFilter.clear",
)
pytestmark = pytest.mark.skipif(not hasattr(xw.Range, "autofilter"), reason="this xlwings has no filters of ranges")
CLASSES = ["5А", "5Б", "5А", "", "5В"]
DAYS = [date(2026, 4, day) for day in range(1, 6)]


@pytest.fixture(params=["range", "table"])
def owner(request: pytest.FixtureRequest, sheet: xw.Sheet) -> Any:
    """A1:C6: a number, a class, a day."""
    rows = [[number, name, day] for number, name, day in zip(range(1, 6), CLASSES, DAYS, strict=True)]
    sheet["A1"].value = [["Работ", "Класс", "Дата"], *rows]
    cells = sheet["A1:C6"]
    return cells if request.param == "range" else sheet.tables.add(cells, name="Т")


def shown(raw: Raw) -> list[int]:
    rows = raw.sheet.Rows
    assert rows.getByIndex(0).IsVisible
    return [number for number in range(1, 6) if rows.getByIndex(number).IsVisible]


CASES: list[tuple[Callable[[Any], None], list[int]]] = [
    (lambda f: f.apply_values(2, ["5А", "5В"]), [1, 3, 5]),
    (lambda f: f.apply_values(1, [2, 4]), [2, 4]),
    (lambda f: f.apply_comparison(1, "equal_to", 3), [3]),
    (lambda f: f.apply_comparison(1, "not_equal_to", 3), [1, 2, 4, 5]),
    (lambda f: f.apply_comparison(1, "greater_than", 3), [4, 5]),
    (lambda f: f.apply_comparison(1, "less_than_or_equal", 2), [1, 2]),
    (lambda f: f.apply_comparison(1, "between", 2, 4), [2, 3, 4]),
    (lambda f: f.apply_comparison(1, "not_between", 2, 4), [1, 5]),
    (lambda f: f.apply_comparison(2, "equal_to", None), [4]),
    (lambda f: f.apply_comparison(2, "not_equal_to", None), [1, 2, 3, 5]),
    (lambda f: f.apply_comparison(3, "greater_than_or_equal", date(2026, 4, 4)), [4, 5]),
    (lambda f: f.apply_comparison(3, "equal_to", date(2026, 4, 2)), [2]),
    (lambda f: f.apply_top_items(1, 2), [4, 5]),
    (lambda f: f.apply_bottom_items(1, 1), [1]),
    (lambda f: f.apply_top_percent(1, 40), [4, 5]),
]


@pytest.mark.parametrize(("apply", "expected"), CASES)
def test_only_rows_that_are_wanted_show(
    apply: Callable[[Any], None], expected: list[int], owner: Any, raw: Raw
) -> None:
    apply(owner.autofilter)
    assert shown(raw) == expected

    owner.autofilter.clear()
    assert shown(raw) == [1, 2, 3, 4, 5]


def test_fields_add_up_and_are_cleared_one_by_one(owner: Any, raw: Raw) -> None:
    owner.autofilter.apply_values(2, ["5А"])
    owner.autofilter.apply_comparison(1, "greater_than", 1)
    assert shown(raw) == [3]

    owner.autofilter.clear(2)
    assert shown(raw) == [2, 3, 4, 5]


def test_criteria_are_read_back(owner: Any) -> None:
    owner.autofilter.apply_values(2, ["5А", "5Б"])
    owner.autofilter.apply_comparison(1, "between", 1, 4.5)
    first, second, third = owner.autofilter.criteria

    assert (first.type, first.operator, first.value1, first.value2) == ("comparison", "between", "1", "4.5")
    assert (second.type, second.values) == ("values", ["5А", "5Б"])
    assert (third.type, third.field) == ("none", 3)
    owner.autofilter.clear()
    owner.autofilter.apply_top_items(1, 2)
    assert (owner.autofilter.criteria[0].type, owner.autofilter.criteria[0].count) == ("top_items", 2)


def test_what_the_office_cannot_say_is_refused_and_changes_nothing(owner: Any, raw: Raw) -> None:
    owner.autofilter.apply_values(2, ["5А"])
    with pytest.raises(NotImplementedError, match="not_between"):
        owner.autofilter.apply_comparison(1, "not_between", 1, 2)
    assert shown(raw) == [1, 3]


def test_a_second_filter_beside_is_refused_as_in_excel(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["A1"].value = [["а", "", "б"], [1, "", 1], [2, "", 2]]
    sheet["A1:A3"].autofilter.apply_values(1, [1])
    with pytest.raises(ValueError, match="2"):
        sheet["C1:C3"].autofilter.apply_values(1, [2])
    assert [raw.sheet.Rows.getByIndex(row).IsVisible for row in range(3)] == [True, True, False]


def test_a_filter_that_would_hide_totals_is_refused(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["Класс", "Работ"], ["5А", 1], ["5Б", 2]]
    table = sheet.tables.add(sheet["A1:B3"], name="Т")
    table.show_totals = True

    with pytest.raises(NotImplementedError, match="show_totals"):
        table.autofilter.apply_values(1, ["5А"])


def test_a_filter_of_a_range_arrives_in_the_saved_file(sheet: xw.Sheet, book: xw.Book, tmp_path: Path) -> None:
    sheet["A1"].value = [["Класс", "Работ"], ["5А", 1], ["5Б", 2]]
    sheet["A1:B3"].autofilter.apply_values(1, ["5А"])
    book.save(tmp_path / "filter.xlsx")

    kept = load_workbook(tmp_path / "filter.xlsx").worksheets[0].auto_filter
    assert (kept.ref, kept.filterColumn[0].filters.filter) == ("A1:B3", ["5А"])
