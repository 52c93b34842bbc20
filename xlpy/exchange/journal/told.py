"""Readings that can be judged: of a class and a subject of the book's works. The rest is said once, with counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from xlpy.exchange.journal.known import Known
from xlpy.exchange.journal.marks import MarkKind, ReadMark, mark_of
from xlpy.exchange.journal.notes import JournalCode, JournalNote
from xlpy.exchange.journal.readings import Reading
from xlpy.exchange.journal.subjects import Subjects, meanings
from xlpy.tables.convert import as_text
from xlpy.tables.normalise import class_order, clean_text, fold

Work = tuple[str, str]
_LISTED = 12


@dataclass(frozen=True, slots=True)
class Told:
    """A reading whose class and subject are the book's, with what its cell means."""

    reading: Reading
    subject: str
    mark: ReadMark

    @property
    def work(self) -> Work:
        """Class and subject."""
        return self.reading.school_class, self.subject


def tell(
    readings: Iterable[Reading], works: Collection[Work], known: Known, subjects: Subjects
) -> tuple[list[Told], list[JournalNote]]:
    """Return the readings that can be judged, and notes about those that cannot."""
    placed = [_with_class(reading, known) for reading in readings]
    clear, unclear = meanings({(one.school_class, one.subject) for one in placed if one.subject}, subjects)
    told: list[Told] = []
    left: dict[JournalCode, list[Reading]] = defaultdict(list)
    for reading in placed:
        mark = mark_of(reading.written)
        key = reading.school_class, fold(reading.subject)
        why = _why_not(reading, key, clear, unclear, known)
        if why is not None:
            if mark.kind is MarkKind.MARK:
                left[why].append(reading)
        elif (key[0], clear[key]) in works:
            told.append(Told(reading, clear[key], mark))
    return told, [*_left_notes(left, clear, subjects), *_unread(told)]


def _with_class(reading: Reading, known: Known) -> Reading:
    """The reading with the class of its code, where the file has codes and tells no class."""
    if reading.school_class or reading.code not in known.pupils:
        return reading
    return replace(reading, school_class=known.pupils[reading.code].school_class)


def _why_not(
    reading: Reading, key: Work, clear: Collection[Work], unclear: Collection[Work], known: Known
) -> JournalCode | None:
    if not (reading.pupil or reading.code):
        return JournalCode.NO_PUPIL
    if not reading.subject:
        return JournalCode.NO_SUBJECT
    if not reading.school_class:
        return JournalCode.CODE_UNKNOWN if reading.code else JournalCode.NO_CLASS
    if reading.school_class not in known.classes:
        return JournalCode.CLASS_UNKNOWN
    if key in unclear:
        return JournalCode.SUBJECT_UNCLEAR
    return None if key in clear else JournalCode.SUBJECT_UNKNOWN


def _left_notes(
    left: dict[JournalCode, list[Reading]], clear: Collection[Work], subjects: Subjects
) -> Iterable[JournalNote]:
    del clear
    for code, readings in left.items():
        if code is JournalCode.CLASS_UNKNOWN:
            classes = sorted({reading.school_class for reading in readings}, key=class_order)
            yield JournalNote(code, params={"classes": _listed(classes), "count": len(readings)})
        elif code is JournalCode.SUBJECT_UNKNOWN:
            yield JournalNote(code, params={"subjects": _listed(_counted(readings)), "count": len(readings)})
        else:
            yield from _grouped(code, readings, subjects)


def _counted(readings: Sequence[Reading]) -> list[str]:
    counts: dict[str, tuple[str, int]] = {}
    for reading in readings:
        shown, count = counts.get(fold(reading.subject), (clean_text(reading.subject), 0))
        counts[fold(reading.subject)] = min(shown, clean_text(reading.subject)), count + 1
    return [f"{shown} ({count})" for shown, count in sorted(counts.values())]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:_LISTED]) + (f" … ({len(names)})" if len(names) > _LISTED else "")


def _grouped(code: JournalCode, readings: Sequence[Reading], subjects: Subjects) -> Iterable[JournalNote]:
    groups: dict[tuple[str, str, str, str], list[Reading]] = defaultdict(list)
    for reading in readings:
        is_of_subject = code is JournalCode.SUBJECT_UNCLEAR
        subject = fold(reading.subject) if is_of_subject else ""
        said = reading.code if code is JournalCode.CODE_UNKNOWN else ""
        groups[reading.sheet, reading.school_class if is_of_subject else "", subject, said].append(reading)
    for (sheet, school_class, _, said), group in groups.items():
        params = {
            "school_class": school_class,
            "subject": clean_text(group[0].subject),
            "own": subjects.of(group[0].subject) or "",
            "code": said,
            "count": len(group),
        }
        yield JournalNote(code, sheet, tuple(sorted(one.cell for one in group)), params)


def _unread(told: Iterable[Told]) -> Iterable[JournalNote]:
    """Cells that hold no mark: one note for all of a kind in a work, for an average stands in every row."""
    groups: dict[tuple[JournalCode, str, Work], list[Told]] = defaultdict(list)
    for one in told:
        code = _unread_code(one)
        if code is not None:
            groups[code, one.reading.sheet, one.work].append(one)
    for (code, sheet, (school_class, subject)), group in groups.items():
        first = min(group, key=lambda one: (len(one.reading.cell), one.reading.cell))
        params = {
            "school_class": school_class,
            "subject": subject,
            "written": first.reading.error or clean_text(as_text(first.reading.written))[:40],
            "count": len(group),
        }
        cells = sorted((one.reading.cell for one in group), key=lambda cell: (len(cell), cell))
        yield JournalNote(code, sheet, tuple(cells), params)


def _unread_code(one: Told) -> JournalCode | None:
    if one.reading.error:
        return JournalCode.ERROR_CELL
    if one.reading.is_uncalculated:
        return JournalCode.UNCALCULATED
    return {MarkKind.AVERAGE: JournalCode.AVERAGE, MarkKind.OTHER: JournalCode.NOT_A_MARK}.get(one.mark.kind)
