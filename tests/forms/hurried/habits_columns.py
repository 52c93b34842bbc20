"""What people do to columns, their headers and hidden marks, and which cells they merge."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import pairwise
from random import Random

from tests.forms.hurried.form import Form, some
from tests.forms.hurried.sheet import AGAIN, CODE, VARIANT, Cell, Kind, Row, merge

_REMARKS = ("Примечание", "моё", "", "апелляция", "Σ", "проверка", 1)
_OWN_LABELS = ("зад.", "задание", "кр.", "алгебра", "?", "*", "пересчитать")
_EXTRA = ("#pile", "#points", "#mark")


def remarks(form: Form, rng: Random) -> bool:
    """A column of one's own between the others or after them, with texts or with numbers."""
    grid = form.main
    for _ in range(rng.randint(1, 2)):
        at = rng.randint(1, len(grid.roles))
        grid.insert_column(at)
        labels = grid.row(Kind.LABELS)
        if labels is not None:
            cell = labels.cells[at]
            cell.value = rng.choice(_REMARKS) or None
            # A number over a column of one's own is the label of a task.
            cell.says = next((key for key, task in form.tasks.items() if task.label == str(cell.value)), None)
        for row in grid.papers():
            if rng.random() < 0.4:
                row.cells[at].value = rng.choice(("посмотреть", "чужая ручка", 1, 2, 0, "ок", None))
    return True


def delete_extra(form: Form, rng: Random) -> bool:
    """The number in the pile, points and mark deleted: nobody needs them."""
    there = [role for role in _EXTRA if role in form.main.roles]
    for role in some(rng, there, 1, 3):
        form.main.delete_column(form.main.roles.index(role))
    return bool(there)


def delete_again(form: Form, rng: Random) -> bool:
    """The second column of codes deleted."""
    del rng
    at = form.main.column(AGAIN)
    if at is None:
        return False
    form.main.delete_column(at)
    return True


def delete_task(form: Form, rng: Random) -> bool:
    """A task's column deleted with all that was typed."""
    columns = form.main.task_columns()
    if len(columns) < 3:
        return False
    form.main.delete_column(rng.choice(columns))
    return True


def move_columns(form: Form, rng: Random) -> bool:
    """Two columns of tasks cut and put in elsewhere, with their headers."""
    grid = form.main
    columns = grid.task_columns()
    if len(columns) < 2 or any(row.cells[at].merge for row in grid.rows for at in columns):
        return False
    for _ in range(rng.randint(1, 2)):
        one, other = rng.sample(columns, 2)
        role = grid.roles.pop(one)
        grid.roles.insert(other, role)
        for row in grid.rows:
            row.cells.insert(other, row.cells.pop(one))
        columns = grid.task_columns()
    return True


def _heads(form: Form, kind: Kind) -> list[tuple[int, Cell]]:
    row = form.main.row(kind)
    return [] if row is None else [(at, row.cells[at]) for at in form.main.task_columns()]


def overtype_labels(form: Form, rng: Random) -> bool:
    """Labels typed over with words of one's own, or emptied; the hidden marks are left."""
    heads = _heads(form, Kind.LABELS)
    for at, cell in heads if rng.random() < 0.3 else some(rng, heads, 1, 4):
        cell.value = rng.choice((None, f"{rng.choice(_OWN_LABELS)} {at}", datetime(2021, 12, 31)))
        cell.says = None
    return bool(heads)


def labels_as_numbers(form: Form, rng: Random) -> bool:
    """Labels typed again: numbers, spaces around, another case; of 9.1 the program made a date."""
    heads = _heads(form, Kind.LABELS)
    for _, cell in heads:
        text = str(cell.value)
        if cell.says is not None and re.fullmatch(r"[1-9]\.[1-9]", text) and rng.random() < 0.3:
            cell.value, cell.says = datetime(2021, int(text[2]), int(text[0])), None
        elif cell.says is not None and text.isdecimal():
            cell.value = rng.choice((int(text), float(text), f" {text} "))
        elif cell.says is not None:
            cell.value = rng.choice((text.lower(), f"{text}\u00a0", text))
    return bool(heads)


def label_of_another(form: Form, rng: Random) -> bool:
    """The label of one task typed over that of another."""
    heads = [cell for _, cell in _heads(form, Kind.LABELS) if cell.says]
    if len(heads) < 2:
        return False
    one, other = rng.sample(heads, 2)
    one.value, one.says = other.value, other.says
    return True


def overtype_marks(form: Form, rng: Random) -> bool:
    """The hidden row found, and some of it emptied or typed over."""
    heads = _heads(form, Kind.MARKS)
    row = form.main.row(Kind.MARKS)
    if row is not None:
        row.is_hidden = False
    for _, cell in heads if rng.random() < 0.4 else some(rng, heads, 1, 4):
        cell.value, cell.says = rng.choice((None, "служебное", "#", "#99", 7)), None
    return bool(heads)


def delete_marks(form: Form, rng: Random) -> bool:
    """The hidden row deleted."""
    del rng
    row = form.main.row(Kind.MARKS)
    if row is None:
        return False
    form.main.delete_row(row)
    return True


def delete_labels(form: Form, rng: Random) -> bool:
    """The row of labels deleted; the hidden marks are left."""
    del rng
    row = form.main.row(Kind.LABELS)
    if row is None:
        return False
    form.main.delete_row(row)
    return True


def head_destroyed(form: Form, rng: Random) -> bool:
    """Both the label and the mark of a task or two gone: nobody can know any more what stands below."""
    marks, labels = _heads(form, Kind.MARKS), _heads(form, Kind.LABELS)
    if not marks or not labels:
        return False
    chosen = some(rng, [at for at, _ in marks], 1, 2)
    for at, cell in marks + labels:
        if at in chosen:
            cell.value, cell.says = rng.choice((None, "?")), None
    return True


def column_twice(form: Form, rng: Random) -> bool:
    """A task's column copied with its header, and put in beside it."""
    grid = form.main
    columns = grid.task_columns()
    if not columns or any(row.cells[at].merge for row in grid.rows for at in columns):
        return False
    at = rng.choice(columns)
    grid.insert_column(at + 1, grid.roles[at])
    for row in grid.rows:
        cell = row.cells[at]
        row.cells[at + 1] = Cell(cell.value, cell.says, cell.meant, cell.look, cell.origin)
    return True


def show_marks(form: Form, rng: Random) -> bool:
    """The hidden row shown."""
    del rng
    row = form.main.row(Kind.MARKS)
    if row is None:
        return False
    row.is_hidden = False
    return True


def merge_points(form: Form, rng: Random) -> bool:
    """Cells of points merged across tasks or across papers."""
    grid = form.main
    columns, rows = grid.task_columns(), grid.papers()
    for _ in range(rng.randint(1, 3)):
        if len(columns) < 2 or len(rows) < 2:
            return False
        at, row = rng.randrange(len(columns) - 1), rng.choice(rows)
        across = [row.cells[columns[at]], row.cells[columns[at + 1]]]
        down = _down(grid.rows, row, columns[at])
        cells = rng.choice((across, down)) if columns[at] + 1 == columns[at + 1] else down
        if len(cells) > 1 and not any(cell.merge for cell in cells):
            merge(cells)
    return True


def _down(rows: list[Row], row: Row, at: int) -> list[Cell]:
    """The cell and the one under it, where that is a paper's as well."""
    number = next(number for number, one in enumerate(rows) if one is row)
    under = rows[number + 1 : number + 2]
    return [one.cells[at] for one in (row, *under) if one.kind is Kind.PAPER]


def merge_heads(form: Form, rng: Random) -> bool:
    """Labels of two tasks merged: the second loses its own."""
    heads = _heads(form, Kind.LABELS)
    pairs = [
        [one[1], other[1]]
        for one, other in pairwise(heads)
        if one[0] + 1 == other[0] and not one[1].merge and not other[1].merge
    ]
    if not pairs:
        return False
    merge(rng.choice(pairs))
    return True


def merge_with_remark(form: Form, rng: Random) -> bool:
    """The total and the mark of papers merged, which nobody reads."""
    grid = form.main
    at, other = (grid.column(role) for role in ("#points", "#mark"))
    rows = grid.papers()
    if at is None or other is None or at + 1 != other:
        return False
    for row in some(rng, rows, 1, 3):
        if not row.cells[at].merge and not row.cells[other].merge:
            merge([row.cells[at], row.cells[other]])
    return bool(rows)


def heads_of_codes(form: Form, rng: Random) -> bool:
    """«Код» and «Вариант» typed over; the hidden marks are left."""
    row = form.main.row(Kind.LABELS)
    if row is None:
        return False
    for role in rng.sample((CODE, VARIANT, AGAIN), 2):
        at = form.main.column(role)
        if at is not None:
            row.cells[at].value, row.cells[at].says = rng.choice((None, "ФИО", "шифр")), None
    return True
