"""How cells look: one place for colours, fonts and number formats. Nothing here depends on a table style.

LibreOffice drops table styles, so every look is a cell style. Each state has a sign beside its colour: calculated
cells are italic, errors bold, warnings framed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from xlpy.tables.declare import Column, Kind, Role

INK = "#1F2937"
QUIET = "#4B5563"
TITLE = "#1F3864"
LINE = "#CBD5E1"
LINK = "#1D4ED8"
BAND = "#EEF2F7"

FILLS: Mapping[Role, str | None] = {Role.INPUT: None, Role.CALCULATED: "#F1F1F1", Role.OUTPUT: "#E8F3EE"}
HEADERS: Mapping[Role, str] = {Role.INPUT: "#1F3864", Role.CALCULATED: "#4B5563", Role.OUTPUT: "#1E6B52"}
ERROR = {"bg_color": "#FFD5D5", "font_color": "#9C0006", "bold": True}
# A frame, not an underline: LibreOffice saves an underlined rule in a wrong order, which Excel might mend or refuse.
WARNING = {"bg_color": "#FFF1B8", "font_color": "#6B4400", "border": 1, "border_color": "#6B4400"}
READY = {"bg_color": "#DDF3E4", "font_color": "#14532D"}
UNUSED = {"bg_color": "#D4D4D4", "font_color": "#595959"}

DATE = "dd.mm.yyyy"
MOMENT = "dd.mm.yyyy hh:mm"
_WRAPPED_FROM = 22


class Look(Enum):
    """How the value of a cell is laid out."""

    TEXT = "text"
    LONG_TEXT = "long text"
    CENTRED = "centred"
    POINTS = "points"
    DATE = "date"
    MOMENT = "moment"


_LAYOUT: Mapping[Look, Mapping[str, object]] = {
    Look.TEXT: {},
    Look.LONG_TEXT: {"text_wrap": True, "align": "left"},
    Look.CENTRED: {"align": "center"},
    # «не пройд.» has to show in the narrow column of a task.
    Look.POINTS: {"align": "center", "shrink": True},
    Look.DATE: {"align": "center", "num_format": DATE},
    Look.MOMENT: {"align": "center", "num_format": MOMENT},
}
_LEFT = {Kind.ANY, Kind.TEXT, Kind.CHOICE, Kind.CHOICES, Kind.SUBJECT, Kind.SUBJECTS, Kind.TEACHER}


def look_of(column: Column) -> Look:
    """Return the layout of a column's cells."""
    if column.kind is Kind.DATE:
        return Look.MOMENT if column.width > 16 else Look.DATE
    if column.kind is Kind.TASK:
        return Look.POINTS
    if column.kind not in _LEFT or column.role is Role.CALCULATED:
        return Look.CENTRED
    return Look.LONG_TEXT if column.width >= _WRAPPED_FROM else Look.TEXT


@dataclass(frozen=True, slots=True)
class Styles:
    """Formats of one workbook: of cells by role and look, of headers by role, of marked cells by their state."""

    cells: Mapping[tuple[Role, Look], Format]
    headers: Mapping[Role, Format]
    error: Format
    warning: Format
    ready: Format
    unused: Format
    plain: Format


def make_styles(book: Workbook) -> Styles:
    """Return the formats, made anew in `book`."""
    cell = {"font_color": INK, "valign": "top", "border": 1, "border_color": LINE}
    return Styles(
        cells={
            (role, look): book.add_format(
                {**cell, **layout, **({"bg_color": fill} if fill else {}), "italic": role is Role.CALCULATED}
            )
            for role, fill in FILLS.items()
            for look, layout in _LAYOUT.items()
        },
        headers={
            role: book.add_format(
                {
                    "bold": True,
                    "font_color": "#FFFFFF",
                    "bg_color": fill,
                    "text_wrap": True,
                    "align": "center",
                    "valign": "top",
                    "border": 1,
                    "border_color": LINE,
                    "italic": role is Role.CALCULATED,
                }
            )
            for role, fill in HEADERS.items()
        },
        error=book.add_format(ERROR),
        warning=book.add_format(WARNING),
        ready=book.add_format(READY),
        unused=book.add_format(UNUSED),
        plain=book.add_format({"font_color": INK}),
    )
