"""Who could take over what from whom in a plan of unit packs: the search behind irreducible sets.

A state that is changed in place and taken back, because thousands of small trials start from the same plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from xlpy.assignment.problem import Chosen, Problem
from xlpy.assignment.shortage import slots_of

FREE = -1


@dataclass(slots=True)
class Exchanges:
    """A plan and its next steps. Packs, people, slots (see `slots_of`) and pairs go by number.

    `pairs` of each pack that is there; `teacher` and `slot` per pair; `need`, `got` per pack; `left` per person (room
    that is not taken); `holder` per slot (the pair that takes it, or FREE); `held` per person (the pairs of theirs in
    the plan); `steps` lists the pairs that went in or out, so that `undo` can take them back.
    """

    pack: list[int]
    teacher: list[int]
    slot: list[int]
    need: list[int]
    pairs: dict[int, list[int]]
    got: list[int]
    left: list[int]
    holder: list[int]
    held: list[set[int]]
    steps: list[int] = field(default_factory=list)

    def missing(self, packs: Iterable[int]) -> int:
        """How many places of these packs are empty."""
        return sum(self.need[pack] - self.got[pack] for pack in packs)

    def short(self, packs: Iterable[int]) -> list[int]:
        """Those of the packs that miss a place."""
        return [pack for pack in packs if self.got[pack] < self.need[pack]]

    def rivals_of(self, short: int) -> list[int]:
        """Every pack on a path of exchanges from a short one, in the order in which they are reached."""
        found, people, slots = {short: None}, set[int](), set[int]()
        waiting = [short]
        for pack in waiting:
            for pair in self._open(pack):
                for other in self._in_the_way(pair, people, slots):
                    if other not in found:
                        found[other] = None
                        waiting.append(other)
        return list(found)

    def remove(self, packs: Iterable[int]) -> None:
        """Take packs out of the plan and of all exchanges."""
        for pack in packs:
            for pair in self.pairs.pop(pack):
                if self.holder[self.slot[pair]] == pair:
                    self.turn(pair)

    def fill(self, packs: Sequence[int]) -> None:
        """Fill as many places of these packs as exchanges can; what other packs have got they keep."""
        short = self.short(packs)
        found = True
        while short and found:
            people, slots = set[int](), set[int]()
            given = [pack for pack in short if self._augmented(pack, people, slots)]
            found = bool(given)
            short = self.short(short)

    def undo(self, mark: int, pack: int, pairs: list[int]) -> None:
        """Bring back a removed pack and the plan as it was when `steps` were `mark` long."""
        self.pairs[pack] = pairs
        while len(self.steps) > mark:
            self.turn(self.steps[-1])
            del self.steps[-2:]

    def _open(self, pack: int) -> list[int]:
        return [pair for pair in self.pairs[pack] if self.holder[self.slot[pair]] != pair]

    def _in_the_way(self, pair: int, people: set[int], slots: set[int]) -> list[int]:
        """The packs that one more pair would need to give way, those of people and slots seen before left out."""
        return [self.pack[other] for other in self._held_against(pair, people, slots)]

    def _held_against(self, pair: int, people: set[int], slots: set[int]) -> list[int]:
        slot, teacher = self.slot[pair], self.teacher[pair]
        if self.holder[slot] != FREE:
            if slot in slots:
                return []
            slots.add(slot)
            return [self.holder[slot]]
        if teacher in people:
            return []
        people.add(teacher)
        return sorted(self.held[teacher])

    def _augmented(self, short: int, people: set[int], slots: set[int]) -> bool:
        """Give a short pack one more person if exchanges allow it, nobody looked at twice."""
        came: dict[int, tuple[int, int, int] | None] = {short: None}
        waiting = [short]
        while waiting:
            pack = waiting.pop()
            for pair in self._open(pack):
                teacher = self.teacher[pair]
                if self.holder[self.slot[pair]] == FREE and self.left[teacher] > 0:
                    self._give(pair, came[pack], came)
                    return True
                for other in self._held_against(pair, people, slots):
                    if self.pack[other] not in came:
                        came[self.pack[other]] = (pair, other, pack)
                        waiting.append(self.pack[other])
        return False

    def _give(self, pair: int, step: tuple[int, int, int] | None, came: dict[int, tuple[int, int, int] | None]) -> None:
        """Follow the exchanges back: each pack takes the new person, the pack before takes over the old one."""
        while step is not None:
            taken, given, before = step
            self.turn(given)
            self.turn(pair)
            pair, step = taken, came[before]
        self.turn(pair)

    def turn(self, pair: int) -> None:
        """Put a pair into the plan, or take it out."""
        pack, teacher, slot = self.pack[pair], self.teacher[pair], self.slot[pair]
        inward = self.holder[slot] != pair
        change = 1 if inward else -1
        self.holder[slot] = pair if inward else FREE
        (self.held[teacher].add if inward else self.held[teacher].remove)(pair)
        self.got[pack] += change
        self.left[teacher] -= change
        self.steps.append(pair)


def exchanges_of(problem: Problem, chosen: Chosen, packs: Iterable[int]) -> Exchanges:
    """Return the exchanges among some packs of a problem: the others give back what they hold."""
    slots = slots_of(problem)
    state = Exchanges(
        pack=problem.pack.tolist(),
        teacher=problem.teacher.tolist(),
        slot=slots.tolist(),
        need=problem.reachable.tolist(),
        pairs={pack: [] for pack in packs},
        got=[0] * len(problem.need),
        left=problem.room.tolist(),
        holder=[FREE] * (int(slots.max(initial=-1)) + 1),
        held=[set() for _ in problem.room],
    )
    for pair, pack in enumerate(state.pack):
        if pack in state.pairs:
            state.pairs[pack].append(pair)
    for pair in np.flatnonzero(chosen).tolist():
        if state.pack[pair] in state.pairs:
            state.turn(pair)
    state.steps.clear()
    return state
