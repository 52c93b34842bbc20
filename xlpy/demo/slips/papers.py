"""Slips in «Результаты» about whose work it is: codes, classes, subjects, works that are missing or there twice."""

from __future__ import annotations

from collections.abc import Callable

from xlpy.demo.draft import Cells, Draft, Plant, Row, slip, work_of
from xlpy.demo.shipped_rows import tasks_of_year
from xlpy.demo.slips.cells import is_written
from xlpy.demo.slips.pupils import is_aside, takes_part
from xlpy.tables import schema
from xlpy.tables.normalise import grade_of
from xlpy.tables.raw import Value
from xlpy.words import demo as words

_UNKNOWN_SERIAL = 9000


def _sound_codes(draft: Draft) -> set[Value]:
    """Codes of participants in whose rows nothing is planted."""
    return {row["code"] for _, row in draft.free("participants") if takes_part(row)}


def _rechecked(draft: Draft) -> set[tuple[Value, Value]]:
    return {(row["code"], row["subject"]) for row in draft.rows["rechecks"]}


def _pick_pack(draft: Draft) -> tuple[int, Row] | None:
    """A work of «График» and one of its papers, of a pupil and a class in which nothing else will be planted."""
    sound, rechecked = _sound_codes(draft), _rechecked(draft)
    packs: dict[tuple[Value, Value], Row] = {}
    for _, row in draft.free("results"):
        if is_written(row) and row["code"] in sound and (row["code"], row["subject"]) not in rechecked:
            packs.setdefault(work_of(row), row)
    scheduled = [work_of(row) for row in draft.rows["schedule"]]
    place = draft.pick("schedule", lambda row: work_of(row) in packs and scheduled.count(work_of(row)) == 1)
    if place is None:
        return None
    paper = packs[work_of(draft.rows["schedule"][place])]
    # A doubtful code of a classmate would explain the missing row.
    draft.reserve("participants", lambda row: row["school_class"] == paper["school_class"] and takes_part(row))
    draft.reserve("results", lambda row: work_of(row) == work_of(paper) or row["code"] == paper["code"])
    return place, paper


def missing(draft: Draft) -> None:
    """A pupil whose row was lost."""
    found = _pick_pack(draft)
    if found is not None:
        place, paper = found
        draft.drop("results", lambda row: row is paper)
        draft.note("schedule", place, "subject", "RES-18")


def not_typed(draft: Draft) -> None:
    """A work that nobody typed in time."""
    found = _pick_pack(draft)
    if found is not None:
        place, paper = found
        row = next(row for row in draft.rows["results"] if row is paper)
        row |= dict.fromkeys((*schema.TASK_KEYS, "variant"))
        draft.note("schedule", place, "check_until", "SCH-10")


def _another_row(column: str, rule: str, change: Callable[[Row], Cells], suits: Callable[[Row], bool]) -> Plant:
    """A row typed below the others, like one above but for `change`."""

    def plant(draft: Draft) -> None:
        place = draft.pick("results", lambda row: is_written(row) and suits(row))
        if place is not None:
            row = draft.rows["results"][place]
            draft.note("results", draft.append("results", {**row, **change(row)}), column, rule)

    return plant


twice = _another_row("code", "RES-03", lambda _row: {}, lambda _row: True)
unknown_subject = _another_row(
    "subject",
    "RES-20",
    lambda row: {"subject": words.MISSPELT[str(row["subject"])]},
    lambda row: row["subject"] in words.MISSPELT,
)
unknown_class = slip(
    "results",
    "school_class",
    "RES-21",
    lambda row: words.UNKNOWN_CLASS.format(grade=grade_of(str(row["school_class"]))),
)


def unknown_code(draft: Draft) -> None:
    """A work under a code that no participant has, in a class whose own codes are in order."""
    unsure = {row["school_class"] for row in draft.touched("participants")}
    serial = _UNKNOWN_SERIAL + draft.random.randrange(500)
    _another_row(
        "code",
        "RES-01",
        lambda row: {"code": f"{str(row['code'])[0]}{serial}"},
        lambda row: row["school_class"] not in unsure,
    )(draft)


def other_class(draft: Draft) -> None:
    """A work under the letter of another class of the grade."""
    sound = _sound_codes(draft)
    scheduled = {work_of(row) for row in draft.rows["schedule"]}
    classes = [str(row["school_class"]) for row in draft.rows["classes"]]

    def others(row: Row) -> list[str]:
        own = str(row["school_class"])
        alike = [c for c in classes if c != own and grade_of(c) == grade_of(own)]
        return [c for c in alike if (c, row["subject"]) in scheduled]

    place = draft.pick("results", lambda row: is_written(row) and row["code"] in sound and bool(others(row)))
    if place is not None:
        draft.write("results", place, "school_class", others(draft.rows["results"][place])[0], "RES-02")


def not_scheduled(draft: Draft) -> None:
    """A row in a subject that the class does not write."""
    sound = _sound_codes(draft)
    scheduled = {work_of(row) for row in draft.rows["schedule"]}

    def foreign(row: Row) -> list[str]:
        grade = grade_of(str(row["school_class"]))
        return [s for g, s in sorted(tasks_of_year()) if g == grade and (row["school_class"], s) not in scheduled]

    place = draft.pick("results", lambda row: row["code"] in sound and bool(foreign(row)))
    if place is not None:
        row = draft.rows["results"][place]
        key: Cells = {"code": row["code"], "school_class": row["school_class"], "subject": foreign(row)[0]}
        draft.note("results", draft.append("results", {**key, "variant": schema.ABSENT}), "subject", "RES-04")


def _under_code(draft: Draft, pupil: Row, subject: Callable[[Row], bool], rule: str) -> None:
    """A classmate's work typed under the code of `pupil` as well."""

    def suits(row: Row) -> bool:
        return is_written(row) and row["school_class"] == pupil["school_class"] and subject(row)

    place = draft.pick("results", suits)
    if place is not None:
        row = {**draft.rows["results"][place], "code": pupil["code"]}
        draft.note("results", draft.append("results", row), "code", rule)


def not_participating(draft: Draft) -> None:
    """A work of one who does not take part."""
    place = draft.pick("participants", lambda row: is_aside(row) and not row["electives"])
    if place is not None:
        foreign = {words.ENGLISH, words.GERMAN}
        _under_code(draft, draft.rows["participants"][place], lambda row: row["subject"] not in foreign, "RES-19")


def not_chosen(draft: Draft) -> None:
    """A work in German of one who learns English."""
    place = draft.pick("participants", lambda row: row["electives"] == words.ENGLISH and not is_aside(row))
    if place is not None:
        _under_code(draft, draft.rows["participants"][place], lambda row: row["subject"] == words.GERMAN, "RES-22")


# Before any slip with a place on «Результаты»: a row goes.
LOST: tuple[Plant, ...] = (missing, not_typed)
PAPERS: tuple[Plant, ...] = (
    unknown_code,
    twice,
    other_class,
    not_scheduled,
    not_participating,
    not_chosen,
    unknown_subject,
    unknown_class,
)
