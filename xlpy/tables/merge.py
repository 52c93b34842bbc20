"""New rows for a table whose user may have added columns: what they typed stays with the row it belongs to."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence

from xlpy.tables.addresses import column_letter
from xlpy.tables.convert import as_text
from xlpy.tables.declare import Role, Sheet
from xlpy.tables.formulas import formula_at
from xlpy.tables.normalise import clean_text, fold
from xlpy.tables.raw import Live, RawTable, Value

Grid = list[list["Value | Live | Kept"]]


class Kept:
    """A cell of an old row that moves as it stands, value or formula; `row` and `column` say which."""

    __slots__ = ("column", "row", "written")

    def __init__(self, row: int, column: int, written: Value) -> None:
        self.row = row
        self.column = column
        self.written = written


def positions_of(sheet: Sheet, captions: Sequence[str]) -> dict[str, int]:
    """Where each declared column stands among the captions (0-based); the first of two equal captions counts."""
    found: dict[str, int] = {}
    for at, caption in enumerate(captions):
        found.setdefault(clean_text(caption), at)
    return {column.key: found[column.caption] for column in sheet.columns if column.caption in found}


def _match_key(values: Sequence[object]) -> tuple[str, ...]:
    return tuple(fold(as_text(value)) for value in values)  # type: ignore[arg-type]


def merged_grid(
    sheet: Sheet, raw: RawTable, rows: Sequence[Mapping[str, Value | Live]], first_row: int | None = None
) -> Grid:
    """Return the cells to write for `rows`, each as wide as the table, from Excel row `first_row` on.

    A key a row does not name, and every column of the user's own, keeps what stood in the old row with the same match
    key; two old rows with one key are taken in their order. Calculated columns get their formula.
    """
    positions = positions_of(sheet, raw.captions)
    letters = {key: column_letter(raw.first_column + at) for key, at in positions.items()}
    match = [positions[key] for key in sheet.match if key in positions]
    old: dict[tuple[str, ...], deque[int]] = defaultdict(deque)
    for number, written in enumerate(raw.values):
        old[_match_key([written[at] for at in match])].append(number)
    calculated = {c.key for c in sheet.columns if c.role is Role.CALCULATED and c.key in positions}
    grid: Grid = []
    start = raw.first_row if first_row is None else first_row
    for offset, row in enumerate(rows):
        found = old.get(_match_key([row.get(key) for key in sheet.match if key in positions]))
        cells: list[Value | Live | Kept] = [None] * len(raw.captions)
        if found:
            number = found.popleft()
            cells = [Kept(raw.first_row + number, at, written) for at, written in enumerate(raw.values[number])]
        for key in calculated:
            cells[positions[key]] = Live(formula_at(sheet, key, start + offset, letters))
        for key, value in row.items():
            if key in positions and key not in calculated:
                cells[positions[key]] = value
        grid.append(cells)
    return grid
