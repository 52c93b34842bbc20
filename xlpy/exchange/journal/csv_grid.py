"""A CSV file of any encoding and delimiter as a grid. Its header may be in any row, so captions cannot help here."""

from __future__ import annotations

import csv
import re
from collections import Counter
from io import StringIO
from itertools import islice

from xlpy.errors import ImportFileError
from xlpy.tables.raw import PlainBook, PlainSheet

DELIMITERS = ";\t,"
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DECLARED = re.compile(r"\s*sep=(.)\r?\n", re.IGNORECASE)
_LOOKED_AT = 300


def decoded(data: bytes, file: str) -> str:
    """Return the text of a file: by its mark, else UTF-8 where it can be that, else cp1251. Raises ImportFileError."""
    encodings = [name for bom, name in _BOMS if data.startswith(bom)][:1]
    if not encodings and b"\x00" in data[:4096]:
        odd, even = data[1:4096:2].count(0), data[0:4096:2].count(0)
        encodings = ["utf-16-le" if odd > even else "utf-16-be"]
    for encoding in encodings or ["utf-8", "cp1251"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise ImportFileError("journal_kind", path=file)


def csv_book(text: str, file: str, name: str) -> PlainBook:
    """Return a CSV file's only sheet, called `name`. Raises ImportFileError where its quotes do not close."""
    declared = _DECLARED.match(text)
    body = text[declared.end() :] if declared else text
    delimiter = declared[1] if declared else _delimiter(body)
    skipped = [[""]] if declared else []
    reader = csv.reader(StringIO(body, newline=""), delimiter=delimiter, strict=True)
    try:
        return PlainBook([PlainSheet(name, [*skipped, *reader])])
    except csv.Error:
        raise ImportFileError("csv_broken", path=file, line=reader.line_num + len(skipped)) from None


def _delimiter(text: str) -> str:
    """The delimiter that cuts most of the first rows into the same number of cells, two or more."""
    scored = [(_evenness(text, delimiter), -at, delimiter) for at, delimiter in enumerate(DELIMITERS)]
    return max(scored)[2]


def _evenness(text: str, delimiter: str) -> tuple[int, int]:
    try:
        widths = Counter(map(len, islice(csv.reader(StringIO(text, newline=""), delimiter=delimiter), _LOOKED_AT)))
    except csv.Error:
        return 0, 0
    return max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))
