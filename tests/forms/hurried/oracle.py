"""The rule of certainty, said once more from its page: which column is which task, which row is which paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from tests.forms.hurried.sheet import AGAIN, CODE, VARIANT, Cell, Grid, Kind, Row


class Status(IntEnum):
    """What is to become of a value: the worse of two holds. OPEN: the page leaves it to the program, right or named."""

    CERTAIN = 0
    OPEN = 1
    UNCERTAIN = 2
    GONE = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """What a row or a column is, and how sure that is."""

    says: str | None
    status: Status
    why: str = ""


# What a row holds by column: what a cell says, and whether something else stands there.
Held = dict[str, tuple[object, object]]
LOST = Judged(None, Status.UNCERTAIN, "destroyed")


def judge_columns(grid: Grid) -> list[Judged]:
    """Return what each column is by its hidden mark and its label."""
    marks, labels = (_heads(grid, kind) for kind in (Kind.MARKS, Kind.LABELS))
    labelled = grid.row(Kind.LABELS)
    merged = [labelled is not None and bool(labelled.cells[at].merge) for at in range(len(marks))]
    # Over which of the columns a merged label stands the page does not say: beside a mark it adds nothing.
    pairs = [
        (mark, None if is_merged and mark else label)
        for mark, label, is_merged in zip(marks, labels, merged, strict=True)
    ]
    judged = [_column(pairs, at) for at in range(len(pairs))]
    for at, (mark, label) in enumerate(pairs):
        if merged[at] and label and not mark:
            judged[at] = Judged(label, max(Status.OPEN, judged[at].status), "merged label")
    # A copy of the header lower down may tell what a column is: that page says nothing of it.
    again = [row.cells for row in grid.rows if row.kind is Kind.HEADER]
    for at, one in enumerate(judged):
        said = next((str(cells[at].says) for cells in again if cells[at].says), None)
        if one.status is Status.UNCERTAIN and said is not None:
            judged[at] = Judged(said, Status.OPEN, "only a copy of the header")
    return judged


def _heads(grid: Grid, kind: Kind) -> list[str | None]:
    row = grid.row(kind)
    return [None] * len(grid.roles) if row is None else [None if c.says is None else str(c.says) for c in row.cells]


def _column(pairs: Sequence[tuple[str | None, str | None]], at: int) -> Judged:
    mark, label = pairs[at]
    others = [pair for number, pair in enumerate(pairs) if number != at]
    if mark and label:
        if mark != label:
            return Judged(None, Status.UNCERTAIN, "mark and label apart")
        # Two whole columns of one task that say the same: the page is silent.
        twice = (mark, label) in others
        return Judged(mark, Status.OPEN, "task twice") if twice else Judged(mark, Status.CERTAIN)
    one = mark or label
    if one is None:
        return LOST
    claims = [pair for pair in others if one in pair]
    if not claims:
        return Judged(one, Status.CERTAIN)
    # A column whose mark and label are apart claims nothing for certain; whether it claims at all the page leaves.
    apart = all(pair[0] and pair[1] and pair[0] != pair[1] for pair in claims)
    return (
        Judged(one, Status.OPEN, "claimed by a doubtful column") if apart else Judged(None, Status.UNCERTAIN, "twice")
    )


@dataclass(frozen=True, slots=True)
class _Codes:
    """The codes of a row; `is_other`: a number that is no known code stands on the left."""

    row: Row
    left: str | None
    right: str | None
    is_other: bool


def judge_rows(grid: Grid, columns: Sequence[Judged]) -> dict[int, Judged]:
    """Return which paper each row is, by the id of the row. Two sheets of a file are as two files are."""
    codes = list(_codes(grid, columns))
    alone = {id(one.row): _row(one, codes) for one in codes}
    return _without_twins(alone, [one.row for one in codes], dict(_contents(grid, columns)))


def _codes(grid: Grid, columns: Sequence[Judged]) -> Iterable[_Codes]:
    left, right = place_of(columns, CODE), place_of(columns, AGAIN)
    for row in grid.rows:
        if row.kind in {Kind.PAPER, Kind.OWN}:
            said = [
                None if at is None or row.cells[at].says is None else str(row.cells[at].says) for at in (left, right)
            ]
            is_other = left is not None and said[0] is None and str(row.cells[left].value or "").strip().isdecimal()
            yield _Codes(row, said[0], said[1], is_other)


def place_of(columns: Sequence[Judged], role: str) -> int | None:
    """Return the first column that is judged to be this one, 0-based."""
    return next((at for at, one in enumerate(columns) if one.says == role), None)


def _row(one: _Codes, every: Sequence[_Codes]) -> Judged:
    others = [other for other in every if other is not one]
    if one.left and one.right and one.left != one.right:
        return Judged(None, Status.UNCERTAIN, "two codes apart")
    code = one.left or one.right
    if code is None:
        return LOST
    if not one.left and any(other.left == code for other in others):
        return Judged(None, Status.UNCERTAIN, "the right code is used")
    doubtful = any(o.left and o.right and o.left != o.right and code in {o.left, o.right} for o in others)
    # A number that is no code of the work may be that of another paper, and then it is not destroyed.
    doubtful |= one.is_other
    return Judged(code, Status.OPEN if doubtful else Status.CERTAIN, "claimed by a doubtful row" if doubtful else "")


def _contents(grid: Grid, columns: Sequence[Judged]) -> Iterable[tuple[int, tuple[Held, Held]]]:
    """What each row holds: in its certain columns, and in the others that were handed out for tasks."""
    for row in grid.rows:
        sure: Held = {}
        rest: Held = {}
        for at, (one, role, cell) in enumerate(zip(columns, grid.roles, row.cells, strict=True)):
            said = (cell.says, cell.says is None and not is_blank(cell))
            if one.status is Status.CERTAIN and one.says and (one.says == VARIANT or one.says.startswith("task_")):
                sure[one.says] = said
            elif role == VARIANT or role.startswith("task_"):
                rest[str(at)] = said
        yield id(row), (sure, rest)


def is_blank(cell: Cell) -> bool:
    """Whether nothing stands in a cell, or only spaces."""
    return cell.value is None or (isinstance(cell.value, str) and not cell.value.strip("\u00a0 \u202f"))


def _without_twins(
    alone: Mapping[int, Judged], rows: Sequence[Row], held: Mapping[int, tuple[Held, Held]]
) -> dict[int, Judged]:
    count = Counter(judged.says for judged in alone.values() if judged.says)
    sure = dict(alone)
    for code in (code for code, times in count.items() if times > 1):
        twins = [id(row) for row in rows if alone[id(row)].says == code]
        said = [held[twin] for twin in twins]
        if all(one == said[0] for one in said):
            continue
        # Where one row only lacks what the other holds, or they differ where nothing is certain, the page is silent.
        status = Status.UNCERTAIN if _is_contradicted([one for one, _ in said]) else Status.OPEN
        for twin in twins:
            judged = alone[twin]
            sure[twin] = Judged(judged.says, max(status, judged.status), "code twice")
    return sure


def _is_contradicted(said: Sequence[Held]) -> bool:
    keys = {key for one in said for key in one}
    held = ({one[key] for one in said if one.get(key, (None, False)) != (None, False)} for key in keys)
    return any(len(values) > 1 for values in held)
