"""Formulas that more than one cell shares: shared ones written out where their master goes, array ones found."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlpy.tables.addresses import column_number
from xlpy.workbook.cells import FormulaText, formula_of
from xlpy.workbook.shift import shifted
from xlpy.workbook.tableparts import box

_SPECIAL = re.compile(rb'<c\b([^>]*)>\s*<f\b([^>]*\st="(shared|array|dataTable)"[^>]*?)(?:/>|>([^<]*)</f>)')
_PLACE = re.compile(rb'\sr="([A-Z]{1,3})(\d{1,7})"')
_ATTRIBUTE = re.compile(rb'\s(ref|si)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class SheetFormulas:
    """`masters`: place and text of each shared formula by its number; `sharers`: who uses it; `arrays`: ranges."""

    masters: Mapping[bytes, tuple[int, int, str]]
    sharers: Mapping[bytes, Sequence[tuple[int, int]]]
    arrays: Sequence[tuple[int, int, int, int]]


NO_SHARED = SheetFormulas({}, {}, ())


def _attributes(text: bytes) -> dict[bytes, bytes]:
    return {found[1]: found[2] for found in _ATTRIBUTE.finditer(text)}


def shared_formulas(xml: bytes) -> SheetFormulas:
    """Find the shared formulas and the ranges of array formulas of a sheet."""
    if not any(b't="' + kind + b'"' in xml for kind in (b"shared", b"array", b"dataTable")):
        return NO_SHARED
    masters: dict[bytes, tuple[int, int, str]] = {}
    sharers: dict[bytes, list[tuple[int, int]]] = defaultdict(list)
    arrays: list[tuple[int, int, int, int]] = []
    for found in _SPECIAL.finditer(xml):
        place, attributes = _PLACE.search(found[1]), _attributes(found[2])
        if place is None:
            continue
        at = int(place[2]), column_number(place[1].decode())
        number = attributes.get(b"si", b"")
        if found[3] != b"shared":
            arrays.append(box(attributes.get(b"ref", b"").decode()) or (*at, *at))
        elif found[4]:
            formula = formula_of(found[0])
            masters[number] = (*at, formula.text if formula else "")
        else:
            sharers[number].append(at)
    return SheetFormulas(masters, sharers, arrays)


def full_formula(formula: FormulaText, row: int, column: int, shared: SheetFormulas) -> str:
    """Text of a cell's formula; that of a dependant of a shared formula is worked out from its master."""
    if formula.text or b't="shared"' not in formula.attributes:
        return formula.text
    master = shared.masters.get(_attributes(formula.attributes).get(b"si", b""))
    return shifted(master[2], row - master[0], column - master[1]) if master else ""
