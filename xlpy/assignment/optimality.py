"""Whether a plan is feasible and as good as its proof says: whole numbers added and compared, no solver, no network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from xlpy.assignment.goals import Goal
from xlpy.assignment.problem import ALONE, Chosen, Problem, Whole
from xlpy.assignment.stage import Stage

# Half of what would overflow when a cost and two potentials are added.
LARGEST = 2**61

Arcs = tuple[str, Whole, Whole, Chosen]


def verify_optimal(problem: Problem, chosen: Chosen, stages: Sequence[Stage]) -> tuple[str, ...]:
    """Return the names of what fails; nothing where the plan is feasible and best at the goals of its stages.

    Fullest: no chain of exchanges leads from an empty place to a person with room left. Best among the fullest: under a
    stage's potentials no unused arc is cheaper than nothing and no used one dearer (complementary slackness). Later
    stages hold what earlier ones settled: only arcs of reduced cost 0 are still free there.
    """
    faults = [name for name, fault in _infeasible(problem, chosen) if fault]
    if not faults and problem.is_unit and _could_be_fuller(problem, chosen):
        faults.append("a place could be filled")
    free: dict[str, Chosen] = {}
    for stage in stages:
        if not _is_lexicographic(problem, stage):
            faults.append("factors")
            continue
        for name, reduced, used in _reduced(problem, chosen, stage):
            wrong = np.where(used, reduced > 0, reduced < 0) & free.get(name, np.ones(len(used), dtype=np.bool_))
            if wrong.any():
                faults.append(f"{name} {int(wrong.argmax())}")
            free[name] = free.get(name, np.ones(len(used), dtype=np.bool_)) & (reduced == 0)
    return tuple(faults)


def _infeasible(problem: Problem, chosen: Chosen) -> Iterator[tuple[str, bool]]:
    pack, teacher, shared = problem.pack[chosen], problem.teacher[chosen], problem.group[chosen] != ALONE
    keys = teacher * (int(problem.pack.max(initial=0)) + 1) + pack
    groups = teacher[shared] * (int(problem.group.max(initial=0)) + 1) + problem.group[chosen][shared]
    yield "pair twice", len(np.unique(keys)) < len(keys)
    yield "pack over its need", bool((np.bincount(pack, minlength=len(problem.need)) > problem.need).any())
    given = np.zeros(len(problem.room), dtype=np.int64)
    np.add.at(given, teacher, problem.weight[pack])
    yield "person over their room", bool((given > problem.room).any())
    yield "group twice", len(np.unique(groups)) < len(groups)


def _could_be_fuller(problem: Problem, chosen: Chosen) -> bool:
    """Whether an empty place can be filled by people passing packs on to each other.

    A person whose pair of a group is in use can only pass on the pack of that group for another of it.
    """
    pack, teacher, shared = problem.pack, problem.teacher, problem.group != ALONE
    span = int(problem.group.max(initial=0)) + 1
    slot = np.where(shared, len(problem.room) + teacher * span + problem.group, teacher)
    busy = np.bincount(slot[chosen & shared], minlength=len(problem.room) * (span + 1)) > 0
    given = np.bincount(teacher[chosen], minlength=len(problem.room))
    packs = np.bincount(pack[chosen], minlength=len(problem.need)) < problem.need
    slots = np.zeros(len(busy), dtype=np.bool_)
    people, before = np.zeros(len(problem.room), dtype=np.bool_), -1
    while before < (reached := int(packs.sum() + slots.sum() + people.sum())):
        before, out = reached, ~chosen & packs[pack]
        slots[slot[out]] = True
        people[teacher[out & ~busy[slot]]] = True
        packs[pack[chosen & (people[teacher] | (shared & slots[slot]))]] = True
    return bool((given[people] < problem.room[people]).any())


def _costs(problem: Problem, goal: Goal) -> tuple[str, Whole]:
    """What a goal costs, on which kind of arc."""
    if goal is Goal.BREADTH:
        return "place", _rank(problem.need) - 1
    if goal is Goal.BALANCE:
        person = np.repeat(np.arange(len(problem.room)), _units(problem))
        before = problem.load[person] + _rank(_units(problem)) - 1
        return "unit", problem.price[person] * ((before + 1) ** 2 - before**2)
    return "pair", problem.cost if goal is Goal.PREFERENCE else np.where(problem.kept, 0, 1)


def _units(problem: Problem) -> Whole:
    """The most units each person can be given: their pairs, those of a group counted once."""
    alone = problem.group == ALONE
    groups = np.unique(np.stack([problem.teacher, problem.group])[:, ~alone], axis=1)[0]
    count = np.bincount(problem.teacher[alone], minlength=len(problem.room))
    return np.asarray(np.minimum(problem.room, count + np.bincount(groups, minlength=len(problem.room))))


def _rank(counts: Whole) -> Whole:
    return np.concatenate([np.arange(1, count + 1) for count in counts.tolist()] or [np.zeros(0, dtype=np.int64)])


def _is_lexicographic(problem: Problem, stage: Stage) -> bool:
    """Whether one step of each goal outweighs all later goals of the stage together, all sums within 64 bits."""
    later = 0
    if ((stage.potential >= LARGEST) | (stage.potential <= -LARGEST)).any():
        return False
    for goal, factor in zip(reversed(stage.goals), reversed(stage.factors), strict=True):
        if factor <= later:
            return False
        cost = _costs(problem, goal)[1]
        dearest = int(problem.need.sum()) * int(cost.max(initial=0))
        if factor * int(cost.max(initial=0)) >= LARGEST:
            return False
        later += factor * (dearest if float(cost.sum(dtype=float)) > dearest else int(cost.sum()))
    return True


def _reduced(problem: Problem, chosen: Chosen, stage: Stage) -> Iterator[tuple[str, Whole, Chosen]]:
    """Kind of arc, reduced cost and whether it is used, per arc of the kind."""
    packs, people = len(problem.need), len(problem.room)
    of_pack, of_person = stage.potential[:packs], stage.potential[packs : packs + people]
    of_group, (source, sink) = stage.potential[packs + people : -2], stage.potential[-2:].tolist()
    price = {"pair": np.zeros(len(problem.pack), dtype=np.int64)}
    for goal, factor in zip(stage.goals, stage.factors, strict=True):
        kind, cost = _costs(problem, goal)
        price[kind] = price.get(kind, 0) + factor * cost
    shared, span = problem.group != ALONE, int(problem.group.max(initial=0)) + 1
    keys, at = np.unique((problem.teacher * span + problem.group)[shared], return_inverse=True)
    end = of_person[problem.teacher]
    end[shared] = of_group[at]
    yield "pair", price["pair"] + of_pack[problem.pack] - end, chosen
    yield "group", of_group - of_person[keys // span], np.bincount(at[chosen[shared]], minlength=len(keys)) > 0
    of_place, place = np.repeat(np.arange(packs), problem.need), _rank(problem.need)
    filled = np.bincount(problem.pack[chosen], minlength=packs)
    yield "place", price.get("place", 0) + source - of_pack[of_place], place <= filled[of_place]
    of_unit, unit = np.repeat(np.arange(people), _units(problem)), _rank(_units(problem))
    given = np.bincount(problem.teacher[chosen], minlength=people)
    yield "unit", price.get("unit", 0) + of_person[of_unit] - sink, unit <= given[of_unit]
