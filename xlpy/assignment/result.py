"""What a plan is: who checks each pack, how the load lies, and what proves that some places stay empty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from xlpy.assignment.eligibility import Exclusion
from xlpy.assignment.packs import Pack, Work
from xlpy.assignment.problem import Proof


class Status(Enum):
    """Whether every pack that is not pinned got all its people."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"


class Unit(Enum):
    """In what load and limits are counted."""

    PACKS = "packs"
    PAPERS = "papers"


class Cause(Enum):
    """Why a pack stays short: too few people may check it, or those who may have no room left."""

    FEW = "few"
    LIMITS = "limits"


@dataclass(frozen=True, slots=True)
class AssignedPack:
    """One pack with its people; `need` is how many it should have.

    `eligible` counts who may check it, limits that were full before the plan included. `breaches` say which rules
    pinned people break; `unknown` are pinned names that «Учителя» lacks.
    """

    pack: Pack
    need: int
    checkers: tuple[str, ...]
    eligible: int
    breaches: tuple[Exclusion, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def school_class(self) -> str:
        """Class of the pack."""
        return self.pack.school_class

    @property
    def subject(self) -> str:
        """Subject of the pack."""
        return self.pack.subject

    @property
    def papers(self) -> int:
        """Number of papers to check."""
        return self.pack.papers

    @property
    def pinned(self) -> bool:
        """Whether «Закреплено» keeps the people as they are."""
        return bool(self.pack.pinned)

    @property
    def is_short(self) -> bool:
        """Whether it has fewer people than it should; a pinned pack is as the coordinator wants it."""
        return len(self.checkers) < self.need


@dataclass(frozen=True, slots=True)
class BlockedPack:
    """A pack that cannot be filled, or that competes with such packs for the same people's room.

    `eligible` teachers have nothing against them and are fewer than `need`; every other teacher is in `excluded`.
    """

    school_class: str
    subject: str
    need: int
    eligible: int
    cause: Cause
    excluded: tuple[Exclusion, ...]


@dataclass(frozen=True, slots=True)
class Crowd:
    """Packs that compete for the same people: they want `places`, and those people have room for `room` of them.

    `teachers` are those whose room is used up.
    """

    works: tuple[Work, ...]
    places: int
    room: int
    teachers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AssignmentResult:
    """Who checks whom. `loads` holds everyone who may check something or is pinned, in units of `unit`.

    `blocking` names every pack that proves why places stay empty; `crowds` groups those that limits keep short.
    `proof` is less than best only with papers, where the time may run out before the plan is shown to be so.
    """

    status: Status
    packs: tuple[AssignedPack, ...]
    loads: Mapping[str, int]
    blocking: tuple[BlockedPack, ...]
    unit: Unit
    teachers: int
    crowds: tuple[Crowd, ...] = ()
    proof: Proof = Proof.BEST
