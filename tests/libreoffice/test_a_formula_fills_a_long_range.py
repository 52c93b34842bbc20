"""A formula over hundreds of cells is filled by the office itself; nobody can tell that from each cell written."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import xlwings as xw
from hypothesis import given
from hypothesis import strategies as st

from tests.libreoffice.conftest import Raw
from xlpy.libreoffice.fills import filled, moved
from xlpy.libreoffice.verbs.runtime import enum

ROWS = 600


def _looks(raw: Raw, address: str) -> list[tuple[Any, ...]]:
    cells = raw.cell(address)
    found = [cells.getCellByPosition(c, r) for r in range(cells.Rows.Count) for c in range(cells.Columns.Count)]
    return [(one.CellBackColor, one.CharWeight, one.NumberFormat, one.CellStyle) for one in found]


def _expected(formula: str, columns: int) -> tuple[tuple[str, ...], ...]:
    return tuple(map(tuple, filled(formula, ROWS, columns)))


@given(st.sampled_from(["=A1*$B$1", "=SUM(A:A)-B$2", '="A1"&$A1', "=1"]), st.integers(0, 9), st.integers(0, 9))
def test_one_moved_formula_is_that_of_the_whole_block(formula: str, down: int, right: int) -> None:
    assert moved(formula, down, right) == filled(formula, down + 1, right + 1)[down][right]


def test_references_move_along_to_the_last_row(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["D2"].resize(ROWS, 2).formula = "=A1*$B$1+B$2"
    assert raw.cell(f"D2:E{ROWS + 1}").getFormulaArray() == _expected("=A1*$B$1+B$2", 2)
    assert [raw.cell(at).String for at in ("D1", "F2", f"D{ROWS + 2}")] == ["", "", ""]


def test_looks_of_the_cells_stay_as_they_were(sheet: xw.Sheet, raw: Raw) -> None:
    raw.cell("D2:D9").CellBackColor = 0xFF0000
    raw.cell("E300:E400").CharWeight = 150.0
    raw.cell("D600:E600").NumberFormat = 4
    before = _looks(raw, "D1:E620")
    sheet["D2"].resize(ROWS, 2).formula = "=A1*2"
    assert _looks(raw, "D1:E620") == before
    assert raw.cell(f"D2:E{ROWS + 1}").getFormulaArray() == _expected("=A1*2", 2)


def test_looks_that_change_with_each_row_stay_too(sheet: xw.Sheet, raw: Raw) -> None:
    for row in range(1, ROWS, 3):
        raw.sheet.getCellByPosition(3, row).CellBackColor = row
    before = _looks(raw, "D1:D620")
    sheet["D1"].resize(ROWS).formula = "=A1"
    assert _looks(raw, "D1:D620") == before
    assert raw.cell(f"D1:D{ROWS}").getFormulaArray() == _expected("=A1", 1)


def test_hidden_rows_and_merged_cells_are_not_passed_over(sheet: xw.Sheet, raw: Raw) -> None:
    raw.cell("A5:A9").Rows.IsVisible = False
    sheet["D1"].resize(ROWS).formula = "=A1"
    assert raw.cell(f"D1:D{ROWS}").getFormulaArray() == _expected("=A1", 1)
    raw.cell("A5:A9").Rows.IsVisible = True
    raw.cell("F20:F22").merge(True)
    sheet["F1"].resize(ROWS).formula = "=C1"
    assert raw.cell(f"F1:F{ROWS}").getFormulaArray() == _expected("=C1", 1)


def test_notes_stay_where_they_are(sheet: xw.Sheet, raw: Raw) -> None:
    raw.sheet.Annotations.insertNew(raw.cell("D1").CellAddress, "заметка")
    sheet["D1"].resize(ROWS).formula = "=A1"
    notes = raw.sheet.Annotations
    assert [notes.getByIndex(at).Position.Row for at in range(notes.Count)] == [0]


def test_a_whole_column_and_what_stood_in_it(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["B3"].value = [["было"], [7], [5]]
    sheet["B:B"].formula = "=A1+1"
    assert [raw.cell(at).Formula for at in ("B1", "B4", "B1048576")] == ["=A1+1", "=A4+1", "=A1048576+1"]


def test_a_whole_column_whose_looks_differ_is_refused_not_waited_for(sheet: xw.Sheet, raw: Raw) -> None:
    raw.cell("B4").CharWeight = 150.0
    with pytest.raises(NotImplementedError, match=r"Range\.formula"):
        sheet["B:B"].formula = "=A1+1"
    assert raw.cell("B1").Formula == ""


def test_one_step_of_undo_brings_back_what_stood_there(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["D3"].value = [["было"], [True], [5]]
    before = raw.cell("D1:D610").getFormulaArray()
    steps = len(raw.document.UndoManager.getAllUndoActionTitles())
    sheet["D1"].resize(ROWS).formula = "=A1+1"
    assert len(raw.document.UndoManager.getAllUndoActionTitles()) == steps + 1
    raw.document.UndoManager.undo()
    assert raw.cell("D1:D610").getFormulaArray() == before


def test_formulas_that_go_on_above_and_below_outlive_undo(sheet: xw.Sheet, raw: Raw) -> None:
    states = []
    for top in (1, 1 + 2 * ROWS, 1 + ROWS):
        states.append(raw.cell("D1:D1810").getFormulaArray())
        sheet[f"D{top}"].resize(ROWS).formula = f"=A{top}+1"
    for state in reversed(states):
        raw.document.UndoManager.undo()
        assert raw.cell("D1:D1810").getFormulaArray() == state


def test_undo_survives_looks_that_change_on_the_way_down(sheet: xw.Sheet, raw: Raw) -> None:
    raw.cell("D4").CharWeight = 150.0
    sheet["D1"].resize(ROWS).formula = "=A1+1"
    raw.document.UndoManager.undo()
    assert raw.cell("D1:D610").computeFunction(enum("sheet.GeneralFunction", "COUNT")) == 0


def test_dates_and_their_formats_are_one_step_of_undo(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["A1"].value = [[True, "x"]]
    steps = len(raw.document.UndoManager.getAllUndoActionTitles())
    sheet["A1"].value = [[dt.date(2026, 4, 20), "=A1+1"]]
    assert len(raw.document.UndoManager.getAllUndoActionTitles()) == steps + 1
    raw.document.UndoManager.undo()
    assert sheet["A1:B1"].value == [True, "x"]


def test_more_cells_than_memory_holds_are_refused_and_emptied_all_the_same(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["B2"].value = 1
    for refused in (lambda: sheet.cells.value, lambda: sheet.cells.formula, lambda: setattr(sheet.cells, "value", 5)):
        with pytest.raises(MemoryError):
            refused()
    assert raw.cell("B2").Value == 1
    sheet.cells.value = None
    assert raw.cell("B2").String == ""


def test_half_a_character_is_refused_by_name(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["A1"].value = "before"
    with pytest.raises(ValueError, match="no cell can hold"):
        sheet["A1"].value = [["x", "имя\ud800"]]
    assert raw.cell("A1").String == "before"
