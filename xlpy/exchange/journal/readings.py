"""A sheet of an e-journal's export, row by row: every mark cell with its pupil, class, subject and period.

A sheet may hold several tables one under another, each with its title. Judges nothing: neither names nor marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xlpy.exchange.journal.captions import Role, period_in_cell
from xlpy.exchange.journal.choice import Choice
from xlpy.exchange.journal.headers import Header, digest_of, guessed_header, header_at
from xlpy.exchange.journal.known import Known
from xlpy.exchange.journal.layout import Layout, MarkColumn, Question, lay_out
from xlpy.exchange.journal.names import name_of
from xlpy.exchange.journal.subjects import Subjects
from xlpy.exchange.journal.titles import Title, title_of, title_of_row
from xlpy.tables.addresses import column_letter
from xlpy.tables.convert import as_text, is_empty
from xlpy.tables.normalise import class_name, clean_text, fold
from xlpy.tables.raw import PlainSheet, Value
from xlpy.words import journal as words

_FOOTERS = frozenset(fold(word) for word in words.FOOTER_WORDS)
_LOOKED_AT = 500
_CLASS_WORD = re.compile(rf"\b{words.CLASS_WORD}[^\W\d_]{{0,2}}\b\s*:?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """One mark cell as it stands. "" where the file does not tell; `error` is that of an error cell."""

    sheet: str
    cell: str
    pupil: str
    code: str
    school_class: str
    subject: str
    period: str
    written: Value
    is_uncalculated: bool = False
    error: str = ""


@dataclass(frozen=True, slots=True)
class SheetRead:
    """What a sheet gives: readings, or a question where a table cannot be laid out; the headers met, with layouts."""

    readings: tuple[Reading, ...] = ()
    question: Question | None = None
    headers: tuple[tuple[Header, Layout], ...] = ()
    digests: tuple[str, ...] = ()


def read_sheet(sheet: PlainSheet, outer: Title, choice: Choice, subjects: Subjects, known: Known) -> SheetRead:
    """Return what a sheet gives; `outer` is what its name and the file's name tell.

    Where no row is a header by its captions, the likeliest one is taken, and what it holds is asked.
    """
    chosen = _person_captions(choice)
    readings: list[Reading] = []
    headers: list[tuple[Header, Layout]] = []
    digests: list[str] = []
    title, row, question = Title(), 0, None
    guessed = None if _has_header(sheet, subjects, chosen) else guessed_header(sheet)
    while row < len(sheet.values):
        header = guessed if guessed and row == guessed.row else header_at(sheet, row, subjects, chosen)
        if header is None:
            title = title_of_row(sheet.values[row], subjects, known.classes).over(title)
            row += 1
            continue
        digests.append(digest_of(header, subjects))
        layout = lay_out(sheet, header, choice, subjects, known.pupils)
        if isinstance(layout, Question):
            row, question = header.below, question or layout
            continue
        headers.append((header, layout))
        row, title = _read_body(sheet, header, layout, _Told(title, outer), subjects, known, chosen, readings)
    return SheetRead(tuple(readings), question, tuple(headers), tuple(digests))


def _has_header(sheet: PlainSheet, subjects: Subjects, chosen: frozenset[str]) -> bool:
    return any(header_at(sheet, row, subjects, chosen) is not None for row in range(len(sheet.values)))


@dataclass(frozen=True, slots=True)
class _Told:
    """What stands above a table, and outside of its sheet."""

    title: Title
    outer: Title

    @property
    def school_class(self) -> str:
        """The class; "" where the two tell different ones."""
        return _agreed(self.title.school_class, self.outer.school_class)

    @property
    def subject(self) -> str:
        """The subject; "" where the two tell different ones."""
        return _agreed(self.title.subject, self.outer.subject)

    @property
    def period(self) -> str:
        """The period, as shown."""
        period = self.title.period or self.outer.period
        return period.shown if period else ""


def _agreed(one: str, other: str) -> str:
    return one or other if not (one and other) or fold(one) == fold(other) else ""


def _read_body(
    sheet: PlainSheet,
    header: Header,
    layout: Layout,
    told: _Told,
    subjects: Subjects,
    known: Known,
    chosen: frozenset[str],
    readings: list[Reading],
) -> tuple[int, Title]:
    """Read the rows under a header up to the next one; return its row, and what is told above it."""
    merged = not _names_repeat(sheet, header, layout)
    name, row = "", header.below
    while row < len(sheet.values):
        line = sheet.values[row]
        if header_at(sheet, row, subjects, chosen) is not None:
            break
        written, code = clean_text(" ".join(_text(line, at) for at in layout.pupil)), _text(line, layout.code)
        if not written and not code and merged and (_text(line, layout.period) or _text(line, layout.subject)):
            written = name
        name = written
        has_marks = any(_text(line, mark.at) or (row + 1, mark.at + 1) in sheet.formulas for mark in layout.marks)
        title = Title() if has_marks or code else title_of_row(line, subjects, known.classes)
        if title.tells and (not written or title_of(written, subjects, known.classes).tells):
            told, name = _Told(title.over(told.title), told.outer), ""
        elif (has_marks or written or code) and not _is_footer(line, written, known.surnames):
            readings.extend(_cells(sheet, row, layout, told, written, code, header))
        row += 1
    return row, told.title


def _cells(
    sheet: PlainSheet, row: int, layout: Layout, told: _Told, name: str, code: str, header: Header
) -> Iterator[Reading]:
    line = sheet.values[row]
    school_class = told.school_class if layout.school_class is None else _class_in_row(line, layout)
    in_row = _text(line, layout.period)
    period_caption = next((head.own for head in header.heads if head.at == layout.period), "")
    period = period_in_cell(period_caption, in_row) if in_row else None
    for mark in layout.marks:
        subject = mark.subject or (_text(line, layout.subject) if layout.subject is not None else told.subject)
        error = sheet.errors.get((row + 1, mark.at + 1), "")
        written = line[mark.at] if mark.at < len(line) else None
        yield Reading(
            sheet.name,
            f"{column_letter(mark.at + 1)}{row + 1}",
            name,
            code,
            school_class_of(school_class),
            subject,
            mark.period or (period.shown if period else in_row) or _period_told(layout, mark, told),
            written,
            is_uncalculated=is_empty(written) and not error and (row + 1, mark.at + 1) in sheet.formulas,
            error=error,
        )


def _class_in_row(line: Sequence[Value], layout: Layout) -> str:
    """The class of a row; its letter may stand in a column of its own."""
    written = _text(line, layout.school_class)
    return f"{written}{_text(line, layout.letter)}" if written.isdecimal() else written


def _period_told(layout: Layout, mark: MarkColumn, told: _Told) -> str:
    """The title tells the period of the only column of marks; several are told apart by their captions."""
    is_only = layout.is_wide or sum(not one.period for one in layout.marks) == 1
    return told.period if is_only else mark.caption


def school_class_of(text: str) -> str:
    """Return a class as the book spells it: «5 «а» класс» is 5А."""
    return class_name(_CLASS_WORD.sub(" ", text))


def _person_captions(choice: Choice) -> frozenset[str]:
    roles = (Role.PUPIL, Role.SURNAME, Role.CODE)
    return frozenset(fold(choice.columns[role]) for role in roles if role in choice.columns)


def _text(line: Sequence[Value], at: int | None) -> str:
    return "" if at is None or at >= len(line) else clean_text(as_text(line[at]))


def _names_repeat(sheet: PlainSheet, header: Header, layout: Layout) -> bool:
    """Whether a pupil's name stands in each of its rows; where it does not, an empty name is the one above."""
    before = ""
    for line in sheet.values[header.below : header.below + _LOOKED_AT]:
        name = " ".join(_text(line, at) for at in layout.pupil).strip()
        if name and name == before:
            return True
        before = name
    return False


def _is_footer(line: Sequence[Value], name: str, surnames: frozenset[str]) -> bool:
    """Whether a row counts or signs, as its first word says; nobody of that surname is in the book."""
    if name_of(name)[:1] and name_of(name)[0] in surnames:
        return False
    texts = [name] if name else [clean_text(cell) for cell in line if isinstance(cell, str) and not is_empty(cell)][:1]
    return any(fold(word.strip(".,:")) in _FOOTERS for text in texts for word in text.split()[:1])
