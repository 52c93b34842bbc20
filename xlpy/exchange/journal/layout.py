"""Which column of a header holds what: found by itself where that is certain, else a question to people."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from xlpy.exchange.journal.captions import Role, is_extra, is_mark_caption, period_of
from xlpy.exchange.journal.choice import Choice
from xlpy.exchange.journal.headers import Head, Header, roles_of, subject_of
from xlpy.exchange.journal.marks import MarkKind, mark_of
from xlpy.exchange.journal.subjects import Subjects
from xlpy.tables.convert import as_text, is_empty
from xlpy.tables.normalise import clean_text, fold
from xlpy.tables.raw import PlainSheet, Value

_LOOKED_AT = 400
_WORD = re.compile(r"[^\W\d_]{3}")


@dataclass(frozen=True, slots=True)
class Question:
    """What people are asked: one of `options` for a role; `default` is the index offered, None where none is."""

    role: Role
    options: tuple[str, ...]
    counts: tuple[int, ...] = ()
    default: int | None = None


@dataclass(frozen=True, slots=True)
class MarkColumn:
    """A column of marks: its subject as written and its period as shown, "" where another place tells them."""

    at: int
    caption: str
    subject: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands in a table; columns 0-based, None where another place tells it."""

    pupil: tuple[int, ...]
    code: int | None
    school_class: int | None
    letter: int | None
    subject: int | None
    period: int | None
    marks: tuple[MarkColumn, ...]

    @property
    def is_wide(self) -> bool:
        """Whether subjects stand in the captions."""
        return any(mark.subject for mark in self.marks)


def lay_out(
    sheet: PlainSheet, header: Header, choice: Choice, subjects: Subjects, codes: Collection[str]
) -> Layout | Question:
    """Return the layout of a table, or what must be asked before it is known."""
    body = sheet.values[header.below : header.below + _LOOKED_AT]
    found = roles_of(header)
    chosen = {role: header.called(said) for role, said in choice.columns.items() if role is not Role.MARK}
    columns: dict[Role, int | None] = {}
    if Role.LETTER in found and Role.CLASS not in found:
        found = {**found, Role.CLASS: found.get(Role.GRADE, ())}
    for role in (Role.CODE, Role.CLASS, Role.LETTER, Role.SUBJECT, Role.PERIOD):
        heads = chosen.get(role) or found.get(role, ())
        if role is Role.CODE and not chosen.get(role):
            heads = tuple(head for head in heads if _holds_codes(body, head.at, codes))
        if len(heads) > 1 and role is not Role.CODE:
            return _asked(role, heads)
        columns[role] = heads[0].at if heads else None
    pupil = _pupil(header, choice, found, has_codes=columns[Role.CODE] is not None)
    if isinstance(pupil, Question):
        return pupil
    taken = {*pupil, *(at for at in columns.values() if at is not None)}
    marks = _marks(header, body, choice, subjects, taken, has_subject=columns[Role.SUBJECT] is not None)
    if isinstance(marks, Question):
        return marks
    return Layout(
        pupil,
        columns[Role.CODE],
        columns[Role.CLASS],
        columns[Role.LETTER],
        columns[Role.SUBJECT],
        columns[Role.PERIOD],
        marks,
    )


def _asked(role: Role, heads: Sequence[Head]) -> Question:
    return Question(role, tuple(head.caption for head in heads), default=0 if heads else None)


def _holds_codes(body: Sequence[Sequence[Value]], at: int, codes: Collection[str]) -> bool:
    """Whether most of what stands in a column are codes of the book: journals have codes of their own as well."""
    written = [clean_text(as_text(line[at])) for line in body if at < len(line) and not is_empty(line[at])]
    return bool(written) and 2 * sum(text in codes for text in written) > len(written)


def _pupil(
    header: Header, choice: Choice, roles: Mapping[Role, tuple[Head, ...]], *, has_codes: bool
) -> tuple[int, ...] | Question:
    """The columns that make a name together, in the order of its words."""
    said = choice.columns.get(Role.PUPIL)
    parts = {
        role: (header.called(choice.columns[role]) if role in choice.columns else ()) or roles.get(role, ())
        for role in (Role.SURNAME, Role.GIVEN, Role.PATRONYMIC)
    }
    whole = header.called(said) if said else ()
    if not whole and said is None and Role.SURNAME not in choice.columns:
        whole = roles.get(Role.PUPIL, ())
    if len(whole) > 1:
        return _asked(Role.PUPIL, whole)
    if whole and whole[0] not in parts[Role.SURNAME]:
        return (whole[0].at,)
    for heads in parts.values():
        if len(heads) > 1:
            return _asked(Role.PUPIL, heads)
    if parts[Role.SURNAME]:
        return tuple(heads[0].at for heads in parts.values() if heads)
    return () if has_codes else _asked(Role.PUPIL, header.heads)


def _marks(
    header: Header,
    body: Sequence[Sequence[Value]],
    choice: Choice,
    subjects: Subjects,
    taken: Collection[int],
    *,
    has_subject: bool,
) -> tuple[MarkColumn, ...] | Question:
    free = [head for head in header.heads if head.at not in taken]
    said = choice.columns.get(Role.MARK)
    called = {head.at for head in header.called(said)} - {*taken} if said else set()
    across = [] if has_subject else [head for head in free if subject_of(head, subjects)]
    if across:
        marks = [_mark_column(head, subject_of(head, subjects)) for head in across if not _is_beside(head)]
        others = [head for head in free if head not in across and _looks_like_a_subject(head, body)]
        marks += [_mark_column(head, head.own) for head in others]
    else:
        marks = [_mark_column(head, "") for head in free if _is_mark(head)]
        marks += [_mark_column(head, "") for head in free if head.at in called and not _is_mark(head)]
        # A column of averages gives way to one of marks.
        readable = [mark for mark in marks if _readable(body, mark.at)]
        marks = readable or marks
    if called & {mark.at for mark in marks}:
        return tuple(mark for mark in marks if mark.at in called)
    if marks:
        return tuple(marks)
    likely = [head for head in free if _readable(body, head.at) and not any(map(is_extra, head.captions))]
    return Question(
        Role.MARK,
        tuple(head.caption for head in likely or free),
        tuple(_readable(body, head.at) for head in likely or free),
        default=0 if likely else None,
    )


def _looks_like_a_subject(head: Head, body: Sequence[Sequence[Value]]) -> bool:
    """Whether a column beside those of subjects is one more of them: a word over marks and little else."""
    if _is_beside(head) or _is_mark(head) or not _WORD.search(fold(head.own)):
        return False
    filled = sum(head.at < len(line) and mark_of(line[head.at]).kind is not MarkKind.EMPTY for line in body)
    return 2 * _readable(body, head.at) > filled


def _is_mark(head: Head) -> bool:
    return not _is_beside(head) and any(map(is_mark_caption, head.captions))


def _is_beside(head: Head) -> bool:
    """Whether the column is of averages or counts: its own caption says so, or the one above it."""
    return any(is_extra(text) for text in head.captions)


def _mark_column(head: Head, subject: str) -> MarkColumn:
    rest = [text for text in head.captions if text != subject]
    period = next((period for text in rest if (period := period_of(text))), None)
    return MarkColumn(head.at, next(iter(rest), ""), subject, period.shown if period else "")


def _readable(body: Sequence[Sequence[Value]], at: int) -> int:
    return sum(at < len(line) and mark_of(line[at]).kind is MarkKind.MARK for line in body)


def is_same_period(one: str, other: str) -> bool:
    """Whether two names of a period, or of a column of marks, mean the same."""
    periods = period_of(one), period_of(other)
    return fold(one) == fold(other) or (periods[0] is not None and periods[0] == periods[1])
