"""One cell of a CSV file to the value a workbook holds. Numbers and dates only where certain; else the text."""

from __future__ import annotations

import re
from datetime import datetime

from xlpy.tables.declare import Column, Kind
from xlpy.tables.normalise import clean_text
from xlpy.tables.raw import Value

_NUMERIC = {Kind.INTEGER, Kind.NUMBER, Kind.TASK, Kind.MARK, Kind.VARIANT}
# A leading zero says that the digits are a name, not an amount.
_NUMBER = re.compile(r"[-\u2212]?(?:0|[1-9]\d{0,11})(?:[.,]\d{1,9})?")
_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?: (\d{1,2}):(\d\d)(?::(\d\d))?)?")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?")


def cell_value(text: str, column: Column) -> Value:
    """Return what the cell of `column` should hold; None where nothing stands there."""
    cleaned = clean_text(text)
    if not cleaned:
        return None
    if column.kind in _NUMERIC and _NUMBER.fullmatch(cleaned):
        number = float(cleaned.replace(",", ".").replace("\u2212", "-"))
        return int(number) if number.is_integer() else number
    if column.kind is Kind.DATE:
        return _date(cleaned) or text
    return text.replace("\r\n", "\n")


def _date(text: str) -> datetime | None:
    """The moment a cell certainly means: dd.mm.yyyy or yyyy-mm-dd, with a time or without."""
    usual, iso = _DATE.fullmatch(text), _ISO.fullmatch(text)
    if usual is not None:
        day, month, year, *clock = usual.groups(default="0")
    elif iso is not None:
        year, month, day, *clock = iso.groups(default="0")
    else:
        return None
    try:
        return datetime(int(year), int(month), int(day), *map(int, clock))  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return None
