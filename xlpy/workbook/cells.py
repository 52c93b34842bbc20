"""Single cells as XML: written from values, read back for their formula. Text is always text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from xml.sax.saxutils import escape

from xlpy.tables.raw import Live, Value

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - workbooks know no time zones
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff\r]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_STYLE = re.compile(rb'\bs="(\d+)"')
_FORMULA = re.compile(rb"<f\b([^>]*?)(?:/>|>(.*?)</f>)", re.DOTALL)
_TEXT_LIMIT = 32_767


@dataclass(frozen=True, slots=True)
class FormulaText:
    """A formula as it stands in a cell: its text ("" in a dependant of a shared one) and its attributes."""

    text: str
    attributes: bytes


def style_of(cell: bytes) -> int | None:
    """Style index of a cell's opening tag."""
    found = _STYLE.search(cell[: cell.index(b">") + 1])
    return int(found[1]) if found else None


def formula_of(cell: bytes) -> FormulaText | None:
    """The formula of a cell, None where it has none."""
    found = _FORMULA.search(cell)
    return FormulaText(unescape((found[2] or b"").decode("utf-8")), found[1]) if found else None


def _legal(text: str) -> str:
    """Text with what XML cannot hold written as _xHHHH_, and what looks like that escaped in turn."""
    safe = _ESCAPED.sub(r"_x005F_x\1_", text[:_TEXT_LIMIT])
    return _ILLEGAL.sub(lambda found: f"_x{ord(found[0]):04X}_", safe)


def serial(moment: datetime) -> float:
    """Days since the workbook's epoch."""
    return (moment.replace(tzinfo=None) - _EPOCH).total_seconds() / 86_400


def _number(number: float) -> str:
    return str(int(number)) if float(number).is_integer() and abs(number) < 1e15 else repr(float(number))


def cell_xml(place: str, value: Value | Live, style: int | None) -> bytes:
    """Return a cell's XML; a formula without a cached value, so that every program computes it anew.

    ValueError for NaN and infinity, which no workbook holds.
    """
    start = f'<c r="{place}"' + (f' s="{style}"' if style is not None else "")
    if value is None or value == "":
        return f"{start}/>".encode()
    if isinstance(value, Live):
        return f"{start}><f>{escape(value.text)}</f></c>".encode()
    if isinstance(value, bool):
        return f'{start} t="b"><v>{int(value)}</v></c>'.encode()
    if isinstance(value, (int, float)):
        if value != value or value in {float("inf"), float("-inf")}:  # noqa: PLR0124 - NaN
            raise ValueError(f"{place}: {value}")
        return f"{start}><v>{_number(value)}</v></c>".encode()
    if isinstance(value, datetime):
        return f"{start}><v>{_number(round(serial(value), 10))}</v></c>".encode()
    text = escape(_legal(value))
    space = ' xml:space="preserve"' if text != text.strip() or "\n" in text or "  " in text else ""
    return f'{start} t="inlineStr"><is><t{space}>{text}</t></is></c>'.encode()
