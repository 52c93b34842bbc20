"""The whole workbook from source: the same source gives the same parts in the same order with the same bytes."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from xlpy.tables import schema
from xlpy.words import panel
from xlpy.workbook.builder.highlights import add_highlights
from xlpy.workbook.builder.lists import write_lists
from xlpy.workbook.builder.names import define_columns
from xlpy.workbook.builder.panel_sheet import write_panel
from xlpy.workbook.builder.results_head import write_results_head
from xlpy.workbook.builder.settings_sheet import set_setting_limits
from xlpy.workbook.builder.shipped_rows import shipped_rows
from xlpy.workbook.builder.styles import make_styles
from xlpy.workbook.builder.table_sheet import lay_out
from xlpy.workbook.builder.vba import vba_project

# A moment in the file that never changes: the file must not tell when it was built.
_CREATED = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def build_workbook() -> bytes:
    """Return vpr_workbook.xlsm, empty but for what ships with it."""
    target = BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    )
    book.set_properties({"title": panel.TITLE, "created": _CREATED})
    book.set_size(28000, 16000)
    styles = make_styles(book)
    front = book.add_worksheet(schema.PANEL_NAME)
    pages = {sheet.key: book.add_worksheet(sheet.name) for sheet in schema.SHEETS}
    lists = book.add_worksheet(schema.LISTS_NAME)
    macros: Any = BytesIO(vba_project(len(book.worksheets())))  # XlsxWriter declares a path and takes a stream
    book.add_vba_project(macros, is_stream=True)
    define_columns(book)
    write_lists(book, lists, styles)
    write_panel(book, front, styles)
    write_results_head(book, pages[schema.RESULTS.key])
    for sheet in schema.SHEETS:
        lay_out(sheet, pages[sheet.key], styles, shipped_rows(sheet))
        add_highlights(sheet, pages[sheet.key], styles)
    set_setting_limits(pages[schema.SETTINGS.key], styles)
    front.activate()
    book.close()
    return target.getvalue()
