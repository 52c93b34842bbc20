"""Cached values of formulas taken away, so that no program shows a number from before the change.

LibreOffice shows and saves what stands in `<v>` and ignores fullCalcOnLoad; Excel obeys it.
"""

from __future__ import annotations

import re

_FORMULA_CELL = re.compile(rb"<c\b([^>]*)>(<f\b[^>]*?(?:/>|>[^<]*</f>))(?:<v\b[^>]*?(?:/>|>[^<]*</v>))?</c>")
_TYPE = re.compile(rb'\s+t="(?:str|e|b|n)"')
_CALC = re.compile(rb"<calcPr\b([^>]*?)(/?)>")
_FULL = re.compile(rb'\s+fullCalcOnLoad="[^"]*"')


def without_cached_values(xml: bytes) -> bytes:
    """Return a sheet whose formula cells hold no value."""
    if b"<f" not in xml:
        return xml
    return _FORMULA_CELL.sub(lambda found: b"<c" + _TYPE.sub(b"", found[1]) + b">" + found[2] + b"</c>", xml)


def calculated_on_load(workbook_xml: bytes) -> bytes:
    """Return workbook.xml that tells Excel to compute everything when it opens the file."""
    if _CALC.search(workbook_xml):
        return _CALC.sub(
            lambda found: b"<calcPr" + _FULL.sub(b"", found[1]) + b' fullCalcOnLoad="1"' + found[2] + b">",
            workbook_xml,
            count=1,
        )
    # calcPr stands after definedNames (or sheets where there are none).
    after = b"</definedNames>" if b"</definedNames>" in workbook_xml else b"</sheets>"
    return workbook_xml.replace(after, after + b'<calcPr fullCalcOnLoad="1"/>', 1)
