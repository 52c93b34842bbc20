"""What a cell accepts: the list, limits, input message and error alert of a declared column.

Closed lists bind; names, codes and points advise, for a school may know better than its own lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from xlpy.tables import schema
from xlpy.tables.addresses import column_letter
from xlpy.tables.declare import Column, Kind, Role, Sheet
from xlpy.tables.formulas import TASK_MARKS, YEAR
from xlpy.words import panel

Rule = Mapping[str, object]

_CLOSED = {Kind.CHOICE}
_OPEN_LISTS = {Kind.CHOICES, Kind.SUBJECTS}
_DATES = (date(2000, 1, 1), date(2100, 12, 31))
_VARIANTS = 10


def list_name(sheet: Sheet, column: Column) -> str:
    """Defined name of the values offered in a column's drop-down."""
    return "list_marks" if column.kind is Kind.MARK else f"list_{sheet.key}_{column.key}"


def offered(sheet: Sheet, column: Column) -> tuple[str | int, ...]:
    """Values offered in a column's own drop-down; empty where it has none or takes another sheet's."""
    if column.kind is Kind.SUBJECTS:
        return (*schema.SUBJECTS, *((schema.PRIMARY_TEACHER,) if sheet is schema.TEACHERS else ()))
    if column.kind is Kind.VARIANT:
        return (schema.ABSENT, *range(1, _VARIANTS + 1))
    return tuple(int(choice) if choice.isdigit() else choice for choice in column.choices)


def input_help(column: Column) -> str:
    """What the cell says when it is entered; "" where its header says enough."""
    if column.role is Role.CALCULATED:
        return panel.CALCULATED_HELP
    if column.help:
        return column.help
    if column.role is Role.OUTPUT:
        return panel.OUTPUT_HELP
    if column.kind in _CLOSED:
        return panel.CHOICE_HELP
    return panel.DATE_HELP if column.kind is Kind.DATE else ""


def validation(sheet: Sheet, column: Column) -> Rule | None:
    """Return XlsxWriter's options for a column's cells, or None where anything goes and nothing need be said."""
    rule = _rule(sheet, column)
    message = input_help(column)
    if not rule and not message:
        return None
    said = {"input_title": column.caption[: panel.INPUT_TITLES], "input_message": message} if message else {}
    return {**(rule or {"validate": "any"}), **said}


def _rule(sheet: Sheet, column: Column) -> Rule:
    if column.role is Role.CALCULATED:
        # Never true: whatever is typed over a formula is asked about.
        return _asking("=1=0", panel.CALCULATED_TITLE, panel.CALCULATED_MESSAGE)
    if column.source:
        return _list(_growing(column.source), "warning", panel.ADVICE_TITLE, panel.ADVICE_MESSAGE)
    if column.kind in _CLOSED or column.kind is Kind.MARK:
        choices = ", ".join(str(choice) for choice in offered(sheet, column))
        return _list(list_name(sheet, column), "stop", panel.CLOSED_TITLE, panel.CLOSED_MESSAGE.format(choices=choices))
    if column.kind in _OPEN_LISTS:
        return {"validate": "list", "source": f"={list_name(sheet, column)}", "show_error": False}
    if column.kind is Kind.VARIANT:
        return _list(list_name(sheet, column), "warning", panel.VARIANT_TITLE, panel.VARIANT_MESSAGE)
    return _typed_rule(sheet, column)


def _typed_rule(sheet: Sheet, column: Column) -> Rule:
    cell = f"{_letter(sheet, column.key)}{sheet.header_row + 1}"
    if column.kind is Kind.CODE:
        return _asking(f"=AND(LEN({cell})=5,ISNUMBER(VALUE({cell})))", panel.CODE_TITLE, panel.CODE_MESSAGE)
    if column.kind is Kind.YEAR:
        return _asking(f'=AND(LEN({cell})=7,MID({cell},5,1)="/")', panel.YEAR_TITLE, panel.YEAR_MESSAGE)
    if column.kind is Kind.TASK:
        return _asking(_task_formula(sheet, cell), panel.TASK_TITLE, panel.TASK_MESSAGE)
    if column.kind in {Kind.INTEGER, Kind.NUMBER, Kind.DATE}:
        return limits(column)
    return {}


def limits(column: Column) -> Rule:
    """Rule of a date or a number between its limits; empty where it has none."""
    if column.kind is Kind.DATE:
        return {
            "validate": "date",
            "criteria": "between",
            "minimum": _DATES[0],
            "maximum": _DATES[1],
            "error_title": panel.DATE_TITLE,
            "error_message": panel.DATE_MESSAGE,
        }
    if column.low is None or column.high is None:
        return {}
    whole = column.kind is Kind.INTEGER
    message = panel.NUMBER_MESSAGE if whole else panel.ANY_NUMBER_MESSAGE
    return {
        "validate": "integer" if whole else "decimal",
        "criteria": "between",
        "minimum": column.low,
        "maximum": column.high,
        "error_title": panel.NUMBER_TITLE,
        "error_message": message.format(low=f"{column.low:g}", high=f"{column.high:g}"),
    }


def _list(source: str, strictness: str, title: str, message: str) -> Rule:
    return {
        "validate": "list",
        "source": f"={source}",
        "error_type": strictness,
        "error_title": title,
        "error_message": message,
    }


def _asking(formula: str, title: str, message: str) -> Rule:
    return {
        "validate": "custom",
        "value": formula,
        "error_type": "warning",
        "error_title": title,
        "error_message": message,
    }


def _growing(source: str) -> str:
    """The filled part of a column that feeds a list: with its empty rows Excel would accept anything."""
    return source if source.startswith("list_") else f"OFFSET({source},0,0,MAX(1,COUNTA({source})),1)"


def _letter(sheet: Sheet, key: str) -> str:
    return column_letter(1 + next(at for at, column in enumerate(sheet.columns) if column.key == key))


def _task_formula(sheet: Sheet, cell: str) -> str:
    """0 … the task's maximum, or one of the marks; at most 255 characters, and no array constants (Excel)."""
    row = sheet.header_row + 1
    school_class, subject = (f"${_letter(sheet, key)}{row}" for key in ("school_class", "subject"))
    number = f"{cell.rstrip('0123456789')}${sheet.header_row}"
    grade = f'LEFT({school_class},1+ISNUMBER(FIND(MID({school_class}&" ",2,1),"0123456789")))'
    most = (
        f"SUMIFS(tasks_max_points,tasks_year,{YEAR},tasks_grade,{grade},tasks_subject,{subject},tasks_number,{number})"
    )
    return f"=IF(ISNUMBER({cell}),AND({cell}>=0,{cell}<={most}),SUMPRODUCT(--(TRIM({cell})={TASK_MARKS}))>0)"
