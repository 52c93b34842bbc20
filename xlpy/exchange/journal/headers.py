"""The header of a table in any sheet, found by its captions: one or two rows, with what stands above its columns."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from xlpy.exchange.journal.captions import Role, is_mark_caption, period_of, role_of
from xlpy.exchange.journal.subjects import Subjects, is_school_subject
from xlpy.tables.addresses import column_letter
from xlpy.tables.convert import as_text, is_empty
from xlpy.tables.normalise import clean_text, fold
from xlpy.tables.raw import PlainSheet, Value
from xlpy.words import journal as words

PERSON = (Role.PUPIL, Role.SURNAME, Role.CODE)
# A table whose header is further down has no title but a text above it.
HEADER_WITHIN = 60
_LONGEST_CAPTION = 200
_WIDEST = 1000
_GUESSED_WIDTH = 3


@dataclass(frozen=True, slots=True)
class Head:
    """One column of a header: `own` its caption, `top` what stands over several columns. `at` is 0-based."""

    at: int
    own: str
    top: str = ""

    @property
    def caption(self) -> str:
        """The whole caption as people may name it."""
        return f"{self.top}, {self.own}" if self.top else self.own or words.UNNAMED_COLUMN.format(letter=self.letter)

    @property
    def letter(self) -> str:
        """The column's letter."""
        return column_letter(self.at + 1)

    @property
    def captions(self) -> tuple[str, ...]:
        """Both levels, the nearest first."""
        return (self.own, self.top) if self.top else (self.own,)

    def is_called(self, said: str) -> bool:
        """Whether people may mean this column."""
        return fold(said) in {fold(self.own), fold(self.caption)} - {""}


@dataclass(frozen=True, slots=True)
class Header:
    """A header: its first row (0-based), how many rows it takes, its columns."""

    row: int
    height: int
    heads: tuple[Head, ...]

    @property
    def below(self) -> int:
        """The first row of the table's body."""
        return self.row + self.height

    def called(self, said: str) -> tuple[Head, ...]:
        """The columns people may mean by a caption, or by a letter where no caption is that."""
        named = tuple(head for head in self.heads if head.is_called(said))
        return named or tuple(head for head in self.heads if fold(head.letter) == fold(said))


def texts_of(line: Sequence[Value]) -> list[str]:
    """Return the captions a row may hold: its texts, "" where a cell holds none."""
    return [
        clean_text(cell) if isinstance(cell, str) and len(cell) <= _LONGEST_CAPTION else "" for cell in line[:_WIDEST]
    ]


def header_at(sheet: PlainSheet, row: int, subjects: Subjects, chosen: Collection[str]) -> Header | None:
    """Return the header that begins or is continued in this row; None where the row names no pupil.

    `chosen` are folded captions that people said hold pupils or their codes.
    """
    own = texts_of(sheet.values[row])
    persons = [at for at, text in enumerate(own) if text and (role_of(text) in PERSON or fold(text) in chosen)]
    if not persons:
        return None
    below = _level(sheet, row + 1, own, persons, subjects)
    above = _level(sheet, row - 1, own, persons, subjects) if row else []
    if below:
        header = Header(row, 2, _heads(sheet, row, own, below))
    elif above:
        header = Header(row, 1, _heads(sheet, row - 1, above, own))
    else:
        header = Header(row, 1, tuple(Head(at, text) for at, text in enumerate(own) if text))
    others = [head for head in header.heads if head.at not in persons]
    is_chosen = any(fold(own[at]) in chosen for at in persons)
    return header if is_chosen or any(_tells(head, subjects) for head in others) else None


def _level(sheet: PlainSheet, row: int, own: Sequence[str], persons: Sequence[int], subjects: Subjects) -> list[str]:
    """The captions of a neighbouring row where it is the header's other level; else nothing."""
    if row >= len(sheet.values):
        return []
    line = sheet.values[row]
    texts = texts_of(line)
    texts += [""] * (len(own) - len(texts))
    if any(at < len(line) and not is_empty(line[at]) and texts[at] != own[at] for at in persons):
        return []
    said = [text for at, text in enumerate(texts) if text and at > min(persons)]
    return texts if any(period_of(text) or _is_subject(text, subjects) for text in said) else []


def _heads(sheet: PlainSheet, row: int, upper: Sequence[str], lower: Sequence[str]) -> tuple[Head, ...]:
    """The columns of two levels; what stands once over several columns belongs to each of them."""
    width = max(len(upper), len(lower))
    up, down = ([*level, *[""] * (width - len(level))] for level in (upper, lower))
    spans = {
        column: first - 1
        for top, first, bottom, last in sheet.merged
        if top - 1 <= row < bottom
        for column in range(first - 1, min(last, width))
    }
    heads = []
    over = -1
    for at in range(width):
        if up[at]:
            over = at
        above = spans.get(at, over) if not up[at] and down[at] else at
        if above != at and above >= 0 and not down[above]:
            above = at
        top = up[above] if above >= 0 else ""
        if down[at] and top and top != down[at]:
            heads.append(Head(at, down[at], top))
        elif down[at] or top:
            heads.append(Head(at, down[at] or top))
    return tuple(heads)


def _is_subject(text: str, subjects: Subjects) -> bool:
    return subjects.of(text) is not None or is_school_subject(text)


def subject_of(head: Head, subjects: Subjects) -> str:
    """The subject a column is of, as it is written there; "" where its caption names none."""
    return next((text for text in head.captions if _is_subject(text, subjects)), "")


def _tells(head: Head, subjects: Subjects) -> bool:
    return any(role_of(text) or is_mark_caption(text) or _is_subject(text, subjects) for text in head.captions)


def guessed_header(sheet: PlainSheet) -> Header | None:
    """Return what looks like a header where no caption is known: the first row of three texts over a filled one."""
    for row, line in enumerate(sheet.values[:HEADER_WITHIN]):
        texts = texts_of(line)
        filled = [at for at, text in enumerate(texts) if text]
        after = sheet.values[row + 1] if row + 1 < len(sheet.values) else []
        if len(filled) >= _GUESSED_WIDTH and sum(bool(as_text(cell).strip()) for cell in after) >= _GUESSED_WIDTH:
            return Header(row, 1, tuple(Head(at, texts[at]) for at in filled))
    return None


def digest_of(header: Header, subjects: Subjects) -> str:
    """Return what tells one export's header from another's, whatever the order of columns and the class's subjects."""
    said = {fold(text) for head in header.heads for text in head.captions if text and not _is_subject(text, subjects)}
    return sha256(repr(sorted(said)).encode()).hexdigest()


def roles_of(header: Header) -> Mapping[Role, tuple[Head, ...]]:
    """Return the columns whose caption names a role."""
    found: dict[Role, list[Head]] = {}
    for head in header.heads:
        role = role_of(head.own)
        if role is not None:
            found.setdefault(role, []).append(head)
    return {role: tuple(heads) for role, heads in found.items()}
