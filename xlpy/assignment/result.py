"""What a plan is: who checks each pack, how the load lies, and what proves that some places stay empty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from xlpy.assignment.eligibility import Exclusion
from xlpy.assignment.goals import Attained, Order
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
class Core:
    """Packs that cannot all be filled, though without any one of them the others can: an irreducible proof.

    They want `places`; `teachers` are all who may check any of them and can take `room` of those. `excluded`: everyone
    else who knows a subject of theirs.
    """

    works: tuple[Work, ...]
    places: int
    room: int
    teachers: tuple[str, ...]
    excluded: tuple[Exclusion, ...]


@dataclass(frozen=True, slots=True)
class Crowd:
    """Packs that compete for the same people: they want `places`, and those people have room for `room` of them.

    `teachers` are those whose room is used up; `cores` prove it by as few packs as can be.
    """

    works: tuple[Work, ...]
    places: int
    room: int
    teachers: tuple[str, ...]
    cores: tuple[Core, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What became different in a work since the plan before: who is no longer its checker, and who is now."""

    work: Work
    gone: tuple[str, ...]
    came: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AssignmentResult:
    """Who checks whom. `loads` holds everyone who may check something or is pinned, in units of `unit`.

    `blocking` names every pack that proves why places stay empty; `crowds` groups those that limits keep short.
    `order` is what the plan was made good at, `attained` how good it is (first the places left empty, goal None), and
    `certificate` the proof as plain data. `changes` compare with the plan before: empty where there was none.
    """

    status: Status
    packs: tuple[AssignedPack, ...]
    loads: Mapping[str, int]
    blocking: tuple[BlockedPack, ...]
    unit: Unit
    teachers: int
    crowds: tuple[Crowd, ...] = ()
    order: Order = ()
    attained: tuple[Attained, ...] = ()
    changes: tuple[Change, ...] = ()
    certificate: Mapping[str, Any] = field(default_factory=dict)

    @property
    def proof(self) -> Proof:
        """What is proven: that no plan is better, only that none is fuller, or nothing."""
        if all(one.proven for one in self.attained):
            return Proof.BEST
        return Proof.FULLEST if self.attained[0].proven else Proof.NONE
