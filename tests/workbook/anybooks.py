"""Workbook files of every kind for the tests: made by XlsxWriter, by LibreOffice, or byte by byte where neither can."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from xlpy.tables.raw import PlainSheet
from xlpy.workbook.anybook import read_any_book

Merged = tuple[int, int, int, int]
PROPERTIES = {"xlpy-form": "1", "xlpy-class": "5А", "xlpy-checker": "Берёзкина Анна & К°"}


def write_form_like(path: Path, papers: int = 27, tasks: int = 20, *, with_day: bool = True) -> Path:
    """A workbook with all that matters on a form: values, formulas, an error, a day, merged cells, properties."""
    with xlsxwriter.Workbook(path) as book:
        box, day = book.add_format({"border": 1}), book.add_format({"num_format": "dd.mm.yyyy", "border": 1})
        sheet, about = book.add_worksheet("Работы"), book.add_worksheet("Как заполнять")
        sheet.merge_range(0, 0, 0, 4, 'Форма «5А» <&> "ВПР"', box)
        sheet.write_row(6, 0, ["№", "Код", "Вариант", *(f"{task + 1}К1" for task in range(tasks)), "Балл"], box)
        for paper in range(papers):
            row = 8 + paper
            sheet.write_row(row, 0, [paper + 1, f"5{paper:04d}", 1 + paper % 2], box)
            sheet.write_row(row, 3, [(paper + task) % 3 for task in range(tasks)], box)
            sheet.write_formula(row, 3 + tasks, f"=SUM(D{row + 1}:W{row + 1})", box, paper)
        sheet.write_formula(9 + papers, 0, "=1/0", box, "#DIV/0!")
        if with_day:
            sheet.write_datetime(9 + papers, 1, datetime(2026, 4, 20), day)
        sheet.write_boolean(9 + papers, 2, True, box)
        sheet.merge_range(10 + papers, 1, 11 + papers, 3, 2, box)
        about.write_column(0, 0, [f"Шаг {number}" for number in range(12)])
        for name, text in PROPERTIES.items():
            book.set_custom_property(name, text, "text")
    return path


def bare(path: Path) -> dict[str, list[list[Any]]]:
    """What calamine says of each sheet, without empty cells at the ends: the oracle for values."""
    book = CalamineWorkbook.from_path(str(path))
    return {name: trimmed(book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names}


def trimmed(values: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Rows without the empty cells at their ends, without the empty rows at the end; days as moments."""
    rows = [[_moment(cell) for cell in row] for row in values]
    for row in rows:
        while row and row[-1] in {"", None}:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _moment(cell: Any) -> Any:
    return datetime.combine(cell, time()) if isinstance(cell, date) and not isinstance(cell, datetime) else cell


def members(data: bytes) -> dict[str, bytes]:
    """Uncompressed bytes of each part, in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A package of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def small_xlsx(rows: bytes = b"", tail: bytes = b"", strings: bytes = b"", head: bytes = b"") -> bytes:
    """A workbook of one sheet with these rows, as bytes of XML."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("Работы").write(0, 0, "x")
    parts = members(out.getvalue())
    xml = parts["xl/worksheets/sheet1.xml"]
    start, end = xml.find(b"<sheetData>") + len(b"<sheetData>"), xml.find(b"</sheetData>")
    xml = xml[:start] + rows + b"</sheetData>" + tail + xml[end + len(b"</sheetData>") :]
    parts["xl/worksheets/sheet1.xml"] = xml.replace(b"<worksheet ", b"<worksheet " + head, 1)
    if strings:
        parts["xl/sharedStrings.xml"] = strings
    return packed(parts)


def small_ods(rows: bytes, manifest: bytes = b"<manifest/>") -> bytes:
    """An OpenDocument spreadsheet of one sheet with these rows, as bytes of XML."""
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{names}office:1.0" xmlns:table="{names}table:1.0" '
        f'xmlns:text="{names}text:1.0"><office:body><office:spreadsheet><table:table table:name="Работы">'
    ).encode()
    ends = b"</table:table></office:spreadsheet></office:body></office:document-content>"
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content + rows + ends,
            "META-INF/manifest.xml": manifest,
        }
    )


def compound(streams: Mapping[str, bytes]) -> bytes:
    """An OLE compound file with these streams, each of them long enough to lie in whole sectors."""
    size, sectors, table = 512, list[bytes](), list[int]()

    def put(data: bytes) -> int:
        first = len(sectors)
        pieces = [data[at : at + size].ljust(size, b"\0") for at in range(0, len(data), size)]
        sectors.extend(pieces)
        table.extend([*range(first + 1, first + len(pieces)), 0xFFFFFFFE])
        return first

    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0)]
    for name, data in streams.items():
        long = data.ljust(4096, b"\0")
        entries.append(_entry(name, 2, put(long), len(long)))
    directory = put(b"".join(entries).ljust(size, b"\0"))
    count = 1
    while (len(table) + count) * 4 > count * size:
        count += 1
    fat = [*range(len(table), len(table) + count)]
    table.extend([0xFFFFFFFD] * count)
    packed_table = struct.pack(f"<{len(table)}L", *table).ljust(count * size, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<LLLLLLLLL", 0, count, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109L", *fat, *[0xFFFFFFFF] * (109 - count))
    return header + b"".join(sectors) + packed_table


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    wide = (name + "\0").encode("utf-16-le")
    head = wide.ljust(64, b"\0") + struct.pack("<HBB", len(wide), kind, 1)
    # Siblings to the right, one after another: readers of the tree find each.
    child = 1 if kind == 5 else 0xFFFFFFFF
    return head + struct.pack("<LLL", 0xFFFFFFFF, 0xFFFFFFFF, child) + bytes(36) + struct.pack("<LQ", start, size)


def record(kind: int, body: bytes = b"") -> bytes:
    """A record of an old workbook."""
    return struct.pack("<HH", kind, len(body)) + body


def old_book(cells: bytes, *, before: bytes = b"", version: int = 0x600) -> bytes:
    """An .xls of one sheet with these records; `before` stands among those of the whole book."""
    name = "Работы".encode("utf-16-le") if version == 0x600 else "Работы".encode("cp1251")
    title = bytes([6, 1]) + name if version == 0x600 else bytes([6]) + name
    begin = record(0x809, struct.pack("<HHHHLL", version, 5, 0, 0, 0, 0)[: 16 if version == 0x600 else 8])
    start = len(begin) + len(before) + 4 + 6 + len(title) + 4
    book = begin + before + record(0x85, struct.pack("<LBB", start, 0, 0) + title) + record(0x0A)
    sheet = record(0x809, struct.pack("<HHHHLL", version, 0x10, 0, 0, 0, 0)[: 16 if version == 0x600 else 8])
    stream = book + sheet + cells + record(0x0A)
    return compound({"Workbook" if version == 0x600 else "Book": stream})


def careful(data: bytes) -> PlainSheet:
    """The sheet as it is read where a comment among its rows keeps the quick reader away."""
    parts = members(data)
    name = "xl/worksheets/sheet1.xml"
    return read_any_book(
        packed(parts | {name: parts[name].replace(b"<sheetData>", b"<sheetData><!-- -->")}), "x"
    ).sheets[0]


def same(left: PlainSheet, right: PlainSheet) -> None:
    assert trimmed(left.values) == trimmed(right.values)
    assert (left.formulas, dict(left.errors), list(left.merged)) == (
        right.formulas,
        dict(right.errors),
        list(right.merged),
    )
