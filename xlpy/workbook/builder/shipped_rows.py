"""Rows that travel inside the workbook: settings, scales, tasks and the plan, each with where it comes from."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from xlpy.tables import schema
from xlpy.tables.declare import Kind, Sheet
from xlpy.tables.raw import Value
from xlpy.tables.settings import SETTINGS_ROWS
from xlpy.words.panel import DUE

_NUMERIC = {Kind.INTEGER, Kind.NUMBER}
_VERSION = "schema_version"


@dataclass(frozen=True, slots=True)
class ShippedRows:
    """Rows of one sheet by caption, and captions to the right of the contract."""

    rows: tuple[Mapping[str, Value], ...] = ()
    extra: tuple[str, ...] = ()


def shipped_rows(sheet: Sheet) -> ShippedRows:
    """Return what a new workbook holds on `sheet`; most sheets hold nothing."""
    if sheet is schema.SETTINGS:
        return ShippedRows(tuple(_settings()))
    if sheet is schema.SCALES:
        return ShippedRows(tuple(_typed(sheet, row) for row in _read("scales")))
    if sheet is schema.TASKS:
        return ShippedRows(tuple(_typed(sheet, row) for row in _read("tasks")), schema.TASK_SOURCE_CAPTIONS)
    if sheet is schema.PLAN:
        return ShippedRows(tuple(_measure(row) for row in _read("plan")), (schema.ANCHOR_CAPTION,))
    return ShippedRows()


def _read(name: str) -> list[dict[str, str]]:
    text = files("xlpy.tables").joinpath("data", f"{name}.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


def _typed(sheet: Sheet, row: Mapping[str, str]) -> dict[str, Value]:
    numeric = {column.caption for column in sheet.columns if column.kind in _NUMERIC}
    return {caption: int(text) if caption in numeric and text else text for caption, text in row.items()}


def _settings() -> Sequence[Mapping[str, Value]]:
    parameter, setting, note = (column.caption for column in schema.SETTINGS.columns)
    return [
        {
            parameter: one.caption,
            setting: schema.SCHEMA_VERSION if one.key == _VERSION else one.default,
            note: one.help,
        }
        for one in SETTINGS_ROWS
    ]


def _measure(row: Mapping[str, str]) -> dict[str, Value]:
    """A measure of the plan: its due date in words; the dates themselves are filled in when «ВПР с» is known."""
    due, status = schema.PLAN.column("due").caption, schema.PLAN.column("status").caption
    return {**row, due: DUE.get(row[schema.ANCHOR_CAPTION], row[schema.ANCHOR_CAPTION]), status: schema.PLAN_STATUS[0]}
