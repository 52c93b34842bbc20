"""Rows of a small sheet, one by one. Sheets that hold every paper are looked at by whole columns instead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from xlpy.plan.working_days import as_day
from xlpy.tables.declare import Kind
from xlpy.tables.frames import Table


def rows_of(table: Table, *keys: str) -> Iterator[tuple[Any, ...]]:
    """(Excel row, the cells of `keys` …): dates as days or None, whole numbers as int or None."""
    return zip(table.frame.index.tolist(), *(_column(table, key) for key in keys), strict=True)


def _column(table: Table, key: str) -> list[Any]:
    column = table.frame[key]
    kind = table.sheet.column(key).kind
    if kind is Kind.DATE:
        return [as_day(moment) for moment in column]
    if kind is Kind.INTEGER:
        return [None if pd.isna(number) else int(number) for number in column]
    return column.tolist()


def cell_of(table: Table, row: int, key: str) -> Any:
    """One typed cell."""
    return table.frame.at[row, key]


def is_before(one: date | None, other: date | None) -> bool:
    """Whether both are known and the first is earlier."""
    return one is not None and other is not None and one < other
