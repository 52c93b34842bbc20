"""Rules of a form as XML: what may be typed where, with Russian messages, and what shows once it stands there.

They reach past the last paper, for rows that people add. What is pasted comes past validation: overlays show it, and
the total says «проверьте».
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count, groupby

from xlpy.exchange.forms import layout, live
from xlpy.exchange.forms.form import FormTask
from xlpy.exchange.forms.xml_text import attribute, escaped
from xlpy.tables import schema
from xlpy.tables.addresses import column_letter
from xlpy.words import forms as words

SPARE_ROWS = 20
_FIRST = str(layout.FIRST_PAPER_ROW)
_LONGEST_LIST = 255
_VARIANT = column_letter(layout.VARIANT_COLUMN)
_CODE = column_letter(layout.CODE_COLUMN)


@dataclass(frozen=True, slots=True)
class Grid:
    """What the rules of a form depend on. `last` is the row of the last paper."""

    maxima: tuple[int, ...]
    takes_not_taught: bool
    last: int

    def column(self, letters: str) -> str:
        """The range of a column over the papers and the spare rows."""
        return f"{letters}{_FIRST}:{letters}{self.last + SPARE_ROWS}"

    @property
    def points(self) -> str:
        """Letters of the column of totals."""
        return column_letter(layout.points_column(len(self.maxima)))

    @property
    def mark(self) -> str:
        """Letters of the column of marks."""
        return column_letter(layout.mark_column(len(self.maxima)))

    @property
    def again(self) -> str:
        """Letters of the column where the code stands once more."""
        return column_letter(layout.again_column(len(self.maxima)))

    @property
    def tasks(self) -> str:
        """The range of all task cells."""
        last = column_letter(layout.FIRST_TASK_COLUMN + len(self.maxima) - 1)
        return f"{column_letter(layout.FIRST_TASK_COLUMN)}{_FIRST}:{last}{self.last + SPARE_ROWS}"

    def groups(self) -> tuple[tuple[int, str, str], ...]:
        """Maximum, first cell and ranges of the columns that have it, side by side where they stand so."""
        return _groups(self)


def grid_of(tasks: Sequence[FormTask], papers: int, *, takes_not_taught: bool) -> Grid:
    """What the rules of a form with these tasks and so many papers depend on."""
    return Grid(tuple(task.maximum for task in tasks), takes_not_taught, layout.FIRST_PAPER_ROW + max(papers, 1) - 1)


def _groups(grid: Grid) -> tuple[tuple[int, str, str], ...]:
    runs: dict[int, list[tuple[int, int]]] = {}
    for maximum, run in groupby(enumerate(grid.maxima, start=layout.FIRST_TASK_COLUMN), key=lambda column: column[1]):
        columns = [column for column, _ in run]
        runs.setdefault(maximum, []).append((columns[0], columns[-1]))
    bottom = grid.last + SPARE_ROWS
    return tuple(
        (
            maximum,
            f"{column_letter(found[0][0])}{_FIRST}",
            " ".join(f"{column_letter(left)}{_FIRST}:{column_letter(right)}{bottom}" for left, right in found),
        )
        for maximum, found in runs.items()
    )


@lru_cache(maxsize=128)
def validations(grid: Grid) -> str:
    """The element of all validations: forms of works alike share it."""
    rules = [_ready(), *(_points(grid, *group) for group in grid.groups()), _variant(grid), *_closed(grid)]
    return f'<dataValidations count="{len(rules)}">{"".join(rules)}</dataValidations>'


def _rule(kind: str, where: str, formula: str, said: Mapping[str, str], style: str = "") -> str:
    """One validation. `said`: attributes of its messages."""
    shown = "".join(f' {name}="{attribute(text)}"' for name, text in said.items())
    prompt = ' showInputMessage="1"' if "prompt" in said else ""
    error = ' showErrorMessage="1"' if "error" in said else ""
    return (
        f'<dataValidation type="{kind}"{style} allowBlank="1"{prompt}{error}{shown} sqref="{where}">'
        f"<formula1>{escaped(formula)}</formula1></dataValidation>"
    )


def _ready() -> str:
    said = {
        "errorTitle": words.WRONG_READY_TITLE,
        "error": words.WRONG_READY,
        "promptTitle": words.READY_TITLE,
        "prompt": words.READY_HELP,
    }
    return _rule("list", layout.READY_CELL, f'"{words.READY}"', said)


def _points(grid: Grid, maximum: int, first: str, where: str) -> str:
    marks = words.MARKS_NOT_TAUGHT if grid.takes_not_taught else words.MARKS
    not_taught = words.WRONG_NOT_TAUGHT if grid.takes_not_taught else ""
    said = {
        "errorTitle": words.WRONG_POINTS_TITLE,
        "error": words.WRONG_POINTS.format(maximum=maximum, not_taught=not_taught),
        "promptTitle": words.POINTS_TITLE.format(maximum=maximum),
        "prompt": words.POINTS_HELP.format(maximum=maximum, marks=marks),
    }
    return _rule("custom", where, live.is_points(first, maximum, takes_not_taught=grid.takes_not_taught), said)


def _variant(grid: Grid) -> str:
    """A list to choose from. A number past its end is only asked about: the list holds what fits in 255 signs."""
    offered = [schema.ABSENT]
    for variant in range(live.LOW_VARIANT, live.HIGH_VARIANT + 1):
        if len(",".join((*offered, str(variant)))) > _LONGEST_LIST:
            break
        offered.append(str(variant))
    said = {
        "errorTitle": words.WRONG_VARIANT_TITLE,
        "error": words.WRONG_VARIANT,
        "promptTitle": words.VARIANT,
        "prompt": words.VARIANT_HELP,
    }
    return _rule("list", grid.column(_VARIANT), f'"{",".join(offered)}"', said, ' errorStyle="warning"')


def _closed(grid: Grid) -> tuple[str, ...]:
    """What is not to be typed over: codes, headers, totals and the scale."""
    code = {"errorTitle": words.CODE_GUARD_TITLE, "error": words.CODE_GUARD}
    header = {"errorTitle": words.HEADER_GUARD_TITLE, "error": words.HEADER_GUARD}
    total = {"errorTitle": words.TOTAL_GUARD_TITLE, "error": words.TOTAL_GUARD}
    codes = f"{grid.column(_CODE)} {grid.column(grid.again)}"
    headers = f"A{layout.LABEL_ROW}:{grid.again}{layout.MAXIMUM_ROW} A{layout.IDENTITY_ROW}"
    totals = f"{grid.points}{_FIRST}:{grid.mark}{grid.last}"
    return (
        _rule("custom", codes, live.codes_agree(_FIRST, grid.again), code),
        _rule("custom", headers, "FALSE", header),
        _rule("custom", f"{totals} {layout.STATE_CELL}", "FALSE", total),
    )


@lru_cache(maxsize=128)
def overlays(grid: Grid, wrong: int, missing: int, unfinished: int, absent: int, done: int) -> str:
    """The elements of all conditional formats; the numbers are those of the looks in the file."""
    tasks, number = len(grid.maxima), count(1)
    variant, total = f"${_VARIANT}{_FIRST}", f"${grid.points}{_FIRST}"
    first = f"{column_letter(layout.FIRST_TASK_COLUMN)}{_FIRST}"
    blank = f"NOT({live.is_filled(first)})"
    code, again = f"${_CODE}{_FIRST}", f"${grid.again}{_FIRST}"
    twice = f'AND({code}<>"",COUNTIF(${_CODE}${_FIRST}:${_CODE}${grid.last + SPARE_ROWS},{code})>1)'
    rules: list[tuple[str, Iterable[tuple[str, int]]]] = [
        *((where, ((_is_wrong(grid, maximum, cell), wrong),)) for maximum, cell, where in grid.groups()),
        (
            grid.tasks,
            (
                (f"AND({blank},{live.is_absent(_FIRST)})", absent),
                (f'AND({blank},{total}="{schema.UNFINISHED}")', missing),
            ),
        ),
        (grid.column(_VARIANT), ((f"AND({live.is_filled(variant)},NOT({live.is_variant(_FIRST)}))", wrong),)),
        (
            f"{grid.column(_CODE)} {grid.column(grid.again)}",
            ((f'OR(NOT({live.codes_agree(_FIRST, grid.again)}),AND({code}="",{again}<>""),{twice})', wrong),),
        ),
        (
            grid.column(grid.points),
            ((f'{total}="{schema.CHECK_IT}"', wrong), (f'{total}="{schema.UNFINISHED}"', unfinished)),
        ),
        (layout.STATE_CELL, ((live.is_too_early(tasks, grid.last), wrong),)),
        (layout.READY_CELL, ((live.is_too_early(tasks, grid.last), wrong), (live.is_ready(), done))),
    ]
    return "".join(_overlay(where, found, number) for where, found in rules)


def _is_wrong(grid: Grid, maximum: int, cell: str) -> str:
    legal = live.is_points(cell, maximum, takes_not_taught=grid.takes_not_taught)
    return f"IFERROR(AND({live.is_filled(cell)},OR({live.is_absent(_FIRST)},NOT({legal}))),TRUE)"


def _overlay(where: str, found: Iterable[tuple[str, int]], number: count[int]) -> str:
    rules = "".join(
        f'<cfRule type="expression" dxfId="{look}" priority="{next(number)}">'
        f"<formula>{escaped(formula)}</formula></cfRule>"
        for formula, look in found
    )
    return f'<conditionalFormatting sqref="{where}">{rules}</conditionalFormatting>'
