"""Sheets: added, renamed, copied, moved, hidden, deleted, emptied; the same sheet stays the same."""

from __future__ import annotations

import pytest
import xlwings as xw

from tests.libreoffice.conftest import Raw, raw_of
from xlpy.errors import HostError
from xlpy.libreoffice.verbs.desk import Desk

COVERS = (
    "Sheets.__call__",
    "Sheets.__len__",
    "Sheets.__iter__",
    "Sheets.active",
    "Sheets.add",
    "Sheet.name",
    "Sheet.index",
    "Sheet.book",
    "Sheet.range",
    "Sheet.cells",
    "Sheet.activate",
    "Sheet.select",
    "Sheet.clear",
    "Sheet.clear_contents",
    "Sheet.clear_formats",
    "Sheet.autofit",
    "Sheet.delete",
    "Sheet.copy",
    "Sheet.move",
    "Sheet.used_range",
    "Sheet.visible",
    "Sheet.show_gridlines",
    "Sheet.charts",
    "App.selection",
)


def _names(raw: Raw) -> list[str]:
    return list(raw.document.Sheets.ElementNames)


def test_sheets_are_found_by_name_without_capitals_and_by_place(book: xw.Book, raw: Raw) -> None:
    raw.document.Sheets.insertNewByName("Учителя", 1)
    assert book.sheets["учителя"].name == "Учителя"
    assert book.sheets[-1] == book.sheets["Учителя"] == book.sheets(2)
    assert [sheet.name for sheet in book.sheets] == _names(raw) == book.sheet_names
    assert len(book.sheets) == 2
    with pytest.raises(KeyError):
        book.sheets["нет"]
    with pytest.raises(IndexError):
        book.sheets[5]


def test_a_sheet_is_added_where_it_is_wanted_and_becomes_active(book: xw.Book, raw: Raw) -> None:
    first = _names(raw)[0]
    book.sheets.add("после", after=first)
    book.sheets.add("до", before=first)
    assert _names(raw) == ["до", first, "после"]
    added = book.sheets.add()
    assert _names(raw).index(added.name) == 0
    assert book.sheets.active == added
    assert raw.document.CurrentController.ActiveSheet.Name == added.name
    with pytest.raises(ValueError, match="ПОСЛЕ"):
        book.sheets.add("ПОСЛЕ")


def test_a_sheet_stays_the_same_when_it_is_renamed_and_moved_by_the_user(book: xw.Book, raw: Raw) -> None:
    sheet = book.sheets[0]
    sheet["A1"].value = "моя"
    raw.sheet.Name = "Переименован"
    raw.document.Sheets.insertNewByName("Перед ним", 0)
    raw.document.Sheets.moveByName("Переименован", 2)
    assert (sheet.name, sheet.index) == ("Переименован", 2)
    assert sheet["A1"].value == "моя"


def test_a_sheet_deleted_by_the_user_is_never_taken_for_its_neighbour(book: xw.Book, raw: Raw) -> None:
    neighbour = book.sheets[0]
    neighbour["A1"].value = "соседа"
    doomed = book.sheets.add("Замечания", after=neighbour)
    raw.document.Sheets.removeByName("Замечания")
    for attempt in (lambda: doomed.name, lambda: doomed["A1"].value, lambda: setattr(doomed["A1"], "value", "чужое")):
        with pytest.raises(HostError) as caught:
            attempt()
        assert caught.value.code == "sheet_gone"
    assert raw.cell("A1").String == "соседа"
    again = book.sheets.add("Замечания", after=neighbour)
    again["A1"].value = "новое"
    assert raw.document.Sheets.getByName("Замечания").getCellByPosition(0, 0).String == "новое"
    with pytest.raises(HostError):
        doomed["A1"].value = "чужое"


def test_a_name_that_another_sheet_has_is_refused(book: xw.Book, raw: Raw) -> None:
    sheet = book.sheets.add("Один")
    with pytest.raises(ValueError, match="sheet1"):
        sheet.name = "sheet1"
    sheet.name = "ОДИН"
    assert "ОДИН" in _names(raw)


def test_the_active_sheet_is_the_one_in_front(book: xw.Book, raw: Raw) -> None:
    first = book.sheets[0]
    second = book.sheets.add("Второй", after=first)
    first.activate()
    assert raw.document.CurrentController.ActiveSheet.Name == first.name
    second.select()
    assert book.sheets.active == second
    raw.document.CurrentController.setActiveSheet(raw.sheet)
    assert book.sheets.active == first


def test_what_is_selected_is_a_range_of_its_sheet(app: xw.App, book: xw.Book, raw: Raw) -> None:
    raw.document.CurrentController.select(raw.cell("B2:C5"))
    assert app.selection.address == "$B$2:$C$5"
    assert book.selection.sheet == book.sheets[0]
    ranges = raw.document.createInstance("com.sun.star.sheet.SheetCellRanges")
    ranges.addRangeAddress(raw.cell("D1").RangeAddress, False)
    ranges.addRangeAddress(raw.cell("F3:G4").RangeAddress, False)
    raw.document.CurrentController.select(ranges)
    assert app.selection.address == "$D$1"


def test_a_sheet_is_copied_within_its_book_and_into_another(book: xw.Book, raw: Raw, desk: Desk) -> None:
    sheet = book.sheets[0]
    sheet["A1"].value = "копия"
    copied = sheet.copy(name="Копия")
    assert _names(raw) == [sheet.name, "Копия"]
    assert copied["A1"].value == "копия"
    assert sheet.copy(before=sheet).index == 1
    other = book.app.books.add()
    sheet.copy(after=other.sheets[0])
    there = raw_of(desk, other).document.Sheets
    assert there.Count == 2
    assert there.getByIndex(1).getCellByPosition(0, 0).String == "копия"


def test_a_sheet_is_moved_before_and_after_another(book: xw.Book, raw: Raw) -> None:
    first = book.sheets[0]
    for name in ("б", "в", "г"):
        book.sheets.add(name, after=book.sheets[-1])
    impl = book.sheets["г"].impl
    impl.move(before=first.impl, after=None)
    assert _names(raw) == ["г", first.name, "б", "в"]
    impl.move(before=None, after=book.sheets["б"].impl)
    assert _names(raw) == [first.name, "б", "г", "в"]
    first.impl.move(before=None, after=book.sheets["в"].impl)
    assert _names(raw) == ["б", "г", "в", first.name]


def test_a_sheet_is_hidden_but_never_the_last_one(book: xw.Book, raw: Raw) -> None:
    first = book.sheets[0]
    second = book.sheets.add("Второй", after=first)
    second.visible = False
    assert not raw.document.Sheets.getByName("Второй").IsVisible
    assert not second.visible
    with pytest.raises(ValueError, match=first.name):
        first.visible = False
    with pytest.raises(ValueError, match="Второй"):
        second.activate()
    with pytest.raises(ValueError, match=first.name):
        first.delete()
    second.visible = True
    first.delete()
    assert _names(raw) == ["Второй"]


def test_a_sheet_is_emptied_of_contents_of_looks_or_of_both(book: xw.Book, raw: Raw) -> None:
    sheet = book.sheets[0]

    def fill() -> None:
        raw.cell("A1:A3").setDataArray((("т",), (1.0,), ("=1",)))
        raw.cell("B7").Formula = "=1+1"
        raw.cell("A1").CellBackColor = 0xFF0000
        raw.cell("A2").CharWeight = 150.0
        raw.cell("A2").NumberFormat = 10

    def is_plain() -> bool:
        cell = raw.cell("A2")
        return raw.cell("A1").CellBackColor == -1 and cell.CharWeight == 100.0 and cell.NumberFormat == 0

    fill()
    sheet.clear_contents()
    assert raw.cell("A1:B7").getDataArray() == (("", ""),) * 7
    assert not is_plain()
    fill()
    sheet.clear_formats()
    assert raw.cell("A2").Value == 1.0
    assert raw.cell("B7").Formula == "=1+1"
    assert is_plain()
    fill()
    sheet.clear()
    assert raw.cell("B7").Formula == ""
    assert is_plain()


def test_rows_and_columns_fit_what_is_in_them(book: xw.Book, raw: Raw) -> None:
    columns, rows = raw.sheet.Columns, raw.sheet.Rows
    before = columns.getByIndex(0).Width
    raw.cell("A1").String = "очень длинное содержимое одной ячейки " * 3
    raw.cell("A1").CharHeight = 40
    rows.getByIndex(0).Height = 300
    book.sheets[0].autofit("c")
    assert columns.getByIndex(0).Width > before * 3
    assert rows.getByIndex(0).Height == 300
    book.sheets[0].autofit("r")
    assert rows.getByIndex(0).Height > 1000
    with pytest.raises(ValueError, match="сбоку"):
        book.sheets[0].autofit("сбоку")


def test_what_is_used_reaches_from_the_first_to_the_last_cell(sheet: xw.Sheet, raw: Raw) -> None:
    assert sheet.used_range.address == "$A$1"
    raw.cell("C4").String = "x"
    raw.cell("F9").Value = 1
    assert sheet.used_range.address == "$C$4:$F$9"
    assert sheet.cells.shape == (raw.sheet.Rows.Count, raw.sheet.Columns.Count)
    assert sheet.cells[3, 2].value == "x"


def _grids(raw: Raw) -> dict[str, bool]:
    raw.document.setViewData(None)
    view = {one.Name: one.Value for one in raw.document.getViewData().getByIndex(0)}
    tables = view["Tables"]
    return {
        name: next(one.Value for one in tables.getByName(name) if one.Name == "ShowGrid")
        for name in tables.ElementNames
    }


def test_lines_of_the_grid_are_those_of_one_sheet(book: xw.Book, raw: Raw) -> None:
    first = book.sheets[0]
    second = book.sheets.add("Второй", after=first)
    impl = first.impl
    impl.show_gridlines = False
    assert not impl.show_gridlines
    assert second.impl.show_gridlines
    assert book.sheets.active == second
    assert _grids(raw) == {first.name: False, "Второй": True}
    impl.show_gridlines = True
    assert impl.show_gridlines
    assert _grids(raw) == {first.name: True, "Второй": True}


def test_a_sheet_without_charts_has_none(sheet: xw.Sheet) -> None:
    assert len(sheet.charts) == 0
    assert list(sheet.charts) == []
    assert "график" not in sheet.charts
