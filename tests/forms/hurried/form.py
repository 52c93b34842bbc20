"""One form in a teacher's hands: its sheets, and what is left of the places that say which form it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.forms.hurried.school import Papers, Task, Work
from tests.forms.hurried.sheet import CODE, IDENTITY, Cell, Grid, Kind, Meant, Row

PROPERTIES, HELP = "properties", "help"


@dataclass(slots=True)
class Form:
    """A form being typed into. `strangers`: codes of other classes; `done`: what was done to it, in order.

    `book` is the file as openpyxl opened it; saving uses it up.
    """

    work: Work
    tasks: Mapping[str, Task]
    papers: Papers
    strangers: tuple[str, ...]
    grids: list[Grid]
    book: Any = None
    identity: set[str] = field(default_factory=lambda: {PROPERTIES, HELP})
    is_ready: bool = False
    is_new_book: bool = False
    own_sheets: dict[str, list[list[object]]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)

    @property
    def main(self) -> Grid:
        """The sheet that was handed out."""
        return self.grids[0]


# What a teacher does to a form. Returns whether there was anything to do it to.
Habit = Callable[[Form, Random], bool]


def points(form: Form) -> list[tuple[Row, int, Cell]]:
    """Typed cells of tasks that lie in rows of papers."""
    return [place for place in form.main.typed() if place[2].meant and place[2].meant.key != "variant"]


def some(rng: Random, things: list, least: int, most: int) -> list:
    """A few of these, in an order of chance."""
    return rng.sample(things, min(len(things), rng.randint(least, most)))


def code_of(form: Form, row: Row) -> str:
    """Whose paper a row was handed out for."""
    return str(row.cells[form.main.roles.index(CODE)].says)


def type_in(form: Form, rng: Random) -> None:
    """Type the truth into every row, as the form asks for it; one in a hundred teachers tells all are done."""
    del rng
    grid = form.main
    for row in grid.papers():
        code = code_of(form, row)
        for at, role in enumerate(grid.roles):
            value = form.papers.get(code, {}).get(role)
            if value is not None:
                cell = row.cells[at]
                cell.value, cell.says, cell.meant = value, value, Meant(code, role, value)


def has_line(grid: Grid) -> bool:
    """Whether a sheet still says which form it is."""
    row = grid.row(Kind.IDENTITY)
    return row is not None and any(cell.says == IDENTITY for cell in row.cells)


def state_cell(grid: Grid, caption: str) -> Cell | None:
    """The cell after «Готово:», None where it is not there any more."""
    row = grid.row(Kind.STATE)
    if row is None:
        return None
    at = next((at for at, cell in enumerate(row.cells) if str(cell.value or "").strip() == caption), None)
    if at is None:
        return None
    own = row.cells[at].merge
    return next((cell for cell in row.cells[at + 1 :] if not cell.merge or cell.merge != own), None)
