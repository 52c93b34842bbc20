"""Who keeps order where: from the tables of a workbook to the column «Организатор» of «График». Asks no clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from xlpy.assignment.duty import Change, DutyBar, Gap, Hindered, in_order
from xlpy.assignment.goals import FIRST_PLAN, changes_first
from xlpy.assignment.organiser_question import Rules, Seat, bars_of, is_open, read_rules, read_seats
from xlpy.assignment.organiser_rooms import (
    Names,
    Room,
    Whereabouts,
    elsewhere,
    fill,
    loads_of,
    may_keep,
    together,
    whereabouts,
)
from xlpy.assignment.slots import count_left_out
from xlpy.tables import schema
from xlpy.tables.frames import Table
from xlpy.tables.merge import positions_of
from xlpy.tables.raw import RawTable, Value


class Standing(Enum):
    """What becomes of the names that stand: they stay whatever they break, or those that break a rule are replaced."""

    KEPT = "kept"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class PlannedSeat:
    """A row of «График» and its organisers."""

    seat: Seat
    names: Names

    @property
    def is_changed(self) -> bool:
        """Whether the cell must be written; the same names in another order are the same."""
        return {*self.names} != {*self.seat.names}


@dataclass(frozen=True, slots=True)
class OrganiserPlan:
    """Who keeps order where. `seats` are those still to be planned; `loads` count rooms of everyone who may keep order.

    `breaches`: rooms and the people that stand there against a rule. `past`: works gone by without an organiser.
    `left_out`: rows without a day, class or subject. `first`: nobody stood anywhere. `proven`: no plan is better.
    """

    seats: tuple[PlannedSeat, ...]
    gaps: tuple[Gap, ...]
    changes: tuple[Change, ...]
    breaches: tuple[Change, ...]
    loads: Mapping[str, int]
    past: int
    left_out: int
    first: bool
    proven: bool


def plan_organisers(tables: Mapping[str, Table], standing: Standing, today: date) -> OrganiserPlan:
    """Return who keeps order where; the names that stand are kept, or those against a rule replaced.

    As many rooms as can be have an organiser, then as few names change as can be, then loads are even, and people who
    do not work in the class come first. The order of rows never matters. Never raises on data.
    """
    rules, seats = read_rules(tables), read_seats(tables["schedule"])
    now = [seat for seat, is_now in zip(seats, is_open(seats, today), strict=True) if is_now]
    shared, rooms = _rooms(rules, now, standing)
    moving = {seat.row for room in rooms for seat in room.seats}
    settled = [replace(seat, names=shared.get(seat.row, seat.names)) for seat in seats if seat.row not in moving]
    order = changes_first(FIRST_PLAN) if standing is Standing.REPLACED else FIRST_PLAN
    filled = fill(rules, rooms, settled, order)
    names = {seat.row: names for room, names in zip(rooms, filled.names, strict=True) for seat in room.seats}
    placed = [replace(seat, names=names.get(seat.row, shared.get(seat.row, seat.names))) for seat in seats]
    placed = _with_unreplaced(placed, {seat.row: seat for seat in seats}, rooms)
    where = whereabouts(placed)
    final = {seat.row: seat for seat in placed}
    planned, load = tuple(PlannedSeat(seat, final[seat.row].names) for seat in now), loads_of(placed)
    return OrganiserPlan(
        seats=planned,
        gaps=tuple(
            _gap(rules, room, final[room.seats[0].row], where)
            for room in rooms
            if len(final[room.seats[0].row].names) < room.need
        ),
        changes=tuple(_change(rules, one, where) for one in planned if one.is_changed),
        breaches=tuple(change for one in planned if (change := _breach(rules, one, where)).gone),
        loads={teacher: load.get(teacher, 0) for teacher in rules.teachers if teacher in rules.keepers},
        past=sum(not seat.names for seat in seats) - sum(not seat.names for seat in now),
        left_out=count_left_out(tables["schedule"]),
        first=not any(seat.names for seat in seats),
        proven=filled.proven,
    )


def _rooms(rules: Rules, now: Sequence[Seat], standing: Standing) -> tuple[dict[int, Names], list[Room]]:
    """(Excel row → names it shares with another row of its room, rooms to fill)."""
    groups: dict[object, list[Seat]] = {}
    for seat in now:
        groups.setdefault(seat.place, []).append(seat)
    shared: dict[int, Names] = {}
    rooms: list[Room] = []
    for group in groups.values():
        if standing is Standing.REPLACED:
            rooms += _movable(rules, group)
        else:
            own, more = _vacant(rules, group)
            shared |= own
            rooms += more
    return shared, rooms


def _vacant(rules: Rules, group: Sequence[Seat]) -> tuple[dict[int, Names], list[Room]]:
    """Of one place: rows without a name share the organiser who stands there already, where they may."""
    hosts = sorted({name for seat in group for name in seat.names})
    shared: dict[int, Names] = {}
    for seat in group:
        host = next((name for name in hosts if may_keep(rules, name, [seat])), None)
        if not seat.names and host is not None:
            shared[seat.row] = (host,)
    return shared, together(rules, [seat for seat in group if not seat.names and seat.row not in shared])


def _movable(rules: Rules, group: Sequence[Seat]) -> list[Room]:
    """Of one place: rows whose people may stay, with the rows that can share them; and rows without such people."""
    rooms: dict[Names, list[Seat]] = {}
    for seat in group:
        if seat.names and all(may_keep(rules, name, [seat]) for name in seat.names):
            rooms.setdefault(seat.names, []).append(seat)
    settled = {seat.row for there in rooms.values() for seat in there}
    partly, rest = [], []
    for seat in group:
        host = next((there for there in rooms if all(may_keep(rules, name, [seat]) for name in there)), None)
        if seat.row in settled:
            continue
        if len(seat.names) > 1:
            fine = tuple(name for name in seat.names if may_keep(rules, name, [seat]))
            partly.append(Room((seat,), fine, len(seat.names)))
        elif host is not None:
            rooms[host].append(seat)
        else:
            rest.append(seat)
    return [*(Room(tuple(there), names, len(names)) for names, there in rooms.items()), *partly, *together(rules, rest)]


def _with_unreplaced(placed: Sequence[Seat], before: Mapping[int, Seat], rooms: Sequence[Room]) -> list[Seat]:
    """Leave a name that stands where nobody better is found, unless that person is in another place now."""
    where, short = whereabouts(placed), {seat.row: room.need for room in rooms for seat in room.seats}
    final = []
    for seat in placed:
        stay = [name for name in before[seat.row].names if name not in seat.names and not elsewhere(where, seat, name)]
        wanted = max(0, short.get(seat.row, 0) - len(seat.names))
        final.append(replace(seat, names=(*seat.names, *stay[:wanted])))
    return final


def _gap(rules: Rules, room: Room, seat: Seat, where: Whereabouts) -> Gap:
    hindered = []
    for teacher in rules.teachers:
        bars = {bar for one in room.seats for bar in bars_of(rules, teacher, one)}
        bars |= {DutyBar.NO_ROLE} if teacher not in rules.keepers else set()
        bars |= {DutyBar.BUSY} if not bars and elsewhere(where, seat, teacher) else set()
        if teacher not in seat.names:
            hindered.append(Hindered(teacher, in_order(bars)))
    return Gap(room.visit, room.need - len(seat.names), tuple(hindered))


def _change(rules: Rules, one: PlannedSeat, where: Whereabouts) -> Change:
    gone = tuple(
        Hindered(name, bars_of(rules, name, one.seat) or _moved(one.seat, name, where))
        for name in one.seat.names
        if name not in one.names
    )
    return Change(one.seat.visit, gone, tuple(name for name in one.names if name not in one.seat.names))


def _moved(seat: Seat, name: str, where: Whereabouts) -> tuple[DutyBar, ...]:
    return (DutyBar.BUSY if elsewhere(where, seat, name) else DutyBar.SURPLUS,)


def _breach(rules: Rules, one: PlannedSeat, where: Whereabouts) -> Change:
    """The names that stand against a rule and stay; someone in two places at once is named at both."""
    stay = [name for name in one.names if name in one.seat.names]
    found = [Hindered(name, _rules_broken(rules, name, one.seat, where)) for name in stay]
    return Change(one.seat.visit, tuple(hindered for hindered in found if hindered.bars), ())


def _rules_broken(rules: Rules, name: str, seat: Seat, where: Whereabouts) -> tuple[DutyBar, ...]:
    return (*bars_of(rules, name, seat), *((DutyBar.BUSY,) if elsewhere(where, seat, name) else ()))


def organiser_rows(raw: RawTable, plan: OrganiserPlan) -> list[dict[str, Value]]:
    """Return the rows of «График» in their order, each named by its key as written, and «Организатор» where it changes.

    `raw` is the sheet from which the plan was made.
    """
    positions = positions_of(schema.SCHEDULE, raw.captions)
    match = [(key, positions[key]) for key in schema.SCHEDULE.match if key in positions]
    changed = {one.seat.row: "; ".join(one.names) or None for one in plan.seats if one.is_changed}
    rows: list[dict[str, Value]] = []
    for number, line in enumerate(raw.values, start=raw.first_row):
        row: dict[str, Value] = {key: line[at] for key, at in match}
        rows.append(row | {"organiser": changed[number]} if number in changed else row)
    return rows
