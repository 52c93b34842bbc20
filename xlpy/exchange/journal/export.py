"""A whole export: all its sheets read with one choice of columns, and the one thing that must still be asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from xlpy.errors import ImportFileError
from xlpy.exchange.journal.captions import Period, Role, period_of
from xlpy.exchange.journal.choice import Choice
from xlpy.exchange.journal.headers import Header
from xlpy.exchange.journal.known import Known
from xlpy.exchange.journal.layout import Layout, Question, is_same_period
from xlpy.exchange.journal.marks import MarkKind, mark_of
from xlpy.exchange.journal.notes import JournalCode, JournalNote
from xlpy.exchange.journal.readings import Reading, SheetRead, read_sheet
from xlpy.exchange.journal.subjects import Subjects
from xlpy.exchange.journal.titles import title_of
from xlpy.tables.convert import is_empty
from xlpy.tables.normalise import class_name
from xlpy.tables.raw import PlainBook, PlainSheet
from xlpy.words import journal as words

ROWS_LIMIT = 300_000
_PEDAGOGICAL_YEAR_STARTS = 9


@dataclass(frozen=True, slots=True)
class ExportRead:
    """What a file gives under a choice: readings of one period, or a question. `strangers`: columns it has not."""

    readings: tuple[Reading, ...] = ()
    question: Question | None = None
    headers: tuple[tuple[Header, Layout], ...] = ()
    digests: tuple[str, ...] = ()
    notes: tuple[JournalNote, ...] = ()
    strangers: tuple[Role, ...] = ()
    period: str = ""


def read_export(
    book: PlainBook, file: str, stem: str, known: Known, subjects: Subjects, choice: Choice, day: date | None
) -> ExportRead:
    """Return what the file gives. Raises ImportFileError where there is no table in it at all, or far too much.

    `file` names it in messages, `stem` may tell a class or a subject as its sheets' names do. `day` is that of the
    ВПР: the period before it is offered first.
    """
    sheets = [sheet for sheet in book.sheets if any(not is_empty(cell) for line in sheet.values for cell in line)]
    if not sheets:
        raise ImportFileError("journal_empty", path=file)
    if sum(len(sheet.values) for sheet in sheets) > ROWS_LIMIT:
        raise ImportFileError("journal_too_long", path=file, limit=ROWS_LIMIT)
    reads = [(sheet, _read(sheet, stem, known, subjects, choice)) for sheet in sheets]
    digests = tuple(digest for _, read in reads for digest in read.digests)
    headers = tuple(pair for _, read in reads for pair in read.headers)
    blocked = _blocking(reads)
    if blocked is not None:
        return ExportRead(question=blocked, digests=digests, headers=headers)
    if not headers:
        raise ImportFileError("journal_no_table", path=file)
    strangers = tuple(role for role in Role if not _is_met(role, choice, headers, reads, known, subjects))
    notes = tuple(JournalNote(JournalCode.NO_TABLE, sheet.name) for sheet, read in reads if not read.headers)
    readings = tuple(
        _filled(reading, choice, headers, subjects, known) for _, read in reads for reading in read.readings
    )
    question = _missing(readings, headers)
    if question is not None:
        return ExportRead(question=question, digests=digests, headers=headers, strangers=strangers)
    return _of_one_period(ExportRead(readings, None, headers, digests, notes, strangers), choice, day)


def _read(sheet: PlainSheet, stem: str, known: Known, subjects: Subjects, choice: Choice) -> SheetRead:
    of_sheet = title_of(sheet.name, subjects, known.classes)
    return read_sheet(sheet, of_sheet.over(title_of(stem, subjects, known.classes)), choice, subjects, known)


def _blocking(reads: Sequence[tuple[PlainSheet, SheetRead]]) -> Question | None:
    """The first question without which a table stays unread.

    Beside a table that is clear, one that holds no pupils or no marks is some other list, and asks nothing.
    """
    questions = [read.question for _, read in reads if read.question is not None]
    has_table = any(read.headers for _, read in reads)
    return next((one for one in questions if not (has_table and one.default is None)), None)


def _is_met(
    role: Role,
    choice: Choice,
    headers: Sequence[tuple[Header, Layout]],
    reads: Sequence[tuple[PlainSheet, SheetRead]],
    known: Known,
    subjects: Subjects,
) -> bool:
    """Whether what was chosen for a role is there: a column, or a class, a subject, a period."""
    said = choice.columns.get(role)
    if said is None or any(header.called(said) for header, _ in headers):
        return True
    if role is Role.CLASS:
        return class_name(said) in known.classes
    if role is Role.SUBJECT:
        return subjects.of(said) is not None
    if role in {Role.MARK, Role.PERIOD}:
        return any(_is_said(said, one.period) for _, read in reads for one in read.readings)
    return False


def _filled(
    reading: Reading,
    choice: Choice,
    headers: Sequence[tuple[Header, Layout]],
    subjects: Subjects,
    known: Known,
) -> Reading:
    """The reading with the class and the subject that people said of the whole file, where it tells none itself."""
    fixed_class, fixed_subject = choice.columns.get(Role.CLASS, ""), choice.columns.get(Role.SUBJECT, "")
    if (
        not reading.school_class
        and fixed_class
        and class_name(fixed_class) in known.classes
        and not _is_column(fixed_class, headers)
    ):
        reading = replace(reading, school_class=class_name(fixed_class))
    if not reading.subject and fixed_subject and not _is_column(fixed_subject, headers):
        reading = replace(reading, subject=subjects.of(fixed_subject) or "")
    return reading


def _is_column(said: str, headers: Sequence[tuple[Header, Layout]]) -> bool:
    return any(header.called(said) for header, _ in headers)


def _missing(readings: Iterable[Reading], headers: Sequence[tuple[Header, Layout]]) -> Question | None:
    """What no mark of the file is told: of which class, of which subject."""
    marks = [one for one in readings if mark_of(one.written).kind is MarkKind.MARK]
    if marks and not any(one.school_class or one.code for one in marks):
        return Question(Role.CLASS, _free(headers))
    if marks and not any(one.subject for one in marks):
        return Question(Role.SUBJECT, _free(headers))
    return None


def _free(headers: Sequence[tuple[Header, Layout]]) -> tuple[str, ...]:
    """The captions of columns that hold nothing known yet."""
    found: dict[str, None] = {}
    for header, layout in headers:
        taken = {*layout.pupil, layout.code, layout.school_class, layout.subject, layout.period}
        taken |= {mark.at for mark in layout.marks}
        found |= {head.caption: None for head in header.heads if head.at not in taken}
    return tuple(found)


def _of_one_period(read: ExportRead, choice: Choice, day: date | None) -> ExportRead:
    """Only the marks of the chosen period; a question where there are several and none is chosen."""
    said_period, said_mark = choice.columns.get(Role.PERIOD, ""), choice.columns.get(Role.MARK, "")
    readings = read.readings
    said = said_period if said_period and not _is_column(said_period, read.headers) else said_mark
    if said and any(_is_said(said, one.period) for one in readings):
        readings = tuple(one for one in readings if _is_said(said, one.period))
    counts = Counter(one.period for one in readings if mark_of(one.written).kind is MarkKind.MARK)
    labels = sorted(counts, key=_period_order)
    if len(labels) > 1:
        role = Role.PERIOD if said_mark and _is_column(said_mark, read.headers) else Role.MARK
        options = tuple(label or words.NO_PERIOD for label in labels)
        question = Question(role, options, tuple(counts[one] for one in labels), _likely(labels, day))
        return replace(read, readings=(), question=question)
    if labels:
        readings = tuple(one for one in readings if one.period == labels[0])
    return replace(read, readings=readings, period=labels[0] if labels else "")


def _is_said(said: str, period: str) -> bool:
    return is_same_period(said, period or words.NO_PERIOD)


def _period_order(label: str) -> tuple[object, ...]:
    period = period_of(label)
    kinds = ("quarter", "trimester", "half", "roman", "year", "final", "exam")
    return (0, kinds.index(period.kind), period.number, label) if period else (1, 0, 0, label)


def _likely(labels: Sequence[str], day: date | None) -> int:
    """The period that ended last before the ВПР; where that is not among them, the last that is not the year's."""
    before = _periods_before(day) if day else ()
    for wanted in before:
        found = [at for at, label in enumerate(labels) if period_of(label) == wanted]
        if found:
            return found[0]
    numbered = [at for at, label in enumerate(labels) if (one := period_of(label)) and one.number]
    return numbered[-1] if numbered else 0


def _periods_before(day: date) -> tuple[Period, ...]:
    """Periods that are usually over on a day: quarters end in October, December, March and May."""
    month = (day.month - _PEDAGOGICAL_YEAR_STARTS) % 12
    quarter = 1 if month < 4 else 2 if month < 7 else 3 if month < 9 else 4
    trimester = 1 if month < 6 else 2 if month < 9 else 3
    half = 1 if month < 9 else 2
    return Period("quarter", quarter), Period("trimester", trimester), Period("half", half), Period("roman", quarter)


def lasting(choice: Choice, read: ExportRead) -> Choice:
    """Return what of a choice holds for the next file with such a header: columns, periods, not this file's class."""
    columns = {
        role: said
        for role, said in choice.columns.items()
        if role not in {Role.CLASS, Role.SUBJECT} or _is_column(said, read.headers)
    }
    return Choice(columns, choice.subjects)
