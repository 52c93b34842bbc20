"""One written cell to one typed value, by the kind of its column. Never raises: what cannot be typed is a slip."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import NamedTuple

from xlpy.tables import schema
from xlpy.tables.declare import Column, Kind
from xlpy.tables.normalise import class_name, clean_text, fold, is_school_year, school_year
from xlpy.tables.raw import Value

_DATE = re.compile(r"^(\d{1,2})[.\-/](\d{1,2})[.\-/](\d{4}|\d\d)(?:\s+\S+)?$|^(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?$")
_NUMBER = re.compile(r"^[+\-\u2212]?\d{1,12}(?:[.,]\d{1,9})?$")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - workbooks know no time zones
_SERIALS = (20_000, 80_000)
_MISSING = float("nan")
_NOT_ATTEMPTED = frozenset(spelling.casefold() for spelling in schema.NOT_ATTEMPTED_SPELLINGS)
_NOT_TAUGHT = frozenset(spelling.casefold() for spelling in schema.NOT_TAUGHT_SPELLINGS)


class SlipCode(Enum):
    """Why a cell could not be taken as it stands."""

    REQUIRED = "required"
    TYPE = "type"
    RANGE = "range"
    CHOICE = "choice"
    SPELLING = "spelling"
    DATE_AS_TEXT = "date as text"
    NUMBER_AS_TEXT = "number as text"
    ERROR_CELL = "error cell"
    UNCALCULATED = "uncalculated"


class TaskState(int, Enum):
    """What stands in a task cell."""

    EMPTY = 0
    POINTS = 1
    NOT_ATTEMPTED = 2
    NOT_TAUGHT = 3
    UNREADABLE = 4


class Typed(NamedTuple):
    """A typed value, the slip met on the way, and for task cells their state."""

    value: object
    slip: SlipCode | None = None
    state: TaskState = TaskState.EMPTY


EMPTY_TEXT = Typed("")
EMPTY_NUMBER = Typed(_MISSING)
EMPTY_DATE = Typed(None)


def is_empty(written: Value) -> bool:
    """Whether nothing stands in the cell: None, or only spaces."""
    return written is None or (isinstance(written, str) and not clean_text(written))


def as_text(written: Value) -> str:
    """Return a cell's value as a user sees it: 101.0 → «101», a date as dd.mm.yyyy."""
    if isinstance(written, str):
        return written
    if written is None:
        return ""
    if isinstance(written, bool):
        return str(written).upper()
    if isinstance(written, float):
        return str(int(written)) if written.is_integer() else repr(written)
    if isinstance(written, (datetime, date)):
        return f"{written:%d.%m.%Y}"
    return str(written)


def as_date(written: Value) -> datetime | None:
    """Return the date a cell certainly means: a date, a serial number or dd.mm.yyyy; else None."""
    if isinstance(written, datetime):
        return written
    if isinstance(written, bool) or written is None:
        return None
    if isinstance(written, (int, float)):
        return _EPOCH + timedelta(days=written) if _SERIALS[0] <= written <= _SERIALS[1] else None
    if isinstance(written, date):
        return datetime.combine(written, time())
    match = _DATE.match(clean_text(str(written)))
    if match is None:
        return None
    day, month, year = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
    try:
        return datetime(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))  # noqa: DTZ001
    except ValueError:
        return None


def as_number(written: Value) -> float | None:
    """Return the number a cell certainly means: a number or its text with comma or point; else None."""
    if isinstance(written, bool) or written is None or isinstance(written, date):
        return None
    if isinstance(written, (int, float)):
        return float(written)
    text = clean_text(str(written)) if isinstance(written, str) else ""
    return float(text.replace(",", ".").replace("\u2212", "-")) if _NUMBER.match(text) else None


def _spelled(written: str, meant: str) -> Typed:
    return Typed(meant, SlipCode.SPELLING if written != meant else None)


def _text(written: Value, _column: Column) -> Typed:
    text = as_text(written)
    return Typed(text if "\n" in text else clean_text(text))


def _label(written: Value, _column: Column) -> Typed:
    text = clean_text(as_text(written))
    return Typed(text, SlipCode.TYPE if isinstance(written, (datetime, date)) else None)


def _named(written: Value, _column: Column) -> Typed:
    text = as_text(written)
    return _spelled(text, clean_text(text))


def _class(written: Value, _column: Column) -> Typed:
    text = as_text(written)
    parts = [class_name(part) for part in text.split(";")]
    return _spelled(text, "; ".join(part for part in parts if part))


def _subject_name(text: str) -> str:
    folded = fold(text)
    return next((name for name in (*schema.SUBJECTS, schema.PRIMARY_TEACHER) if fold(name) == folded), clean_text(text))


def _subject(written: Value, _column: Column) -> Typed:
    text = as_text(written)
    parts = [_subject_name(part) for part in text.split(";") if clean_text(part)]
    return _spelled(text, "; ".join(parts) or clean_text(text))


def _subjects(written: Value, _column: Column) -> Typed:
    text = as_text(written)
    written_parts = [part for part in re.split(r"[;\n]", text) if clean_text(part)]
    parts = [_subject_name(part) for part in written_parts]
    same = [clean_text(part) for part in written_parts] == parts
    return Typed("; ".join(parts), None if same else SlipCode.SPELLING)


def _choice(written: Value, column: Column) -> Typed:
    text = as_text(written)
    folded = fold(text)
    meant = next((choice for choice in column.choices if fold(choice) == folded), None)
    return Typed(clean_text(text), SlipCode.CHOICE) if meant is None else _spelled(text, meant)


def _choices(written: Value, column: Column) -> Typed:
    parts = [clean_text(part) for part in as_text(written).split(";") if clean_text(part)]
    typed = [_choice(part, column) for part in parts]
    slips = [one.slip for one in typed if one.slip is not None]
    worst = SlipCode.CHOICE if SlipCode.CHOICE in slips else (slips[0] if slips else None)
    return Typed("; ".join(str(one.value) for one in typed), worst)


def _ranged(number: float, column: Column, slip: SlipCode | None) -> Typed:
    low, high = column.low, column.high
    outside = (low is not None and number < low) or (high is not None and number > high)
    return Typed(number, SlipCode.RANGE if outside else slip)


def _number(written: Value, column: Column) -> Typed:
    number = as_number(written)
    if number is None:
        return Typed(_MISSING, SlipCode.TYPE)
    return _ranged(number, column, SlipCode.NUMBER_AS_TEXT if isinstance(written, str) else None)


def _integer(written: Value, column: Column) -> Typed:
    number = as_number(written)
    if number is None or not number.is_integer():
        return Typed(_MISSING, SlipCode.TYPE)
    return _ranged(number, column, SlipCode.NUMBER_AS_TEXT if isinstance(written, str) else None)


def _date(written: Value, _column: Column) -> Typed:
    moment = as_date(written)
    if moment is None:
        return Typed(None, SlipCode.TYPE)
    return Typed(moment, None if isinstance(written, (datetime, date)) else SlipCode.DATE_AS_TEXT)


def _year(written: Value, _column: Column) -> Typed:
    text = as_text(written)
    meant = school_year(text)
    return _spelled(text, meant) if is_school_year(meant) else Typed(meant, SlipCode.TYPE)


def _task(written: Value, _column: Column) -> Typed:
    if isinstance(written, (int, float)) and not isinstance(written, bool):
        return Typed(float(written), None, TaskState.POINTS)
    if not isinstance(written, str):
        return Typed(_MISSING, SlipCode.TYPE, TaskState.UNREADABLE)
    text = clean_text(written).casefold()
    if text in _NOT_ATTEMPTED:
        slip = None if written == schema.NOT_ATTEMPTED else SlipCode.SPELLING
        return Typed(_MISSING, slip, TaskState.NOT_ATTEMPTED)
    if text in _NOT_TAUGHT:
        slip = None if clean_text(written) == written else SlipCode.SPELLING
        return Typed(_MISSING, slip, TaskState.NOT_TAUGHT)
    return Typed(_MISSING, SlipCode.TYPE, TaskState.UNREADABLE)


def _variant(written: Value, column: Column) -> Typed:
    number = as_number(written)
    if number is not None and number.is_integer():
        low, high = column.low or 0, column.high or number
        return Typed(str(int(number)), None if low <= number <= high else SlipCode.RANGE)
    text = as_text(written)
    if clean_text(text).casefold() == schema.ABSENT:
        return _spelled(text, schema.ABSENT)
    return Typed(clean_text(text), SlipCode.CHOICE)


def _mark(written: Value, _column: Column) -> Typed:
    text = as_text(written)
    cleaned = clean_text(text)
    if cleaned in schema.MARKS[:4]:
        return Typed(float(cleaned), SlipCode.SPELLING if text != cleaned else None)
    if fold(cleaned) == fold(schema.NO_MARK):
        return Typed(_MISSING, SlipCode.SPELLING if text != schema.NO_MARK else None)
    return Typed(_MISSING, SlipCode.CHOICE)


def _any(written: Value, _column: Column) -> Typed:
    return Typed(written)


_BY_KIND: Mapping[Kind, Callable[[Value, Column], Typed]] = {
    Kind.ANY: _any,
    Kind.TEXT: _text,
    Kind.LABEL: _label,
    Kind.INTEGER: _integer,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.CODE: _named,
    Kind.CLASS: _class,
    Kind.SUBJECT: _subject,
    Kind.SUBJECTS: _subjects,
    Kind.TEACHER: _named,
    Kind.YEAR: _year,
    Kind.TASK: _task,
    Kind.VARIANT: _variant,
    Kind.MARK: _mark,
}

_EMPTY_BY_KIND: Mapping[Kind, Typed] = {
    Kind.ANY: EMPTY_DATE,
    Kind.INTEGER: EMPTY_NUMBER,
    Kind.NUMBER: EMPTY_NUMBER,
    Kind.MARK: EMPTY_NUMBER,
    Kind.DATE: EMPTY_DATE,
}


def convert(written: Value, column: Column) -> Typed:
    """Return the typed value of a cell of `column`, with its slip if there is one.

    A task cell holding only spaces counts as empty, as in the workbook's formulas.
    """
    if is_empty(written):
        return Typed(_MISSING) if column.kind is Kind.TASK else _EMPTY_BY_KIND.get(column.kind, EMPTY_TEXT)
    return _BY_KIND[column.kind](written, column)
