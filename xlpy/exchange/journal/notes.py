"""What is found in an e-journal's export: a code, how much it matters, the file's cells. Words live in words.journal.

Parameters may hold names of pupils: they are for the screen of the coordinator and reach no file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from xlpy.checks.findings import Severity
from xlpy.words import journal as words

_SHOWN_CELLS = 3


class JournalCode(Enum):
    """What may be found."""

    PUPIL_UNKNOWN = "pupil unknown"
    PUPIL_UNCLEAR = "pupil unclear"
    PUPIL_TWICE = "pupil twice"
    NAMES_APART = "names apart"
    CLASS_APART = "class apart"
    CODE_UNKNOWN = "code unknown"
    NO_NAMES = "no names"
    CLASS_UNKNOWN = "class unknown"
    NO_CLASS = "no class"
    NO_SUBJECT = "no subject"
    NO_PUPIL = "no pupil"
    SUBJECT_UNKNOWN = "subject unknown"
    SUBJECT_UNCLEAR = "subject unclear"
    NOT_A_MARK = "not a mark"
    AVERAGE = "average"
    UNCALCULATED = "uncalculated"
    ERROR_CELL = "error cell"
    SAID_TWICE = "said twice"
    DOUBLE_IN_BOOK = "double in book"
    KEPT = "kept"
    REPLACED = "replaced"
    FORMULA = "formula"
    NO_TABLE = "no table"


NOTICES = frozenset(
    {
        JournalCode.CLASS_UNKNOWN,
        JournalCode.SUBJECT_UNKNOWN,
        JournalCode.REPLACED,
        JournalCode.NO_TABLE,
    }
)


@dataclass(frozen=True, slots=True)
class JournalNote:
    """One thing found, wherever it stands: `cells` of a sheet of the file."""

    code: JournalCode
    sheet: str = ""
    cells: tuple[str, ...] = ()
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """How much it matters: everything not taken that may be a ВПР mark is a warning."""
        return Severity.NOTICE if self.code in NOTICES else Severity.WARNING

    @property
    def place(self) -> str:
        """Sheet and the first cells."""
        shown = ", ".join(self.cells[:_SHOWN_CELLS])
        if len(self.cells) > _SHOWN_CELLS:
            shown = words.CELLS_MORE.format(cells=shown, count=len(self.cells) - _SHOWN_CELLS)
        return f"{self.sheet}!{shown}" if self.sheet and shown else self.sheet or shown


def note_dict(note: JournalNote) -> dict[str, object]:
    """A note as the command line prints it in JSON."""
    wrong, mend = (text.format(**note.params) for text in words.FOUND[note.code.value])
    return {
        "code": note.code.value,
        "severity": note.severity.value,
        "sheet": note.sheet,
        "cells": list(note.cells),
        "message": wrong,
        "hint": mend,
    }


def needs_a_look(notes: Sequence[JournalNote]) -> bool:
    """Whether something was left that a person should look at."""
    return any(note.severity is Severity.WARNING for note in notes)
