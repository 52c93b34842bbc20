"""What an e-journal's export changes in «Результаты»: readings held against the book's rows. Writes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from xlpy.exchange.journal.known import Known
from xlpy.exchange.journal.marks import MarkKind
from xlpy.exchange.journal.notes import JournalCode, JournalNote
from xlpy.exchange.journal.people import People, find_people, written_of
from xlpy.exchange.journal.readings import Reading
from xlpy.exchange.journal.rows import KEY, BookRow
from xlpy.exchange.journal.subjects import Subjects
from xlpy.exchange.journal.told import Told, Work, tell
from xlpy.tables.convert import as_text
from xlpy.tables.normalise import class_order, clean_text
from xlpy.tables.raw import Value

Paper = tuple[str, str]
Rows = Mapping[Paper, Sequence[BookRow]]


class Existing(Enum):
    """What becomes of a mark in the book that differs from the file's."""

    KEEP = "keep"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class WorkCount:
    """How the file compares with the rows of one work; `without` are codes for which it has no mark."""

    new: int
    changed: int
    same: int
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JournalPlan:
    """What to write by Excel row and key, how each work compares, and what was found.

    `replaced`: how many of the edits take the place of another mark.
    """

    edits: Mapping[tuple[int, str], Value] = field(default_factory=dict)
    counts: Mapping[Work, WorkCount] = field(default_factory=dict)
    notes: tuple[JournalNote, ...] = ()
    replaced: int = 0

    @property
    def new(self) -> int:
        """Marks that the book has not."""
        return sum(count.new for count in self.counts.values())

    @property
    def changed(self) -> int:
        """Marks that differ from the book's, written or kept."""
        return sum(count.changed for count in self.counts.values())

    @property
    def same(self) -> int:
        """Marks that the book has already."""
        return sum(count.same for count in self.counts.values())


class _Way(Enum):
    NEW = "new"
    SAME = "same"
    CHANGED = "changed"


def make_plan(
    readings: Iterable[Reading], rows: Rows, known: Known, subjects: Subjects, existing: Existing
) -> JournalPlan:
    """Return the plan; the order of readings does not matter. `rows` are those of «Результаты» by code and subject."""
    works = {(row.school_class, row.subject) for same in rows.values() for row in same}
    told, notes = tell(readings, works, known, subjects)
    people = find_people((one.reading for one in told if one.mark.kind is not MarkKind.EMPTY), known)
    said, found = _said(told, people, known)
    edits: dict[tuple[int, str], Value] = {}
    ways: dict[Paper, _Way] = {}
    replaced = 0
    for paper, one in sorted(said.items()):
        same = rows.get(paper, ())
        if len(same) > 1:
            params = {"code": paper[0], "subject": paper[1], "own": ", ".join(row.cell for row in same)}
            found.append(JournalNote(JournalCode.DOUBLE_IN_BOOK, one.reading.sheet, (one.reading.cell,), params))
        if len(same) != 1:
            continue
        ways[paper], note = _compared(same[0], one, known, existing)
        if note is not None:
            found.append(note)
        if ways[paper] is _Way.NEW or (note is not None and note.code is JournalCode.REPLACED):
            edits[same[0].row, KEY] = one.mark.mark
            replaced += ways[paper] is _Way.CHANGED
    counts = _counts(told, rows, ways)
    return JournalPlan(edits, counts, tuple(sorted((*notes, *people.notes, *found), key=_order)), replaced)


def _order(note: JournalNote) -> tuple[object, ...]:
    params = note.params
    of_whom = (
        class_order(str(params.get("school_class", ""))),
        str(params.get("subject", "")),
        str(params.get("pupil", "")),
    )
    rest = sorted((key, str(one)) for key, one in params.items())
    return note.severity.value == "notice", [*JournalCode].index(note.code), of_whom, rest, note.sheet, note.cells


def _said(told: Iterable[Told], people: People, known: Known) -> tuple[dict[Paper, Told], list[JournalNote]]:
    """The one mark the file has for each pupil and subject; where it has two, neither."""
    by_paper: dict[Paper, list[Told]] = defaultdict(list)
    for one in told:
        pupil = people.found.get(written_of(one.reading))
        if pupil is not None:
            by_paper[pupil.code, one.subject].append(one)
    said: dict[Paper, Told] = {}
    notes: list[JournalNote] = []
    for paper, all_said in by_paper.items():
        marks = [one for one in all_said if one.mark.kind is MarkKind.MARK]
        # An empty cell beside a mark is another group's list, unless the name may be two pupils'.
        weighed = marks if all(written_of(one.reading) in people.exact for one in all_said) else all_said
        weighed = [*weighed, *(one for one in all_said if one.mark.kind in {MarkKind.OTHER, MarkKind.AVERAGE})]
        if marks and len({_value(one) for one in weighed}) == 1:
            said[paper] = min(marks, key=lambda one: (one.reading.sheet, len(one.reading.cell), one.reading.cell))
        elif marks:
            notes.append(_torn(paper, all_said, known))
    return said, notes


def _value(one: Told) -> str:
    return as_text(one.mark.mark) if one.mark.kind is not MarkKind.OTHER else clean_text(as_text(one.reading.written))


def _torn(paper: Paper, all_said: Sequence[Told], known: Known) -> JournalNote:
    places = sorted(
        {(one.reading.sheet, one.reading.cell) for one in all_said}, key=lambda at: (at[0], len(at[1]), at[1])
    )
    values = sorted({clean_text(as_text(one.reading.written)) or "\u2014" for one in all_said})
    pupil = known.pupils[paper[0]]
    params = {
        "school_class": pupil.school_class,
        "subject": paper[1],
        "pupil": pupil.shown or pupil.code,
        "values": ", ".join(values),
    }
    first = places[0][0]
    cells = tuple(cell if sheet == first else f"{sheet}!{cell}" for sheet, cell in places)
    return JournalNote(JournalCode.SAID_TWICE, first, cells, params)


def _compared(row: BookRow, one: Told, known: Known, existing: Existing) -> tuple[_Way, JournalNote | None]:
    """How a mark of the file stands to the book's, and what must be said of it."""
    if row.held == one.mark.mark:
        return _Way.SAME, None
    if row.held is None and not row.is_formula:
        return _Way.NEW, None
    pupil = known.pupils[row.code]
    code = JournalCode.REPLACED if existing is Existing.REPLACE else JournalCode.KEPT
    params = {
        "school_class": row.school_class,
        "subject": row.subject,
        "pupil": pupil.shown or pupil.code,
        "held": row.shown,
        "own": row.cell,
        "said": one.mark.mark,
    }
    place = one.reading.sheet, (one.reading.cell,)
    return _Way.CHANGED, JournalNote(JournalCode.FORMULA if row.is_formula else code, *place, params)


def _counts(told: Iterable[Told], rows: Rows, ways: Mapping[Paper, _Way]) -> dict[Work, WorkCount]:
    """The works the file speaks of, in the order of classes."""
    spoken = {one.work for one in told}
    codes: dict[Work, list[str]] = defaultdict(list)
    for (code, subject), same in rows.items():
        if (same[0].school_class, subject) in spoken:
            codes[same[0].school_class, subject].append(code)
    return {
        work: _count(work, codes[work], ways) for work in sorted(spoken, key=lambda one: (class_order(one[0]), one[1]))
    }


def _count(work: Work, codes: Sequence[str], ways: Mapping[Paper, _Way]) -> WorkCount:
    went = [ways.get((code, work[1])) for code in codes]
    without = sorted(code for code in codes if (code, work[1]) not in ways)
    return WorkCount(went.count(_Way.NEW), went.count(_Way.CHANGED), went.count(_Way.SAME), tuple(without))
