"""What a mark or a label over a column may mean, for the tasks of one work. Certainty is `columns`' business."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import lru_cache

from xlpy.exchange.forms import layout
from xlpy.exchange.forms.form import FormTask, task_labels
from xlpy.tables.convert import as_number, as_text
from xlpy.tables.normalise import clean_text, fold
from xlpy.tables.raw import Value
from xlpy.words import forms as words


class Role(Enum):
    """What a column is that holds no points of a task."""

    PILE = layout.PILE_KEY
    CODE = layout.CODE_KEY
    VARIANT = layout.VARIANT_KEY
    POINTS = layout.POINTS_KEY
    MARK = layout.MARK_KEY
    AGAIN = layout.AGAIN_KEY


Meaning = Role | FormTask
NOTHING: frozenset[Meaning] = frozenset()
CODES: frozenset[Meaning] = frozenset((Role.CODE, Role.AGAIN))
_CAPTIONS: dict[str, frozenset[Meaning]] = {
    fold(words.PILE): frozenset((Role.PILE,)),
    fold(words.CODE): CODES,
    fold(words.VARIANT): frozenset((Role.VARIANT,)),
    fold(words.POINTS): frozenset((Role.POINTS,)),
    fold(words.MARK): frozenset((Role.MARK,)),
}


@dataclass(frozen=True, slots=True)
class Meanings:
    """What marks and labels mean: marks one thing, labels as written, as a number (9.10 is 9.1 then) or as a day."""

    marks: Mapping[str, Meaning]
    labels: Mapping[str, frozenset[Meaning]]
    numbers: Mapping[float, frozenset[Meaning]]
    days: Mapping[tuple[int, int], frozenset[Meaning]]

    def of_mark(self, written: Value) -> Meaning | None:
        """What a mark certainly means."""
        return self.marks.get(clean_text(written)) if isinstance(written, str) else None

    def of_label(self, written: Value) -> frozenset[Meaning]:
        """What a label may mean; nothing where it is not one of ours."""
        if isinstance(written, str):
            return self.labels.get(fold(written), NOTHING)
        if isinstance(written, bool) or written is None:
            return NOTHING
        if isinstance(written, datetime):
            return self.days.get((written.day, written.month), NOTHING)
        return self.numbers.get(written) or self.labels.get(fold(as_text(written)), NOTHING)


@lru_cache(maxsize=256)
def meanings_of(tasks: tuple[FormTask, ...]) -> Meanings:
    """Return what may stand over the columns of a form with these tasks."""
    numbers: defaultdict[float, set[Meaning]] = defaultdict(set)
    days: defaultdict[tuple[int, int], set[Meaning]] = defaultdict(set)
    labels: defaultdict[str, set[Meaning]] = defaultdict(set)
    for label, task in zip(task_labels(tasks), tasks, strict=True):
        labels[fold(label)].add(task)
        number = as_number(label)
        if number is not None:
            numbers[number].add(task)
        day, _, month = label.partition(".")
        if day.isdecimal() and month.isdecimal():
            days[int(day), int(month)].add(task)
    return Meanings(
        {role.value: role for role in Role} | {f"#{task.number}": task for task in tasks},
        {label: frozenset(meant) for label, meant in labels.items()} | _CAPTIONS,
        {number: frozenset(meant) for number, meant in numbers.items()},
        {day: frozenset(meant) for day, meant in days.items()},
    )
