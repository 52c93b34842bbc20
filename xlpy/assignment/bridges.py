"""Which packs a single step of exchanges cuts from every empty place: dominators in the graph of exchanges.

Where two places are missing, a pack that two of them reach by exchanges without a common step is needed for the proof;
one that hangs on a single step (a bridge) is not. Dominators find all of them in one pass (Cooper, Harvey and Kennedy,
"A simple, fast dominance algorithm", 2001), where trying each pack would take a search each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from xlpy.assignment.exchanges import FREE, Exchanges

START = -1
Graph = dict[int, list[int]]


def hanging(exchanges: Exchanges) -> set[int]:
    """Return the packs that some single step cuts from the empty places of the packs that are there."""
    after = _graph(exchanges)
    order = _from_start(after)
    number = {node: at for at, node in enumerate(order)}
    before: list[list[int]] = [[] for _ in order]
    for node in order:
        for step in after.get(node, ()):
            before[number[step]].append(number[node])
    above = _dominators(before)
    hangs = [False] * len(order)
    for at in range(1, len(order)):
        hangs[at] = hangs[above[at]] or _is_bridged(at, before, above)
    return {node for node, hang in zip(order, hangs, strict=True) if hang and node in exchanges.pairs}


def _graph(exchanges: Exchanges) -> Graph:
    """One node per pack, per person and per slot that pairs share; START leads to a pack once per empty place."""
    people = len(exchanges.need)
    slots = people + len(exchanges.left)
    shared = {slot for slot, count in _slots(exchanges).items() if count > 1}
    after: Graph = {START: []}
    for pack, pairs in exchanges.pairs.items():
        after[START] += [pack] * (exchanges.need[pack] - exchanges.got[pack])
        steps = after.setdefault(pack, [])
        for pair in pairs:
            slot, person = exchanges.slot[pair], people + exchanges.teacher[pair]
            node = slots + slot if slot in shared else person
            if exchanges.holder[slot] == pair:
                if node != person:
                    after.setdefault(person, []).append(node)
                after.setdefault(node, []).append(pack)
                continue
            steps.append(node)
            if node != person and exchanges.holder[slot] == FREE:
                after[node] = [person]
    return after


def _slots(exchanges: Exchanges) -> Counter[int]:
    return Counter(exchanges.slot[pair] for pairs in exchanges.pairs.values() for pair in pairs)


def _from_start(after: Graph) -> list[int]:
    """The nodes that can be reached, each after at least one of those that lead to it (a reverse postorder)."""
    seen, done = {START}, list[int]()
    path: list[tuple[int, Iterator[int]]] = [(START, iter(after[START]))]
    while path:
        node, steps = path[-1]
        step = next((step for step in steps if step not in seen), None)
        if step is None:
            done.append(node)
            path.pop()
        else:
            seen.add(step)
            path.append((step, iter(after.get(step, ()))))
    return done[::-1]


def _dominators(before: list[list[int]]) -> list[int]:
    """The nearest node that every path to a node passes; the start's is itself."""
    above = [0] + [-1] * (len(before) - 1)
    changed = True
    while changed:
        changed = False
        for at in range(1, len(before)):
            nearest = -1
            for one in before[at]:
                if above[one] >= 0:
                    nearest = one if nearest < 0 else _common(nearest, one, above)
            changed = changed or above[at] != nearest
            above[at] = nearest
    return above


def _common(one: int, other: int, above: list[int]) -> int:
    while one != other:
        if one > other:
            one = above[one]
        else:
            other = above[other]
    return one


def _is_bridged(at: int, before: list[list[int]], above: list[int]) -> bool:
    """Whether a node is entered by one step only, those from nodes that lie behind it left out."""
    entered = 0
    for one in before[at]:
        node = one
        while node > at:
            node = above[node]
        entered += node != at
        if entered > 1:
            return False
    return True
