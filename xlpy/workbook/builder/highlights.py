"""Conditional formats: cells named on «Замечания», what a formula could not say, columns past the last task.

Excel computes the cells in view. LibreOffice computes those too, and every cell of every table when it saves: so a
rule stops at once on a sheet without findings, and looks things up in short lists.
"""

from __future__ import annotations

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xlpy.tables import schema
from xlpy.tables.addresses import column_letter
from xlpy.tables.declare import Kind, Role, Sheet
from xlpy.tables.formulas import SUBJECTS, TASK_COUNTS, YEAR
from xlpy.tables.raw import Live
from xlpy.workbook.builder.styles import Styles

_SHOWS_NONE = (schema.FINDINGS, schema.JOURNAL)
# Grade 0 is nobody's: it keeps a class «0А» from reading a whole row of the list.
GRADES = range(12)
_COUNTERS = dict(zip(schema.SEVERITIES, ("errors", "warnings"), strict=False))


def add_highlights(sheet: Sheet, page: Worksheet, styles: Styles) -> None:
    """Give a sheet's declared columns their conditional formats."""
    if sheet not in _SHOWS_NONE:
        last = len(sheet.columns) - 1
        for severity, shown in zip(_COUNTERS, (styles.error, styles.warning), strict=True):
            _add(sheet, page, 0, last, _found(sheet, severity), shown)
    calculated = [at for at, column in enumerate(sheet.columns) if column.role is Role.CALCULATED]
    for at in calculated:
        cell = f"{column_letter(at + 1)}{sheet.header_row + 1}"
        _add(sheet, page, at, at, f'{cell}="{schema.CHECK_IT}"', styles.error)
        words = (schema.UNFINISHED, schema.NO_TASKS, schema.NO_SCALE)
        _add(sheet, page, at, at, "OR(" + ",".join(f'{cell}="{word}"' for word in words) + ")", styles.warning)
    if any(column.kind is Kind.TASK for column in sheet.columns):
        _grey_past_last_task(sheet, page, styles)


def _add(sheet: Sheet, page: Worksheet, first: int, last: int, formula: str, shown: Format) -> None:
    top = sheet.header_row
    options = {"type": "formula", "criteria": f"={formula}", "format": shown}
    page.conditional_format(top, first, top + sheet.capacity - 1, last, options)


def counter_name(sheet: Sheet, severity: str) -> str:
    """Defined name of the number of findings of a severity on a sheet, by which a rule stops at once."""
    return f"{sheet.key}_{_COUNTERS[severity]}"


def counters() -> dict[str, Live]:
    """Formulas of the numbers of findings, by their names."""
    return {
        counter_name(sheet, severity): Live(f'COUNTIFS(findings_sheet,"{sheet.name}",findings_severity,"{severity}")')
        for sheet in schema.SHEETS
        if sheet not in _SHOWS_NONE
        for severity in _COUNTERS
    }


def _found(sheet: Sheet, severity: str) -> str:
    here = f"A{sheet.header_row + 1}"
    place = f"ADDRESS(ROW({here}),COLUMN({here}),4)"
    named = f'COUNTIFS(findings_cell,{place},findings_sheet,"{sheet.name}",findings_severity,"{severity}")>0'
    return f"IF({counter_name(sheet, severity)}=0,FALSE,IF(COUNTIF(findings_cell,{place})=0,FALSE,{named}))"


def task_counts() -> dict[str, tuple[Live, ...]]:
    """Formulas of the number of tasks of each work this year: a list per grade, by subject.

    Looking one up is ten times cheaper than counting through «Задания».
    """
    return {
        f"{TASK_COUNTS}_{grade}": tuple(
            Live(f'COUNTIFS(tasks_year,{YEAR},tasks_grade,{grade},tasks_subject,"{subject}")')
            for subject in schema.SUBJECTS
        )
        for grade in GRADES
    }


def _grey_past_last_task(sheet: Sheet, page: Worksheet, styles: Styles) -> None:
    positions = {column.key: at for at, column in enumerate(sheet.columns)}
    first, last = positions[schema.TASK_KEYS[0]], positions[schema.TASK_KEYS[-1]]
    row = sheet.header_row + 1
    school_class, subject = (f"${column_letter(positions[key] + 1)}{row}" for key in ("school_class", "subject"))
    here = f"{column_letter(first + 1)}{row}"
    grade = f'VALUE(LEFT({school_class},1+ISNUMBER(FIND(MID({school_class}&" ",2,1),"0123456789"))))'
    known = f"INDEX({TASK_COUNTS},MATCH({subject},{SUBJECTS},0),{grade}+1)"
    # A work without tasks divides by nothing: its cells stay as they are.
    _add(sheet, page, first, last, f"IFERROR((COLUMN({here})-{first})/{known}>1,FALSE)", styles.unused)
