"""Who checks whom between the schools of one municipality: in one direction round a ring wherever that can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from xlpy.assignment.goals import Attained, Goal, Order
from xlpy.assignment.problem import Chosen, Problem, Whole, filled, only
from xlpy.assignment.solve import Solution, solve
from xlpy.region.arrays import NamedPairs, PackColumns, PeopleColumns, SchoolPairs, count_pairs, problem_from
from xlpy.region.reach import blocked, fullest
from xlpy.region.ring import Directed, mutual, next_ones, school_pairs, short_tour, tournament, widths
from xlpy.region.ways_back import fewest_ways_back

# No two schools check each other by construction, and no two people of one school could: nothing is left to search.
ORDER: Order = (Goal.BALANCE, Goal.CHANGES, Goal.PREFERENCE)
_FEW_SCHOOLS = 13
# More would take memory that an office computer does not have; the packs then stay with the schools they have.
_MOST_PAIRS = 4_000_000


@dataclass(frozen=True, slots=True)
class Columns:
    """Everything about the packs and people of one municipality, and the steps between its schools."""

    packs: PackColumns
    people: PeopleColumns
    steps: Whole
    barred: NamedPairs
    before: NamedPairs

    @property
    def schools(self) -> int:
        """How many schools there are."""
        return len(self.steps)


@dataclass(frozen=True, slots=True)
class Answer:
    """A plan by number. `both_ways`: schools that check each other.

    `fewest`: proven that as many places cannot be filled with fewer such pairs, nor more places at all.
    """

    problem: Problem
    solution: Solution
    both_ways: tuple[tuple[int, int], ...]
    fewest: bool = True

    @property
    def chosen(self) -> Chosen:
        """The chosen pairs."""
        return self.solution.chosen

    @property
    def attained(self) -> tuple[Attained, ...]:
        """How good the plan is at each goal."""
        return self.solution.attained


@dataclass(frozen=True, slots=True)
class _Open:
    """Ways open to every pack, and further ones open to the packs of a mask."""

    ways: Directed
    wide: Directed
    packs: Chosen


def plan_columns(columns: Columns, order: Order = ORDER) -> Answer:
    """Return the plan of a municipality.

    Each school is checked by the next ones of a short round trip. Where places stay empty, the packs concerned may go
    to more schools, up to all in one direction; and where even that leaves places empty which schools checking each
    other would fill, as few as can be found do. Then the goals count: even loads, the earlier plan, near schools.
    """
    if not len(columns.before.pack):
        order = tuple(goal for goal in order if goal is not Goal.CHANGES)
    narrow, *wider = _ways(columns) or [frozenset[tuple[int, int]]()]
    opened = _Open(narrow, narrow, _no_packs(columns))
    problem = _problem(columns, opened)
    # Packs that too few people may check need no flow to be found short.
    if (problem.reachable == problem.need).all() or not problem.is_unit:
        answer = _answer(columns, problem, order)
        if not _short(problem, answer.chosen):
            return answer
        if not problem.is_unit:
            return _by_trying(columns, answer, wider, order)
    best = _Reached(opened, problem, fullest(problem))
    reached = best
    for ways in (*wider, everyone(columns.schools)):
        further = _widened(columns, reached, reached.opened.wide | ways)
        if further is None:
            return replace(_answer(columns, best.problem, order), fewest=False)
        reached = further
        if reached.short < best.short:
            if ways == everyone(columns.schools):
                return _with_ways_back(columns, reached, order) or _answer(columns, best.problem, order)
            best = reached
        if not best.short:
            break
    return _answer(columns, best.problem, order)


@dataclass(frozen=True, slots=True)
class _Reached:
    """What is open, the problem of it, and some plan of it that fills most places."""

    opened: _Open
    problem: Problem
    chosen: Chosen

    @property
    def short(self) -> int:
        """How many places are left empty."""
        return _short(self.problem, self.chosen)


def _no_packs(columns: Columns) -> Chosen:
    return np.zeros(len(columns.packs.school), dtype=np.bool_)


def _short(problem: Problem, chosen: Chosen) -> int:
    return int((problem.need - filled(problem, chosen)).sum())


def _widened(columns: Columns, reached: _Reached, wide: Directed) -> _Reached | None:
    """Open the wide ways to every pack that is in the way of more places, until nothing is gained by more.

    None where that would be too many pairs.
    """
    packs = reached.opened.packs
    opened, problem, chosen = replace(reached.opened, wide=wide), reached.problem, reached.chosen
    while True:
        packs = packs | blocked(problem, chosen)
        if (packs == opened.packs).all() and problem is not reached.problem:
            return _Reached(opened, problem, chosen)
        opened = replace(opened, packs=packs)
        if count_pairs(*_tables(columns, opened)) > _MOST_PAIRS:
            return None
        problem = _problem(columns, opened)
        chosen = fullest(problem)


def _by_trying(columns: Columns, answer: Answer, wider: Sequence[Directed], order: Order) -> Answer:
    """Load in papers: no flow says whether more schools would fill more places, so the most in one way are tried."""
    widest = [_Open(ways, ways, _no_packs(columns)) for ways in wider[-1:]]
    found = [answer, *(_answer(columns, _problem(columns, opened), order) for opened in widest)]
    if all(_short(one.problem, one.chosen) for one in found) and columns.schools <= _FEW_SCHOOLS:
        back = _with_ways_back(columns, None, order)
        found += [] if back is None else [back]
    return min(found, key=lambda one: _short(one.problem, one.chosen))


def _ways(columns: Columns) -> list[Directed]:
    """One-way plans, the fewest neighbours first."""
    tour, settled = short_tour(columns.steps), _settled(columns)
    wider = [next_ones(tour, neighbours) for neighbours in widths(columns.schools)]
    even = columns.schools > 3 and columns.schools % 2 == 0
    return [_beside(settled, ways) for ways in (*wider, *([tournament(tour)] if even else []))]


def _settled(columns: Columns) -> Directed:
    """The ways of the earlier plan, one of two that go both ways: that of the round trip."""
    before = columns.before
    used = zip(columns.packs.school[before.pack].tolist(), columns.people.school[before.person].tolist(), strict=True)
    ways = frozenset(used)
    kept = tournament(short_tour(columns.steps))
    return frozenset((one, other) for one, other in ways if (other, one) not in ways or (one, other) in kept)


def _beside(settled: Directed, ways: Directed) -> Directed:
    return settled | frozenset((one, other) for one, other in ways if (other, one) not in settled)


def everyone(schools: int) -> Directed:
    """Every school may be checked by every other."""
    return frozenset((one, other) for one in range(schools) for other in range(schools) if one != other)


def _tables(columns: Columns, opened: _Open) -> tuple[PackColumns, PeopleColumns, SchoolPairs]:
    """A pack to which more is open counts as one of a second school of its own, with more neighbours."""
    usual = school_pairs(opened.ways, columns.steps)
    wide = school_pairs(opened.wide, columns.steps)
    packs = replace(columns.packs, school=columns.packs.school + columns.schools * opened.packs)
    allowed = SchoolPairs(
        np.concatenate([usual.owner, wide.owner + columns.schools]),
        np.concatenate([usual.checker, wide.checker]),
        np.concatenate([usual.cost, wide.cost]),
    )
    return packs, columns.people, allowed


def _problem(columns: Columns, opened: _Open) -> Problem:
    return problem_from(*_tables(columns, opened), columns.barred, columns.before)


def _with_ways_back(columns: Columns, reached: _Reached | None, order: Order) -> Answer | None:
    """The plan with ways back; None where no ways are found."""
    # In few schools every pack may go anywhere, so that a way can be turned round.
    both = everyone(columns.schools)
    everywhere = reached is None or columns.schools <= _FEW_SCHOOLS
    if reached is None or everywhere:
        problem = _problem(columns, _Open(both, both, _no_packs(columns)))
    else:
        problem = reached.problem
    one_way = _beside(_settled(columns), tournament(short_tour(columns.steps)))
    owner, checker = columns.packs.school, columns.people.school
    found = fewest_ways_back(problem, owner, checker, one_way)
    if found is None:
        return None
    keys = [one * columns.schools + other for one, other in sorted(found.open_to)]
    way = owner[problem.pack] * columns.schools + checker[problem.teacher]
    # Among packs that were opened only, the fewest ways back are not shown to be the fewest of all.
    return replace(_answer(columns, only(problem, np.isin(way, keys)), order), fewest=found.fewest and everywhere)


def _answer(columns: Columns, problem: Problem, order: Order) -> Answer:
    solution = solve(problem, order)
    return Answer(problem, solution, mutual(used_ways(columns, problem, solution.chosen)))


def used_ways(columns: Columns, problem: Problem, chosen: Chosen) -> Directed:
    """Return (owner, checker) of the schools that do check."""
    owners, checkers = columns.packs.school[problem.pack[chosen]], columns.people.school[problem.teacher[chosen]]
    return frozenset(zip(owners.tolist(), checkers.tolist(), strict=True))
