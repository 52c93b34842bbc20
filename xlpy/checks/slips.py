"""Slips of reading as hits: what could not be typed is an error, what was understood is a notice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

import numpy as np

from xlpy.checks.findings import Hit
from xlpy.tables import schema
from xlpy.tables.convert import SlipCode, TaskState, as_text, convert
from xlpy.tables.declare import Column, Kind, Role, Sheet
from xlpy.tables.frames import Slip, Table
from xlpy.words.checks import EXPECTED, NO_LIMIT, VARIANT_CHOICES
from xlpy.words.grammar import day

UNREADABLE = frozenset(
    {
        SlipCode.REQUIRED,
        SlipCode.TYPE,
        SlipCode.RANGE,
        SlipCode.CHOICE,
        SlipCode.ERROR_CELL,
        SlipCode.UNCALCULATED,
    }
)
PROGRAM_SHEETS = frozenset({schema.FINDINGS.key, schema.JOURNAL.key})
_LONGEST = 60

_CODES: Mapping[SlipCode, str] = {
    SlipCode.REQUIRED: "GEN-01",
    SlipCode.TYPE: "GEN-02",
    SlipCode.RANGE: "GEN-03",
    SlipCode.CHOICE: "GEN-04",
    SlipCode.SPELLING: "GEN-05",
    SlipCode.ERROR_CELL: "GEN-06",
    SlipCode.DATE_AS_TEXT: "GEN-08",
    SlipCode.NUMBER_AS_TEXT: "GEN-09",
    SlipCode.UNCALCULATED: "GEN-10",
}
_RESULTS_CODES: Mapping[tuple[Kind, SlipCode], str] = {
    (Kind.TASK, SlipCode.TYPE): "RES-06",
    (Kind.TASK, SlipCode.SPELLING): "RES-15",
    (Kind.MARK, SlipCode.CHOICE): "RES-13",
}
_EXPECTED_BY_KIND: Mapping[Kind, str] = {
    Kind.INTEGER: "integer",
    Kind.NUMBER: "number",
    Kind.DATE: "date",
    Kind.YEAR: "year",
    Kind.LABEL: "label",
    Kind.TASK: "task",
    Kind.MARK: "mark",
}


def shown(written: object) -> str:
    """What was written, as a sentence quotes it: one line, not longer than a line."""
    text = " ".join(as_text(written).split())  # type: ignore[arg-type]
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + NO_LIMIT


def plain(number: float) -> object:
    """A number as a sentence writes it: without a needless «.0», with a decimal comma."""
    return int(number) if float(number).is_integer() else str(number).replace(".", ",")


def _limit(limit: float | None) -> object:
    return NO_LIMIT if limit is None else plain(limit)


@cache
def _columns(sheet: Sheet) -> dict[str, Column]:
    return {column.key: column for column in sheet.columns}


def _expected(column: Column) -> str:
    return EXPECTED[_EXPECTED_BY_KIND.get(column.kind, "text")]


def _meant(meant: object) -> str:
    if isinstance(meant, float) and meant != meant:  # noqa: PLR0124 - NaN: X or «не пройд.» count no points
        return ""
    return day(meant) if hasattr(meant, "strftime") else shown(meant)  # type: ignore[arg-type]


def _task_meant(slip: Slip, column: Column) -> str:
    taught = convert(slip.written, column).state is not TaskState.NOT_TAUGHT
    return schema.NOT_ATTEMPTED if taught else schema.NOT_TAUGHT


def _params(slip: Slip, column: Column) -> dict[str, object]:
    meant = _task_meant(slip, column) if column.kind is Kind.TASK else _meant(slip.meant) or schema.NO_MARK
    choices = VARIANT_CHOICES if column.kind is Kind.VARIANT else "; ".join(column.choices)
    return {
        "caption": column.caption,
        "label": column.caption,
        "written": shown(slip.written),
        "expected": _expected(column),
        "low": _limit(column.low),
        "high": _limit(column.high),
        "choices": choices,
        "meant": meant,
    }


def _packs(table: Table) -> dict[int, tuple[object, ...]]:
    """Row → class and subject, for sheets with task columns."""
    if table.states is None:
        return {}
    frame = table.frame
    packs = zip(frame["school_class"], frame["subject"], strict=True)
    return dict(zip(frame.index.tolist(), packs, strict=True))


def _group(slip: Slip, column: Column, packs: Mapping[int, tuple[object, ...]]) -> object:
    """What has one cause: a spelling copied down a column; in task cells, down one class's papers."""
    if slip.code in UNREADABLE:
        return None
    if column.kind is Kind.TASK:
        return packs[slip.row], slip.written
    return (slip.key, slip.written) if slip.code is SlipCode.SPELLING else slip.key


def _placeholder_rows(table: Table) -> frozenset[int]:
    """Rows of «Задания» laid out to be filled: a work and nothing more. TSK-01 speaks of them."""
    if table.sheet is not schema.TASKS:
        return frozenset()
    frame = table.frame
    empty = frame["number"].isna() & (frame["label"] == "") & frame["max_points"].isna()
    return frozenset(frame.index[empty & frame["grade"].notna() & (frame["subject"] != "")].tolist())


def _code_of(sheet: Sheet, column: Column, slip: SlipCode) -> str:
    own = _RESULTS_CODES.get((column.kind, slip)) if sheet is schema.RESULTS else None
    return own or _CODES[slip]


def _hits_of(key: str, table: Table) -> Iterable[tuple[str, Hit]]:
    """(code, hit) of every slip of a table. The same slip in a thousand cells is worded once."""
    columns, packs, laid_out = _columns(table.sheet), _packs(table), _placeholder_rows(table)
    worded: dict[tuple[object, ...], dict[str, object]] = {}
    for slip in table.slips:
        if slip.code is SlipCode.REQUIRED and slip.row in laid_out:
            continue
        column = columns[slip.key]
        which = (slip.key, slip.code, type(slip.written), slip.written)
        params = worded.get(which)
        if params is None:
            params = worded[which] = _params(slip, column)
        hit = Hit(key, slip.row, slip.key, params, _group(slip, column, packs))
        yield _code_of(table.sheet, column, slip.code), hit


def slip_hits(tables: Mapping[str, Table]) -> dict[str, list[Hit]]:
    """Return the hits of every slip of the sheets that people fill, by the rule's code."""
    found: dict[str, list[Hit]] = defaultdict(list)
    for key, table in tables.items():
        if key not in PROGRAM_SHEETS:
            for code, hit in _hits_of(key, table):
                found[code].append(hit)
    return found


def of_code(code: str, slips: Mapping[str, list[Hit]]) -> Iterable[Hit]:
    """The hits of one code among those of `slip_hits`."""
    return slips.get(code, [])


def unreadable_cells(tables: Mapping[str, Table]) -> frozenset[tuple[str, int, str]]:
    """(sheet key, row, column key) of cells that already have an error of reading: no rule speaks of them again."""
    return frozenset(
        (key, slip.row, slip.key)
        for key, table in tables.items()
        if key not in PROGRAM_SHEETS
        for slip in table.slips
        if slip.code in UNREADABLE
    )


def trusted(table: Table) -> Table:
    """Return the table without numbers outside their limits: one wrong cell is one finding, no rule builds on it."""
    outside = [
        slip
        for slip in table.slips
        if slip.code is SlipCode.RANGE and table.sheet.column(slip.key).kind in {Kind.INTEGER, Kind.NUMBER}
    ]
    if not outside:
        return table
    frame = table.frame.copy()
    by_key: dict[str, list[int]] = defaultdict(list)
    for slip in outside:
        by_key[slip.key].append(slip.row)
    for key, rows in by_key.items():
        frame.loc[frame.index.isin(rows), key] = np.nan
    return replace(table, frame=frame)


def typed_over_hits(table: Table) -> Iterable[Hit]:
    """Calculated cells in which a value stands where the formula was."""
    for column in table.sheet.columns:
        if column.role is Role.CALCULATED:
            for row in sorted(table.typed_over.get(column.key, ())):
                if (row, column.key) not in table.errors:
                    yield Hit(table.sheet.key, row, column.key, {"caption": column.caption}, column.key)
