"""A form's sheet as hands see it: cells that remember what their teacher meant, wherever they are moved to."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter

from xlpy.exchange.forms import layout

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

CODE, AGAIN, VARIANT = "code", "again", "variant"
# What the cell with the line says by which a form is known.
IDENTITY = "identity"
_ROLES = {layout.CODE_KEY: CODE, layout.AGAIN_KEY: AGAIN, layout.VARIANT_KEY: VARIANT}
_numbers = count(1)


class Meant(NamedTuple):
    """What a teacher meant by a cell: points, a mark or a variant of one paper. None: nothing that can be taken."""

    code: str
    key: str
    value: object


class Kind(Enum):
    """What a row of the sheet is."""

    TITLE = layout.TITLE_ROW
    PEOPLE = layout.PEOPLE_ROW
    STATE = layout.STATE_ROW
    SCALE = layout.SCALE_ROW
    IDENTITY = layout.IDENTITY_ROW
    MARKS = layout.KEY_ROW
    LABELS = layout.LABEL_ROW
    MAXIMA = layout.MAXIMUM_ROW
    PAPER = "paper"
    OWN = "own"
    HEADER = "copy of the header"


@dataclass(slots=True)
class Cell:
    """A cell. `says` is what stands there for certain: points, a code, the key of a column; None where nothing is."""

    value: Any = None
    says: object = None
    meant: Meant | None = None
    look: Any = None
    origin: str = ""
    merge: int = 0


@dataclass(slots=True)
class Row:
    """A row of cells, all rows of a sheet equally long."""

    kind: Kind
    cells: list[Cell]
    is_hidden: bool = False


@dataclass(slots=True)
class Grid:
    """A sheet. `roles` tells what each column was when the form was handed out; "" for a column put in later."""

    name: str
    rows: list[Row]
    roles: list[str]
    gone: list[Meant] = field(default_factory=list)

    def papers(self) -> list[Row]:
        """The rows that were handed out as papers, and their copies."""
        return [row for row in self.rows if row.kind is Kind.PAPER]

    def row(self, kind: Kind) -> Row | None:
        """The one row of this kind, None where somebody deleted it."""
        return next((row for row in self.rows if row.kind is kind), None)

    def column(self, role: str) -> int | None:
        """The first column that was handed out as this one, 0-based."""
        return self.roles.index(role) if role in self.roles else None

    def task_columns(self) -> list[int]:
        """Columns that were handed out for tasks, 0-based."""
        return [at for at, role in enumerate(self.roles) if role.startswith("task_")]

    def typed(self) -> Iterator[tuple[Row, int, Cell]]:
        """Every cell in which a teacher meant something."""
        for row in self.rows:
            for at, cell in enumerate(row.cells):
                if cell.meant is not None:
                    yield row, at, cell

    def insert_column(self, at: int, role: str = "") -> None:
        """Put an empty column before this one."""
        self.roles.insert(at, role)
        for row in self.rows:
            inside = (
                0 < at < len(row.cells) and row.cells[at - 1].merge and row.cells[at - 1].merge == row.cells[at].merge
            )
            row.cells.insert(at, Cell(merge=row.cells[at].merge if inside else 0))

    def delete_column(self, at: int) -> None:
        """Take a column out with all that stands there."""
        del self.roles[at]
        for row in self.rows:
            cell = row.cells.pop(at)
            if cell.meant is not None:
                self.gone.append(cell.meant)

    def delete_row(self, row: Row) -> None:
        """Take a row out with all that stands there."""
        self.rows = [one for one in self.rows if one is not row]
        self.gone += [cell.meant for cell in row.cells if cell.meant is not None]

    def empty_row(self, kind: Kind = Kind.OWN) -> Row:
        """A new row as wide as the sheet; it stands nowhere yet."""
        return Row(kind, [Cell() for _ in self.roles])

    def copied(self, name: str) -> Grid:
        """The sheet once more: what is changed in one stays as it was in the other."""
        rows = [Row(row.kind, [replace(cell) for cell in row.cells], row.is_hidden) for row in self.rows]
        return Grid(name, rows, list(self.roles), list(self.gone))


def role_of(mark: str) -> str:
    """What a column is by its hidden mark: «#3» → «task_3»."""
    digits = mark.removeprefix("#")
    return _ROLES.get(mark) or (f"task_{digits}" if digits.isdecimal() else mark)


def read_grid(page: Worksheet) -> Grid:
    """Return a form's sheet as it was handed out, nothing typed yet."""
    width = page.max_column
    roles = [role_of(str(page.cell(layout.KEY_ROW, at).value or "")) for at in range(1, width + 1)]
    rows = [_row_of(page, number, roles) for number in range(1, page.max_row + 1)]
    for area in page.merged_cells.ranges:
        number = next(_numbers)
        for row in rows[area.min_row - 1 : area.max_row]:
            for cell in row.cells[area.min_col - 1 : area.max_col]:
                cell.merge = number
    return Grid(page.title, rows, roles)


def _row_of(page: Worksheet, number: int, roles: list[str]) -> Row:
    cells = []
    for at in range(1, len(roles) + 1):
        cell = page.cell(number, at)
        look = cell._style if cell.has_style else None
        cells.append(Cell(cell.value, look=look, origin=cell.coordinate))
    code = cells[roles.index(CODE)].value
    kind = Kind(number) if number < layout.FIRST_PAPER_ROW else Kind.PAPER if code else Kind.OWN
    for role, cell in zip(roles, cells, strict=True):
        cell.says = IDENTITY if kind is Kind.IDENTITY and cell.value else _said_by(kind, role, str(code))
    return Row(kind, cells, page.row_dimensions[number].hidden)


def _said_by(kind: Kind, role: str, code: str) -> object:
    """What a cell of the form says before anybody has touched it."""
    if kind in {Kind.MARKS, Kind.LABELS}:
        return role or None
    return code if kind is Kind.PAPER and role in {CODE, AGAIN} else None


def merge(cells: list[Cell]) -> None:
    """Merge cells that lie in a rectangle: what stands first is moved to the first cell, all else there is lost."""
    number = next(_numbers)
    for cell in cells:
        cell.merge = number
    first = next((cell for cell in cells if cell.value is not None), None)
    if first is not None and first is not cells[0]:
        cells[0].value, cells[0].says, cells[0].meant = first.value, first.says, first.meant
        first.meant = None
    for cell in cells[1:]:
        cell.value, cell.says = None, None


def write_grid(grid: Grid, page: Worksheet) -> None:
    """Make a sheet hold exactly the grid."""
    page.title = grid.name
    page.merged_cells.ranges.clear()
    page._cells.clear()
    areas: dict[int, list[tuple[int, int]]] = {}
    for number, row in enumerate(grid.rows, start=1):
        page.row_dimensions[number].hidden = row.is_hidden
        for at, cell in enumerate(row.cells, start=1):
            if cell.merge:
                areas.setdefault(cell.merge, []).append((number, at))
            if cell.value is not None or cell.look is not None:
                _write_cell(page, number, at, cell)
    for places in areas.values():
        rows, columns = [place[0] for place in places], [place[1] for place in places]
        if len(places) > 1:
            page.merge_cells(None, min(rows), min(columns), max(rows), max(columns))


def _write_cell(page: Worksheet, number: int, at: int, cell: Cell) -> None:
    written = page.cell(number, at)
    if cell.look is not None:
        written._style = copy(cell.look)
    value = cell.value
    place = f"{get_column_letter(at)}{number}"
    if isinstance(value, str) and value.startswith("=") and cell.origin and cell.origin != place:
        value = Translator(value, cell.origin).translate_formula(place)
    written.value = value
