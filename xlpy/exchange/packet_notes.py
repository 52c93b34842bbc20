"""What is found in a form that came back: a code, how much it matters, the form's cell. Words live in words.packet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from xlpy.checks.findings import Severity
from xlpy.exchange.packet_form import FormCell
from xlpy.words import packet as words


class PacketCode(Enum):
    """What may be found; an error keeps the whole file out."""

    OTHER_SCHOOL = "other school"
    OTHER_YEAR = "other year"
    UNKNOWN_WORK = "unknown work"
    TASK_MISSING = "task missing"
    TASK_TWICE = "task twice"
    EXTRA_COLUMN = "extra column"
    UNKNOWN_CODE = "unknown code"
    UNKNOWN_CODE_EMPTY = "unknown code empty"
    NO_CODE = "no code"
    CODE_TWICE = "code twice"
    DOUBLE_IN_BOOK = "double in book"
    OVER_MAXIMUM = "over maximum"
    NOT_POINTS = "not points"
    NOT_TAUGHT = "not taught"
    ERROR_CELL = "error cell"
    UNCALCULATED = "uncalculated"
    NOT_VARIANT = "not variant"
    MARKED_ABSENT = "marked absent"
    ABSENT_IN_BOOK = "absent in book"
    PAPER_MISSING = "paper missing"
    ROW_MISSING = "row missing"
    UNFINISHED = "unfinished"
    ROWS_CHANGED = "rows changed"
    NOTHING_TYPED = "nothing typed"
    RESPELLED = "respelled"
    KEPT = "kept"
    REPLACED = "replaced"


NOTICES = frozenset({PacketCode.RESPELLED, PacketCode.REPLACED})
WARNINGS = frozenset(
    {
        PacketCode.EXTRA_COLUMN,
        PacketCode.UNKNOWN_CODE_EMPTY,
        PacketCode.NOT_VARIANT,
        PacketCode.MARKED_ABSENT,
        PacketCode.ABSENT_IN_BOOK,
        PacketCode.PAPER_MISSING,
        PacketCode.ROW_MISSING,
        PacketCode.UNFINISHED,
        PacketCode.ROWS_CHANGED,
        PacketCode.NOTHING_TYPED,
        PacketCode.KEPT,
    }
)


@dataclass(frozen=True, slots=True)
class PacketNote:
    """One thing found: `sheet` and `cell` are of the form, `params` are of its sentence."""

    code: PacketCode
    sheet: str
    cell: str
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """How much it matters."""
        if self.code in NOTICES:
            return Severity.NOTICE
        return Severity.WARNING if self.code in WARNINGS else Severity.ERROR


def at_work(code: PacketCode, cell: FormCell, /, **params: object) -> PacketNote:
    """A note at a cell of the sheet with the papers."""
    return PacketNote(code, words.WORK_SHEET, cell.cell, params)


def note_dict(note: PacketNote) -> dict[str, str]:
    """A note as the command line prints it in JSON."""
    wrong, mend = (text.format(**note.params) for text in words.FOUND[note.code.value])
    return {
        "code": note.code.value,
        "severity": note.severity.value,
        "sheet": note.sheet,
        "cell": note.cell,
        "message": wrong,
        "hint": mend,
    }


def has_errors(notes: tuple[PacketNote, ...]) -> bool:
    """Whether something keeps the file out."""
    return any(note.severity is Severity.ERROR for note in notes)
