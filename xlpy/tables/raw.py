"""A table as it stands in a sheet: what every adapter of the door hands over and takes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

Value = str | float | int | bool | datetime | None


@dataclass(frozen=True, slots=True)
class Live:
    """A formula to write: its A1 text without the leading «=». Text cells never become formulas."""

    text: str


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table as it stands in the sheet, nothing interpreted.

    Shapes: `values` is row-major, `len(values)` data rows from `first_row` (1-based Excel row), each as wide as
    `captions`. `first_column` is 1-based. The table ends at its last row with a value or a formula.
    `formulas`: column index (0-based in the table) → Excel rows of cells that hold a formula.
    An empty cell is None or "".
    `errors`: (Excel row, column index) → error text such as `#REF!`; the value there is None.
    """

    sheet: str
    captions: tuple[str, ...]
    first_row: int
    first_column: int
    values: list[list[Value]]
    formulas: Mapping[int, frozenset[int]] = field(default_factory=dict)
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CellMark:
    """A cell to be shown as needing attention; `severity` is one of `schema.SEVERITIES`."""

    severity: str
    rule: str
    sheet: str
    cell: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class PlainSheet:
    """Any sheet as it stands, nothing known of it: `values` from A1 on, an empty cell is None or "".

    `formulas`: (Excel row, 1-based column) of cells that hold a formula; `errors`: the same → error text.
    `merged`: first row, first column, last row, last column of each merged range; its value stands in its first cell.
    `left_out`: the first cells that lie too far off to be read: (Excel row, 1-based column).
    """

    name: str
    values: Sequence[Sequence[Value]]
    formulas: frozenset[tuple[int, int]] = frozenset()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merged: Sequence[tuple[int, int, int, int]] = ()
    left_out: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True, slots=True)
class PlainBook:
    """Any workbook file as it stands: its sheets in the order of the tabs, and what the document says of itself.

    `properties` are the custom document properties, as text; `saved` is when a program last saved it, local time
    without zone, None where that is not known.
    """

    sheets: Sequence[PlainSheet]
    properties: Mapping[str, str] = field(default_factory=dict)
    saved: datetime | None = None
