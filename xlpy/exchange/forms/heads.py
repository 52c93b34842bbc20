"""Where forms stand on a sheet: rows of marks and of labels, identity lines, and the rows that belong to each.

One sheet may hold several: a block of another form pasted under the first has a header or an identity line of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from xlpy.exchange.forms import layout
from xlpy.exchange.forms.form import Identity, identity_of_line
from xlpy.tables import schema
from xlpy.tables.convert import as_text
from xlpy.tables.normalise import fold
from xlpy.tables.raw import PlainSheet, Value
from xlpy.words import forms as words

_MARKS = frozenset(
    (
        layout.PILE_KEY,
        layout.CODE_KEY,
        layout.VARIANT_KEY,
        layout.POINTS_KEY,
        layout.MARK_KEY,
        layout.AGAIN_KEY,
        *(f"#{number}" for number in range(1, schema.TASK_COUNT + 1)),
    )
)
_CAPTIONS = frozenset((words.PILE, words.CODE, words.VARIANT, words.POINTS, words.MARK))
_FOLDED_CAPTIONS = frozenset(fold(caption) for caption in _CAPTIONS)
_HEADER = _MARKS | _CAPTIONS
# One mark or caption alone may be somebody's note.
_LEAST = 2
# An identity line is much longer than a code, a caption or a mark: only such cells are looked into.
_LINE_LENGTH = 30
_NOTHING = (None, "")


@dataclass(frozen=True, slots=True)
class Block:
    """Rows `first`–`last` of a sheet under one header. `headers`: every row that is part of it or repeats it.

    `key_row` and `label_row` are None where there is none; `said` is what the identity line says.
    """

    first: int
    last: int
    key_row: int | None
    label_row: int | None
    headers: frozenset[int]
    said: Identity | None

    @property
    def has_header(self) -> bool:
        """Whether columns can be told by marks or by labels."""
        return self.key_row is not None or self.label_row is not None


def blocks_of(sheet: PlainSheet) -> tuple[Block, ...]:
    """Return the blocks of a sheet, top to bottom: at least one, without header and identity where it holds neither."""
    values = sheet.values
    keys: set[int] = set()
    labels: set[int] = set()
    for row, line in enumerate(values, 1):
        if not _HEADER.isdisjoint(line):
            marks, captions = len(_MARKS.intersection(line)), len(_CAPTIONS.intersection(line))
            if max(marks, captions) >= _LEAST:
                (keys if marks > captions else labels).add(row)
    if not labels:
        labels = {row for row, line in enumerate(values, 1) if row not in keys and _captions(line) >= _LEAST}
    return _split(values, keys, labels, _lines(values))


def _captions(line: Sequence[Value]) -> int:
    """How many captions stand in a row, however they are spelled."""
    return len({fold(cell) for cell in line if isinstance(cell, str) and len(cell) < _LINE_LENGTH} & _FOLDED_CAPTIONS)


def _lines(values: Sequence[Sequence[Value]]) -> dict[int, Identity]:
    """What each row with an identity line says; the first of two in a row counts."""
    found: dict[int, Identity] = {}
    for row, line in enumerate(values, 1):
        for text in [cell for cell in line if cell.__class__ is str and len(cell) > _LINE_LENGTH]:
            said = identity_of_line(str(text))
            if said is not None:
                found.setdefault(row, said)
    return found


def _split(
    values: Sequence[Sequence[Value]], keys: set[int], labels: set[int], lines: Mapping[int, Identity]
) -> tuple[Block, ...]:
    """A new block begins where another work is named under a header, or hidden marks or an own table that are others.

    A line under a header that had none above it was only moved down, unless one more header follows it.
    """
    blocks: list[Block] = []
    first = 1
    key: int | None = None
    label: int | None = None
    said: Identity | None = None
    headers: set[int] = set()
    events = sorted(keys | labels | lines.keys())
    for row, after in zip_longest(events, events[1:], fillvalue=0):
        is_head = row in keys or row in labels
        is_new = (
            (row in lines and said is not None and lines[row] != said)
            or (row in lines and said is None and bool(headers) and (after in keys or after in labels))
            or (row in keys and key is not None and not _is_again(values[row - 1], values[key - 1]))
            or (row in labels and label is not None and not _is_below(values, row, key, label))
        )
        if is_new:
            blocks.append(Block(first, row - 1, key, label, frozenset(headers), said))
            first, key, label, said, headers = row, None, None, None, set()
        said = said or lines.get(row)
        key = row if key is None and row in keys else key
        label = row if label is None and row in labels else label
        if is_head:
            headers.add(row)
    blocks.append(Block(first, len(values), key, label, frozenset(headers), said))
    return tuple(blocks)


def _is_below(values: Sequence[Sequence[Value]], row: int, key: int | None, label: int) -> bool:
    """Whether a row of labels belongs to the form above: it is as wide, whatever has become of the first one since.

    What stands under one that says another thing is no business of this form: `judge` sees to that.
    """
    line, head = values[row - 1], values[(key or label) - 1]
    here, above = ({at for at, cell in enumerate(one) if cell not in _NOTHING} for one in (line, head))
    return len(here & above) * 2 >= max(len(here), len(above)) or _is_again(line, values[label - 1])


def _is_again(line: Sequence[Value], other: Sequence[Value]) -> bool:
    """Whether a header is most of another repeated, which may have been spoilt since: `judge` looks closer."""
    one, two = dict(_texts(line)), dict(_texts(other))
    return sum(one[at] == two[at] for at in one.keys() & two.keys()) * 2 >= max(len(one), len(two))


def ours_in(line: Sequence[Value]) -> frozenset[str]:
    """The marks in a row of marks, else its texts."""
    return _MARKS.intersection(line) or frozenset(text for _, text in _texts(line))


def _texts(line: Sequence[Value]) -> list[tuple[int, str]]:
    return [(at, fold(as_text(cell))) for at, cell in enumerate(line) if cell not in _NOTHING]
