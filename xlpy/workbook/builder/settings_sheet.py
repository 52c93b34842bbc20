"""Limits of «Настройки»: each parameter's value cell accepts what that parameter is declared to be."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from xlpy.tables import schema
from xlpy.tables.declare import Kind, Role
from xlpy.tables.settings import SETTINGS_ROWS, Setting, setting_column
from xlpy.words import panel
from xlpy.workbook.builder.styles import Look, Styles
from xlpy.workbook.builder.validation import Rule, limits

_AT = next(at for at, column in enumerate(schema.SETTINGS.columns) if column.key == "setting")


def set_setting_limits(page: Worksheet, styles: Styles) -> None:
    """Give every value cell its list, limits and input message; a date's cell shows dates."""
    for row, setting in enumerate(SETTINGS_ROWS, start=schema.SETTINGS.header_row):
        if setting.kind is Kind.DATE:
            page.write_blank(row, _AT, None, styles.cells[Role.INPUT, Look.DATE])
        said = {
            "input_title": setting.caption[: panel.INPUT_TITLES],
            "input_message": setting.help or schema.SETTINGS.columns[_AT].help,
        }
        page.data_validation(row, _AT, row, _AT, {**(_rule(setting, row) or {"validate": "any"}), **said})


def _rule(setting: Setting, row: int) -> Rule:
    if setting.choices:
        return {
            "validate": "list",
            "source": list(setting.choices),
            "error_title": panel.CLOSED_TITLE,
            "error_message": panel.CLOSED_MESSAGE.format(choices=", ".join(setting.choices)),
        }
    if setting.kind is Kind.YEAR:
        cell = f"$B${row + 1}"
        return {
            "validate": "custom",
            "value": f'=AND(LEN({cell})=7,MID({cell},5,1)="/")',
            "error_type": "warning",
            "error_title": panel.YEAR_TITLE,
            "error_message": panel.YEAR_MESSAGE,
        }
    return limits(setting_column(setting))
