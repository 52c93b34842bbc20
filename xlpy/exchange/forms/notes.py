"""What is found in forms that came back: a code, how much it matters, the file and its cell.

What the workbook's rules find as well carries their code; words of the others live in words.form_notes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from xlpy.checks.findings import Severity, severity_word
from xlpy.tables.raw import CellMark
from xlpy.words.checks import SENTENCES
from xlpy.words.form_notes import FOUND


class FormCode(Enum):
    """What may be found in a form; the codes of «Результаты» mean there what they mean here."""

    OVER_MAXIMUM = "RES-05"
    NOT_POINTS = "RES-06"
    NOT_WHOLE = "RES-07"
    UNFINISHED = "RES-08"
    POINTS_OF_ABSENT = "RES-09"
    RESPELLED = "RES-15"
    NOT_TAUGHT = "RES-17"
    ERROR_CELL = "GEN-06"
    # The file.
    UNREADABLE = "FRM-01"
    NOT_A_FORM = "FRM-02"
    OTHER_SCHOOL = "FRM-03"
    OTHER_YEAR = "FRM-04"
    NEWER_FORMAT = "FRM-05"
    UNKNOWN_WORK = "FRM-06"
    NO_IDENTITY = "FRM-07"
    OPEN_ELSEWHERE = "FRM-08"
    SAID_TWICE = "FRM-09"
    # Its columns.
    LOST_COLUMN = "FRM-10"
    MISSING_TASK = "FRM-11"
    TASK_TWICE = "FRM-12"
    RECOVERED_COLUMN = "FRM-13"
    STRAY_CELL = "FRM-14"
    # Its rows.
    UNKNOWN_CODE = "FRM-20"
    NO_CODE = "FRM-21"
    CODE_TWICE = "FRM-22"
    CODES_APART = "FRM-23"
    RECOVERED_CODE = "FRM-24"
    MISSING_PAPER = "FRM-25"
    DOUBLE_IN_BOOK = "FRM-26"
    # Its cells.
    MERGED = "FRM-30"
    UNCALCULATED = "FRM-31"
    NOT_VARIANT = "FRM-32"
    # What it means for the workbook.
    DIFFERS = "FRM-40"
    FORMS_DIFFER = "FRM-41"
    CHECKERS_DIFFER = "FRM-42"
    FORMER_CHECKER = "FRM-43"
    OLD_VERSION = "FRM-44"
    EMPTIED = "FRM-45"
    NO_TASKS = "FRM-46"
    MISSING_FORM = "FRM-50"
    NOT_READY = "FRM-51"
    READY_UNFINISHED = "FRM-52"
    SECOND_WAITS = "FRM-53"


NOTICES = frozenset(
    {
        FormCode.RESPELLED,
        FormCode.NOT_A_FORM,
        FormCode.OPEN_ELSEWHERE,
        FormCode.RECOVERED_COLUMN,
        FormCode.RECOVERED_CODE,
        FormCode.OLD_VERSION,
        FormCode.NOT_READY,
        FormCode.SECOND_WAITS,
    }
)
WARNINGS = frozenset(
    {
        FormCode.UNFINISHED,
        FormCode.SAID_TWICE,
        FormCode.STRAY_CELL,
        FormCode.MISSING_PAPER,
        FormCode.DIFFERS,
        FormCode.FORMS_DIFFER,
        FormCode.CHECKERS_DIFFER,
        FormCode.FORMER_CHECKER,
        FormCode.EMPTIED,
        FormCode.MISSING_FORM,
        FormCode.READY_UNFINISHED,
    }
)


@dataclass(frozen=True, slots=True)
class FormNote:
    """One thing found: `file` as people see it, `sheet` and `cell` within it ("" for the file as a whole)."""

    code: FormCode
    file: str
    sheet: str = ""
    cell: str = ""
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """How much it matters."""
        if self.code in NOTICES:
            return Severity.NOTICE
        return Severity.WARNING if self.code in WARNINGS else Severity.ERROR

    @property
    def place(self) -> str:
        """Sheet and cell within the file."""
        return f"{self.sheet}!{self.cell}" if self.sheet and self.cell else self.sheet or self.cell


def words_of(note: FormNote) -> tuple[str, str]:
    """What is wrong, and what to do."""
    said = SENTENCES.get(note.code.value) or FOUND[note.code.value]
    return said.wrong.format(**note.params), said.mend.format(**note.params)


def mark_of(note: FormNote) -> CellMark:
    """The note as sheet «Замечания» shows it."""
    wrong, mend = words_of(note)
    return CellMark(severity_word(note.severity), note.code.value, note.file, note.place, wrong, mend)


def note_dict(note: FormNote) -> dict[str, str]:
    """The note as the command line prints it in JSON."""
    wrong, mend = words_of(note)
    return {
        "rule": note.code.value,
        "severity": note.severity.value,
        "file": note.file,
        "sheet": note.sheet,
        "cell": note.cell,
        "message": wrong,
        "hint": mend,
    }
