"""Live formulas of the calculated columns, for any row; `analysis.scoring` computes the same in Python.

Only functions of Excel 2016 and LibreOffice 7.4, plain A1 references within the row and bounded defined names:
`[@X]` breaks LibreOffice. SUMIFS as a look-up would add duplicates up, so a mark needs exactly one scale row.
"""

from __future__ import annotations

from xlpy.tables import schema
from xlpy.tables.addresses import column_letter
from xlpy.tables.declare import Formula, Sheet

YEAR = "settings_year"
TASK_MARKS = "list_task_marks"
NBSP = "list_nbsp"


def _clean(reference: str) -> str:
    """Text without the no-break and doubled spaces that people paste."""
    return f'TRIM(SUBSTITUTE({reference},{NBSP}," "))'


def _grade(school_class: str) -> str:
    """The leading number of a class name; an error where there is none."""
    return f"LOOKUP(99,VALUE(LEFT({_clean(school_class)},{{1,2}})))"


def _work(table: str, school_class: str, subject: str) -> str:
    """Criteria that pick the rows of «Шкалы» or «Задания» of this row's work."""
    return f"{table}_year,{YEAR},{table}_grade,{_grade(school_class)},{table}_subject,{_clean(subject)}"


def points_formula(cells: str, first: str, school_class: str, subject: str, variant: str) -> str:
    """Formula of the total of one paper; `cells` is its range of 36 task cells, `first` the first of them.

    `variant` may be empty where a sheet has no such column.
    """
    typed = f'SUMPRODUCT(--({_clean(cells)}<>""))'
    legal = f"COUNT({cells})+SUMPRODUCT(--ISNUMBER(MATCH({_clean(cells)},{TASK_MARKS},0)))"
    tasks = f"COUNTIFS({_work('tasks', school_class, subject)})"
    beyond = f'SUMPRODUCT(({_clean(cells)}<>"")*(COLUMN({cells})-COLUMN({first})>={tasks}))'
    body = (
        f'IF({tasks}=0,"{schema.NO_TASKS}",'
        f'IF(OR({legal}<{typed},{beyond}>0,COUNTIF({cells},"<0")>0),"{schema.CHECK_IT}",'
        f'IF({typed}<{tasks},"{schema.UNFINISHED}",SUM({cells}))))'
    )
    body = f'IF(COUNTA({cells})=0,"",IF({typed}=0,"",{body}))'
    if variant:
        body = f'IF({_clean(variant)}="{schema.ABSENT}","",{body})'
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
    """Formula that compares the mark with the journal's."""
    known = f"IFERROR(MATCH({_clean(journal)},list_marks,0)+1,0)"
    return (
        f'IF(NOT(ISNUMBER({mark})),"",IF(OR({known}<2,{known}>5),"",'
        f'IF({mark}<{known},"{schema.LOWERED}",IF({mark}={known},"{schema.CONFIRMED}","{schema.RAISED}"))))'
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

    which = sheet.column(key).formula
    if which is Formula.POINTS:
        first, last = at(schema.TASK_KEYS[0]), at(schema.TASK_KEYS[-1])
        variant = at("variant") if "variant" in letters else ""
        return points_formula(f"{first}:{last}", first, at("school_class"), at("subject"), variant)
    if which is Formula.MARK:
        return mark_formula(at("points"), at("school_class"), at("subject"))
    if which is Formula.COMPARISON:
        return comparison_formula(at("mark"), at("journal_mark"))
    raise ValueError(f"{sheet.key}.{key} is not a calculated column")
