"""Above the table of «Результаты»: the choice of class and subject, and what each task column then means."""

from __future__ import annotations

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from xlpy.tables import schema
from xlpy.tables.addresses import column_letter
from xlpy.tables.formulas import YEAR, clean, grade, work_criteria
from xlpy.words import panel
from xlpy.workbook.builder import styles as look
from xlpy.workbook.builder.names import quoted

CHOSEN_CLASS = "results_chosen_class"
CHOSEN_SUBJECT = "results_chosen_subject"
CHOSEN_ROW = "results_chosen_row"

_SHEET = schema.RESULTS
_CHOICE_ROW = _SHEET.header_row - 4
_LINK_ROW = _SHEET.header_row - 3
_LABEL_ROW = _SHEET.header_row - 2
_CLASS_AT, _SUBJECT_AT = 1, 2
_FIRST_TASK = next(at for at, column in enumerate(_SHEET.columns) if column.key == schema.TASK_KEYS[0])


def chosen_row_formula() -> str:
    """Excel row of the first row of the chosen class and subject, 0 where there is none.

    Rows are sorted by class, then subject: the first such subject at or under the class's first row.
    """
    first = f"MATCH({CHOSEN_CLASS},results_school_class,0)"
    below = f"INDEX(results_subject,{first}):INDEX(results_subject,ROWS(results_subject))"
    at = f"{first}+MATCH({CHOSEN_SUBJECT},{below},0)-1"
    return f"IFERROR(IF(INDEX(results_school_class,{at})={CHOSEN_CLASS},{at}+{_SHEET.header_row},0),0)"


def _label_formula(number: int) -> str:
    """«4К1 · 3» of one task of the chosen work, "" where it has none or two."""
    criteria = work_criteria("tasks", grade(CHOSEN_CLASS), clean(CHOSEN_SUBJECT))
    this = (
        f"(tasks_year={YEAR})*(tasks_grade={grade(CHOSEN_CLASS)})"
        f"*(tasks_subject={clean(CHOSEN_SUBJECT)})*(tasks_number={number})"
    )
    label = f"INDEX(tasks_label,SUMPRODUCT({this}*ROW(tasks_year))-{schema.TASKS.header_row})"
    most = f"SUMIFS(tasks_max_points,{criteria},tasks_number,{number})"
    return f'IFERROR(IF(COUNTIFS({criteria},tasks_number,{number})=1,{label}&"{panel.RESULTS_TASK}"&{most},""),"")'


def _count_formula() -> str:
    """«введено полностью: a из b»: rows with a total or an absence, of all rows of the chosen class and subject."""
    rows = f"results_school_class,{CHOSEN_CLASS},results_subject,{CHOSEN_SUBJECT}"
    typed = f'COUNTIFS({rows},results_points,">=0")+COUNTIFS({rows},results_variant,"{schema.ABSENT}")'
    return f'IF({CHOSEN_ROW}=0,"","{panel.RESULTS_DONE}"&{typed}&"{panel.OF}"&COUNTIFS({rows}))'


def _link_formula() -> str:
    target = f'"#{quoted(_SHEET.name)}!A"&{CHOSEN_ROW}'
    return (
        f'IF(OR({CHOSEN_CLASS}="",{CHOSEN_SUBJECT}=""),"",IF({CHOSEN_ROW}=0,"{panel.RESULTS_NONE}",'
        f'HYPERLINK({target},"{panel.RESULTS_LINK}"&{CHOSEN_ROW})))'
    )


def write_results_head(book: Workbook, page: Worksheet) -> None:
    """Write the rows above the table and name the two cells of choice."""
    plain = book.add_format({"font_color": look.INK, "valign": "vcenter"})
    title = book.add_format({"bold": True, "font_size": 14, "font_color": look.TITLE, "valign": "vcenter"})
    hint = book.add_format({"font_color": look.QUIET, "valign": "vcenter"})
    for row in range(_SHEET.header_row - 1):
        page.set_row(row, None, plain)
    page.set_row(0, 24, plain)
    page.set_row(_CHOICE_ROW, 21, plain)
    page.set_row(_LABEL_ROW, 57, plain)
    page.write_string(0, 0, _SHEET.purpose, title)
    page.write_string(1, 0, panel.RESULTS_HINT, hint)
    _write_choice(book, page)
    link = book.add_format({"font_color": look.LINK, "underline": 1, "valign": "vcenter"})
    page.merge_range(_LINK_ROW, 0, _LINK_ROW, _SUBJECT_AT, "", link)
    page.write_formula(_LINK_ROW, 0, f"={_link_formula()}", link, "")
    count = book.add_format({"bold": True, "font_color": look.INK, "valign": "bottom", "text_wrap": True})
    page.merge_range(_LABEL_ROW, 0, _LABEL_ROW, _SUBJECT_AT, "", count)
    page.write_formula(_LABEL_ROW, 0, f"={_count_formula()}", count, "")
    _write_labels(book, page)


def _write_choice(book: Workbook, page: Worksheet) -> None:
    label = book.add_format({"bold": True, "font_color": look.INK, "valign": "vcenter"})
    box = book.add_format(
        {"bold": True, "border": 2, "border_color": look.TITLE, "bg_color": "#FFFFFF", "valign": "vcenter"}
    )
    page.write_string(_CHOICE_ROW, 0, panel.RESULTS_SHOW, label)
    for at, name, source, message in (
        (_CLASS_AT, CHOSEN_CLASS, "classes_school_class", panel.RESULTS_CLASS_HELP),
        (_SUBJECT_AT, CHOSEN_SUBJECT, "list_subjects", panel.RESULTS_SUBJECT_HELP),
    ):
        page.write_blank(_CHOICE_ROW, at, None, box)
        filled = source if at == _SUBJECT_AT else f"OFFSET({source},0,0,MAX(1,COUNTA({source})),1)"
        page.data_validation(
            _CHOICE_ROW,
            at,
            _CHOICE_ROW,
            at,
            {
                "validate": "list",
                "source": f"={filled}",
                "input_title": _SHEET.columns[at].caption,
                "input_message": message,
                "error_type": "warning",
                "error_title": panel.ADVICE_TITLE,
                "error_message": panel.ADVICE_MESSAGE,
            },
        )
        cell = f"${column_letter(at + 1)}${_CHOICE_ROW + 1}"
        book.define_name(name, f"={quoted(_SHEET.name)}!{cell}")


def _write_labels(book: Workbook, page: Worksheet) -> None:
    caption = book.add_format(
        {"font_color": look.QUIET, "align": "right", "valign": "bottom", "text_wrap": True, "font_size": 10}
    )
    label = book.add_format(
        {
            "bold": True,
            "font_color": look.TITLE,
            "bg_color": look.BAND,
            "rotation": 90,
            "align": "center",
            "valign": "bottom",
            "border": 1,
            "border_color": look.LINE,
        }
    )
    page.write_string(_LABEL_ROW, _FIRST_TASK - 1, panel.RESULTS_TASKS, caption)
    for number in range(1, schema.TASK_COUNT + 1):
        page.write_formula(_LABEL_ROW, _FIRST_TASK + number - 1, f"={_label_formula(number)}", label, "")
