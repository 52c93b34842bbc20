"""The rows of «Выходы наблюдателей»: which of them a plan may change, and what they become.

One row is one observer at one work, so that each has their own «Акт сдан» and «Нарушения»; several observers of a work
are several rows with one key, told apart by their order. A row in which somebody has written is never taken away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from xlpy.analysis.staff import names_in
from xlpy.assignment.slots import Sitting, Time, Work, work_order
from xlpy.plan.working_days import as_day
from xlpy.tables import schema
from xlpy.tables.convert import as_text, is_empty
from xlpy.tables.frames import Table
from xlpy.tables.merge import match_key, positions_of
from xlpy.tables.normalise import fold
from xlpy.tables.raw import RawTable, Value

Slot = tuple[date, Work]
Row = dict[str, Value]

# An empty stage is the work itself too: so the checks read it.
_STAGE = schema.VISIT_STAGES[2]
PLANNED_STAGES = frozenset({"", _STAGE})


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A row as it stands; `day` is None where it has none. `planned`: its stage is the work itself, its key is whole.

    `held`: «Акт сдан» or «Нарушения» make it a record of what was.
    """

    row: int
    day: date | None
    work: Work
    stage: str
    names: tuple[str, ...]
    planned: bool
    held: bool

    @property
    def slot(self) -> Slot:
        """Day and work; only a planned row has both."""
        return self.day or date.max, self.work


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the rows of a sitting that a plan may change should say: the names, and how many more are missing."""

    sitting: Sitting
    names: tuple[str, ...]
    missing: int


def read_visit_rows(visits: Table, today: date) -> tuple[VisitRow, ...]:
    """Return the rows in the order of the sheet."""
    frame = visits.frame
    keys = ("date", "school_class", "subject", "stage", "observer", "report_in", "violations")
    found = []
    for row, moment, school_class, subject, stage, names, report, violations in zip(
        frame.index.tolist(), *(frame[key] for key in keys), strict=True
    ):
        day = as_day(moment)
        planned = stage in PLANNED_STAGES and day is not None and bool(school_class and subject)
        held = bool(violations) or report == schema.YES or bool(report and day is not None and day <= today)
        found.append(VisitRow(row, day, (school_class, subject), stage, names_in(names), planned, held))
    return tuple(found)


def is_stale(slot: Slot, days: Mapping[Work, Collection[date | None]], today: date) -> bool:
    """Whether a visit still to come is certainly not in «График» any more; `days` of each of its works.

    A class that «График» does not have at all, or a work without a day there, may be a slip: such a row stays.
    """
    day, work = slot
    classes = {school_class for school_class, _ in days}
    there = days.get(work, ())
    return day >= today and work[0] in classes and day not in there and None not in there


def lay_out(
    raw: RawTable,
    rows: Sequence[VisitRow],
    wanted: Mapping[Slot, Wanted],
    times: Mapping[Slot, Time],
    stale: Collection[int],
) -> list[Row]:
    """Return the rows of the sheet by time, class and stage, each old one named by its key as written.

    `wanted` by day and work; a row of no such slot stays as it is, unless it is in `stale` and nobody has written in
    it. A missing observer is a row without a name: there the user sees the gap, and may fill it.
    """
    open_rows: dict[Slot, list[VisitRow]] = {slot: [] for slot in wanted}
    for one in rows:
        if one.planned and not one.held and one.slot in wanted:
            open_rows[one.slot].append(one)
    sheet = _Sheet(raw)
    cells: dict[int, Row] = {}
    added: list[tuple[Slot, Row]] = []
    gone = {row for row in stale if not sheet.is_written_in(row)}
    for slot, what in wanted.items():
        given, more, left = share_names(open_rows[slot], what.names)
        kept = left if any(map(sheet.is_written_in, left)) else left[: what.missing]
        gone |= {*left} - {*kept}
        room: Row = {"room": what.sitting.room} if what.sitting.room else {}
        cells |= {row: {"observer": name, **room} for row, name in given.items()}
        cells |= {row: {"observer": None, **room} for row in kept}
        empty = [""] * (what.missing - len(kept))
        added += [(slot, _new_row(what.sitting, name)) for name in (*more, *empty)]
    standing = [(_order(one, times), one.row) for one in rows if one.row not in gone]
    old = [(order, {**sheet.named(row), **sheet.new_of(row, cells.get(row, {}))}) for order, row in standing]
    new = [(_new_order(slot, times), row) for slot, row in added]
    notes = [sheet.named(row) for row in sheet.notes({one.row for one in rows})]
    return [*(row for _, row in sorted([*old, *new], key=lambda pair: pair[0])), *notes]


def share_names(old: Sequence[VisitRow], names: Sequence[str]) -> tuple[dict[int, str], list[str], list[int]]:
    """Share names out to the rows of one sitting: (row → name, names for new rows, rows that are left over).

    A name keeps the row it stands in.
    """
    wanted = {fold(name): name for name in names}
    given: dict[int, str] = {}
    for one in old:
        own = next((fold(name) for name in one.names if fold(name) in wanted), None)
        if own is not None:
            given[one.row] = wanted.pop(own)
    free = [one.row for one in old if one.row not in given]
    rest = list(wanted.values())
    given |= dict(zip(free, rest, strict=False))
    return given, rest[len(free) :], free[len(rest) :]


class _Sheet:
    """Cells of the sheet as written, by Excel row."""

    def __init__(self, raw: RawTable) -> None:
        self._raw = raw
        positions = positions_of(schema.VISITS, raw.captions)
        self._inputs = {c.key: positions[c.key] for c in schema.VISITS.columns if c.key in positions}
        self._own = sorted({*range(len(raw.captions))} - {*self._inputs.values()})
        match = [key for key in schema.VISITS.match if key in self._inputs]
        columns = [schema.VISITS.column(key) for key in match]
        self._same: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._key: dict[int, tuple[str, ...]] = {}
        for row, line in enumerate(raw.values, start=raw.first_row):
            self._key[row] = match_key(columns, [line[self._inputs[key]] for key in match])
            self._same[self._key[row]].append(row)

    def new_of(self, row: int, cells: Row) -> Row:
        """Those of the cells that the row does not say yet, whatever the spelling: 12 is as good a room as «12»."""
        line = self._line(row)
        return {
            key: new
            for key, new in cells.items()
            if key in self._inputs and fold(as_text(line[self._inputs[key]])) != fold(as_text(new))
        }

    def _line(self, row: int) -> list[Value]:
        return self._raw.values[row - self._raw.first_row]

    def is_written_in(self, row: int) -> bool:
        """Whether a row of this key holds something in a column of the user's own.

        Rows of one key are told apart by their order alone: taking one away would move what stands in the others.
        """
        return any(not is_empty(self._line(one)[at]) for one in self._same[self._key[row]] for at in self._own)

    def notes(self, known: Collection[int]) -> list[int]:
        """Rows that hold nothing but what the user has written in columns of their own."""
        return [row for row in self._key if row not in known and any(not is_empty(cell) for cell in self._line(row))]

    def named(self, row: int) -> Row:
        """The row named by its key; one of several with that key names all its cells, so that none are exchanged."""
        line, alone = self._line(row), len(self._same[self._key[row]]) == 1
        return {
            key: line[at]
            for key, at in self._inputs.items()
            if key in schema.VISITS.match or not (alone or row in self._raw.formulas.get(at, ()))
        }


def _new_row(sitting: Sitting, name: str) -> Row:
    day = sitting.time.day
    return {
        "date": datetime(day.year, day.month, day.day),  # noqa: DTZ001 - workbooks know no time zones
        "school_class": sitting.work[0],
        "subject": sitting.work[1],
        "room": sitting.room or None,
        "stage": _STAGE,
        "observer": name or None,
    }


def _order(one: VisitRow, times: Mapping[Slot, Time]) -> tuple[object, ...]:
    stage = schema.VISIT_STAGES.index(one.stage or _STAGE) if one.stage in {"", *schema.VISIT_STAGES} else -1
    return *_place(one.slot, times), stage, False, one.row


def _new_order(slot: Slot, times: Mapping[Slot, Time]) -> tuple[object, ...]:
    return *_place(slot, times), schema.VISIT_STAGES.index(_STAGE), True, 0


def _place(slot: Slot, times: Mapping[Slot, Time]) -> tuple[object, ...]:
    return times.get(slot, Time(slot[0], None)).order(), work_order(slot[1])
