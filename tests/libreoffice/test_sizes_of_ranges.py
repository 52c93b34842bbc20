"""Rows and columns: how large, where, hidden, grouped; merged cells. The office counts in 1/100 mm."""

from __future__ import annotations

import pytest
import xlwings as xw

from tests.libreoffice.conftest import Raw
from xlpy.libreoffice.sizes import characters_of, size_of

COVERS = (
    "Range.column_width",
    "Range.row_height",
    "Range.width",
    "Range.height",
    "Range.left",
    "Range.top",
    "Range.autofit",
    "Range.row_hidden",
    "Range.column_hidden",
    "Range.group",
    "Range.ungroup",
    "Range.merge",
    "Range.unmerge",
    "Range.merge_area",
    "Range.merge_cells",
)


@pytest.mark.parametrize("characters", [0, 0.5, 1, 8.43, 10, 15.71, 60, 255])
def test_widths_are_counted_in_characters_as_excel_does(sheet: xw.Sheet, raw: Raw, characters: float) -> None:
    sheet["B:C"].column_width = characters
    assert sheet["B1"].column_width == sheet["B1:C1"].column_width == pytest.approx(characters, abs=0.01)
    pixels = characters * 7 + 5 if characters >= 1 else characters * 12
    if characters:
        assert raw.cell("C1").Columns.Width == pytest.approx(pixels * 2540 / 96, abs=2)
    assert characters_of(size_of(characters)) == pytest.approx(characters, abs=0.01)


def test_heights_are_points(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["3:4"].row_height = 30
    assert raw.cell("A3").Rows.Height == pytest.approx(30 * 2540 / 72, abs=1)
    assert sheet["A3:A4"].row_height == 30
    sheet["A9"].value = 1
    assert sheet["A1:A5"].row_height is None
    sheet["B1"].column_width = 20
    assert sheet["A1:B1"].column_width is None or raw.cell("B9").String == ""
    sheet["C1"].value = 1
    assert sheet["A1:C1"].column_width is None
    for wrong in (-1, 410):
        with pytest.raises(ValueError, match=str(wrong)):
            sheet["A1"].row_height = wrong
    with pytest.raises(ValueError, match="256"):
        sheet["A1"].column_width = 256


def test_a_height_that_differs_far_down_is_noticed(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["A1:A400"].value = 1
    assert sheet["A1:A400"].row_height is not None
    raw.cell("A377").Rows.Height = 2000
    assert sheet["A1:A400"].row_height is None


def test_places_are_points_from_the_sheets_corner(sheet: xw.Sheet, raw: Raw) -> None:
    cells, bare = sheet["C4:D6"], raw.cell("C4:D6")
    points = [one * 72 / 2540 for one in (bare.Position.X, bare.Position.Y, bare.Size.Width, bare.Size.Height)]
    assert [cells.left, cells.top, cells.width, cells.height] == pytest.approx(points, abs=0.03)
    assert (sheet["A1"].left, sheet["A1"].top) == (0, 0)


def test_columns_and_rows_fit_what_is_in_them(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["A1"].value = "Очень длинное название мероприятия плана"
    sheet["B1"].value = "x\ny\nz"
    raw.cell("B1").IsTextWrapped = True
    raw.cell("A1").Rows.Height = 500
    before = raw.cell("A1").Columns.Width
    sheet["A1:B1"].columns.autofit()
    assert raw.cell("A1").Columns.Width > before * 2
    assert raw.cell("A1").Rows.Height == pytest.approx(500, abs=2)
    sheet["A1:B1"].rows.autofit()
    assert raw.cell("A1").Rows.Height > 1000
    sheet["A1:B1"].autofit()
    with pytest.raises(ValueError, match="z"):
        sheet["A1"].impl.autofit("z")


@pytest.mark.skipif(not hasattr(xw.Range, "find"), reason="the rows of this xlwings cannot be hidden")
def test_rows_and_columns_are_hidden_and_shown(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["A3:A4"].rows.hidden = True
    sheet["B1"].columns.hidden = True
    assert [raw.cell(f"A{row}").Rows.IsVisible for row in (2, 3, 4, 5)] == [True, False, False, True]
    assert not raw.cell("B1").Columns.IsVisible
    assert sheet["A3:A4"].rows.hidden is True
    assert sheet["A1:A3"].rows.hidden is None
    assert sheet["A1:A2"].rows.hidden is False
    assert sheet["B2"].columns.hidden is True
    assert sheet["B3"].rows.hidden is True
    assert sheet["A1:C1"].columns.hidden is None
    sheet["A1:A9"].rows.hidden = False
    assert raw.cell("A3").Rows.IsVisible
    sheet["B1"].column_width = 0
    assert sheet["B1"].column_width == 0
    sheet["B1"].column_width = 10
    assert raw.cell("B1").Columns.IsVisible


def test_rows_and_columns_are_grouped(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["2:4"].group()
    sheet["B:C"].group()
    sheet["E1"].group("columns")
    raw.sheet.showLevel(0, _rows_way())
    assert [raw.cell(f"A{row}").Rows.IsVisible for row in (1, 2, 4, 5)] == [True, False, False, True]
    raw.sheet.showLevel(1, _rows_way())
    sheet["2:4"].ungroup()
    raw.sheet.showLevel(0, _rows_way())
    assert raw.cell("A2").Rows.IsVisible
    with pytest.raises(ValueError, match="by"):
        sheet["A1"].group()


def _rows_way() -> object:
    from xlpy.libreoffice.verbs.runtime import enum

    return enum("table.TableOrientation", "ROWS")


def test_cells_are_merged_and_only_the_first_keeps_its_contents(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["A1"].value = [[1, 2], [3, 4]]
    sheet["A1:B2"].merge()
    assert raw.cell("A1:B2").getIsMerged()
    assert raw.cell("A1:B2").getDataArray() == ((1.0, ""), ("", ""))
    assert sheet["B2"].merge_area.address == "$A$1:$B$2"
    assert sheet["D4"].merge_area.address == "$D$4"
    assert [sheet[at].merge_cells for at in ("B2", "A1:B2", "A1:C3", "C3")] == [True, True, None, False]
    sheet["B2"].unmerge()
    assert not raw.cell("A1").getIsMerged()
    assert sheet["A1"].merge_cells is False


def test_each_row_is_merged_for_itself(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["A1:C2"].merge(across=True)
    assert sheet["C2"].merge_area.address == "$A$2:$C$2"
    sheet["E5:F6"].merge()
    assert sheet["A1:F6"].merge_cells is None
    sheet["A1:F6"].unmerge()
    assert not raw.cell("A1:F6").getIsMerged()
