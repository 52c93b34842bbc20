"""The bare problem: places to fill, people with room, pairs that may meet. Knows no school and no solver."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Chosen = npt.NDArray[np.bool_]


class Proof(Enum):
    """What is proven about a plan: that none is fuller and, as full, none more even; only the first; nothing."""

    BEST = "best"
    FULLEST = "fullest"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Problem:
    """Packs and teachers by number, in an order that does not depend on the order of the workbook's rows.

    Shapes: `need` (people a pack wants) and `weight` (units of load it is) per pack; `room` (units a teacher can still
    take) and `load` (units they already have) per teacher; `pack`, `teacher` and `cost` (how little the pair is
    preferred, 0 is best) per allowed pair, sorted by pack, then teacher, no pair twice.
    A pair is only allowed where the pack alone fits into the teacher's room.
    """

    need: Whole
    weight: Whole
    room: Whole
    load: Whole
    pack: Whole
    teacher: Whole
    cost: Whole

    @property
    def degree(self) -> Whole:
        """How many teachers each pack may have."""
        return np.bincount(self.pack, minlength=len(self.need))

    @property
    def reachable(self) -> Whole:
        """How many people each pack can get if nobody else takes them: the smaller of its need and its degree."""
        return np.minimum(self.need, self.degree)


def filled(problem: Problem, chosen: Chosen) -> Whole:
    """How many people each pack got."""
    return np.bincount(problem.pack[chosen], minlength=len(problem.need))


def loads(problem: Problem, chosen: Chosen) -> Whole:
    """Units of load of every teacher, with those they had before."""
    given = np.zeros(len(problem.room), dtype=np.int64)
    np.add.at(given, problem.teacher[chosen], problem.weight[problem.pack[chosen]])
    return problem.load + given


def components(problem: Problem) -> list[Chosen]:
    """Split the pairs into groups that share neither a pack nor a teacher: each can be planned on its own.

    Shapes: one mask over the pairs per group, in the order of their first packs.
    """
    groups: list[Chosen] = []
    left = np.ones(len(problem.pack), dtype=np.bool_)
    while left.any():
        pack_in = np.arange(len(problem.need)) == problem.pack[left.argmax()]
        size = 0
        while size != (size := int(pack_in.sum())):
            teacher_in = np.bincount(problem.teacher[pack_in[problem.pack]], minlength=len(problem.room)) > 0
            pack_in |= np.bincount(problem.pack[teacher_in[problem.teacher]], minlength=len(problem.need)) > 0
        groups.append(pack_in[problem.pack])
        left &= ~groups[-1]
    return groups
