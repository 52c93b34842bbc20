"""Cells of a sheet that keeps its places: only what points outside (styles, texts, references) is led over."""

from __future__ import annotations

import re
from html import unescape
from xml.sax.saxutils import escape

from xlpy.tables.addresses import column_number
from xlpy.workbook.cells import formula_of
from xlpy.workbook.shared import SheetFormulas, full_formula, shared_formulas
from xlpy.workbook.upgrade_refs import Moves, rewritten
from xlpy.workbook.upgrade_styles import StyleMerge

_CELL = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_ROW_STYLE = re.compile(rb'(<row\b[^>]*?\ss=")(\d+)(")')
_STYLE = re.compile(rb'\ss="(\d+)"')
_KIND = re.compile(rb'\st="(\w+)"')
# Cell metadata lies in a part of its own that does not come along.
_METADATA = re.compile(rb'\s[cv]m="\d+"')
_PLACE = re.compile(rb'\sr="([A-Z]{1,3})(\d{1,7})"')
_FORMULA = re.compile(rb"<f\b([^>]*?)(?:/>|>(.*?)</f>)", re.DOTALL)
_VALUE = re.compile(rb"<v\b[^>]*?(?:/>|>([^<]*)</v>)")


class CellTranslator:
    """Leads cells of the old workbook over to the new one."""

    def __init__(self, texts: tuple[bytes, ...], styles: StyleMerge, moves: Moves) -> None:
        self._texts, self._styles, self._moves = texts, styles, moves

    def translated(self, data: bytes, sheet: bytes) -> bytes:
        """Return the `<sheetData>` of a sheet in the new workbook's terms; `sheet` is the whole it stands in."""
        shared = shared_formulas(sheet)
        data = _ROW_STYLE.sub(lambda m: m[1] + str(self._styles.style(int(m[2]))).encode() + m[3], data)
        return _CELL.sub(lambda found: self._cell(found, shared), data)

    def _cell(self, found: re.Match[bytes], shared: SheetFormulas) -> bytes:
        style, kind = _STYLE.search(found[1]), _KIND.search(found[1])
        attributes = _METADATA.sub(b"", _KIND.sub(b"", _STYLE.sub(b"", found[1]))).rstrip(b"/ ")
        if style is not None:
            attributes += b' s="%d"' % self._styles.style(int(style[1]))
        inside = found[2] or b""
        if b"<f" in inside:
            return b"<c" + attributes + b">" + self._formula(found, inside, shared) + b"</c>"
        if kind is not None and kind[1] == b"s":
            inside, named = self._text(inside), b"inlineStr"
        else:
            named = kind[1] if kind is not None else b""
        if not inside:
            return b"<c" + attributes + b"/>"
        return b"<c" + attributes + (b' t="' + named + b'"' if named else b"") + b">" + inside + b"</c>"

    def _text(self, inside: bytes) -> bytes:
        number = _VALUE.search(inside)
        at = int(number[1]) if number and (number[1] or b"").isdigit() else -1
        return b"<is>" + self._texts[at] + b"</is>" if 0 <= at < len(self._texts) else b""

    def _formula(self, found: re.Match[bytes], inside: bytes, shared: SheetFormulas) -> bytes:
        """The formula without its cached value; one that shares its text with others is written out if cells move."""
        formula = _FORMULA.search(inside)
        if formula is None or self._moves.nothing_moves():
            return _VALUE.sub(b"", inside)
        if b't="shared"' in formula[1]:
            place, whole = _PLACE.search(found[1]), formula_of(found[0])
            if place is not None and whole is not None:
                text = full_formula(whole, int(place[2]), column_number(place[1].decode()), shared)
                return b"<f>" + self._followed(text) + b"</f>"
        text = unescape((formula[2] or b"").decode("utf-8"))
        return b"<f" + formula[1] + b">" + self._followed(text) + b"</f>"

    def _followed(self, formula: str) -> bytes:
        return escape(rewritten(formula, self._moves, None)).encode()
