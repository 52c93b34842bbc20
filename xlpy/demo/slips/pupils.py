"""Slips in «Участники»: codes, classes, names, choices."""

from __future__ import annotations

from xlpy.demo.draft import Draft, Plant, Row, always, slip
from xlpy.tables import schema
from xlpy.tables.normalise import grade_of
from xlpy.tables.raw import Value
from xlpy.words import demo as words

_OTHER_GRADE_SERIAL = 9000
_SHORT_CODE = 4


def takes_part(row: Row) -> bool:
    """One whose works are expected, in all subjects of the class."""
    return row["takes_part"] == schema.YES and not row["electives"]


def is_aside(row: Row) -> bool:
    """One who does not take part: no work hangs on the row."""
    return row["takes_part"] != schema.YES


def code_of_other_grade(draft: Draft) -> None:
    """A code that begins with another grade."""
    place = draft.pick("participants", is_aside)
    if place is not None:
        grade = grade_of(str(draft.rows["participants"][place]["school_class"])) or 0
        other = grade + 1 if grade < 8 else grade - 1
        serial = _OTHER_GRADE_SERIAL + draft.random.randrange(1000)
        draft.write("participants", place, "code", f"{other}{serial}", "PRT-02")


def _neighbours(draft: Draft) -> list[tuple[int, int]]:
    """Places of classmates one below the other, both free and both taking part."""
    free = {place: row for place, row in draft.free("participants") if takes_part(row)}
    return [
        (place - 1, place)
        for place, row in free.items()
        if place - 1 in free and free[place - 1]["school_class"] == row["school_class"]
    ]


def _as_above(column: str, rule: str) -> Plant:
    """What the classmate above has, written again."""

    def plant(draft: Draft) -> None:
        pairs = _neighbours(draft)
        if pairs:
            above, place = draft.random.choice(pairs)
            rows = draft.rows["participants"]
            draft.reserve("participants", lambda row: row is rows[above] or row is rows[place])
            draft.write("participants", place, column, rows[above][column], rule)

    return plant


def wrong_class(draft: Draft) -> None:
    """A pupil listed in a class that writes the same works, where none of theirs lies."""
    writes: dict[str, set[Value]] = {str(row["school_class"]): set() for row in draft.rows["classes"]}
    for work in draft.rows["schedule"]:
        writes[str(work["school_class"])].add(work["subject"])

    def alike(row: Row) -> list[str]:
        own = str(row["school_class"])
        return [c for c in writes if c != own and grade_of(c) == grade_of(own) and writes[c] == writes[own]]

    place = draft.pick("participants", lambda row: takes_part(row) and bool(alike(row)))
    if place is not None:
        row = draft.rows["participants"][place]
        draft.reserve("results", lambda paper: paper["code"] == row["code"])
        draft.write("participants", place, "school_class", alike(row)[0], "PRT-07")


PUPILS: tuple[Plant, ...] = (
    slip("participants", "code", "PRT-01", lambda row: str(row["code"])[:_SHORT_CODE], is_aside),
    code_of_other_grade,
    slip("participants", "electives", "PRT-06", always(words.MISSPELT[words.GERMAN]), is_aside),
    slip("participants", "takes_part", "GEN-04", always(words.UNKNOWN_PARTICIPATION), takes_part),
    _as_above("code", "PRT-03"),
    _as_above("pupil", "PRT-05"),
    wrong_class,
)
