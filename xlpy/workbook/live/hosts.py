"""What an open workbook's program must do for us that `xlwings.Range` alone does not say: one Protocol, two adapters.

Rows and columns are 1-based here, a box is (top, left, bottom, right), both ends in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import xlwings as xw

    from xlpy.workbook.tableparts import ListObject

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Sight:
    """One sheet as it stands. `grid` from A1 on; `formulas`: column → rows; `errors`: (row, column) → text."""

    name: str
    grid: list[list[Any]]
    formulas: Mapping[int, set[int]]
    errors: Mapping[tuple[int, int], str]
    objects: tuple[ListObject, ...]
    is_protected: bool


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What a writer would break: merged boxes, and cells (row, column) of array formulas."""

    merged: Sequence[Box]
    arrays: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Moves:
    """`origins`: row → where its paper stood; `places`: row → where it went; None: nowhere."""

    origins: Mapping[int, int | None]
    places: Mapping[int, int | None]


class Host(Protocol):
    """The program that holds the book. Every member is a fixed number of calls, however long the tables are."""

    def sheet_names(self, book: xw.Book) -> tuple[str, ...]:
        """Names of all sheets in order."""
        ...

    def look(self, book: xw.Book, names: Sequence[str]) -> list[Sight]:
        """The named sheets as they stand."""
        ...

    def obstacles(self, sheet: xw.Sheet, boxes: Sequence[Box]) -> Obstacles:
        """What stands in the way of writing into the boxes."""
        ...

    def settle_entry(self, book: xw.Book) -> None:
        """Let a cell that is being typed into take what was typed. Raises HostError("busy_editing")."""
        ...

    def literal(self, text: str) -> str:
        """How a text is given to `Range.value` so that the cell holds exactly it, and as text."""
        ...

    def carry(self, sheet: xw.Sheet, columns: range, moves: Moves) -> None:
        """Let the looks and notes of the rows follow their papers."""
        ...

    def end_table(self, sheet: xw.Sheet, name: str, box: Box) -> None:
        """Let an Excel table cover the box, header included."""
        ...

    def show_anew(self, sheet: xw.Sheet) -> None:
        """Let a filter of the sheet judge its rows again."""
        ...

    def one_step(self, book: xw.Book, title: str, take_back: Callable[[], None]) -> AbstractContextManager[None]:
        """Make what is written inside one step of the user's undo; where it raises, nothing of it stays."""
        ...

    def confirm(self, sheet: xw.Sheet, box: Box, rows: Sequence[Sequence[object]]) -> None:
        """Make sure that the box holds the rows. Raises WorkbookError("not_written") where the program lost some."""
        ...

    def keep_view(self, book: xw.Book) -> AbstractContextManager[None]:
        """Leave selection, active sheet and scroll as they were, and let formulas wait till the end."""
        ...

    def guarded(self, book: xw.Book) -> AbstractContextManager[None]:
        """Turn what the program answers when it is gone or busy into a HostError."""
        ...
