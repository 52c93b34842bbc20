"""Rows about people and classes: settings, teachers, classes, workload, participants, conflicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from random import Random

from xlpy.demo.layout import SchoolClass
from xlpy.demo.pupils import Pupil
from xlpy.demo.shipped_rows import YEAR
from xlpy.demo.staff import Staff, Teacher
from xlpy.demo.timetable import CHECK_DAYS, UPLOAD_DAYS, VPR_FROM, VPR_TO, Observer
from xlpy.tables.raw import Value
from xlpy.tables.settings import SETTINGS_ROWS
from xlpy.words import demo as words

Row = Mapping[str, Value]

_FIS_LOGIN = "edu000000"
_MAILBOX = "teacher{number:03d}@school.example"
ORDER_DATE = datetime(2021, 2, 15)  # noqa: DTZ001 - workbooks know no time zones
_PACK_LIMIT = 12
# A conflict is declared only where at least so many colleagues remain to check the class.
_ENOUGH = 3


def settings_rows(staff: Staff) -> tuple[Row, ...]:
    """Every parameter by its caption; those the school leaves alone name no value."""
    director, deputy = staff.teachers[0].name, staff.teachers[1].name
    technician = next((t.name for t in staff.teachers if t.post == words.TECHNICIAN), deputy)
    filled: dict[str, Value] = {
        "school": words.SCHOOL,
        "school_short": words.SCHOOL_SHORT,
        "fis_login": _FIS_LOGIN,
        "municipality": words.MUNICIPALITY,
        "region": words.REGION,
        "director": director,
        "deputy": deputy,
        "coordinator": deputy,
        "technician": technician,
        "year": YEAR,
        "order_number": words.ORDER_NUMBER,
        "order_date": ORDER_DATE,
        "vpr_from": _moment(VPR_FROM),
        "vpr_to": _moment(VPR_TO),
        "paper_limit": _PACK_LIMIT,
        "check_days": CHECK_DAYS,
        "upload_days": UPLOAD_DAYS,
        "seed": words.RANDOM_SEED,
        "days_off": words.SPRING_BREAK,
    }
    return tuple(
        {"parameter": one.caption} | ({"setting": filled[one.key]} if one.key in filled else {})
        for one in SETTINGS_ROWS
    )


def _moment(day: date) -> datetime:
    return datetime.combine(day, time())


def teacher_rows(staff: Staff) -> tuple[Row, ...]:
    """Rows of «Учителя»."""
    return tuple(_teacher_row(number, teacher) for number, teacher in enumerate(staff.teachers, start=1))


def _teacher_row(number: int, teacher: Teacher) -> Row:
    absent = teacher.absent or (None, None)
    return {
        "teacher": teacher.name,
        "post": teacher.post,
        "department": teacher.department,
        "subjects": "; ".join(teacher.subjects) or None,
        "email": _MAILBOX.format(number=number),
        "roles": "; ".join(teacher.roles),
        "paper_limit": teacher.paper_limit,
        "absent_from": absent[0],
        "absent_to": absent[1],
        "note": teacher.note or None,
    }


def class_rows(classes: Sequence[SchoolClass], staff: Staff) -> tuple[Row, ...]:
    """Rows of «Классы»."""
    return tuple(
        {
            "school_class": one.name,
            "grade": one.grade,
            "fis_number": one.fis_number,
            "pupils": one.pupils,
            "homeroom": staff.homeroom[one.name],
            "room": one.room,
        }
        for one in classes
    )


def workload_rows(staff: Staff) -> tuple[Row, ...]:
    """Rows of «Нагрузка»."""
    return tuple(
        {
            "teacher": one.teacher,
            "subject": one.subject,
            "school_class": one.school_class,
            "since": one.since,
            "until": one.until,
        }
        for one in staff.lessons
    )


def participant_rows(pupils: Sequence[Pupil]) -> tuple[Row, ...]:
    """Rows of «Участники»."""
    return tuple(
        {
            "code": one.code,
            "pupil": one.name,
            "school_class": one.school_class,
            "takes_part": one.takes_part,
            "electives": "; ".join(one.electives) or None,
        }
        for one in pupils
    )


def conflict_rows(
    classes: Sequence[SchoolClass], staff: Staff, observers: Sequence[Observer], random: Random
) -> tuple[Row, ...]:
    """Rows of «Конфликты»: teachers and an observer whom something ties to a class, where others can step in."""
    rows: list[Row] = []
    for subject, reason in ((words.RUSSIAN, words.PARENT_CONFLICT), (words.MATHS, words.TUTOR_CONFLICT)):
        able = [
            t.name
            for t in staff.teachers
            if t.subjects[:1] == (subject,) and t.absent is None and t.paper_limit is None
        ]
        school_class = random.choice([c for c in classes if c.grade > 4] or list(classes))
        own = {one.teacher for one in staff.lessons if one.school_class == school_class.name}
        outside = [name for name in able if name not in own and name not in staff.recheckers.values()]
        if len(outside) > _ENOUGH:
            rows.append({"person": outside[0], "school_class": school_class.name, "reason": reason})
    rows += [
        {"person": one.name, "school_class": one.avoids, "reason": words.RELATIVE_CONFLICT}
        for one in observers
        if one.avoids
    ]
    return tuple(rows)
