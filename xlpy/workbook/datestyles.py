"""A date is a number with a date format: the format added where a cell that gets a date has none, and the reverse."""

from __future__ import annotations

import re
from datetime import datetime, time

from xlpy.tables.raw import Value

_XFS = re.compile(rb"(<cellXfs\b[^>]*>)(.*?)(</cellXfs>)", re.DOTALL)
_XF = re.compile(rb"<xf\b[^>]*?(?:/>|>.*?</xf>)", re.DOTALL)
_FORMAT_ID = re.compile(rb'\snumFmtId="(\d+)"')
_APPLY = re.compile(rb'\sapplyNumberFormat="[^"]*"')
_COUNT = re.compile(rb'\scount="\d+"')
_CUSTOM = re.compile(
    rb'<numFmt\b[^>]*?\snumFmtId="(\d+)"[^>]*?\sformatCode="([^"]*)"|<numFmt\b[^>]*?\sformatCode="([^"]*)"[^>]*?\snumFmtId="(\d+)"'
)
_DATE_LETTERS = re.compile(rb"[dy]", re.IGNORECASE)
_CLOCK_LETTERS = re.compile(rb"[dymhs]", re.IGNORECASE)
_QUOTED = re.compile(rb"&quot;.*?&quot;|\[[^\]]*\]|\\.|General", re.IGNORECASE)
_DATES = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
_CLOCKS = _DATES | {*range(18, 22), *range(45, 48)}
_GENERAL, _SHORT_DATE, _DATE_AND_TIME = 0, 14, 22
_PLAIN_XF = b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'


class DateStyles:
    """styles.xml, to which twins of styles are added on demand: the same look, another number format."""

    def __init__(self, xml: bytes) -> None:
        self._xml = xml
        found = _XFS.search(xml)
        self._xfs = _XF.findall(found[2]) if found else []
        self._shipped = len(self._xfs)
        custom = {int(m[1] or m[4]): _QUOTED.sub(b"", m[2] or m[3] or b"") for m in _CUSTOM.finditer(xml)}
        self._dates = _DATES - set(custom) | {n for n, code in custom.items() if _DATE_LETTERS.search(code)}
        self._clocks = _CLOCKS - set(custom) | {n for n, code in custom.items() if _CLOCK_LETTERS.search(code)}
        self._twins: dict[tuple[int, int], int] = {}

    @property
    def can_date(self) -> bool:
        """Whether the part has a list of cell formats that a twin may join."""
        return bool(self._xfs)

    @property
    def grew(self) -> bool:
        """Whether a twin was added."""
        return len(self._xfs) > self._shipped

    def _format(self, style: int | None) -> int:
        base = style or 0
        found = _FORMAT_ID.search(self._xfs[base]) if base < len(self._xfs) else None
        return int(found[1]) if found else _GENERAL

    def is_date(self, style: int | None) -> bool:
        """Whether a cell of this style shows its number as a date."""
        return self._format(style) in self._dates

    def clocks(self) -> frozenset[int]:
        """All styles by which a cell shows its number as a date or a time of day."""
        return frozenset(style for style in range(len(self._xfs)) if self._format(style) in self._clocks)

    def for_value(self, value: Value, style: int | None) -> int | None:
        """Return the style, or its twin, by which a cell shows a value for what it is."""
        if not self.can_date:
            return style
        if isinstance(value, datetime):
            if self.is_date(style):
                return style
            return self._twin(style, _SHORT_DATE if value.time() == time() else _DATE_AND_TIME)
        if isinstance(value, (int, float)) and not isinstance(value, bool) and self._format(style) in self._clocks:
            return self._twin(style, _GENERAL)
        return style

    def _twin(self, style: int | None, number_format: int) -> int:
        base = style or 0
        key = base, number_format
        if key not in self._twins:
            xf = self._xfs[base] if base < len(self._xfs) else _PLAIN_XF
            xf = _APPLY.sub(b"", _FORMAT_ID.sub(b"", xf, count=1), count=1)
            own = b'<xf numFmtId="%d" applyNumberFormat="1"' % number_format
            self._xfs.append(own + xf.removeprefix(b"<xf"))
            self._twins[key] = len(self._xfs) - 1
        return self._twins[key]

    def xml(self) -> bytes:
        """The part, byte for byte as it was where nothing was added."""
        if not self.grew:
            return self._xml
        count = b' count="%d"' % len(self._xfs)
        return _XFS.sub(
            lambda found: _COUNT.sub(count, found[1]) + found[2] + b"".join(self._xfs[self._shipped :]) + found[3],
            self._xml,
            count=1,
        )
