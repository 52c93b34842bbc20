"""The door's shape: five verbs by which every room sees a workbook, whatever program holds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from xlpy.tables.declare import Sheet
from xlpy.tables.raw import CellMark, Live, RawTable, Value


class Workbook(Protocol):
    """What an action may do with a workbook. Nothing reaches the file before `save`."""

    @property
    def name(self) -> str:
        """File name for messages."""
        ...

    def sheet_names(self) -> tuple[str, ...]:
        """Names of all sheets in order, the user's own included."""
        ...

    def read_tables(self, sheets: Sequence[Sheet]) -> dict[str, RawTable]:
        """Return the tables of the declared sheets by sheet key, as they stand with pending writes applied.

        Raises WorkbookError where a sheet is missing or a required caption is not in the header.
        """
        ...

    def write_table(self, sheet: Sheet, rows: Sequence[Mapping[str, Value | Live]]) -> None:
        """Make the table hold exactly `rows` (by column key), in that order.

        A key a row does not name keeps the value, and a column of the user's own keeps its value and formula, from
        the old row with the same match key; old rows that are not named are gone. Calculated columns get their
        formula without being named.
        """
        ...

    def append_rows(self, sheet: Sheet, rows: Sequence[Mapping[str, Value | Live]]) -> None:
        """Add rows under the table and leave the others alone."""
        ...

    def mark_cells(self, marks: Sequence[CellMark]) -> None:
        """Show these cells, and only these, as needing attention (sheet «Замечания» feeds the highlights)."""
        ...

    def tell(self, message: str) -> None:
        """Show the user a sentence."""
        ...

    def save(self) -> None:
        """Put all writes into effect at once. Raises LockedError or SaveError and leaves the old state."""
        ...
