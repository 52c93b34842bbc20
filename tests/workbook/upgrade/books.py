"""Older workbooks, as a school would have them: some columns not there yet, and much of the user's own."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from xlpy.tables import schema
from xlpy.tables.addresses import column_letter
from xlpy.tables.declare import Role
from xlpy.tables.formulas import formula_at
from xlpy.tables.raw import Live, RawTable, Value
from xlpy.workbook.builder.build import build_workbook
from xlpy.workbook.closed import ClosedWorkbook

Rows = Mapping[str, Sequence[Mapping[str, Value | Live]]]
Decorate = Callable[[xlsxwriter.Workbook, Mapping[str, Worksheet]], None]
VERSION = "Версия книги"


@cache
def newest() -> bytes:
    return build_workbook()


def day(text: str) -> datetime:
    return datetime.strptime(text, "%d.%m.%Y")  # noqa: DTZ007 - workbooks know no time zones


def older_book(
    path: Path,
    rows: Rows,
    *,
    dropped: Sequence[tuple[str, str]] = (),
    renamed: Mapping[tuple[str, str], str] | None = None,
    missing: Sequence[str] = (),
    own: Mapping[str, Sequence[tuple[str, Sequence[Value | Live]]]] | None = None,
    version: Value = 0,
    decorate: Decorate | None = None,
) -> Path:
    """Write a workbook of an older schema with XlsxWriter.

    `dropped` and `renamed` name columns by sheet and column key, `missing` sheets; `own` adds columns by sheet key.
    """
    book = xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    )
    dated = book.add_format({"num_format": "dd.mm.yyyy"})
    pages: dict[str, Worksheet] = {schema.PANEL_NAME: book.add_worksheet(schema.PANEL_NAME)}
    for sheet in schema.SHEETS:
        if sheet.key in missing:
            continue
        page = pages[sheet.key] = book.add_worksheet(sheet.name)
        columns = [column for column in sheet.columns if (sheet.key, column.key) not in dropped]
        captions = [(renamed or {}).get((sheet.key, column.key), column.caption) for column in columns]
        extra = list((own or {}).get(sheet.key, ()))
        written = list(rows.get(sheet.key, ()))
        if sheet is schema.SETTINGS:
            written.append({"parameter": VERSION, "setting": version})
        letters = {column.key: column_letter(at + 1) for at, column in enumerate(columns)}
        top = sheet.header_row - 1
        headers = [{"header": caption} for caption in (*captions, *(caption for caption, _ in extra))]
        page.add_table(
            top, 0, top + max(len(written), 1), len(headers) - 1, {"name": sheet.table_name, "columns": headers}
        )
        for number, row in enumerate(written, start=top + 1):
            for at, column in enumerate(columns):
                value = row.get(column.key)
                if column.role is Role.CALCULATED and value is None:
                    value = Live(formula_at(sheet, column.key, number + 1, letters))
                put(page, number, at, value, dated)
        for at, (_, cells) in enumerate(extra, start=len(columns)):
            for number, value in enumerate(cells, start=top + 1):
                put(page, number, at, value, dated)
    pages[schema.LISTS_NAME] = book.add_worksheet(schema.LISTS_NAME)
    if decorate is not None:
        decorate(book, pages)
    book.close()
    return path


def put(page: Worksheet, row: int, at: int, value: Value | Live, dated: object) -> None:
    if value is None or value == "":
        return
    if isinstance(value, Live):
        page.write_formula(row, at, f"={value.text}", None, "")
    elif isinstance(value, bool):
        page.write_boolean(row, at, value)
    elif isinstance(value, datetime):
        page.write_datetime(row, at, value, dated)
    elif isinstance(value, (int, float)):
        page.write_number(row, at, value)
    else:
        page.write_string(row, at, value)


def tables(path: Path) -> dict[str, RawTable]:
    """All tables of an upgraded workbook as the door reads them."""
    return ClosedWorkbook(path).read_tables(schema.SHEETS)


def by_caption(raw: RawTable) -> list[dict[str, Value]]:
    """Rows by caption, empty cells and empty last rows left out."""
    rows = [
        {caption: cell for caption, cell in zip(raw.captions, row, strict=True) if cell is not None and cell != ""}
        for row in raw.values
    ]
    while rows and not rows[-1]:
        rows.pop()
    return rows


def red_dot() -> io.BytesIO:
    """A picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\x00\xff\x00\x00")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b""))
