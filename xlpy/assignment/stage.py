"""What proves one flow of a plan cheapest."""

from __future__ import annotations

from dataclasses import dataclass

from xlpy.assignment.goals import Goal
from xlpy.assignment.problem import Whole


@dataclass(frozen=True, slots=True)
class Stage:
    """The goals one flow made small at once: their factors, and a potential per node that proves it.

    Nodes: packs, people, groups of a person's pairs that exclude each other (by person, then group), source, sink.
    """

    goals: tuple[Goal, ...]
    factors: tuple[int, ...]
    potential: Whole
