"""Slips in «График». A visit to a moved work moves with it or is dropped: the work itself is what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from xlpy.demo.draft import Cells, Draft, Plant, Row, always, slip, typo, work_of
from xlpy.demo.school import moment
from xlpy.demo.timetable import VPR_FROM, VPR_TO, school_days
from xlpy.tables.normalise import grade_of
from xlpy.tables.raw import Value
from xlpy.words import demo as words

_FREE_LESSON = 6
_DEADLINES = ("check_until", "upload_until", "uploaded")


def _day(row: Row) -> datetime:
    """The day of a work; only rows whose date is still a date are asked."""
    found = row["date"]
    if not isinstance(found, datetime):
        raise TypeError(f"{found}")
    return found


def _hour(row: Row) -> tuple[Value, Value]:
    return row["date"], row["lesson"]


def _is_single(row: Row) -> bool:
    """A work written on one day."""
    return row["second_date"] is None


def _drop_visits(draft: Draft, work: Row) -> None:
    draft.drop("visits", lambda visit: work_of(visit) == work_of(work))


def _move(draft: Draft, place: int, day: datetime, rule: str) -> None:
    """Another date for a work and for the visits to it."""
    row = draft.rows["schedule"][place]
    for visit in draft.rows["visits"]:
        if work_of(visit) == work_of(row):
            visit["date"] = day
    draft.write("schedule", place, "date", day, rule)


def in_another_year(draft: Draft) -> None:
    """Last year's number in a date."""
    place = draft.pick("schedule", _is_single)
    if place is not None:
        row = draft.rows["schedule"][place]
        _drop_visits(draft, row)
        draft.write("schedule", place, "date", _day(row).replace(year=VPR_FROM.year - 1), "SCH-03")


def after_the_end(draft: Draft) -> None:
    """A work after the last day of ВПР, its deadlines with it."""
    place = draft.pick("schedule", _is_single)
    if place is not None:
        row = draft.rows["schedule"][place]
        _drop_visits(draft, row)
        day = moment(VPR_TO) + timedelta(days=4)
        row |= {key: day + timedelta(days=at) for at, key in enumerate(_DEADLINES, start=1)}
        draft.write("schedule", place, "date", day, "SCH-15")


def on_sunday(draft: Draft) -> None:
    """A work on the Sunday before it is really written."""
    first = moment(VPR_FROM) + timedelta(days=7)
    place = draft.pick("schedule", lambda row: _is_single(row) and _day(row) >= first)
    if place is not None:
        day = _day(draft.rows["schedule"][place])
        _move(draft, place, day - timedelta(days=day.weekday() + 1), "SCH-04")


def two_on_a_day(draft: Draft) -> None:
    """A work on a day on which the class writes another."""

    def earlier(row: Row) -> list[Cells]:
        own = [other for _, other in draft.free("schedule") if other["school_class"] == row["school_class"]]
        return [other for other in own if _day(other) < _day(row)]

    place = draft.pick("schedule", lambda row: _is_single(row) and bool(earlier(row)))
    if place is not None:
        row = draft.rows["schedule"][place]
        other = earlier(row)[0]
        draft.reserve("schedule", lambda one: one is other)
        row["lesson"] = _FREE_LESSON
        _move(draft, place, _day(other), "SCH-05")


def _same_hour(draft: Draft, suits: Callable[[Row, Row], bool]) -> Iterable[tuple[Row, Row]]:
    """Two free works of one hour that suit, the one above first."""
    above: dict[tuple[Value, Value], list[Cells]] = {}
    for _, row in draft.free("schedule"):
        for other in above.setdefault(_hour(row), []):
            if suits(other, row):
                yield other, row
        above[_hour(row)].append(row)


def _clash(column: str, rule: str, suits: Callable[[Draft, Row, Row], bool]) -> Plant:
    def plant(draft: Draft) -> None:
        pairs = list(_same_hour(draft, lambda above, row: suits(draft, above, row)))
        if pairs:
            above, below = draft.random.choice(pairs)
            place = next(at for at, row in draft.free("schedule") if row is below)
            draft.reserve("schedule", lambda row: row is above or row is below)
            draft.write("schedule", place, column, above[column], rule)

    return plant


def _subject_teachers(draft: Draft, row: Row) -> set[Value]:
    lessons = [lesson for _, lesson in draft.free("workload") if work_of(lesson) == work_of(row)]
    return {lesson["teacher"] for lesson in lessons if lesson["until"] is None}


def _is_ours_to_keep(draft: Draft, row: Row, name: Value) -> bool:
    """Whether somebody may keep order at a work: they neither teach it to the class nor check it again."""
    again = {one["rechecker"] for one in draft.rows["rechecks"] if work_of(one) == work_of(row)}
    return name not in _subject_teachers(draft, row) | again


def own_subject(draft: Draft) -> None:
    """The class's own teacher keeps order at their subject."""

    def free_teachers(row: Row) -> list[str]:
        busy = {other["organiser"] for other in draft.rows["schedule"] if _hour(other) == _hour(row)}
        return sorted(str(name) for name in _subject_teachers(draft, row) - busy)

    place = draft.pick("schedule", lambda row: bool(free_teachers(row)))
    if place is not None:
        row = draft.rows["schedule"][place]
        draft.write("schedule", place, "organiser", free_teachers(row)[0], "SCH-08")


def work_twice(draft: Draft) -> None:
    """A work that stands in «График» again, on a day that the class has free."""
    place = draft.pick("schedule", _is_single)
    if place is None:
        return
    row = draft.rows["schedule"][place]
    own = [one for one in draft.rows["schedule"] if one["school_class"] == row["school_class"]]
    taken = {day for one in own for day in (one["date"], one["second_date"])}
    free = [moment(day) for day in school_days() if moment(day) not in taken and moment(day) <= _day(row)]
    if free:
        again: Cells = {**row, "date": free[-1], "lesson": None, "organiser": None, "room": None}
        draft.note("schedule", draft.append("schedule", again), "subject", "SCH-16")


def without_teacher(draft: Draft) -> None:
    """A work whose teacher «Нагрузка» lost."""

    def is_told(row: Row) -> bool:
        lessons = [lesson for lesson in draft.rows["workload"] if work_of(lesson) == work_of(row)]
        return len(lessons) == 1 and (grade_of(str(row["school_class"])) or 0) > 4

    place = draft.pick("schedule", is_told)
    if place is not None:
        row = draft.rows["schedule"][place]
        draft.drop("workload", lambda lesson: work_of(lesson) == work_of(row))
        draft.reserve("workload", lambda lesson: lesson["school_class"] == row["school_class"])
        draft.note("schedule", place, "subject", "SCH-14")


SCHEDULE: tuple[Plant, ...] = (
    in_another_year,
    after_the_end,
    on_sunday,
    without_teacher,
    two_on_a_day,
    _clash("room", "SCH-06", lambda _draft, _above, _row: True),
    _clash("organiser", "SCH-07", lambda draft, above, row: _is_ours_to_keep(draft, row, above["organiser"])),
    own_subject,
    slip("schedule", "organiser", "SCH-09", lambda row: typo(row["organiser"])),
    slip("schedule", "check_until", "SCH-12", lambda row: _day(row) - timedelta(days=7), _is_single),
    slip("schedule", "uploaded", "SCH-11", always(None)),
    slip("schedule", "upload_until", "GEN-08", lambda row: f"{row['upload_until']:%d.%m.%Y}"),
    slip("schedule", "lesson", "GEN-02", always(words.NUMBER_IN_WORDS)),
    slip("schedule", "form", "GEN-04", always(words.UNKNOWN_FORM)),
    work_twice,
)
