"""The bare problem: places to fill, people with room, pairs that may meet. Knows no school and no solver."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Chosen = npt.NDArray[np.bool_]

ALONE = -1


class Proof(Enum):
    """What is proven about a plan: that none is better in any goal; only that none is fuller; nothing."""

    BEST = "best"
    FULLEST = "fullest"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Problem:
    """Packs and teachers by number, in an order that does not depend on the order of the workbook's rows.

    Shapes:
    - per pack: `need` (people it wants), `weight` (units of load it is);
    - per teacher: `room` (units they can still take), `load` (units they have already), `price` (what one squared unit
      of theirs weighs in the balance: more for a person of a smaller norm, 1 for everyone where norms are equal);
    - per allowed pair, sorted by pack, then teacher, no pair twice: `pack`, `teacher`, `cost` (how little the pair is
      preferred, 0 is best), `kept` (whether the plan before had it), `group` (a teacher gets at most one of their pairs
      of the same group, numbers from 0; ALONE where nothing is shared);
    - `owner_pack`, `owner_teacher`: who works with the people of a pack, for reciprocity; sorted, no pair twice.

    A pair is only allowed where the pack alone fits into the teacher's room. Other units: `problem_of` fills the rest.
    """

    need: Whole
    weight: Whole
    room: Whole
    load: Whole
    price: Whole
    pack: Whole
    teacher: Whole
    cost: Whole
    kept: Chosen
    group: Whole
    owner_pack: Whole
    owner_teacher: Whole

    @property
    def degree(self) -> Whole:
        """How many teachers each pack may have."""
        return np.bincount(self.pack, minlength=len(self.need))

    @property
    def reachable(self) -> Whole:
        """How many people each pack can get if nobody else takes them: the smaller of its need and its degree."""
        return np.minimum(self.need, self.degree)

    @property
    def is_unit(self) -> bool:
        """Whether every pack is one unit of load: then a flow is exact."""
        return bool((self.weight == 1).all())


def problem_of(need: Whole, room: Whole, pack: Whole, teacher: Whole, **more: Whole | Chosen) -> Problem:
    """Return a problem whose other fields are neutral unless given: unit packs, no load, equal norms, no wishes."""
    pairs = len(pack)
    bare = Problem(
        need=need,
        weight=np.ones(len(need), dtype=np.int64),
        room=room,
        load=np.zeros(len(room), dtype=np.int64),
        price=np.ones(len(room), dtype=np.int64),
        pack=pack,
        teacher=teacher,
        cost=np.zeros(pairs, dtype=np.int64),
        kept=np.zeros(pairs, dtype=np.bool_),
        group=np.full(pairs, ALONE, dtype=np.int64),
        owner_pack=np.zeros(0, dtype=np.int64),
        owner_teacher=np.zeros(0, dtype=np.int64),
    )
    return replace(bare, **more)  # type: ignore[arg-type]


def only(problem: Problem, pairs: Chosen) -> Problem:
    """The problem with some of its pairs. Packs and teachers keep their numbers."""
    return replace(
        problem,
        pack=problem.pack[pairs],
        teacher=problem.teacher[pairs],
        cost=problem.cost[pairs],
        kept=problem.kept[pairs],
        group=problem.group[pairs],
    )


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
    labels = component_labels(problem)
    return [labels == label for label in range(int(labels.max(initial=-1)) + 1)]


def component_labels(problem: Problem) -> Whole:
    """Return for each pair the number of its group, groups numbered in the order of their first packs."""
    packs = np.arange(len(problem.need))
    of_pack = packs.copy()
    while len(problem.pack):
        of_teacher = np.full(len(problem.room), len(packs))
        np.minimum.at(of_teacher, problem.teacher, of_pack[problem.pack])
        lowest = of_pack.copy()
        np.minimum.at(lowest, problem.pack, of_teacher[problem.teacher])
        # A label that points at a lower one takes it over: chains shorten by half in each round.
        lowest = np.minimum(lowest, lowest[lowest])
        if (lowest == of_pack).all():
            break
        of_pack = lowest
    return np.unique(of_pack[problem.pack], return_inverse=True)[1].astype(np.int64)
