"""The empty form that XlsxWriter makes once in a process: looks, the page of help, print set-up, properties.

What differs from form to form stands in it as marks, to be filled by `package`; sheet «Работы» is written by
`sheet_xml` with the looks of this one. A shell holds nothing of a school.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from xlpy.exchange.forms import layout
from xlpy.exchange.forms.form import Identity, Turn, properties_of
from xlpy.exchange.forms.xml_text import escaped
from xlpy.words import forms as words

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

SHEET, STRINGS, CUSTOM = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "docProps/custom.xml"
_CORE = "docProps/core.xml"
_A4 = 9
_FOOTER_LIMIT = 120
# Signs of a step that stand on one line of the page of help, the height of a line, and what parts steps.
_STEP_LINE, _LINE_HEIGHT, _STEP_GAP = 86, 14.5, 6
# What the day and the coordinator add to the last step, as a rule at most.
_NAME_LENGTH = 60
# The built-in format of text.
_TEXT = 49
_MARK = "@@{name}@@"
_CREATED = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_INK, _QUIET, _DEEP, _LINE = "#1F2937", "#4B5563", "#1F3864", "#94A3B8"
_GIVEN, _COUNTED, _INPUT = "#EEF2F7", "#F3F4F6", "#FFFBEB"
_GRID: dict[str, Any] = {"border": 1, "border_color": _LINE, "font_color": _INK, "valign": "vcenter", "align": "center"}
_SCALE = {"align": "left", "bold": True, "font_color": _INK, "valign": "vcenter"}
# Looks of cells by name, and looks that come over them where a rule holds.
LOOKS: Mapping[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14, "font_color": _DEEP, "valign": "vcenter"},
    "line": {"font_color": _INK, "valign": "vcenter"},
    "state": {"bold": True, "font_size": 11, "font_color": _DEEP, "valign": "vcenter", "indent": 1},
    "ready_caption": {"bold": True, "font_color": _INK, "align": "right", "valign": "vcenter"},
    "ready": {**_GRID, "border": 2, "border_color": _DEEP, "bold": True, "bg_color": _INPUT},
    **{f"scale{at}": {**_SCALE, "num_format": shown} for at, shown in enumerate(words.SCALE_FORMATS)},
    "quiet": {"font_size": 8, "font_color": _QUIET, "valign": "vcenter", "num_format": _TEXT},
    "head": {**_GRID, "bold": True, "font_color": "#FFFFFF", "bg_color": _DEEP, "text_wrap": True, "num_format": _TEXT},
    "maximum": {**_GRID, "bg_color": _GIVEN, "font_color": _DEEP, "bottom": 2, "bottom_color": _DEEP},
    "pile": {**_GRID, "bg_color": _GIVEN, "font_color": _QUIET},
    "code": {**_GRID, "bg_color": _GIVEN, "bold": True, "num_format": _TEXT, "shrink": True},
    # «отсутствовал» and «не пройд.» have to show in a narrow column.
    "input": {**_GRID, "shrink": True},
    "counted": {**_GRID, "bg_color": _COUNTED, "bold": True, "shrink": True},
}
OVERLAYS: Mapping[str, dict[str, Any]] = {
    "wrong": {"bg_color": "#FFC7CE", "font_color": "#9C0006", "bold": True, "italic": True},
    "missing": {"bg_color": "#FFF2CC"},
    "unfinished": {"bg_color": "#FFF2CC", "font_color": "#7F6000"},
    "absent": {"bg_color": "#D1D5DB"},
    "done": {"bg_color": "#D9F2E3", "font_color": "#14532D"},
}


@dataclass(frozen=True, slots=True)
class Shell:
    """Parts of the empty form by name, in their order; ids of looks and overlays; the end of sheet «Работы»."""

    parts: Mapping[str, bytes]
    styles: Mapping[str, int]
    overlays: Mapping[str, int]
    page_setup: tuple[str, str]

    def page_setup_of(self, footer: str) -> str:
        """The print set-up with this text in the footer."""
        # «&» begins a command in a footer.
        said = escaped(footer[:_FOOTER_LIMIT].replace("&", "&&"))
        return f"{self.page_setup[0]}{said}{self.page_setup[1]}"


def mark(name: str) -> str:
    """The mark that stands in the shell for what differs from form to form."""
    return _MARK.format(name=name)


@lru_cache(maxsize=1)
def shell() -> Shell:
    """Return the empty form, made once in a process."""
    import xlsxwriter

    out = BytesIO()
    font = {"font_name": "Arial", "font_size": 10, "font_scheme": None}
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_format_properties": font}) as book:
        book.set_properties({"created": _CREATED})
        for name in properties_of(_NOBODY):
            book.set_custom_property(name, mark(name), "text")
        _make_sample(book)
        _make_help(book)
    with ZipFile(out) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return _taken_apart(parts)


_NOBODY = Identity("", "", "", Turn.FIRST, 1, "")


def _make_sample(book: Workbook) -> None:
    """Sheet «Работы» with one cell of each look, one rule of each overlay, and its print set-up."""
    page = book.add_worksheet(words.WORK_SHEET)
    for row, look in enumerate(LOOKS.values()):
        page.write_blank(row, 0, None, book.add_format(look))
    for row, look in enumerate(OVERLAYS.values()):
        rule = {"type": "formula", "criteria": f"={row + 1}", "format": book.add_format(look)}
        page.conditional_format(row, 0, row, 0, rule)
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.39, right=0.39, top=0.4, bottom=0.6)
    page.set_footer(f"&L&8{mark('footer')}&R&8{words.PAGE}")
    page.repeat_rows(layout.LABEL_ROW - 1, layout.MAXIMUM_ROW - 1)


def _make_help(book: Workbook) -> None:
    page = book.add_worksheet(words.HELP_SHEET)
    looks = _help_looks(book)
    page.hide_gridlines(2)
    page.set_column(0, 0, 5)
    page.set_column(1, 1, 18)
    page.set_column(2, 2, 72)
    page.set_row(0, 26)
    page.write_string(0, 0, words.HELP_TITLE, looks["title"])
    page.write_string(1, 0, words.HELP_NOTE, looks["note"])
    row = 3
    for number, step in enumerate(words.HELP_STEPS, start=1):
        text = step.format(marks=mark("marks"), giving_back=mark("giving_back"))
        page.set_row(row, _LINE_HEIGHT * _lines(step) + _STEP_GAP)
        page.write_number(row, 0, number, looks["number"])
        page.merge_range(row, 1, row, 2, "", looks["step"])
        page.write_string(row, 1, text, looks["step"])
        row += 1
    _write_identity(page, row + 1, looks)
    page.set_portrait()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)


def _lines(step: str) -> int:
    """On how many lines a step stands, once its marks are filled with what is longest there."""
    giving_back = words.GIVE_BACK.format(until="", coordinator="x" * _NAME_LENGTH)
    return ceil(len(step.format(marks=words.MARKS_NOT_TAUGHT, giving_back=giving_back)) / _STEP_LINE)


def _help_looks(book: Workbook) -> dict[str, Format]:
    plain = {"font_color": _INK, "valign": "top", "font_size": 11}
    looks: dict[str, dict[str, Any]] = {
        "title": LOOKS["title"],
        "note": {"font_color": _QUIET},
        "number": {**plain, "bold": True, "font_color": _DEEP, "align": "center"},
        "step": {**plain, "text_wrap": True},
        "caption": {**_GRID, "align": "left", "indent": 1, "bold": True, "bg_color": _GIVEN},
        "text": {**_GRID, "align": "left", "indent": 1, "num_format": _TEXT, "text_wrap": True},
        "quiet": LOOKS["quiet"],
    }
    return {name: book.add_format(look) for name, look in looks.items()}


def _write_identity(page: Worksheet, row: int, looks: Mapping[str, Format]) -> None:
    """Which form this is, in plain cells, and the line by which it is known again."""
    page.write_string(row, 0, words.IDENTITY_TITLE, looks["title"])
    page.set_row(row, 26)
    for at, (name, caption) in enumerate(words.IDENTITY_CAPTIONS.items(), start=row + 1):
        page.set_row(at, 20)
        page.write_string(at, 1, caption, looks["caption"])
        page.write_string(at, 2, mark(name), looks["text"])
    page.write_string(row + len(words.IDENTITY_CAPTIONS) + 2, 1, mark("identity"), looks["quiet"])


def _taken_apart(parts: dict[str, bytes]) -> Shell:
    sheet = parts.pop(SHEET).decode()
    styles = [int(found) for found in re.findall(r'<c r="A\d+" s="(\d+)"', sheet)]
    overlays = [int(found) for found in re.findall(r'dxfId="(\d+)"', sheet)]
    before, _, after = sheet[sheet.index("<pageMargins") : sheet.index("</worksheet>")].partition(mark("footer"))
    # Nobody saved it yet: a date here would be taken for that of the last saving.
    parts[_CORE] = re.sub(rb"<dcterms:(created|modified)\b[^>]*>[^<]*</dcterms:\1>", b"", parts[_CORE])
    return Shell(
        parts=parts,
        styles=dict(zip(LOOKS, styles, strict=True)),
        overlays=dict(zip(OVERLAYS, overlays, strict=True)),
        page_setup=(before, after),
    )
