"""The parts that follow a sheet's cells: the table's range and filter, the calculation chain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xlpy.workbook.parts import relations

if TYPE_CHECKING:
    from xlpy.tables.declare import Sheet
    from xlpy.workbook.package import Package

_REF = re.compile(rb'(<(?:table|autoFilter)\b[^>]*?\sref=")([A-Z]+)(\d+):([A-Z]+)(\d+)(")')
_NAME = re.compile(rb'<table\b[^>]*?\s(?:name|displayName)="([^"]*)"')
_CHAIN = "xl/calcChain.xml"
_TYPES = "[Content_Types].xml"
_RELS = "xl/_rels/workbook.xml.rels"


def with_table_end(xml: bytes, sheet: Sheet | None, last_row: int) -> bytes:
    """Return a table part whose range and filter end at `last_row`; a table of the user's own stays as it is."""
    name = _NAME.search(xml)
    if sheet is None or name is None or name[1].decode("utf-8") != sheet.table_name:
        return xml
    return _REF.sub(
        lambda found: found[1] + found[2] + found[3] + b":" + found[4] + str(last_row).encode() + found[6], xml
    )


def without_calc_chain(package: Package) -> dict[str, bytes | None]:
    """Changes that take the calculation chain out of the package; Excel makes it anew. Empty where there is none.

    An entry for a cell that no longer holds a formula makes Excel offer a repair.
    """
    if not package.has(_CHAIN):
        return {}
    types = re.sub(rb'<Override\b[^>]*PartName="/xl/calcChain\.xml"[^>]*/>', b"", package.read(_TYPES))
    ids = [key for key, (kind, _) in relations(package, "xl/workbook.xml").items() if kind == "calcChain"]
    rels = package.read(_RELS)
    for key in ids:
        rels = re.sub(rb'<Relationship\b[^>]*\bId="' + key.encode() + rb'"[^>]*/>', b"", rels)
    return {_CHAIN: None, _TYPES: types, _RELS: rels}
