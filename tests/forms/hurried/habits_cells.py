"""What people type into cells: spellings that certainly mean the points, slips that do not, and what is left out."""

from __future__ import annotations

from datetime import datetime
from random import Random

from tests.forms.hurried.form import Form, code_of, points, some
from tests.forms.hurried.sheet import Cell, Kind, Meant
from xlpy.tables import schema

_SPACES = ("", " ", "  ", "\u00a0", "\u202f")
_NO_POINTS = ("?", "-", "два", "2 балла", "1/2", "н/о", "+", "не делал", "H", "Н", "нет", "XX", "2-", "1;2", "см. ниже")
_NO_VARIANT = ("отс.", "н", "болел", "вар. 1", "первый", 0, 100, 1.5, "1 или 2")
_ABSENT = ("Отсутствовал", "ОТСУТСТВОВАЛ", " отсутствовал", "отсутствовал\u00a0")
_NOT_TAUGHT = ("не пройд", "не пройдено", "Не пройдено", " не пройд. ", "не\u00a0пройд.")
_NOT_ATTEMPTED = ("x", "X", "х", "Х", " x", "Х ", "\u00a0X")


def certain_spelling(value: object, rng: Random) -> object:
    """The same points, mark or variant as another hand types it; it certainly means the same."""
    if isinstance(value, int):
        text = rng.choice((f"{value}", f"{value},0", f"{value}.0", f"{value}"))
        return rng.choice((float(value), rng.choice(_SPACES) + text + rng.choice(_SPACES)))
    kinds = {schema.NOT_ATTEMPTED: _NOT_ATTEMPTED, schema.NOT_TAUGHT: _NOT_TAUGHT, schema.ABSENT: _ABSENT}
    return rng.choice(kinds[str(value)])


def _slip(cell: Cell, value: object) -> None:
    cell.value, cell.says = value, None


def spellings(form: Form, rng: Random) -> bool:
    """Texts, «2,0», spaces, no-break spaces, x and Х."""
    share = rng.choice((0.05, 0.3, 0.9))
    typed = [cell for _, _, cell in form.main.typed() if cell.says is not None]
    for cell in typed:
        if rng.random() < share:
            cell.value = certain_spelling(cell.says, rng)
    return bool(typed)


def over_maximum(form: Form, rng: Random) -> bool:
    """A finger too heavy: 22 for 2."""
    cells = [cell for _, _, cell in points(form) if isinstance(cell.says, int)]
    for cell in some(rng, cells, 1, 4):
        most = form.tasks[cell.meant.key].maximum if cell.meant else 0
        _slip(cell, rng.choice((most + 1, most + rng.randint(1, 40), f"{most + 1}", -1, 1.5, "0,5")))
    return bool(cells)


def words(form: Form, rng: Random) -> bool:
    """Words and signs where points belong."""
    cells = [cell for _, _, cell in points(form)]
    for cell in some(rng, cells, 1, 5):
        _slip(cell, rng.choice(_NO_POINTS))
    return bool(cells)


def dates(form: Form, rng: Random) -> bool:
    """The program took 1.2 for a date."""
    cells = [cell for _, _, cell in points(form)]
    for cell in some(rng, cells, 1, 2):
        _slip(cell, datetime(2021, rng.randint(1, 12), rng.randint(1, 28)))
    return bool(cells)


def formulas(form: Form, rng: Random) -> bool:
    """A sum in a cell, saved by a program that does not compute."""
    cells = [cell for _, _, cell in points(form) if isinstance(cell.says, int)]
    for cell in some(rng, cells, 1, 2):
        _slip(cell, f"={cell.says}+0")
        form.done.append("formula")
    return bool(cells)


def variants(form: Form, rng: Random) -> bool:
    """Words of one's own in «Вариант»."""
    cells = [cell for _, _, cell in form.main.typed() if cell.meant and cell.meant.key == "variant"]
    for cell in some(rng, cells, 1, 3):
        _slip(cell, rng.choice(_NO_VARIANT))
    return bool(cells)


def points_of_absent(form: Form, rng: Random) -> bool:
    """Points typed one row too high, where somebody was absent."""
    grid = form.main
    at = grid.column("variant")
    columns = grid.task_columns()
    rows = [row for row in grid.papers() if at is not None and row.cells[at].says == schema.ABSENT]
    for row in some(rng, rows, 1, 2) if columns else []:
        for column in some(rng, columns, 1, 3):
            cell, key = row.cells[column], grid.roles[column]
            cell.value = cell.says = rng.randint(0, form.tasks[key].maximum)
            cell.meant = Meant(code_of(form, row), key, cell.says)
    return bool(rows)


def unfinished(form: Form, rng: Random) -> bool:
    """The last papers, the last task or cells here and there are not typed yet."""
    grid = form.main
    how = rng.choice(("papers", "task", "holes"))
    rows, columns = grid.papers(), grid.task_columns()
    if not rows or not columns:
        return False
    last = rows[-rng.randint(1, max(1, len(rows) // 3)) :]
    for row, at, cell in list(grid.typed()):
        is_left = {"papers": row in last, "task": at == columns[-1], "holes": rng.random() < 0.05}[how]
        if is_left:
            cell.value, cell.says, cell.meant = None, None, None
    return True


def blanks(form: Form, rng: Random) -> bool:
    """Spaces in cells that are otherwise empty."""
    cells = [row.cells[at] for row in form.main.papers() for at in form.main.task_columns()]
    empty = [cell for cell in cells if cell.value is None and not cell.merge]
    for cell in some(rng, empty, 1, 10):
        cell.value = rng.choice((" ", "\u00a0", "   "))
    return bool(empty)


def garbage(form: Form, rng: Random) -> bool:
    """Signs in cells where nothing is meant."""
    grid = form.main
    places = [(row, at) for row in grid.papers() for at in grid.task_columns()]
    empty = [(row, at) for row, at in places if row.cells[at].value is None and not row.cells[at].merge]
    for row, at in some(rng, empty, 1, 3):
        row.cells[at].value = rng.choice(_NO_POINTS)
        row.cells[at].meant = Meant(code_of(form, row), grid.roles[at], None)
    return bool(empty)


def totals_below(form: Form, rng: Random) -> bool:
    """Totals, dates and a signature under the papers."""
    grid = form.main
    for caption in rng.sample(("Итого", "Средний балл", "Проверила:", "Дата", "не писали"), rng.randint(1, 3)):
        row = grid.empty_row(Kind.OWN)
        row.cells[rng.choice((0, 1))].value = caption
        for at in grid.task_columns():
            row.cells[at].value = rng.randint(0, 60)
        grid.rows.append(row)
    return True
