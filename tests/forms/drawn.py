"""A small form in memory, spoilt the way people do it: every verb gives a new sheet, places are those on the screen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from xlpy.exchange.forms import layout
from xlpy.exchange.forms.cells import JudgedForm, judge
from xlpy.exchange.forms.form import FormTask, Identity, Turn, identity_line, keys_of, properties_of, task_labels
from xlpy.exchange.forms.recognise import Recognised, recognise
from xlpy.tables.addresses import column_number
from xlpy.tables.raw import PlainBook, PlainSheet, Value
from xlpy.words import forms as words

YEAR = "2025/26"
IDENTITY = Identity("5А", "Математика", YEAR, Turn.FIRST, 1, "AB12-CD34", checker="Проверяев П. П.", school="Школа 1")
TASKS = (FormTask(1, "1", 1), FormTask(2, "2", 2), FormTask(3, "9.1", 3), FormTask(4, "4К1", 2))
KEYS = ("variant", *(task.key for task in TASKS))
# By code: variant, then points of each task. The last pupil was absent.
TYPED: Mapping[str, tuple[Value, ...]] = {
    "50011": (1, 1, 2, 3, 0),
    "50012": (2, 0, 1, "X", 2),
    "50013": (1, 1, 0, 2, 1),
    "50014": (2, 0, 2, 1, 2),
    "50015": ("отсутствовал", None, None, None, None),
}
CODES = tuple(TYPED)
Certain = dict[tuple[str, str], Value]
FIRST = layout.FIRST_PAPER_ROW
LAST = FIRST + len(CODES) - 1
POINTS, MARK, AGAIN = (at(len(TASKS)) for at in (layout.points_column, layout.mark_column, layout.again_column))
CODE, VARIANT, TASK_1 = layout.CODE_COLUMN, layout.VARIANT_COLUMN, layout.FIRST_TASK_COLUMN
Line = tuple[Value, ...]


def place_of(cell: str) -> tuple[int, int]:
    """Row and column of an address."""
    letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()
    return int(digits), column_number(letters)


@dataclass(frozen=True)
class Sheet:
    """A sheet that can be spoilt; rows and columns are 1-based."""

    lines: tuple[Line, ...]
    name: str = words.WORK_SHEET
    formulas: frozenset[tuple[int, int]] = frozenset()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merged: tuple[tuple[int, int, int, int], ...] = ()

    @property
    def width(self) -> int:
        """How many columns the longest row has."""
        return max(map(len, self.lines), default=0)

    def get(self, row: int, column: int) -> Value:
        """What stands in a cell."""
        line = self.lines[row - 1] if row <= len(self.lines) else ()
        return line[column - 1] if column <= len(line) else None

    def put(self, row: int, column: int, value: Value) -> Sheet:
        """Overtype a cell: a formula there is gone."""
        lines = [list(line) for line in self.lines] + [[] for _ in range(row - len(self.lines))]
        lines[row - 1] += [None] * (column - len(lines[row - 1]))
        lines[row - 1][column - 1] = value
        return replace(self, lines=tuple(map(tuple, lines)), formulas=self.formulas - {(row, column)})

    def type(self, **cells: Value) -> Sheet:
        """Overtype cells by address."""
        sheet = self
        for cell, value in cells.items():
            sheet = sheet.put(*place_of(cell), value)
        return sheet

    def formula(self, cell: str, shown: Value) -> Sheet:
        """A formula and the value it shows."""
        sheet = self.put(*place_of(cell), shown)
        return replace(sheet, formulas=sheet.formulas | {place_of(cell)})

    def error(self, cell: str, text: str = "#REF!") -> Sheet:
        """A cell with an error."""
        sheet = self.put(*place_of(cell), None)
        return replace(sheet, errors={**sheet.errors, place_of(cell): text})

    def merge(self, first: str, last: str) -> Sheet:
        """Merge cells: the first value among them is kept in the first cell, as Excel does."""
        (top, left), (bottom, right) = place_of(first), place_of(last)
        inside = [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
        kept = next((self.get(*spot) for spot in inside if self.get(*spot) is not None), None)
        sheet = self
        for spot in inside:
            sheet = sheet.put(*spot, kept if spot == (top, left) else None)
        return replace(sheet, merged=(*self.merged, (top, left, bottom, right)))

    def insert_row(self, at: int, *cells: Value) -> Sheet:
        """An own row with these cells."""
        lines = (*self.lines[: at - 1], cells, *self.lines[at - 1 :])
        return replace(self, lines=lines, **self._moved(lambda row, column: (row + (row >= at), column)))

    def insert_column(self, at: int, cells: Mapping[int, Value] | None = None) -> Sheet:
        """An own column with these cells by row."""
        lines = tuple(
            (*(*line, *[None] * (at - 1 - len(line)))[: at - 1], (cells or {}).get(row), *line[at - 1 :])
            for row, line in enumerate(self.lines, 1)
        )
        return replace(self, lines=lines, **self._moved(lambda row, column: (row, column + (column >= at))))

    def drop_row(self, at: int) -> Sheet:
        """Delete a row."""
        lines = (*self.lines[: at - 1], *self.lines[at:])
        return replace(self, lines=lines, **self._moved(lambda row, column: row != at and (row - (row > at), column)))

    def drop_column(self, at: int) -> Sheet:
        """Delete a column."""
        lines = tuple((*line[: at - 1], *line[at:]) for line in self.lines)
        return replace(
            self, lines=lines, **self._moved(lambda row, column: column != at and (row, column - (column > at)))
        )

    def reorder(self, order: Sequence[int], columns: Iterable[int] | None = None) -> Sheet:
        """Sort the rows `order` (in their places): all their cells, or only those of some columns."""
        wanted = set(range(1, self.width + 1) if columns is None else columns)
        sheet = self
        for row, source in zip(sorted(order), order, strict=True):
            for column in wanted:
                sheet = sheet.put(row, column, self.get(source, column))
        return replace(sheet, formulas=self.formulas)

    def shift(self, cells: Iterable[tuple[int, int]], *, down: int = 0, right: int = 0) -> Sheet:
        """Cut cells and paste them beside their place."""
        cells = list(cells)
        sheet = self
        for spot in cells:
            sheet = sheet.put(*spot, None)
        for row, column in cells:
            sheet = sheet.put(row + down, column + right, self.get(row, column))
        return sheet

    def mapped(self, change: Callable[[int, int, Value], Value]) -> Sheet:
        """Every cell changed, by its row, its column and what it holds; nothing is a formula then."""
        lines = tuple(
            tuple(change(row, column, cell) for column, cell in enumerate(line, 1))
            for row, line in enumerate(self.lines, 1)
        )
        return replace(self, lines=lines, formulas=frozenset())

    def plain(self) -> PlainSheet:
        """The sheet as a reader hands it over."""
        return PlainSheet(self.name, [list(line) for line in self.lines], self.formulas, self.errors, self.merged)

    def _moved(self, where: Callable[[int, int], tuple[int, int] | bool]) -> dict[str, object]:
        formulas = frozenset(spot for old in self.formulas if (spot := where(*old)))
        errors = {spot: text for old, text in self.errors.items() if (spot := where(*old))}
        return {"formulas": formulas, "errors": errors}


def a_sheet(
    typed: Mapping[str, Line] = TYPED, tasks: Sequence[FormTask] = TASKS, identity: Identity = IDENTITY
) -> Sheet:
    """Sheet «Работы» as it comes back with these points: formulas computed, numbers as numbers of the file."""
    count = len(tasks)
    keys = (layout.PILE_KEY, layout.CODE_KEY, layout.VARIANT_KEY, *keys_of(tasks))
    keys = (*keys, layout.POINTS_KEY, layout.MARK_KEY, layout.AGAIN_KEY)
    labels = (words.PILE, words.CODE, words.VARIANT, *task_labels(tasks), words.POINTS, words.MARK, words.CODE)
    papers = []
    for at, (code, values) in enumerate(typed.items(), 1):
        points = sum(value for value in values[1:] if isinstance(value, int))
        variant, *cells = (float(value) if isinstance(value, int) else value for value in values)
        papers.append((float(at), code, variant, *cells, float(points), 4.0, code))
    lines = (
        ("ВПР: математика",),
        (words.CHECKER.format(checker=identity.checker) + words.BETWEEN + words.UNTIL.format(until="20.04.2026"),),
        (None, words.READY_CAPTION, words.READY, "Введено работ: 4"),
        (3.0, 5.0, 7.0, "баллов"),
        (identity_line(identity),),
        keys,
        labels,
        (None, None, words.MAXIMUM_CAPTION, *(float(task.maximum) for task in tasks), 8.0),
        *papers,
    )
    total = layout.points_column(count)
    formulas = {(FIRST + at, column) for at in range(len(typed)) for column in (total, total + 1)}
    return Sheet(lines, formulas=frozenset({*formulas, (3, 4)}))


def a_book(*sheets: Sheet, identity: Identity | None = IDENTITY) -> PlainBook:
    """A file of these sheets, with the properties of a form."""
    return PlainBook([sheet.plain() for sheet in sheets], properties_of(identity) if identity else {})


def recognised(*sheets: Sheet, identity: Identity | None = IDENTITY) -> Recognised:
    return recognise(a_book(*sheets, identity=identity), "5А.xlsx")


def judged(sheet: Sheet, tasks: Sequence[FormTask] = TASKS, codes: Sequence[str] = CODES) -> JudgedForm:
    """What the only form on a sheet says."""
    (grid,) = recognised(sheet).grids
    return judge(grid, tasks, codes, YEAR)


def certain(form: JudgedForm) -> Certain:
    """What is taken, by code and key."""
    return {(code, key): cell.meant for code, row in form.rows.items() for key, cell in row.cells.items()}


def found(form: JudgedForm) -> list[tuple[str, str]]:
    """What is said, and where."""
    return [(note.code.name, note.cell) for note in form.notes]


def truth(typed: Mapping[str, Line] = TYPED, *, without: Iterable[str] = (), keys: Iterable[str] = ()) -> Certain:
    """All that was typed, without some codes and some keys."""
    return {
        (code, key): value
        for code, values in typed.items()
        for key, value in zip(KEYS, values, strict=True)
        if value is not None and code not in without and key not in keys
    }
