"""Hundreds of single cells in one round trip."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import xlwings as xw
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.libreoffice.conftest import Raw
from xlpy.libreoffice.addresses import address_of
from xlpy.libreoffice.scattered import colour_cells, read_cells, write_cells

places = st.tuples(st.integers(0, 2_000), st.integers(0, 60)).map(lambda cell: address_of([*cell, *cell], "", ""))
contents = st.one_of(
    st.none(), st.booleans(), st.integers(-9, 9), st.text("абв'=", max_size=4), st.dates(dt.date(1990, 1, 1))
)


def _expected(value: Any) -> Any:
    if isinstance(value, dt.date):
        return dt.datetime(value.year, value.month, value.day)
    if isinstance(value, str):
        return value.removeprefix("'") or None
    return value


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(places, contents.filter(lambda one: not str(one).startswith("=")), min_size=1, max_size=30))
def test_cells_hold_what_is_written_into_them(sheet: xw.Sheet, values: dict[str, Any]) -> None:
    write_cells(sheet, values)
    assert read_cells(sheet, list(values)) == [_expected(one) for one in values.values()]


def test_neighbours_and_formulas_stay(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["A1"].value = [["=1+1", 5], ["x", True]]
    write_cells(sheet, {"B1": "=A1*2", "C3": 7})
    assert raw.cell("A1:C3").getFormulaArray() == (("=1+1", "=A1*2", ""), ("x", "1", ""), ("", "", "7"))
    assert read_cells(sheet, ["B1", "A1", "B2", "B1", "Z9"]) == [4, 2, True, 4, None]


def test_errors_are_told_by_name(sheet: xw.Sheet) -> None:
    write_cells(sheet, {"A1": "=1/0", "D9": "=NA()"})
    assert read_cells(sheet, ["D9", "A1"]) == ["#N/A", "#DIV/0!"]


def test_a_colour_is_given_to_these_cells_only_and_taken_away(sheet: xw.Sheet, raw: Raw) -> None:
    colour_cells(sheet, ["A1", "C3", "C4", "Z100"], (255, 230, 153))
    assert [raw.cell(at).CellBackColor for at in ("A1", "C3", "C4", "Z100", "B2")] == [0xFFE699] * 4 + [-1]
    colour_cells(sheet, ["C3"], None)
    assert raw.cell("C3").CellBackColor == -1


def test_one_step_of_undo_takes_all_back(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["A1"].value = 1
    steps = len(raw.document.UndoManager.getAllUndoActionTitles())
    write_cells(sheet, {"A1": 2, "C3": "x", "E5:E5": True, "G7": dt.date(2026, 4, 20)})
    assert len(raw.document.UndoManager.getAllUndoActionTitles()) == steps + 1
    raw.document.UndoManager.undo()
    assert [raw.cell(at).String for at in ("A1", "C3", "E5", "G7")] == ["1", "", "", ""]


def test_nothing_to_do_is_nothing_done(sheet: xw.Sheet, raw: Raw) -> None:
    write_cells(sheet, {})
    colour_cells(sheet, [], (1, 2, 3))
    assert read_cells(sheet, []) == []
    assert not raw.document.isModified()


@pytest.mark.parametrize("address", ["A1:B2", "x", "A:A", ""])
def test_an_address_is_that_of_one_cell(sheet: xw.Sheet, address: str) -> None:
    with pytest.raises(KeyError):
        read_cells(sheet, [address])
