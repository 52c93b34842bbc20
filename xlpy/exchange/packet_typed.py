"""What people typed into a form: columns by their captions, every cell as points or a mark, or a note about it.

Asks of the school nothing but the tasks and the codes: a packet and a teacher's form are judged alike.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from xlpy.exchange.packet_form import FormCell, FormTask, ReadForm, ReadRow, task_captions
from xlpy.exchange.packet_notes import PacketCode, PacketNote, at_work
from xlpy.exchange.packet_read import is_blank, text_of
from xlpy.tables import schema
from xlpy.tables.convert import SlipCode, TaskState, as_number, convert
from xlpy.tables.normalise import fold
from xlpy.tables.raw import Value

_VARIANT = schema.RESULTS.column("variant")


@dataclass(frozen=True, slots=True)
class TypedCell:
    """A cell that can be taken: `meant` is what «Результаты» should hold."""

    cell: FormCell
    key: str
    label: str
    meant: Value


@dataclass(frozen=True, slots=True)
class TypedRow:
    """What one row gives: its code as it is known, what is typed for its tasks, the variant where there is one.

    `is_absent`: the checkers wrote «отсутствовал» where the variant belongs.
    """

    code: FormCell
    known: str
    points: tuple[TypedCell, ...]
    variant: TypedCell | None
    is_absent: bool


def columns_of(form: ReadForm, tasks: Sequence[FormTask]) -> tuple[dict[int, FormTask], tuple[PacketNote, ...]]:
    """Return which of the form's task columns (0-based) is which task, and what is wrong with the header."""
    wanted = {fold(caption): (caption, task) for caption, task in zip(task_captions(tasks), tasks, strict=True)}
    found: dict[int, FormTask] = {}
    notes: list[PacketNote] = []
    for at, cell in enumerate(form.header):
        caption, task = wanted.get(fold(text_of(cell)), ("", None))
        if task is None:
            notes.append(at_work(PacketCode.EXTRA_COLUMN, cell, caption=text_of(cell)))
        elif task in found.values():
            notes.append(at_work(PacketCode.TASK_TWICE, cell, caption=caption))
        else:
            found[at] = task
    notes += [
        at_work(PacketCode.TASK_MISSING, form.corner, caption=caption)
        for caption, task in wanted.values()
        if task not in found.values()
    ]
    return found, tuple(notes)


def typed_rows(
    form: ReadForm, columns: Mapping[int, FormTask], codes: Collection[str], year: str
) -> tuple[tuple[TypedRow, ...], tuple[PacketNote, ...]]:
    """Return the rows of known codes with what is typed there, and notes about all that cannot be taken as it stands.

    `codes` are those of the work, `year` the school year by which «не пройд.» may be typed or not.
    """
    known = {fold(code): code for code in codes}
    notes: list[PacketNote] = []
    rows: list[TypedRow] = []
    seen: dict[str, int] = {}
    for row in form.rows:
        code, stray = _known_code(row, columns, known)
        notes += stray
        if code is None:
            continue
        if code in seen:
            notes.append(at_work(PacketCode.CODE_TWICE, row.code, code=code, row=seen[code]))
            continue
        seen[code] = row.code.row
        rows.append(_typed_row(row, code, columns, year, notes))
    return tuple(rows), tuple(notes)


def _known_code(
    row: ReadRow, columns: Mapping[int, FormTask], known: Mapping[str, str]
) -> tuple[str | None, Sequence[PacketNote]]:
    """The code of a row as the book knows it, None where it does not, with what is to be said of that."""
    broken = _broken(row.code)
    if broken is not None:
        return None, (broken,)
    written = text_of(row.code)
    code = known.get(fold(written))
    if code is not None:
        return code, ()
    has_points = any(not is_blank(row.points[at]) for at in columns)
    if not written:
        return None, (at_work(PacketCode.NO_CODE, row.code),) if has_points else ()
    what = PacketCode.UNKNOWN_CODE if has_points else PacketCode.UNKNOWN_CODE_EMPTY
    return None, (at_work(what, row.code, code=written),)


def _typed_row(
    row: ReadRow, code: str, columns: Mapping[int, FormTask], year: str, notes: list[PacketNote]
) -> TypedRow:
    points = []
    for at, task in sorted(columns.items(), key=lambda column: column[1].number):
        cell = row.points[at]
        if is_blank(cell):
            continue
        meant = _points(cell, task, year)
        if isinstance(meant, PacketNote):
            notes.append(meant)
            continue
        points.append(TypedCell(cell, task.key, task.label, meant))
        if isinstance(cell.written, str) and meant != cell.written:
            notes.append(at_work(PacketCode.RESPELLED, cell, written=cell.written, meant=meant))
    variant = _variant(row.variant, code)
    if not isinstance(variant, PacketNote):
        return TypedRow(row.code, code, tuple(points), variant, is_absent=False)
    notes.append(variant)
    return TypedRow(row.code, code, tuple(points), None, is_absent=variant.code is PacketCode.MARKED_ABSENT)


def _broken(cell: FormCell) -> PacketNote | None:
    """What is to be said of a cell that holds an error, or a formula no program has computed."""
    if cell.error:
        return at_work(PacketCode.ERROR_CELL, cell, written=cell.error)
    if cell.is_formula and not text_of(cell):
        return at_work(PacketCode.UNCALCULATED, cell)
    return None


def _points(cell: FormCell, task: FormTask, year: str) -> Value | PacketNote:
    """The points or the mark that a cell certainly means, or what is wrong with it."""
    broken = _broken(cell)
    if broken is not None:
        return broken
    number = as_number(cell.written)
    state = convert(cell.written, schema.RESULTS.column(task.key)).state
    if state is TaskState.NOT_ATTEMPTED:
        return schema.NOT_ATTEMPTED
    if state is TaskState.NOT_TAUGHT:
        if year > schema.LAST_YEAR_NOT_TAUGHT:
            return at_work(PacketCode.NOT_TAUGHT, cell, label=task.label, year=year)
        return schema.NOT_TAUGHT
    if number is None or number < 0 or not number.is_integer():
        return at_work(PacketCode.NOT_POINTS, cell, label=task.label, written=text_of(cell), maximum=task.maximum)
    if number > task.maximum:
        return at_work(PacketCode.OVER_MAXIMUM, cell, label=task.label, points=int(number), maximum=task.maximum)
    return int(number)


def _variant(cell: FormCell | None, code: str) -> TypedCell | PacketNote | None:
    if cell is None or is_blank(cell):
        return None
    typed = convert(cell.written, _VARIANT)
    if typed.value == schema.ABSENT:
        return at_work(PacketCode.MARKED_ABSENT, cell, code=code)
    if cell.error or typed.slip in {SlipCode.CHOICE, SlipCode.RANGE} or not str(typed.value).isdecimal():
        return at_work(PacketCode.NOT_VARIANT, cell, written=cell.error or text_of(cell))
    return TypedCell(cell, "variant", "", int(str(typed.value)))


def unfinished(rows: Sequence[TypedRow], tasks: Sequence[FormTask]) -> tuple[PacketNote, ...]:
    """Notes about rows without any points, and about those with some and not all."""
    notes = []
    for row in rows:
        there = {cell.key for cell in row.points}
        labels = [task.label for task in tasks if task.key not in there]
        if not row.points and not row.is_absent:
            notes.append(at_work(PacketCode.PAPER_MISSING, row.code, code=row.known))
        elif row.points and labels:
            notes.append(at_work(PacketCode.UNFINISHED, row.code, code=row.known, labels=", ".join(labels)))
    return tuple(notes)
