"""Cells and texts as they stand in XML of a workbook: text is always text, whatever people wrote."""

from __future__ import annotations

import re
from math import isfinite

from xlpy.tables.raw import Value

# What XML cannot hold a workbook writes as _xHHHH_; what looks like that is escaped in turn.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\r]")
_NO_CHARACTERS = re.compile("[\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile(r"_x(?=[0-9A-Fa-f]{4}_)")
_ODD = re.compile("[\x00-\x1f\ud800-\udfff\ufffe\uffff&<>]|_x|^\\s|\\s$")


def escaped(text: str) -> str:
    """Text for an element."""
    if not _ODD.search(text):
        return text
    legal = _ILLEGAL.sub(lambda found: f"_x{ord(found[0]):04X}_", _ESCAPED.sub("_x005F_x", text))
    legal = _NO_CHARACTERS.sub("", legal)
    return legal.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """Text for an attribute in double quotes."""
    return escaped(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def plain(text: str) -> str:
    """Text for an element that knows no _xHHHH_: what XML cannot hold is left out."""
    legal = _NO_CHARACTERS.sub("", _ILLEGAL.sub("", text))
    return legal.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def text_cell(place: str, style: int, text: str) -> str:
    """A cell that holds this text, written within the sheet."""
    kept = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t{kept}>{escaped(text)}</t></is></c>'


def number_cell(place: str, style: int, number: float) -> str:
    """A cell that holds this number."""
    written = str(int(number)) if float(number).is_integer() and abs(number) < 1e15 else repr(float(number))
    return f'<c r="{place}" s="{style}"><v>{written}</v></c>'


def value_cell(place: str, style: int, value: Value) -> str:
    """A cell with a typed value, empty where there is none."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value):
        return number_cell(place, style, value)
    text = "" if value is None else str(value)
    return text_cell(place, style, text) if text else f'<c r="{place}" s="{style}"/>'


def formula_cell(place: str, style: int, formula: str, shown: int | str) -> str:
    """A cell with an escaped formula and what it shows."""
    if isinstance(shown, int):
        return f'<c r="{place}" s="{style}"><f>{formula}</f><v>{shown}</v></c>'
    return f'<c r="{place}" s="{style}" t="str"><f>{formula}</f><v>{shown}</v></c>'
