"""A form in which people type points by code: codes × tasks, with a page that says whose it is and what to do.

What is written (`packet_write`) and what is read back (`packet_read`) both stand on these. Knows no school.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from xlpy.tables import schema
from xlpy.tables.addresses import address
from xlpy.tables.raw import Value
from xlpy.words import packet as words

_DIGEST_LENGTH = 12
_DIGEST_GROUP = 4


@dataclass(frozen=True, slots=True)
class FormTask:
    """A task of the form: its number (column of «Результаты»), its real label, its maximum."""

    number: int
    label: str
    maximum: int

    @property
    def key(self) -> str:
        """Its column of «Результаты»."""
        return schema.TASK_KEYS[self.number - 1]


@dataclass(frozen=True, slots=True)
class FormRow:
    """A paper of the form: its code and the variant, "" where that is not known yet."""

    code: str
    variant: str


@dataclass(frozen=True, slots=True)
class Form:
    """A form to write. `about` holds texts by key of `words.packet.ABOUT`; `checked_by` is left for the checkers."""

    title: str
    tasks: tuple[FormTask, ...]
    rows: tuple[FormRow, ...]
    about: Mapping[str, str]
    takes_not_taught: bool


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell of a form that came back: where it is, what stands there, whether a formula or an error does."""

    row: int
    column: int
    written: Value = None
    is_formula: bool = False
    error: str = ""

    @property
    def cell(self) -> str:
        """A1 address."""
        return address(self.row, self.column)


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row of a form that came back, with its task cells in the order of the header."""

    code: FormCell
    variant: FormCell | None
    points: tuple[FormCell, ...]


@dataclass(frozen=True, slots=True)
class ReadForm:
    """A form that came back, nothing judged. `about` by key; `header` are the cells over the task columns."""

    about: Mapping[str, FormCell]
    corner: FormCell
    header: tuple[FormCell, ...]
    rows: tuple[ReadRow, ...]


def task_captions(tasks: Sequence[FormTask]) -> tuple[str, ...]:
    """«4К1 · 3» for each task, no two the same: columns are found by these."""
    count = Counter((task.label, task.maximum) for task in tasks)
    return tuple(
        (words.TASK_TWICE if count[task.label, task.maximum] > 1 else words.TASK).format(
            label=task.label, maximum=task.maximum, number=task.number
        )
        for task in tasks
    )


def digest_of(codes: Iterable[str]) -> str:
    """Short digest of a list of codes in any order, in groups: no program takes it for a number."""
    digits = sha256("\n".join(sorted(codes)).encode()).hexdigest()[:_DIGEST_LENGTH]
    return "-".join(digits[at : at + _DIGEST_GROUP] for at in range(0, _DIGEST_LENGTH, _DIGEST_GROUP))


def marks_hint(*, takes_not_taught: bool) -> str:
    """Which marks stand for points in this form."""
    return words.MARKS_NOT_TAUGHT if takes_not_taught else words.MARKS
