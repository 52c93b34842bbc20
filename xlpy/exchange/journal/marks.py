"""One cell of an e-journal to the mark it certainly means.

Decided, and why: 2–5 as numbers, text or words are marks. «н/а», «осв», «б/о» say that the pupil has no mark for the
period: that is «нет отметки» of the entry form. An empty cell or a dash says nothing yet, so the book is left alone.
4,25 is an average, which no rule of ours may round; «зачёт», «1» and two marks in one cell are not what the form takes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache

from xlpy.exchange.journal.captions import key_of
from xlpy.tables import schema
from xlpy.tables.convert import as_text
from xlpy.tables.normalise import clean_text
from xlpy.tables.raw import Value
from xlpy.words import journal as words


class MarkKind(Enum):
    """What stands in a cell where a mark is expected."""

    MARK = "mark"
    EMPTY = "empty"
    AVERAGE = "average"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ReadMark:
    """What a cell means; `mark` is what «Отметка по журналу» would hold."""

    kind: MarkKind
    mark: int | str | None = None


_EMPTY = ReadMark(MarkKind.EMPTY)
_OTHER = ReadMark(MarkKind.OTHER)
_AVERAGE = ReadMark(MarkKind.AVERAGE)
_NO_MARK = ReadMark(MarkKind.MARK, schema.NO_MARK)
_WHOLE = re.compile(r"([2-5])(?:[.,]0{1,6})?")
_FRACTION = re.compile(r"[1-5][.,]\d{1,12}")
_EXPLAINED = re.compile(r"([2-5])\s*\(([^()\d]+)\)")
_WORDS = {re.compile(pattern): mark for mark, pattern in words.MARK_WORDS.items()}
_NO_MARK_KEY = re.compile(words.NO_MARK_KEYS)


def mark_of(written: Value) -> ReadMark:
    """Return what a cell certainly means as a mark. Never raises."""
    if written is None or isinstance(written, str):
        return _of_text(clean_text(written or ""))
    if isinstance(written, (int, float)) and not isinstance(written, bool):
        return _of_text(as_text(written))
    return _OTHER


@cache
def _of_text(text: str) -> ReadMark:
    if not text.strip(words.DASHES + " "):
        return _EMPTY
    whole = _WHOLE.fullmatch(text)
    if whole is not None:
        return ReadMark(MarkKind.MARK, int(whole[1]))
    if _FRACTION.fullmatch(text):
        return _AVERAGE
    explained = _EXPLAINED.fullmatch(text)
    if explained is not None:
        return ReadMark(MarkKind.MARK, int(explained[1])) if _in_words(explained[2]) == int(explained[1]) else _OTHER
    in_words = _in_words(text)
    if in_words is not None:
        return ReadMark(MarkKind.MARK, in_words)
    # Without the stroke or the dots «на» is a word like any other.
    is_no_mark = _NO_MARK_KEY.fullmatch(key_of(text)) is not None and (len(key_of(text)) > 2 or len(text) > 2)
    return _NO_MARK if is_no_mark else _OTHER


def _in_words(text: str) -> int | None:
    key = key_of(text)
    return next((mark for pattern, mark in _WORDS.items() if pattern.fullmatch(key)), None)
