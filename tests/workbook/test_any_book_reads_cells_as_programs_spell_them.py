"""Cells spelled as Excel, LibreOffice, openpyxl and others spell them go the quick way, and mean what calamine says."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.workbook.anybooks import bare, careful, members, same, small_xlsx, trimmed, write_form_like
from xlpy.tables.raw import PlainSheet
from xlpy.workbook.anybook import read_any_book
from xlpy.workbook.kinds.grid import Room
from xlpy.workbook.kinds.quickcells import OddSheetError, flat_strings
from xlpy.workbook.kinds.quicksheet import quick_sheet

X14AC = b'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" '
STRINGS = (
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="3" uniqueCount="3"><si><t>X</t></si>'
    '<si><t xml:space="preserve"> а &amp; б </t></si><si><t>50001</t></si></sst>'
).encode()
STYLE = st.sampled_from([b"", b' s="0"'])
FORMULA = st.sampled_from(
    [
        b"",
        b"<f>1+1</f>",
        b'<f aca="false">"&lt;"</f>',
        b'<f t="shared" ref="A1:A9" si="0">B1</f>',
        b'<f t="shared" si="0"/>',
    ]
)
NUMBER = st.sampled_from([b"0", b"2", b"-3", b"0.30000000000000004", b"1E-3", b"12.5"])
TEXT = st.sampled_from(
    [
        "не пройд.".encode(),
        b"&#1053;&#x43d;",
        b"&lt;b&gt;",
        b"a &amp;amp; b",
        b" 2 ",
        b"2,0",
        b"&quot;&apos;",
        b"\n 1",
        b">",
    ]
)
SPACE = st.sampled_from([b"", b' xml:space="preserve"'])
BODIES = {
    b"": st.one_of(NUMBER.map(lambda one: b"<v>%b</v>" % one), st.sampled_from([b"", b"<v></v>", b"<v/>"])),
    b' t="n"': st.one_of(NUMBER.map(lambda one: b"<v>%b</v>" % one), st.sampled_from([b"", b"<v></v>", b"<v/>"])),
    b' t="s"': st.sampled_from([b"0", b"1", b"2"]).map(lambda one: b"<v>%b</v>" % one),
    b' t="str"': st.one_of(
        st.tuples(SPACE, TEXT).map(lambda one: b"<v%b>%b</v>" % one), st.sampled_from([b"", b"<v></v>", b"<v/>"])
    ),
    b' t="inlineStr"': st.tuples(SPACE, TEXT).map(lambda one: b"<is><t%b>%b</t></is>" % one),
    b' t="b"': st.sampled_from([b"<v>1</v>", b"<v>0</v>"]),
    b' t="e"': st.sampled_from([b"<v>#N/A</v>", b"<v>#DIV/0!</v>"]),
}


@st.composite
def cells(draw: st.DrawFn) -> bytes:
    """A cell without its address: what stands after it."""
    kind = draw(st.sampled_from(sorted(BODIES)))
    formula = b"" if kind in {b' t="s"', b' t="inlineStr"'} else draw(FORMULA)
    attributes = b"".join(draw(st.permutations([draw(STYLE), kind])))
    body = formula + draw(BODIES[kind])
    if not body and draw(st.booleans()):
        return attributes + b"/>"
    return attributes + b">" + body + b"</c>"


@st.composite
def sheets(draw: st.DrawFn) -> bytes:
    """Rows of a sheet."""
    between = draw(st.sampled_from([b"", b"\n  "]))
    head = draw(st.sampled_from([b"", b' spans="1:3" x14ac:dyDescent="0.25"', b' ht="22" customHeight="1"']))
    rows, number = between, 0
    for _ in range(draw(st.integers(0, 5))):
        number += draw(st.integers(1, 3))
        columns = sorted(draw(st.sets(st.sampled_from(["A", "B", "C", "AA"]))), key=lambda one: (len(one), one))
        line = b"".join(b'<c r="%b%d"%b%b' % (one.encode(), number, draw(cells()), between) for one in columns)
        is_closed = not line and draw(st.booleans())
        rows += (
            b'<row r="%d"%b' % (number, head) + (b"/>" if is_closed else b">" + between + line + b"</row>") + between
        )
    return rows


def quick(data: bytes, name: str = "xl/worksheets/sheet1.xml") -> PlainSheet:
    """A sheet read the quick way, or OddSheetError."""
    parts = members(data)
    strings = parts.get("xl/sharedStrings.xml")
    return quick_sheet("Работы", parts[name], flat_strings(strings) if strings else {}, (), Room())


@settings(deadline=None, max_examples=150)
@given(sheets())
def test_usual_spellings_go_the_quick_way_and_mean_what_calamine_says(
    tmp_path_factory: pytest.TempPathFactory, rows: bytes
) -> None:
    data = small_xlsx(rows, strings=STRINGS, head=X14AC)
    sheet = quick(data)
    same(sheet, careful(data))
    same(sheet, read_any_book(data, "x").sheets[0])
    path = tmp_path_factory.getbasetemp() / "spelled.xlsx"
    path.write_bytes(data)
    assert trimmed(sheet.values) == bare(path)["Работы"]


@pytest.mark.parametrize(
    "text", ["\u00a02\u00a0", "&#160;2&#160;", "&#128;", "&#10;2&#9;", "\x852", "&#1053;", "_x0041_", "&#95;x0041_"]
)
def test_spaces_and_characters_by_number_are_those_of_calamine(tmp_path: Path, text: str) -> None:
    strings = STRINGS.replace(b">X<", f">{text}<".encode())
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c>'
        f'<c r="B1" t="inlineStr"><is><t>{text}</t></is></c><c r="C1" t="str"><v>{text}</v></c></row>'
    )
    data, path = small_xlsx(rows.encode(), strings=strings), tmp_path / "x.xlsx"
    path.write_bytes(data)
    assert trimmed(read_any_book(data, "x").sheets[0].values) == bare(path)["Работы"]


@pytest.mark.parametrize(
    "rows",
    [
        b'<row r="1"><c r="A1"><v>1</v></c><x/></row>',
        b'<row r="1"><c r="A1"><v>1</v></c></row><x/>',
        b'<x/><row r="1"><c r="A1"><v>1</v></c></row>',
        b'<row r="1"><c r="A1"><v>1</v></c></row>1',
        b'<row r="1"><c r="A1"><v>1</v></c>',
        b'<row r="1"/><c r="A1"><v>1</v></c></row>',
        b'<row r="1"><c r="A1"><v>1</v></c></row></row>',
        b'<row r="1"><c r="A1"><v>1</v></c><c r="B1,C1"><v>1</v></c></row>',
        b'<row r="1"><c r="A1"><v>1</v></c><c r="C1,D1"><v>1</v></c></row>',
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"',
        b'<row r="1"><c r="A1"><!-- --><v>1</v></c></row>',
        b'<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>',
        b'<row r="1"><c r="A1" s="1" s="1"><v>1</v></c></row>',
        b'<row r="1"><c r="A1" t="inlineStr"><v>1</v></c></row>',
        b'<row r="1"><c r="A1"><is><t>1</t></is></c></row>',
        b'<row r="1"><c r="A1" t="str"><v>&nbsp;</v></c></row>',
        b'<row r="1"><c r="A1" t="str"><v>a & b</v></c></row>',
        b'<row r="1"><c r="A1">\0<v>1</v></c></row>',
        b'<row r="1"><c r="A11"><v>1</v></c><c r="B1"><v>1</v></c><c r="A2"><v>1</v></c></row>',
        b'<row r="1"><c r="A1"><v>1</v></c><c r="B2"><v>1</v></c></row>',
        b'<row r="1"><c r="A11"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
    ],
)
def test_whatever_is_not_accounted_for_is_left_to_the_value_reader(rows: bytes) -> None:
    with pytest.raises(OddSheetError):
        quick(small_xlsx(rows))


def test_many_empty_rows_with_something_odd_after_them_take_no_longer_than_their_number() -> None:
    rows = b"<row ></row>" * 150_000
    with pytest.raises(OddSheetError):
        quick(small_xlsx(rows + b"<x/>"))
    assert quick(small_xlsx(rows)).values == []


def test_forms_saved_by_openpyxl_go_the_quick_way(tmp_path: Path) -> None:
    path = tmp_path / "форма.xlsx"
    load_workbook(write_form_like(tmp_path / "своя.xlsx", with_day=False)).save(path)
    data = path.read_bytes()
    sheet = quick(data)
    assert sheet.formulas
    same(sheet, careful(data))
    assert trimmed(sheet.values) == bare(path)["Работы"]
