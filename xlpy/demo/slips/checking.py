"""Slips about who checks: fixed rows of «Проверяющие», and «Перепроверка»."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from xlpy.demo.draft import Cells, Draft, Plant, Row, slip, typo, work_of
from xlpy.demo.slips.cells import maxima_of
from xlpy.demo.slips.staff import is_bystander
from xlpy.tables import schema
from xlpy.tables.normalise import grade_of
from xlpy.words import demo as words

_UNKNOWN_SERIAL = 9500


def _homeroom(draft: Draft, row: Row) -> str:
    """The homeroom teacher that «Классы» names for the row's class, "" where it names nobody."""
    return str(
        next(one["homeroom"] for one in draft.rows["classes"] if one["school_class"] == row["school_class"]) or ""
    )


def _tied(draft: Draft, row: Row) -> set[str]:
    """Everyone tied to the row's work: by a lesson, as homeroom teacher or organiser, by what is declared."""
    own = row["school_class"]
    lessons = {str(one["teacher"]) for one in draft.rows["workload"] if one["school_class"] == own}
    homeroom = {str(one["homeroom"]) for one in draft.rows["classes"] if one["school_class"] == own}
    declared = {str(one["person"]) for one in draft.rows["conflicts"]}
    return lessons | homeroom | declared | _organisers(draft, row)


def _organisers(draft: Draft, row: Row) -> set[str]:
    return {str(one["organiser"]) for one in draft.rows["schedule"] if work_of(one) == work_of(row)}


def _is_able(teacher: Row, row: Row) -> bool:
    subjects = str(teacher["subjects"] or "").split("; ")
    primary = grade_of(str(row["school_class"])) == 4 and schema.PRIMARY_TEACHER in subjects
    return primary or row["subject"] in subjects


def _is_at_ease(teacher: Row) -> bool:
    """An expert who is never away and has no limit of their own."""
    return schema.EXPERT in str(teacher["roles"]) and teacher["absent_from"] is None and teacher["paper_limit"] is None


def _outsiders(draft: Draft, row: Row, suits: Callable[[Row], bool]) -> list[str]:
    """Teachers whom nothing ties to the class and who suit."""
    tied = _tied(draft, row)
    sound = {str(teacher["teacher"]) for _, teacher in draft.free("teachers")}
    return [
        str(teacher["teacher"])
        for teacher in draft.rows["teachers"]
        if teacher["teacher"] in sound - tied and suits(teacher)
    ]


def _able(draft: Draft, row: Row) -> list[str]:
    return _outsiders(draft, row, lambda teacher: _is_at_ease(teacher) and _is_able(teacher, row))


def _of_other_subjects(draft: Draft, row: Row) -> list[str]:
    return _outsiders(draft, row, lambda teacher: _is_at_ease(teacher) and not _is_able(teacher, row))


def _no_experts(draft: Draft, row: Row) -> list[str]:
    return _outsiders(draft, row, is_bystander)


def _own_teachers(draft: Draft, row: Row) -> list[str]:
    """Teachers of this work who do not lead the class, whose lessons nothing is planted in."""
    return [
        str(lesson["teacher"])
        for _, lesson in draft.free("workload")
        if work_of(lesson) == work_of(row) and lesson["until"] is None and lesson["teacher"] != _homeroom(draft, row)
    ]


def _former_teachers(draft: Draft, row: Row) -> list[str]:
    """Those who taught the class and no longer do."""
    own = [one for _, one in draft.free("workload") if one["school_class"] == row["school_class"]]
    now = {
        one["teacher"] for one in draft.rows["workload"] if work_of(one)[0] == row["school_class"] and not one["until"]
    }
    former = {str(one["teacher"]) for one in own if one["until"] is not None}
    return sorted(former - now - {_homeroom(draft, row)})


def _declared(draft: Draft, row: Row, reason: str) -> list[str]:
    """Able teachers of whom a conflict with the class is declared for this reason."""
    teachers = {str(teacher["teacher"]) for _, teacher in draft.free("teachers") if _is_able(teacher, row)}
    return [
        str(one["person"])
        for one in draft.rows["conflicts"]
        if one["school_class"] == row["school_class"] and one["person"] in teachers and one["reason"] == reason
    ]


def _relatives(draft: Draft, row: Row) -> list[str]:
    return _declared(draft, row, words.PARENT_CONFLICT)


def _in_conflict(draft: Draft, row: Row) -> list[str]:
    return _declared(draft, row, words.TUTOR_CONFLICT)


def _keepers(draft: Draft, row: Row) -> list[str]:
    """The organiser of the work, where nothing else ties them to the class and nothing is planted in their row."""
    lessons = {one["teacher"] for one in draft.rows["workload"] if one["school_class"] == row["school_class"]}
    tied = lessons | {_homeroom(draft, row)} | {one["person"] for one in draft.rows["conflicts"]}
    sound = {teacher["teacher"] for _, teacher in draft.free("teachers")}
    return [name for name in sorted(_organisers(draft, row)) if name in sound - tied]


def _away(draft: Draft, row: Row) -> list[str]:
    """Teachers on the day of the work."""
    day = row["date"]

    def is_away(teacher: Row) -> bool:
        start, end = teacher["absent_from"], teacher["absent_to"]
        dates = isinstance(day, datetime) and isinstance(start, datetime) and isinstance(end, datetime)
        return dates and start <= day <= end and _is_able(teacher, row)  # type: ignore[operator]

    return _outsiders(draft, row, is_away)


def _pin(draft: Draft, row: Row, names: Sequence[str]) -> tuple[str, str]:
    """Fix a row of «Проверяющие». Where it stands is known once the program has laid them out."""
    work = (str(row["school_class"]), str(row["subject"]))
    pinned: Cells = {"school_class": work[0], "subject": work[1], "checker": names[0], "pinned": schema.YES}
    draft.append("checkers", pinned | {"second_checker": names[1] if len(names) > 1 else None})
    return work


def _checker(who: Callable[[Draft, Row], list[str]], rule: str) -> Plant:
    """A fixed checker who should not check this work; never one with a limit of their own, whose load is told apart."""

    def plant(draft: Draft) -> None:
        limited = {str(teacher["teacher"]) for teacher in draft.rows["teachers"] if teacher.get("paper_limit")}

        def names(row: Row) -> list[str]:
            return [name for name in who(draft, row) if name not in limited]

        place = draft.pick("schedule", lambda row: bool(names(row)))
        if place is not None:
            row = draft.rows["schedule"][place]
            draft.note("checkers", _pin(draft, row, names(row)[:1]), "checker", rule)

    return plant


def _leaders(draft: Draft, row: Row) -> list[str]:
    """The homeroom teacher, where nothing is planted in the class's row."""
    sound = {one["school_class"] for _, one in draft.free("classes")}
    return [_homeroom(draft, row)] if row["school_class"] in sound else []


def same_person_twice(draft: Draft) -> None:
    """One person as both checkers."""
    place = draft.pick("schedule", lambda row: bool(_able(draft, row)))
    if place is not None:
        row = draft.rows["schedule"][place]
        draft.note("checkers", _pin(draft, row, _able(draft, row)[:1] * 2), "second_checker", "CHK-09")


def over_limit(draft: Draft) -> None:
    """More fixed works than the checker's own limit."""
    for place, teacher in draft.free("teachers"):
        limit = teacher["paper_limit"]
        if not isinstance(limit, int) or schema.EXPERT not in str(teacher["roles"]):
            continue
        name = teacher["teacher"]
        fitting = [row for _, row in draft.free("schedule") if _is_able(teacher, row) and name not in _tied(draft, row)]
        works = draft.random.sample(fitting, min(limit + 1, len(fitting)))
        if len(works) <= limit:
            continue
        draft.reserve("schedule", lambda row, works=works: any(row is one for one in works))  # type: ignore[misc]
        for row in works:
            _pin(draft, row, [str(name)])
        draft.note("teachers", place, "paper_limit", "CHK-16")
        return


def rechecked_by_first(draft: Draft) -> None:
    """A work checked again by the person who checked it first."""
    works = {work_of(row): row for _, row in draft.free("schedule") if _able(draft, row)}
    place = draft.pick("rechecks", lambda row: work_of(row) in works)
    if place is not None:
        work = works[work_of(draft.rows["rechecks"][place])]
        draft.reserve("schedule", lambda row: row is work)
        names = _able(draft, work)[:1]
        _pin(draft, work, names)
        draft.write("rechecks", place, "rechecker", names[0], "RCH-01")


def rechecked_by_own_teacher(draft: Draft) -> None:
    """A work checked again by the class's teacher."""
    pinned = {work_of(row) for row in draft.rows.get("checkers", ())}
    place = draft.pick("rechecks", lambda row: bool(_own_teachers(draft, row)) and work_of(row) not in pinned)
    if place is not None:
        name = _own_teachers(draft, draft.rows["rechecks"][place])[0]
        draft.write("rechecks", place, "rechecker", name, "RCH-04")


def above_maximum(draft: Draft) -> None:
    """A second look that gives more than the task does."""
    place = draft.pick("rechecks", lambda _row: True)
    if place is not None:
        maxima = maxima_of(draft.rows["rechecks"][place])
        at = draft.random.randrange(len(maxima))
        draft.write("rechecks", place, schema.TASK_KEYS[at], maxima[at] + 1, "RCH-03")


def without_paper(draft: Draft) -> None:
    """A second look at a work that nobody wrote."""
    place = draft.pick("rechecks", lambda _row: True)
    if place is not None:
        code = f"{str(draft.rows['rechecks'][place]['code'])[0]}{_UNKNOWN_SERIAL + draft.random.randrange(400)}"
        draft.write("rechecks", place, "code", code, "RCH-02")


CHECKING: tuple[Plant, ...] = (
    over_limit,
    _checker(_former_teachers, "CHK-02"),
    _checker(_in_conflict, "CHK-04"),
    _checker(_relatives, "CHK-13"),
    _checker(_keepers, "CHK-14"),
    _checker(_away, "CHK-05"),
    _checker(_own_teachers, "CHK-01"),
    _checker(_leaders, "CHK-03"),
    _checker(lambda draft, row: [typo(name) for name in _able(draft, row)[:1]], "CHK-07"),
    _checker(_of_other_subjects, "CHK-15"),
    _checker(_no_experts, "CHK-15"),
    same_person_twice,
    rechecked_by_first,
    rechecked_by_own_teacher,
    above_maximum,
    without_paper,
    slip("rechecks", "rechecker", "RCH-05", lambda row: typo(row["rechecker"])),
)
