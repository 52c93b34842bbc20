"""A made-up school into a workbook, through the door."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from xlpy.demo.school import School
from xlpy.plan.anchors import plan_rows
from xlpy.tables import schema
from xlpy.tables.addresses import column_letter
from xlpy.tables.convert import as_text
from xlpy.tables.declare import Role, Sheet
from xlpy.tables.formulas import formula_at
from xlpy.tables.frames import read_tables
from xlpy.tables.merge import positions_of
from xlpy.tables.normalise import fold
from xlpy.tables.raw import Live, RawTable, Value
from xlpy.tables.settings import read_settings
from xlpy.workbook.port import Workbook

Row = Mapping[str, Value]


def fill_book(book: Workbook, school: School) -> None:
    """Write the school into a workbook that holds the shipped rows; filling it again changes what differs.

    «Задания» and «План» keep the shipped rows and get only what the school adds. Nothing is saved.
    """
    for sheet in schema.SHEETS:
        rows = school.rows.get(sheet.key)
        if rows is None or sheet is schema.PLAN:
            continue
        if sheet in (schema.TASKS, schema.SCALES):
            _write(book, sheet, _over_shipped(sheet, book.read_tables([sheet])[sheet.key], rows))
        else:
            _write(book, sheet, rows)
    book.write_table(schema.PLAN, _plan(book, school))


def _over_shipped(sheet: Sheet, raw: RawTable, rows: Sequence[Row]) -> list[Row]:
    """Every row the sheet holds, by its key alone where the school says nothing about it; new rows at the end."""
    at = positions_of(sheet, raw.captions)
    own: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        own.setdefault(_match(sheet, row), []).append(row)
    merged: list[Row] = []
    for cells in raw.values:
        held = {key: cells[at[key]] for key in sheet.match}
        named = own.get(_match(sheet, held))
        merged.append(named.pop(0) if named else held)
    return merged + [row for left in own.values() for row in left]


def _match(sheet: Sheet, row: Mapping[str, Value]) -> tuple[str, ...]:
    return tuple(fold(as_text(row.get(key))) for key in sheet.match)


def _write(book: Workbook, sheet: Sheet, rows: Sequence[Row]) -> None:
    """Write rows; where one names a calculated cell, that cell gets the value instead of its formula.

    The door gives every calculated cell its formula, so a total that somebody typed over can only be written where
    the column counts as an input.
    """
    typed_over = {c.key for c in sheet.columns if c.role is Role.CALCULATED and any(c.key in row for row in rows)}
    if not typed_over:
        book.write_table(sheet, rows)
        return
    raw = book.read_tables([sheet])[sheet.key]
    letters = {key: column_letter(raw.first_column + at) for key, at in positions_of(sheet, raw.captions).items()}
    columns = tuple(replace(c, role=Role.INPUT) if c.key in typed_over else c for c in sheet.columns)
    opened: list[Mapping[str, Value | Live]] = []
    for number, row in enumerate(rows, start=raw.first_row):
        live = {key: Live(formula_at(sheet, key, number, letters)) for key in typed_over}
        opened.append({**live, **row})
    book.write_table(replace(sheet, columns=columns), opened)


def _plan(book: Workbook, school: School) -> list[Row]:
    """The shipped measures with their dates, and what the school says of each; done when due, or by the demo's day."""
    raws = book.read_tables((schema.SETTINGS, schema.SCHEDULE, schema.PLAN))
    tables = read_tables(raws)
    own = {_match(schema.PLAN, row): row for row in school.rows["plan"]}
    rows: list[Row] = []
    for dated in plan_rows(raws["plan"], read_settings(tables["settings"]), tables["schedule"]):
        said = dict(own.get(_match(schema.PLAN, dated), {}))
        ends, done_on = dated.get("ends"), said.get("done_on")
        if isinstance(ends, datetime) and isinstance(done_on, datetime):
            said["done_on"] = min(ends, done_on)
        rows.append({**dated, **said})
    return rows
