"""A raw scan of sheet XML for what the value reader hides: which cells hold formulas, which hold errors.

The scan goes through the part in windows of whole rows and never holds it whole. What it leaves for the value reader
is the rows that hold something, without formulas: a tenth of the part, and nothing in it can cost memory unseen.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from xlpy.tables.addresses import column_letter, column_number
from xlpy.workbook.plainxml import DATA_END, DATA_START, has_odd_marks, has_plain_root, is_odd

_HEAD = re.compile(rb'<c\b(?:[^>]*?\s)?r="([A-Z]{1,3})(\d{1,7})"')
_ERROR = re.compile(rb'<c\b(?=[^>]*\st="e")(?:[^>]*?\s)?r="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>(.*?)</c>', re.DOTALL)
_VALUE = re.compile(rb"<v\b[^>]*>([^<]*)</v>")
_PLACE = re.compile(rb'\sr="([A-Z]{1,3})(\d{1,7})"')
_ROW = re.compile(rb"<row\b([^>]*?)(?:/>|>(.*?)</row>)", re.DOTALL)
_CELL = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_ROW_NUMBER = re.compile(rb'\sr="(\d{1,7})"')
_BARE = re.compile(rb"(?:<v></v>|<v/>)?</c>")
_UNPLACED = re.compile(rb"<(?:c|row)(?=[\s>/])(?![^>]*\sr=)")
_EMPTY_CELLS = re.compile(rb"<c\b[^>]*(?:/>|>\s*</c>)\s*")
_EMPTY_ROWS = re.compile(rb"<row\b[^>]*(?:/>|>\s*</row>)\s*")
_FAR = re.compile(rb'<c r="(?:[A-Z]{3}|[C-Z][A-Z]|[A-Z]{1,2}(?:[4-9]\d{4}|\d{6}))')
_FILLED = re.compile(rb'<c\b(?:[^>]*?\s)?r="([A-Z]+)(\d+)"[^>]*>')
_FAR_COLUMN = re.compile(rb'<c\b(?:[^>]*?\s)?r="(?:[A-Z]{3,}|[J-Z][A-Z]|I[W-Z])\d+"[^>]*(?:/>|>.*?</c>)', re.DOTALL)
# Columns past IV are nobody's but the user's: they stay in the file and are not read.
# Cells of the grid that the value reader lays out, empty ones included: about 300 MB.
AREA_LIMIT = 10_000_000
NEAR_ROWS, NEAR_COLUMNS = 40_000, 78
_SLASH = ord("/")


class OddXmlError(Exception):
    """The sheet uses a spelling that a scan in windows cannot read; spelled anew it can."""


class TooFarError(Exception):
    """A filled cell lies so far off that the grid up to it would not fit into memory; carries its address."""


@dataclass(slots=True)
class SheetTraits:
    """What need not be looked for again when the sheet is written.

    `is_plain`: every cell has its address and all is spelled in the usual way; `has_shared`: some formula may be
    shared or of an array; `has_cached`: some formula may hold a value.
    """

    is_plain: bool = True
    has_shared: bool = False
    has_cached: bool = False


@dataclass(slots=True)
class SheetScan:
    """What a sheet holds: `rows` for the value reader; 1-based column → rows of formulas; errors by (row, column).

    `reach` is the corner of the grid that the value reader lays out, at most.
    """

    rows: list[bytes] = field(default_factory=list)
    formulas: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    reach: tuple[int, int] = (NEAR_ROWS - 1, NEAR_COLUMNS)
    traits: SheetTraits = field(default_factory=SheetTraits)


def _may_lack_addresses(xml: bytes) -> bool:
    """Whether some row or cell does not begin with its address; counting is much faster than looking at each."""
    return (
        xml.count(b"<c ") != xml.count(b'<c r="')
        or xml.count(b"<row ") != xml.count(b'<row r="')
        or b"<c>" in xml
        or b"<row>" in xml
    )


@dataclass(slots=True)
class Placer:
    """Puts an address on every row and cell, as the standard lets a writer leave them out. Remembers the last row."""

    row: int = 0

    def placed(self, xml: bytes) -> bytes:
        """Return a stretch of whole rows with addresses."""
        return _ROW.sub(self._row, xml) if _may_lack_addresses(xml) and _UNPLACED.search(xml) else xml

    def _row(self, match: re.Match[bytes]) -> bytes:
        given = _ROW_NUMBER.search(match[1])
        self.row = int(given[1]) if given else self.row + 1
        attributes = match[1] if given else b' r="%d"' % self.row + match[1]
        if match[2] is None:
            return b"<row" + attributes + b"/>"
        return b"<row" + attributes + b">" + _with_addresses(match[2], self.row) + b"</row>"


def _with_addresses(cells: bytes, row: int) -> bytes:
    column = 0

    def cell(match: re.Match[bytes]) -> bytes:
        nonlocal column
        given = _PLACE.search(match[1])
        column = column_number(given[1].decode()) if given else column + 1
        if given:
            return match[0]
        return match[0].replace(b"<c", b'<c r="%s%d"' % (column_letter(column).encode(), row), 1)

    return _CELL.sub(cell, cells)


def windows(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut a stream of sheet XML before rows, so that no row is torn; the first window holds the head of the sheet."""
    kept = b""
    for chunk in chunks:
        cut = chunk.rfind(b"<row")
        if cut < 0:
            kept += chunk
            continue
        yield b"".join((kept, memoryview(chunk)[:cut]))
        kept = chunk[cut:]
    yield kept


def scan(chunks: Iterable[bytes]) -> SheetScan:
    """Return what a sheet holds. Raises OddXmlError for another spelling, TooFarError for a cell far out."""
    found, placer, inside = SheetScan(), Placer(), False
    for window in windows(chunks):
        xml = window
        if not inside:
            start = DATA_START.search(xml)
            if not has_plain_root(xml) or b"<!" in xml[: start.start() if start else None]:
                raise OddXmlError
            if start is None or start[1] or start[2]:
                break
            xml, inside = xml[start.end() :], True
        end = xml.find(DATA_END)
        _scan_rows(xml if end < 0 else xml[:end], found, placer)
        if end >= 0:
            break
    last = max(((row, column) for column, rows in found.formulas.items() for row in (max(rows),)), default=(0, 0))
    if max(found.reach[0], last[0]) * found.reach[1] > AREA_LIMIT:
        row, column = max(last, _furthest(found))
        raise TooFarError(f"{column_letter(column)}{row}")
    return found


def _scan_rows(xml: bytes, found: SheetScan, placer: Placer) -> None:
    rows, formulas = _without_formulas(xml, found.traits)
    cells = rows.count(b"<c ")
    is_usual = formulas is not None and cells == rows.count(b'<c r="') and b"<c>" not in rows
    if has_odd_marks(rows) or (not is_usual and is_odd(xml)):
        raise OddXmlError
    if not is_usual:
        found.traits.is_plain = False
        rows, formulas = _without_formulas(placer.placed(xml), found.traits)
    if formulas is None:
        raise OddXmlError
    for column, places in formulas.items():
        found.formulas[column_number(column.decode())].update(places)
    if b't="e"' in rows:
        found.errors.update(_errors(rows))
    filled = rows.count(b"</c>")
    if filled:
        found.rows.append(_within_reach(rows, found, is_dense=is_usual and filled * 4 > cells))


def _errors(rows: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for match in _ERROR.finditer(rows):
        text = _VALUE.search(match[3])
        yield (
            (int(match[2]), column_number(match[1].decode())),
            text[1].decode("utf-8", "replace") if text else "#",
        )


def _without_formulas(xml: bytes, traits: SheetTraits) -> tuple[bytes, dict[bytes, list[int]] | None]:
    """The rows without formulas, and column letters → rows of those; None where one has no place in plain spelling."""
    places: dict[bytes, list[int]] = defaultdict(list)
    if b"<f" not in xml:
        return xml, places
    find, back, head, bare_cell = xml.find, xml.rfind, _HEAD.match, _BARE.match
    pieces, at = [], 0
    start = find(b"<f")
    while start >= 0:
        cell = head(xml, back(b"<c", at, start), start)
        opened = find(b">", start)
        end = opened + 1 if xml[opened - 1] == _SLASH else find(b"</f>", opened) + 4
        if cell is None or opened < 0 or end < opened or xml[start + 2] not in b"> /":
            return xml, None
        if opened - start > len(b"<f") and b't="' in xml[start:opened]:
            traits.has_shared = True
        column, row = cell.groups()
        places[column].append(int(row))
        # Without a cached value the whole cell is nothing to read.
        bare = bare_cell(xml, end)
        traits.has_cached = traits.has_cached or bare is None
        pieces.append(xml[at : start if bare is None else cell.start()])
        at = end if bare is None else bare.end()
        start = find(b"<f", at)
    pieces.append(xml[at:])
    return b"".join(pieces), places


def _within_reach(xml: bytes, found: SheetScan, *, is_dense: bool) -> bytes:
    """The rows without empty cells where these are many or far out, and without columns that are nobody's."""
    if is_dense and not _FAR.search(xml):
        return xml
    xml = _FAR_COLUMN.sub(b"", _EMPTY_ROWS.sub(b"", _EMPTY_CELLS.sub(b"", xml)))
    places = [(int(m[2]), column_number(m[1].decode())) for m in _FILLED.finditer(xml)]
    found.reach = (
        max(found.reach[0], max((row for row, _ in places), default=0)),
        max(found.reach[1], max((column for _, column in places), default=0)),
    )
    return xml


def _furthest(found: SheetScan) -> tuple[int, int]:
    """Row and column of the last filled cell of the rows kept."""
    places = (match for xml in found.rows for match in _FILLED.finditer(xml))
    return max(((int(match[2]), column_number(match[1].decode())) for match in places), default=(1, 1))


def placed(xml: bytes) -> bytes:
    """Return a whole sheet with an address on every row and cell; the very same bytes where each has one."""
    if not _may_lack_addresses(xml):
        return xml
    start, end = DATA_START.search(xml), xml.rfind(DATA_END)
    if start is None or end < 0:
        return xml
    return xml[: start.end()] + Placer().placed(xml[start.end() : end]) + xml[end:]
