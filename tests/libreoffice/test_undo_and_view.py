"""One Ctrl+Z takes back a whole action; the user's place on the sheet stays; the status bar is lent, not taken."""

from __future__ import annotations

import pytest
import xlwings as xw

from tests.libreoffice.conftest import Raw
from xlpy.libreoffice.hosting import (
    end_status,
    is_modified,
    keep_view,
    one_step,
    set_modified,
    show_progress,
    show_status,
    unrecorded,
)
from xlpy.libreoffice.verbs.runtime import enum


def _titles(raw: Raw) -> tuple[str, ...]:
    return tuple(raw.document.UndoManager.getAllUndoActionTitles())


def test_an_action_of_many_writes_is_one_step(book: xw.Book, raw: Raw) -> None:
    sheet = book.sheets[0]
    raw.cell("A1").String = "до"
    before = _titles(raw)
    with one_step(book, "Назначить проверяющих"):
        sheet["A1"].value = [["а", 1], ["б", 2]]
        sheet["D5"].value = "в"
        book.sheets.add("Новый", after=sheet)
    assert _titles(raw) == ("Назначить проверяющих", *before)
    raw.document.UndoManager.undo()
    assert raw.cell("A1:D5").getDataArray()[0] == ("до", "", "", "")
    assert raw.cell("D5").String == ""
    assert raw.document.Sheets.Count == 1
    assert _titles(raw) == before


def test_a_plain_write_is_one_step_that_is_taken_back_whole(book: xw.Book, raw: Raw) -> None:
    """LibreOffice alone leaves what was written into cells that were empty."""
    raw.cell("B2").Formula = "=1+1"
    raw.cell("A1").CellBackColor = 0xFF0000
    raw.cell("C3").NumberFormat = 10
    area = raw.cell("A1:D5")
    before, steps = area.getFormulaArray(), _titles(raw)
    book.sheets[0]["A1"].value = [["а", 1, None], [None, 2, "б"], [3, "в", 4]]
    after = area.getFormulaArray()
    assert after != before
    assert len(_titles(raw)) == len(steps) + 1
    for _ in range(2):
        raw.document.UndoManager.undo()
        assert area.getFormulaArray() == before
        assert _titles(raw) == steps
        raw.document.UndoManager.redo()
        assert area.getFormulaArray() == after
    assert (raw.cell("A1").CellBackColor, raw.cell("C3").NumberFormat) == (0xFF0000, 10)


def test_an_action_that_fails_leaves_nothing_and_no_step(book: xw.Book, raw: Raw) -> None:
    sheet = book.sheets[0]
    raw.cell("A1").String = "до"
    before = _titles(raw)

    def work() -> None:
        with one_step(book, "Проверить"):
            sheet["A1"].value = [["испорчено", 1], [2, 3]]
            raise RuntimeError("посреди")

    with pytest.raises(RuntimeError, match="посреди"):
        work()
    assert raw.cell("B1:B2").getDataArray() == (("",), ("",))
    assert raw.cell("A1").String == "до"
    assert _titles(raw) == before
    assert raw.document.UndoManager.getAllRedoActionTitles() == ()


def test_an_action_that_fails_before_it_wrote_takes_back_nothing_of_the_user(book: xw.Book, raw: Raw) -> None:
    raw.cell("A1").String = "пользователя"
    before = _titles(raw)
    with pytest.raises(RuntimeError), one_step(book, "Проверить"):
        raise RuntimeError
    assert raw.cell("A1").String == "пользователя"
    assert _titles(raw) == before


def test_an_action_that_writes_nothing_leaves_no_step(book: xw.Book, raw: Raw) -> None:
    before = _titles(raw)
    with one_step(book, "Проверить"):
        pass
    assert _titles(raw) == before


def test_what_is_unrecorded_leaves_no_step_even_after_an_error(book: xw.Book, raw: Raw) -> None:
    before = _titles(raw)

    def work() -> None:
        with unrecorded(book):
            book.sheets[0]["A1"].value = 1
            raise RuntimeError

    with pytest.raises(RuntimeError):
        work()
    assert _titles(raw) == before
    raw.cell("A2").String = "записано"
    assert len(_titles(raw)) == len(before) + 1


def test_the_user_stays_where_they_were(book: xw.Book, raw: Raw) -> None:
    sheet = book.sheets[0]
    other = book.sheets.add("Другой", after=sheet)
    view = raw.document.CurrentController
    view.setActiveSheet(raw.sheet)
    view.select(raw.cell("C120:E125"))
    view.setFirstVisibleRow(100)
    view.setFirstVisibleColumn(2)
    with keep_view(book):
        other.activate()
        view.select(other.range("A1") and raw.document.Sheets.getByIndex(1).getCellRangeByName("B7"))
        sheet["A1"].value = [[1] * 5] * 300
    assert view.ActiveSheet.Name == sheet.name
    assert raw.document.CurrentSelection.AbsoluteName.endswith("$C$120:$E$125")
    assert (view.FirstVisibleRow, view.FirstVisibleColumn) == (100, 2)


def test_a_selection_of_several_areas_comes_back(book: xw.Book, raw: Raw) -> None:
    ranges = raw.document.createInstance("com.sun.star.sheet.SheetCellRanges")
    for address in ("B2:B4", "D7"):
        ranges.addRangeAddress(raw.cell(address).RangeAddress, False)
    raw.document.CurrentController.select(ranges)
    with keep_view(book):
        raw.document.CurrentController.select(raw.cell("A1"))
    assert len(raw.document.CurrentSelection.getRangeAddresses()) == 2


def test_frozen_panes_keep_their_scroll(book: xw.Book, raw: Raw) -> None:
    view = raw.document.CurrentController
    view.freezeAtPosition(1, 2)
    last = view.getByIndex(view.Count - 1)
    last.setFirstVisibleRow(80)
    with keep_view(book):
        view.select(raw.cell("Z500"))
    assert view.getByIndex(view.Count - 1).FirstVisibleRow == 80


def test_a_sheet_that_is_gone_is_nobodys_place_any_more(book: xw.Book, raw: Raw) -> None:
    book.sheets.add("Недолгий")
    with keep_view(book):
        raw.document.Sheets.removeByName("Недолгий")
    assert raw.document.CurrentController.ActiveSheet.Name == book.sheets[0].name


def test_the_status_bar_shows_and_is_given_back(app: xw.App, book: xw.Book) -> None:
    assert app.status_bar is False
    show_status(book, "Проверяю ввод")
    assert app.status_bar == "Проверяю ввод"
    for done in range(3):
        show_progress(book, "Пишу протоколы", done, 3)
    assert app.status_bar == "Пишу протоколы"
    end_status(book)
    end_status(book)
    assert app.status_bar is False


@pytest.mark.usefixtures("book")
def test_a_book_that_is_closed_takes_its_status_along(app: xw.App) -> None:
    other = app.books.add()
    show_status(other, "Идёт")
    other.close()
    assert app.status_bar is False


def test_whether_a_book_is_saved_is_known_and_can_be_said(book: xw.Book, raw: Raw) -> None:
    assert not is_modified(book)
    book.sheets[0]["A1"].value = 1
    assert is_modified(book)
    assert raw.document.isModified()
    set_modified(book, modified=False)
    assert not raw.document.isModified()


def test_a_formula_put_back_among_others_can_be_undone_and_done_again(book: xw.Book, raw: Raw) -> None:
    """LibreOffice itself ends at redo where setFormulaArray replaces a value that stands among equal formulas."""
    sheet = book.sheets[0]
    raw.cell("A1:A60").setDataArray(tuple((float(row),) for row in range(60)))
    raw.cell("B1").Formula = "=A1*2"
    raw.cell("B1:B60").fillAuto(enum("sheet.FillDirection", "TO_BOTTOM"), 1)
    raw.cell("B30").Value = 7.0
    wanted = tuple((f"=A{row}*2",) for row in range(1, 61))

    for address in ("B30", "B25:B35", "B1:B60"):
        raw.document.getUndoManager().clear()
        first, last = _rows(address)
        sheet[address].formula = [[f"=A{row}*2"] for row in range(first, last + 1)]
        raw.document.getUndoManager().undo()
        assert raw.cell("B30").Formula == "7"
        raw.document.getUndoManager().redo()
        assert raw.cell("B1:B60").getFormulaArray() == wanted
        raw.document.getUndoManager().undo()
    assert raw.cell("B30").Value == 7.0


def _rows(address: str) -> tuple[int, int]:
    first, _, last = address.replace("B", "").partition(":")
    return int(first), int(last or first)
