"""A workbook that a person has open in Excel or LibreOffice: the port's adapter through xlwings."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlpy.errors import WorkbookError
from xlpy.tables import schema
from xlpy.tables.addresses import address
from xlpy.tables.declare import Kind, Sheet
from xlpy.tables.merge import positions_of
from xlpy.tables.raw import CellMark, Live, RawTable, Value
from xlpy.workbook.layout import missing_sheet, require_captions, table_from_grid
from xlpy.workbook.live.blocks import Block, blocks_of, runs
from xlpy.workbook.live.contents import Content, Contents, edits_of, is_same
from xlpy.workbook.live.hosts import Box, Host, Moves, Sight
from xlpy.workbook.live.kept import KeptSheet, forget_kept, keep, read_kept
from xlpy.workbook.marks import finding_rows
from xlpy.workbook.pending import PendingSheet
from xlpy.workbook.reading import SheetReading
from xlpy.workbook.scan import SheetTraits

if TYPE_CHECKING:
    import xlwings as xw

_PLAIN = "General"
_MAY_BE_DATED = {Kind.DATE, Kind.ANY}


@dataclass(frozen=True, slots=True)
class SheetStep:
    """What is done to one sheet: which rows move, what is written, where its table ends then (None: as it does).

    `dated`: columns whose cells may show numbers as days.
    """

    name: str
    columns: range
    moves: Moves
    blocks: Sequence[Block]
    table: str | None
    table_box: Box | None
    dated: frozenset[int] = frozenset()


class LiveWorkbook:
    """An open workbook. `save` writes into it, all or nothing, and leaves the file on disk alone.

    To a person it is as if they had typed all of it at once: the title shows the book as changed, one Ctrl+Z takes
    the whole action back in LibreOffice, closing asks whether to save, and what they typed before and did not save
    stays theirs to save or not. The book is never closed, never saved, never saved under another name. `title` is
    what the menu of undo calls the action.
    """

    def __init__(self, book: xw.Book, host: Host, title: str = "xlpy") -> None:
        self.book = book
        self.host = host
        self.title = title
        self.messages: list[str] = []
        self._forget()

    def _forget(self) -> None:
        self._sheets: dict[str, PendingSheet] = {}
        self._seen: dict[str, RawTable] = {}

    @property
    def name(self) -> str:
        """File name for messages."""
        return str(self.book.name)

    def sheet_names(self) -> tuple[str, ...]:
        """Names of all sheets in order."""
        with self.host.guarded(self.book):
            return self.host.sheet_names(self.book)

    def read_tables(self, sheets: Sequence[Sheet]) -> dict[str, RawTable]:
        """Return the tables with pending writes applied."""
        unread = [sheet for sheet in dict.fromkeys(sheets) if sheet.key not in self._sheets]
        if unread:
            with self.host.guarded(self.book):
                for sheet, sight in zip(unread, self._look(unread), strict=True):
                    raw = _table(sheet, sight)
                    self._seen[sheet.key] = raw
                    self._sheets[sheet.key] = PendingSheet.of(sheet, SheetReading(raw, sight.objects, SheetTraits()))
        return {sheet.key: self._sheets[sheet.key].raw for sheet in sheets}

    def _look(self, sheets: Sequence[Sheet]) -> list[Sight]:
        names = self.sheet_names()
        for sheet in sheets:
            if sheet.name not in names:
                raise missing_sheet(sheet, names)
        return self.host.look(self.book, [sheet.name for sheet in sheets])

    def write_table(self, sheet: Sheet, rows: Sequence[Mapping[str, Value | Live]]) -> None:
        """Make the table hold exactly `rows`; reaches the book at `save`. Raises WorkbookError without room for them.

        A note that the user wrote under the Excel table, without a key, stays where it is.
        """
        self.read_tables([sheet])
        pending = self._sheets[sheet.key]
        pending.sheet = sheet
        pending.write(rows)

    def append_rows(self, sheet: Sheet, rows: Sequence[Mapping[str, Value | Live]]) -> None:
        """Add rows under the table; reaches the book at `save`. Raises WorkbookError without room for them."""
        self.read_tables([sheet])
        self._sheets[sheet.key].append(rows)

    def mark_cells(self, marks: Sequence[CellMark]) -> None:
        """Put the marks on «Замечания», whose rules highlight the cells on their own sheets."""
        self.write_table(schema.FINDINGS, finding_rows(marks))

    def tell(self, message: str) -> None:
        """Keep the sentence for the shell to show."""
        self.messages.append(message)

    def save(self) -> None:
        """Write all changes into the open book, or none of them.

        Raises WorkbookError where a sheet is protected, something stands in the way, or a table was changed by hand
        since it was read; HostError where the program is gone or a cell is being typed into.
        """
        with self.host.guarded(self.book):
            self.host.settle_entry(self.book)
            steps = self._steps()
            if steps:
                self._keep(steps)
                try:
                    self._perform(steps)
                except BaseException:
                    self._forget_kept()
                    raise
        self._forget()

    def _steps(self) -> list[SheetStep]:
        """What is to be done, after all that could stop it has been looked for."""
        changed = [pending for pending in self._sheets.values() if pending.end is not None]
        sights = self._look([pending.sheet for pending in changed]) if changed else []
        for pending, sight in zip(changed, sights, strict=True):
            require_unchanged(self._seen[pending.sheet.key], _table(pending.sheet, sight))
        found = [self._step(pending, sight) for pending, sight in zip(changed, sights, strict=True)]
        return [step for step in found if step is not None]

    def _step(self, pending: PendingSheet, sight: Sight) -> SheetStep | None:
        sheet = self.book.sheets[sight.name]
        now = self._contents(sheet, sight)
        blocks = blocks_of(edits_of(pending.changes, now), now)
        own, end = pending.own, pending.end
        grows = own is not None and not own.has_totals and end is not None and end > own.bottom
        if not blocks and not grows:
            return None
        if sight.is_protected:
            raise WorkbookError("protected", sheet=sight.name)
        self._require_free(sheet, blocks)
        left = pending.raw.first_column
        table_box = (own.top, own.left, end, own.right) if grows and own is not None and end is not None else None
        return SheetStep(
            sight.name,
            range(left, left + len(pending.raw.captions)),
            Moves(dict(pending.origins), pending.moved_rows()),
            blocks,
            own.name if own is not None else None,
            table_box,
            _dated(pending.sheet, pending.raw),
        )

    def _require_free(self, sheet: xw.Sheet, blocks: Sequence[Block]) -> None:
        """Raise WorkbookError where a block would break an array formula or hide a value under merged cells."""
        if not blocks:
            return
        found = self.host.obstacles(sheet, [block.box for block in blocks])
        for row, column in found.arrays:
            raise WorkbookError("array_formula", sheet=sheet.name, cell=address(row, column))
        for top, left, bottom, right in found.merged:
            for block in blocks:
                for row, column in block.filled():
                    if top <= row <= bottom and left <= column <= right and (row, column) != (top, left):
                        raise WorkbookError("merged", sheet=sheet.name, cell=address(row, column))

    def _perform(self, steps: Sequence[SheetStep]) -> None:
        written: list[tuple[xw.Sheet, Block]] = []

        def take_back() -> None:
            for sheet, block in reversed(written):
                self._write(sheet, block, block.before, ())

        with self.host.keep_view(self.book), self.host.one_step(self.book, self.title, take_back):
            for step in steps:
                sheet = self.book.sheets[step.name]
                if step.moves.origins:
                    self.host.carry(sheet, step.columns, step.moves)
                for block in step.blocks:
                    written.append((sheet, block))
                    self._write(sheet, block, block.after, step.dated)
                    self.host.confirm(sheet, block.box, block.after)
                if step.table is not None and step.table_box is not None:
                    self.host.end_table(sheet, step.table, step.table_box)
                self.host.show_anew(sheet)

    def _write(self, sheet: xw.Sheet, block: Block, rows: Sequence[Sequence[Content]], dated: Collection[int]) -> None:
        """Write a rectangle in one call; a number where a day stood must not show as a day."""
        _range(sheet, block.box).value = [[self._spelled(content) for content in row] for row in rows]
        top, left, bottom, right = block.box
        for column in range(left, right + 1):
            numbers = [row for row, line in enumerate(rows, start=top) if _is_number(line[column - left])]
            if numbers and column in dated:
                box = (top, column, bottom, column)
                shown = _lines(_range(sheet, box).value, box)
                wrong = [row for row in numbers if _is_dated(shown[row - top][0])]
                for first, last in runs(wrong):
                    _range(sheet, (first, column, last, column)).number_format = _PLAIN

    def _spelled(self, content: Content) -> Any:
        if isinstance(content, Live):
            return "=" + content.text
        return self.host.literal(content) if isinstance(content, str) else content

    def undo_last(self) -> None:
        """Bring back what the last action changed in this book, from the copy kept of it, and forget the copy.

        Raises WorkbookError where none is kept, or where a cell was changed by hand since, so that what was typed
        would be lost; nothing is written then.
        """
        path = self._path()
        if path is None:
            raise WorkbookError("nothing_to_undo")
        _, sheets = read_kept(path)
        with self.host.guarded(self.book):
            self.host.settle_entry(self.book)
            steps = self._steps_back(sheets)
            if steps:
                self._perform(steps)
        forget_kept(path)
        self._forget()

    def _steps_back(self, kept: Sequence[KeptSheet]) -> list[SheetStep]:
        names = self.sheet_names()
        for sheet in kept:
            if sheet.name not in names:
                raise WorkbookError("sheet_missing", sheet=sheet.name, near="")
        sights = self.host.look(self.book, [sheet.name for sheet in kept])
        return [self._step_back(sheet, sight) for sheet, sight in zip(kept, sights, strict=True)]

    def _step_back(self, kept: KeptSheet, sight: Sight) -> SheetStep:
        sheet = self.book.sheets[sight.name]
        now = self._contents(sheet, sight)
        for block in kept.blocks:
            require_as_left(block, now)
        if sight.is_protected:
            raise WorkbookError("protected", sheet=sight.name)
        blocks = [Block(one.top, one.left, one.after, one.before) for one in kept.blocks]
        self._require_free(sheet, blocks)
        columns = range(kept.first_column, kept.last_column + 1)
        return SheetStep(sight.name, columns, way_back(kept.origins), blocks, None, None)

    def _contents(self, sheet: xw.Sheet, sight: Sight) -> Contents:
        return Contents(sight, lambda box: _lines(_range(sheet, box).formula, box))

    def _path(self) -> Path | None:
        """Where the book lies, None for one that was never saved."""
        path = Path(self.book.fullname)
        return path if path.is_absolute() else None

    def _forget_kept(self) -> None:
        path = self._path()
        if path is not None:
            forget_kept(path)

    def _keep(self, steps: Sequence[SheetStep]) -> None:
        """Keep what is about to change, for `undo_last`; a book that was never saved has no place for it."""
        path = self._path()
        if path is not None:
            kept = [
                KeptSheet(one.name, one.columns[0], one.columns[-1], one.moves.origins, one.blocks) for one in steps
            ]
            keep(path, self.title, kept)


def way_back(origins: Mapping[int, int | None]) -> Moves:
    """The moves that bring each row's paper to where it stood."""
    back: dict[int, int | None] = dict.fromkeys(origins)
    back.update({origin: row for row, origin in origins.items() if origin is not None})
    return Moves(back, dict(origins))


def require_as_left(block: Block, now: Contents) -> None:
    """Raise WorkbookError where a cell holds neither what the action put there nor what was there before it."""
    for row, (before, after) in enumerate(zip(block.before, block.after, strict=True), start=block.top):
        for column, (old, new) in enumerate(zip(before, after, strict=True), start=block.left):
            found = now.at(row, column)
            if not is_same(found, new) and not is_same(found, old) and not _is_formula(found, new):
                raise WorkbookError("undo_changed", sheet=now.sight.name, cell=address(row, column))


def _is_formula(found: Content, written: Content) -> bool:
    """Each program spells a formula in its own way when it is read back."""
    return isinstance(found, Live) and isinstance(written, Live)


def require_unchanged(seen: RawTable, now: RawTable) -> None:
    """Raise WorkbookError where somebody changed the table since it was read; what formulas show may change."""
    if (seen.first_row, seen.first_column, seen.captions) != (now.first_row, now.first_column, now.captions):
        raise WorkbookError("changed_meanwhile", sheet=seen.sheet, cell=address(seen.first_row - 1, seen.first_column))
    if seen.values == now.values:
        return
    for number in range(max(len(seen.values), len(now.values))):
        row = seen.first_row + number
        old = seen.values[number] if number < len(seen.values) else [None] * len(seen.captions)
        new = now.values[number] if number < len(now.values) else [None] * len(now.captions)
        for at, (before, after) in enumerate(zip(old, new, strict=True)):
            is_formula = row in seen.formulas.get(at, ()) and row in now.formulas.get(at, ())
            if not is_formula and not is_same(before, after or None if after == "" else after):
                raise WorkbookError("changed_meanwhile", sheet=seen.sheet, cell=address(row, seen.first_column + at))


def _table(sheet: Sheet, sight: Sight) -> RawTable:
    raw = table_from_grid(sheet, sight.grid, sight.formulas, sight.errors, sight.objects)
    require_captions(sheet, raw.captions, raw.first_row - 1, raw.first_column)
    return raw


def _dated(sheet: Sheet, raw: RawTable) -> frozenset[int]:
    positions = positions_of(sheet, raw.captions)
    declared = {positions[one.key] for one in sheet.columns if one.kind in _MAY_BE_DATED and one.key in positions}
    own = set(range(len(raw.captions))) - set(positions.values())
    return frozenset(raw.first_column + at for at in declared | own)


def _is_number(content: Content) -> bool:
    return isinstance(content, (int, float)) and not isinstance(content, bool)


def _is_dated(shown: Any) -> bool:
    """Whether a number shows as a day; no day is negative, so such a number does not tell."""
    return isinstance(shown, (date, time)) or (isinstance(shown, float) and shown < 0)


def _range(sheet: xw.Sheet, box: Box) -> xw.Range:
    top, left, bottom, right = box
    return sheet.range((top, left), (bottom, right))


def _lines(found: Any, box: Box) -> list[list[Any]]:
    """What xlwings hands over of a range as rows: one cell comes bare, one row or column as a line."""
    top, left, bottom, right = box
    if (top, left) == (bottom, right):
        return [[found]]
    if isinstance(found[0], (list, tuple)):
        return [list(row) for row in found]
    return [list(found)] if top == bottom else [[one] for one in found]
