"""The quick way of reading a sheet and the careful one give the same; so does calamine, bare, for the values."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.office import convert
from tests.workbook.anybooks import bare, careful, members, same, small_xlsx, trimmed, write_form_like
from xlpy.workbook.anybook import read_any_book
from xlpy.workbook.kinds.grid import Room
from xlpy.workbook.kinds.quickcells import flat_strings
from xlpy.workbook.kinds.quicksheet import quick_sheet

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)
CELL = st.one_of(
    st.none(),
    st.integers(0, 3),
    st.floats(-1e9, 1e9).map(lambda number: round(number, 6)),
    st.booleans(),
    TEXT,
    st.sampled_from(["x", " 2 ", "2,0", "&amp;", "<b>", "_x000D_", "«»", "не пройд."]),
    st.tuples(st.just("formula"), st.integers(0, 20)),
    st.tuples(st.just("error"), st.just("#N/A")),
    st.tuples(st.just("day"), st.dates(datetime(2020, 1, 1).date(), datetime(2030, 1, 1).date())),
    st.just(("rich", "")),
)
GRID = st.lists(st.lists(CELL, max_size=6), max_size=6)


def written(grid: list[list[object]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet, box = book.add_worksheet("Работы"), book.add_format({"border": 1})
        day, bold = book.add_format({"num_format": "dd.mm.yyyy"}), book.add_format({"bold": True})
        for row, line in enumerate(grid):
            for column, cell in enumerate(line):
                if not isinstance(cell, tuple):
                    if isinstance(cell, str):
                        sheet.write_string(row, column, cell, box)
                    elif cell is not None:
                        sheet.write(row, column, cell, box if column % 2 else None)
                elif cell[0] == "day":
                    sheet.write_datetime(row, column, datetime.combine(cell[1], datetime.min.time()), day)
                elif cell[0] == "rich":
                    sheet.write_rich_string(row, column, "a", bold, "b", " c")
                else:
                    sheet.write_formula(row, column, "=1", box, cell[1])
        sheet.merge_range(8, 1, 9, 2, "вместе", box)
    return out.getvalue()


@settings(deadline=None, max_examples=150)
@given(GRID)
def test_both_ways_and_calamine_agree(tmp_path_factory: pytest.TempPathFactory, grid: list[list[object]]) -> None:
    data = written(grid)
    sheet = read_any_book(data, "x").sheets[0]
    same(sheet, careful(data))
    path = tmp_path_factory.getbasetemp() / "x.xlsx"
    path.write_bytes(data)
    assert trimmed(sheet.values) == bare(path)["Работы"]


def test_spellings_of_other_writers_are_read() -> None:
    rows = (
        b'<row r="2" spans="1:3"><c r="A2" t="inlineStr"><is><t xml:space="preserve">a&amp;b</t></is></c>'
        b'<c r="B2" s="0" t="n"><f aca="false">1+1</f><v>2</v></c><c r="D2" t="str"><f>"x"</f><v>x</v></c></row>'
        b'<row r="3"/><row r="4"></row>'
        b'<row r="5"><c r="A5" s="0"/><c r="B5" t="e"><f t="shared" si="0"/><v>#N/A</v></c></row>'
    )
    data = small_xlsx(rows, b'<mergeCells count="1"><mergeCell ref="A2:B3"/></mergeCells>')
    sheet = read_any_book(data, "x").sheets[0]
    assert trimmed(sheet.values) == [[], ["a&b", 2.0, "", "x"]]
    assert (sheet.formulas, sheet.errors, sheet.merged) == ({(2, 2), (2, 4), (5, 2)}, {(5, 2): "#N/A"}, [(2, 1, 3, 2)])
    same(sheet, careful(data))


def test_cells_without_addresses_and_out_of_order_are_read_as_calamine_does(tmp_path: Path) -> None:
    for rows in (
        b"<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>",
        b'<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        b'<row r="3"><c r="A3"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>',
        b'<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1"><v> 2 </v></c><c r="C1"><v></v></c></row>',
        b"<row r='1'><c r='A1'><v>1</v></c></row>",
    ):
        data = small_xlsx(rows)
        path = tmp_path / "x.xlsx"
        path.write_bytes(data)
        assert trimmed(read_any_book(data, "x").sheets[0].values) == bare(path)["Работы"], rows


def test_forms_of_both_writers_go_the_quick_way(tmp_path: Path) -> None:
    source = write_form_like(tmp_path / "форма.xlsx", with_day=False)
    for path in (source, *convert([source], "xlsx", tmp_path / "lo")):
        parts = members(path.read_bytes())
        strings = flat_strings(parts["xl/sharedStrings.xml"])
        sheet = quick_sheet("Работы", parts["xl/worksheets/sheet1.xml"], strings, (), Room())
        assert trimmed(sheet.values) == bare(path)["Работы"]
