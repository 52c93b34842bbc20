"""The text of a CSV file: its encoding, its delimiter, its records with their line numbers. Knows no sheet.

Neither encoding nor delimiter is written in such a file, so both are found by what the first line must hold: captions.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from xlpy.errors import ImportFileError
from xlpy.words.errors import WHY

SIZE_LIMIT = 64 * 1024 * 1024
CELL_LIMIT = 32_767
DELIMITERS = ";,\t"
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DECLARED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
# Excel drops the delimiters after the last filled cell, and decides so for sixteen rows at a time.
_BLOCK = 16

KnownCaptions = Callable[[Sequence[str]], int]


@dataclass(frozen=True, slots=True)
class Record:
    """One record: the line of the file it starts in, its cells."""

    line: int
    cells: tuple[str, ...]


def read_records(path: Path, known: KnownCaptions) -> tuple[Record, ...]:
    """Return the records of a CSV file, header first, all as wide as the header; empty ones are left out.

    `known` counts the captions it knows among the cells of a header. Raises ImportFileError.
    """
    text = _text(path, known)
    declared = _DECLARED.match(text)
    skipped = 1 if declared else 0
    body = text[declared.end() :] if declared else text
    if not body.strip():
        raise ImportFileError("csv_empty", path=path.name)
    delimiter = declared[1] if declared else _delimiter(body, known)
    return _even(path, list(_records(path, body, delimiter, skipped)))


def _text(path: Path, known: KnownCaptions) -> str:
    data = _bytes(path)
    encodings = [name for bom, name in _BOMS if data.startswith(bom)][:1]
    if not encodings:
        wide = ["utf-16-le", "utf-16-be"] if b"\x00" in data[:4096] else []
        encodings = [*wide, "utf-8", "cp1251"]
    readable = []
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _header_captions(text, known):
            return text
        readable.append(encoding)
    # Nothing that we know stands there; UTF-8 is never met by chance, so the fault is the header's, not the encoding's.
    if readable and readable[0] != "cp1251":
        return data.decode(readable[0])
    raise ImportFileError("csv_encoding", path=path.name)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise ImportFileError("csv_too_large", path=path.name, limit=SIZE_LIMIT // 1024 // 1024)
        data = path.read_bytes()
    except OSError:
        raise ImportFileError("not_readable", path=path.name, why=WHY["other"]) from None
    if not data:
        raise ImportFileError("csv_empty", path=path.name)
    return data


def _header_captions(text: str, known: KnownCaptions) -> int:
    return max(known(header) for header in _headers(text).values())


def _headers(text: str) -> dict[str, list[str]]:
    """The first line with anything in it, as each delimiter would cut it."""
    head = _DECLARED.sub("", text.lstrip("\ufeff")[:CELL_LIMIT], count=1)
    return {delimiter: _first_record(head, delimiter) for delimiter in DELIMITERS}


def _first_record(head: str, delimiter: str) -> list[str]:
    try:
        for cells in csv.reader(StringIO(head, newline=""), delimiter=delimiter):
            if any(cell.strip() for cell in cells):
                return cells
    except csv.Error:
        pass
    return []


def _delimiter(text: str, known: KnownCaptions) -> str:
    """The delimiter by which most captions are known; where none is, the one that cuts the header into most cells."""
    headers = _headers(text)
    return max(DELIMITERS, key=lambda delimiter: (known(headers[delimiter]), len(headers[delimiter])))


def _records(path: Path, text: str, delimiter: str, skipped: int) -> Iterator[Record]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield Record(line + skipped, tuple(cells))
            line = reader.line_num + 1
    except csv.Error:
        raise ImportFileError("csv_broken", path=path.name, line=line + skipped) from None


def _even(path: Path, records: list[Record]) -> tuple[Record, ...]:
    """All filled records, as wide as the header. Raises ImportFileError for one that is wider, or shorter alone."""
    filled = [any(cell.strip() for cell in record.cells) for record in records]
    first = filled.index(True)
    header = records[first]
    width = len(header.cells)
    even = [header]
    for start in range(first, len(records), _BLOCK):
        block = [records[at] for at in range(start, min(start + _BLOCK, len(records))) if filled[at] and at > first]
        together = {len(record.cells) for record in block}
        even += [_widened(path, record, width, len(together) == 1) for record in block]
    return tuple(even)


def _widened(path: Path, record: Record, width: int, together: bool) -> Record:
    cells, count = record.cells, len(record.cells)
    if any(cell.strip() for cell in cells[width:]) or (count < width and not together):
        raise ImportFileError("csv_ragged", path=path.name, line=record.line, found=count, expected=width)
    if any(len(cell) > CELL_LIMIT for cell in cells):
        raise ImportFileError("csv_broken", path=path.name, line=record.line)
    return Record(record.line, cells[:width] + ("",) * (width - count))
