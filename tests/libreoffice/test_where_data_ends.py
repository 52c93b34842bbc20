"""Ctrl and an arrow, expanding, regions, special cells, search: against a definition over single cells."""

from __future__ import annotations

import pytest
import xlwings as xw
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from xlwings import expansion

from tests.libreoffice.conftest import Raw

COVERS = (
    "Range.end",
    "Range.expand",
    "Range.current_region",
    "Range.get_special_cells",
    "Range.find",
    "Range.replace_all",
)

SIDE = 7
fewer = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
# A formula that shows nothing fills its cell all the same.
contents = st.sampled_from([None, None, None, 1, "x", '=""'])
grids = st.lists(st.lists(contents, min_size=SIDE, max_size=SIDE), min_size=SIDE, max_size=SIDE)
places = st.tuples(st.integers(0, SIDE - 1), st.integers(0, SIDE - 1))
STEPS = {"down": (1, 0), "up": (-1, 0), "right": (0, 1), "left": (0, -1)}
EDGE = {"down": 1_048_575, "up": 0, "right": 16_383, "left": 0}


def _jump(filled: set[tuple[int, int]], at: tuple[int, int], way: str) -> tuple[int, int]:
    """One cell after the other, as the arrow goes."""
    (down, right), (row, column) = STEPS[way], at
    before = (row, column) in filled and (row + down, column + right) in filled
    while True:
        row, column = row + down, column + right
        if not (-1 <= row <= SIDE and -1 <= column <= SIDE) or row < 0 or column < 0:
            edge = EDGE[way]
            return (edge, at[1]) if down else (at[0], edge)
        if before and (row + down, column + right) not in filled:
            return row, column
        if not before and (row, column) in filled:
            return row, column


def _filled(grid: list[list[object]]) -> set[tuple[int, int]]:
    return {(r, c) for r, row in enumerate(grid) for c, one in enumerate(row) if one is not None}


def _put(sheet: xw.Sheet, grid: list[list[object]]) -> None:
    sheet.clear()
    sheet["A1"].value = grid


@fewer
@given(grids, places)
def test_the_jump_ends_where_single_steps_say(
    sheet: xw.Sheet, grid: list[list[object]], place: tuple[int, int]
) -> None:
    _put(sheet, grid)
    for way in STEPS:
        found = sheet[place].end(way)
        assert (found.row - 1, found.column - 1) == _jump(_filled(grid), place, way), way


@fewer
@given(grids, places)
def test_expanding_reaches_as_far_as_xlwings_own_expander(
    sheet: xw.Sheet, grid: list[list[object]], place: tuple[int, int]
) -> None:
    _put(sheet, grid)
    for mode, expander in {
        "table": expansion.TableExpander(),
        "down": expansion.VerticalExpander(),
        "right": expansion.HorizontalExpander(),
    }.items():
        assert sheet[place].expand(mode).address == expander.expand(sheet[place]).address, mode


def test_expanding_a_block_keeps_its_other_side(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    assert sheet["A1:B1"].expand("down").address == "$A$1:$B$3"
    assert sheet["A1:A2"].expand("r").address == "$A$1:$C$2"
    # Through the engine: xlwings 0.36 expands by itself and steps over the edge.
    assert sheet["XFD1048576"].impl.expand().address == "$XFD$1048576"
    assert sheet["A1"].expand(expansion.TableExpander()).address == "$A$1:$C$3"


def test_jumps_end_at_the_edges_of_the_sheet(sheet: xw.Sheet) -> None:
    assert [sheet["C3"].end(way).address for way in STEPS] == ["$C$1048576", "$C$1", "$XFD$3", "$A$3"]
    with pytest.raises(ValueError, match="aside"):
        sheet["C3"].end("aside")


def _region(filled: set[tuple[int, int]], place: tuple[int, int]) -> tuple[int, int, int, int]:
    top, left, bottom, right = *place, *place
    while True:
        near = {(r, c) for r, c in filled if top - 1 <= r <= bottom + 1 and left - 1 <= c <= right + 1}
        wider = (
            min([top, *(r for r, _ in near)]),
            min([left, *(c for _, c in near)]),
            max([bottom, *(r for r, _ in near)]),
            max([right, *(c for _, c in near)]),
        )
        if wider == (top, left, bottom, right):
            return wider
        top, left, bottom, right = wider


@fewer
@given(grids, places)
def test_a_region_is_what_empty_rows_and_columns_bound(
    sheet: xw.Sheet, grid: list[list[object]], place: tuple[int, int]
) -> None:
    _put(sheet, grid)
    top, left, bottom, right = _region(_filled(grid), place)
    assert sheet[place].current_region == sheet[top : bottom + 1, left : right + 1]


def _cells(areas: list[xw.Range]) -> set[tuple[int, int]]:
    return {(cell.row - 1, cell.column - 1) for area in areas for cell in area}


@pytest.mark.skipif(not hasattr(xw.Range, "get_special_cells"), reason="this xlwings has no special cells")
def test_special_cells_are_told_apart(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["A1"].value = [[1, "x", True, None], ["=1+1", '="x"', "=1=1", "=1/0"], [2.5, "y", False, "край"]]
    cells = sheet["A1:E4"]
    assert _cells(cells.get_special_cells("blanks")) == {(0, 3)}
    assert _cells(cells.get_special_cells("constants")) == {(0, 0), (0, 1), (0, 2), (2, 0), (2, 1), (2, 2), (2, 3)}
    assert _cells(cells.get_special_cells("constants", "numbers")) == {(0, 0), (2, 0)}
    assert _cells(cells.get_special_cells("constants", "logical")) == {(0, 2), (2, 2)}
    assert _cells(cells.get_special_cells("constants", "text")) == {(0, 1), (2, 1), (2, 3)}
    assert _cells(cells.get_special_cells("formulas")) == {(1, 0), (1, 1), (1, 2), (1, 3)}
    assert _cells(cells.get_special_cells("formulas", "numbers")) == {(1, 0)}
    assert _cells(cells.get_special_cells("formulas", "logical")) == {(1, 2)}
    assert _cells(cells.get_special_cells("formulas", "errors")) == {(1, 3)}
    assert cells.get_special_cells("constants", "errors") == []
    raw.cell("A2").Rows.IsVisible = False
    assert {row for row, _ in _cells(cells.get_special_cells("visible"))} == {0, 2, 3}


@pytest.mark.skipif(not hasattr(xw.Range, "find"), reason="this xlwings does not search")
def test_search_finds_what_cells_show_in_the_wanted_order(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["abc", "Abcd"], ["x", "abc"], [12.5, "a*c"]]
    cells = sheet["A1:B3"]

    def found(text: str, **how: object) -> str | None:
        cell = cells.find(text, **how)
        return cell.address if cell else None

    assert found("ABC") == "$A$1"
    assert found("bcd") == "$B$1"
    assert found("abc", direction="backward") == "$B$2"
    assert found("abc", whole=True, direction="backward") == "$B$2"
    assert found("Abc", match_case=True) == "$B$1"
    assert found("x", order="columns") == "$A$2"
    assert found("12.5") == "$A$3"
    assert found("a~*c") == "$B$3"
    assert found("a?cd") == "$B$1"
    assert found("нет") is None
    assert found("a.c") is None


@pytest.mark.skipif(not hasattr(xw.Range, "replace_all"), reason="this xlwings does not replace")
def test_texts_are_replaced_and_nothing_else(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["A1"].value = [["Черновик"], ["черновик справки"], ["=LEN(A1)"], ["$1&"]]
    sheet["A1:A3"].replace_all("черновик", "Итог $1 & \\ конец")
    assert raw.cell("A1").String == "Итог $1 & \\ конец"
    assert raw.cell("A2").String == "Итог $1 & \\ конец справки"
    assert raw.cell("A4").String == "$1&"
    sheet["A1:A4"].replace_all("Итог", "x", whole=True)
    assert raw.cell("A1").String == "Итог $1 & \\ конец"
    sheet["A3"].replace_all("A1", "A4")
    assert raw.cell("A3").Formula == "=LEN(A4)"
