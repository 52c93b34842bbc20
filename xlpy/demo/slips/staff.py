"""Slips about those who teach: teachers, classes, workload."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from xlpy.demo.draft import Cells, Draft, Plant, Row, always, slip, typo
from xlpy.tables import schema
from xlpy.tables.normalise import grade_of
from xlpy.tables.raw import Value
from xlpy.words import demo as words

# More than other slips in the same grade could explain.
_TOO_MANY = 10
_FROM, _UNTIL = datetime(2021, 3, 1), datetime(2021, 1, 15)  # noqa: DTZ001 - workbooks know no time zones


def is_bystander(row: Row) -> bool:
    """A teacher of no subject who checks nothing: nothing else hangs on their row."""
    return row["subjects"] is None and row["department"] == words.ARTS_DEPARTMENT


def _is_spare(row: Row) -> bool:
    """A lesson of a subject without a check work: who may check what does not hang on it."""
    return row["subject"] == words.LITERATURE and row["until"] is None


def absence_backwards(draft: Draft) -> None:
    """An absence that ends before it begins."""
    place = draft.pick("teachers", is_bystander)
    if place is not None:
        draft.rows["teachers"][place]["absent_from"] = _FROM
        draft.write("teachers", place, "absent_to", _UNTIL, "TCH-03")


def same_initials(draft: Draft) -> None:
    """A new colleague who signs as somebody else does."""
    taken = {str(row["teacher"]) for row in draft.rows["teachers"]}
    for row in draft.rows["teachers"]:
        surname, given, patronymic = str(row["teacher"]).split()
        pool = words.FEMALE_NAMES if surname.endswith(words.FEMININE) else words.MALE_NAMES
        others = [name for name in pool if name[0] == given[0] and name != given]
        if others and f"{surname} {others[0]} {patronymic}" not in taken:
            new: Cells = {"teacher": f"{surname} {others[0]} {patronymic}", "post": words.OTHER_POSTS[0]}
            new |= {"subjects": None, "department": words.ARTS_DEPARTMENT, "roles": schema.ROLES[1]}
            draft.note("teachers", draft.append("teachers", new), "teacher", "TCH-01")
            return


def number_twice(draft: Draft) -> None:
    """A number in ФИС ОКО that the class above has."""
    rows = draft.rows["classes"]
    place = draft.pick("classes", lambda row: row is not rows[0] and row["fis_number"] is not None)
    if place is not None and isinstance(rows[place - 1]["fis_number"], int):
        draft.write("classes", place, "fis_number", rows[place - 1]["fis_number"], "CLS-06")


def _spare_lesson(column: str, rule: str, written: Callable[[Row], Value]) -> Plant:
    return slip("workload", column, rule, written, _is_spare)


def latin_class(name: Value) -> str:
    """A class name with the Latin letter that looks like its own."""
    text = str(name)
    return text[:-1] + words.LATIN_OF[text[-1]]


def has_latin_twin(row: Row) -> bool:
    """Whether the letter of the row's class has a Latin twin."""
    return str(row["school_class"])[-1] in words.LATIN_OF


def lesson_backwards(draft: Draft) -> None:
    """A lesson that ends before it begins, of one who teaches the class something else too."""
    place = draft.pick("workload", _is_spare)
    if place is not None:
        draft.rows["workload"][place]["since"] = _FROM
        draft.write("workload", place, "until", _UNTIL, "WRK-05")


def subject_not_named(draft: Draft) -> None:
    """A lesson in a subject that the teacher's own list lacks."""
    teacher, lesson = draft.pick("teachers", is_bystander), draft.pick("workload", _is_spare)
    if teacher is not None and lesson is not None:
        row: Cells = {
            "teacher": draft.rows["teachers"][teacher]["teacher"],
            "subject": words.LITERATURE,
            "school_class": draft.rows["workload"][lesson]["school_class"],
            "until": None,
        }
        draft.note("workload", draft.append("workload", row), "subject", "WRK-04")


def _another_lesson(column: str, rule: str, change: Callable[[Row], Cells]) -> Plant:
    """A lesson typed below the others, like one above but for `change`."""

    def plant(draft: Draft) -> None:
        place = draft.pick("workload", _is_spare)
        if place is not None:
            lesson = draft.rows["workload"][place]
            draft.note("workload", draft.append("workload", {**lesson, **change(lesson)}), column, rule)

    return plant


def _class_nobody_has(row: Row) -> Cells:
    return {"school_class": words.UNKNOWN_CLASS.format(grade=grade_of(str(row["school_class"])))}


STAFF: tuple[Plant, ...] = (
    slip("teachers", "email", "TCH-04", always(words.WRONG_ADDRESS)),
    slip(
        "teachers",
        "subjects",
        "TCH-02",
        always(words.MISSPELT[words.MATHS]),
        lambda row: row["post"] == words.METHODIST,
    ),
    slip("teachers", "paper_limit", "GEN-09", always("10"), lambda row: row["post"] == words.DIRECTOR),
    slip("teachers", "roles", "GEN-04", always(words.UNKNOWN_ROLE), is_bystander),
    absence_backwards,
    same_initials,
    slip("classes", "grade", "CLS-01", lambda row: int(str(row["grade"])) + 1),
    slip("classes", "fis_number", "GEN-02", always(words.NUMBER_IN_WORDS)),
    number_twice,
    slip("classes", "pupils", "CLS-04", lambda row: int(str(row["pupils"])) + _TOO_MANY),
    slip("classes", "homeroom", "CLS-02", always(None)),
    slip("classes", "homeroom", "CLS-03", lambda row: typo(row["homeroom"])),
    _spare_lesson("teacher", "WRK-01", lambda row: typo(row["teacher"])),
    _spare_lesson("teacher", "GEN-01", always(None)),
    _spare_lesson("subject", "WRK-03", always(words.MISSPELT[words.LITERATURE])),
    _spare_lesson("subject", "GEN-05", always(words.SHOUTED_SUBJECT)),
    slip(
        "workload",
        "school_class",
        "GEN-05",
        lambda row: latin_class(row["school_class"]),
        lambda row: _is_spare(row) and has_latin_twin(row),
    ),
    lesson_backwards,
    subject_not_named,
    _another_lesson("school_class", "WRK-02", _class_nobody_has),
    _another_lesson("teacher", "GEN-07", lambda _row: {}),
)
