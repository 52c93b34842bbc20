"""An old workbook, .xls of Excel 5 to 2003, as plain sheets: read record by record, no length in it is trusted.

Not by a library, for these files come from strangers: of a thousand damaged ones xlrd never comes back from one, and
calamine ends the whole process at a cell far off; neither tells merged cells and formulas both.
"""

from __future__ import annotations

import struct
from codecs import lookup
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import isfinite

from xlpy.errors import WorkbookError
from xlpy.tables.raw import PlainBook, Value
from xlpy.words.errors import COPIES_FOLDER
from xlpy.workbook.kinds.compound import BrokenCompoundError, Compound, compound_of
from xlpy.workbook.kinds.grid import SHEETS_LIMIT, Cells, Place, Room, TooMuchError, sheet_of
from xlpy.workbook.kinds.serials import is_clock, moment_of
from xlpy.workbook.kinds.xlstext import shared_texts, short_text

_ENCRYPTED = "EncryptedPackage"
_BOOKS = ("Workbook", "WORKBOOK", "Book", "BOOK")
_BOF, _EOF, _CONTINUE = {0x809, 0x409, 0x209, 0x009}, 0x0A, 0x3C
_FILEPASS, _CODEPAGE, _EPOCH, _FORMAT, _XF, _SHEET, _SST = 0x2F, 0x42, 0x22, 0x41E, 0xE0, 0x85, 0xFC
_NUMBER, _RK, _MULRK, _LABELSST, _LABEL, _RICH, _BOOLERR = 0x203, 0x27E, 0xBD, 0xFD, 0x204, 0xD6, 0x205
_FORMULA, _STRING, _MERGED = 0x06, 0x207, 0xE5
_NEW, _OLD = 0x600, 0x500
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_NO_TEXT_YET = (0, 0)
_MACINTOSH = {10007, 0x8000}


class BrokenRecordsError(Exception):
    """The records of the book make no sense."""


@dataclass(slots=True)
class _Globals:
    """What a book says of all its sheets; `sheets`: name → where its records begin."""

    is_new: bool = True
    codec: str = "cp1251"
    from_1904: bool = False
    formats: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    sheets: list[tuple[str, int]] = field(default_factory=list)


def read_xls(data: bytes, name: str) -> PlainBook:
    """Return what an old workbook holds. Raises WorkbookError, and TooMuchError where that is more than fits."""
    try:
        compound = compound_of(data)
        if _ENCRYPTED in compound.places:
            raise WorkbookError("encrypted", path=name)
        stream = _stream(compound)
        if stream is None:
            raise WorkbookError("not_a_workbook", path=name)
        return _book(stream, name)
    except (BrokenCompoundError, BrokenRecordsError, struct.error, IndexError, ValueError, OverflowError):
        raise WorkbookError("truncated", path=name, copies=COPIES_FOLDER) from None


def _stream(compound: Compound) -> bytes | None:
    return next((compound.read(one) for one in _BOOKS if one in compound.places), None)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield kind and body of each record from `at` to the end of what began there; what is nested is left out."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + length]
        at += 4 + length
        depth += kind in _BOF
        if depth == 1:
            yield kind, body
        depth -= kind == _EOF
        if depth <= 0:
            return
    raise BrokenRecordsError


def _book(stream: bytes, name: str) -> PlainBook:
    book = _globals(stream, name)
    if len(book.sheets) > SHEETS_LIMIT:
        raise TooMuchError("sheets", SHEETS_LIMIT)
    clocks = [is_clock(number, book.formats.get(number)) for number in book.styles]
    room = Room()
    sheets = [sheet_of(title, _Sheet(book, clocks, room).read(stream, at), room) for title, at in book.sheets]
    return PlainBook(sheets)


def _globals(stream: bytes, name: str) -> _Globals:
    book, blocks, last = _Globals(), list[bytes](), 0
    for kind, body in _records(stream, 0):
        if kind in _BOF:
            version = struct.unpack_from("<H", body)[0]
            if version not in {_NEW, _OLD}:
                raise BrokenRecordsError
            book.is_new = version == _NEW
        elif kind == _FILEPASS:
            raise WorkbookError("encrypted", path=name)
        elif kind == _SST or (kind == _CONTINUE and last == _SST):
            blocks.append(body)
        else:
            _take(book, kind, body)
        last = last if kind == _CONTINUE else kind
    book.texts = list(shared_texts(blocks))
    return book


def _take(book: _Globals, kind: int, body: bytes) -> None:
    if kind == _CODEPAGE:
        book.codec = _codec(struct.unpack_from("<H", body)[0])
    elif kind == _EPOCH:
        book.from_1904 = struct.unpack_from("<H", body)[0] == 1
    elif kind == _FORMAT:
        book.formats[struct.unpack_from("<H", body)[0]] = _name(book, body, 2, is_long=book.is_new)
    elif kind == _XF:
        book.styles.append(struct.unpack_from("<H", body, 2)[0])
    elif kind == _SHEET and body[5] == 0:
        book.sheets.append((_name(book, body, 6, is_long=False), struct.unpack_from("<L", body)[0]))


def _codec(page: int) -> str:
    """Name of a code page of Windows, that of Russian where it is not known."""
    try:
        return lookup(f"cp{page}").name
    except LookupError:
        return "mac_cyrillic" if page in _MACINTOSH else "cp1251"


def _name(book: _Globals, body: bytes, at: int, *, is_long: bool) -> str:
    """A short text with its length before it, in one byte or two."""
    length = struct.unpack_from("<H", body, at)[0] if is_long else body[at]
    at += 2 if is_long else 1
    return short_text(body, at, length) if book.is_new else body[at : at + length].decode(book.codec, "replace")


class _Sheet:
    """Cells of a sheet as its records give them."""

    def __init__(self, book: _Globals, clocks: list[bool], room: Room) -> None:
        self._book = book
        self._clocks = clocks
        self._room = room
        self._cells = Cells()
        self._waits: Place = _NO_TEXT_YET

    def read(self, stream: bytes, at: int) -> Cells:
        """Take the records in from `at`. Raises BrokenRecordsError, TooMuchError."""
        for kind, body in _records(stream, at):
            if kind in _BOF and len(body) >= 2:
                continue
            self._take(kind, body)
        return self._cells

    def _take(self, kind: int, body: bytes) -> None:
        if kind == _NUMBER:
            row, column, style, number = struct.unpack_from("<HHHd", body)
            self._put(row, column, self._shown(number, style))
        elif kind == _RK:
            row, column, style, packed = struct.unpack_from("<HHHL", body)
            self._put(row, column, self._shown(unpacked(packed), style))
        elif kind == _MULRK:
            row, column = struct.unpack_from("<HH", body)
            for at in range(4, len(body) - 2, 6):
                style, packed = struct.unpack_from("<HL", body, at)
                self._put(row, column + (at - 4) // 6, self._shown(unpacked(packed), style))
        elif kind == _LABELSST:
            row, column, _, number = struct.unpack_from("<HHHL", body)
            self._put(row, column, self._book.texts[number])
        elif kind in {_LABEL, _RICH}:
            row, column, _ = struct.unpack_from("<HHH", body)
            self._put(row, column, _name(self._book, body, 6, is_long=True))
        elif kind == _BOOLERR:
            row, column, _, said, is_error = struct.unpack_from("<HHHBB", body)
            self._put_said(row, column, said, is_error=bool(is_error))
        elif kind == _FORMULA:
            self._formula(body)
        elif kind == _STRING and self._waits != _NO_TEXT_YET:
            row, column = self._waits
            self._put(row - 1, column - 1, _name(self._book, body, 0, is_long=True))
        elif kind == _MERGED:
            self._merged(body)

    def _formula(self, body: bytes) -> None:
        row, column, style = struct.unpack_from("<HHH", body)
        self._cells.formulas.add((row + 1, column + 1))
        self._waits = _NO_TEXT_YET
        if body[12:14] != b"\xff\xff":
            self._put(row, column, self._shown(struct.unpack_from("<d", body, 6)[0], style))
        elif body[6] == 0:
            self._waits = row + 1, column + 1
        elif body[6] in {1, 2}:
            self._put_said(row, column, body[8], is_error=body[6] == 2)

    def _put_said(self, row: int, column: int, said: int, *, is_error: bool) -> None:
        if is_error:
            self._cells.errors[row + 1, column + 1] = ERRORS.get(said, "#")
        else:
            self._put(row, column, said != 0)

    def _put(self, row: int, column: int, value: Value) -> None:
        self._room.take_cells(1)
        if isinstance(value, str):
            self._room.take_text(len(value))
        self._cells.values[row + 1, column + 1] = value

    def _shown(self, number: float, style: int) -> Value:
        if not isfinite(number):
            return str(number)
        if style < len(self._clocks) and self._clocks[style]:
            return moment_of(number, from_1904=self._book.from_1904)
        return number

    def _merged(self, body: bytes) -> None:
        (count,) = struct.unpack_from("<H", body)
        self._room.take_cells(count)
        for number in range(count):
            first, last, left, right = struct.unpack_from("<HHHH", body, 2 + 8 * number)
            self._cells.merged.append((first + 1, left + 1, last + 1, right + 1))


def unpacked(packed: int) -> float:
    """The number that four bytes stand for: whole or the upper half of a long one, perhaps in hundredths."""
    if packed & 2:
        whole = packed >> 2
        number = float(whole - (1 << 30) if whole & (1 << 29) else whole)
    else:
        number = float(struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))[0])
    return number / 100 if packed & 1 else number
