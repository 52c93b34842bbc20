"""What people do to the whole file: paste over it, rename, add and copy sheets, lose what says which form it is."""

from __future__ import annotations

from random import Random

from tests.forms.hurried.form import HELP, PROPERTIES, Form, has_line, state_cell
from tests.forms.hurried.sheet import Kind
from xlpy.words import forms as words

_SHEET_NAMES = ("Лист1", "5А мат", "баллы", "Работы (мои)", "Sheet1", "готово!!!")
_READY = ("готово", "Готово", " готово ", "ГОТОВО")


def paste_over(form: Form, rng: Random) -> bool:
    """Everything pasted over by its values as text: formats and formulas gone, the hidden row shown or not."""
    for row in form.main.rows:
        row.is_hidden = row.is_hidden and rng.random() < 0.5
        for cell in row.cells:
            cell.look = None
            if isinstance(cell.value, str) and cell.value.startswith("="):
                cell.value = None if cell.meant is None else str(cell.meant.value)
                cell.says = None if cell.meant is None else cell.meant.value
            elif isinstance(cell.value, (int, float)):
                cell.value = f"{cell.value:g}".replace(".", ",")
    return True


def rename_sheet(form: Form, rng: Random) -> bool:
    """The sheet under a name of one's own."""
    form.main.name = rng.choice(_SHEET_NAMES)
    return True


def own_sheet(form: Form, rng: Random) -> bool:
    """A sheet of one's own, with a draft that looks like points."""
    rows: list[list[object]] = [["моё", None, "Код", "1", "2"]]
    rows += [[rng.choice((None, "x", 3)), rng.choice(("а", None)), rng.randint(1, 9), rng.randint(0, 2), "?"]] * 5
    form.own_sheets[rng.choice(("Черновик", "Лист2", "1"))] = rows
    return True


def sheet_twice(form: Form, rng: Random) -> bool:
    """A copy of the sheet, as it is now or as it was handed out."""
    name = f"{form.main.name} (2)"
    twin = form.main.copied(name)
    twin.gone = []
    if rng.random() < 0.5:
        for _, _, cell in list(twin.typed()):
            cell.value, cell.says, cell.meant = None, None, None
    form.grids.append(twin)
    return True


def drop_help(form: Form, rng: Random) -> bool:
    """The sheet of help deleted."""
    del rng
    form.identity.discard(HELP)
    return True


def overtype_identity(form: Form, rng: Random) -> bool:
    """The line by which the form is known typed over, emptied or deleted."""
    for grid in form.grids:
        row = grid.row(Kind.IDENTITY)
        if row is None:
            continue
        if rng.random() < 0.3:
            grid.delete_row(row)
        for cell in row.cells:
            if cell.value is not None:
                cell.value, cell.says = rng.choice((None, "моя форма", "вторая смена")), None
    return True


def line_kept_within_words(form: Form, rng: Random) -> bool:
    """Words typed around the line; it is still there."""
    row = form.main.row(Kind.IDENTITY)
    cell = None if row is None else next((one for one in row.cells if isinstance(one.value, str)), None)
    if cell is None or not has_line(form.main):
        return False
    cell.value = rng.choice((f"!! {cell.value}", f"{cell.value}   (мой класс)", cell.value.replace(" ", "  ")))
    return True


def new_book(form: Form, rng: Random) -> bool:
    """The sheet taken over into a new file: document properties and the sheet of help are not in it."""
    del rng
    form.is_new_book = True
    form.identity -= {PROPERTIES, HELP}
    return True


def say_ready(form: Form, rng: Random) -> bool:
    """«Готово», unless it is forgotten."""
    cell = state_cell(form.main, words.READY_CAPTION)
    if cell is None or rng.random() < 0.25:
        return False
    cell.value = rng.choice(_READY)
    form.is_ready = True
    return True
