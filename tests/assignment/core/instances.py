"""Problems made up by seed: small ones with everything in them at once, by packs and by papers."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from xlpy.assignment.problem import ALONE, Problem, Whole, problem_of

# So that the oracle can count in one machine word: at most as many groups, and people who own packs.
GROUPS, OWNERS = 2, 3
COSTS = 4
PRICES = (1, 1, 1, 2, 3)


def random_problem(seed: int, most: int = 5, heaviest: int = 1) -> Problem:
    """Return a problem of at most `most` packs and people. `heaviest` above 1 makes packs weigh 0 to that many units.

    About half have equal norms, a half no groups, a half no previous plan, a half no owners.
    """
    chance = np.random.default_rng(seed)
    packs, people = (int(chance.integers(1, most + 1)) for _ in range(2))
    weight = np.ones(packs, dtype=np.int64) if heaviest == 1 else chance.integers(0, heaviest + 1, packs)
    room = chance.integers(0, int(chance.choice([2, 4, 9])) * heaviest, people)
    allowed = chance.random((packs, people)) < chance.choice([0.3, 0.6, 0.9, 1.0])
    pack, teacher = np.nonzero(allowed & (weight[:, None] <= room))
    owner_pack, owner_teacher = _owners(chance, packs, people)
    pairs = len(pack)
    return problem_of(
        need=chance.integers(1, 3, packs),
        room=room,
        pack=pack.astype(np.int64),
        teacher=teacher.astype(np.int64),
        weight=weight,
        load=chance.integers(0, 3, people) * _some(chance),
        price=chance.choice(PRICES, people) if _some(chance) else np.ones(people, dtype=np.int64),
        cost=chance.integers(0, COSTS, pairs),
        kept=(chance.random(pairs) < 0.4) & bool(_some(chance)),
        group=_groups(chance, pack),
        owner_pack=owner_pack,
        owner_teacher=owner_teacher,
    )


def _some(chance: np.random.Generator) -> int:
    return int(chance.integers(0, 2))


def _groups(chance: np.random.Generator, pack: Whole) -> Whole:
    """As with «different checkers for a class»: all pairs of a pack are of one group, or of none."""
    of_pack = chance.integers(ALONE, GROUPS if _some(chance) else 0, int(pack.max(initial=0)) + 1)
    return of_pack[pack].astype(np.int64)


def _owners(chance: np.random.Generator, packs: int, people: int) -> tuple[Whole, Whole]:
    owned = chance.random((packs, people)) < 0.4 * _some(chance)
    owned[:, OWNERS:] = False
    pack, teacher = np.nonzero(owned)
    return pack.astype(np.int64), teacher.astype(np.int64)


def all_graphs(packs: int, people: int) -> Iterator[Problem]:
    """Every way in which so many packs and people can be allowed to meet; the rest differs, but is drawn by seed."""
    places = list(itertools.product(range(packs), range(people)))
    for number in range(2 ** len(places)):
        pairs = [place for bit, place in enumerate(places) if number >> bit & 1]
        yield _dressed(number, packs, people, pairs)


def _dressed(seed: int, packs: int, people: int, pairs: list[tuple[int, int]]) -> Problem:
    chance = np.random.default_rng(seed)
    pack, teacher = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    owner = chance.integers(0, people, packs)
    return problem_of(
        need=chance.integers(1, 3, packs),
        room=chance.integers(1, packs + 1, people),
        pack=pack,
        teacher=teacher,
        cost=chance.integers(0, COSTS, len(pairs)),
        kept=chance.random(len(pairs)) < 0.3,
        owner_pack=np.arange(packs),
        owner_teacher=owner,
    )


def largest_problem(seed: int, packs: int = 7, people: int = 7) -> Problem:
    """Seven packs and seven people, half of the pairs allowed, two people wanted for most packs."""
    chance = np.random.default_rng(seed)
    pack, teacher = np.nonzero(chance.random((packs, people)) < 0.6)
    owner_pack, owner_teacher = _owners(chance, packs, people)
    return problem_of(
        need=chance.choice([1, 2, 2], packs),
        room=chance.integers(1, 8, people),
        pack=pack.astype(np.int64),
        teacher=teacher.astype(np.int64),
        load=chance.integers(0, 2, people),
        cost=chance.integers(0, COSTS, len(pack)),
        kept=chance.random(len(pack)) < 0.3,
        group=_groups(chance, pack),
        owner_pack=owner_pack,
        owner_teacher=owner_teacher,
    )
