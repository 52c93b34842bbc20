"""Sheet «Работы» of a form as XML: a few texts put together, one template for all the rows of its papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from xlpy.exchange.forms import layout, live, page
from xlpy.exchange.forms.form import FormRow, TeacherForm, Turn, identity_line, keys_of, task_labels
from xlpy.exchange.forms.guards import Grid, grid_of, overlays, validations
from xlpy.exchange.forms.shell import Shell
from xlpy.exchange.forms.shown import shown_mark, shown_points, shown_state
from xlpy.exchange.forms.xml_text import escaped, formula_cell, number_cell, text_cell, value_cell
from xlpy.tables.addresses import column_letter
from xlpy.tables.raw import Value
from xlpy.words import forms as words

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
)
_FROZEN_COLUMNS = layout.CODE_COLUMN
_FIRST_FREE = f"{column_letter(_FROZEN_COLUMNS + 1)}{layout.FIRST_PAPER_ROW}"
_HEIGHTS = {
    layout.TITLE_ROW: 22.0,
    layout.PEOPLE_ROW: 16.0,
    layout.STATE_ROW: 20.0,
    layout.SCALE_ROW: 18.0,
    layout.IDENTITY_ROW: 13.0,
    layout.MAXIMUM_ROW: 16.0,
}


@dataclass(frozen=True, slots=True)
class _Paper:
    """A paper of the form: what is typed for it by column key, and what its formulas show."""

    row: FormRow
    variant: Value
    typed: Mapping[str, Value]
    points: int | str
    mark: int | str


def sheet_xml(form: TeacherForm, shell: Shell) -> str:
    """Return the whole sheet. Text of a form is only ever text."""
    papers = _papers(form)
    grid = grid_of(form.tasks, len(papers), takes_not_taught=form.takes_not_taught)
    looks = shell.overlays
    return "".join(
        (
            _HEAD,
            f'<dimension ref="A1:{grid.again}{grid.last}"/>',
            _view(len(form.tasks)),
            _columns(len(form.tasks)),
            "<sheetData>",
            _over_papers(form, papers, grid, shell),
            _rows(form, papers, shell),
            "</sheetData>",
            overlays(grid, *(looks[name] for name in ("wrong", "missing", "unfinished", "absent", "done"))),
            validations(grid),
            shell.page_setup_of(identity_line(form.identity)),
            _ignored(grid),
            "</worksheet>",
        )
    )


@lru_cache(maxsize=64)
def _view(tasks: int) -> str:
    zoom = f' zoomScale="{page.ZOOM_OF_MANY}" zoomScaleNormal="{page.ZOOM_OF_MANY}"' if tasks > page.MANY_TASKS else ""
    return (
        f'<sheetViews><sheetView showGridLines="0" tabSelected="1"{zoom} workbookViewId="0">'
        f'<pane xSplit="{_FROZEN_COLUMNS}" ySplit="{layout.FIRST_PAPER_ROW - 1}" topLeftCell="{_FIRST_FREE}" '
        'activePane="bottomRight" state="frozen"/><selection pane="topRight"/><selection pane="bottomLeft"/>'
        f'<selection pane="bottomRight" activeCell="{_FIRST_FREE}" sqref="{_FIRST_FREE}"/></sheetView></sheetViews>'
        '<sheetFormatPr defaultRowHeight="15"/>'
    )


@lru_cache(maxsize=64)
def _columns(tasks: int) -> str:
    widths = (*page.LEFT_WIDTHS, *(page.task_width(tasks),) * tasks, *page.RIGHT_WIDTHS)
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width + 0.7109375}" customWidth="1"/>'
        for at, width in enumerate(widths, start=1)
    )
    return f"<cols>{columns}</cols>"


def _papers(form: TeacherForm) -> tuple[_Paper, ...]:
    by_code: dict[str, dict[str, Value]] = {}
    for (code, key), value in form.typed.items():
        by_code.setdefault(code, {})[key] = value
    return tuple(_paper(form, row, by_code.get(row.code, {})) for row in form.rows)


def _paper(form: TeacherForm, row: FormRow, typed: Mapping[str, Value]) -> _Paper:
    variant = typed.get("variant", row.variant)
    if not typed and not variant:
        return _Paper(row, variant, typed, "", "")
    points = shown_points(typed, variant, form.tasks, takes_not_taught=form.takes_not_taught)
    return _Paper(row, variant, typed, points, shown_mark(points, form.scale))


def _row(number: int, cells: str, height: float, more: str = "") -> str:
    return f'<row r="{number}" ht="{height}" customHeight="1"{more}>{cells}</row>'


def _over_papers(form: TeacherForm, papers: tuple[_Paper, ...], grid: Grid, shell: Shell) -> str:
    """All rows over the papers."""
    styles, identity = shell.styles, form.identity
    title = words.TITLE if identity.turn is Turn.FIRST else words.TITLE_SECOND
    said = title.format(subject=identity.subject, school_class=identity.school_class, year=identity.year)
    people = words.BETWEEN.join(
        pattern.format(**{name: text})
        for pattern, name, text in (
            (words.CHECKER, "checker", identity.checker),
            (words.UNTIL, "until", form.until),
            (words.RETURN, "coordinator", form.coordinator),
        )
        if text
    )
    state = live.state_formula(len(form.tasks), grid.last)
    shown = shown_state([paper.points for paper in papers])
    lines = {
        layout.TITLE_ROW: text_cell("A1", styles["title"], said),
        layout.PEOPLE_ROW: value_cell(f"A{layout.PEOPLE_ROW}", styles["line"], people),
        layout.STATE_ROW: text_cell(layout.READY_CAPTION_CELL, styles["ready_caption"], words.READY_CAPTION)
        + f'<c r="{layout.READY_CELL}" s="{styles["ready"]}"/>'
        + formula_cell(layout.STATE_CELL, styles["state"], escaped(state), shown),
        layout.SCALE_ROW: _scale(form, shell),
        layout.IDENTITY_ROW: text_cell(f"A{layout.IDENTITY_ROW}", styles["quiet"], identity_line(identity)),
    }
    above = "".join(_row(number, cells, _HEIGHTS[number]) for number, cells in lines.items())
    return above + _keys(form, shell) + _labels(form, shell)


def _scale(form: TeacherForm, shell: Shell) -> str:
    total = sum(task.maximum for task in form.tasks)
    cells = (
        f'<c r="{cell}" s="{shell.styles[f"scale{at}"]}"/>'
        if form.scale is None
        else number_cell(cell, shell.styles[f"scale{at}"], form.scale[at])
        for at, cell in enumerate(layout.SCALE_CELLS)
    )
    text = (words.NO_SCALE if form.scale is None else words.SCALE_SAID).format(total=total)
    place = f"{column_letter(layout.FIRST_TASK_COLUMN)}{layout.SCALE_ROW}"
    return "".join(cells) + text_cell(place, shell.styles["line"], text)


def _keys(form: TeacherForm, shell: Shell) -> str:
    """The hidden row of marks, by which a column is known again."""
    keys = (layout.PILE_KEY, layout.CODE_KEY, layout.VARIANT_KEY, *keys_of(form.tasks))
    keys = (*keys, layout.POINTS_KEY, layout.MARK_KEY, layout.AGAIN_KEY)
    cells = "".join(
        text_cell(f"{column_letter(at)}{layout.KEY_ROW}", shell.styles["quiet"], key)
        for at, key in enumerate(keys, start=1)
    )
    return _row(layout.KEY_ROW, cells, 15, ' hidden="1"')


def _labels(form: TeacherForm, shell: Shell) -> str:
    """The row of labels and the row of maxima."""
    labels, count = task_labels(form.tasks), len(form.tasks)
    head = (words.PILE, words.CODE, words.VARIANT, *labels, words.POINTS, words.MARK, words.CODE)
    upper = "".join(
        text_cell(f"{column_letter(at)}{layout.LABEL_ROW}", shell.styles["head"], text)
        for at, text in enumerate(head, start=1)
    )
    row, style = layout.MAXIMUM_ROW, shell.styles["maximum"]
    maxima = "".join(
        number_cell(f"{column_letter(at)}{row}", style, task.maximum)
        for at, task in enumerate(form.tasks, start=layout.FIRST_TASK_COLUMN)
    )
    lower = (
        f'<c r="A{row}" s="{style}"/><c r="B{row}" s="{style}"/>'
        + text_cell(f"{column_letter(layout.VARIANT_COLUMN)}{row}", style, words.MAXIMUM_CAPTION)
        + maxima
        + number_cell(f"{column_letter(layout.points_column(count))}{row}", style, sum(t.maximum for t in form.tasks))
        + f'<c r="{column_letter(layout.mark_column(count))}{row}" s="{style}"/>'
        + f'<c r="{column_letter(layout.again_column(count))}{row}" s="{style}"/>'
    )
    return _row(layout.LABEL_ROW, upper, page.label_height(labels)) + _row(row, lower, _HEIGHTS[row])


def _rows(form: TeacherForm, papers: tuple[_Paper, ...], shell: Shell) -> str:
    """The papers. What stands in every untouched row is one text in which only the number of the row differs."""
    count, height = len(form.tasks), page.paper_height(len(form.tasks))
    points, mark = live.points_formula(form.tasks, takes_not_taught=form.takes_not_taught), live.mark_formula(count)
    points_at, mark_at, again_at = (
        column_letter(column(count)) for column in (layout.points_column, layout.mark_column, layout.again_column)
    )
    pile, code, plain, counted = (shell.styles[name] for name in ("pile", "code", "input", "counted"))
    letters = [column_letter(layout.FIRST_TASK_COLUMN + at) for at in range(count)]
    totals = escaped(points).split(live.ROW), escaped(mark).split(live.ROW)
    blanks = "".join(f'<c r="{letter}{live.ROW}" s="{plain}"/>' for letter in letters).split(live.ROW)
    rows = []
    for pile_number, paper in enumerate(papers, start=1):
        at = str(layout.FIRST_PAPER_ROW + pile_number - 1)
        named = escaped(paper.row.code)
        cells = (
            at.join(blanks)
            if not paper.typed
            else "".join(
                value_cell(letter + at, plain, paper.typed.get(task.key))
                for letter, task in zip(letters, form.tasks, strict=True)
            )
        )
        rows.append(
            f'<row r="{at}" ht="{height}" customHeight="1"><c r="A{at}" s="{pile}"><v>{pile_number}</v></c>'
            f'<c r="B{at}" s="{code}" t="inlineStr"><is><t>{named}</t></is></c>'
            f"{value_cell('C' + at, plain, _as_variant(paper.variant))}{cells}"
            f"{formula_cell(points_at + at, counted, at.join(totals[0]), paper.points)}"
            f"{formula_cell(mark_at + at, counted, at.join(totals[1]), paper.mark)}"
            f'<c r="{again_at}{at}" s="{code}" t="inlineStr"><is><t>{named}</t></is></c></row>'
        )
    return "".join(rows)


def _as_variant(variant: Value) -> Value:
    """A variant of the workbook is text; in a form it is typed as a number."""
    is_number = isinstance(variant, str) and variant.isascii() and variant.isdecimal() and len(variant) < 4
    return int(str(variant)) if is_number else variant


def _ignored(grid: Grid) -> str:
    """No green corners: codes are text on purpose, and a total leaves the variant out on purpose."""
    first, last = layout.FIRST_PAPER_ROW, grid.last
    return (
        f'<ignoredErrors><ignoredError sqref="B{first}:B{last} {grid.again}{first}:{grid.again}{last} '
        f'A{layout.LABEL_ROW}:{grid.again}{layout.LABEL_ROW}" numberStoredAsText="1"/>'
        f'<ignoredError sqref="{grid.points}{first}:{grid.mark}{last}" formula="1" formulaRange="1"/></ignoredErrors>'
    )
