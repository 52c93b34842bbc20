"""Tables of a closed file: values by calamine, formulas and errors by a raw scan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlpy.errors import WorkbookError
from xlpy.tables.declare import Sheet
from xlpy.tables.raw import RawTable
from xlpy.workbook.layout import missing_sheet, table_from_grid
from xlpy.workbook.package import Package
from xlpy.workbook.parts import WORKBOOK, SheetPart, relations
from xlpy.workbook.plainxml import respelled
from xlpy.workbook.scan import OddXmlError, SheetScan, SheetTraits, TooFarError, scan
from xlpy.workbook.tableparts import ListObject, list_objects
from xlpy.workbook.values import Grid, UnreadableError, read_grids

if TYPE_CHECKING:
    from lxml.etree import _Element


def sheet_part(parts: Sequence[SheetPart], sheet: Sheet) -> SheetPart:
    """The worksheet called as `sheet` is. Raises WorkbookError, with the nearest name offered."""
    for part in parts:
        if part.name == sheet.name:
            return part
    raise missing_sheet(sheet, [part.name for part in parts])


def dates_from_1904(workbook: _Element) -> bool:
    """Whether the workbook counts its days from 1904, as old Excel for macOS did."""
    return any(node.get("date1904", "0") in {"1", "true"} for node in workbook.iter("{*}workbookPr"))


def scanned(package: Package, part: SheetPart) -> SheetScan:
    """Return what a sheet holds. Raises WorkbookError where it is damaged or reaches too far."""
    try:
        try:
            return scan(package.chunks(part.part))
        except OddXmlError:
            xml = respelled(package.read(part.part))
            if xml is None:
                raise package.broken(part.part) from None
            found = scan([xml])
            found.traits.is_plain = False
            return found
    except OddXmlError:
        raise package.broken(part.part) from None
    except TooFarError as error:
        raise WorkbookError("too_far", sheet=part.name, cell=error.args[0]) from None


@dataclass(frozen=True, slots=True)
class SheetReading:
    """A declared table as read, the Excel tables of its sheet, and what the scan knows of it."""

    raw: RawTable
    objects: tuple[ListObject, ...]
    traits: SheetTraits


def grids_of(package: Package, chosen: Sequence[SheetPart]) -> tuple[list[SheetScan], list[Grid]]:
    """Return what each sheet holds beside its values, and its values from A1 on. Raises WorkbookError for damage."""
    scans = [scanned(package, part) for part in chosen]
    targets = {kind: target for kind, target in relations(package, WORKBOOK).values() if package.has(target)}
    shared = {kind: package.read(targets[kind]) for kind in ("sharedStrings", "styles") if kind in targets}
    from_1904 = dates_from_1904(package.parse(WORKBOOK))
    try:
        return scans, read_grids(scans, shared.get("sharedStrings"), shared.get("styles"), dates_from_1904=from_1904)
    except UnreadableError as error:
        at = error.args[0]
        raise package.broken(WORKBOOK if at is None else chosen[at].part) from None


def read_sheets(package: Package, parts: Sequence[SheetPart], sheets: Sequence[Sheet]) -> dict[str, SheetReading]:
    """Return the declared tables by sheet key, lenient about missing columns.

    Raises WorkbookError where a sheet or its header is missing or a part is damaged.
    """
    chosen = [sheet_part(parts, sheet) for sheet in sheets]
    scans, grids = grids_of(package, chosen)
    read: dict[str, SheetReading] = {}
    for number, (sheet, part, found) in enumerate(zip(sheets, chosen, scans, strict=True)):
        objects = list_objects(package, part)
        raw = table_from_grid(sheet, grids[number], found.formulas, found.errors, objects)
        read[sheet.key] = SheetReading(raw, objects, found.traits)
        grids[number] = []
    return read


def read_raw_tables(package: Package, parts: Sequence[SheetPart], sheets: Sequence[Sheet]) -> dict[str, RawTable]:
    """Return the declared tables by sheet key and nothing else; raises as `read_sheets`."""
    return {key: reading.raw for key, reading in read_sheets(package, parts, sheets).items()}
