"""Texts of old workbooks: in one byte a letter or two, cut wherever a record was full."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

_WIDE, _EXTENDED, _RICH = 0x01, 0x04, 0x08
_HIGH_BYTE = "latin-1"


def short_text(raw: bytes, at: int, length: int) -> str:
    """A text of the new kind at `at`: its flags, then its letters."""
    flags = raw[at]
    at += 1
    if flags & _RICH:
        at += 2
    if flags & _EXTENDED:
        at += 4
    if flags & _WIDE:
        return raw[at : at + 2 * length].decode("utf-16-le", "replace")
    return raw[at : at + length].decode(_HIGH_BYTE)


class _Blocks:
    """The records of a table of texts, read on as one; a text that goes on in the next one says anew how wide it is."""

    def __init__(self, blocks: Sequence[bytes]) -> None:
        self._blocks = blocks
        self._number = 0
        self._at = 0

    def _left(self) -> int:
        return len(self._blocks[self._number]) - self._at

    def _turn(self) -> None:
        self._number += 1
        self._at = 0
        if self._number >= len(self._blocks):
            raise EOFError

    def take(self, count: int) -> bytes:
        """So many bytes. Raises EOFError past the last record."""
        pieces = []
        while count:
            if not self._left():
                self._turn()
            piece = self._blocks[self._number][self._at : self._at + count]
            self._at += len(piece)
            count -= len(piece)
            pieces.append(piece)
        return b"".join(pieces)

    def letters(self, count: int, flags: int) -> str:
        """So many letters."""
        pieces = []
        while count:
            if not self._left():
                self._turn()
                flags = self.take(1)[0]
            width = 2 if flags & _WIDE else 1
            some = min(count, self._left() // width)
            if not some:
                raise EOFError
            pieces.append(self.take(some * width).decode("utf-16-le" if width == 2 else _HIGH_BYTE, "replace"))
            count -= some
        return "".join(pieces)


def shared_texts(blocks: Sequence[bytes]) -> Iterator[str]:
    """Yield the shared strings of a book: the record that holds them and those in which they go on."""
    if not blocks or len(blocks[0]) < 8:
        return
    (count,) = struct.unpack_from("<L", blocks[0], 4)
    reader = _Blocks([blocks[0][8:], *blocks[1:]])
    try:
        for _ in range(count):
            length, flags = struct.unpack("<HB", reader.take(3))
            runs = struct.unpack("<H", reader.take(2))[0] if flags & _RICH else 0
            extra = struct.unpack("<L", reader.take(4))[0] if flags & _EXTENDED else 0
            yield reader.letters(length, flags)
            reader.take(4 * runs + extra)
    except EOFError:
        return
