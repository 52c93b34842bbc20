"""Right of the last column in use nothing stands, whatever LibreOffice answers about such cells when it is asked."""

from __future__ import annotations

from typing import Any

import pytest
import xlwings as xw

from tests.libreoffice.conftest import Raw

FILLINGS: list[list[list[Any]]] = [[["а"], ["б"], ["в"]], [[1], [2], [3]], [["=1+1"], ["=2+2"], ["=3"]]]


@pytest.fixture(params=FILLINGS, ids=["text", "numbers", "formulas"])
def filled(request: pytest.FixtureRequest, sheet: xw.Sheet) -> xw.Sheet:
    """C3:C5, and nothing else on the sheet."""
    sheet["C3:C5"].value = request.param
    return sheet


def test_they_have_no_formulas(filled: xw.Sheet, raw: Raw) -> None:
    assert raw.cell("D3:E5").getFormulaArray() == (("", ""),) * 3
    assert filled["D3:E5"].formula == (("", ""),) * 3
    assert filled["F4"].formula == ""
    assert filled["C3:E3"].formula[0][1:] == ("", "")


def test_an_empty_column_ends_at_the_edges_of_the_sheet(filled: xw.Sheet) -> None:
    assert filled["F1"].end("down").address == "$F$1048576"
    assert filled["F4"].end("down").address == "$F$1048576"
    assert filled["F1048576"].end("up").address == "$F$1"
    assert filled["F4"].end("left").address == "$C$4"


@pytest.mark.skipif(not hasattr(xw.Range, "get_special_cells"), reason="this xlwings finds no special cells")
@pytest.mark.parametrize("kind", ["constants", "formulas"])
def test_they_are_neither_constants_nor_formulas(kind: str, filled: xw.Sheet) -> None:
    assert filled["E1:F9"].get_special_cells(kind) == []


@pytest.mark.skipif(not hasattr(xw.Range, "get_special_cells"), reason="this xlwings finds no special cells")
@pytest.mark.parametrize("value", ["numbers", "text", "logical", "errors"])
@pytest.mark.parametrize("kind", ["constants", "formulas"])
def test_nor_are_they_any_kind_of_those(kind: str, value: str, filled: xw.Sheet) -> None:
    assert filled["E1:F9"].get_special_cells(kind, value) == []


@pytest.mark.skipif(not hasattr(xw.Range, "get_special_cells"), reason="this xlwings finds no special cells")
def test_special_cells_of_a_kind_are_still_found(sheet: xw.Sheet) -> None:
    sheet["B2"].value = [[1, True, "а"], ["=1+1", "=1=1", '="б"']]
    found = [
        [
            [one.address for one in sheet["A1:F9"].get_special_cells(kind, value)]
            for value in ("numbers", "logical", "text")
        ]
        for kind in ("constants", "formulas")
    ]
    assert found == [[["$B$2"], ["$C$2"], ["$D$2"]], [["$B$3"], ["$C$3"], ["$D$3"]]]
