"""A workbook that a person has open in Excel or LibreOffice: the port's adapter through xlwings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from xlpy.errors import WorkbookError
from xlpy.tables import schema
from xlpy.tables.declare import Sheet
from xlpy.tables.raw import CellMark, Live, RawTable, Value
from xlpy.workbook.layout import missing_sheet
from xlpy.workbook.live.blocks import Block
from xlpy.workbook.live.hosts import Host, Sight
from xlpy.workbook.live.kept import KeptSheet, forget_kept, keep, put_back, read_kept
from xlpy.workbook.live.steps import SheetStep, require_unchanged, step_back, step_of, table_of
from xlpy.workbook.live.writing import write_block
from xlpy.workbook.marks import finding_rows
from xlpy.workbook.pending import PendingSheet
from xlpy.workbook.reading import SheetReading
from xlpy.workbook.scan import SheetTraits

if TYPE_CHECKING:
    import xlwings as xw


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
                    raw = table_of(sheet, sight)
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
                self._perform_kept(steps)
        self._forget()

    def _steps(self) -> list[SheetStep]:
        """What is to be done, after all that could stop it has been looked for."""
        changed = [pending for pending in self._sheets.values() if pending.end is not None]
        sights = self._look([pending.sheet for pending in changed]) if changed else []
        for pending, sight in zip(changed, sights, strict=True):
            require_unchanged(self._seen[pending.sheet.key], table_of(pending.sheet, sight))
        pages = [self.book.sheets[sight.name] for sight in sights]
        found = [step_of(self.host, *one) for one in zip(pages, changed, sights, strict=True)]
        return [step for step in found if step is not None]

    def _perform_kept(self, steps: Sequence[SheetStep]) -> None:
        """Do the steps, with a copy for `undo_last`; a book that was never saved has no place for one."""
        path = self._path()
        if path is None:
            self._perform(steps)
            return
        kept = [KeptSheet(one.name, one.columns[0], one.columns[-1], one.moves.origins, one.blocks) for one in steps]
        earlier = keep(path, self.title, kept)
        try:
            self._perform(steps)
        except BaseException:
            put_back(path, earlier)
            raise

    def _perform(self, steps: Sequence[SheetStep]) -> None:
        written: list[tuple[xw.Sheet, Block]] = []

        def take_back() -> None:
            for page, block in reversed(written):
                write_block(page, block, block.before, (), self.host.literal)

        with self.host.keep_view(self.book), self.host.one_step(self.book, self.title, take_back):
            for step in steps:
                page = self.book.sheets[step.name]
                if step.moves.origins:
                    self.host.carry(page, step.columns, step.moves)
                for block in step.blocks:
                    written.append((page, block))
                    write_block(page, block, block.after, step.dated, self.host.literal)
                    self.host.confirm(page, block.box, block.after)
                if step.table_box is not None:
                    self.host.end_table(page, step.table, step.table_box)
                self.host.show_anew(page)

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
            self._perform(self._steps_back(sheets))
        forget_kept(path)
        self._forget()

    def _steps_back(self, kept: Sequence[KeptSheet]) -> list[SheetStep]:
        names = self.sheet_names()
        for sheet in kept:
            if sheet.name not in names:
                raise WorkbookError("sheet_missing", sheet=sheet.name, near="")
        sights = self.host.look(self.book, [sheet.name for sheet in kept])
        pages = [self.book.sheets[sight.name] for sight in sights]
        return [step_back(self.host, *one) for one in zip(pages, kept, sights, strict=True)]

    def _path(self) -> Path | None:
        """Where the book lies, None for one that was never saved."""
        path = Path(self.book.fullname)
        return path if path.is_absolute() else None
