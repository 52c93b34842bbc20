"""What one cell of a form certainly means, or why it does not. Means here what it means on «Результаты»."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from xlpy.exchange.forms.notes import FormCode
from xlpy.tables import schema
from xlpy.tables.convert import SlipCode, TaskState, as_number, as_text, convert
from xlpy.tables.normalise import clean_text
from xlpy.tables.raw import Value
from xlpy.words import form_notes as words

_VARIANT = schema.RESULTS.column("variant")
# Every task column takes the same: its maximum is that of the task.
_TASK = schema.RESULTS.column(schema.TASK_KEYS[0])
_SHOWN_LENGTH = 20
_KNOWN_WORDS = frozenset(word.casefold() for word in (schema.ABSENT, *schema.NOT_TAUGHT_SPELLINGS))
# A word with a capital in it may be a name.
_WORD = re.compile(r"[^\W\d_]{3,}")
_MOST_POINTS = 10**6


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a cell is not certain; `cell` where that is said of another one."""

    code: FormCode
    params: Mapping[str, object] = field(default_factory=dict)
    cell: str = ""


@lru_cache(maxsize=128)
def legal_points(maximum: int) -> Mapping[Value, Value]:
    """Values of a cell that need no closer look, and what they mean. Mind that True is 1 to a dict."""
    return {points: points for points in range(maximum + 1)} | {schema.NOT_ATTEMPTED: schema.NOT_ATTEMPTED}


@lru_cache(maxsize=1)
def legal_variants() -> Mapping[Value, Value]:
    """The same for the variant."""
    low, high = int(_VARIANT.low or 1), int(_VARIANT.high or 99)
    return {number: number for number in range(low, high + 1)} | {schema.ABSENT: schema.ABSENT}


def points_in(written: Value, label: str, maximum: int, year: str) -> Value | Refusal:
    """The points or the mark that a cell certainly means, or why it means none. A day is never points."""
    state = convert(written, _TASK).state
    if state is TaskState.NOT_ATTEMPTED:
        return schema.NOT_ATTEMPTED
    if state is TaskState.NOT_TAUGHT:
        return Refusal(FormCode.NOT_TAUGHT, {"year": year}) if year > schema.LAST_YEAR_NOT_TAUGHT else schema.NOT_TAUGHT
    number = as_number(written)
    if number is None or not abs(number) < _MOST_POINTS:
        return Refusal(FormCode.NOT_POINTS, {"label": label, "written": shown(written)})
    if number < 0 or not number.is_integer():
        return Refusal(FormCode.NOT_WHOLE, {"label": label, "points": shown(written)})
    if number > maximum:
        return Refusal(FormCode.OVER_MAXIMUM, {"label": label, "points": int(number), "maximum": maximum})
    return int(number)


def variant_in(written: Value) -> Value | Refusal:
    """The variant that a cell certainly means, as a number, or «отсутствовал»."""
    typed = convert(written, _VARIANT)
    if typed.value == schema.ABSENT:
        return schema.ABSENT
    if typed.slip in {SlipCode.CHOICE, SlipCode.RANGE}:
        return Refusal(FormCode.NOT_VARIANT, {"written": shown(written)})
    return int(str(typed.value))


def shown(written: Value) -> str:
    """A cell's text as it may be shown again: short, and nothing that may be a name."""
    if isinstance(written, datetime):
        return words.A_DATE.format(day=as_text(written))
    text = clean_text(as_text(written))
    may_be_name = _WORD.search(text) is not None and text != text.lower() and text.casefold() not in _KNOWN_WORDS
    return words.SOME_TEXT if may_be_name or len(text) > _SHOWN_LENGTH else text
