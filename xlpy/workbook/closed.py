"""A closed .xlsm file: calamine reads it, a lossless patch writes it. Works without any office program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from xlpy.errors import SaveError, WorkbookError
from xlpy.tables import schema
from xlpy.tables.convert import SlipCode, as_text, convert, is_empty
from xlpy.tables.declare import Sheet
from xlpy.tables.merge import positions_of
from xlpy.tables.normalise import fold
from xlpy.tables.raw import CellMark, Live, RawTable, Value
from xlpy.tables.settings import SETTINGS_ROWS, setting_column
from xlpy.workbook.layout import require_captions
from xlpy.workbook.locks import lock_of, our_turn
from xlpy.workbook.marks import finding_rows
from xlpy.workbook.package import Package, open_package
from xlpy.workbook.parts import SheetPart, sheet_parts
from xlpy.workbook.patched import patched_package
from xlpy.workbook.pending import PendingSheet
from xlpy.workbook.reading import read_sheets
from xlpy.workbook.saving import clear_leftovers, drop_old_copies, keep_copy, write_atomically

DEFAULT_COPIES = 10


class ClosedWorkbook:
    """A workbook file that no program needs to have open. Raises WorkbookError where it is none.

    `copies` is how many previous states `save` keeps in the folder of copies; without it the book's own setting
    «Хранить копий» says so.
    """

    def __init__(self, path: Path, copies: int | None = None) -> None:
        self.path = path
        self.copies = copies
        self.messages: list[str] = []
        self._load()

    def _load(self) -> None:
        self._package: Package = open_package(self.path)
        self._digest = sha256(self._package.data).digest()
        self._parts: tuple[SheetPart, ...] = sheet_parts(self._package)
        self._sheets: dict[str, PendingSheet] = {}

    @property
    def name(self) -> str:
        """File name for messages."""
        return self.path.name

    def sheet_names(self) -> tuple[str, ...]:
        """Names of all worksheets in order."""
        return tuple(part.name for part in self._parts)

    def read_tables(self, sheets: Sequence[Sheet]) -> dict[str, RawTable]:
        """Return the tables with pending writes applied."""
        unread = [sheet for sheet in dict.fromkeys(sheets) if sheet.key not in self._sheets]
        for sheet, reading in zip(unread, read_sheets(self._package, self._parts, unread).values(), strict=True):
            raw = reading.raw
            require_captions(sheet, raw.captions, raw.first_row - 1, raw.first_column)
            self._sheets[sheet.key] = PendingSheet.of(sheet, reading)
        return {sheet.key: self._sheets[sheet.key].raw for sheet in sheets}

    def write_table(self, sheet: Sheet, rows: Sequence[Mapping[str, Value | Live]]) -> None:
        """Make the table hold exactly `rows`; reaches the file at `save`. Raises WorkbookError without room for them.

        A note that the user wrote under the Excel table, without a key, stays where it is. Which columns get their
        formula is said by `sheet`, whatever declaration the table was read by.
        """
        self.read_tables([sheet])
        pending = self._sheets[sheet.key]
        pending.sheet = sheet
        pending.write(rows)

    def append_rows(self, sheet: Sheet, rows: Sequence[Mapping[str, Value | Live]]) -> None:
        """Add rows under the table; reaches the file at `save`. Raises WorkbookError without room for them."""
        self.read_tables([sheet])
        self._sheets[sheet.key].append(rows)

    def mark_cells(self, marks: Sequence[CellMark]) -> None:
        """Put the marks on «Замечания», whose rules highlight the cells on their own sheets."""
        self.write_table(schema.FINDINGS, finding_rows(marks))

    def tell(self, message: str) -> None:
        """Keep the sentence for the shell to print."""
        self.messages.append(message)

    def save(self) -> None:
        """Write all changes at once and keep a copy of the previous state; nothing where nothing changed.

        Raises LockedError where a program has the file open, SaveError where the disk refuses or the file changed
        since it was read; the file is then as it was.
        """
        data = self.patched()
        if data is self._package.data:
            return
        with our_turn(self.path):
            self._write(data)
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
        keep = self._copies_to_keep()
        clear_leftovers(self.path)
        keep_copy(self.path, datetime.now().astimezone())
        write_atomically(self.path, data)
        drop_old_copies(self.path, keep)

    def _copies_to_keep(self) -> int:
        """What the caller says, else the setting of the book, else the usual number."""
        if self.copies is not None:
            return self.copies
        try:
            raw = self.read_tables([schema.SETTINGS])[schema.SETTINGS.key]
        except WorkbookError:
            return DEFAULT_COPIES
        return _copies_setting(raw) or DEFAULT_COPIES

    def patched(self) -> bytes:
        """Return the file's bytes with all changes made, the very same bytes where there are none.

        Raises WorkbookError where a change would break an array formula or a part cannot be read.
        """
        return patched_package(self._package, self._parts, list(self._sheets.values()))


def _copies_setting(raw: RawTable) -> int | None:
    """The first legal value of «Хранить копий», read without the typed tables and all that they load."""
    setting = next(one for one in SETTINGS_ROWS if one.key == "copies")
    at = positions_of(schema.SETTINGS, raw.captions)
    for row in raw.values:
        if fold(as_text(row[at["parameter"]])) == fold(setting.caption) and not is_empty(row[at["setting"]]):
            typed = convert(row[at["setting"]], setting_column(setting))
            legal = isinstance(typed.value, float) and typed.slip in {None, SlipCode.NUMBER_AS_TEXT}
            return int(typed.value) if legal else None  # type: ignore[call-overload]
    return None
