"""A difference between a form and the workbook, or between two forms: both values, who, when, and what may be chosen.

Numbers on a list follow class, subject, code and task, so that the same state has the same numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256

from xlpy.errors import InputError
from xlpy.exchange.forms.bookrows import KEYS, Work
from xlpy.exchange.forms.form import Turn
from xlpy.exchange.forms.notes import FormCode
from xlpy.exchange.forms.voice import Heard, PackForm
from xlpy.tables.normalise import class_order
from xlpy.tables.raw import Value

_COLUMNS = {key: at for at, key in enumerate(KEYS)}
_RANGE = re.compile(r"^(\d{1,6})(?:\s*[-\u2013\u2014]\s*(\d{1,6}))?$")


class Take(Enum):
    """What may be chosen where a form and the workbook differ."""

    FORM = "form"
    WORKBOOK = "workbook"
    NEWER = "newer"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of «Результаты» in question: what the form says and what the workbook holds; None is an empty cell."""

    row: int
    code: str
    key: str
    form: Value
    book: Value


@dataclass(frozen=True, slots=True)
class Difference:
    """Cells that are decided together, the one that is shown first. `at` is the cell of `form` that says so.

    `newer`: whose state is certainly the later one, None where that cannot be told. `said`: for forms that differ
    among themselves, what each says, the later one last where all times are known.
    """

    kind: FormCode
    work: Work
    turn: Turn
    cells: tuple[Cell, ...]
    form: PackForm
    at: str
    newer: Take | None = None
    said: tuple[Heard, ...] = ()

    @property
    def is_of_form(self) -> bool:
        """Whether it is about a whole form, not one paper."""
        return self.kind is FormCode.FORMER_CHECKER or len({cell.code for cell in self.cells}) > 1

    @property
    def order(self) -> tuple[object, ...]:
        """Where it stands on the list."""
        code, column = ("", -1) if self.is_of_form else (self.cells[0].code, _COLUMNS[self.cells[0].key])
        return (*class_order(self.work[0]), self.work[1], code, column, self.kind.value, self.form.checker)

    @property
    def token(self) -> str:
        """By which the very same difference is known again."""
        return token_of(
            self.kind.value,
            *self.work,
            self.turn.value,
            self.form.checker if self.kind is FormCode.FORMER_CHECKER else "",
            *sorted(repr(one.meant) for one in self.said),
            *(repr((cell.code, cell.key, None if self.said else cell.form, cell.book)) for cell in self.cells),
        )

    @property
    def forms_token(self) -> str:
        """By which forms that differ among themselves are known again, whatever the workbook holds."""
        first = self.cells[0]
        return forms_token(self.work, self.turn, (first.code, first.key), self.said)


def token_of(*said: str) -> str:
    """Short digest of what makes a difference this one."""
    return sha256("\n".join(said).encode()).hexdigest()[:16]


def forms_token(work: Work, turn: Turn, place: tuple[str, str], said: Iterable[Heard]) -> str:
    """The token of forms that say these things in one place."""
    return token_of("forms", *work, turn.value, *place, *sorted(repr(one.meant) for one in said))


def numbered(differences: Iterable[Difference]) -> dict[int, Difference]:
    """Return the differences by the numbers under which they are listed."""
    return dict(enumerate(sorted(differences, key=lambda one: one.order), start=1))


def chosen_numbers(said: str, count: int) -> frozenset[int]:
    """Return the numbers of «1,3,5-8», all of them on a list of `count`. Raises InputError."""
    found: set[int] = set()
    for part in said.split(","):
        match = _RANGE.match(part.strip())
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last <= count:
            raise InputError("collect_numbers" if count else "collect_nothing_to_take", said=said, count=count)
        found.update(range(first, last + 1))
    return frozenset(found)


def side_of(difference: Difference, take: Take | None) -> Take | None:
    """Return FORM or WORKBOOK as a choice settles a difference; None where it does not.

    Of two forms that say different things «form» names none.
    """
    if take is Take.NEWER:
        return difference.newer
    return None if take is Take.FORM and difference.said else take
