"""A date is a number with a date format: the format added where a cell that gets a date has none."""

from __future__ import annotations

import re

_XFS = re.compile(rb"(<cellXfs\b[^>]*>)(.*?)(</cellXfs>)", re.DOTALL)
_XF = re.compile(rb"<xf\b[^>]*?(?:/>|>.*?</xf>)", re.DOTALL)
_FORMAT_ID = re.compile(rb'\bnumFmtId="(\d+)"')
_COUNT = re.compile(rb'\bcount="\d+"')
_CUSTOM = re.compile(
    rb'<numFmt\b[^>]*?\bnumFmtId="(\d+)"[^>]*?\bformatCode="([^"]*)"|<numFmt\b[^>]*?\bformatCode="([^"]*)"[^>]*?\bnumFmtId="(\d+)"'
)
_DATE_LETTERS = re.compile(rb"[dy]", re.IGNORECASE)
_QUOTED = re.compile(rb"&quot;.*?&quot;|\[[^\]]*\]|\\.")
_BUILT_IN = {*range(14, 18), 22, *range(27, 37), *range(50, 59)}
_SHORT_DATE = b"14"


class DateStyles:
    """styles.xml, to which date twins of styles are added on demand."""

    def __init__(self, xml: bytes) -> None:
        self._xml = xml
        found = _XFS.search(xml)
        self._xfs = _XF.findall(found[2]) if found else []
        self._shipped = len(self._xfs)
        custom = {int(m[1] or m[4]): m[2] or m[3] or b"" for m in _CUSTOM.finditer(xml)}
        self._dates = _BUILT_IN | {
            number for number, code in custom.items() if _DATE_LETTERS.search(_QUOTED.sub(b"", code))
        }
        self._twins: dict[int, int] = {}

    def is_date(self, style: int | None) -> bool:
        """Whether a cell of this style shows its number as a date."""
        if style is None or style >= len(self._xfs):
            return False
        number = _FORMAT_ID.search(self._xfs[style])
        return number is not None and int(number[1]) in self._dates

    def date_twin(self, style: int | None) -> int:
        """Index of a style that looks like `style` and shows dates."""
        base = style or 0
        if self.is_date(base):
            return base
        if base not in self._twins:
            xf = self._xfs[base] if base < len(self._xfs) else b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
            twin = _FORMAT_ID.sub(b'numFmtId="' + _SHORT_DATE + b'"', xf, count=1)
            if b"applyNumberFormat=" in twin:
                twin = re.sub(rb'applyNumberFormat="[^"]*"', b'applyNumberFormat="1"', twin, count=1)
            else:
                twin = twin.replace(b"<xf", b'<xf applyNumberFormat="1"', 1)
            self._xfs.append(twin)
            self._twins[base] = len(self._xfs) - 1
        return self._twins[base]

    def xml(self) -> bytes:
        """The part, byte for byte as it was where nothing was added."""
        if len(self._xfs) == self._shipped:
            return self._xml
        count = f'count="{len(self._xfs)}"'.encode()
        return _XFS.sub(
            lambda found: _COUNT.sub(count, found[1]) + found[2] + b"".join(self._xfs[self._shipped :]) + found[3],
            self._xml,
            count=1,
        )
