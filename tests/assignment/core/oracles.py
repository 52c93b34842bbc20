"""The best plan there is, found by trying everything, and what a plan is worth by plain loops. Knows no solver of ours.

`best` goes through the packs one by one and keeps, for each state that matters later (loads, groups used up, who checks
whose pack), the cheapest way to reach it. `best_of_all` really tries every set of pairs, for the smallest problems.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from xlpy.assignment.goals import Goal, Order
from xlpy.assignment.problem import ALONE, Chosen, Problem, Whole

# (places left empty, packs that have nobody though somebody may, then what each goal of the order comes to)
Tuple = tuple[int, ...]
Pair = tuple[int, int]

GOALS = (Goal.BALANCE, Goal.CHANGES, Goal.PREFERENCE, Goal.RECIPROCITY)
ORDERS: tuple[Order, ...] = tuple(itertools.permutations(GOALS))


def squares(problem: Problem, chosen: Chosen) -> int:
    load = problem.load.tolist()
    for at in np.flatnonzero(chosen):
        load[problem.teacher[at]] += int(problem.weight[problem.pack[at]])
    return sum(int(price) * one * one for price, one in zip(problem.price, load, strict=True))


def meetings(problem: Problem, chosen: Chosen) -> int:
    """Unordered pairs of people who check each other's packs."""
    owners = set(zip(problem.owner_pack.tolist(), problem.owner_teacher.tolist(), strict=True))
    checks = {
        (int(problem.teacher[at]), owner)
        for at in np.flatnonzero(chosen)
        for pack, owner in owners
        if pack == problem.pack[at]
    }
    return sum((other, one) in checks for one, other in checks if one < other)


def worth(problem: Problem, chosen: Chosen, goal: Goal) -> int:
    if goal is Goal.BALANCE:
        return squares(problem, chosen)
    if goal is Goal.CHANGES:
        return sum(not problem.kept[at] for at in np.flatnonzero(chosen))
    if goal is Goal.PREFERENCE:
        return sum(int(problem.cost[at]) for at in np.flatnonzero(chosen))
    return meetings(problem, chosen)


def measure(problem: Problem, chosen: Chosen, order: Order) -> Tuple:
    """What a plan is worth: comparable with what `best` returns."""
    people = np.bincount(problem.pack[chosen], minlength=len(problem.need)).tolist()
    could = np.bincount(problem.pack, minlength=len(problem.need)).tolist()
    empty = sum(int(need) - found for need, found in zip(problem.need, people, strict=True))
    bare = sum(not found and bool(may) for found, may in zip(people, could, strict=True))
    return (empty, bare, *(worth(problem, chosen, goal) for goal in order))


def faults(problem: Problem, chosen: Chosen) -> list[str]:
    """What a plan must not do: rooms, groups and needs, one by one."""
    people, taken, used = defaultdict(int), defaultdict(int), defaultdict(int)
    for at in np.flatnonzero(chosen):
        pack, teacher, group = int(problem.pack[at]), int(problem.teacher[at]), int(problem.group[at])
        people[pack] += 1
        taken[teacher] += int(problem.weight[pack])
        used[teacher, group] += group != ALONE
    return [
        *(f"pack {pack} has {found} people" for pack, found in people.items() if found > problem.need[pack]),
        *(f"teacher {one} takes {units}" for one, units in taken.items() if units > problem.room[one]),
        *(f"teacher and group {both}: {times} times" for both, times in used.items() if times > 1),
    ]


def best_of_all(problem: Problem, order: Order) -> Tuple:
    """By trying every set of pairs: for at most a dozen pairs."""
    plans = ((np.arange(2 ** len(problem.pack))[:, None] >> np.arange(len(problem.pack))) & 1).astype(bool)
    return min(measure(problem, plan, order) for plan in plans if not faults(problem, plan))


@dataclass(frozen=True, slots=True)
class _Word:
    """Where in a machine word a state keeps each person's units, each (person, group) and each (checker, owner)."""

    unit_bits: int
    group_at: dict[Pair, int]
    check_at: dict[Pair, int]
    owners: dict[int, list[int]]


def _word(problem: Problem) -> _Word:
    bits = max(1, int(problem.room.max(initial=0)).bit_length())
    people = len(problem.room)
    groups = sorted({(int(t), int(g)) for t, g in zip(problem.teacher, problem.group, strict=True) if g != ALONE})
    owners: dict[int, list[int]] = defaultdict(list)
    for pack, owner in zip(problem.owner_pack.tolist(), problem.owner_teacher.tolist(), strict=True):
        owners[pack].append(owner)
    checks = {(int(t), owner) for p, t in zip(problem.pack, problem.teacher, strict=True) for owner in owners[int(p)]}
    mutual = sorted(pair for pair in checks if pair[0] != pair[1] and pair[::-1] in checks)
    start = bits * people
    group_at = {pair: start + n for n, pair in enumerate(groups)}
    check_at = {pair: start + len(groups) + n for n, pair in enumerate(mutual)}
    assert start + len(groups) + len(mutual) <= 62, "too large for the oracle"
    return _Word(bits, group_at, check_at, owners)


# Sums of small problems stay far below: a first number in such units is compared before a second.
_UNIT = 2**20


@dataclass(frozen=True, slots=True)
class Plans:
    """Every state that a fullest plan can end in: what it comes to, and the least (bare, changes, cost) it takes."""

    empty: int
    balance: Whole
    meetings: Whole
    changes_then_cost: Whole
    cost_then_changes: Whole


def every_plan(problem: Problem) -> Plans:
    """All fullest plans, folded: try to leave no place empty, then one, then two …."""
    word = _word(problem)
    could = np.minimum(problem.need, np.bincount(problem.pack, minlength=len(problem.need)))
    for empty in range(int(could.sum()) + 1):
        sides = [_sweep(problem, word, empty, weights) for weights in ((_UNIT, 1), (1, _UNIT))]
        if len(sides[0][0]):
            states = sides[0][0]
            total = empty + int((problem.need - could).sum())
            return Plans(total, _balance(problem, word, states), _meetings(word, states), sides[0][1], sides[1][1])
    raise AssertionError("a plan that fills nothing is always there")


def best(problem: Problem, order: Order, plans: Plans | None = None) -> Tuple:
    """The lexicographically best tuple of all plans; pass `plans` to ask the same problem in several orders."""
    plans = plans or every_plan(problem)
    changes_first = order.index(Goal.CHANGES) < order.index(Goal.PREFERENCE)
    packed = plans.changes_then_cost if changes_first else plans.cost_then_changes
    high, low = packed // _UNIT % _UNIT, packed % _UNIT
    columns = {
        Goal.BALANCE: plans.balance,
        Goal.RECIPROCITY: plans.meetings,
        Goal.CHANGES: high if changes_first else low,
        Goal.PREFERENCE: low if changes_first else high,
    }
    rows = [packed // _UNIT**2, *(columns[goal] for goal in order)]
    first = np.lexsort(rows[::-1])[0]
    return (plans.empty, *(int(row[first]) for row in rows))


def _sweep(problem: Problem, word: _Word, empty: int, weights: Pair) -> tuple[Whole, Whole]:
    """States after all packs with exactly `empty` places left empty that could be filled, and their least price."""
    states, left, prices = (np.zeros(1, dtype=np.int64) for _ in range(3))
    for pack, need in enumerate(problem.need.tolist()):
        pairs = np.flatnonzero(problem.pack == pack).tolist()
        wanted = min(need, len(pairs))
        found = []
        for size in range(max(0, wanted - empty), wanted + 1):
            bare = _UNIT**2 if wanted and not size else 0
            for way in itertools.combinations(pairs, size):
                moved, fits = _move(problem, word, states, way)
                fits &= left + wanted - size <= empty
                price = bare + sum(_price(problem, at, weights) for at in way)
                found.append((moved[fits], left[fits] + wanted - size, prices[fits] + price))
        states, left, prices = _cheapest(*(np.concatenate(column) for column in zip(*found, strict=True)))
    exact = left == empty
    return states[exact], prices[exact]


def _price(problem: Problem, at: int, weights: Pair) -> int:
    return weights[0] * (not problem.kept[at]) + weights[1] * int(problem.cost[at])


def _move(problem: Problem, word: _Word, states: Whole, way: tuple[int, ...]) -> tuple[Whole, Chosen]:
    """The states after these pairs of one pack are chosen, and which of them keep rooms and groups."""
    fits, used = np.ones(len(states), dtype=np.bool_), 0
    for at in way:
        pack, teacher, group = int(problem.pack[at]), int(problem.teacher[at]), int(problem.group[at])
        units = int(problem.weight[pack])
        fits &= _taken(word, states, teacher) + units <= problem.room[teacher]
        states = states + (units << (word.unit_bits * teacher))
        if (teacher, group) in word.group_at:
            fits &= (states >> word.group_at[teacher, group]) & 1 == 0
            used |= 1 << word.group_at[teacher, group]
        for owner in word.owners.get(pack, []):
            used |= 1 << word.check_at[teacher, owner] if (teacher, owner) in word.check_at else 0
    return states | used, fits


def _taken(word: _Word, states: Whole, teacher: int) -> Whole:
    return (states >> (word.unit_bits * teacher)) & ((1 << word.unit_bits) - 1)


def _cheapest(states: Whole, left: Whole, prices: Whole) -> tuple[Whole, Whole, Whole]:
    """Each state with each number of empty places once, at its least price."""
    order = np.lexsort((prices, left, states))
    states, left, prices = states[order], left[order], prices[order]
    first = np.ones(len(states), dtype=np.bool_)
    first[1:] = (states[1:] != states[:-1]) | (left[1:] != left[:-1])
    return states[first], left[first], prices[first]


def _balance(problem: Problem, word: _Word, states: Whole) -> Whole:
    everyone = range(len(problem.room))
    return sum(
        (problem.price[t] * (problem.load[t] + _taken(word, states, t)) ** 2 for t in everyone), np.zeros_like(states)
    )


def _meetings(word: _Word, states: Whole) -> Whole:
    both = [(bit, word.check_at[pair[::-1]]) for pair, bit in word.check_at.items() if pair[0] < pair[1]]
    return sum(((states >> one) & (states >> other) & 1 for one, other in both), np.zeros_like(states))
