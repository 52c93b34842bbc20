"""A form that was handed out, as it stands now: which it is, what is typed there, whether it still says what it should.

Takes over only what is certain; the file itself, with all the rest, is kept by whoever moves it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from xlpy.exchange.forms import layout
from xlpy.exchange.forms.form import FormTask, Identity, TeacherForm, task_labels
from xlpy.exchange.forms.recognise import recognise
from xlpy.exchange.forms.versions import Issued, pack_of
from xlpy.tables import schema
from xlpy.tables.convert import as_number, as_text, is_empty
from xlpy.tables.normalise import clean_text, fold
from xlpy.tables.raw import PlainBook, PlainSheet, Value
from xlpy.words import forms as words

VARIANT = "variant"
Place = tuple[str, str]
_TASK_MARKS = frozenset(f"#{number}" for number in range(1, schema.TASK_COUNT + 1))


@dataclass(frozen=True, slots=True)
class Carried:
    """What goes into the next version, by code and key; `left`: how many cells hold something that does not."""

    typed: Mapping[Place, Value] = field(default_factory=dict)
    left: int = 0


def identity_in(book: PlainBook) -> Identity | None:
    """Return which form a file is; None where it is none."""
    return next((grid.identity for grid in recognise(book, "").grids if grid.identity is not None), None)


def carried_from(books: Sequence[PlainBook], form: TeacherForm, before: Issued) -> Carried:
    """Return what an earlier version certainly says of the papers and tasks of `form`; `books` are its copies.

    It is read in its own terms, those of `before` where the record knows them: a task keeps its points only where it
    is still called the same. A variant that stands there as it was printed was not typed, and gives way to what the
    workbook says now. Where two copies say different things, neither is taken.
    """
    codes = [*before.papers, *(row.code for row in form.rows if row.code not in before.papers)]
    read = [_terms_and_said(book, form, before, codes) for book in books]
    unsure: set[Place] = set().union(*(one.unsure for one in read))
    said: dict[Place, Value] = {}
    for place, meant in (pair for one in read for pair in one.said.items()):
        if said.setdefault(place, meant) != meant:
            unsure.add(place)
    typed = {place: meant for place, meant in said.items() if place not in unsure}
    points = {place for place in typed if place[1] != VARIANT}
    left = sum(max(0, typed_cells(book) - len(points & one.said.keys())) for book, one in zip(books, read, strict=True))
    return Carried(typed, max(len(unsure), left))


class _Said(NamedTuple):
    """What one copy says, by code and key of the new form, and where it is not certain."""

    said: Mapping[Place, Value]
    unsure: frozenset[Place]


def _terms_and_said(book: PlainBook, form: TeacherForm, before: Issued, codes: Sequence[str]) -> _Said:
    from xlpy.exchange.forms.cells import judge

    tasks = before.tasks or _tasks_in(book) or form.tasks
    said: dict[Place, Value] = {}
    unsure: set[Place] = set()
    for grid in recognise(book, "").grids:
        if grid.identity is None or pack_of(grid.identity) != pack_of(form.identity):
            continue
        judged = judge(grid, tasks, codes, form.identity.year)
        unsure |= judged.uncertain
        for code, row in judged.rows.items():
            for key, cell in row.cells.items():
                if said.setdefault((code, key), cell.meant) != cell.meant:
                    unsure.add((code, key))
    return _Said(
        _in_terms_of(form, tasks, before, said), frozenset(_in_terms_of(form, tasks, before, dict.fromkeys(unsure)))
    )


def _in_terms_of(
    form: TeacherForm, tasks: Sequence[FormTask], before: Issued, said: Mapping[Place, Value]
) -> dict[Place, Value]:
    """What is said of papers and tasks that the new form has too, by its keys."""
    ours = {row.code: row.variant for row in form.rows}
    now = {fold(label): task for label, task in zip(task_labels(form.tasks), form.tasks, strict=True)}
    new = {task.key: now.get(fold(label)) for label, task in zip(task_labels(tasks), tasks, strict=True)}
    typed: dict[Place, Value] = {}
    for (code, key), meant in said.items():
        if code in ours and key == VARIANT and as_text(meant) not in {before.papers.get(code, ""), ours[code]}:
            typed[code, key] = meant
        task = new.get(key)
        if code in ours and task is not None and not (isinstance(meant, int) and meant > task.maximum):
            typed[code, task.key] = meant
    return typed


def _tasks_in(book: PlainBook) -> tuple[FormTask, ...]:
    """The tasks as a form itself prints them, () where one of them is not there whole."""
    for sheet in book.sheets:
        found = _marked(sheet)
        if found is not None and found[0] + 2 < len(sheet.values):
            row, columns = found
            marks, labels, maxima = (sheet.values[at] for at in (row, row + 1, row + 2))
            if all(at < min(len(labels), len(maxima)) for at in columns):
                lines = [(int(str(marks[at])[1:]), as_text(labels[at]), as_number(maxima[at])) for at in columns]
                whole = [FormTask(n, label, int(most)) for n, label, most in lines if most is not None and label]
                return tuple(whole) if len(whole) == len(columns) else ()
    return ()


def _marked(sheet: PlainSheet) -> tuple[int, list[int]] | None:
    """Row of the marks and the columns of the tasks, both from 0; None where a sheet has no marks."""
    row = next((row for row, line in enumerate(sheet.values) if layout.CODE_KEY in line), None)
    return None if row is None else (row, [at for at, cell in enumerate(sheet.values[row]) if cell in _TASK_MARKS])


def typed_cells(book: PlainBook) -> int:
    """Return how many task cells of a form hold something, whatever it means; columns are found by their marks."""
    return sum(_typed_on(sheet) for sheet in book.sheets)


def _typed_on(sheet: PlainSheet) -> int:
    found = _marked(sheet)
    if found is None:
        return 0
    papers = sheet.values[found[0] + layout.FIRST_PAPER_ROW - layout.KEY_ROW :]
    return sum(not is_empty(line[at]) for line in papers for at in found[1] if at < len(line))


def says_the_same(book: PlainBook, fresh: PlainBook) -> bool:
    """Whether a form says all that a fresh one does: its lines over the papers, its tasks, its codes in any order."""
    said, wanted = _print_of(book), _print_of(fresh)
    return wanted is not None and said == wanted


_SAID_ROWS = (
    layout.TITLE_ROW,
    layout.PEOPLE_ROW,
    layout.SCALE_ROW,
    layout.IDENTITY_ROW,
    layout.KEY_ROW,
    layout.LABEL_ROW,
    layout.MAXIMUM_ROW,
)


def _print_of(book: PlainBook) -> tuple[list[list[str]], list[str]] | None:
    sheet = next((sheet for sheet in book.sheets if fold(sheet.name) == fold(words.WORK_SHEET)), None)
    if sheet is None or len(sheet.values) < layout.FIRST_PAPER_ROW:
        return None
    lines = [[text for cell in sheet.values[row - 1] if (text := clean_text(as_text(cell)))] for row in _SAID_ROWS]
    codes = [
        code
        for line in sheet.values[layout.FIRST_PAPER_ROW - 1 :]
        if len(line) >= layout.CODE_COLUMN and (code := clean_text(as_text(line[layout.CODE_COLUMN - 1])))
    ]
    return lines, sorted(codes)
