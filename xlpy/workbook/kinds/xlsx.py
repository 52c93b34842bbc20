"""A stranger's .xlsx or .xlsm as plain sheets: in one go where it is spelled as usual, else through the value reader.

Either way nothing is laid out before its size is known, and no more of a part is unpacked than the file says.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from html import unescape
from itertools import chain
from pathlib import Path

from xlpy.tables.addresses import column_number
from xlpy.tables.raw import PlainBook, PlainSheet, Value
from xlpy.workbook.datestyles import DateStyles
from xlpy.workbook.kinds.docprops import told_of
from xlpy.workbook.kinds.grid import SHEETS_LIMIT, Cells, Place, Room, TooMuchError, finished, reach_of
from xlpy.workbook.kinds.quickcells import Strings, flat_strings
from xlpy.workbook.kinds.quicksheet import OddSheetError, quick_sheet
from xlpy.workbook.layout import plain_value
from xlpy.workbook.package import Package, as_utf8, package_of
from xlpy.workbook.parts import WORKBOOK, SheetPart, relations, sheet_parts
from xlpy.workbook.plainxml import DATA_END, DATA_START, plain
from xlpy.workbook.reading import dates_from_1904
from xlpy.workbook.scan import OddXmlError, SheetScan, TooFarError, placed, scan
from xlpy.workbook.tableparts import box
from xlpy.workbook.values import UnreadableError, read_grids

_RELS = "xl/_rels/workbook.xml.rels"
_RELATION = re.compile(rb"<Relationship( [^<>]*)>")
_SHEET = re.compile(rb"<sheet( [^<>]*)>")
_ATTRIBUTE = re.compile(rb' ([\w:]+)="([^"]*)"')
_TARGET = re.compile(rb"(?:/xl/)?([\w-]+(?:/[\w-]+)*\.xml)")
_FORMAT_ID = re.compile(rb'numFmtId="(\d+)"')
# Formats of numbers that are built in and show no date or time.
_NO_DATES = frozenset(str(number).encode() for number in (*range(14), 37, 38, 39, 40, 41, 42, 43, 44, 48, 49))
_SMALL, _QUICK_LIMIT = 16 * 1024, 2 * 1024 * 1024
_PART_LIMIT = 24 * 1024 * 1024
_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*(?:/>|>.*?</c>)', re.DOTALL)
_PLACE = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>')
_MERGED = re.compile(rb'<mergeCell\b[^>]*?\sref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_ITEM = re.compile(rb"<si\b[^>]*(?:/>|>(.*?)</si>)", re.DOTALL)
_SHARED = re.compile(rb'<c\b[^>]*\st="s"[^>]*>\s*<v>(\d{1,8})<')
_USUAL = frozenset({str, float, bool, int, datetime, type(None)})


def read_xlsx(data: bytes, name: str) -> PlainBook:
    """Return what a file holds. Raises WorkbookError, and TooMuchError where that is more than fits."""
    package = package_of(data, Path(name))
    _refuse_large(package)
    try:
        sheets = _quick(package)
    except OddSheetError:
        sheets = _careful(package)
    return PlainBook(sheets, *told_of(package))


def _refuse_large(package: Package) -> None:
    """Raise TooMuchError for a part that a form cannot need; pictures and the like are not unpacked."""
    if any(member.file_size > _PART_LIMIT for member in package.members if member.filename.endswith((".xml", ".rels"))):
        raise TooMuchError("part", _PART_LIMIT // (1024 * 1024))


def _quick(package: Package) -> list[PlainSheet]:
    workbook, rels = package.read(WORKBOOK), package.read(_RELS) if package.has(_RELS) else b""
    sheets, strings, styles = _plain_parts(workbook, rels)
    if not all(package.has(part) for _, part in sheets):
        raise OddSheetError
    texts, dates = _strings(_shared_part(package, strings)), _date_styles(_shared_part(package, styles))
    room = Room()
    return [quick_sheet(name, _sheet(package, part), texts, dates, room) for name, part in sheets]


def _shared_part(package: Package, part: str) -> bytes:
    return package.read(part) if part and package.has(part) else b""


def _sheet(package: Package, part: str) -> bytes:
    """A sheet's XML. What is declared in it beside elements is refused by who reads it."""
    xml = as_utf8(b"".join(package.chunks(part)))
    if xml is None:
        raise package.broken(part)
    return xml


@lru_cache(maxsize=8)
def _plain_parts(workbook: bytes, rels: bytes) -> tuple[tuple[tuple[str, str], ...], str, str]:
    """Names and parts of the sheets, parts of strings and styles. Raises OddSheetError where these are not plain."""
    related = {}
    for tag in _RELATION.findall(rels):
        held = dict(_ATTRIBUTE.findall(tag))
        related[held.get(b"Id", b"")] = held.get(b"Type", b"").rpartition(b"/")[2], held.get(b"Target", b"")
    sheets = [dict(_ATTRIBUTE.findall(tag)) for tag in _SHEET.findall(workbook)]
    kinds = dict(related.values())
    chosen = [(one.get(b"name", b""), *related.get(one.get(b"r:id", b""), (b"", b""))) for one in sheets]
    targets = [*(target for _, _, target in chosen), *(kinds[k] for k in (b"sharedStrings", b"styles") if k in kinds)]
    is_plain = all(kind == b"worksheet" for _, kind, _ in chosen) and all(map(_TARGET.fullmatch, targets))
    if not sheets or not is_plain or b"<!" in workbook or b"<!" in rels or len(sheets) > SHEETS_LIMIT:
        raise OddSheetError
    strings, styles = (_part_of(kinds.get(kind, b"")) for kind in (b"sharedStrings", b"styles"))
    named = tuple((unescape(name.decode("utf-8", "replace")), _part_of(target)) for name, _, target in chosen)
    return named, strings, styles


def _part_of(target: bytes) -> str:
    """The part that a target names: beside the workbook's, or from the root as openpyxl writes it."""
    found = _TARGET.fullmatch(target)
    return f"xl/{found[1].decode()}" if found is not None else ""


# Forms of one hand-out have the same styles and mostly the same texts: what is small is understood once for all.
@lru_cache(maxsize=8)
def _small_strings(strings: bytes) -> Strings:
    return flat_strings(strings) if strings else {}


def _strings(strings: bytes) -> Strings:
    if len(strings) > _QUICK_LIMIT:
        raise OddSheetError
    return _small_strings(strings) if len(strings) <= _SMALL else flat_strings(strings)


@lru_cache(maxsize=8)
def _small_styles(styles: bytes) -> Collection[int]:
    if _NO_DATES.issuperset(_FORMAT_ID.findall(styles)):
        return ()
    return DateStyles(styles).clocks()


def _date_styles(styles: bytes) -> Collection[int]:
    return _small_styles(styles) if len(styles) <= _SMALL else DateStyles(styles).clocks()


def _shared_parts(package: Package) -> tuple[bytes, bytes]:
    """Strings and styles of the book, b"" where it has none."""
    targets = {kind: target for kind, target in relations(package, WORKBOOK).values() if package.has(target)}
    strings, styles = (targets.get(kind) for kind in ("sharedStrings", "styles"))
    return (package.read(strings) if strings else b""), (package.read(styles) if styles else b"")


def _careful(package: Package) -> list[PlainSheet]:
    parts = sheet_parts(package)
    if len(parts) > SHEETS_LIMIT:
        raise TooMuchError("sheets", SHEETS_LIMIT)
    strings, styles = _shared_parts(package)
    room = Room()
    seen = [_seen(package, part, room) for part in parts]
    _count_texts([scanned for scanned, _, _ in seen], strings, room)
    from_1904 = dates_from_1904(package.parse(WORKBOOK))
    try:
        grids = read_grids([one for one, _, _ in seen], strings or None, styles or None, dates_from_1904=from_1904)
    except UnreadableError as error:
        at = error.args[0]
        raise package.broken(WORKBOOK if at is None else parts[at].part) from None
    return [
        finished(part.name, _plain(grid), cells, left_out)
        for part, grid, (_, cells, left_out) in zip(parts, grids, seen, strict=True)
    ]


def _seen(package: Package, part: SheetPart, room: Room) -> tuple[SheetScan, Cells, list[Place]]:
    """What the scan knows of a sheet, cut to what there is room for."""
    xml = plain(package.read(part.part))
    if xml is None:
        raise package.broken(part.part)
    xml, left_out = _near(placed(xml), room)
    try:
        found = scan([xml])
    except (OddXmlError, TooFarError):
        raise package.broken(part.part) from None
    formulas = {(row, column) for column, rows in found.formulas.items() for row in rows}
    return found, Cells({}, formulas, dict(found.errors), list(_merged(xml, room))), left_out


def _near(xml: bytes, room: Room) -> tuple[bytes, list[Place]]:
    """The sheet without the cells that there is no room for, and their places."""
    start, end = DATA_START.search(xml), xml.rfind(DATA_END)
    if start is None or end < start.end():
        return xml, []
    head, rows, tail = xml[: start.end()], xml[start.end() : end], xml[end:]
    room.take_cells(rows.count(b"</c>"))
    places = [(int(row), column_number(letters.decode())) for letters, row in _PLACE.findall(rows)]
    height, width = reach_of(places, room)
    room.take_grid(height, width)
    left_out: list[Place] = []
    if any(row > height or column > width for row, column in places):

        def kept(cell: re.Match[bytes]) -> bytes:
            place = int(cell[2]), column_number(cell[1].decode())
            if place[0] <= height and place[1] <= width:
                return cell[0]
            if not cell[0].endswith(b"/>"):
                left_out.append(place)
            return b""

        rows = _CELL.sub(kept, rows)
    return head + rows + tail, left_out


def _merged(xml: bytes, room: Room) -> Iterator[tuple[int, int, int, int]]:
    found = _MERGED.findall(xml, max(xml.rfind(DATA_END), 0))
    room.take_cells(len(found))
    for reference in found:
        place = box(reference.decode())
        if place is not None:
            yield place


def _count_texts(scans: Sequence[SheetScan], strings: bytes, room: Room) -> None:
    """Count the texts as often as they are shown: the value reader makes each anew. Raises TooMuchError."""
    lengths = [len(text) for text in _ITEM.findall(strings)]
    longest = max(lengths, default=0)
    shown = sum(xml.count(b' t="s"') for one in scans for xml in one.rows)
    if longest * shown <= room.text:
        room.take_text(longest * shown)
        return
    for one in scans:
        for xml in one.rows:
            for number in _SHARED.findall(xml):
                room.take_text(lengths[int(number)] if int(number) < len(lengths) else 0)


def _plain(grid: list[list[object]]) -> list[list[Value]]:
    kinds = set(map(type, chain.from_iterable(grid)))
    if kinds <= _USUAL and float not in kinds:
        return grid  # type: ignore[return-value]
    return [[_plain_cell(cell) for cell in line] for line in grid]


def _plain_cell(cell: object) -> Value:
    if isinstance(cell, (date, time, timedelta)):
        return plain_value(cell)
    if isinstance(cell, float) and not math.isfinite(cell):
        return str(cell)
    return cell  # type: ignore[return-value]
