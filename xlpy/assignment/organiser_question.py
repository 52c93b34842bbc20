"""What is asked when organisers are planned: the rooms, who stands there, what keeps each teacher from each work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xlpy.analysis import staff
from xlpy.analysis.staff import Bar, Period
from xlpy.assignment.duty import DutyBar, in_order
from xlpy.assignment.slots import Time, Visit, Work, days_of, first_open_day, lesson_of, work_order
from xlpy.tables import schema
from xlpy.tables.frames import Table, split_list
from xlpy.tables.normalise import fold

_ROLE = schema.ROLES[1]
# How little a teacher is wanted in a room of a class they work in, and of their own homeroom.
WORKS_THERE, OWN_CLASS = 1, 2


@dataclass(frozen=True, slots=True)
class Seat:
    """A row of «График»: a work, its one or two days, its room, who stands there as organiser."""

    row: int
    work: Work
    times: tuple[Time, ...]
    room: str
    names: tuple[str, ...]

    @property
    def place(self) -> tuple[tuple[Time, ...], str]:
        """By what rows are in one place at one time, so that one organiser serves them all."""
        return self.times, fold(self.room) or self.work[0]

    @property
    def visit(self) -> Visit:
        """The seat by its first day."""
        return Visit(self.times[0], self.room, (self.work,))


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides who may keep order where, looked up once per plan; teachers in alphabetical order, each once."""

    teachers: tuple[str, ...]
    keepers: frozenset[str]
    subject_teachers: Mapping[Work, frozenset[str]]
    in_class: frozenset[tuple[str, str]]
    homeroom: Mapping[str, frozenset[str]]
    checkers: Mapping[Work, frozenset[str]]
    ties: Mapping[Bar, frozenset[tuple[str, str, str]]]
    absences: Mapping[str, Period]


def read_seats(schedule: Table) -> tuple[Seat, ...]:
    """Return the rows that have a day, a class and a subject, by time and class."""
    frame = schedule.frame
    keys = ("date", "second_date", "lesson", "room", "organiser", "school_class", "subject")
    found = []
    for row, first, second, lesson, room, names, school_class, subject in zip(
        frame.index.tolist(), *(frame[key] for key in keys), strict=True
    ):
        times = tuple(Time(day, lesson_of(lesson)) for day in days_of(first, second))
        if times and school_class and subject:
            found.append(Seat(row, (school_class, subject), times, room, staff.names_in(names)))
    return tuple(sorted(found, key=_seat_order))


def _seat_order(seat: Seat) -> tuple[object, ...]:
    return seat.times[0].order(), work_order(seat.work), seat.times[1:] != (), seat.room, seat.names, seat.row


def is_open(seats: Sequence[Seat], today: date) -> tuple[bool, ...]:
    """Which seats are still to be planned."""
    start = first_open_day((time.day for seat in seats for time in seat.times), today)
    return tuple(any(time.day >= start for time in seat.times) for seat in seats)


def read_rules(tables: Mapping[str, Table]) -> Rules:
    """Return the rules of a workbook."""
    teachers = tables["teachers"].frame
    named = {t for t, roles in zip(teachers["teacher"], teachers["roles"], strict=True) if _ROLE in split_list(roles)}
    everyone = {name for name in teachers["teacher"] if name}
    return Rules(
        teachers=tuple(sorted(everyone)),
        keepers=frozenset(named - {""} or everyone),
        subject_teachers=staff.subject_teachers(tables["workload"]),
        in_class=staff.ever_taught(tables["workload"]),
        homeroom=staff.homeroom_of(tables["classes"]),
        checkers=_checkers(tables["checkers"]),
        ties=staff.ties_by_kind(tables["conflicts"], tables["observers"]),
        absences=staff.absences(tables["teachers"]),
    )


def _checkers(checkers: Table) -> dict[Work, frozenset[str]]:
    frame = checkers.frame
    found: dict[Work, set[str]] = {}
    columns = (frame[key] for key in ("school_class", "subject", "checker", "second_checker"))
    for school_class, subject, *names in zip(*columns, strict=True):
        found.setdefault((school_class, subject), set()).update(name for cell in names for name in staff.names_in(cell))
    return {work: frozenset(names) for work, names in found.items()}


def bars_of(rules: Rules, teacher: str, seat: Seat) -> tuple[DutyBar, ...]:
    """Return what rule keeps a teacher from a seat. A missing role keeps nobody from where they stand already."""
    if teacher not in rules.teachers:
        return (DutyBar.UNKNOWN,)
    school_class = seat.work[0]
    of_subject = (
        rules.subject_teachers.get(of, frozenset()) for of in (seat.work, (school_class, schema.PRIMARY_TEACHER))
    )
    found = {
        DutyBar.TEACHES: any(teacher in there for there in of_subject),
        DutyBar.CHECKER: teacher in rules.checkers.get(seat.work, ()),
        DutyBar.RELATIVE: staff.has_conflict(rules.ties[Bar.RELATIVE], teacher, *seat.work),
        DutyBar.CONFLICT: staff.has_conflict(rules.ties[Bar.CONFLICT], teacher, *seat.work),
        DutyBar.ABSENT: _is_absent(rules, teacher, seat.times),
    }
    return in_order(bar for bar, is_so in found.items() if is_so)


def _is_absent(rules: Rules, teacher: str, times: Iterable[Time]) -> bool:
    return any(staff.is_absent(rules.absences, teacher, Period(time.day, time.day)) for time in times)


def cost_of(rules: Rules, teacher: str, seats: Iterable[Seat]) -> int:
    """How little a teacher is wanted in a room: 0 where they have nothing to do with its classes."""
    classes = {seat.work[0] for seat in seats}
    if any(teacher in rules.homeroom.get(one, ()) for one in classes):
        return OWN_CLASS
    return WORKS_THERE if any((teacher, one) in rules.in_class for one in classes) else 0
