"""Slips about observers: who they are, where they are sent, which conflicts are declared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from xlpy.demo.draft import Cells, Draft, Plant, Row, always, slip, typo
from xlpy.demo.school import moment
from xlpy.demo.timetable import VPR_FROM
from xlpy.tables import schema
from xlpy.tables.normalise import grade_of
from xlpy.words import demo as words


def teacher_as_observer(draft: Draft) -> None:
    """An observer who works at the school."""
    place = draft.pick("teachers", lambda row: row["department"] == words.ARTS_DEPARTMENT)
    if place is not None:
        row: Cells = {"observer": draft.rows["teachers"][place]["teacher"], "status": schema.OBSERVER_STATUS[1]}
        draft.note("observers", draft.append("observers", row), "observer", "OBS-03")


def days_backwards(draft: Draft) -> None:
    """A new observer, not sent anywhere yet, whose days end before they begin."""
    row: Cells = {"observer": words.NEW_OBSERVERS[0], "status": schema.OBSERVER_STATUS[1]}
    row |= {"free_from": moment(VPR_FROM), "free_to": moment(VPR_FROM) - timedelta(days=1)}
    draft.note("observers", draft.append("observers", row), "free_to", "OBS-07")


def own_child(draft: Draft) -> None:
    """A parent in the class of their child."""
    parents = {row["child_class"]: row["observer"] for row in draft.rows["observers"] if row.get("child_class")}
    place = draft.pick("visits", lambda row: row["school_class"] in parents)
    if place is not None:
        name = parents[draft.rows["visits"][place]["school_class"]]
        draft.write("visits", place, "observer", name, "OBS-01")


def not_free(draft: Draft) -> None:
    """An observer who may come only on the first day, sent later."""
    first = moment(VPR_FROM)
    place = draft.pick("visits", lambda row: isinstance(row["date"], datetime) and row["date"] > first)
    if place is not None:
        row: Cells = {"observer": words.NEW_OBSERVERS[1], "status": schema.OBSERVER_STATUS[1]}
        draft.append("observers", {**row, "free_from": first, "free_to": first})
        draft.rows["visits"][place]["observer"] = words.NEW_OBSERVERS[1]
        draft.note("visits", place, "date", "OBS-04")


def in_conflict(draft: Draft) -> None:
    """An observer sent where they have declared a conflict."""
    declared = {row["school_class"]: row["person"] for row in draft.rows["conflicts"]}
    observers = {row["observer"] for row in draft.rows["observers"]}
    declared = {school_class: person for school_class, person in declared.items() if person in observers}
    place = draft.pick("visits", lambda row: row["school_class"] in declared)
    if place is not None:
        name = declared[draft.rows["visits"][place]["school_class"]]
        draft.write("visits", place, "observer", name, "OBS-06")


def on_other_day(draft: Draft) -> None:
    """A visit dated a day too early, on which its work is not written."""
    written = {(row["school_class"], row["subject"], row["date"]) for row in draft.rows["schedule"]}

    def day_before(row: Row) -> datetime | None:
        day = row["date"]
        if not isinstance(day, datetime) or day <= moment(VPR_FROM):
            return None
        early = day - timedelta(days=1)
        return None if (row["school_class"], row["subject"], early) in written else early

    place = draft.pick("visits", lambda row: day_before(row) is not None)
    if place is not None:
        draft.write("visits", place, "date", day_before(draft.rows["visits"][place]), "OBS-05")


def _conflict(column: str, rule: str, change: Callable[[Cells], Cells]) -> Plant:
    """A further conflict, declared by an observer never sent to that class, with a slip in it."""

    def plant(draft: Draft) -> None:
        observer = draft.random.choice(draft.rows["observers"])
        names = {observer["observer"], typo(observer["observer"])}
        seen = {visit["school_class"] for visit in draft.rows["visits"] if visit["observer"] in names}
        free = [row["school_class"] for row in draft.rows["classes"] if row["school_class"] not in seen]
        if free:
            row: Cells = {"person": observer["observer"], "school_class": draft.random.choice(free), "subject": None}
            row |= change(row) | {"reason": words.PARENT_CONFLICT}
            draft.note("conflicts", draft.append("conflicts", row), column, rule)

    return plant


OBSERVING: tuple[Plant, ...] = (
    teacher_as_observer,
    days_backwards,
    slip("observers", "status", "GEN-04", always(words.UNKNOWN_STATUS)),
    own_child,
    slip("visits", "observer", "OBS-02", lambda row: typo(row["observer"])),
    not_free,
    in_conflict,
    on_other_day,
    slip("visits", "stage", "GEN-04", always(words.UNKNOWN_STAGE)),
    _conflict("person", "CNF-01", lambda row: {"person": typo(row["person"])}),
    _conflict(
        "school_class",
        "CNF-02",
        lambda row: {"school_class": words.UNKNOWN_CLASS.format(grade=grade_of(str(row["school_class"])))},
    ),
    _conflict("subject", "CNF-03", lambda _row: {"subject": words.MISSPELT[words.MATHS]}),
)
