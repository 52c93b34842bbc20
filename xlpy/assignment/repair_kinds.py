"""What can be done about an empty place, and in which order a school prefers it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from xlpy.tables.normalise import fold
from xlpy.tables.settings import REPAIRS, Settings


class RepairKind(Enum):
    """What is done for an empty place; in the order of `settings.REPAIRS`.

    OVERTIME: somebody who may check the pack takes it beyond their limit. SECOND_SUBJECT: somebody whom nothing but the
    subject bars gets the subject. NEIGHBOUR: another school checks it, through the municipality.
    """

    OVERTIME = "overtime"
    SECOND_SUBJECT = "second subject"
    NEIGHBOUR = "neighbour"


Kinds = tuple[RepairKind, ...]


@dataclass(frozen=True, slots=True)
class Repair:
    """One step: `teacher` (None for another school) checks the pack.

    `units`: of load beyond the limit for OVERTIME, places of the pack for NEIGHBOUR, 1 for SECOND_SUBJECT.
    """

    kind: RepairKind
    school_class: str
    subject: str
    teacher: str | None
    units: int


def kinds_of(settings: Settings) -> Kinds:
    """Return the kinds a school wants, the most wanted first; a kind that the setting leaves out is never proposed."""
    by_name = dict(zip(map(fold, REPAIRS), RepairKind, strict=True))
    said = [fold(part) for part in settings.text("repair_order").split(";")]
    return tuple(dict.fromkeys(by_name[name] for name in said if name in by_name))
