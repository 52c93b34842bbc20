"""What a plan is good at, in the order in which it matters to the school. Filling places always comes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class Goal(Enum):
    """What is made small, after as many places as possible are filled.

    BREADTH: places filled beyond a pack's first; no school orders it: it only counts where places stay empty, and comes
    before all others then. BALANCE: the sum of squared loads, each over its person's norm. CHANGES: pairs that the plan
    before did not have. PREFERENCE: the sum of `Problem.cost`. RECIPROCITY: pairs of people who check each other's
    classes.
    """

    BREADTH = "breadth"
    BALANCE = "balance"
    CHANGES = "changes"
    PREFERENCE = "preference"
    RECIPROCITY = "reciprocity"


Order = tuple[Goal, ...]

FIRST_PLAN: Order = (Goal.BALANCE, Goal.CHANGES, Goal.PREFERENCE, Goal.RECIPROCITY)


class Regard(Enum):
    """How the plan before counts. SIGNED: before all else once anything of it is pinned, else where its goal stands.

    KEEP: before all else. FRESH: not at all.
    """

    SIGNED = "signed"
    KEEP = "keep"
    FRESH = "fresh"


def order_in(names: Sequence[str], said: str) -> Order:
    """Return the order of a «;» list of the goals' `names` (as in FIRST_PLAN); what it does not name comes last."""
    by_name = dict(zip(names, FIRST_PLAN, strict=True))
    named = [by_name[word] for part in said.split(";") if (word := " ".join(part.split()).casefold()) in by_name]
    return tuple(dict.fromkeys([*named, *FIRST_PLAN]))


def changes_first(order: Order) -> Order:
    """The order of a plan that people know already: nobody is moved who need not be."""
    return (Goal.CHANGES, *(goal for goal in order if goal is not Goal.CHANGES))


@dataclass(frozen=True, slots=True)
class Attained:
    """How good a plan is at one goal: `worth` of the plan, and `bound`, below which no plan of its rank can be.

    `goal` is None for the places left empty. `bound` is None where nothing is known; equal to `worth`, it is proven.
    """

    goal: Goal | None
    worth: int
    bound: int | None

    @property
    def proven(self) -> bool:
        """Whether no plan can be better here without being worse at a goal before."""
        return self.bound is not None and self.bound >= self.worth
