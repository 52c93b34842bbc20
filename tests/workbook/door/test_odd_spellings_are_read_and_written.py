"""Every legal spelling of a workbook is read alike and can be written to; what it holds does not depend on it."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.workbook.door.books import RESULTS, TEACHERS, members, part_of, with_members, write_book
from xlpy.tables import schema
from xlpy.workbook.closed import ClosedWorkbook

READ = [schema.TEACHERS, schema.RESULTS]


def without_addresses(xml: bytes) -> bytes:
    return re.sub(rb'(<(?:c|row)\b[^>]*?) r="[^"]*"', rb"\1", _filled_up(xml))


def _filled_up(xml: bytes) -> bytes:
    """Every gap between cells and rows gets an empty one, for position is all that is left of an address."""

    def row(found: re.Match[bytes]) -> bytes:
        number = int(found[1])
        cells = {match[1]: match[0] for match in re.finditer(rb'<c r="([A-Z]+)\d+"[^>]*?(?:/>|>.*?</c>)', found[0])}
        letters = [_letters(at) for at in range(1, 46)]
        body = b"".join(cells.get(name, b'<c r="%s%d"/>' % (name, number)) for name in letters)
        return b'<row r="%d">%s</row>' % (number, body)

    rows = {int(m[1]): row(m) for m in re.finditer(rb'<row r="(\d+)".*?</row>', xml, re.DOTALL)}
    body = b"".join(rows.get(at, b'<row r="%d"/>' % at) for at in range(1, max(rows) + 1))
    return xml[: xml.index(b"<sheetData>")] + b"<sheetData>" + body + xml[xml.index(b"</sheetData>") :]


def _letters(number: int) -> bytes:
    from xlpy.tables.addresses import column_letter

    return column_letter(number).encode()


def prefixed(xml: bytes) -> bytes:
    xml = re.sub(rb"<(/?)([a-zA-Z])", rb"<\1x:\2", xml)
    return xml.replace(b" xmlns=", b" xmlns:x=", 1)


def single_quoted(xml: bytes) -> bytes:
    return re.sub(rb'="([^"\']*)"', rb"='\1'", xml)


def commented(xml: bytes) -> bytes:
    xml = xml.replace(b"</row>", b"<!-- </sheetData> --></row>")
    return xml.replace(b"<sheetData>", b'<sheetData><!-- <row r="1"><c r="A1"><f>1</f></c></row> -->')


def pretty(xml: bytes) -> bytes:
    return re.sub(rb"><(?!/[tv]>)", b">\n  <", xml)


def in_utf16(xml: bytes) -> bytes:
    return xml.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")


def with_mark(xml: bytes) -> bytes:
    return b"\xef\xbb\xbf" + xml


def spaced_out(xml: bytes) -> bytes:
    return re.sub(rb'<(c|row) r="', rb'<\1  r = "', xml)


def attributes_turned(xml: bytes) -> bytes:
    return re.sub(rb'<c (r="[^"]*") ([^>]*?)(/?)>', rb"<c \2 \1\3>", xml)


def cdata(xml: bytes) -> bytes:
    return re.sub(rb"<v>(\d+)</v>", rb"<v><![CDATA[\1]]></v>", xml)


SPELLINGS = [
    without_addresses,
    prefixed,
    single_quoted,
    commented,
    pretty,
    in_utf16,
    with_mark,
    spaced_out,
    attributes_turned,
    cdata,
]


@pytest.mark.parametrize("spell", SPELLINGS, ids=lambda spell: spell.__name__)
def test_a_sheet_is_read_and_written_in_any_spelling(tmp_path: Path, spell: Callable[[bytes], bytes]) -> None:
    plain = ClosedWorkbook(write_book(tmp_path / "plain.xlsx")).read_tables(READ)
    path = write_book(tmp_path / "book.xlsx")
    for sheet in READ:
        part = part_of(path, sheet.name)
        with_members(path, {part: spell(members(path)[part])})
    book = ClosedWorkbook(path)
    found = book.read_tables(READ)
    for key in plain:
        assert found[key].values == plain[key].values
        assert found[key].formulas == plain[key].formulas
    changed = [dict(row, task_1=2) for row in RESULTS]
    book.write_table(schema.RESULTS, changed)
    book.write_table(schema.TEACHERS, [*TEACHERS, {"teacher": "Новый"}])
    book.save()
    again = ClosedWorkbook(path).read_tables(READ)
    assert [row[4] for row in again["results"].values] == [2] * len(RESULTS)
    assert [row[5:] for row in again["results"].values] == [row[5:] for row in plain["results"].values]
    assert again["results"].formulas == plain["results"].formulas
    assert [row[0] for row in again["teachers"].values][-1] == "Новый"


def stored(path: Path) -> None:
    with_members(path, {}, zipfile.ZIP_STORED)


def zip64(path: Path) -> None:
    parts = members(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            with archive.open(name, "w", force_zip64=True) as file:
                file.write(part)


def streamed(path: Path) -> None:
    """As a writer does that cannot go back: sizes follow the data."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.data = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, piece) -> int:
            self.data += piece
            return len(piece)

    parts, pipe = members(path), Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    path.write_bytes(bytes(pipe.data))


def backslashed(path: Path) -> None:
    parts = members(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            info = zipfile.ZipInfo("x")
            info.filename = info.orig_filename = name.replace("/", "\\")
            archive.writestr(info, part, zipfile.ZIP_DEFLATED)


def other_case(path: Path) -> None:
    parts = members(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("xl/worksheets", "XL/WorkSheets"), part)


def with_comment(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = "книга".encode()


@pytest.mark.parametrize(
    "pack", [stored, zip64, streamed, backslashed, other_case, with_comment], ids=lambda one: one.__name__
)
def test_a_file_is_read_and_written_however_it_is_packed(tmp_path: Path, pack: Callable[[Path], None]) -> None:
    path = write_book(tmp_path / "book.xlsx")
    pack(path)
    book = ClosedWorkbook(path)
    assert len(book.read_tables([schema.TEACHERS])["teachers"].values) == 3
    book.append_rows(schema.TEACHERS, [{"teacher": "Новый"}])
    book.save()
    again = ClosedWorkbook(path).read_tables(READ)
    assert [row[0] for row in again["teachers"].values][-1] == "Новый"
    assert len(again["results"].values) == len(RESULTS)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None


def test_the_repacked_file_needs_no_newer_zip(tmp_path: Path) -> None:
    path = write_book(tmp_path / "book.xlsx")
    zip64(path)
    book = ClosedWorkbook(path)
    book.append_rows(schema.TEACHERS, [{"teacher": "Новый"}])
    book.save()
    versions = {
        struct.unpack_from("<H", path.read_bytes(), one.header_offset + 4)[0]
        for one in zipfile.ZipFile(path).infolist()
    }
    assert versions == {20}
