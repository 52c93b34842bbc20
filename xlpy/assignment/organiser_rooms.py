"""Rooms that need an organiser, and the fairest people for them: nobody in two places at one time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from xlpy.assignment.apart import solve_apart
from xlpy.assignment.goals import Order
from xlpy.assignment.organiser_question import Rules, Seat, bars_of, cost_of
from xlpy.assignment.problem import Problem, problem_of
from xlpy.assignment.slots import Visit, are_at_once

Names = tuple[str, ...]
Whereabouts = dict[str, list[Seat]]


@dataclass(frozen=True, slots=True)
class Room:
    """Rows of one place and time that share their organisers: how many they need, who stands there and may stay."""

    seats: tuple[Seat, ...]
    kept: Names = ()
    need: int = 1

    @property
    def visit(self) -> Visit:
        """The room by its first day."""
        return Visit(self.seats[0].times[0], self.seats[0].room, tuple(seat.work for seat in self.seats))


@dataclass(frozen=True, slots=True)
class Filled:
    """People by room, in the order of the rooms; `proven`: nothing better exists."""

    names: tuple[Names, ...]
    proven: bool


def may_keep(rules: Rules, teacher: str, seats: Iterable[Seat]) -> bool:
    """Whether no rule keeps a teacher from any of the seats."""
    return not any(bars_of(rules, teacher, seat) for seat in seats)


def together(rules: Rules, seats: Sequence[Seat]) -> list[Room]:
    """One room for rows of one place where one person may serve them all, else a room for each."""
    if not seats:
        return []
    shared = any(may_keep(rules, teacher, seats) for teacher in rules.keepers)
    return [Room(tuple(seats))] if shared else [Room((seat,)) for seat in seats]


def whereabouts(seats: Iterable[Seat]) -> Whereabouts:
    """Name → the seats they have, in the order of the seats."""
    where: Whereabouts = {}
    for seat in seats:
        for name in seat.names:
            where.setdefault(name, []).append(seat)
    return where


def elsewhere(where: Whereabouts, seat: Seat, name: str) -> list[Seat]:
    """The seats in other places that a person has at any of a seat's times."""
    return [one for one in where.get(name, ()) if one.place != seat.place and are_at_once(one.times, seat.times)]


def loads_of(seats: Iterable[Seat]) -> dict[str, int]:
    """How many rooms each person has; two rows of one place are one room."""
    return dict(Counter(name for name, _ in {(name, seat.place) for seat in seats for name in seat.names}))


def fill(rules: Rules, rooms: Sequence[Room], settled: Sequence[Seat], order: Order) -> Filled:
    """Return who takes which room: as many as can be, then the goals in their order.

    `settled` are the seats that do not change: who is there is not elsewhere at that time, and has that load.
    """
    problem = _problem(rules, rooms, whereabouts(settled), loads_of(settled))
    plan = solve_apart(problem, order, [room.seats[0].times for room in rooms])
    names: list[list[str]] = [[] for _ in rooms]
    for at in np.flatnonzero(plan.chosen).tolist():
        names[problem.pack[at]].append(rules.teachers[problem.teacher[at]])
    return Filled(tuple(map(tuple, names)), plan.proven)


def _problem(rules: Rules, rooms: Sequence[Room], where: Whereabouts, load: Mapping[str, int]) -> Problem:
    pairs = []
    for at, room in enumerate(rooms):
        for number, teacher in enumerate(rules.teachers):
            is_offered = teacher in rules.keepers or teacher in room.kept
            if is_offered and may_keep(rules, teacher, room.seats) and not elsewhere(where, room.seats[0], teacher):
                pairs.append((at, number, cost_of(rules, teacher, room.seats), teacher in room.kept))
    pack, of, cost, kept = np.array(pairs, dtype=np.int64).reshape(-1, 4).T
    return problem_of(
        need=np.array([room.need for room in rooms], dtype=np.int64),
        room=np.full(len(rules.teachers), len(rooms) + 1, dtype=np.int64),
        pack=pack,
        teacher=of,
        cost=cost,
        kept=kept.astype(np.bool_),
        load=np.array([load.get(teacher, 0) for teacher in rules.teachers], dtype=np.int64),
    )
