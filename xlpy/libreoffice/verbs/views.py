"""What the user sees of a document: active sheet, selection, scroll, status bar, progress; and whether it is saved."""

from __future__ import annotations

from typing import Any

from .desk import Desk

# Of com.sun.star.accessibility: AccessibleRole and AccessibleStateType.
_PARAGRAPH, _PUSH_BUTTON, _SCROLL_PANE, _TOOL_BAR, _SPREADSHEET = 41, 44, 51, 63, 84
_EDITABLE, _ENABLED = 6, 7
_WITH_OPEN_CELL = 2
_ACCESSIBLE_ENOUGH = 40
_RANGE, _RANGES = "com.sun.star.sheet.SheetCellRange", "com.sun.star.sheet.SheetCellRanges"


def selected_areas(document: Any) -> list[list[int]]:
    """[sheet index, first row, first column, last row, last column] of what is selected; empty where it is no cell."""
    selected = document.getCurrentSelection()
    if selected is None:
        return []
    areas: Any = ()
    if selected.supportsService(_RANGE):
        areas = (selected.getRangeAddress(),)
    elif selected.supportsService(_RANGES):
        areas = selected.getRangeAddresses()
    return [[one.Sheet, one.StartRow, one.StartColumn, one.EndRow, one.EndColumn] for one in areas]


def view_state(desk: Desk, book: int) -> dict[str, Any]:
    """Where the user is: `sheet` by name, selected `areas` on it, and first row and column of each of the `panes`."""
    document = desk.thing(book)
    view = document.getCurrentController()
    panes = [view.getByIndex(at) for at in range(view.getCount())]
    return {
        "sheet": view.getActiveSheet().getName(),
        "areas": [area[1:] for area in selected_areas(document)],
        "panes": [[pane.getFirstVisibleRow(), pane.getFirstVisibleColumn()] for pane in panes],
    }


def restore_view(desk: Desk, book: int, state: dict[str, Any]) -> None:
    """Bring the user back to where `view_state` found them, as far as that place still exists."""
    document = desk.thing(book)
    sheets, view = document.getSheets(), document.getCurrentController()
    if not sheets.hasByName(state["sheet"]):
        return
    sheet = sheets.getByName(state["sheet"])
    view.setActiveSheet(sheet)
    now = view_state(desk, book)
    if state["areas"] and state["areas"] != now["areas"]:
        select(desk, document, sheet, state["areas"])
    # Selecting scrolls: the places of the panes come last.
    for at, (row, column) in enumerate(state["panes"][: view.getCount()]):
        pane = view.getByIndex(at)
        pane.setFirstVisibleRow(row)
        pane.setFirstVisibleColumn(column)


def select(desk: Desk, document: Any, sheet: Any, areas: list[list[int]]) -> None:
    """Select areas of a sheet, which becomes the active one."""
    del desk
    found = [sheet.getCellRangeByPosition(c0, r0, c1, r1) for r0, c0, r1, c1 in areas]
    if len(found) == 1:
        document.getCurrentController().select(found[0])
        return
    union = document.createInstance(_RANGES)
    for one in found:
        union.addRangeAddress(one.getRangeAddress(), False)
    document.getCurrentController().select(union)


def select_area(desk: Desk, sheet: int, area: list[int]) -> None:
    """Select one area of a sheet held by number."""
    select(desk, desk.document_of(sheet), desk.thing(sheet), [area])


def set_status(desk: Desk, book: int, text: str) -> None:
    """Show a sentence in the status bar, without a measure of progress."""
    show_progress(desk, book, text, 0, 0)


def show_progress(desk: Desk, book: int, text: str, done: int, total: int) -> None:
    """Show a sentence and how much of the work is done in the status bar."""
    shown = desk.indicators.get(book)
    if shown is None or shown["total"] != total:
        if shown is not None:
            shown["indicator"].end()
        indicator = desk.thing(book).getCurrentController().getFrame().createStatusIndicator()
        indicator.start(text, total)
        shown = desk.indicators[book] = {"indicator": indicator, "total": total, "text": text}
    elif shown["text"] != text:
        shown["indicator"].setText(text)
        shown["text"] = text
    if total:
        shown["indicator"].setValue(done)


def end_status(desk: Desk, book: int) -> None:
    """Give the status bar back to the office."""
    shown = desk.indicators.pop(book, None)
    if shown is not None:
        shown["indicator"].end()


def status(desk: Desk) -> str:
    """The sentence of ours that stands in a status bar now, empty where none does."""
    return next((str(shown["text"]) for shown in reversed(list(desk.indicators.values()))), "")


def is_editing(desk: Desk, book: int) -> bool:
    """Whether the user is typing into a cell or into the line of formulas.

    No other part of UNO tells it than what the office says to screen readers: beside the line of formulas the buttons
    that cancel and accept can be pressed only then; where that bar is hidden, the cell has a paragraph in it then.
    The paragraph in the line itself stays editable after the first time.
    """
    window = desk.thing(book).getCurrentController().getFrame().getComponentWindow()
    if not window.isVisible():
        return False
    for part in _inside(window.getAccessibleContext()):
        role = part.getAccessibleRole()
        if role == _TOOL_BAR and _can_cancel(part):
            return True
        if role == _SCROLL_PANE and any(_has_open_cell(one) for one in _inside(part)):
            return True
    return False


def _inside(context: Any) -> list[Any]:
    count = min(context.getAccessibleChildCount(), _ACCESSIBLE_ENOUGH)
    return [context.getAccessibleChild(at).getAccessibleContext() for at in range(count)]


def _has_state(context: Any, state: int) -> bool:
    return state in context.getAccessibleStateSet().getStates()


def _can_cancel(bar: Any) -> bool:
    """The last two of its buttons are those that cancel and accept."""
    buttons = [one for one in _inside(bar) if one.getAccessibleRole() == _PUSH_BUTTON][-2:]
    return len(buttons) > 1 and all(_has_state(one, _ENABLED) for one in buttons)


def _has_open_cell(sheet: Any) -> bool:
    """Whether a pane of cells holds, beside its table, a cell with a paragraph that can be edited."""
    if sheet.getAccessibleRole() != _SPREADSHEET or sheet.getAccessibleChildCount() < _WITH_OPEN_CELL:
        return False
    cell = sheet.getAccessibleChild(1).getAccessibleContext()
    return any(one.getAccessibleRole() == _PARAGRAPH and _has_state(one, _EDITABLE) for one in _inside(cell))


def is_modified(desk: Desk, book: int) -> bool:
    """Whether it has changed since it was saved."""
    return bool(desk.thing(book).isModified())


def set_modified(desk: Desk, book: int, modified: bool) -> None:
    """Say whether it counts as changed since it was saved."""
    desk.thing(book).setModified(modified)


VERBS: dict[str, Any] = {
    "view_state": view_state,
    "restore_view": restore_view,
    "select_area": select_area,
    "set_status": set_status,
    "show_progress": show_progress,
    "end_status": end_status,
    "status": status,
    "is_editing": is_editing,
    "is_modified": is_modified,
    "set_modified": set_modified,
}
