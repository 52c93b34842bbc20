"""Plain tables as an .xlsx: a title, a note, a header, rows. Texts stay texts whatever they begin with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from xlpy.words import region as words

Cell = str | int | None

TITLE_ROW, NOTE_ROW, HEADER_ROW = 0, 1, 3
_WIDEST, _NARROWEST, _LINE_POINTS = 60, 8, 15
_CELL_LIMIT = 32_767


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet."""

    name: str
    title: str
    note: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]


def written(pages: Sequence[Page], created: datetime) -> bytes:
    """Return the file of these sheets; the same pages and moment give the same bytes."""
    import xlsxwriter

    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": created, "author": words.CREATOR})
    looks = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "note": book.add_format({"italic": True, "font_color": "#595959"}),
        "header": book.add_format(
            {"bold": True, "border": 1, "bg_color": "#DDEBF7", "text_wrap": True, "valign": "vcenter"}
        ),
        "cell": book.add_format({"border": 1, "text_wrap": True, "valign": "top"}),
    }
    for page in pages:
        _write(book.add_worksheet(page.name), page, looks)
    book.close()
    return buffer.getvalue()


def _write(sheet: Any, page: Page, looks: dict[str, Any]) -> None:
    sheet.set_row(TITLE_ROW, 22)
    sheet.write_string(TITLE_ROW, 0, page.title, looks["title"])
    sheet.write_string(NOTE_ROW, 0, page.note, looks["note"])
    widths = [_width(page, at) for at in range(len(page.columns))]
    for at, (caption, width) in enumerate(zip(page.columns, widths, strict=True)):
        sheet.write_string(HEADER_ROW, at, caption, looks["header"])
        sheet.set_column(at, at, width)
    for number, row in enumerate(page.rows, start=HEADER_ROW + 1):
        sheet.set_row(number, _LINE_POINTS * max(map(_lines, row, widths)))
        for at, cell in enumerate(row):
            _put(sheet, number, at, cell, looks["cell"])
    if page.rows:
        sheet.autofilter(HEADER_ROW, 0, HEADER_ROW + len(page.rows), len(page.columns) - 1)
    else:
        sheet.write_string(HEADER_ROW + 1, 0, words.NO_ROWS, looks["note"])
    sheet.freeze_panes(HEADER_ROW + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW)


def _put(sheet: Any, row: int, column: int, cell: Cell, look: Any) -> None:
    """As text or number, never by guessing: a name that begins with «=» must not become a formula."""
    if cell is None:
        sheet.write_blank(row, column, None, look)
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell, look)
    else:
        sheet.write_string(row, column, cell[:_CELL_LIMIT], look)


def _width(page: Page, at: int) -> int:
    longest = max((len(str(row[at])) for row in page.rows if row[at] is not None), default=0)
    widest = _WIDEST if len(page.columns) > 1 else 2 * _WIDEST
    return min(widest, max(_NARROWEST, len(page.columns[at]) + 4, longest + 2))


def _lines(cell: Cell, width: int) -> int:
    """Lines a wrapped cell takes; LibreOffice does not count them itself in a file that it did not write."""
    return 1 + len(str(cell or "")) // (width - 2)
