"""What people do to rows and to the two columns of codes."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.forms.hurried.form import Form, code_of, some
from tests.forms.hurried.sheet import AGAIN, CODE, Cell, Grid, Kind, Meant, Row

_NAMES = (
    "Берёзкин Пётр",
    "Осинина Анна",
    "Клёнов И.",
    "Рябинина Маша",
    "Тополев",
    "Ивушкина Дарья Олеговна",
    "Дубов Лев",
)
_TITLES = ("вторая стопка", "задержались", "Вариант 2", "— — —", "")
_HEADS = (Kind.TITLE, Kind.PEOPLE, Kind.STATE, Kind.SCALE, Kind.MAXIMA)


def _paper_places(grid: Grid) -> list[int]:
    return [at for at, row in enumerate(grid.rows) if row.kind is Kind.PAPER]


def _code_cells(form: Form, role: str) -> list[Cell]:
    at = form.main.column(role)
    return [] if at is None else [row.cells[at] for row in form.main.papers()]


def sort_rows(form: Form, rng: Random) -> bool:
    """Whole rows in another order."""
    grid = form.main
    places = _paper_places(grid)
    rows = [grid.rows[at] for at in places]
    rng.shuffle(rows)
    for at, row in zip(places, rows, strict=True):
        grid.rows[at] = row
    return len(rows) > 1


def sort_part(form: Form, rng: Random) -> bool:
    """Only some of the columns in another order: from the code to some task, or from some task to the code again."""
    grid = form.main
    rows = grid.papers()
    left, right, tasks = grid.column(CODE), grid.column(AGAIN), grid.task_columns()
    if len(rows) < 3 or left is None or right is None or not tasks or not left < tasks[0] <= tasks[-1] < right:
        return False
    first, last = rng.choice(((left, rng.choice(tasks)), (rng.choice(tasks), right)))
    moved = rng.sample(rows, rng.randint(2, len(rows)))
    blocks = [row.cells[first : last + 1] for row in moved]
    blocks = blocks[1:] + blocks[:1]
    for row, block in zip(moved, blocks, strict=True):
        row.cells[first : last + 1] = block
    return True


def delete_papers(form: Form, rng: Random) -> bool:
    """Rows taken out."""
    rows = form.main.papers()
    for row in some(rng, rows, 1, 3):
        form.main.delete_row(row)
    return bool(rows)


def insert_rows(form: Form, rng: Random) -> bool:
    """Empty rows, rows with a title, the header once more for the second page."""
    grid = form.main
    labels = grid.row(Kind.LABELS)
    for _ in range(rng.randint(1, 4)):
        places = _paper_places(grid)
        if not places:
            return False
        row = grid.empty_row()
        if labels is not None and rng.random() < 0.3:
            row = Row(Kind.HEADER, [Cell(cell.value, cell.says) for cell in labels.cells])
        else:
            row.cells[rng.randrange(min(4, len(row.cells)))].value = rng.choice(_TITLES) or None
        grid.rows.insert(rng.choice(places), row)
    return True


def rows_on_top(form: Form, rng: Random) -> bool:
    """Rows above everything: a stamp, a remark, nothing."""
    for _ in range(rng.randint(1, 4)):
        row = form.main.empty_row()
        row.cells[0].value = rng.choice((None, "Проверено", "Школа № 1", 2021))
        form.main.rows.insert(0, row)
    return True


def delete_heads(form: Form, rng: Random) -> bool:
    """Rows over the papers that seemed of no use."""
    gone = [row for row in (form.main.row(kind) for kind in _HEADS) if row is not None]
    for row in some(rng, gone, 1, 4):
        form.main.delete_row(row)
    return bool(gone)


def codes_as_numbers(form: Form, rng: Random) -> bool:
    """Codes turned into numbers, as a program offers by a green corner."""
    cells = _code_cells(form, CODE) + (_code_cells(form, AGAIN) if rng.random() < 0.5 else [])
    for cell in cells:
        if isinstance(cell.value, str) and cell.value.isdecimal() and not cell.value.startswith("0"):
            cell.value = int(cell.value)
    return bool(cells)


def names_for_codes(form: Form, rng: Random) -> bool:
    """Names typed over codes; the codes on the right are left."""
    cells = _code_cells(form, CODE)
    for cell in cells if rng.random() < 0.4 else some(rng, cells, 1, 5):
        cell.value, cell.says = f"{rng.choice(_NAMES)} {rng.randint(100, 999)}", None
        form.names.append(cell.value)
    return bool(cells)


def names_for_both(form: Form, rng: Random) -> bool:
    """Names typed over both codes of a row."""
    left, right = form.main.column(CODE), form.main.column(AGAIN)
    rows = form.main.papers()
    if left is None or right is None:
        return False
    for row in some(rng, rows, 1, 3):
        name = f"{rng.choice(_NAMES)} {rng.randint(100, 999)}"
        form.names.append(name)
        for at in (left, right):
            row.cells[at].value, row.cells[at].says = rng.choice((name, None)), None
    return bool(rows)


def codes_spoilt(form: Form, rng: Random) -> bool:
    """A code emptied or mistyped on one side only."""
    cells = _code_cells(form, rng.choice((CODE, AGAIN)))
    for cell in some(rng, cells, 1, 4):
        cell.value, cell.says = rng.choice((None, "99999", "7000", f"{cell.value}?", "б/н")), None
    return bool(cells)


def code_of_another(form: Form, rng: Random) -> bool:
    """The code of another paper of the pile typed over one's own."""
    cells = [cell for cell in _code_cells(form, CODE) if cell.says]
    if len(cells) < 2:
        return False
    one, other = rng.sample(cells, 2)
    one.value, one.says = other.value, other.says
    return True


def row_twice(form: Form, rng: Random) -> bool:
    """A row copied to the end; in half of the cases something is changed there."""
    grid = form.main
    rows = [row for row in grid.papers() if any(cell.meant for cell in row.cells)]
    if not rows:
        return False
    row = rng.choice(rows)
    twin = Row(Kind.PAPER, [replace(cell, merge=0) for cell in row.cells])
    cells = [cell for cell in twin.cells if cell.meant and isinstance(cell.says, int) and cell.meant.key != "variant"]
    if cells and rng.random() < 0.5:
        cell = rng.choice(cells)
        most = form.tasks[cell.meant.key].maximum if cell.meant else 1
        cell.value = cell.says = (int(str(cell.says)) + 1) % (most + 1)
        cell.meant = Meant(cell.meant.code, cell.meant.key, cell.says) if cell.meant else None
    grid.rows.insert(max(_paper_places(grid)) + 1, twin)
    return True


def pupil_of_another_class(form: Form, rng: Random) -> bool:
    """A paper that lay in the wrong pile: its code is of another class."""
    grid = form.main
    left, right, columns = grid.column(CODE), grid.column(AGAIN), grid.task_columns()
    if not form.strangers or left is None or not columns or not _paper_places(grid):
        return False
    code, row = rng.choice(form.strangers), grid.empty_row()
    for at in (left, right) if right is not None else (left,):
        row.cells[at].value = code
    for at in columns:
        cell, key = row.cells[at], grid.roles[at]
        cell.value = cell.says = rng.randint(0, form.tasks[key].maximum)
        cell.meant = Meant(code, key, cell.says)
    grid.rows.insert(max(_paper_places(grid)) + 1, row)
    return True


def forgotten(form: Form, rng: Random) -> bool:
    """A paper whose row was never typed, its pupil taken for one who was there."""
    rows = [row for row in form.main.papers() if any(cell.meant for cell in row.cells)]
    for row in some(rng, rows, 1, 2):
        for cell in row.cells:
            if cell.meant is not None and cell.meant.code == code_of(form, row):
                cell.value, cell.says, cell.meant = None, None, None
    return bool(rows)
