"""A closed .xlsm file: calamine reads it, a lossless patch writes it. Works without any office program."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from filelock import FileLock, Timeout

from xlpy.errors import LockedError, SaveError
from xlpy.tables import schema
from xlpy.tables.declare import Role, Sheet
from xlpy.tables.merge import Grid, Kept, merged_grid
from xlpy.tables.raw import CellMark, Live, RawTable, Value
from xlpy.workbook.cached import calculated_on_load, without_cached_values
from xlpy.workbook.datestyles import DateStyles
from xlpy.workbook.locks import lock_of
from xlpy.workbook.marks import finding_rows
from xlpy.workbook.package import Package, open_package, repacked
from xlpy.workbook.parts import WORKBOOK, SheetPart, sheet_parts
from xlpy.workbook.patch import Moved, SheetPatch
from xlpy.workbook.reading import missing_sheet, open_values, read_raw_table, require_captions
from xlpy.workbook.saving import clear_leftovers, keep_copy, write_atomically
from xlpy.workbook.tableparts import with_table_end, without_calc_chain

_STYLES = "xl/styles.xml"
_WAIT_SECONDS = 20
DEFAULT_COPIES = 10

Cell = Value | Live | Moved


class ClosedWorkbook:
    """A workbook file that no program needs to have open. Raises WorkbookError where it is none.

    `copies` is how many previous states `save` keeps in the folder of copies.
    """

    def __init__(self, path: Path, copies: int = DEFAULT_COPIES) -> None:
        self.path = path
        self.copies = copies
        self.messages: list[str] = []
        self._load()

    def _load(self) -> None:
        self._package: Package = open_package(self.path)
        self._digest = sha256(self._package.data).digest()
        self._parts: tuple[SheetPart, ...] = sheet_parts(self._package)
        self._values: object | None = None
        self._tables: dict[str, RawTable] = {}
        self._changes: dict[str, dict[int, dict[int, Cell]]] = defaultdict(lambda: defaultdict(dict))
        self._ends: dict[str, int] = {}
        self._new_rows: dict[str, int] = {}

    @property
    def name(self) -> str:
        """File name for messages."""
        return self.path.name

    def sheet_names(self) -> tuple[str, ...]:
        """Names of all worksheets in order."""
        return tuple(part.name for part in self._parts)

    def _part(self, sheet: Sheet) -> SheetPart:
        for part in self._parts:
            if part.name == sheet.name:
                return part
        raise missing_sheet(sheet, self._parts)

    def read_tables(self, sheets: Sequence[Sheet]) -> dict[str, RawTable]:
        """Return the tables with pending writes applied."""
        for sheet in sheets:
            if sheet.key not in self._tables:
                part = self._part(sheet)
                if self._values is None:
                    self._values = open_values(self._package)
                raw = read_raw_table(self._package, self._values, part, sheet)
                require_captions(sheet, raw.captions, raw.first_row - 2, raw.first_column - 1)
                self._tables[sheet.key] = raw
        return {sheet.key: self._tables[sheet.key] for sheet in sheets}

    def write_table(self, sheet: Sheet, rows: Sequence[Mapping[str, Value | Live]]) -> None:
        """Make the table hold exactly `rows`; reaches the file at `save`."""
        raw = self.read_tables([sheet])[sheet.key]
        self._place(sheet, raw, merged_grid(sheet, raw, rows), 0)
        width = len(raw.captions)
        for number in range(len(rows), len(raw.values)):
            for at in range(width):
                self._change(sheet, raw.first_row + number, raw.first_column + at, None)
        self._keep(sheet, raw, merged_grid(sheet, raw, rows), [])

    def append_rows(self, sheet: Sheet, rows: Sequence[Mapping[str, Value | Live]]) -> None:
        """Add rows under the table; reaches the file at `save`."""
        raw = self.read_tables([sheet])[sheet.key]
        empty = RawTable(raw.sheet, raw.captions, raw.first_row, raw.first_column, [])
        grid = merged_grid(sheet, empty, rows, raw.first_row + len(raw.values))
        self._place(sheet, raw, grid, len(raw.values))
        self._keep(sheet, raw, grid, raw.values)

    def _place(self, sheet: Sheet, raw: RawTable, grid: Grid, offset: int) -> None:
        for number, cells in enumerate(grid, start=offset):
            row = raw.first_row + number
            old = raw.values[number] if number < len(raw.values) else None
            for at, cell in enumerate(cells):
                formula = row in raw.formulas.get(at, ())
                value: Cell
                if isinstance(cell, Kept):
                    if (cell.row, cell.column) == (row, at):
                        continue
                    from_formula = cell.row in raw.formulas.get(cell.column, ())
                    value = Moved(cell.row, raw.first_column + cell.column) if from_formula else cell.written
                else:
                    value = cell
                plain = not isinstance(value, (Live, Moved)) and not formula
                if plain and old is not None and _same(old[at], value) and (row, at) not in raw.errors:
                    continue
                self._change(sheet, row, raw.first_column + at, value)

    def _change(self, sheet: Sheet, row: int, column: int, value: Cell) -> None:
        self._changes[sheet.name][row][column] = value

    def _keep(self, sheet: Sheet, raw: RawTable, grid: Grid, before: list[list[Value]]) -> None:
        """Remember the table as the next reader should see it."""
        values = before + [[_seen(cell) for cell in row] for row in grid]
        calculated = {c.caption for c in sheet.columns if c.role is Role.CALCULATED}
        rows = frozenset(range(raw.first_row, raw.first_row + len(values)))
        formulas = {at: rows for at, caption in enumerate(raw.captions) if caption in calculated}
        self._tables[sheet.key] = RawTable(raw.sheet, raw.captions, raw.first_row, raw.first_column, values, formulas)
        self._ends[sheet.name] = raw.first_row + max(len(values), 1) - 1

    def mark_cells(self, marks: Sequence[CellMark]) -> None:
        """Put the marks on «Замечания», whose rules highlight the cells on their own sheets."""
        self.write_table(schema.FINDINGS, finding_rows(marks))

    def tell(self, message: str) -> None:
        """Keep the sentence for the shell to print."""
        self.messages.append(message)

    def save(self) -> None:
        """Write all changes at once and keep a copy of the previous state.

        Raises LockedError where a program has the file open, SaveError where the disk refuses or the file changed
        since it was read; the file is then as it was.
        """
        data = self.patched()
        if data == self._package.data:
            return
        lock = FileLock(self.path.with_name(f".{self.path.name}.xlpy-lock"))
        try:
            with lock.acquire(timeout=_WAIT_SECONDS):
                self._write(data)
        except Timeout:
            raise LockedError("busy", path=self.name) from None
        except PermissionError:
            raise SaveError("cannot_save", path=self.name, why="") from None
        self._load()

    def _write(self, data: bytes) -> None:
        held = lock_of(self.path)
        if held is not None:
            raise held
        try:
            current = self.path.read_bytes()
        except OSError:
            raise SaveError("changed_on_disk", path=self.name) from None
        if sha256(current).digest() != self._digest:
            raise SaveError("changed_on_disk", path=self.name)
        clear_leftovers(self.path)
        keep_copy(self.path, datetime.now().astimezone(), self.copies)
        write_atomically(self.path, data)

    def patched(self) -> bytes:
        """Return the file's bytes with all changes made. Raises WorkbookError where a change would break a formula."""
        if not any(self._changes.values()):
            return self._package.data
        styles = DateStyles(self._package.read(_STYLES)) if self._package.has(_STYLES) else None
        changed: dict[str, bytes | None] = {}
        for part in self._parts:
            changes = self._changes.get(part.name)
            if not changes:
                changed[part.part] = without_cached_values(self._package.read(part.part))
                continue
            patch = SheetPatch(part.name, self._package.read(part.part))
            dated = _with_date_styles(patch, changes, styles)
            changed[part.part] = without_cached_values(patch.apply(changes, dated))
            if part.name in self._ends:
                for table in part.tables:
                    changed[table] = with_table_end(
                        self._package.read(table), schema.sheet_by_name(part.name), self._ends[part.name]
                    )
        if styles is not None:
            changed[_STYLES] = styles.xml()
        changed[WORKBOOK] = calculated_on_load(self._package.read(WORKBOOK))
        changed |= without_calc_chain(self._package)
        return repacked(self._package, changed)


def _with_date_styles(
    patch: SheetPatch, changes: Mapping[int, Mapping[int, Cell]], styles: DateStyles | None
) -> dict[int, dict[int, int | None]]:
    """Style of every changed cell by row and column; where it gets a date, one that shows dates."""
    found: dict[int, dict[int, int | None]] = {}
    for row, cells in changes.items():
        found[row] = {}
        for column, value in cells.items():
            style = patch.style_at(row, column)
            if isinstance(value, datetime) and styles is not None and not styles.is_date(style):
                style = styles.date_twin(style)
            found[row][column] = style
    return found


def _seen(cell: Value | Live | Kept) -> Value:
    if isinstance(cell, Kept):
        return cell.written
    return None if isinstance(cell, Live) else cell


def _same(old: Value, new: Cell) -> bool:
    """Whether writing `new` over `old` would change nothing a reader sees."""
    if new is None or new == "":
        return old is None or old == ""
    if isinstance(old, bool) or isinstance(new, bool):
        return type(old) is type(new) and old == new
    return (type(old) is type(new) and old == new) or (
        isinstance(old, (int, float)) and isinstance(new, (int, float)) and old == new
    )
