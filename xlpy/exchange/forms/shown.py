"""What the formulas of a form show: written beside them, for programs that show a file without computing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlpy.exchange.forms.form import FormTask
from xlpy.tables import schema
from xlpy.tables.convert import TaskState, convert
from xlpy.tables.raw import Value
from xlpy.words import forms as words

_VARIANT = schema.RESULTS.column("variant")
_TASK = schema.RESULTS.column(schema.TASK_KEYS[0])


def shown_points(
    typed: Mapping[str, Value], variant: Value, tasks: Sequence[FormTask], *, takes_not_taught: bool
) -> int | str:
    """Return the total of a paper or the word shown instead of it: as `live.points_formula` does."""
    cells = [(task, typed.get(task.key)) for task in tasks]
    states = [(task, cell, convert(cell, _TASK).state) for task, cell in cells]
    filled = [one for one in states if one[2] is not TaskState.EMPTY]
    absent = convert(variant, _VARIANT).value == schema.ABSENT
    if not filled:
        return words.ABSENT_SHOWN if absent else ""
    if absent or not all(_is_legal(*one, takes_not_taught=takes_not_taught) for one in filled):
        return schema.CHECK_IT
    if len(filled) < len(tasks):
        return schema.UNFINISHED
    return sum(int(cell) for _, cell, state in filled if state is TaskState.POINTS and isinstance(cell, (int, float)))


def _is_legal(task: FormTask, cell: Value, state: TaskState, *, takes_not_taught: bool) -> bool:
    if state is TaskState.POINTS and isinstance(cell, (int, float)):
        return 0 <= cell <= task.maximum and float(cell).is_integer()
    return state is TaskState.NOT_ATTEMPTED or (takes_not_taught and state is TaskState.NOT_TAUGHT)


def shown_mark(points: int | str, scale: tuple[int, int, int] | None) -> int | str:
    """Return the mark of a total, or what is shown instead of it."""
    if isinstance(points, str):
        return words.ABSENT_SHOWN if points == words.ABSENT_SHOWN else ""
    return "" if scale is None else 2 + sum(points >= least for least in scale)


def shown_state(totals: Sequence[int | str]) -> str:
    """Return the line of state of these totals; nobody has said «готово» yet."""
    done = sum(isinstance(total, int) or total == words.ABSENT_SHOWN for total in totals)
    return f"{words.TYPED}{done}{words.TYPED_OF}{len(totals)}"
