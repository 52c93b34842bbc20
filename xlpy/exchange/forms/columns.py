"""Which column of a form is which: by its hidden mark and its label, one of which may be destroyed.

Certain is a column where both agree, or where one is destroyed and the other names what no other column claims.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from xlpy.exchange.forms.form import FormTask, task_labels
from xlpy.exchange.forms.meanings import CODES, Meaning, Meanings, Role, meanings_of
from xlpy.exchange.forms.recognise import FormGrid
from xlpy.exchange.forms.values import legal_points, legal_variants
from xlpy.tables.addresses import column_letter
from xlpy.tables.convert import is_empty
from xlpy.tables.raw import Value

VARIANT = "variant"
_TEXTS = frozenset((str, type(None)))


class Place(NamedTuple):
    """A column to read: key of «Результаты», 0-based column and its letters, legal values; of the variant no task."""

    key: str
    at: int
    letters: str
    legal: Mapping[Value, Value]
    label: str
    task: FormTask | None


@dataclass(frozen=True, slots=True)
class FormColumns:
    """Columns of a form, 0-based.

    `codes`: the left one first. `other`: what the rest certainly are. `twice`: columns of a task that stands in
    several. `recovered`: certain columns of which only the mark or only the label is left. `lost`: columns that may be
    of these tasks. `again`: columns that claim a task whose own column is certain. `named`: columns under any header.
    `read`: the columns of tasks and the variant, left to right. `is_whole`: nothing is to be said of any of them.
    """

    tasks: Mapping[int, FormTask]
    codes: tuple[int, ...]
    other: Mapping[Role, int]
    twice: Mapping[FormTask, tuple[int, ...]]
    recovered: Mapping[int, Meaning]
    lost: Mapping[int, frozenset[FormTask]]
    again: Mapping[int, FormTask]
    named: frozenset[int]
    read: tuple[Place, ...]
    is_whole: bool

    @property
    def meaningful(self) -> frozenset[int]:
        """All columns that are certainly something of the form."""
        return frozenset((*self.tasks, *self.codes, *self.other.values()))


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a column may be. `is_full`: mark and label agree; `is_half`: one of them is left, and says one thing."""

    meant: frozenset[Meaning]
    is_full: bool
    is_half: bool

    @property
    def one(self) -> Meaning:
        """What it is, where that is one thing; of the two codes the left one."""
        return Role.CODE if Role.CODE in self.meant else next(iter(self.meant))


def headed(grid: FormGrid, tasks: Sequence[FormTask]) -> FormGrid:
    """Return the grid with its row of labels, also where that has lost all its captions but those of the tasks."""
    block = grid.block
    row = None if block.label_row is not None else _label_row(grid, tuple(tasks))
    if row is None:
        return grid
    return replace(grid, block=replace(block, label_row=row, headers=block.headers | {row}))


def _label_row(grid: FormGrid, tasks: tuple[FormTask, ...]) -> int | None:
    """Where the captions of the row of labels are gone: the row that still names most tasks in their order."""
    block, meanings = grid.block, meanings_of(tasks)
    best, most = None, max(2, (len(tasks) + 1) // 2) - 1
    for row in range(block.first, block.last + 1):
        if row == block.key_row:
            continue
        texts = (cell for cell in grid.plain.values[row - 1] if isinstance(cell, str))
        said = [next(iter(meant)) for meant in map(meanings.of_label, texts) if len(meant) == 1]
        numbers = [task.number for task in said if isinstance(task, FormTask)]
        # Points typed as text look like labels of tasks, but do not stand in this order.
        if len(numbers) > most and numbers == sorted(set(numbers)):
            best, most = row, len(numbers)
    return best


def columns_of(grid: FormGrid, tasks: Sequence[FormTask]) -> FormColumns:
    """Return what the columns of a form certainly are, and which are not certain."""
    form_tasks = tuple(tasks)
    keys = _header_row(grid, grid.block.key_row)
    labels = _header_row(grid, grid.block.label_row)
    # Texts only, as in a form that nobody spoilt: what else may stand there, such as True for 1, is no key of a store.
    is_plain = _TEXTS.issuperset(map(type, keys)) and _TEXTS.issuperset(map(type, labels))
    judge = _judged_header if is_plain else _judged_header.__wrapped__
    return judge(form_tasks, tuple(keys), tuple(labels))


@lru_cache(maxsize=256)
def _judged_header(tasks: tuple[FormTask, ...], keys: tuple[Value, ...], labels: tuple[Value, ...]) -> FormColumns:
    meanings = meanings_of(tasks)
    claims = {}
    named = set()
    for at, (key, label) in enumerate(zip_longest(keys, labels)):
        claim = _claim(meanings, key, label)
        if claim is not None:
            claims[at] = claim
        if not (is_empty(key) and is_empty(label)):
            named.add(at)
    return _settled(claims, frozenset(named), tasks)


def other_header(grid: FormGrid, columns: FormColumns, tasks: Sequence[FormTask]) -> tuple[int, int] | None:
    """Row and 0-based column where a header that stands again says another thing than the first; None where none."""
    again = sorted(grid.block.headers - {grid.block.key_row, grid.block.label_row})
    if not again:
        return None
    meanings = meanings_of(tuple(tasks))
    held: dict[int, Meaning] = {**columns.tasks, **{at: role for role, at in columns.other.items()}}
    first = [grid.plain.values[row - 1] for row in (grid.block.key_row, grid.block.label_row) if row is not None]
    for row in again:
        line = grid.plain.values[row - 1]
        strange = []
        for at, cell in enumerate(line):
            mark = meanings.of_mark(cell)
            meant = meanings.of_label(cell) if mark is None else frozenset((mark,))
            is_own = meant <= CODES if at in columns.codes else held.get(at) in meant
            if meant and not is_own and (at in held or at in columns.codes):
                return row, at
            if at in columns.tasks and not meant and not any(at < len(one) and cell == one[at] for one in first):
                strange.append(at)
        # Labels that nobody knows, over most tasks: a form of another work.
        if len(strange) * 2 > len(columns.tasks):
            return row, strange[0]
    return None


def _header_row(grid: FormGrid, row: int | None) -> Sequence[Value]:
    """The cells of a row of the header. In a merged one may stand what stood over another column before."""
    if row is None:
        return ()
    line = grid.plain.values[row - 1]
    wide = [(left, right) for top, left, bottom, right in grid.plain.merged if top <= row <= bottom and left < right]
    if not wide:
        return line
    return [None if any(left <= at <= right for left, right in wide) else cell for at, cell in enumerate(line, 1)]


def _claim(meanings: Meanings, key: Value, label: Value) -> _Claim | None:
    marked, labelled = meanings.of_mark(key), meanings.of_label(label)
    if marked is None:
        if not labelled:
            return None
        is_one = len(labelled) == 1 or labelled == CODES
        return _Claim(labelled, is_full=False, is_half=is_one and not isinstance(label, datetime))
    if marked in labelled:
        return _Claim(frozenset((marked,)), is_full=True, is_half=False)
    return _Claim(labelled | {marked}, is_full=False, is_half=not labelled)


def _settled(claims: Mapping[int, _Claim], named: frozenset[int], tasks: Sequence[FormTask]) -> FormColumns:
    count: Counter[Meaning] = Counter()
    full: dict[Meaning, list[int]] = {}
    for at, claim in claims.items():
        count.update(claim.meant)
        if claim.is_full:
            full.setdefault(claim.one, []).append(at)
    certain: dict[int, Meaning] = {}
    twice: dict[FormTask, tuple[int, ...]] = {}
    lost: dict[int, frozenset[FormTask]] = {}
    again: dict[int, FormTask] = {}
    recovered: dict[int, Meaning] = {}
    codes: list[int] = []
    for at, claim in claims.items():
        one = claim.one
        if claim.meant <= CODES:
            codes.append(at)
        elif claim.is_full and len(full[one]) == 1:
            certain[at] = one
        elif claim.is_full and isinstance(one, FormTask):
            twice[one] = tuple(full[one])
        elif claim.is_half and count[one] == 1:
            certain[at] = recovered[at] = one
        elif claim.is_half and isinstance(one, FormTask) and one in full:
            again[at] = one
        elif not claim.is_full:
            lost[at] = _tasks(claim.meant)
    recovered |= {at: Role.CODE for at in codes if not claims[at].is_full}
    doubts = (twice, recovered, lost, again)
    found = {at: one for at, one in certain.items() if isinstance(one, FormTask)}
    other = {one: at for at, one in certain.items() if isinstance(one, Role)}
    return FormColumns(
        found,
        tuple(codes),
        other,
        twice,
        recovered,
        {at: meant for at, meant in lost.items() if meant},
        again,
        named,
        read_places(tasks, found, other.get(Role.VARIANT)),
        is_whole=len(found) == len(tasks) and Role.VARIANT in other and not any(doubts),
    )


def read_places(tasks: Sequence[FormTask], found: Mapping[int, FormTask], variant: int | None) -> tuple[Place, ...]:
    """The columns to read, left to right."""
    labels = dict(zip(tasks, task_labels(tasks), strict=True))
    read = [
        Place(task.key, at, column_letter(at + 1), legal_points(task.maximum), labels[task], task)
        for at, task in found.items()
    ]
    if variant is not None:
        read.append(Place(VARIANT, variant, column_letter(variant + 1), legal_variants(), "", None))
    return tuple(sorted(read, key=lambda place: place.at))


def _tasks(meant: Iterable[Meaning]) -> frozenset[FormTask]:
    return frozenset(one for one in meant if isinstance(one, FormTask))
