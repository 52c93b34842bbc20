"""Tasks, scales and measures that ship with the workbook, by column key: what the made-up school writes by."""

from __future__ import annotations

from functools import cache

from xlpy.tables import schema
from xlpy.tables.declare import Sheet
from xlpy.tables.raw import Value
from xlpy.workbook.builder.shipped_rows import shipped_rows

YEAR = "2020/21"

Work = tuple[int, str]


@cache
def rows_by_key(sheet: Sheet) -> tuple[dict[str, Value], ...]:
    """Shipped rows of a sheet by column key."""
    keys = {column.caption: column.key for column in sheet.columns}
    return tuple(
        {keys[caption]: written for caption, written in row.items() if caption in keys}
        for row in shipped_rows(sheet).rows
    )


def work_of(row: dict[str, Value]) -> Work:
    """(grade, subject) of a row of «Шкалы» or «Задания»."""
    return int(str(row["grade"])), str(row["subject"])


@cache
def tasks_of_year() -> dict[Work, tuple[dict[str, Value], ...]]:
    """Tasks of each work of the demo's school year, in their order."""
    found: dict[Work, list[dict[str, Value]]] = {}
    for row in rows_by_key(schema.TASKS):
        if row["year"] == YEAR:
            found.setdefault(work_of(row), []).append(row)
    return {work: tuple(sorted(rows, key=lambda row: int(str(row["number"])))) for work, rows in found.items()}


@cache
def thresholds_of_year() -> dict[Work, tuple[int, int, int]]:
    """Points from which marks 3, 4 and 5 are given, for each work of the demo's school year."""
    return {
        work_of(row): (int(str(row["mark_3_from"])), int(str(row["mark_4_from"])), int(str(row["mark_5_from"])))
        for row in rows_by_key(schema.SCALES)
        if row["year"] == YEAR
    }
