"""A form comes back as any program saved it: what it holds is the same, and what calamine says of its values agrees."""

from __future__ import annotations

import struct
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

from tests.office import convert
from tests.workbook.anybooks import (
    PROPERTIES,
    bare,
    compound,
    members,
    old_book,
    packed,
    record,
    small_ods,
    small_xlsx,
    trimmed,
    write_form_like,
)
from xlpy.errors import WorkbookError
from xlpy.tables.raw import PlainBook
from xlpy.words.errors import sentence
from xlpy.workbook.anybook import read_any_book


def read(path: Path) -> PlainBook:
    return read_any_book(path.read_bytes(), path.name)


def refused(data: bytes, name: str = "форма.xlsx") -> str:
    with pytest.raises(WorkbookError) as caught:
        read_any_book(data, name)
    assert "{" not in sentence(caught.value)
    assert name in sentence(caught.value)
    return caught.value.code


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same workbook as XlsxWriter, and as LibreOffice in three formats saves it."""
    folder = tmp_path_factory.mktemp("kinds")
    source = write_form_like(folder / "форма.xlsx")
    made = {kind: convert([source], kind, folder / kind)[0] for kind in ("xlsx", "xls", "ods")}
    return {"written": source} | made


@pytest.mark.parametrize("kind", ["written", "xlsx", "xls", "ods"])
def test_values_are_those_that_calamine_reads(saved: dict[str, Path], kind: str) -> None:
    book = read(saved[kind])
    # Of an .ods calamine gives the text of an error; here errors stand apart.
    expected = {
        name: [["" if cell == "#DIV/0!" else cell for cell in row] for row in rows]
        for name, rows in bare(saved[kind]).items()
    }
    assert {sheet.name: trimmed(sheet.values) for sheet in book.sheets} == expected


@pytest.mark.parametrize("kind", ["written", "xlsx", "xls", "ods"])
def test_formulas_errors_days_and_merged_cells_survive_every_program(saved: dict[str, Path], kind: str) -> None:
    sheet = read(saved[kind]).sheets[0]
    # LibreOffice saves a yes as the formula TRUE().
    assert sheet.formulas - {(37, 3)} == {*((9 + paper, 24) for paper in range(27)), (37, 1)}
    assert sheet.errors == {(37, 1): "#DIV/0!"}
    assert sorted(sheet.merged) == [(1, 1, 1, 5), (38, 2, 39, 4)]
    assert sheet.values[36][:3] == ["", datetime(2026, 4, 20), True]
    assert sheet.values[8][:4] == [1.0, "50000", 1.0, 0.0]
    assert sheet.values[0][0] == 'Форма «5А» <&> "ВПР"'


@pytest.mark.parametrize("kind", ["written", "xlsx", "ods"])
def test_properties_of_the_document_survive(saved: dict[str, Path], kind: str) -> None:
    assert PROPERTIES.items() <= read(saved[kind]).properties.items()


@pytest.mark.parametrize("kind", ["written", "xlsx", "xls", "ods"])
@pytest.mark.parametrize("name", ["5А", "форма.doc", "форма.xlsx.download", "форма.xls", "форма.xlsx", ".pdf"])
def test_a_name_says_nothing_of_what_a_file_is(saved: dict[str, Path], kind: str, name: str) -> None:
    assert [sheet.name for sheet in read_any_book(saved[kind].read_bytes(), name).sheets] == ["Работы", "Как заполнять"]


def test_when_it_was_saved_is_told_in_local_time(saved: dict[str, Path]) -> None:
    book = read(saved["written"])
    assert book.saved is not None
    assert book.saved.tzinfo is None
    assert abs(time.time() - book.saved.timestamp()) < 3600


@pytest.mark.skipif(sys.platform == "win32", reason="the zone of a process is set by POSIX")
@pytest.mark.parametrize(
    ("program", "hour"),
    [("Microsoft Excel", 19), ("LibreOffice/7.4.7.2$Linux_X86_64", 9)],
    ids=["excel", "libreoffice"],
)
def test_the_local_time_that_libreoffice_calls_utc_stays_what_it_is(
    monkeypatch: pytest.MonkeyPatch, program: str, hour: int
) -> None:
    monkeypatch.setenv("TZ", "Asia/Vladivostok")
    time.tzset()
    try:
        parts = members(small_xlsx(b'<row r="1"><c r="A1"><v>1</v></c></row>'))
        modified = b'<x><dcterms:modified xsi:type="dcterms:W3CDTF">2026-04-20T09:15:00Z</dcterms:modified></x>'
        app = f"<Properties><Application>{program}</Application></Properties>".encode()
        data = packed(parts | {"docProps/core.xml": modified, "docProps/app.xml": app})
        assert read_any_book(data, "x").saved == datetime(2026, 4, 20, hour, 15)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_binary_workbook_is_told_to_be_saved_as_a_plain_one() -> None:
    data = packed({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"x"})
    assert refused(data) == "other_format"


def test_texts_of_formulas_and_packed_numbers_of_old_workbooks_are_read(tmp_path: Path) -> None:
    text_formula = struct.pack("<HHHHHHHLHB", 1, 0, 0, 0, 0, 0, 0xFFFF, 0, 1, 0x1D) + b"\0"
    cells = b"".join(
        (
            record(0x203, struct.pack("<HHHd", 0, 0, 0, 2.5)),
            record(0x204, struct.pack("<HHHHB", 0, 1, 0, 3, 0) + b"abc"),
            record(0x06, text_formula[:-1] + b"\0"),
            record(0x207, struct.pack("<HB", 2, 1) + "да".encode("utf-16-le")),
            record(0x27E, struct.pack("<HHHL", 2, 2, 0, (-5 & 0x3FFFFFFF) << 2 | 2)),
            record(0xBD, struct.pack("<HHHLHLH", 3, 0, 0, 250 << 2 | 3, 0, 7 << 2 | 2, 1)),
        )
    )
    path = tmp_path / "форма.xls"
    path.write_bytes(old_book(cells))
    sheet = read(path).sheets[0]
    assert trimmed(sheet.values) == [[2.5, "abc"], ["да"], ["", "", -5.0], [2.5, 7.0]]


def test_workbooks_of_excel_95_are_read_by_their_code_page() -> None:
    cells = record(0x204, struct.pack("<HHHH", 0, 1, 0, 3) + "Код".encode("cp866"))
    book = read_any_book(old_book(cells, before=record(0x42, struct.pack("<H", 866)), version=0x500), "старый")
    assert book.sheets[0].values == [["", "Код"]]


def test_a_workbook_under_a_password_is_told_so(saved: dict[str, Path]) -> None:
    assert refused(compound({"EncryptionInfo": b"x", "EncryptedPackage": bytes(5000)})) == "encrypted"
    assert refused(old_book(b"", before=record(0x2F, bytes(54)))) == "encrypted"
    parts = members(saved["ods"].read_bytes())
    manifest = b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    assert refused(packed(parts | {"META-INF/manifest.xml": manifest})) == "encrypted"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "not_a_workbook"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "not_a_workbook"),
        ("Код;Балл\n50001;3\n".encode("cp1251"), "not_a_workbook"),
        (b"%PDF-1.7" + bytes(900), "not_a_workbook"),
        (packed({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "not_a_workbook"),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.text"}), "not_a_workbook"),
        (compound({"WordDocument": bytes(5000)}), "not_a_workbook"),
        (b"PK\x03\x04" + bytes(100), "truncated"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "truncated"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_workbook_says_what_it_is(data: bytes, code: str) -> None:
    assert refused(data) == code


@pytest.mark.parametrize("kind", ["written", "xlsx", "xls", "ods"])
def test_a_file_written_halfway_is_damaged(saved: dict[str, Path], kind: str) -> None:
    data = saved[kind].read_bytes()
    assert refused(data[: len(data) * 2 // 3]) in {"truncated", "bad_part"}


def test_what_is_typed_far_off_is_left_out_and_named() -> None:
    near = b'<row r="1"><c r="A1"><v>1</v></c></row>'
    book = read_any_book(small_xlsx(near + b'<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'), "x")
    assert (book.sheets[0].values, book.sheets[0].left_out) == ([[1.0]], ((1048576, 16384),))
    row = b'<table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row>'
    far = b'<table:table-row table:number-rows-repeated="1048574"/>' + row
    sheet = read_any_book(small_ods(row + far), "x").sheets[0]
    assert (sheet.values[0], sheet.left_out) == ([1.0], ((1048576, 1),))
    assert len(sheet.values) < 200_000


def test_cells_of_a_prefixed_spelling_cost_no_memory() -> None:
    head = b'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    rows = b'<row r="1"><c r="A1"><v>1</v></c><x:c r="XFD1048576"><x:v>5</x:v></x:c></row>'
    assert refused(small_xlsx(rows, head=head)) == "bad_part"


def test_a_count_of_strings_that_are_not_there_costs_no_memory() -> None:
    head = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="4000000000"'
    strings = head + b" uniqueCount = '4000000000'><si><t>a</t></si><si><r><t>b</t></r></si></sst>"
    rows = b'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    assert read_any_book(small_xlsx(rows, strings=strings), "x").sheets[0].values == [["a", "b"]]


def test_a_note_on_a_cell_of_libreoffice_is_not_its_text() -> None:
    rows = (
        b'<table:table-row><table:table-cell office:value-type="string">'
        b'<office:annotation><text:p>note</text:p></office:annotation><text:p>a<text:s text:c="2"/>b</text:p>'
        b"<text:p><text:span>c</text:span></text:p></table:table-cell></table:table-row>"
    )
    assert read_any_book(small_ods(rows), "x").sheets[0].values == [["a  b\nc"]]
