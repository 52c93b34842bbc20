"""What a caption of an e-journal's table says: the role of its column, a period. Knows no grid."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import cache

from xlpy.tables.normalise import clean_text, fold
from xlpy.words import journal as words

_NOT_KEY = re.compile(r"[\W_]+")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
# The house fold spells look-alike letters in Cyrillic; Roman numbers are made of letters that have none, but «І» has.
_ROMAN_LOOKS = str.maketrans("\u0456\u0406", "ii")


class Role(Enum):
    """What a column is for."""

    PUPIL = "pupil"
    SURNAME = "surname"
    GIVEN = "given"
    PATRONYMIC = "patronymic"
    CODE = "code"
    CLASS = "class"
    GRADE = "grade"
    LETTER = "letter"
    SUBJECT = "subject"
    PERIOD = "period"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Period:
    """What a mark is for; `kind` is a key of `words.PERIOD_SHOWN`, `number` 0 where there is none."""

    kind: str
    number: int = 0

    @property
    def shown(self) -> str:
        """The period as people write it."""
        return words.PERIOD_SHOWN[self.kind].format(number=self.number)


_ROLES = {Role(key): re.compile(pattern) for key, pattern in words.CAPTIONS.items()}
_MARK = re.compile(words.MARK_WORD)
_EXTRA = re.compile(words.EXTRA_WORD)
_WHOLE = {kind: re.compile(pattern) for kind, pattern in words.PERIOD_WHOLE.items()}
_LETTER = r"[\u0430-\u044f]"
_START, _END = r"(?<![^\W_])", r"\.?(?![^\W_])"
_NUMBER = r"(?P<n>iv|i{1,3}|[1-4])"
_ENDING = rf"(?:\s*-?\s*{_LETTER}{{1,2}}(?=[\s.]))?"
_ORDINALS = "|".join(words.PERIOD_ORDINALS)
_PERIODS = tuple(
    (kind, re.compile(pattern))
    for kind, name in words.PERIODS.items()
    for pattern in (
        rf"{_START}{_NUMBER}{_ENDING}[\s.\-]*{name}{_END}",
        rf"{_START}{name}\.?\s*[:№]?\s*{_NUMBER}{_END}",
        rf"{_START}(?P<n>{_ORDINALS}){_LETTER}+\s+{name}{_END}",
    )
)


@cache
def key_of(text: str) -> str:
    """Return the letters and digits of a caption as it is compared."""
    return _NOT_KEY.sub("", fold(text))


@cache
def role_of(caption: str) -> Role | None:
    """Return the role that a whole caption certainly names; marks are told apart by `is_mark_caption`."""
    key = key_of(caption)
    return next((role for role, pattern in _ROLES.items() if pattern.fullmatch(key)), None) if key else None


@cache
def is_extra(caption: str) -> bool:
    """Whether a column holds something about marks, or marks of something else: averages, counts, absences."""
    return _EXTRA.search(key_of(caption)) is not None


@cache
def is_mark_caption(caption: str) -> bool:
    """Whether the caption says that a column holds marks."""
    return not is_extra(caption) and (_MARK.search(key_of(caption)) is not None or period_of(caption) is not None)


@cache
def period_of(text: str) -> Period | None:
    """Return the period that a text names, the only one; a bare Roman number is one too."""
    plain = unicodedata.normalize("NFKC", text)
    folded, key = fold(plain).translate(_ROMAN_LOOKS), key_of(plain).translate(_ROMAN_LOOKS)
    for kind, whole in _WHOLE.items():
        if whole.fullmatch(key):
            return Period(kind)
    found = {Period(kind, _number(one["n"])) for kind, pattern in _PERIODS for one in pattern.finditer(folded)}
    if len(found) == 1:
        return found.pop()
    return Period("roman", _ROMAN[key]) if not found and key in _ROMAN else None


def _number(text: str) -> int:
    return _ROMAN.get(text) or words.PERIOD_ORDINALS.get(text) or int(text)


def period_in_cell(caption: str, text: str) -> Period | None:
    """Return the period that a cell of a period column names; a bare number takes its kind from the caption."""
    return period_of(text) or (
        period_of(f"{clean_text(text)} {caption}") if key_of(text) in {"1", "2", "3", "4"} else None
    )
