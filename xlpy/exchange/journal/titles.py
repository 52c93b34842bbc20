"""What stands above a table or in a sheet's name: a class, a subject, a period, where it is told beyond doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from xlpy.exchange.journal.captions import Period, key_of, period_of
from xlpy.exchange.journal.subjects import Subjects, is_school_subject
from xlpy.tables.convert import as_text, is_empty
from xlpy.tables.normalise import class_name, clean_text
from xlpy.tables.raw import Value
from xlpy.words import journal as words

_NAME = "\\d{1,2}\\s*[-\u2010-\u2015]?\\s*[\u00ab\"'\u201c\u201d\u201e]?(?:[^\\W\\d_])?[\u00bb\"'\u201c\u201d\u201e]?"
_NEAR_WORD = re.compile(
    rf"{words.CLASS_WORD}[^\W\d_]{{0,2}}\s*[:№.\-]?\s*(?P<after>{_NAME})(?![\w])|(?<![\w.№])(?P<before>{_NAME})\s*{words.CLASS_WORD}",
    re.IGNORECASE,
)
_IS_CLASS = re.compile(r"(?:[1-9]|1[01])[\u0430-\u044f\u0451]?", re.IGNORECASE)
_PARTS = re.compile(r"[|;,_()\[\]\n]|\s[-\u2010-\u2015]\s|[\u2013\u2014]")
_LABEL = re.compile(r"^([^:]{1,40}):\s*(.*)$", re.DOTALL)
_DIGIT_AND_LETTER = re.compile(r"\d.?[^\W\d_]")
_LABELS = frozenset(key_of(word) for word in words.SUBJECT_WORDS)


@dataclass(frozen=True, slots=True)
class Title:
    """What a title tells; "" and None where it does not, or tells of two."""

    school_class: str = ""
    subject: str = ""
    period: Period | None = None

    @property
    def tells(self) -> bool:
        """Whether it tells anything."""
        return bool(self.school_class or self.subject or self.period)

    def over(self, earlier: Title) -> Title:
        """This title, and what it leaves out from the one before."""
        return Title(
            self.school_class or earlier.school_class, self.subject or earlier.subject, self.period or earlier.period
        )


def title_of_row(cells: Sequence[Value], subjects: Subjects, classes: frozenset[str]) -> Title:
    """Return what the cells of one row above a table tell; «Класс:» and «5А» may stand in two cells."""
    joined = " | ".join(clean_text(as_text(cell)) for cell in cells if not is_empty(cell))
    return title_of(re.sub(r":\s*\|\s*", ": ", joined), subjects, classes)


def title_of(text: str, subjects: Subjects, classes: frozenset[str]) -> Title:
    """Return what a line tells. A class is taken beside the word «класс» or where it stands alone in its part."""
    if len(text) > 1000:
        return Title()
    parts = [part for part in (clean_text(piece) for piece in _PARTS.split(text)) if part]
    found_classes = {name for name in (*_near_word(text), *_whole(parts)) if _is_class(name, classes)}
    if not found_classes:
        found_classes = {name for name in _at_ends(parts) if _is_class(name, classes)}
    found_subjects = {subject for part in parts if (subject := _subject(part, subjects))}
    periods = {period for part in parts if (period := period_of(_unlabelled(part)))}
    return Title(_only(found_classes), _only(found_subjects), periods.pop() if len(periods) == 1 else None)


def _only(found: set[str]) -> str:
    return found.pop() if len(found) == 1 else ""


def _near_word(text: str) -> Iterable[str]:
    for match in _NEAR_WORD.finditer(text):
        name = match["after"] or match["before"]
        yield class_name(re.sub("[\u2010-\u2015]", "-", name))


def _whole(parts: Sequence[str]) -> Iterable[str]:
    return (class_name(_unlabelled(part)) for part in parts)


def _at_ends(parts: Sequence[str]) -> Iterable[str]:
    """What stands beside other words of a part: «5А Математика», «Математика 5А»."""
    for part in parts:
        first, _, rest = part.partition(" ")
        last = part.rpartition(" ")[2]
        if rest:
            yield from (class_name(end) for end in (first, last) if _DIGIT_AND_LETTER.search(end))


@cache
def _is_class(name: str, classes: frozenset[str]) -> bool:
    """A class of the book, or what can only be one: a number and a letter."""
    return name in classes or (_IS_CLASS.fullmatch(name) is not None and not name.isdecimal())


def _unlabelled(part: str) -> str:
    label = _LABEL.match(part)
    return clean_text(label[2]) if label else part


def _subject(part: str, subjects: Subjects) -> str:
    """The subject a part of a line names: by itself, after «Предмет:», or beside a class."""
    label = _LABEL.match(part)
    candidate = clean_text(label[2]) if label and key_of(label[1]) in _LABELS else part
    for text in (candidate, _without_class(candidate)):
        known = subjects.of(text)
        if known is not None:
            return known
        # Another subject of the school is told as well: its marks are nobody's else.
        if text and (is_school_subject(text) or (label and key_of(label[1]) in _LABELS and text == candidate)):
            return text
    return ""


def _without_class(text: str) -> str:
    bare = re.sub(rf"\b{words.CLASS_WORD}[^\W\d_]{{0,2}}\b\s*:?", " ", text, flags=re.IGNORECASE)
    return clean_text(re.sub(rf"^{_NAME}(?=\s)|(?<=\s){_NAME}$", " ", clean_text(bare)))
