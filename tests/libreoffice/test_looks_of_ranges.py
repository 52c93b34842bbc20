"""Fonts, fills, borders, alignment and number formats, seen by bare UNO and by openpyxl in the saved file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from openpyxl import load_workbook

from tests.libreoffice.conftest import Raw

COVERS = (
    "Range.font",
    "Range.borders",
    "Range.number_format",
    "Range.color",
    "Range.set_colors",
    "Range.wrap_text",
    "Range.horizontal_alignment",
    "Range.vertical_alignment",
    "Range.adjust_indent",
    "Font.bold",
    "Font.italic",
    "Font.size",
    "Font.name",
    "Font.color",
    "Border.line_style",
    "Border.weight",
    "Border.color",
    "Borders.__getitem__",
    "Borders.line_style",
    "Borders.weight",
    "Borders.color",
    "Borders.set",
    "Borders.clear",
)
ALIGNED = pytest.mark.skipif(not hasattr(xw.Range, "horizontal_alignment"), reason="this xlwings aligns nothing")
NEW = pytest.mark.skipif(not hasattr(xw.Range, "borders"), reason="this xlwings has no borders yet")


def saved(book: xw.Book, folder: Path) -> Any:
    """The file that the office writes, read by another library."""
    book.save(folder / "looks.xlsx")
    return load_workbook(folder / "looks.xlsx").worksheets[0]


def test_a_font_is_written_and_read(sheet: xw.Sheet, raw: Raw, book: xw.Book, tmp_path: Path) -> None:
    font = sheet["B2:C3"].font
    font.bold, font.italic, font.size, font.name = True, True, 17, "DejaVu Sans"
    font.color = "#102030"

    cell = raw.cell("C3")
    assert (cell.CharWeight, cell.CharPosture.value, cell.CharHeight) == (150.0, "ITALIC", 17.0)
    assert (cell.CharFontName, cell.CharColor) == ("DejaVu Sans", 0x102030)
    assert (font.bold, font.italic, font.size, font.name) == (True, True, 17.0, "DejaVu Sans")
    assert tuple(font.color) == (16, 32, 48)
    sheet["B2"].value = "текст"
    kept = saved(book, tmp_path)["B2"].font
    assert (kept.b, kept.i, kept.sz, kept.name, kept.color.rgb) == (True, True, 17, "DejaVu Sans", "FF102030")


def test_an_integer_colour_has_excel_s_order_of_bytes(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["A1"].color = 0x0000FF
    sheet["A1"].font.color = 0xFF0000

    assert raw.cell("A1").CellBackColor == 0xFF0000
    assert raw.cell("A1").CharColor == 0x0000FF
    assert sheet["A1"].color == (255, 0, 0)


def test_what_differs_in_a_range_reads_as_none(sheet: xw.Sheet, raw: Raw) -> None:
    raw.cell("A1").CharWeight = 150.0
    raw.cell("A1").CellBackColor = 0x00FF00
    raw.cell("A1").NumberFormat = raw.document.NumberFormats.queryKey("0.00", raw.document.CharLocale, False)

    assert sheet["A1:A2"].font.bold is None
    assert sheet["A1:A2"].color is None
    assert sheet["A1:A2"].number_format is None


def test_a_fill_is_given_and_taken_away(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["A1:B2"].color = (255, 242, 204)
    assert raw.cell("B2").CellBackColor == 0xFFF2CC
    assert sheet["A1:B2"].color == (255, 242, 204)

    sheet["A1:B2"].color = None
    assert raw.cell("B2").CellBackColor == -1
    assert sheet["A1:B2"].color is None


@pytest.mark.skipif(not hasattr(xw.Range, "set_colors"), reason="this xlwings fills cells only alike")
def test_cells_are_filled_one_by_one(sheet: xw.Sheet, raw: Raw) -> None:
    raw.cell("B2:D3").CellBackColor = 0x00FF00
    sheet["B2:D3"].set_colors([["#FFF2CC", None, ...], [(255, 0, 0), (255, 0, 0), 0x0000FF]])

    found = [[raw.cell(f"{column}{row}").CellBackColor for column in "BCD"] for row in (2, 3)]
    assert found == [[0xFFF2CC, -1, 0x00FF00], [0xFF0000, 0xFF0000, 0xFF0000]]


def test_an_untouched_font_is_black(sheet: xw.Sheet) -> None:
    assert tuple(sheet["Z9"].font.color) == (0, 0, 0)


@pytest.mark.parametrize(
    "code",
    [
        "General",
        "0",
        "0.00",
        "#,##0",
        "0%",
        "@",
        "dd.mm.yyyy",
        "dd.mm.yyyy hh:mm",
        "hh:mm:ss",
        '0.0" баллов"',
        "0.00E+00",
        "[h]:mm:ss",
        "[Red]0.0;[Blue]-0.0",
        "mmm yyyy",
        "h:mm AM/PM",
    ],
)
def test_a_number_format_is_read_as_it_was_written(code: str, sheet: xw.Sheet, book: xw.Book, tmp_path: Path) -> None:
    sheet["B2"].value = 1
    sheet["B2"].number_format = code

    assert sheet["B2"].number_format == code
    kept = saved(book, tmp_path)["B2"].number_format.replace("\\", "")
    assert kept.replace("[RED]", "[Red]").replace("[BLUE]", "[Blue]") == code


def test_a_date_looks_like_one_in_its_format(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["A1"].value = 46132
    sheet["A1"].number_format = "dd.mm.yyyy"

    assert raw.cell("A1").String == "20.04.2026"


def test_a_wrong_number_format_is_an_error_that_names_it(sheet: xw.Sheet) -> None:
    with pytest.raises(ValueError, match="nonsense"):
        sheet["A1"].number_format = "[nonsense"


@ALIGNED
@pytest.mark.parametrize(("word", "stored"), [("left", "LEFT"), ("center", "CENTER"), ("right", "RIGHT")])
def test_text_is_aligned_across(word: str, stored: str, sheet: xw.Sheet, raw: Raw) -> None:
    sheet["A1:B2"].horizontal_alignment = word

    assert raw.cell("B2").HoriJustify.value == stored
    assert sheet["A1:B2"].horizontal_alignment == word
    assert sheet["C9"].horizontal_alignment == "general"


@ALIGNED
@pytest.mark.parametrize(("word", "stored"), [("top", 1), ("center", 2), ("bottom", 3)])
def test_text_is_aligned_up_and_down(word: str, stored: int, sheet: xw.Sheet, raw: Raw) -> None:
    sheet["A1:B2"].vertical_alignment = word

    assert raw.cell("B2").VertJustify == stored
    assert sheet["A1:B2"].vertical_alignment == word
    assert sheet["C9"].vertical_alignment == "bottom"


@ALIGNED
def test_an_alignment_that_the_office_lacks_is_refused_by_name(sheet: xw.Sheet) -> None:
    with pytest.raises(NotImplementedError, match="center_across_selection"):
        sheet["A1"].horizontal_alignment = "center_across_selection"


def test_text_wraps(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["A1"].wrap_text = True

    assert raw.cell("A1").IsTextWrapped is True
    assert sheet["A1"].wrap_text is True
    assert sheet["A2"].wrap_text is False


@pytest.mark.skipif(not hasattr(xw.Range, "adjust_indent"), reason="this xlwings has no indent")
def test_an_indent_grows_and_never_goes_over_the_edge(sheet: xw.Sheet, book: xw.Book, tmp_path: Path) -> None:
    sheet["A1"].value = "текст"
    sheet["A1"].adjust_indent(2)
    sheet["A1"].adjust_indent(-1)
    assert saved(book, tmp_path)["A1"].alignment.indent == 1

    sheet["A1"].adjust_indent(-5)
    assert saved(book, tmp_path)["A1"].alignment.indent == 0


@NEW
@pytest.mark.parametrize("side", ["edge_left", "edge_top", "edge_bottom", "edge_right"])
def test_an_edge_of_a_range_is_drawn_on_its_outer_cells(side: str, sheet: xw.Sheet, raw: Raw) -> None:
    border = sheet["B2:D4"].borders[side]
    border.line_style, border.weight, border.color = "continuous", "medium", (255, 0, 0)

    name = {"edge_left": "Left", "edge_top": "Top", "edge_bottom": "Bottom", "edge_right": "Right"}[side]
    outer = {"edge_left": "B3", "edge_top": "C2", "edge_bottom": "C4", "edge_right": "D3"}[side]
    line = getattr(raw.cell(outer), f"{name}Border2")
    assert (line.LineStyle, line.Color) == (0, 0xFF0000)
    assert line.OuterLineWidth > 40
    assert getattr(raw.cell("C3"), f"{name}Border2").OuterLineWidth == 0
    assert (border.line_style, border.weight, tuple(border.color)) == ("continuous", "medium", (255, 0, 0))


@NEW
def test_all_borders_are_drawn_at_once_and_cleared(sheet: xw.Sheet, raw: Raw, book: xw.Book, tmp_path: Path) -> None:
    cells = sheet["B2:C3"]
    cells.borders.set("all", line_style="continuous", weight="thin", color="#808080")
    assert (cells.borders.line_style, cells.borders.weight) == ("continuous", "thin")
    assert tuple(cells.borders.color) == (128, 128, 128)
    inner = raw.cell("B2")
    assert inner.RightBorder2.OuterLineWidth > 0
    assert inner.BottomBorder2.Color == 0x808080
    assert saved(book, tmp_path)["C3"].border.left.style == "thin"

    cells.borders.clear()
    assert raw.cell("B2").RightBorder2.OuterLineWidth == 0
    assert cells.borders.line_style is None


@NEW
@pytest.mark.parametrize(
    ("style", "in_file"), [("double", "double"), ("dash", "dashed"), ("dot", "dotted"), ("dash_dot", "dashDot")]
)
def test_a_style_of_line_arrives_in_the_file(
    style: str, in_file: str, sheet: xw.Sheet, book: xw.Book, tmp_path: Path
) -> None:
    sheet["B2"].borders["edge_bottom"].line_style = style

    assert sheet["B2"].borders["edge_bottom"].line_style == style
    assert saved(book, tmp_path)["B2"].border.bottom.style == in_file


@NEW
@pytest.mark.parametrize("weight", ["hairline", "thin", "medium", "thick"])
def test_a_weight_of_line_arrives_in_the_file(weight: str, sheet: xw.Sheet, book: xw.Book, tmp_path: Path) -> None:
    sheet["B2"].borders["edge_bottom"].line_style = "continuous"
    sheet["B2"].borders["edge_bottom"].weight = weight

    assert sheet["B2"].borders["edge_bottom"].weight == weight
    assert saved(book, tmp_path)["B2"].border.bottom.style == {"hairline": "hair"}.get(weight, weight)


@NEW
def test_a_diagonal_is_drawn(sheet: xw.Sheet, raw: Raw) -> None:
    sheet["B2"].borders["diagonal_down"].line_style = "continuous"

    assert raw.cell("B2").DiagonalTLBR2.OuterLineWidth > 0
    assert sheet["B2"].borders["diagonal_down"].line_style == "continuous"
    assert sheet["B2"].borders["diagonal_up"].line_style is None
