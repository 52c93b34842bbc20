"""Cached values of formulas taken away, so that no program shows a number from before the change.

LibreOffice shows and saves what stands in `<v>` and ignores fullCalcOnLoad; Excel obeys it.
"""

from __future__ import annotations

import re

_CACHED = re.compile(rb"(?:</f>|<f\b[^>]*/>)\s*<v")
_FORMULA_CELL = re.compile(rb"<c\b([^>]*)>(\s*<f\b[^>]*?(?:/>|>[^<]*</f>))\s*(?:<v\b[^>]*/>|<v\b[^>]*>[^<]*</v>)")
_TYPE = re.compile(rb'\st="[a-zA-Z]*"')
_CALC = re.compile(rb"<calcPr\b([^>]*?)(/?)>")
_FULL = re.compile(rb'\sfullCalcOnLoad="[^"]*"')
# What may stand before calcPr, last first.
_BEFORE = re.compile(
    rb"(?:</definedNames>|<definedNames\s*/>)|(?:</externalReferences>|<externalReferences\s*/>)"
    rb"|(?:</functionGroups>|<functionGroups\b[^>]*/>)|</sheets>"
)


def has_cached_values(xml: bytes) -> bool:
    """Whether some formula of a stretch of a sheet holds a value."""
    # The regular expression is slow; only a sheet laid out in lines needs it.
    return b"</f><v" in xml or b"/><v" in xml or (b"\n" in xml and _CACHED.search(xml) is not None)


def without_cached_values(xml: bytes) -> bytes:
    """Return a sheet whose formula cells hold no value; the very same bytes where none does."""
    if not has_cached_values(xml):
        return xml
    return _FORMULA_CELL.sub(lambda found: b"<c" + _TYPE.sub(b"", found[1]) + b">" + found[2], xml)


def calculated_on_load(workbook_xml: bytes) -> bytes:
    """Return workbook.xml that tells Excel to compute everything when it opens the file."""
    if _CALC.search(workbook_xml):
        return _CALC.sub(
            lambda found: b"<calcPr" + _FULL.sub(b"", found[1]) + b' fullCalcOnLoad="1"' + found[2] + b">",
            workbook_xml,
            count=1,
        )
    places = list(_BEFORE.finditer(workbook_xml))
    if not places:
        return workbook_xml
    at = places[-1].end()
    return workbook_xml[:at] + b'<calcPr fullCalcOnLoad="1"/>' + workbook_xml[at:]
