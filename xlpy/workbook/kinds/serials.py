"""Days counted from an epoch, as workbooks hold dates, and the formats by which a number is known to be one."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from xlpy.tables.raw import Value

_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001
# Built-in formats of dates and times.
_CLOCKS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.|General', re.IGNORECASE)
_LETTERS = re.compile(r"[dmyhs]", re.IGNORECASE)
_LAST_DAY = 2_958_465
# Excel counts a 29th of February 1900 that never was.
_FALSE_DAY = 60


def is_clock(number: int, code: str | None) -> bool:
    """Whether a number format, by its number and its own code where it has one, shows a date or a time."""
    return number in _CLOCKS if code is None else _LETTERS.search(_QUOTED.sub("", code)) is not None


def moment_of(serial: float, *, from_1904: bool) -> Value:
    """The moment that a number of days means; a time of day is text, what is no day stays a number."""
    if not 0 <= serial <= _LAST_DAY:
        return serial
    moment = (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(seconds=round(serial * 86400))
    if serial < 1:
        return str(moment.time())
    return moment if from_1904 or serial >= _FALSE_DAY else moment + timedelta(days=1)
