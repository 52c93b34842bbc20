"""The same forms written by openpyxl and by us: cells, looks, rules with messages, sheets, properties, print set-up.

`bench_forms` runs both in one process. openpyxl is used as its manual advises: styles are named once a book, rules are
added per range, nothing is done cell by cell that can be done for all.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from itertools import product
from pathlib import Path
from random import Random

from openpyxl import Workbook, load_workbook
from openpyxl.formatting.rule import Rule
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from xlpy.exchange.forms import layout, live, page
from xlpy.exchange.forms.form import (
    FormRow,
    FormTask,
    Identity,
    TeacherForm,
    Turn,
    identity_line,
    keys_of,
    number_of,
    properties_of,
    task_labels,
)
from xlpy.exchange.forms.guards import overlays, validations
from xlpy.exchange.forms.sheet_xml import grid_of
from xlpy.exchange.forms.write import write_form
from xlpy.tables.addresses import column_letter
from xlpy.words import forms as words

SUBJECTS = ("Русский язык", "Математика", "Биология", "История", "География", "Физика", "Английский язык")
_THIN, _THICK = Side("thin", "94A3B8"), Side("medium", "1F3864")


def school_forms(count: int = 100, seed: int = 5) -> tuple[TeacherForm, ...]:
    """Forms of a made-up school: 10 to 36 tasks, 15 to 35 pupils, the scale known or not."""
    chance = Random(seed)
    works = list(product(("5", "6", "7", "8"), "АБВГД", SUBJECTS))[:count]
    return tuple(_form(chance, f"{grade}{letter}", subject) for grade, letter, subject in works)


def _form(chance: Random, school_class: str, subject: str) -> TeacherForm:
    tasks = tuple(
        FormTask(number, f"{number}К1" if number % 4 == 0 else str(number), chance.choice((1, 1, 2, 2, 3)))
        for number in range(1, chance.randint(10, 36) + 1)
    )
    most = sum(task.maximum for task in tasks)
    number = number_of("edu1", "2025/26", (school_class, subject), Turn.FIRST, 1)
    identity = Identity(
        school_class,
        subject,
        "2025/26",
        Turn.FIRST,
        1,
        number,
        checker="Иванова Анна Петровна",
        school="МБОУ «Школа-пример»",
    )
    rows = tuple(FormRow(str(50001 + at), "") for at in range(chance.randint(15, 35)))
    scale = None if chance.random() < 0.2 else (max(1, most // 3), most // 2 + 1, most * 4 // 5 + 1)
    return TeacherForm(identity, tasks, rows, scale, "22.03.2026", "Орлова Елена Игоревна", takes_not_taught=False)


def _style(name: str, **look: object) -> NamedStyle:
    side = look.get("side", _THIN)
    return NamedStyle(
        name,
        font=Font(
            name="Arial", size=look.get("size", 10), bold=bool(look.get("bold")), color=str(look.get("color", "1F2937"))
        ),
        fill=PatternFill("solid", fgColor=str(look["fill"])) if "fill" in look else PatternFill(),
        border=Border(side, side, side, side) if look.get("grid") else Border(),
        alignment=Alignment(
            horizontal="center" if look.get("grid") else None,
            vertical="center",
            wrap_text=bool(look.get("wrap")),
            shrink_to_fit=bool(look.get("shrink")),
        ),
        number_format=str(look.get("shown", "General")),
    )


def _add_styles(book: Workbook) -> None:
    styles = (
        _style("title", bold=True, size=14, color="1F3864"),
        _style("line"),
        _style("state", bold=True, size=11, color="1F3864"),
        _style("ready_caption", bold=True),
        _style("ready", grid=True, bold=True, fill="FFFBEB", side=_THICK),
        *(_style(f"scale{at}", bold=True, shown=shown) for at, shown in enumerate(words.SCALE_FORMATS)),
        _style("quiet", size=8, color="4B5563", shown="@"),
        _style("head", grid=True, bold=True, color="FFFFFF", fill="1F3864", wrap=True, shown="@"),
        _style("maximum", grid=True, color="1F3864", fill="EEF2F7"),
        _style("pile", grid=True, color="4B5563", fill="EEF2F7"),
        _style("code", grid=True, bold=True, fill="EEF2F7", shrink=True, shown="@"),
        _style("input", grid=True, shrink=True),
        _style("counted", grid=True, bold=True, fill="F3F4F6", shrink=True),
        _style("step", size=11, wrap=True),
        _style("text", grid=True, shown="@", wrap=True),
    )
    for style in styles:
        book.add_named_style(style)


def _put(sheet: Worksheet, row: int, column: int, value: object, style: str) -> None:
    cell = sheet.cell(row, column, value)
    cell.style = style


def openpyxl_form(form: TeacherForm) -> bytes:
    """Return the form as openpyxl writes it."""
    book = Workbook()
    _add_styles(book)
    sheet = book.active
    sheet.title = words.WORK_SHEET
    _write_head(sheet, form)
    _write_papers(sheet, form)
    _add_rules(sheet, form)
    _set_page(sheet, form)
    _write_help(book.create_sheet(words.HELP_SHEET), form)
    for name, text in properties_of(form.identity).items():
        book.custom_doc_props.append(StringProperty(name=name, value=text))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _write_head(sheet: Worksheet, form: TeacherForm) -> None:
    identity, count, last = form.identity, len(form.tasks), layout.FIRST_PAPER_ROW + len(form.rows) - 1
    most = sum(task.maximum for task in form.tasks)
    title = words.TITLE.format(subject=identity.subject, school_class=identity.school_class, year=identity.year)
    people = words.BETWEEN.join(
        (
            words.CHECKER.format(checker=identity.checker),
            words.UNTIL.format(until=form.until),
            words.RETURN.format(coordinator=form.coordinator),
        )
    )
    _put(sheet, layout.TITLE_ROW, 1, title, "title")
    _put(sheet, layout.PEOPLE_ROW, 1, people, "line")
    _put(sheet, layout.STATE_ROW, 2, words.READY_CAPTION, "ready_caption")
    _put(sheet, layout.STATE_ROW, 3, None, "ready")
    _put(sheet, layout.STATE_ROW, 4, "=" + live.state_formula(count, last), "state")
    for at in range(3):
        _put(sheet, layout.SCALE_ROW, at + 1, form.scale[at] if form.scale else None, f"scale{at}")
    _put(sheet, layout.SCALE_ROW, 4, (words.SCALE_SAID if form.scale else words.NO_SCALE).format(total=most), "line")
    _put(sheet, layout.IDENTITY_ROW, 1, identity_line(identity), "quiet")
    labels = task_labels(form.tasks)
    keys = (layout.PILE_KEY, layout.CODE_KEY, layout.VARIANT_KEY, *keys_of(form.tasks))
    for at, key in enumerate((*keys, layout.POINTS_KEY, layout.MARK_KEY, layout.AGAIN_KEY), start=1):
        _put(sheet, layout.KEY_ROW, at, key, "quiet")
    captions = (words.PILE, words.CODE, words.VARIANT, *labels, words.POINTS, words.MARK, words.CODE)
    for at, caption in enumerate(captions, start=1):
        _put(sheet, layout.LABEL_ROW, at, caption, "head")
    maxima = (None, None, words.MAXIMUM_CAPTION, *(task.maximum for task in form.tasks), most, None, None)
    for at, maximum in enumerate(maxima, start=1):
        _put(sheet, layout.MAXIMUM_ROW, at, maximum, "maximum")
    sheet.row_dimensions[layout.KEY_ROW].hidden = True
    sheet.row_dimensions[layout.LABEL_ROW].height = page.label_height(labels)


def _write_papers(sheet: Worksheet, form: TeacherForm) -> None:
    count = len(form.tasks)
    points = "=" + live.points_formula(form.tasks, takes_not_taught=form.takes_not_taught)
    mark, height = "=" + live.mark_formula(count), page.paper_height(count)
    for number, row in enumerate(form.rows, start=1):
        at = layout.FIRST_PAPER_ROW + number - 1
        sheet.row_dimensions[at].height = height
        _put(sheet, at, layout.PILE_COLUMN, number, "pile")
        _put(sheet, at, layout.CODE_COLUMN, row.code, "code")
        _put(sheet, at, layout.VARIANT_COLUMN, row.variant or None, "input")
        for column, task in enumerate(form.tasks, start=layout.FIRST_TASK_COLUMN):
            _put(sheet, at, column, form.typed.get((row.code, task.key)), "input")
        _put(sheet, at, layout.points_column(count), points.replace(live.ROW, str(at)), "counted")
        _put(sheet, at, layout.mark_column(count), mark.replace(live.ROW, str(at)), "counted")
        _put(sheet, at, layout.again_column(count), row.code, "code")


_RULE = re.compile(r'<dataValidation type="(\w+)"(.*?) sqref="([^"]+)"><formula1>(.*?)</formula1>')
_SAID = re.compile(r'(\w+)="([^"]*)"')
_FORMAT = re.compile(r'<conditionalFormatting sqref="([^"]+)">(.*?)</conditionalFormatting>')
_OVERLAY = re.compile(r'dxfId="(\d)".*?<formula>(.*?)</formula>')
_OVERLAYS = ("FFC7CE", "FFF2CC", "FFF2CD", "D1D5DB", "D9F2E3")
_GRIDS: dict[object, tuple[list[tuple[str, ...]], list[tuple[str, str, str]]]] = {}


def _plain(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")


def _rules_of(form: TeacherForm) -> tuple[list[tuple[str, ...]], list[tuple[str, str, str]]]:
    """Our rules of such a form, so that both write the same; found before the clock starts."""
    grid = grid_of(form.tasks, len(form.rows), takes_not_taught=form.takes_not_taught)
    if grid not in _GRIDS:
        limits = [tuple(map(_plain, found)) for found in _RULE.findall(validations(grid))]
        shown = [
            (where, look, _plain(formula))
            for where, rules in _FORMAT.findall(overlays(grid, 0, 1, 2, 3, 4))
            for look, formula in _OVERLAY.findall(rules)
        ]
        _GRIDS[grid] = limits, shown
    return _GRIDS[grid]


def _add_rules(sheet: Worksheet, form: TeacherForm) -> None:
    limits, shown = _rules_of(form)
    for kind, said, where, formula in limits:
        attributes = {name: text for name, text in _SAID.findall(said) if name[0] in "ep"}
        rule = DataValidation(type=kind, formula1=formula, allow_blank=True, sqref=where, **attributes)
        rule.showErrorMessage = rule.showInputMessage = True
        sheet.add_data_validation(rule)
    for where, look, formula in shown:
        overlay = DifferentialStyle(fill=PatternFill(bgColor=_OVERLAYS[int(look)]), font=Font(bold=look == "0"))
        sheet.conditional_formatting.add(where, Rule("expression", dxf=overlay, formula=[formula]))


def _set_page(sheet: Worksheet, form: TeacherForm) -> None:
    widths = (*page.LEFT_WIDTHS, *(page.task_width(len(form.tasks)),) * len(form.tasks), *page.RIGHT_WIDTHS)
    for at, width in enumerate(widths, start=1):
        sheet.column_dimensions[column_letter(at)].width = width
    sheet.freeze_panes = "C9"
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = "7:8"
    sheet.oddFooter.left.text = identity_line(form.identity)
    sheet.oddFooter.right.text = "Страница &P из &N"


def _write_help(sheet: Worksheet, form: TeacherForm) -> None:
    identity = form.identity
    _put(sheet, 1, 1, words.HELP_TITLE, "title")
    _put(sheet, 2, 1, words.HELP_NOTE, "line")
    giving_back = words.GIVE_BACK.format(until=form.until, coordinator=form.coordinator)
    for number, step in enumerate(words.HELP_STEPS, start=1):
        _put(sheet, number + 3, 1, number, "step")
        _put(sheet, number + 3, 2, step.format(marks=words.MARKS, giving_back=giving_back), "step")
        sheet.merge_cells(start_row=number + 3, start_column=2, end_row=number + 3, end_column=3)
    said = (
        identity.school,
        words.WORK.format(subject=identity.subject, school_class=identity.school_class),
        identity.year,
        words.TURNS[identity.turn.value],
        identity.checker,
        str(identity.version),
        identity.number,
    )
    for at, (caption, text) in enumerate(zip(words.IDENTITY_CAPTIONS.values(), said, strict=True), start=14):
        _put(sheet, at, 2, caption, "text")
        _put(sheet, at, 3, text, "text")
    _put(sheet, 22, 2, identity_line(identity), "quiet")
    for letter, width in zip("ABC", (5, 18, 72), strict=True):
        sheet.column_dimensions[letter].width = width


def contents(data: bytes) -> tuple[object, ...]:
    """What both must write alike: cells of «Работы», ranges and formulas of the rules, frozen panes, properties."""
    book = load_workbook(BytesIO(data))
    sheet = book[words.WORK_SHEET]
    return (
        book.sheetnames,
        [[cell.value for cell in line] for line in sheet.iter_rows()],
        [[cell.value for cell in line] for line in book[words.HELP_SHEET].iter_rows(min_row=14, max_row=20)],
        sorted((str(rule.sqref), rule.formula1, rule.prompt, rule.error) for rule in _rules_in(sheet)),
        sorted((str(where.sqref), rule.formula[0]) for where in sheet.conditional_formatting for rule in where.rules),
        (sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.orientation),
        sorted((one.name, one.value) for one in book.custom_doc_props.props),
    )


def _rules_in(sheet: Worksheet) -> Sequence[DataValidation]:
    return tuple(sheet.data_validations.dataValidation)


def seconds_to_write(make: Callable[[TeacherForm], bytes], forms: Iterable[TeacherForm], folder: Path) -> float:
    """Seconds to make these forms and to write each into a file of its own."""
    started = time.perf_counter()
    for number, form in enumerate(forms):
        (folder / f"{number}.xlsx").write_bytes(make(form))
    return time.perf_counter() - started


def our_form(form: TeacherForm) -> bytes:
    """Return the form as we write it."""
    return write_form(form)


def prepare(forms: Iterable[TeacherForm]) -> None:
    """Find the rules that openpyxl is given, so that finding them costs it nothing. Makes none of our forms."""
    for form in forms:
        _rules_of(form)
    validations.cache_clear()
    overlays.cache_clear()
