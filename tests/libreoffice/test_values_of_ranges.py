"""Values: what Python writes stands in the cells, and what stands in the cells is what Python reads."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xlwings as xw
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.libreoffice.conftest import Raw
from xlpy.libreoffice.values import parts_of, to_moment, to_number
from xlpy.libreoffice.verbs.runtime import struct

COVERS = (
    "Range.raw_value",
    "Range.__len__",
    "Range.shape",
    "Range.api",
    "Range.clear",
    "Range.clear_contents",
    "Range.clear_formats",
    "Range.max_cells_per_read",
    "Range.max_cells_per_write",
)

fewer = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def _format(raw: Raw, address: str) -> str:
    return str(raw.document.NumberFormats.getByKey(raw.cell(address).NumberFormat).FormatString)


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(
    lambda text: text[0] not in "='"
)
numbers = st.one_of(
    st.integers(-(10**9), 10**9), st.floats(allow_nan=False, allow_infinity=False, width=64).map(lambda one: one + 0.0)
)
moments = st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2078, 12, 31))
values = st.one_of(st.none(), st.booleans(), numbers, texts, moments, moments.map(dt.datetime.date))
tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(values, min_size=width, max_size=width), min_size=1, max_size=6)
)


def _read_back(value: Any) -> Any:
    if isinstance(value, bool) or value is None or isinstance(value, (str, dt.datetime)):
        return value
    return dt.datetime(value.year, value.month, value.day) if isinstance(value, dt.date) else float(value)


def _seen(value: Any) -> Any:
    # 1 == True in Python, in a cell they differ.
    return (type(value), value)


@fewer
@given(tables)
def test_values_of_all_types_come_back_as_they_went_in(sheet: xw.Sheet, rows: list[list[Any]]) -> None:
    sheet.clear()
    sheet["B2"].value = rows
    read = sheet["B2"].resize(len(rows), len(rows[0])).options(ndim=2).value
    assert [list(map(_seen, row)) for row in read] == [[_seen(_read_back(one)) for one in row] for row in rows]


@fewer
@given(first=tables, second=tables)
def test_new_values_forget_what_stood_in_the_cells(
    sheet: xw.Sheet, first: list[list[Any]], second: list[list[Any]]
) -> None:
    sheet.clear()
    sheet["A1"].value = first
    plain = [[one for one in row if not isinstance(one, (int, float)) or isinstance(one, bool)] for row in second]
    rows = [row + [None] * (4 - len(row)) for row in plain]
    sheet["A1"].value = rows
    read = sheet["A1"].resize(len(rows), 4).options(ndim=2).value
    assert [list(map(_seen, row)) for row in read] == [[_seen(_read_back(one)) for one in row] for row in rows]


@fewer
@given(tables)
def test_the_office_sees_the_same_values(sheet: xw.Sheet, raw: Raw, rows: list[list[Any]]) -> None:
    sheet.clear()
    sheet["A1"].value = rows
    seen = raw.sheet.getCellRangeByPosition(0, 0, len(rows[0]) - 1, len(rows) - 1).getDataArray()
    for row, cells in zip(rows, seen, strict=True):
        for value, cell in zip(row, cells, strict=True):
            if isinstance(value, str):
                assert cell == value
            elif value is None:
                assert cell == ""
            elif isinstance(value, dt.date):
                day = value if isinstance(value, dt.datetime) else dt.datetime(value.year, value.month, value.day)
                assert math.isclose(cell, (day - dt.datetime(1899, 12, 30)) / dt.timedelta(days=1))
            else:
                assert cell == float(value)


def test_text_stays_text_whatever_it_looks_like(sheet: xw.Sheet, raw: Raw) -> None:
    typed = ["00123", "1.5", "TRUE", "01.09.2025", "+7 900", "-", "@x", "5%", " x ", "a\nb", "1E5"]
    sheet["A1"].value = typed
    assert sheet["A1:K1"].value == typed
    assert [raw.sheet.getCellByPosition(at, 0).Type.value for at in range(11)] == ["TEXT"] * 11


def test_an_apostrophe_makes_text_literal_and_an_equals_sign_a_formula(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["A1"].value = ["'=1+1", "=1+1", "''x", "=", "'", "'00123"]
    assert sheet["A1:F1"].value == ["=1+1", 2, "'x", "=", None, "00123"]
    assert [raw.sheet.getCellByPosition(at, 0).Type.value for at in range(5)] == [
        "TEXT",
        "FORMULA",
        "TEXT",
        "TEXT",
        "EMPTY",
    ]


def test_a_date_gets_a_format_of_its_own_only_where_the_cell_has_none(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["A2"].number_format = "yyyy-mm"
    sheet["A1"].value = [[dt.date(2026, 4, 20)], [dt.date(2026, 4, 20)], [dt.datetime(2026, 4, 20, 9, 30)]]
    assert [raw.cell(at).String for at in ("A1", "A2", "A3")] == ["20.04.2026", "2026-04", "20.04.2026 09:30"]
    sheet["B1"].value = dt.time(8, 30)
    assert raw.cell("B1").String == "08:30:00"
    assert sheet["B1"].value == dt.datetime(1899, 12, 30, 8, 30)


def test_dates_fill_the_gaps_between_cells_that_have_a_format(sheet: xw.Sheet, raw: Raw) -> None:
    for at in ("A2", "A4", "B3"):
        sheet[at].number_format = "yyyy"
    sheet["A1"].value = [[dt.date(2026, 4, day), dt.date(2026, 5, day)] for day in range(1, 6)]
    shown = [[one.String for one in (raw.cell(f"A{row}"), raw.cell(f"B{row}"))] for row in range(1, 6)]
    assert shown == [
        ["01.04.2026", "01.05.2026"],
        ["2026", "02.05.2026"],
        ["03.04.2026", "2026"],
        ["2026", "04.05.2026"],
        ["05.04.2026", "05.05.2026"],
    ]


def test_a_number_in_a_cell_of_dates_is_a_date_as_in_excel_and_one_in_a_cell_of_truth_a_number(
    sheet: xw.Sheet, raw: Raw
) -> None:
    sheet["A1"].value = [dt.date(2026, 4, 20), True]
    sheet["A1"].value = [5, 5]
    assert raw.cell("A1").Value == raw.cell("B1").Value == 5
    assert sheet["A1:B1"].value == [dt.datetime(1900, 1, 4), 5]
    assert raw.cell("B1").String == "5"


def test_a_formula_that_once_was_logical_leaves_no_trace(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["A1"].value = "=1=1"
    assert sheet["A1"].value is True
    sheet["A1"].value = "=2+3"
    assert sheet["A1"].value == 5
    assert raw.cell("A1").String == "5"
    raw.cell("A1").Formula = "=1=2"
    raw.cell("A1").Formula = "=7"
    assert sheet["A1"].value == 7


def test_a_formula_of_a_date_is_read_as_a_date(sheet: xw.Sheet) -> None:
    sheet["A1"].value = ["=DATE(2026,4,20)", "=TODAY()", 1]
    assert sheet["A1"].value == dt.datetime(2026, 4, 20)
    assert isinstance(sheet["A1:C1"].value[1], dt.datetime)


def test_scalars_of_numpy_and_pandas_are_ordinary_values(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [
        np.int64(3),
        np.float32(0.5),
        np.bool_(True),
        np.str_("x"),
        np.datetime64("2026-04-20T09:30"),
        pd.Timestamp("2026-04-20 09:30:15.123456"),
        Decimal("1.25"),
    ]
    assert sheet["A1:G1"].value == [
        3,
        0.5,
        True,
        "x",
        dt.datetime(2026, 4, 20, 9, 30),
        dt.datetime(2026, 4, 20, 9, 30, 15, 123456),
        1.25,
    ]


def test_every_kind_of_missing_value_is_an_empty_cell(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["A1:H1"].value = 1
    sheet["A1"].value = [None, math.nan, np.nan, pd.NaT, pd.NA, np.datetime64("NaT"), "", Decimal("NaN")]
    assert sheet["A1:H1"].value == [None] * 8
    assert raw.cell("A1:H1").computeFunction(_count()) == 0


def _count() -> Any:
    from xlpy.libreoffice.verbs.runtime import enum

    return enum("sheet.GeneralFunction", "COUNT")


@pytest.mark.parametrize("content", [object(), math.inf, -math.inf, {1, 2}, b"x", 1j])
def test_what_no_cell_can_hold_is_refused_and_nothing_is_written(sheet: xw.Sheet, raw: Raw, content: Any) -> None:
    sheet["A1"].value = "before"
    with pytest.raises((TypeError, ValueError)):
        sheet["A1"].value = [1, content]
    assert raw.cell("A1").String == "before"


def test_rows_of_different_length_are_refused(sheet: xw.Sheet) -> None:
    with pytest.raises(ValueError, match="length"):
        sheet["A1"].raw_value = [[1, 2], [3]]


def test_one_value_fills_the_whole_range(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["B2:D3"].value = 7
    assert raw.cell("A1:E4").getDataArray() == (
        ("", "", "", "", ""),
        ("", 7.0, 7.0, 7.0, ""),
        ("", 7.0, 7.0, 7.0, ""),
        ("", "", "", "", ""),
    )
    sheet["B2:D3"].value = dt.date(2026, 4, 20)
    assert raw.cell("D3").String == "20.04.2026"
    sheet["B2:D3"].value = True
    assert sheet["B2:D3"].value == [[True] * 3] * 2
    sheet["B2:D3"].value = None
    assert sheet["A1:E4"].value == [[None] * 5] * 4


def test_a_whole_column_is_emptied_and_read_at_once(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["B1"].value = [[1], [None], [3]]
    column = sheet["B:B"].value
    assert len(column) == 1_048_576
    assert column[:4] == [1, None, 3, None]
    assert sheet["2:3"].value[1][:3] == [None, 3, None]
    sheet["B:B"].value = None
    assert raw.cell("B1").Type.value == "EMPTY"


ERRORS = {
    "=1/0": "#DIV/0!",
    "=NA()": "#N/A",
    "=#NULL!": "#NULL!",
    "=#REF!": "#REF!",
    "=нет_такого": "#NAME?",
    "=FACT(-1)": "#VALUE!",
    '="a"+1': "#VALUE!",
    "=A2^0.5": "#NUM!",
}


def test_errors_are_values_with_excels_names(sheet: xw.Sheet) -> None:
    sheet["A2"].value = -4
    sheet["B1"].formula = [[formula] for formula in ERRORS]
    cells = sheet["B1"].resize(len(ERRORS), 1)
    assert cells.value == [None] * len(ERRORS)
    assert cells.options(err_to_str=True).value == list(ERRORS.values())
    assert sheet["B3"].options(err_to_str=True).value == "#NULL!"


def test_many_errors_are_told_apart_and_texts_that_look_like_them_are_texts(sheet: xw.Sheet) -> None:
    kinds = ["=1/0", "=NA()", "'#N/A", "=#NULL!"]
    sheet["A1"].value = [[kinds[(row + column) % 4] for column in range(5)] for row in range(40)]
    shown = ["#DIV/0!", "#N/A", "#N/A", "#NULL!"]
    read = sheet["A1:E40"].options(err_to_str=True).value
    assert read == [[shown[(row + column) % 4] for column in range(5)] for row in range(40)]
    plain = sheet["A1:E40"].value
    assert plain[0] == [None, None, "#N/A", None, None]


def test_a_document_that_counts_from_1904_has_the_same_dates(sheet: xw.Sheet, raw: Raw) -> None:
    raw.document.NullDate = struct("util.Date", Day=1, Month=1, Year=1904)
    sheet["A1"].value = [dt.date(2026, 4, 20), dt.datetime(2026, 4, 20, 12), dt.time(6)]
    assert raw.cell("A1").String == "20.04.2026"
    assert sheet["A1:C1"].value == [
        dt.datetime(2026, 4, 20),
        dt.datetime(2026, 4, 20, 12),
        dt.datetime(1899, 12, 30, 6),
    ]


def test_an_empty_range_holds_nothing_and_takes_nothing(sheet: xw.Sheet, raw: Raw) -> None:
    empty = sheet["A1:C3"][3:, :]
    # Not its value: xlwings 0.36 asks Excel for that of an empty range, whatever the engine.
    assert (len(empty), empty.shape, empty.raw_value, empty.formula) == (0, (0, 3), None, None)
    empty.raw_value = 5
    empty.clear()
    assert raw.cell("A1:D6").computeFunction(_count()) == 0


def test_contents_and_formats_are_cleared_apart(sheet: xw.Sheet, raw: Raw) -> None:
    for at in ("A1", "A2", "A3"):
        sheet[at].value = dt.date(2026, 4, 20)
        raw.cell(at).CellBackColor = 0xFF0000
    raw.sheet.Annotations.insertNew(raw.cell("A3").CellAddress, "note")
    sheet["A1"].clear_contents()
    sheet["A2"].clear_formats()
    sheet["A3"].clear()
    assert [raw.cell(at).String for at in ("A1", "A3")] == ["", ""]
    assert [raw.cell(at).CellBackColor for at in ("A1", "A2", "A3")] == [0xFF0000, -1, -1]
    assert raw.cell("A2").Value == 46132
    assert raw.sheet.Annotations.Count == 0


def test_several_areas_are_filled_and_cleared_together_and_the_first_is_read(sheet: xw.Sheet, raw: Raw) -> None:
    areas = sheet["A1:B1,D4"]
    areas.value = 3
    assert [raw.cell(at).Value for at in ("A1", "B1", "D4", "C1")] == [3, 3, 3, 0]
    assert (len(areas), areas.shape, areas.value) == (3, (1, 2), [3, 3])
    areas.clear_contents()
    assert raw.cell("A1:D4").computeFunction(_count()) == 0


@pytest.mark.parametrize("chunksize", [1, 2, 7, None])
def test_a_range_is_read_and_written_in_pieces_where_that_is_asked_for(sheet: xw.Sheet, chunksize: int | None) -> None:
    rows = [[float(row), f"т{row}"] for row in range(7)]
    sheet["A1"].options(chunksize=chunksize).value = rows
    assert sheet["A1:B7"].options(chunksize=chunksize).value == rows
    assert sheet["A1"].impl.max_cells_per_read is None
    assert sheet["A1"].impl.max_cells_per_write is None


def test_the_raw_value_of_one_cell_is_a_scalar_and_of_more_cells_rows(sheet: xw.Sheet) -> None:
    sheet["A1"].raw_value = 5
    assert sheet["A1"].raw_value == 5
    sheet["A1"].raw_value = [[1, "x"], [2, None]]
    assert sheet["A1:B2"].raw_value == [[1, "x"], [2, ""]] or sheet["A1:B2"].raw_value == [(1, "x"), (2, "")]


@given(st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2078, 12, 31)))
def test_a_moment_keeps_its_microseconds(moment: dt.datetime) -> None:
    assert to_moment(to_number(moment)) == moment


@given(st.datetimes(dt.datetime(1600, 1, 1), dt.datetime(9999, 12, 31)).map(lambda one: one.replace(microsecond=0)))
def test_a_moment_of_whole_seconds_stays_one_in_any_century(moment: dt.datetime) -> None:
    assert to_moment(to_number(moment)) == moment


@given(st.sets(st.tuples(st.integers(0, 8), st.integers(0, 8))))
def test_rectangles_cover_exactly_their_cells(cells: set[tuple[int, int]]) -> None:
    covered = [(r, c) for r0, c0, r1, c1 in parts_of(list(cells)) for r in range(r0, r1 + 1) for c in range(c0, c1 + 1)]
    assert sorted(covered) == sorted(cells)
