"""Excel as the host, by xlwings' documented members alone; they are the same ones that our engine for LibreOffice has.

Nothing here has been seen by an Excel: the tests run it on LibreOffice, a person with Excel follows the check-list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from xlpy.errors import HostError, WorkbookError
from xlpy.tables.addresses import address
from xlpy.tables.raw import Live
from xlpy.words.libreoffice import LOGICAL_SHOWN
from xlpy.workbook.live.contents import is_same
from xlpy.workbook.live.hosts import Box, Moves, Obstacles, Sight
from xlpy.workbook.tableparts import ListObject

if TYPE_CHECKING:
    import xlwings as xw

_DAY_ZERO = date(1899, 12, 30)
_BUSY = {-2147418111, -2147417846, -2146777998, -1712}
_GONE = {-2147023174, -2147417848, -2147023170, -2147220995, -609}
_DOUBTFUL = ("=", "+", "-", "@", "'", "#")
_LAST_ROW = 1_048_576


class ExcelHost:
    """A book open in Excel."""

    def sheet_names(self, book: xw.Book) -> tuple[str, ...]:
        """Names of all sheets in order."""
        return tuple(str(name) for name in book.sheet_names)

    def look(self, book: xw.Book, names: Sequence[str]) -> list[Sight]:
        """The named sheets as they stand, a handful of calls for each."""
        return [_sight(book.sheets[name]) for name in names]

    def obstacles(self, sheet: xw.Sheet, boxes: Sequence[Box]) -> Obstacles:
        """Merged cells and array formulas in the way. Raises WorkbookError("protected") where Excel takes nothing."""
        _require_open(sheet)
        merged: list[Box] = []
        arrays: list[tuple[int, int]] = []
        for box in boxes:
            for top, left, _, _ in _found(sheet, box, lambda cells: cells.merge_cells):
                area = sheet.range((top, left)).merge_area
                merged.append((area.row, area.column, area.last_cell.row, area.last_cell.column))
            arrays += [cell[:2] for cell in _found(sheet, box, lambda cells: cells.has_array)]
        return Obstacles(merged, arrays)

    def settle_entry(self, book: xw.Book) -> None:
        """Excel itself refuses all calls while a cell is typed into; `guarded` gives that its name."""

    def literal(self, text: str) -> str:
        """Excel takes what looks like a number, a date, a formula or an error for one; an apostrophe prevents it."""
        is_plain = (
            not text.startswith(_DOUBTFUL) and not any(map(str.isdigit, text)) and text.upper() not in LOGICAL_SHOWN
        )
        return text if is_plain else "'" + text

    def carry(self, sheet: xw.Sheet, columns: range, moves: Moves) -> None:
        """Looks stay where they are: xlwings copies them only together with contents, or through the clipboard."""

    def end_table(self, sheet: xw.Sheet, name: str, box: Box) -> None:
        """Let an Excel table cover the box."""
        top, left, bottom, right = box
        sheet.tables[name].resize(sheet.range((top, left), (bottom, right)))

    def show_anew(self, sheet: xw.Sheet) -> None:
        """A filter is applied anew by who set it: xlwings has had no member for that in all supported versions."""

    def confirm(self, sheet: xw.Sheet, box: Box, rows: Sequence[Sequence[object]]) -> None:
        """Read back what was written: under a filter Excel may leave rows out without a word."""
        held = _values(sheet, box)
        for row, (line, wanted) in enumerate(zip(held, rows, strict=True), start=box[0]):
            for column, (now, one) in enumerate(zip(line, wanted, strict=True), start=box[1]):
                if not isinstance(one, Live) and not is_same(now, one):  # type: ignore[arg-type]
                    raise WorkbookError("not_written", sheet=sheet.name, cell=address(row, column))

    @contextmanager
    def one_step(self, book: xw.Book, title: str, take_back: Callable[[], None]) -> Iterator[None]:
        """Excel forgets its own undo when a program writes: what fails is written back by ourselves."""
        del book, title
        try:
            yield
        except BaseException:
            take_back()
            raise

    @contextmanager
    def keep_view(self, book: xw.Book) -> Iterator[None]:
        """Nothing is selected or activated; the screen is drawn, and formulas computed, once at the end."""
        with book.app.properties(screen_updating=False, calculation="manual"):
            yield

    @contextmanager
    def guarded(self, book: xw.Book) -> Iterator[None]:
        """Errors of COM and AppleScript by their numbers."""
        del book
        try:
            yield
        except (HostError, WorkbookError):
            raise
        except Exception as error:
            found = named_error(error)
            if found is None:
                raise
            raise found from error


def named_error(error: Exception) -> HostError | None:
    """What an error of Excel means, None where it means something else."""
    codes = {one for one in (*error.args, getattr(error, "errornumber", None)) if isinstance(one, int)}
    if codes & _BUSY:
        return HostError("busy_editing")
    return HostError("host_gone") if codes & _GONE else None


def _require_open(sheet: xw.Sheet) -> None:
    """Raise WorkbookError where the sheet is protected: emptying an empty cell is then refused like any change."""
    used = sheet.used_range.last_cell
    beyond = sheet.range((min(used.row + 1, _LAST_ROW), used.column + 1))
    try:
        beyond.clear_contents()
    except Exception as error:
        if named_error(error) is not None or isinstance(error, HostError):
            raise
        raise WorkbookError("protected", sheet=sheet.name) from error


def _found(sheet: xw.Sheet, box: Box, has: Callable[[Any], bool | None]) -> Iterator[Box]:
    """The cells of a box that have a trait. A range says yes, no, or nothing where its cells differ."""
    top, left, bottom, right = box
    answer = has(sheet.range((top, left), (bottom, right)))
    if answer is False:
        return
    if (top, left) == (bottom, right):
        yield box
        return
    if answer:
        yield top, left, top, left
        return
    if bottom - top >= right - left:
        middle = (top + bottom) // 2
        yield from _found(sheet, (top, left, middle, right), has)
        yield from _found(sheet, (middle + 1, left, bottom, right), has)
    else:
        middle = (left + right) // 2
        yield from _found(sheet, (top, left, bottom, middle), has)
        yield from _found(sheet, (top, middle + 1, bottom, right), has)


def _sight(sheet: xw.Sheet) -> Sight:
    end = sheet.used_range.last_cell
    box = (1, 1, end.row, end.column)
    cells = sheet.range((1, 1), (end.row, end.column))
    texts = cells.formula
    grid = _values(sheet, box)
    formulas: dict[int, set[int]] = {}
    errors: dict[tuple[int, int], str] = {}
    lines = [[texts]] if len(cells) == 1 else texts if isinstance(texts[0], (list, tuple)) else [texts]
    for row, (line, values) in enumerate(zip(lines, grid, strict=True), start=1):
        for column, (text, held) in enumerate(zip(line, values, strict=True), start=1):
            # A text that begins with «=» reads as itself in both.
            if isinstance(text, str) and text.startswith("=") and text != held:
                formulas.setdefault(column, set()).add(row)
            if isinstance(held, str) and held.startswith("#"):
                errors[row, column] = held
    if errors:
        # What is no text has no value when errors are not asked for as text.
        bare = cells.options(ndim=2).value
        errors = {place: text for place, text in errors.items() if bare[place[0] - 1][place[1] - 1] is None}
        for row, column in errors:
            grid[row - 1][column - 1] = None
    objects = tuple(
        ListObject("", table.name, area.row, area.column, area.last_cell.row, area.last_cell.column, table.show_totals)
        for table in sheet.tables
        for area in (table.range,)
    )
    return Sight(sheet.name, grid, formulas, errors, objects, is_protected=False)


def _values(sheet: xw.Sheet, box: Box) -> list[list[Any]]:
    top, left, bottom, right = box
    cells = sheet.range((top, left), (bottom, right)).options(ndim=2, err_to_str=True)
    return [[_settled(one) for one in row] for row in cells.value]


def _settled(one: Any) -> Any:
    """A time of day comes as a moment of the day before all days."""
    if isinstance(one, datetime):
        moment = one.replace(microsecond=round(one.microsecond, -3) % 1_000_000)
        return moment.time() if moment.date() == _DAY_ZERO else moment
    return one
