"""The hidden sheet of lists: values of drop-downs, the school year, messages of the macros, each with its name."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xlpy.tables import schema
from xlpy.tables.addresses import column_letter
from xlpy.tables.declare import Kind
from xlpy.tables.formulas import NBSP, SUBJECTS, TASK_COUNTS, TASK_MARKS, YEAR, clean
from xlpy.tables.raw import Live
from xlpy.tables.settings import SETTINGS_ROWS
from xlpy.words import panel
from xlpy.words.install import MACRO_MESSAGES
from xlpy.workbook.builder.highlights import GRADES, counters, task_counts
from xlpy.workbook.builder.names import quoted
from xlpy.workbook.builder.results_head import CHOSEN_ROW, chosen_row_formula
from xlpy.workbook.builder.styles import Styles
from xlpy.workbook.builder.validation import list_name, offered

Cells = Sequence[str | int | Live]

_FIRST_ROW = 3
_OWN_LISTS = {Kind.CHOICE, Kind.CHOICES, Kind.SUBJECTS, Kind.VARIANT, Kind.MARK}


def year_formula() -> str:
    """The school year of «Настройки» as 2025/26, whether written 2025/2026, 2025-26 or 25/26; "" where there is none.

    It is looked up, not pointed at: the sheet may be sorted.
    """
    caption = next(setting.caption for setting in SETTINGS_ROWS if setting.key == "year")
    written = clean(f'INDEX(settings_setting,MATCH("{caption}",settings_parameter,0))')
    return (
        f'IFERROR(IF(LEN({written})>=7,LEFT({written},4)&"/"&RIGHT({written},2),'
        f'IF(LEN({written})=5,"20"&LEFT({written},2)&"/"&RIGHT({written},2),{written})),"")'
    )


def _lists() -> dict[str, Cells]:
    """Cells of every name, in the order of the sheet."""
    found: dict[str, Cells] = {
        YEAR: (Live(year_formula()),),
        NBSP: ("\u00a0",),
        TASK_MARKS: (*schema.NOT_ATTEMPTED_SPELLINGS, *schema.NOT_TAUGHT_SPELLINGS),
        CHOSEN_ROW: (Live(chosen_row_formula()),),
        **{name: (formula,) for name, formula in counters().items()},
        SUBJECTS: schema.SUBJECTS,
        **task_counts(),
    }
    for sheet in schema.SHEETS:
        for column in sheet.columns:
            if column.kind in _OWN_LISTS and not column.source:
                found.setdefault(list_name(sheet, column), offered(sheet, column))
    return found


def write_lists(book: Workbook, page: Worksheet, styles: Styles) -> None:
    """Fill the sheet of lists, name each list, hide the sheet."""
    page.write_string(0, 0, panel.LISTS_NOTE, styles.plain)
    columns = _lists() | {name: (text,) for name, text in MACRO_MESSAGES.items()}
    for at, (name, cells) in enumerate(columns.items()):
        page.write_string(_FIRST_ROW - 2, at, name, styles.plain)
        for offset, cell in enumerate(cells):
            row = _FIRST_ROW - 1 + offset
            if isinstance(cell, Live):
                page.write_formula(row, at, f"={cell.text}", styles.plain, "")
            elif isinstance(cell, int):
                page.write_number(row, at, cell, styles.plain)
            else:
                page.write_string(row, at, cell, styles.plain)
        letter = column_letter(at + 1)
        last = _FIRST_ROW + len(cells) - 1
        book.define_name(name, f"={quoted(schema.LISTS_NAME)}!${letter}${_FIRST_ROW}:${letter}${last}")
    first = list(columns).index(f"{TASK_COUNTS}_{GRADES[0]}") + 1
    left, right = column_letter(first), column_letter(first + len(GRADES) - 1)
    block = f"${left}${_FIRST_ROW}:${right}${_FIRST_ROW + len(schema.SUBJECTS) - 1}"
    book.define_name(TASK_COUNTS, f"={quoted(schema.LISTS_NAME)}!{block}")
    page.hide()
