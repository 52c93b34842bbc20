"""Small proofs that a plan of unit packs cannot be full: sets of packs that want more than their people can take.

What a person can take from a set is their room, or less where they may check few packs of it (of a group, one). So each
proof is one comparison of two sums that anybody can repeat by hand (Hall's theorem, for people with room for several).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from xlpy.assignment.bridges import hanging
from xlpy.assignment.exchanges import Exchanges, exchanges_of
from xlpy.assignment.problem import Chosen, Problem, Whole, only
from xlpy.assignment.shortage import find_rivals, slots_of

# Two places are missing: then `bridges` answer for all packs at once.
PAIR = 2


@dataclass(frozen=True, slots=True)
class HallSet:
    """Packs, by number, that want `wanted` people; all who may check any of them; and how much those can take of it.

    `wanted` is larger than `room`. A starved pack counts as far as it could be filled.
    """

    packs: frozenset[int]
    people: frozenset[int]
    wanted: int
    room: int


@dataclass(frozen=True, slots=True)
class Shortage:
    """Packs that compete for the same people. `whole` misses exactly the places left empty; `cores` are irreducible.

    An irreducible set proves a shortage of its own, and without any one of its packs it proves nothing any more: all
    the others can be filled.
    """

    whole: HallSet
    cores: tuple[HallSet, ...]


def find_hall_sets(problem: Problem, chosen: Chosen, kind: Whole | None = None) -> tuple[HallSet, ...]:
    """Return the irreducible sets that explain every short pack of a fullest plan of unit packs; nothing if it is full.

    Every short pack is in one of them, or all its people are among those of one, or the packs of its kind or group have
    one. `kind` per pack: sets of one kind (a subject) are preferred where they prove a shortage on their own.
    """
    return tuple(core for shortage in find_shortages(problem, chosen, kind) for core in shortage.cores)


def find_shortages(problem: Problem, chosen: Chosen, kind: Whole | None = None) -> tuple[Shortage, ...]:
    """Return the groups of packs that compete for too little room, in the order of their first packs."""
    groups = [sorted(group.packs) for group in find_rivals(problem, chosen)]
    of_pack = np.full(len(problem.need), -1)
    for number, packs in enumerate(groups):
        of_pack[packs] = number
    kinds = np.zeros(len(problem.need), dtype=np.int64) if kind is None else kind
    found = []
    for number, packs in enumerate(groups):
        inside = of_pack[problem.pack] == number
        part = only(problem, inside)
        found.append(Shortage(hall_set(part, packs), tuple(_cores(part, chosen[inside], packs, kinds.tolist()))))
    return tuple(found)


def hall_set(problem: Problem, packs: Sequence[int]) -> HallSet:
    """Return what these packs want and what everyone who may check any of them can take."""
    there = np.zeros(len(problem.need), dtype=np.bool_)
    there[packs] = True
    part = only(problem, there[problem.pack])
    _, first = np.unique(slots_of(part), return_index=True)
    offers = np.bincount(part.teacher[first], minlength=len(part.room))
    return HallSet(
        packs=frozenset(packs),
        people=frozenset(part.teacher.tolist()),
        wanted=int(part.reachable[there].sum()),
        room=int(np.minimum(part.room, offers).sum()),
    )


def _cores(problem: Problem, chosen: Chosen, packs: Sequence[int], kind: Sequence[int]) -> Iterator[HallSet]:
    """Irreducible sets of a group until each short pack is explained; those of one kind first, then of few people."""
    around = exchanges_of(problem, chosen, packs)
    people = {pack: {around.teacher[pair] for pair in pairs} for pack, pairs in around.pairs.items()}
    short = around.short(packs)
    own = {one: _of_a_kind(problem, chosen, packs, kind, one) for one in sorted({kind[pack] for pack in short})}
    found: list[HallSet] = []
    for pack in sorted(short, key=lambda pack: (not own[kind[pack]], len(people[pack]), pack)):
        if any(pack in core.packs or people[pack] <= core.people for core in found):
            continue
        part = own[kind[pack]] or packs
        exchanges = exchanges_of(problem, chosen, part)
        if len(part) < len(packs):
            exchanges.fill(part)
        core = hall_set(problem, _shrunk(exchanges, _alone(exchanges, exchanges.short([pack, *part])[0])))
        if core not in found:
            found.append(core)
            yield core


def _of_a_kind(problem: Problem, chosen: Chosen, packs: Sequence[int], kind: Sequence[int], one: int) -> list[int]:
    """The packs of a kind in a group where they cannot even be filled alone; else nothing."""
    own = [pack for pack in packs if kind[pack] == one]
    if len(own) == len(packs):
        return own
    exchanges = exchanges_of(problem, chosen, own)
    exchanges.fill(own)
    return own if exchanges.short(own) else []


def _shrunk(exchanges: Exchanges, rivals: list[int]) -> list[int]:
    """An irreducible set among packs that compete with the first of them, which is short. The exchanges are used up.

    A set that misses one place is irreducible as it is: whatever pack goes, its people free the one place. From a set
    that misses more, packs that together want less than that can go untried. Of packs that want all that is missing it
    must be found out whether one can go; one that was needed once stays so in every smaller set.
    """
    needed: set[int] = set()
    while (missing := exchanges.missing(rivals)) > 1:
        gone = _spare(exchanges, [pack for pack in rivals[:0:-1] if pack not in needed], missing)
        if not gone and missing == PAIR:
            gone = sorted(hanging(exchanges))[:1]
        if gone:
            exchanges.remove(gone)
            exchanges.fill(list(exchanges.pairs))
        elif missing == PAIR or not _dropped(exchanges, rivals, needed):
            break
        rivals = _alone(exchanges, next(pack for pack in rivals if pack in exchanges.pairs and exchanges.short([pack])))
    return rivals


def _alone(exchanges: Exchanges, short: int) -> list[int]:
    """The rivals of a short pack, with everything else taken out."""
    rivals = exchanges.rivals_of(short)
    exchanges.remove(set(exchanges.pairs).difference(rivals))
    return rivals


def _spare(exchanges: Exchanges, packs: list[int], missing: int) -> list[int]:
    """The first of the packs that together want less than is missing."""
    spare: list[int] = []
    for pack in packs:
        missing -= exchanges.need[pack]
        if missing < 1:
            break
        spare.append(pack)
    return spare


def _dropped(exchanges: Exchanges, rivals: list[int], needed: set[int]) -> bool:
    """Whether some pack could go with a shortage left; the first such is gone then. Packs that cannot are noted."""
    short = exchanges.short(rivals)
    for pack in rivals[::-1]:
        if pack in needed:
            continue
        pairs, mark = exchanges.pairs[pack], len(exchanges.steps)
        exchanges.remove([pack])
        others = [one for one in short if one != pack]
        exchanges.fill(others)
        if exchanges.missing(others):
            return True
        exchanges.undo(mark, pack, pairs)
        needed.add(pack)
    return False
