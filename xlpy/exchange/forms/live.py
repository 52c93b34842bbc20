"""Formulas of a form: total, mark, how many works are typed, and the rules by which a cell is legal.

They mean what `tables.formulas` means on «Результаты», and are stricter in this: points over the maximum, parts of a
point and points of one who was absent are «проверьте» too. Functions of Excel 2010 only, and no array constants, which
rules of validation may not hold. The row of a paper is written as ROW, to be put in for each.
"""

from __future__ import annotations

from collections.abc import Sequence

from xlpy.exchange.forms import layout
from xlpy.exchange.forms.form import FormTask
from xlpy.tables import schema
from xlpy.tables.addresses import column_letter
from xlpy.words import forms as words

# Stands for the number of the row: a letter of no alphabet, which no word of ours holds.
ROW = "\ue000"
_NBSP = "\N{NO-BREAK SPACE}"
_VARIANT = column_letter(layout.VARIANT_COLUMN)
_CODE = column_letter(layout.CODE_COLUMN)
# The largest that «Задания» takes is 50; a longer text than 255 signs no formula may hold.
_MOST_POINTS = 80
LOW_VARIANT, HIGH_VARIANT = 1, 99


def absolute(cell: str) -> str:
    """C3 → $C$3."""
    letters = cell.rstrip("0123456789")
    return f"${letters}${cell[len(letters) :]}"


def _spelled(reference: str) -> str:
    """Text in capitals without the spaces that people paste: whether «=» minds the case is a setting of LibreOffice."""
    return f'UPPER(TRIM(SUBSTITUTE({reference},"{_NBSP}"," ")))'


def _listed(text: str, listed: Sequence[str]) -> str:
    """Whether a text is one of those listed, as they are written."""
    return f'ISNUMBER(FIND("|"&{text}&"|","|{"|".join(listed)}|"))'


def _marks(*, takes_not_taught: bool) -> tuple[str, ...]:
    spellings = (*schema.NOT_ATTEMPTED_SPELLINGS, *(schema.NOT_TAUGHT_SPELLINGS if takes_not_taught else ()))
    return tuple(spelling.upper() for spelling in spellings)


def is_absent(row: str) -> str:
    """Whether the pupil of the paper was absent."""
    return f'{_spelled(f"${_VARIANT}{row}")}="{schema.ABSENT.upper()}"'


def is_filled(cell: str) -> str:
    """Whether anything but spaces stands in a cell."""
    return f'{_spelled(cell)}<>""'


def is_points(cell: str, maximum: int, *, takes_not_taught: bool) -> str:
    """Whether 0…maximum or a known mark stands in a cell; at most 255 signs, as a rule of validation needs."""
    mark = _listed(_spelled(cell), _marks(takes_not_taught=takes_not_taught))
    return f"IF(ISNUMBER({cell}),AND({cell}>=0,{cell}<={maximum},{cell}=INT({cell})),{mark})"


def is_variant(row: str) -> str:
    """Whether a number of a variant or «отсутствовал» stands there."""
    cell = f"${_VARIANT}{row}"
    number = f"AND({cell}>={LOW_VARIANT},{cell}<={HIGH_VARIANT},{cell}=INT({cell}))"
    return f"IF(ISNUMBER({cell}),{number},{is_absent(row)})"


def codes_agree(row: str, again: str) -> str:
    """Whether the code on the left is the one on the right; rows that we did not write have none there."""
    return f'OR(${again}{row}="",${_CODE}{row}&""=${again}{row}&"")'


def points_formula(tasks: Sequence[FormTask], *, takes_not_taught: bool) -> str:
    """Formula of the total of a paper: nothing, «—» where absent, «проверьте», «не всё», or the points.

    Tasks are the columns that have a maximum, so a column put in between is none.
    """
    first, last = column_letter(layout.FIRST_TASK_COLUMN), column_letter(layout.FIRST_TASK_COLUMN + len(tasks) - 1)
    cells = f"{first}{ROW}:{last}{ROW}"
    maxima = f"{first}${layout.MAXIMUM_ROW}:{last}${layout.MAXIMUM_ROW}"
    most = min(max((task.maximum for task in tasks), default=0), _MOST_POINTS)
    typed = f'SUMPRODUCT(--({_spelled(cells)}<>""))'
    mark = _listed(_spelled(cells), _marks(takes_not_taught=takes_not_taught))
    number = f"ISNUMBER({cells})*({cells}<={maxima})*{_listed(cells, [str(points) for points in range(most + 1)])}"
    absent = is_absent(ROW)
    return (
        f'IFERROR(IF({typed}=0,IF({absent},"{words.ABSENT_SHOWN}",""),'
        f'IF(OR({absent},SUMPRODUCT({mark}+{number})<{typed}),"{schema.CHECK_IT}",'
        f'IF({typed}<COUNT({maxima}),"{schema.UNFINISHED}",SUM({cells})))),"{schema.CHECK_IT}")'
    )


def mark_formula(tasks: int) -> str:
    """Formula of the mark of a paper: nothing where there is no total or no whole scale."""
    points = f"{column_letter(layout.points_column(tasks))}{ROW}"
    three, four, five = (absolute(cell) for cell in layout.SCALE_CELLS)
    reached = f"2+({points}>={three})+({points}>={four})+({points}>={five})"
    return (
        f"IF(AND(ISNUMBER({points}),COUNT({three}:{five})=3),{reached},"
        f'IF({points}="{words.ABSENT_SHOWN}","{words.ABSENT_SHOWN}",""))'
    )


def state_formula(tasks: int, last_row: int) -> str:
    """Formula of the line of state: how many works are typed, and whether «готово» was said too early."""
    done, papers = _done(tasks, last_row)
    early = f'IF({is_too_early(tasks, last_row)},"{words.READY_TOO_EARLY}","")'
    return f'"{words.TYPED}"&{done}&"{words.TYPED_OF}"&{papers}&{early}'


def is_ready() -> str:
    """Whether the checker said «готово»."""
    return f'{_spelled(absolute(layout.READY_CELL))}="{words.READY.upper()}"'


def is_too_early(tasks: int, last_row: int) -> str:
    """Whether the checker said «готово» while something is missing."""
    done, papers = _done(tasks, last_row)
    return f"AND({is_ready()},{done}<{papers})"


def _done(tasks: int, last_row: int) -> tuple[str, str]:
    """Formulas of the number of papers that are typed or absent, and of papers."""
    points = column_letter(layout.points_column(tasks))
    totals = f"${points}${layout.FIRST_PAPER_ROW}:${points}${last_row}"
    codes = f"${_CODE}${layout.FIRST_PAPER_ROW}:${_CODE}${last_row}"
    return f'(COUNT({totals})+COUNTIF({totals},"{words.ABSENT_SHOWN}"))', f"COUNTA({codes})"
