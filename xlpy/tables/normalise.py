"""What is certain to mean the same: spaces, case, ё/е, Latin letters that look Cyrillic. Guesses nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from xlpy.words.grammar import CYRILLIC_LOOK_ALIKES, LATIN_LOOK_ALIKES, YE, YO

_SPACES = re.compile(r"[\s\u00a0\u2007\u202f\u200b\ufeff]+")
_LOOK_ALIKE = str.maketrans(LATIN_LOOK_ALIKES, CYRILLIC_LOOK_ALIKES)
_YO = str.maketrans(YO, YE)
_QUOTE = "[\u00ab\u00bb\"'\u201c\u201d\u201e]?"
_CLASS = re.compile(rf"^(\d{{1,2}})[ \-]?{_QUOTE}([^\W\d_])?{_QUOTE}$")
_YEAR = re.compile(r"^(?:20)?(\d\d)\s*[/\-\u2013]\s*(?:20)?(\d\d)$")


@cache
def clean_text(text: str) -> str:
    """Return the text with every run of spaces (no-break ones too) as one space, and none at the ends."""
    return _SPACES.sub(" ", text).strip()


@cache
def fold(text: str) -> str:
    """Return the form by which two spellings count as the same; for comparing, never for showing."""
    return clean_text(text).translate(_LOOK_ALIKE).translate(_YO).casefold()


@cache
def class_name(text: str) -> str:
    """Return a class as «5А»: number and one capital Cyrillic letter. What is not a class comes back cleaned."""
    cleaned = clean_text(text)
    match = _CLASS.match(cleaned)
    if match is None:
        return cleaned
    return match[1] + (match[2] or "").upper().translate(_LOOK_ALIKE)


@cache
def grade_of(school_class: str) -> int | None:
    """Return the leading number of a class name, as the workbook's formulas read it; None where there is none."""
    match = re.match(r"\d{1,2}", clean_text(school_class))
    return int(match[0]) if match else None


@cache
def school_year(text: str) -> str:
    """Return a school year as «2020/21»; text that is none comes back cleaned."""
    cleaned = clean_text(text)
    match = _YEAR.match(cleaned)
    if match is None or (int(match[1]) + 1) % 100 != int(match[2]):
        return cleaned
    return f"20{match[1]}/{match[2]}"


def is_school_year(text: str) -> bool:
    """Whether the text is a school year in the house spelling."""
    return re.fullmatch(r"20\d\d/\d\d", text) is not None and school_year(text) == text


def class_order(school_class: str) -> tuple[int, str]:
    """Sort key of classes: 4А, 5А … 10А."""
    return (grade_of(school_class) or 0, school_class)


def canonical(text: str, known: Iterable[str]) -> str | None:
    """Return the known spelling that `text` certainly means, or None."""
    folded = fold(text)
    return next((name for name in known if fold(name) == folded), None)
