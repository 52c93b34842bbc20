"""What came of handing out: of each form, and of all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from xlpy.errors import DiskError
from xlpy.exchange.forms.form import Identity, TeacherForm
from xlpy.exchange.forms.hand_out import Refused, Why
from xlpy.exchange.forms.versions import Change

# Nothing is amiss with works that another school checks, or that nobody wrote.
_NO_LACK = frozenset({Why.EXTERNAL, Why.ALL_ABSENT})


class Fate(Enum):
    """What became of a form."""

    NEW = "new"
    AGAIN = "again"
    SAME = "same"
    RENEWED = "renewed"
    PASSED_ON = "passed on"


@dataclass(frozen=True, slots=True)
class Dealt:
    """A form that lies in its folder. Of one that replaces another: what changed, whose that was, where it is now.

    `carried` of its values were typed before; in `left` places the old form holds more that is not certain, or, where
    it was another person's, holds points at all. `why` the old form, or one that was left as it is, could not be read.
    """

    form: TeacherForm
    path: Path
    fate: Fate
    changes: tuple[tuple[Change, int], ...] = ()
    carried: int = 0
    left: int = 0
    former: str = ""
    retired: Path | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A form that is nobody's any more: where it was moved, how many task cells hold something."""

    identity: Identity
    retired: Path
    typed: int


@dataclass(frozen=True, slots=True)
class Hindered:
    """A form that is left as it is, or not made, and what was in the way."""

    identity: Identity
    error: DiskError


@dataclass(frozen=True, slots=True)
class HandedOut:
    """What came of it, by class, subject and turn.

    `unrecorded`: why the record in the folder could not be written, `unnoted`: why the line in «Журнал»; else "".
    """

    folder: Path
    dealt: tuple[Dealt, ...]
    taken_back: tuple[TakenBack, ...]
    hindered: tuple[Hindered, ...]
    refused: tuple[Refused, ...]
    unrecorded: str = ""
    unnoted: str = ""

    @property
    def made(self) -> tuple[Dealt, ...]:
        """The forms that are new in some way."""
        return tuple(dealt for dealt in self.dealt if dealt.fate is not Fate.SAME)

    @property
    def unread(self) -> tuple[Dealt, ...]:
        """The forms that are left as they are, though they cannot be read."""
        return tuple(dealt for dealt in self.dealt if dealt.fate is Fate.SAME and dealt.why)

    @property
    def is_complete(self) -> bool:
        """Whether every form that should be there is, as it should be."""
        is_short = any(one.why not in _NO_LACK for one in self.refused)
        return not (is_short or self.hindered or self.unread or self.unrecorded)
