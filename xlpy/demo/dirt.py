"""The kinds of slips that real workbooks hold, planted in a made-up school one by one, each with its truth.

Every slip stands where it causes one finding and hides no other; where a small school has no such place, it is left
out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from xlpy.demo.chance import chance
from xlpy.demo.draft import Draft, Planted
from xlpy.demo.school import School
from xlpy.demo.slips.cells import CELLS
from xlpy.demo.slips.checking import CHECKING
from xlpy.demo.slips.norms import NORMS
from xlpy.demo.slips.observing import OBSERVING
from xlpy.demo.slips.papers import LOST, PAPERS
from xlpy.demo.slips.pupils import PUPILS
from xlpy.demo.slips.schedule import SCHEDULE
from xlpy.demo.slips.staff import STAFF
from xlpy.tables import schema
from xlpy.tables.frames import Table

__all__ = ["Planted", "add_dirt", "truth_of"]

# What is taken out goes first, before anything has a place on its sheet; «Проверяющие» last, who build on all others.
_PLANTS = (*LOST, *SCHEDULE, *PUPILS, *STAFF, *NORMS, *CELLS, *PAPERS, *CHECKING, *OBSERVING)


def add_dirt(school: School, seed: int) -> tuple[School, tuple[Planted, ...]]:
    """Return the school with slips in it, and where they are. The same seed plants the same slips.

    Fill the workbook with them after «Подготовить ввод», which would put formulas back and lay out rows anew.
    «Назначить проверяющих» keeps the fixed checkers among them.
    """
    draft = Draft.of(school, chance("dirt", seed))
    for plant in _PLANTS:
        plant(draft)
    return replace(school, rows={key: tuple(rows) for key, rows in draft.rows.items()}), tuple(draft.planted)


def truth_of(planted: Sequence[Planted], tables: Mapping[str, Table]) -> list[dict[str, str]]:
    """Return {sheet, cell, rule} of every slip, in the order of sheets and rows.

    `tables`: of the workbook after checkers are assigned, for only then do rows of «Проверяющие» have their places.
    """
    order = [sheet.key for sheet in schema.SHEETS]
    found = sorted((order.index(one.table), _row_of(one, tables[one.table]), one.column, one.rule) for one in planted)
    return [
        {"sheet": schema.SHEETS[at].name, "cell": tables[order[at]].cell(row, column), "rule": rule}
        for at, row, column, rule in found
    ]


def _row_of(one: Planted, table: Table) -> int:
    if isinstance(one.place, int):
        return table.sheet.header_row + 1 + one.place
    frame = table.frame
    rows = frame.index[(frame["school_class"] == one.place[0]) & (frame["subject"] == one.place[1])]
    if rows.empty:
        raise ValueError(f"{table.sheet.key}: {one.place}")
    return int(rows[0])
