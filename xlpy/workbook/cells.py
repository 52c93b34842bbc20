"""Single cells as XML: written from values, read back for their formula. Text is always text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from html import unescape
from xml.sax.saxutils import escape

from xlpy.tables.raw import Live, Value

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - workbooks know no time zones
_FIRST_DAY = datetime(1900, 3, 1)  # noqa: DTZ001 - before it Excel's calendar holds a 29 February that never was
_DAYS_TO_1904 = 1462
_SECONDS = 86_400
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\r]")
_NO_CHARACTERS = re.compile("[\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile(r"_x(?=[0-9A-Fa-f]{4}_)")
_STYLE = re.compile(rb'\ss="(\d+)"')
_PLACE = re.compile(rb'\sr="[A-Z]{1,3}\d{1,7}"')
_FORMULA = re.compile(rb"<f\b([^>]*?)(?:/>|>(.*?)</f>)", re.DOTALL)
TEXT_LIMIT = 32_767
CUT = "…"


@dataclass(frozen=True, slots=True)
class FormulaText:
    """A formula as it stands in a cell: its text ("" in a dependant of a shared one) and its attributes."""

    text: str
    attributes: bytes


@dataclass(frozen=True, slots=True)
class Moved:
    """The cell of another place of the sheet (Excel row, 1-based column), to stand here as it is, formula moved."""

    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Placed:
    """What stands where another row stood: in the style of the row `like`, None for the usual one of the column."""

    value: Value | Live
    like: int | None


Cell = Value | Live | Moved | Placed


def style_of(cell: bytes) -> int | None:
    """Style index of a cell's opening tag."""
    found = _STYLE.search(cell[: cell.index(b">") + 1])
    return int(found[1]) if found else None


def formula_of(cell: bytes) -> FormulaText | None:
    """The formula of a cell, None where it has none."""
    found = _FORMULA.search(cell)
    return FormulaText(unescape((found[2] or b"").decode("utf-8", "replace")), found[1]) if found else None


def is_blank(cell: bytes | None) -> bool:
    """Whether a cell's XML holds neither value nor formula."""
    return cell is None or not (b"<v" in cell or b"<f" in cell or b"<is" in cell)


def moved_cell(cell: bytes, place: str) -> bytes:
    """The XML of a cell without a formula, to stand at another place."""
    return _PLACE.sub(b' r="%s"' % place.encode(), cell, count=1)


def _cut(text: str) -> str:
    """Text within what a cell holds, counted as Excel counts, in UTF-16 units; a cut shows as «…»."""
    wide = text.encode("utf-16-le")
    if len(wide) <= 2 * TEXT_LIMIT:
        return text
    return wide[: 2 * (TEXT_LIMIT - 1)].decode("utf-16-le", "ignore") + CUT


def settled(cell: Value) -> Value:
    """Return the value as a reader will find it: no time zone, milliseconds, days Excel does not know as text.

    ValueError for what no workbook holds: NaN, infinity, a type of another library.
    """
    if cell is None or cell == "":
        return None
    if isinstance(cell, str):
        text = _NO_CHARACTERS.sub("\ufffd", cell)
        return _cut(text) if len(text) > TEXT_LIMIT // 2 else text
    if cell != cell or cell in {float("inf"), float("-inf")}:  # noqa: PLR0124 - NaN and NaT
        raise ValueError(f"{cell} is no value of a cell")
    if isinstance(cell, date):
        moment = (cell if isinstance(cell, datetime) else datetime.combine(cell, time())).replace(tzinfo=None)
        if moment < _FIRST_DAY:
            return f"{moment:%d.%m.}{moment.year:04d}"
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    if not isinstance(cell, (bool, int, float)):
        raise ValueError(f"{type(cell).__name__} is no value of a cell")  # noqa: TRY004 - our own code's argument
    return cell


def same_value(old: Value, new: Value) -> bool:
    """Whether a reader would see no difference between a value as read and a settled one."""
    if old is None or old == "":
        return new is None
    if isinstance(old, datetime) and isinstance(new, datetime):
        return abs((old - new).total_seconds()) < 0.002
    if isinstance(old, bool) or isinstance(new, bool) or isinstance(old, (str, datetime)):
        return type(old) is type(new) and old == new
    return old == new


def serial(moment: datetime, *, from_1904: bool = False) -> float:
    """Days since the workbook's epoch."""
    days = (moment.replace(tzinfo=None) - _EPOCH).total_seconds() / _SECONDS
    return days - _DAYS_TO_1904 if from_1904 else days


def _legal(text: str) -> str:
    """Text with what XML cannot hold written as _xHHHH_, and what looks like that escaped in turn."""
    return _ILLEGAL.sub(lambda found: f"_x{ord(found[0]):04X}_", _ESCAPED.sub("_x005F_x", text))


def _number(number: float) -> str:
    return str(int(number)) if float(number).is_integer() and abs(number) < 1e15 else repr(float(number))


def cell_xml(place: str, value: Value | Live, style: int | None, *, from_1904: bool = False) -> bytes:
    """Return a cell's XML from a settled value; a formula without a cached value, so that it is computed anew."""
    start = f'<c r="{place}"' + (f' s="{style}"' if style is not None else "")
    if value is None or value == "":
        return f"{start}/>".encode()
    if isinstance(value, Live):
        return f"{start}><f>{escape(_legal(value.text))}</f></c>".encode()
    if isinstance(value, bool):
        return f'{start} t="b"><v>{int(value)}</v></c>'.encode()
    if isinstance(value, (int, float)):
        return f"{start}><v>{_number(value)}</v></c>".encode()
    if isinstance(value, datetime):
        return f"{start}><v>{_number(round(serial(value, from_1904=from_1904), 10))}</v></c>".encode()
    text = escape(_legal(value))
    space = ' xml:space="preserve"' if text != text.strip() or "\n" in text or "  " in text else ""
    return f'{start} t="inlineStr"><is><t{space}>{text}</t></is></c>'.encode()
