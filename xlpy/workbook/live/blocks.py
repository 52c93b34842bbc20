"""Cells to write as a few whole rectangles: their number depends on the columns, never on the rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from xlpy.workbook.live.contents import Content, Contents, Edits
from xlpy.workbook.live.hosts import Box

# Up to so many rectangles nothing is written but the cells that change.
FEW = 24
_FEW_IN_COLUMN = 2
_WASTE = 1.3


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle (1-based corner): what it held, and what it is to hold."""

    top: int
    left: int
    before: list[list[Content]]
    after: list[list[Content]]

    @property
    def box(self) -> Box:
        """(top, left, bottom, right)."""
        return self.top, self.left, self.top + len(self.after) - 1, self.left + len(self.after[0]) - 1

    def filled(self) -> Iterator[tuple[int, int]]:
        """(row, column) of the cells that are to hold something."""
        for row, line in enumerate(self.after, start=self.top):
            for column, content in enumerate(line, start=self.left):
                if content is not None:
                    yield row, column


def blocks_of(edits: Edits, now: Contents) -> list[Block]:
    """Return the rectangles that bring the edits about."""
    if not edits:
        return []
    columns: dict[int, list[int]] = {}
    for row in sorted(edits):
        for column in edits[row]:
            columns.setdefault(column, []).append(row)
    boxes = _exact(columns)
    if len(boxes) > FEW:
        boxes = _joined([box for column, rows in sorted(columns.items()) for box in _pieces(column, rows)])
    return [_block(box, edits, now) for box in boxes]


def runs(rows: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """First and last of each stretch of rows without a gap."""
    if not rows:
        return ()
    gaps = [at for at, (row, following) in enumerate(pairwise(rows), start=1) if following != row + 1]
    return tuple((rows[start], rows[end - 1]) for start, end in pairwise([0, *gaps, len(rows)]))


def _exact(columns: Mapping[int, Sequence[int]]) -> list[Box]:
    """Boxes that hold nothing but what changes."""
    open_boxes: dict[tuple[int, int], Box] = {}
    found: list[Box] = []
    for column in sorted(columns):
        going_on: dict[tuple[int, int], Box] = {}
        for top, bottom in runs(columns[column]):
            before = open_boxes.pop((top, bottom), None)
            left = before[1] if before is not None and before[3] == column - 1 else column
            if before is not None and left == column:
                found.append(before)
            going_on[top, bottom] = (top, left, bottom, column)
        found += open_boxes.values()
        open_boxes = going_on
    return found + list(open_boxes.values())


def _pieces(column: int, rows: Sequence[int]) -> list[Box]:
    """A column's changes in a few stretches, or in one over all."""
    found = runs(rows)
    if len(found) > _FEW_IN_COLUMN:
        found = ((rows[0], rows[-1]),)
    return [(top, column, bottom, column) for top, bottom in found]


def _joined(boxes: Sequence[Box]) -> list[Box]:
    """Boxes beside each other made one, where that covers little more: what stays is not written for nothing."""
    found: list[Box] = []
    for box in boxes:
        for at, last in enumerate(found):
            both = (min(last[0], box[0]), last[1], max(last[2], box[2]), box[3])
            if last[3] == box[1] - 1 and _size(both) <= _WASTE * (_size(last) + _size(box)):
                found[at] = both
                break
        else:
            found.append(box)
    return found


def _size(box: Box) -> int:
    return (box[2] - box[0] + 1) * (box[3] - box[1] + 1)


def _block(box: Box, edits: Edits, now: Contents) -> Block:
    top, left, bottom, right = box
    columns = range(left, right + 1)
    before = [[now.at(row, column) for column in columns] for row in range(top, bottom + 1)]
    after = []
    for row, line in enumerate(before, start=top):
        changes = edits.get(row, {})
        after.append([changes.get(column, held) for column, held in zip(columns, line, strict=True)])
    return Block(top, left, before, after)
