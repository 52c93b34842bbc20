"""Live formulas of the calculated columns, for any row; `analysis.scoring` computes the same in Python.

Only functions of Excel 2016 and LibreOffice 7.4, plain A1 references within the row and bounded defined names:
`[@X]` breaks LibreOffice. SUMIFS as a look-up would add duplicates up, so a mark needs exactly one scale row.
"""

from __future__ import annotations

from collections.abc import Callable

from xlpy.tables import schema
from xlpy.tables.addresses import column_letter
from xlpy.tables.declare import Formula, Sheet

YEAR = "settings_year"
TASK_MARKS = "list_task_marks"
NBSP = "list_nbsp"
SUBJECTS = "list_subjects"
TASK_COUNTS = "list_task_counts"


def clean(reference: str) -> str:
    """Text without the no-break and doubled spaces that people paste."""
    return f'TRIM(SUBSTITUTE({reference},{NBSP}," "))'


def grade(school_class: str) -> str:
    """The one or two digits a class name begins with, as a number; an error where it begins otherwise."""
    name = clean(school_class)
    return f'VALUE(LEFT({name},1+ISNUMBER(FIND(MID({name}&" ",2,1),"0123456789"))))'


def work_criteria(table: str, grade_text: str, subject: str) -> str:
    """Criteria that pick the rows of «Шкалы» or «Задания» of a work of the school year."""
    return f"{table}_year,{YEAR},{table}_grade,{grade_text},{table}_subject,{subject}"


def _work(table: str, school_class: str, subject: str) -> str:
    return work_criteria(table, grade(school_class), clean(subject))


def points_formula(cells: str, first: str, school_class: str, subject: str, variant: str) -> str:
    """Formula of the total of one paper; `cells` is its range of 36 task cells, `first` the first of them.

    `variant` may be empty where a sheet has no such column. A row of numbers and plain marks, as nearly all are, is
    only counted; another is cleaned first. Typed text is never a search pattern: MATCH would take «?» for any mark.
    A work without tasks has every cell beyond the last one. LibreOffice takes as long to read a long formula as to
    compute it: hence no branch is written out twice.
    """
    tasks = f"COUNTIFS({_work('tasks', school_class, subject)})"
    plain = f"COUNT({cells})+SUMPRODUCT(COUNTIF({cells},{TASK_MARKS}))=COUNTA({cells})"
    cleaned = f'SUMPRODUCT(--({clean(cells)}<>""))'
    typed = f"IF({plain},COUNTA({cells}),{cleaned})"
    unreadable = f"IF({plain},FALSE,COUNT({cells})+SUMPRODUCT(--({clean(cells)}={TASK_MARKS}))<{cleaned})"
    beyond = f'SUMPRODUCT(({clean(cells)}<>"")*(COLUMN({cells})-COLUMN({first})>={tasks}))>0'
    body = (
        f'IF(COUNTA({cells})=0,"",IF({typed}=0,"",'
        f'IF(OR({unreadable},{beyond},COUNTIF({cells},"<0")>0),'
        f'IF({tasks}=0,"{schema.NO_TASKS}","{schema.CHECK_IT}"),'
        f'IF({typed}<{tasks},"{schema.UNFINISHED}",SUM({cells})))))'
    )
    if variant:
        body = f'IF({clean(variant)}="{schema.ABSENT}","",{body})'
    return f'IFERROR({body},"{schema.CHECK_IT}")'


def mark_formula(points: str, school_class: str, subject: str) -> str:
    """Formula of the mark for a total: 2 and one more for each threshold reached."""
    work = _work("scales", school_class, subject)
    whole = ",".join(f'scales_mark_{mark}_from,">0"' for mark in (3, 4, 5))
    reached = "+".join(f'COUNTIFS({work},scales_mark_{mark}_from,"<="&{points})' for mark in (3, 4, 5))
    return (
        f'IFERROR(IF(NOT(ISNUMBER({points})),"",'
        f'IF(OR(COUNTIFS({work})<>1,COUNTIFS({work},{whole})<>1),"{schema.NO_SCALE}",'
        f'IF(COUNTIFS({work},scales_max_points,"<"&{points})>0,"{schema.CHECK_IT}",2+{reached}))),'
        f'"{schema.CHECK_IT}")'
    )


def comparison_formula(mark: str, journal: str) -> str:
    """Formula that compares the mark with the journal's; anything but 2…5 there compares with nothing."""
    known = f'IF(OR({clean(journal)}={{"2","3","4","5"}}),VALUE({clean(journal)}),0)'
    return (
        f'IFERROR(IF(NOT(ISNUMBER({mark})),"",IF({known}=0,"",'
        f'IF({mark}<{known},"{schema.LOWERED}",IF({mark}={known},"{schema.CONFIRMED}","{schema.RAISED}")))),"")'
    )


def formula_for(sheet: Sheet, key: str, row: int, first_column: int = 1) -> str:
    """Return the A1 formula (no leading «=») of a calculated column for an Excel row.

    `first_column` is the 1-based column of the sheet's first declared column.
    """
    return formula_at(sheet, key, row, {c.key: column_letter(first_column + i) for i, c in enumerate(sheet.columns)})


def formula_at(sheet: Sheet, key: str, row: int, letters: dict[str, str]) -> str:
    """As `formula_for`, for columns wherever they stand: `letters` maps column keys to column letters.

    The 36 task columns must stand side by side. ValueError for a column without a formula.
    """

    def at(column: str) -> str:
        return f"${letters[column]}{row}"

    return _formula(sheet, key, at, f"{at(schema.TASK_KEYS[0])}:{at(schema.TASK_KEYS[-1])}", "variant" in letters)


def table_formula(sheet: Sheet, key: str) -> str:
    """Return the same formula in the table's own words, by which Excel fills a row that it adds to the table."""

    def at(column: str) -> str:
        return f"{sheet.table_name}[[#This Row],[{sheet.column(column).caption}]]"

    first, last = (sheet.column(task).caption for task in (schema.TASK_KEYS[0], schema.TASK_KEYS[-1]))
    cells = f"{sheet.table_name}[[#This Row],[{first}]:[{last}]]"
    return _formula(sheet, key, at, cells, any(column.key == "variant" for column in sheet.columns))


def _formula(sheet: Sheet, key: str, at: Callable[[str], str], cells: str, variant: bool) -> str:
    which = sheet.column(key).formula
    if which is Formula.POINTS:
        first = at(schema.TASK_KEYS[0])
        return points_formula(cells, first, at("school_class"), at("subject"), at("variant") if variant else "")
    if which is Formula.MARK:
        return mark_formula(at("points"), at("school_class"), at("subject"))
    if which is Formula.COMPARISON:
        return comparison_formula(at("mark"), at("journal_mark"))
    raise ValueError(f"{sheet.key}.{key} is not a calculated column")
