"""«Панель»: buttons, the state of the procedure as formulas, the last messages, the way to every sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xlpy.tables import schema
from xlpy.tables.addresses import column_letter
from xlpy.tables.declare import Role
from xlpy.tables.settings import SETTINGS_ROWS
from xlpy.words import panel
from xlpy.words.buttons import DONE, FAILED, RUNNING
from xlpy.words.install import SHORTCUTS
from xlpy.workbook.builder import styles as look
from xlpy.workbook.builder.names import quoted
from xlpy.workbook.builder.state import LAST_MESSAGES, State, last_message, last_moment, state_of_procedure
from xlpy.workbook.builder.styles import Styles
from xlpy.workbook.builder.vba import macro_link, macro_name

_LEFT, _MIDDLE, _RIGHT = 1, 2, 3
_LINK, _PURPOSE = 5, 6
_WIDTHS = (2, 40, 14, 27, 2, 24, 78, 2)
_MESSAGE_ROW = 3
_RESULT_ROW = 4
_WELCOME_ROW = 6
_BLOCK_ROW = 11
# A button stands over two rows, so that the rows beside it stay even.
_BUTTON_ROWS = 2
_BUTTON = {"width": 272, "height": 33, "x_offset": 2, "y_offset": 3}
# So low that twelve buttons fit on a screen of a thousand dots.
_ROW_HEIGHT = 14.5
# A sentence about an error may take three lines; it ends where a small screen does.
_MESSAGE_HEIGHT = 52
_NOTE_ROWS = 3
_LAST_ROW = 57


@dataclass(frozen=True, slots=True)
class _Looks:
    title: Format
    quiet: Format
    version: Format
    plain: Format
    head: Format
    text: Format
    label: Format
    number: Format
    verdict: Format
    column: Format
    link: Format
    lost_button: Format
    moment: Format
    message: Format
    outcome: Format
    result: Format
    shortcut: Format
    state: Format


def write_panel(book: Workbook, page: Worksheet, styles: Styles) -> None:
    """Write the first sheet."""
    looks = _looks(book)
    page.hide_gridlines(2)
    for at, width in enumerate(_WIDTHS):
        page.set_column(at, at, width)
    for row in range(_WELCOME_ROW, _LAST_ROW):
        page.set_row(row, _ROW_HEIGHT)
    _write_welcome(page, looks)
    _write_outcome(book, page, looks)
    _write_buttons(book, page, looks, styles)
    _write_state(page, looks, styles, _BLOCK_ROW + len(panel.BUTTONS) * _BUTTON_ROWS + _NOTE_ROWS + 2)
    _write_links(page, looks)
    legend_row = _BLOCK_ROW + len(schema.SHEETS) + 2
    _write_legend(book, page, looks, styles, legend_row)
    _write_last(page, looks, legend_row + len(panel.LEGEND) + 2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 1)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.set_footer(panel.PAGE)


def _looks(book: Workbook) -> _Looks:
    base = {"font_color": look.INK, "valign": "vcenter"}
    row = {**base, "bottom": 1, "bottom_color": look.LINE}
    band = {"bg_color": look.BAND, "indent": 1, "top_color": look.LINE, "bottom_color": look.LINE}
    return _Looks(
        title=book.add_format({**base, "bold": True, "font_size": 22, "font_color": look.TITLE}),
        quiet=book.add_format({**base, "font_color": look.QUIET, "text_wrap": True}),
        version=book.add_format({**base, "font_color": look.QUIET, "align": "right"}),
        plain=book.add_format(base),
        head=book.add_format(
            {**base, "bold": True, "font_size": 13, "font_color": look.TITLE, "bottom": 2, "bottom_color": look.TITLE}
        ),
        text=book.add_format({**base, "indent": 1}),
        label=book.add_format(row),
        number=book.add_format({**row, "align": "center", "bold": True}),
        verdict=book.add_format({**row, "align": "center"}),
        column=book.add_format({**row, "bold": True, "font_color": look.QUIET}),
        link=book.add_format({**row, "font_color": look.LINK, "underline": 1}),
        lost_button=book.add_format(
            {"font_color": look.LINK, "underline": 1, "font_size": 10, "valign": "top", "indent": 1}
        ),
        message=book.add_format(row),
        moment=book.add_format({**row, "num_format": look.MOMENT, "align": "left"}),
        outcome=book.add_format({**base, **band, "bold": True, "text_wrap": True, "top": 1}),
        result=book.add_format({**base, **band, "font_color": look.LINK, "underline": 1, "bottom": 1}),
        shortcut=book.add_format({**base, "font_color": look.QUIET, "indent": 1}),
        state=book.add_format({**base, "align": "center"}),
    )


def _head(page: Worksheet, looks: _Looks, row: int, first: int, last: int, text: str) -> None:
    page.write_string(row, first, text, looks.head)
    for at in range(first + 1, last + 1):
        page.write_blank(row, at, None, looks.head)


def _write_welcome(page: Worksheet, looks: _Looks) -> None:
    school = next(setting.caption for setting in SETTINGS_ROWS if setting.key == "school_short")
    page.set_row(0, 8)
    page.set_row(1, 36)
    page.write_string(1, _LEFT, panel.TITLE, looks.title)
    page.write_formula(
        2,
        _LEFT,
        f'=IFERROR(INDEX(settings_setting,MATCH("{school}",settings_parameter,0))&"","")',
        looks.quiet,
        "",
    )
    page.write_string(1, _PURPOSE, panel.VERSION.format(version=schema.SCHEMA_VERSION), looks.version)
    for offset, line in enumerate(panel.WELCOME):
        page.write_string(_WELCOME_ROW + offset, _LEFT, line, looks.plain)


def _write_outcome(book: Workbook, page: Worksheet, looks: _Looks) -> None:
    """What came of the last button, and the way to it: the shell of the buttons finds both cells by name."""
    page.set_row(_MESSAGE_ROW, _MESSAGE_HEIGHT)
    page.merge_range(_MESSAGE_ROW, _LEFT, _MESSAGE_ROW, _LINK, panel.MESSAGE_NONE, looks.outcome)
    page.merge_range(_RESULT_ROW, _LEFT, _RESULT_ROW, _LINK, "", looks.result)
    _name_cell(book, schema.MESSAGE_CELL, _MESSAGE_ROW, _LEFT)
    _name_cell(book, schema.RESULT_CELL, _RESULT_ROW, _LEFT)


def _name_cell(book: Workbook, name: str, row: int, column: int) -> None:
    book.define_name(name, f"={quoted(schema.PANEL_NAME)}!${column_letter(column + 1)}${row + 1}")


def _write_buttons(book: Workbook, page: Worksheet, looks: _Looks, styles: Styles) -> None:
    _head(page, looks, _BLOCK_ROW, _LEFT, _RIGHT, panel.BUTTONS_HEAD)
    row = _BLOCK_ROW + 1
    for action, (caption, does, _) in panel.BUTTONS.items():
        page.insert_button(
            row, _LEFT, {"macro": macro_name(action), "caption": caption, "description": does, **_BUTTON}
        )
        # Under the button: LibreOffice loses buttons when it saves, and then this link is seen in its place.
        page.write_formula(row + 1, _LEFT, macro_link(action, caption), looks.lost_button, "")
        page.write_string(row, _MIDDLE, does, looks.text)
        page.write_string(row + 1, _MIDDLE, SHORTCUTS.get(action, ""), looks.shortcut)
        page.write_blank(row + 1, _RIGHT, None, looks.state)
        _name_cell(book, schema.state_cell(action), row + 1, _RIGHT)
        _colour_state(page, styles, row + 1)
        row += _BUTTON_ROWS
    commands = ", ".join(command for _, _, command in panel.BUTTONS.values() if command)
    note = panel.BUTTONS_BLOCKED.format(commands=commands)
    page.merge_range(row, _LEFT, row + _NOTE_ROWS - 1, _RIGHT, note, looks.quiet)


def _colour_state(page: Worksheet, styles: Styles, row: int) -> None:
    """Colour a state by its word.

    By a rule of text, not a formula: where one watches its own cell, LibreOffice records a step of undo for what is
    written there even while recording is off.
    """
    for word, shown in ((DONE, styles.ready), (RUNNING, styles.warning), (FAILED, styles.error)):
        rule = {"type": "text", "criteria": "begins with", "value": word, "format": shown}
        page.conditional_format(row, _RIGHT, row, _RIGHT, rule)


def _write_links(page: Worksheet, looks: _Looks) -> None:
    _head(page, looks, _BLOCK_ROW, _LINK, _PURPOSE, panel.LINKS_HEAD)
    for row, sheet in enumerate(schema.SHEETS, start=_BLOCK_ROW + 1):
        target = f"internal:{quoted(sheet.name)}!A{sheet.header_row + 1}"
        page.write_url(row, _LINK, target, looks.link, sheet.name)
        page.write_string(row, _PURPOSE, sheet.purpose, looks.label)


def _write_state(page: Worksheet, looks: _Looks, styles: Styles, row: int) -> None:
    _head(page, looks, row, _LEFT, _RIGHT, panel.STATE_HEAD)
    for at, caption in zip((_LEFT, _MIDDLE, _RIGHT), panel.STATE_COLUMNS, strict=True):
        page.write_string(row + 1, at, caption, looks.column)
    states: Mapping[str, State] = state_of_procedure()
    for offset, (key, caption) in enumerate(panel.STATE.items(), start=2):
        page.write_string(row + offset, _LEFT, caption, looks.label)
        page.write_formula(row + offset, _MIDDLE, f"={states[key].count}", looks.number, "")
        page.write_formula(row + offset, _RIGHT, f"={states[key].verdict}", looks.verdict, "")
    last = row + len(panel.STATE) + 1
    for word, shown in (
        (panel.READY, styles.ready),
        (panel.ATTENTION, styles.error),
        (panel.WAITING, styles.warning),
    ):
        page.conditional_format(
            row + 2, _RIGHT, last, _RIGHT, {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": shown}
        )


def _write_legend(book: Workbook, page: Worksheet, looks: _Looks, styles: Styles, row: int) -> None:
    _head(page, looks, row, _LINK, _PURPOSE, panel.LEGEND_HEAD)
    framed = {"border": 1, "border_color": look.LINE, "align": "center", "valign": "vcenter"}
    samples = {
        "input": styles.cells[Role.INPUT, look.Look.CENTRED],
        "calculated": styles.cells[Role.CALCULATED, look.Look.CENTRED],
        "output": styles.cells[Role.OUTPUT, look.Look.CENTRED],
        "error": book.add_format({**framed, **look.ERROR}),
        "warning": book.add_format({**framed, **look.WARNING}),
    }
    for offset, (key, meaning) in enumerate(panel.LEGEND.items(), start=1):
        page.write_string(row + offset, _LINK, panel.LEGEND_SAMPLES[key], samples[key])
        page.write_string(row + offset, _PURPOSE, meaning, looks.label)


def _write_last(page: Worksheet, looks: _Looks, row: int) -> None:
    _head(page, looks, row, _LINK, _PURPOSE, panel.LAST_HEAD)
    for back in range(LAST_MESSAGES):
        page.write_formula(row + 1 + back, _LINK, f"={last_moment(back)}", looks.moment, "")
        page.write_formula(row + 1 + back, _PURPOSE, f"={last_message(back)}", looks.message, "")
