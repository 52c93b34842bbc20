"""Every converter of xlwings works over this engine, with its options."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xlwings as xw
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.libreoffice.conftest import Raw


def test_lists_have_the_dimensions_that_are_asked_for(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [1, 2, 3]
    sheet["A3"].options(transpose=True).value = [4, 5]
    assert sheet["A1"].value == 1
    assert sheet["A1:C1"].value == [1, 2, 3]
    assert sheet["A3:A4"].value == [4, 5]
    assert sheet["A1"].options(ndim=1).value == [1]
    assert sheet["A3:A4"].options(ndim=2).value == [[4], [5]]
    assert sheet["A1:C1"].options(ndim=2).value == [[1, 2, 3]]
    assert sheet["A1:C1"].options(ndim=2, transpose=True).value == [[1], [2], [3]]


def test_numbers_dates_and_empty_cells_become_what_is_asked_for(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [1.6, dt.datetime(2026, 4, 20, 9), None, "x"]
    assert sheet["A1:D1"].options(numbers=int, dates=dt.date, empty="нет").value == [
        2,
        dt.date(2026, 4, 20),
        "нет",
        "x",
    ]
    assert sheet["A1"].options(numbers=lambda one: one * 10).value == 16
    assert sheet["B1"].options(dates=lambda year, month, day, **_: f"{day}.{month}.{year}").value == "20.4.2026"


def test_dictionaries_go_in_two_columns(sheet: xw.Sheet) -> None:
    sheet["A1"].value = {"а": 1, "б": "x"}
    assert sheet["A1:B2"].options(dict).value == {"а": 1, "б": "x"}
    assert list(sheet["A1:B2"].options(OrderedDict).value) == ["а", "б"]
    assert sheet["A1"].options(dict, expand="table").value == {"а": 1, "б": "x"}


def test_arrays_of_numpy(sheet: xw.Sheet) -> None:
    sheet["A1"].value = np.array([[1.5, 2], [3, np.nan]])
    found = sheet["A1:B2"].options(np.array).value
    np.testing.assert_array_equal(found, [[1.5, 2], [3, np.nan]])
    assert sheet["A1:B1"].options(np.array, ndim=2).value.shape == (1, 2)
    assert sheet["A1:B2"].options(np.array, dtype=np.float32, empty=0).value.dtype == np.float32


def _frame() -> pd.DataFrame:
    index = pd.Index(["11001", "11002"], name="Код")
    return pd.DataFrame({"Балл": [7.0, None], "Дата": pd.to_datetime(["2026-04-20", None])}, index=index)


@pytest.mark.parametrize("expand", ["table", None])
def test_a_frame_comes_back_with_index_and_header(sheet: xw.Sheet, expand: str | None) -> None:
    sheet["B2"].value = _frame()
    cells = sheet["B2"] if expand else sheet["B2:D4"]
    found = cells.options(pd.DataFrame, expand=expand).value
    if expand:
        pd.testing.assert_frame_equal(
            found, _frame(), check_dtype=False, check_index_type=False, check_column_type=False
        )
    assert list(found.columns) == ["Балл", "Дата"]
    assert found.loc["11001", "Дата"] == pd.Timestamp(2026, 4, 20)


def test_a_frame_without_index_or_header(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["A1"].options(index=False, header=False).value = _frame()
    assert raw.cell("A1").Value == 7
    assert raw.cell("B1").String == "20.04.2026"
    found = sheet["A1:B2"].options(pd.DataFrame, index=False, header=False).value
    assert found.shape == (2, 2)
    assert pd.isna(found.iloc[1, 0])


def test_a_frame_with_two_levels_of_header_and_index(sheet: xw.Sheet) -> None:
    columns = pd.MultiIndex.from_product([["5А", "5Б"], ["да", "нет"]])
    index = pd.MultiIndex.from_tuples([("МА", 1.0), ("РУ", 2.0)], names=["предмет", "часть"])
    frame = pd.DataFrame([[1.0, 2, 3, 4], [5.0, 6, 7, 8]], index=index, columns=columns)
    sheet["A1"].value = frame
    found = sheet["A1"].current_region.options(pd.DataFrame, header=2, index=2).value
    np.testing.assert_array_equal(found.to_numpy(), frame.to_numpy())
    assert list(found.columns) == list(columns)


def test_a_series_comes_back_with_its_name(sheet: xw.Sheet) -> None:
    series = pd.Series([1.0, 2.0], index=pd.Index(["а", "б"], name="Код"), name="Балл")
    sheet["A1"].value = series
    found = sheet["A1"].options(pd.Series, expand="table").value
    pd.testing.assert_series_equal(found, series, check_index_type=False)
    sheet["D1"].options(index=False, header=False).value = series
    assert sheet["D1:D2"].options(pd.Series, index=False, header=False).value.tolist() == [1, 2]


def test_errors_in_a_frame_are_missing_or_text(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["а", "б"], [1, "=1/0"]]
    assert pd.isna(sheet["A1:B2"].options(pd.DataFrame, index=False).value.loc[0, "б"])
    assert sheet["A1:B2"].options(pd.DataFrame, index=False, err_to_str=True).value.loc[0, "б"] == "#DIV/0!"


def test_types_of_pandas_with_missing_values(sheet: xw.Sheet) -> None:
    frame = pd.DataFrame(
        {
            "целое": pd.array([1, None], dtype="Int64"),
            "текст": pd.array(["x", None], dtype="string"),
            "логика": pd.array([True, None], dtype="boolean"),
            "группа": pd.Categorical(["а", None]),
            "срок": pd.to_timedelta(["1 days", None]),
        }
    ).drop(columns="срок")
    sheet["A1"].options(index=False).value = frame
    assert sheet["A2:D2"].value == [1, "x", True, "а"]
    assert sheet["A3:D3"].value == [None] * 4


cells = st.one_of(st.none(), st.integers(-999, 999).map(float), st.text("абвx 12", min_size=1, max_size=5))


# Two columns and more: one cell alone is no piece that xlwings 0.36 can put together.
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(2, 4).flatmap(
        lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=8)
    ),
    st.integers(1, 5),
)
def test_a_frame_is_the_same_in_pieces(sheet: xw.Sheet, rows: list[list[Any]], chunksize: int) -> None:
    sheet.clear()
    frame = pd.DataFrame(rows, columns=[f"к{at}" for at in range(len(rows[0]))], dtype=object)
    sheet["A1"].options(index=False, chunksize=chunksize).value = frame
    block = sheet["A1"].resize(len(rows) + 1, len(rows[0]))
    whole = block.options(pd.DataFrame, index=False).value
    pd.testing.assert_frame_equal(block.options(pd.DataFrame, index=False, chunksize=chunksize).value, whole)
    assert [[None if pd.isna(one) else one for one in row] for row in whole.to_numpy(dtype=object).tolist()] == rows


def test_a_range_can_be_had_without_its_values(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1, 2], [3, 4]]
    assert sheet["A1"].options("range", expand="table").value.address == "$A$1:$B$2"
    assert sheet["A1:B2"].options("raw").value in ([[1, 2], [3, 4]], [(1, 2), (3, 4)])
