"""What an action is to do to each sheet, after all that could stop it has been looked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import partial
from typing import TYPE_CHECKING

from xlpy.errors import WorkbookError
from xlpy.tables.addresses import address
from xlpy.tables.declare import Kind, Sheet
from xlpy.tables.merge import positions_of
from xlpy.tables.raw import Live, RawTable
from xlpy.workbook.layout import require_captions, table_from_grid
from xlpy.workbook.live.blocks import Block, blocks_of
from xlpy.workbook.live.contents import Content, Contents, edits_of, is_same
from xlpy.workbook.live.hosts import Box, Host, Moves, Sight
from xlpy.workbook.live.kept import KeptSheet
from xlpy.workbook.live.writing import read_formulas
from xlpy.workbook.pending import PendingSheet

if TYPE_CHECKING:
    import xlwings as xw

_MAY_BE_DATED = {Kind.DATE, Kind.ANY}


@dataclass(frozen=True, slots=True)
class SheetStep:
    """What is done to one sheet: which rows move, what is written, where its table ends then (None: as it does).

    `dated`: columns whose cells may show numbers as days.
    """

    name: str
    columns: range
    moves: Moves
    blocks: Sequence[Block]
    dated: frozenset[int] = frozenset()
    table: str = ""
    table_box: Box | None = None


def table_of(sheet: Sheet, sight: Sight) -> RawTable:
    """The declared table on a sheet. Raises WorkbookError where header or captions are missing."""
    raw = table_from_grid(sheet, sight.grid, sight.formulas, sight.errors, sight.objects)
    require_captions(sheet, raw.captions, raw.first_row - 1, raw.first_column)
    return raw


def step_of(host: Host, page: xw.Sheet, pending: PendingSheet, sight: Sight) -> SheetStep | None:
    """The step for a sheet's pending changes, None where they change nothing. Raises WorkbookError."""
    now = Contents(sight, partial(read_formulas, page))
    blocks = blocks_of(edits_of(pending.changes, now), now)
    table_box = _grown(pending)
    if not blocks and table_box is None:
        return None
    _require_free(host, page, sight, blocks)
    left = pending.raw.first_column
    return SheetStep(
        sight.name,
        range(left, left + len(pending.raw.captions)),
        Moves(dict(pending.origins), pending.moved_rows()),
        blocks,
        _dated(pending.sheet, pending.raw, sight),
        pending.own.name if pending.own is not None else "",
        table_box,
    )


def step_back(host: Host, page: xw.Sheet, kept: KeptSheet, sight: Sight) -> SheetStep:
    """The step that takes one back. Raises WorkbookError where that would lose what somebody typed since."""
    now = Contents(sight, partial(read_formulas, page))
    for block in kept.blocks:
        _require_as_left(block, now)
    blocks = [Block(one.top, one.left, one.after, one.before) for one in kept.blocks]
    _require_free(host, page, sight, blocks)
    return SheetStep(sight.name, range(kept.first_column, kept.last_column + 1), way_back(kept.origins), blocks)


def way_back(origins: Mapping[int, int | None]) -> Moves:
    """The moves that bring each row's paper to where it stood."""
    back: dict[int, int | None] = dict.fromkeys(origins)
    back.update({origin: row for row, origin in origins.items() if origin is not None})
    return Moves(back, dict(origins))


def _grown(pending: PendingSheet) -> Box | None:
    own, end = pending.own, pending.end
    if own is None or own.has_totals or end is None or end <= own.bottom:
        return None
    return own.top, own.left, end, own.right


def _dated(sheet: Sheet, raw: RawTable, sight: Sight) -> frozenset[int]:
    """Columns for days, the user's own ones, and any that holds one: a row that moves takes its formats along."""
    positions = positions_of(sheet, raw.captions)
    declared = {positions[one.key] for one in sheet.columns if one.kind in _MAY_BE_DATED and one.key in positions}
    own = set(range(len(raw.captions))) - set(positions.values())
    holding = {at for line in sight.grid for at, one in enumerate(line, start=1) if isinstance(one, (datetime, time))}
    return frozenset({raw.first_column + at for at in declared | own} | holding)


def _require_free(host: Host, page: xw.Sheet, sight: Sight, blocks: Sequence[Block]) -> None:
    """Raise WorkbookError for a protected sheet, or where a block would break an array formula or merged cells."""
    if sight.is_protected:
        raise WorkbookError("protected", sheet=sight.name)
    found = host.obstacles(page, [block.box for block in blocks]) if blocks else None
    if found is None:
        return
    for row, column in found.arrays:
        raise WorkbookError("array_formula", sheet=sight.name, cell=address(row, column))
    for top, left, bottom, right in found.merged:
        for block in blocks:
            for row, column in block.filled():
                if top <= row <= bottom and left <= column <= right and (row, column) != (top, left):
                    raise WorkbookError("merged", sheet=sight.name, cell=address(row, column))


def _require_as_left(block: Block, now: Contents) -> None:
    """Raise WorkbookError where a cell holds neither what the action put there nor what was there before it."""
    for row, (before, after) in enumerate(zip(block.before, block.after, strict=True), start=block.top):
        for column, (old, new) in enumerate(zip(before, after, strict=True), start=block.left):
            found = now.at(row, column)
            if not is_same(found, new) and not is_same(found, old) and not _are_formulas(found, new):
                raise WorkbookError("undo_changed", sheet=now.sight.name, cell=address(row, column))


def _are_formulas(found: Content, written: Content) -> bool:
    """Each program spells a formula in its own way when it is read back."""
    return isinstance(found, Live) and isinstance(written, Live)


def require_unchanged(seen: RawTable, now: RawTable) -> None:
    """Raise WorkbookError where somebody changed the table since it was read; what formulas show may change."""
    if (seen.first_row, seen.first_column, seen.captions) != (now.first_row, now.first_column, now.captions):
        raise WorkbookError("changed_meanwhile", sheet=seen.sheet, cell=address(seen.first_row - 1, seen.first_column))
    if seen.values == now.values:
        return
    nothing = [None] * len(seen.captions)
    for number in range(max(len(seen.values), len(now.values))):
        row = seen.first_row + number
        old = seen.values[number] if number < len(seen.values) else nothing
        new = now.values[number] if number < len(now.values) else nothing
        for at, (before, after) in enumerate(zip(old, new, strict=True)):
            is_formula = row in seen.formulas.get(at, ()) and row in now.formulas.get(at, ())
            if not is_formula and not is_same(before, None if after == "" else after):
                raise WorkbookError("changed_meanwhile", sheet=seen.sheet, cell=address(row, seen.first_column + at))
