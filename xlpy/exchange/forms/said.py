"""What a file says of itself beside the visible line: who checks, and the plain cells of the help sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from xlpy.exchange.forms.form import FORMAT, Identity, Turn
from xlpy.tables.convert import as_text, is_empty
from xlpy.tables.normalise import clean_text, fold, school_year
from xlpy.tables.raw import PlainSheet, Value
from xlpy.words import forms as words

# People may have put rows above, but nobody puts so many.
_WITHIN = 60
_CAPTION_LENGTH = 40
_READY_CAPTION, _READY = fold(words.READY_CAPTION), fold(words.READY)
_NUMBER = re.compile(r"[0-9A-F]{4}-[0-9A-F]{4}")
_VERSION = re.compile(r"\d{1,6}")
_TURNS = {fold(said): Turn(value) for value, said in words.TURNS.items()}
_CAPTIONS = {fold(caption): key for key, caption in words.IDENTITY_CAPTIONS.items()}
_CHECKER = words.CHECKER.split("{", 1)[0].strip()
_AFTER_CHECKER = tuple(words.BETWEEN + said.split("{", 1)[0] for said in (words.UNTIL, words.RETURN))


def beside(line: Sequence[Value], at: int) -> str:
    """The text of the next cell to the right that holds something, "" where none does."""
    return next((clean_text(as_text(cell)) for cell in line[at + 1 :] if not is_empty(cell)), "")


def ready_marks(sheet: PlainSheet) -> list[tuple[int, bool]]:
    """Rows where the caption of readiness stands, and whether «готово» stands beside it."""
    exact = [
        (row, fold(beside(line, line.index(words.READY_CAPTION))) == _READY)
        for row, line in enumerate(sheet.values, 1)
        if words.READY_CAPTION in line
    ]
    return exact or [
        (row, (fold(cell)[len(_READY_CAPTION) :].strip() or fold(beside(line, at))) == _READY)
        for row, line in enumerate(sheet.values, 1)
        for at, cell in enumerate(line)
        if isinstance(cell, str) and len(cell) < _CAPTION_LENGTH and fold(cell).startswith(_READY_CAPTION)
    ]


def checker_on(lines: Iterable[Sequence[Value]]) -> str:
    """Whom the line of people over the papers names as the checker, "" where there is no such line."""
    for text in _texts(lines):
        said = clean_text(text)
        if fold(said[: len(_CHECKER)]) == fold(_CHECKER):
            name = said[len(_CHECKER) :]
            for end in _AFTER_CHECKER:
                name = name.split(end, 1)[0]
            return clean_text(name)
    return ""


def _texts(lines: Iterable[Sequence[Value]]) -> Iterator[str]:
    return (cell for line in lines for cell in line if isinstance(cell, str))


def identity_of_help(sheet: PlainSheet) -> Identity | None:
    """What the plain cells beside the captions of the help sheet say; None where they do not say all."""
    said: dict[str, str] = {}
    for line in sheet.values[:_WITHIN]:
        for at, cell in enumerate(line):
            key = _CAPTIONS.get(fold(cell)) if isinstance(cell, str) else None
            if key is not None:
                said.setdefault(key, beside(line, at))
    work = said.get("work", "").rpartition(",")
    turn = _TURNS.get(fold(said.get("turn", "")))
    number, version, year = (said.get(key, "") for key in ("number", "version", "year"))
    subject, school_class = clean_text(work[0]), clean_text(work[2])
    if turn is None or not (subject and school_class):
        return None
    if not (_NUMBER.fullmatch(number.upper()) and _VERSION.fullmatch(version) and year):
        return None
    return Identity(
        school_class,
        subject,
        school_year(year),
        turn,
        int(version),
        number.upper(),
        FORMAT,
        said.get("checker", ""),
        said.get("school", ""),
    )
