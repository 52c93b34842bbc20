"""Sheets of any workbook file as plain grids: for forms that come back from others. Guarded as the school's own."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from xlpy.tables.normalise import fold
from xlpy.tables.raw import PlainSheet
from xlpy.workbook.layout import plain_value
from xlpy.workbook.package import open_package
from xlpy.workbook.parts import sheet_parts
from xlpy.workbook.reading import grids_of


def read_plain_sheets(path: Path, names: Collection[str]) -> tuple[PlainSheet, ...]:
    """Return the sheets so named, whatever their case and spaces, in the order of the tabs.

    Others are not unpacked: a stranger's file costs what was asked for. Raises WorkbookError as the door does.
    """
    package = open_package(path)
    wanted = {fold(name) for name in names}
    parts = [part for part in sheet_parts(package) if fold(part.name) in wanted]
    scans, grids = grids_of(package, parts)
    return tuple(
        PlainSheet(
            part.name,
            [[plain_value(cell) for cell in line] for line in grid],
            frozenset((row, column) for column, rows in scan.formulas.items() for row in rows),
            dict(scan.errors),
        )
        for part, scan, grid in zip(parts, scans, grids, strict=True)
    )
