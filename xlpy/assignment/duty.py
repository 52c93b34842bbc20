"""What a plan of observers or organisers says, whoever made it: gaps, changes, and why somebody cannot be there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from xlpy.assignment.slots import Visit


class DutyBar(Enum):
    """Why somebody cannot be in a room, or is no longer there; in the order in which reasons are named."""

    UNKNOWN = "unknown"
    EMPLOYEE = "employee"
    OWN_CHILD = "own child"
    TEACHES = "teaches"
    CHECKER = "checker"
    RELATIVE = "relative"
    CONFLICT = "conflict"
    NOT_FREE = "not free"
    ABSENT = "absent"
    NO_ROLE = "no role"
    BUSY = "busy"
    NO_VISIT = "no visit"
    SURPLUS = "surplus"


@dataclass(frozen=True, slots=True)
class Hindered:
    """A person and why they cannot be, or no longer are, in a room."""

    person: str
    bars: tuple[DutyBar, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A visit with fewer people than it needs, and what is in everybody's way."""

    visit: Visit
    missing: int
    hindered: tuple[Hindered, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What is new at a visit: who no longer goes there and why, who goes there now."""

    visit: Visit
    gone: tuple[Hindered, ...]
    come: tuple[str, ...]


def in_order(bars: Iterable[DutyBar]) -> tuple[DutyBar, ...]:
    """The bars in the order in which reasons are named."""
    return tuple(sorted(bars, key=list(DutyBar).index))
