"""A form as an .xlsx file: codes as text, a limit on every cell, laid out to be typed into and to be printed."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from xlpy.exchange.packet_form import Form, FormTask, marks_hint, task_captions
from xlpy.tables import schema
from xlpy.tables.addresses import address, column_letter
from xlpy.words import packet as words

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

HEADER_ROW = 3
FIRST_TASK = 2
_A4 = 9
# The same papers give the same file, so a packet made twice is one packet.
_CREATED = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_TITLE_LIMIT, _MESSAGE_LIMIT = 32, 255
_MANY_TASKS = 20
_INK, _QUIET, _DEEP, _LINE = "#1F2937", "#4B5563", "#1F3864", "#CBD5E1"
_GIVEN, _WRONG = "#EEF2F7", {"bg_color": "#FFD5D5", "font_color": "#9C0006", "bold": True}
_IDENTITY = ("login", "kind", "digest")
_FOOTER_LIMIT = 120
_VARIANT = schema.RESULTS.column("variant")


def write_form(form: Form) -> bytes:
    """Return the form as the bytes of an .xlsx file: the same form, the same bytes."""
    import xlsxwriter

    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": form.title, "created": _CREATED})
    _write_papers(book, form)
    _write_about(book, form)
    book.close()
    return out.getvalue()


def _looks(book: Workbook) -> dict[str, Format]:
    grid = {"border": 1, "border_color": _LINE, "font_color": _INK, "valign": "vcenter", "align": "center"}
    left = {**grid, "align": "left", "text_wrap": True}
    looks: dict[str, dict[str, Any]] = {
        "title": {"bold": True, "font_size": 14, "font_color": _DEEP},
        "hint": {"font_color": _QUIET},
        "head": {**grid, "bold": True, "font_color": "#FFFFFF", "bg_color": _DEEP, "text_wrap": True},
        "given": {**grid, "bg_color": _GIVEN, "num_format": "@"},
        # «не пройд.» has to show in a narrow column.
        "points": {**grid, "shrink": True},
        "caption": {**left, "bold": True, "bg_color": _GIVEN, "valign": "top"},
        "text": {**left, "valign": "top", "num_format": "@"},
        "box": {**left, "border": 2, "border_color": _DEEP, "valign": "top"},
        "step": {"font_color": _INK, "text_wrap": True, "valign": "top"},
        "wrong": _WRONG,
    }
    return {name: book.add_format(look) for name, look in looks.items()}


def _write_papers(book: Workbook, form: Form) -> None:
    looks, page = _looks(book), book.add_worksheet(words.WORK_SHEET)
    marks = marks_hint(takes_not_taught=form.takes_not_taught)
    page.set_row(0, 24)
    page.write_string(0, 0, form.title, looks["title"])
    page.write_string(1, 0, words.HINT.format(marks=marks), looks["hint"])
    for at, caption in enumerate((words.CODE, words.VARIANT, *task_captions(form.tasks))):
        page.write_string(HEADER_ROW - 1, at, caption, looks["head"])
    page.set_row(HEADER_ROW - 1, 33)
    page.set_column(0, 1, 9.5)
    if form.tasks:
        width = 6.5 if len(form.tasks) > _MANY_TASKS else 8
        page.set_column(FIRST_TASK, FIRST_TASK + len(form.tasks) - 1, width)
    for number, row in enumerate(form.rows):
        page.set_row(HEADER_ROW + number, 18)
        page.write_string(HEADER_ROW + number, 0, row.code, looks["given"])
        _write_variant(page, HEADER_ROW + number, row.variant, looks["points"])
        for at in range(len(form.tasks)):
            page.write_blank(HEADER_ROW + number, FIRST_TASK + at, None, looks["points"])
    _limit(page, form, looks["wrong"], marks)
    page.freeze_panes(HEADER_ROW, FIRST_TASK)
    page.ignore_errors({"number_stored_as_text": f"A1:B{HEADER_ROW + len(form.rows)}"})
    _set_print(page, form.title)
    page.set_landscape()
    page.repeat_rows(HEADER_ROW - 1)


def _write_variant(page: Worksheet, row: int, variant: str, look: Format) -> None:
    if variant.isascii() and variant.isdecimal():
        page.write_number(row, 1, int(variant), look)
    elif variant:
        page.write_string(row, 1, variant, look)
    else:
        page.write_blank(row, 1, None, look)


def _limit(page: Worksheet, form: Form, wrong: Format, marks: str) -> None:
    """Limits of every cell to type into; what is pasted over them shows in red all the same."""
    if not form.rows:
        return
    first, last = HEADER_ROW, HEADER_ROW + len(form.rows) - 1
    low, high = (int(bound or 0) for bound in (_VARIANT.low, _VARIANT.high))
    page.data_validation(
        first,
        1,
        last,
        1,
        {
            "validate": "integer",
            "criteria": "between",
            "minimum": low,
            "maximum": high,
            "input_title": words.VARIANT,
            "input_message": words.VARIANT_HELP,
            "show_error": False,
        },
    )
    for at, task in enumerate(form.tasks, start=FIRST_TASK):
        cell = f"{column_letter(at + 1)}{HEADER_ROW + 1}"
        page.data_validation(first, at, last, at, _rule(task, cell, marks, form.takes_not_taught))
        is_wrong = f'=AND({cell}<>"",NOT({points_rule(task, cell, takes_not_taught=form.takes_not_taught)}))'
        page.conditional_format(first, at, last, at, {"type": "formula", "criteria": is_wrong, "format": wrong})


def points_rule(task: FormTask, cell: str, *, takes_not_taught: bool) -> str:
    """Whether a whole number from 0 to the maximum or a known mark stands there, as a formula of at most 255 signs."""
    spellings = (*schema.NOT_ATTEMPTED_SPELLINGS, *(schema.NOT_TAUGHT_SPELLINGS if takes_not_taught else ()))
    # Capital letters on both sides: whether «=» minds the case is a setting of LibreOffice.
    marks = ",".join(f'UPPER(TRIM({cell}))="{spelling.upper()}"' for spelling in spellings)
    return f"IF(ISNUMBER({cell}),AND({cell}>=0,{cell}<={task.maximum},{cell}=INT({cell})),OR({marks}))"


def _rule(task: FormTask, cell: str, marks: str, takes_not_taught: bool) -> dict[str, object]:
    not_taught = words.WRONG_NOT_TAUGHT if takes_not_taught else ""
    return {
        "validate": "custom",
        "value": f"={points_rule(task, cell, takes_not_taught=takes_not_taught)}",
        "input_title": words.TASK_HELP_TITLE.format(label=task.label)[:_TITLE_LIMIT],
        "input_message": words.TASK_HELP.format(maximum=task.maximum, marks=marks)[:_MESSAGE_LIMIT],
        "error_title": words.WRONG_TITLE,
        "error_message": words.WRONG_MESSAGE.format(maximum=task.maximum, not_taught=not_taught),
    }


def _write_about(book: Workbook, form: Form) -> None:
    """The page that says whose the papers are, what to do, and, in plain cells, which form this is."""
    looks, page = _looks(book), book.add_worksheet(words.ABOUT_SHEET)
    page.hide_gridlines(2)
    page.set_column(0, 0, 30)
    page.set_column(1, 1, 62)
    page.set_row(0, 24)
    page.write_string(0, 0, words.ABOUT_TITLE, looks["title"])
    page.write_string(1, 0, words.ABOUT_NOTE, looks["hint"])
    row = _write_lines(page, 3, [key for key in words.ABOUT if key not in _IDENTITY], form, looks)
    marks = marks_hint(takes_not_taught=form.takes_not_taught)
    until = words.STEP_UNTIL.format(until=form.about["until"]) if form.about.get("until") else ""
    page.write_string(row + 1, 0, words.STEPS_TITLE, looks["title"])
    for at, step in enumerate(words.STEPS, start=row + 2):
        page.merge_range(at, 0, at, 1, "", looks["step"])
        page.write_string(at, 0, step.format(marks=marks, until=until), looks["step"])
        page.set_row(at, 33)
    _write_lines(page, row + len(words.STEPS) + 3, list(_IDENTITY), form, looks)
    _set_print(page, form.title)


def _write_lines(page: Worksheet, row: int, keys: list[str], form: Form, looks: dict[str, Format]) -> int:
    for at, key in enumerate(keys, start=row):
        page.set_row(at, 30 if key == "checked_by" else 20)
        page.write_string(at, 0, words.ABOUT[key], looks["caption"])
        if key == "checked_by":
            page.write_blank(at, 1, None, looks["box"])
            page.data_validation(
                address(at + 1, 2),
                {
                    "validate": "any",
                    "input_title": words.CHECKED_BY_TITLE,
                    "input_message": words.CHECKED_BY_HELP,
                },
            )
        else:
            page.write_string(at, 1, form.about.get(key, ""), looks["text"])
    return row + len(keys)


def _set_print(page: Worksheet, title: str) -> None:
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    # «&» begins a command in a footer.
    page.set_footer(words.PAGE.format(work=title[:_FOOTER_LIMIT].replace("&", "&&")))
