"""Undo: what is done between `enter_undo` and `leave_undo` is one step that one Ctrl+Z takes back."""

from __future__ import annotations

from typing import Any

from .desk import Desk
from .runtime import enum

# What stands in the list of steps for a write that no action of ours has named.
NAMELESS = "Python"
_NOTES = 8


def enter_undo(desk: Desk, book: int, title: str) -> int:
    """Begin one step; return how many steps there were before."""
    undo = desk.thing(book).getUndoManager()
    before = len(undo.getAllUndoActionTitles())
    undo.enterUndoContext(title)
    return before


def leave_undo(desk: Desk, book: int) -> None:
    """End the step. One in which nothing was done leaves no trace."""
    desk.thing(book).getUndoManager().leaveUndoContext()


def abandon_undo(desk: Desk, book: int, before: int) -> None:
    """End the step and take back what was done in it; the steps of the user before it stay."""
    undo = desk.thing(book).getUndoManager()
    undo.leaveUndoContext()
    if len(undo.getAllUndoActionTitles()) > before:
        undo.undo()
        undo.clearRedo()


def undo_once(desk: Desk, book: int) -> None:
    """Take back the last step. Raises IndexError where there is none."""
    undo = desk.thing(book).getUndoManager()
    if not undo.isUndoPossible():
        raise IndexError(book)
    undo.undo()


def undo_titles(desk: Desk, book: int) -> list[str]:
    """Titles of the steps, the last one first."""
    return list(desk.thing(book).getUndoManager().getAllUndoActionTitles())


def lock_undo(desk: Desk, book: int) -> None:
    """Record no steps until `unlock_undo`; calls of both are counted."""
    desk.thing(book).getUndoManager().lock()


def unlock_undo(desk: Desk, book: int) -> None:
    """Record steps again."""
    desk.thing(book).getUndoManager().unlock()


def set_formulas(cells: Any, formulas: tuple[tuple[str, ...], ...]) -> None:
    """Write formulas so that the step can be done again after it was undone.

    setFormulaArray over a value that stands among formulas ends LibreOffice 7.4 at redo: its cells are shared with
    those around, and the step forgets it. An array formula first makes all of them their own.
    """
    cells.setArrayFormula("=0")
    cells.setFormulaArray(formulas)


class WholeWrite:
    """A write by setDataArray or setFormulaArray, taken back whole by one step of undo.

    LibreOffice's own step brings back what stood in the cells, but leaves what was written into empty ones (7.4).
    The step of a fill brings back all of its area; one that has nothing to fill changes nothing and takes 11 ms
    for 90,000 cells. No generator: contextlib cannot let an exception of UNO through.

    Such a write also takes the notes off its cells, which in Excel it does not: they are put back.
    """

    def __init__(self, document: Any, cells: Any) -> None:
        self._cells = cells
        self._undo = document.getUndoManager()

    def __enter__(self) -> None:
        self._notes = _notes_in(self._cells)
        self._is_recorded = not self._undo.isLocked()
        if self._is_recorded:
            self._undo.enterUndoContext(NAMELESS)
            area = self._cells.getRangeAddress()
            self._cells.fillAuto(enum("sheet.FillDirection", "TO_BOTTOM"), area.EndRow - area.StartRow + 1)

    def __exit__(self, *_: object) -> None:
        notes: Any = self._cells.getSpreadsheet().getAnnotations() if self._notes else None
        for cell, text, is_shown in self._notes:
            notes.insertNew(cell.getCellAddress(), text)
            if is_shown:
                cell.getAnnotation().setIsVisible(True)
        if self._is_recorded:
            self._undo.leaveUndoContext()


def _notes_in(cells: Any) -> list[tuple[Any, str, bool]]:
    """[cell, text, whether it is always shown] of each note in a range."""
    sheet = cells.getSpreadsheet()
    found = []
    for area in cells.queryContentCells(_NOTES).getRangeAddresses():
        for row in range(area.StartRow, area.EndRow + 1):
            for column in range(area.StartColumn, area.EndColumn + 1):
                cell = sheet.getCellByPosition(column, row)
                note = cell.getAnnotation()
                found.append((cell, note.getString(), note.getIsVisible()))
    return found


VERBS: dict[str, Any] = {
    "enter_undo": enter_undo,
    "leave_undo": leave_undo,
    "abandon_undo": abandon_undo,
    "undo_once": undo_once,
    "undo_titles": undo_titles,
    "lock_undo": lock_undo,
    "unlock_undo": unlock_undo,
}
