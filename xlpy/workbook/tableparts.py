"""The parts that follow a sheet's cells: the table's range and filter, the calculation chain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlpy.tables.addresses import column_number
from xlpy.workbook.parts import relations

if TYPE_CHECKING:
    from xlpy.workbook.package import Package
    from xlpy.workbook.parts import SheetPart

_REF = re.compile(rb'(<(?:table|autoFilter|sortState|sortCondition)\b[^>]*?\sref="[A-Z]+)(\d+)(:[A-Z]+)(\d+)(")')
_BOX = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$")
_TYPES = "[Content_Types].xml"
_WORKBOOK = "xl/workbook.xml"
_RELS = "xl/_rels/workbook.xml.rels"


@dataclass(frozen=True, slots=True)
class ListObject:
    """An Excel table: its part, its name, its corners (1-based, inclusive), and whether its last row is of totals."""

    part: str
    name: str
    top: int
    left: int
    bottom: int
    right: int
    has_totals: bool

    @property
    def last_data_row(self) -> int:
        """Last Excel row of its data."""
        return self.bottom - self.has_totals


def box(reference: str) -> tuple[int, int, int, int] | None:
    """(top, left, bottom, right) of an A1 range; None where it is none."""
    found = _BOX.match(reference)
    if found is None:
        return None
    top, left = int(found[2]), column_number(found[1])
    return (top, left, int(found[4]), column_number(found[3])) if found[3] else (top, left, top, left)


def list_objects(package: Package, sheet: SheetPart) -> tuple[ListObject, ...]:
    """The Excel tables of a sheet. Raises WorkbookError where a part of one is damaged."""
    found = []
    for part in sheet.tables:
        if not package.has(part):
            continue
        node = package.parse(part)
        corners = box(str(node.get("ref", "")))
        if corners is not None:
            totals = str(node.get("totalsRowCount", "0")) not in {"", "0"}
            found.append(ListObject(part, str(node.get("displayName", node.get("name", ""))), *corners, totals))
    return tuple(found)


def own_object(
    objects: Sequence[ListObject], header_row: int, first_column: int, last_column: int
) -> ListObject | None:
    """The Excel table whose header is this one; where the user moved or renamed it, it is found all the same."""
    return next(
        (one for one in objects if one.top == header_row and one.left <= last_column and one.right >= first_column),
        None,
    )


def floor_row(objects: Sequence[ListObject], header_row: int, first_column: int, last_column: int) -> int | None:
    """First row under a header that cannot hold its data: a row of totals, or another table. None where all can."""
    own = own_object(objects, header_row, first_column, last_column)
    floors = [
        one.top for one in objects if one.top > header_row and one.left <= last_column and one.right >= first_column
    ]
    if own is not None and own.has_totals:
        floors.append(own.bottom)
    return min(floors, default=None)


def with_table_end(xml: bytes, last_row: int) -> bytes:
    """Return the part of a table without totals that ends at `last_row`, its filter and sorting with it."""

    def ended(found: re.Match[bytes]) -> bytes:
        bottom = max(last_row, int(found[2]))
        return found[1] + found[2] + found[3] + str(bottom).encode() + found[5]

    return _REF.sub(ended, xml)


def without_calc_chain(package: Package) -> dict[str, bytes | None]:
    """Changes that take the calculation chain out of the package; Excel makes it anew. Empty where there is none.

    An entry for a cell that no longer holds a formula makes Excel offer a repair.
    """
    chains = {key: part for key, (kind, part) in relations(package, _WORKBOOK).items() if kind == "calcChain"}
    if not chains:
        return {}
    types, rels = package.read(_TYPES), package.read(_RELS)
    for key, part in chains.items():
        types = re.sub(rb'<Override\b[^>]*PartName="/' + re.escape(part.encode()) + rb'"[^>]*/>', b"", types)
        rels = re.sub(rb'<Relationship\b[^>]*\sId="' + re.escape(key.encode()) + rb'"[^>]*/>', b"", rels)
    return {part: None for part in chains.values() if package.has(part)} | {_TYPES: types, _RELS: rels}
