"""Notes hung on the cells of a table: where a row goes, its notes go, and its threads of comments."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from xlpy.tables.addresses import address
from xlpy.workbook.package import Package
from xlpy.workbook.parts import relations
from xlpy.workbook.tableparts import box

# Row of the file → its place now, None where the row is gone.
Moves = Mapping[int, int | None]

_NOTE = re.compile(rb"<((?:\w+:)?(?:comment|threadedComment))\s[^>]*?(?:/>|>.*?</\1>)", re.DOTALL)
_REF = re.compile(rb'(\sref=")([^"]*)(")')
# VML is no XML that must parse; a shape holds no other shape.
_SHAPE = re.compile(rb"<v:shape\s.*?</v:shape>", re.DOTALL)
_IS_NOTE = re.compile(rb"""\sObjectType=["']Note["']""")
_ROW = re.compile(rb"(<x:Row>\s*)(\d{1,7})(\s*</x:Row>)")
_COLUMN = re.compile(rb"<x:Column>\s*(\d{1,5})\s*</x:Column>")
_ANCHOR = re.compile(rb"(<x:Anchor>)([^<]*)(</x:Anchor>)")
_ANCHORED_ROWS = (2, 6)


def moved_notes(package: Package, part: str, moves: Moves, columns: range) -> dict[str, bytes]:
    """Return the parts of a sheet's notes that change; a note goes with its row, and is gone where that is gone."""
    if not moves:
        return {}
    ways: dict[str, Callable[[bytes, Moves, range], bytes]] = {
        "comments": _moved_texts,
        "threadedComment": _moved_texts,
        "vmlDrawing": _moved_shapes,
    }
    changed = {}
    for kind, target in relations(package, part).values():
        if kind in ways and package.has(target):
            old = package.read(target)
            new = ways[kind](old, moves, columns)
            if new != old:
                changed[target] = new
    return changed


def _moved_texts(xml: bytes, moves: Moves, columns: range) -> bytes:
    def moved(found: re.Match[bytes]) -> bytes:
        reference = _REF.search(found[0])
        corners = box(reference[2].decode("utf-8", "replace")) if reference else None
        if corners is None or corners[0] not in moves or corners[1] not in columns:
            return found[0]
        row = moves[corners[0]]
        if row is None:
            return b""
        place = address(row, corners[1]).encode()
        return _REF.sub(lambda ref: ref[1] + place + ref[3], found[0], count=1)

    return _NOTE.sub(moved, xml)


def _moved_shapes(vml: bytes, moves: Moves, columns: range) -> bytes:
    """The boxes of the notes beside their cells; VML counts rows and columns from 0."""

    def moved(found: re.Match[bytes]) -> bytes:
        row, column = _ROW.search(found[0]), _COLUMN.search(found[0])
        if row is None or column is None or not _IS_NOTE.search(found[0]):
            return found[0]
        old = int(row[2]) + 1
        if old not in moves or int(column[1]) + 1 not in columns:
            return found[0]
        new = moves[old]
        if new is None:
            return b""
        shape = _ROW.sub(lambda one: one[1] + b"%d" % (new - 1) + one[3], found[0], count=1)
        return _ANCHOR.sub(lambda one: one[1] + _moved_anchor(one[2], new - old) + one[3], shape, count=1)

    return _SHAPE.sub(moved, vml)


def _moved_anchor(anchor: bytes, by: int) -> bytes:
    """An anchor (column, offset, row, offset, twice) that many rows further down; as it is where it is none."""
    numbers = anchor.split(b",")
    if len(numbers) != 8 or not all(one.strip().isdigit() for one in numbers):
        return anchor
    for at in _ANCHORED_ROWS:
        numbers[at] = b" %d" % max(int(numbers[at]) + by, 0)
    return b",".join(numbers)
