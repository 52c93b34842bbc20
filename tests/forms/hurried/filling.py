"""A form typed into by its teacher, and the copies people make of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random

from tests.forms.hurried import form as forms
from tests.forms.hurried.form import Form, Habit
from tests.forms.hurried.habits import hurry
from tests.forms.hurried.ledger import Entry, ledger
from tests.forms.hurried.oracle import Status
from tests.forms.hurried.saving import opened, saved
from tests.forms.hurried.school import School, Task
from tests.forms.hurried.sheet import Grid, Meant, read_grid
from xlpy.exchange.forms.form import Identity, Turn
from xlpy.tables import schema
from xlpy.words import forms as words


@dataclass(frozen=True, slots=True)
class Copy:
    """A file to come back: the bytes openpyxl saved and what is typed there."""

    form: Form
    data: bytes
    entries: tuple[Entry, ...]


def filled(school: School, identity: Identity, data: bytes, rng: Random, own: frozenset[Habit] | None) -> Form:
    """A form with the truth typed in, and all that its teacher does to it; nothing where `own` is None."""
    work = (identity.school_class, identity.subject)
    papers = school.truth[work]
    tasks = school.tasks[work]
    if identity.turn is Turn.SECOND:
        papers = {code: _seen_by_another(paper, tasks, rng) for code, paper in papers.items()}
    strangers = tuple(
        code for other in school.truth if other[1] == work[1] and other != work for code in school.codes(other)
    )
    book = opened(data)
    form = Form(work, tasks, papers, strangers, [read_grid(book[words.WORK_SHEET])], book)
    forms.type_in(form, rng)
    if own is not None:
        hurry(form, own, rng)
    return form


def _seen_by_another(paper: Mapping[str, object], tasks: Mapping[str, Task], rng: Random) -> dict[str, object]:
    """The same paper in the eyes of a second checker."""
    seen = dict(paper)
    for key, value in paper.items():
        if key in tasks and isinstance(value, int) and rng.random() < 0.05:
            seen[key] = (value + 1) % (tasks[key].maximum + 1)
    return seen


def copy_of(form: Form, data: bytes) -> Copy:
    """The file as openpyxl saves it, with what is typed there."""
    return Copy(form, saved(form, data), tuple(ledger(form.grids, Status.CERTAIN)))


def second_copy(form: Form, data: bytes, rng: Random) -> Copy:
    """The same form once more: the very same, as it was an hour before, or with something typed anew."""
    how = rng.choice(("same", "earlier", "changed"))
    if how == "same":
        return copy_of(form, data)
    other = replace(form, grids=[grid.copied(grid.name) for grid in form.grids], done=[*form.done, how])
    change = {"earlier": _earlier, "changed": _changed}[how]
    for grid in other.grids[:1]:
        change(grid, other, rng)
    return copy_of(other, data)


def _earlier(grid: Grid, form: Form, rng: Random) -> None:
    del form
    for row, _, cell in list(grid.typed()):
        is_absent = any(one.says == schema.ABSENT for one in row.cells)
        if rng.random() < 0.4 and not is_absent:
            cell.value, cell.says, cell.meant = None, None, None


def _changed(grid: Grid, form: Form, rng: Random) -> None:
    cells = [c for _, _, c in grid.typed() if c.meant and isinstance(c.says, int) and c.meant.key in form.tasks]
    for cell in rng.sample(cells, min(len(cells), 3)):
        if cell.meant:
            cell.value = cell.says = (int(str(cell.says)) + 1) % (form.tasks[cell.meant.key].maximum + 1)
            cell.meant = Meant(cell.meant.code, cell.meant.key, cell.says)
