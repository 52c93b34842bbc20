"""The whole file with the changes of its sheets: cells, tables, date styles, and no formula with a stale value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from xlpy.workbook.cached import calculated_on_load, has_cached_values, without_cached_values
from xlpy.workbook.datestyles import DateStyles
from xlpy.workbook.lostbuttons import with_buttons
from xlpy.workbook.notes import moved_notes
from xlpy.workbook.package import Package
from xlpy.workbook.parts import WORKBOOK, SheetPart, relations
from xlpy.workbook.patch import SheetPatch
from xlpy.workbook.pending import PendingSheet
from xlpy.workbook.plainxml import DATA_START, has_plain_root, is_odd, plain, respelled
from xlpy.workbook.reading import dates_from_1904
from xlpy.workbook.repack import Part, repacked
from xlpy.workbook.rows import BrokenRowsError
from xlpy.workbook.scan import placed, windows
from xlpy.workbook.shared import NO_SHARED, shared_formulas
from xlpy.workbook.tableparts import with_table_end, without_calc_chain

_PIECE = 1024 * 1024


def _plain_part(package: Package, part: str) -> bytes:
    xml = plain(package.read(part))
    if xml is None:
        raise package.broken(part)
    return xml


def _styles_part(package: Package) -> tuple[str, DateStyles]:
    """Name of the part that holds the styles ("" where there is none), and the styles."""
    part = next((target for kind, target in relations(package, WORKBOOK).values() if kind == "styles"), "")
    xml = package.read(part) if package.has(part) else b""
    styles = DateStyles(xml)
    if xml and not styles.can_date:
        styles = DateStyles(respelled(xml) or b"")
    return part, styles


def _gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the pieces joined to ones of about a megabyte or more."""
    waiting: list[bytes] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= _PIECE:
            yield b"".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield b"".join(waiting)


def _uncached(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Pieces of whole rows whose formulas hold no value."""
    return map(without_cached_values, _gathered(pieces))


def _uncached_part(package: Package, part: str) -> Iterable[bytes] | None:
    """An unchanged sheet without the values of its formulas, None where it holds none; never whole in memory."""
    is_plain = True
    has_values = False
    for window in windows(package.chunks(part)):
        is_plain = is_plain and not is_odd(window)
        has_values = has_values or has_cached_values(window)
        if not has_values and is_plain and DATA_START.search(window) and not has_plain_root(window):
            is_plain = False
    if not is_plain:
        xml = _plain_part(package, part)
        return _uncached([xml]) if has_cached_values(xml) else None
    return _uncached(windows(package.chunks(part))) if has_values else None


def _changed_sheets(
    package: Package, parts: Sequence[SheetPart], sheets: Sequence[PendingSheet], styles: DateStyles
) -> dict[str, Part | None]:
    """Parts of the sheets and tables that really change."""
    changed: dict[str, Part | None] = {}
    part_of = {part.name: part.part for part in parts}
    from_1904 = dates_from_1904(package.parse(WORKBOOK))
    for pending in sheets:
        if pending.end is None:
            continue
        part = part_of[pending.sheet.name]
        try:
            # What the scan found plain need not be looked through again.
            xml = b"".join(package.chunks(part)) if pending.traits.is_plain else placed(_plain_part(package, part))
            shared = shared_formulas(xml) if pending.traits.has_shared else NO_SHARED
            patch = SheetPatch(pending.sheet.name, xml, shared, pending.body, styles, from_1904=from_1904)
        except BrokenRowsError:
            raise package.broken(part) from None
        pieces = patch.apply(pending.changes)
        if pieces is not None:
            changed[part] = _uncached(pieces) if pending.traits.has_cached else _gathered(pieces)
        left, width = pending.raw.first_column, len(pending.raw.captions)
        changed |= moved_notes(package, part, pending.moved_rows(), range(left, left + width))
        if pending.own is not None and not pending.own.has_totals:
            old = package.read(pending.own.part)
            table = with_table_end(old, pending.end)
            if table != old:
                changed[pending.own.part] = table
    return changed


def patched_package(package: Package, parts: Sequence[SheetPart], sheets: Sequence[PendingSheet]) -> bytes:
    """Return the bytes of the package with the changes; its own bytes where they change nothing.

    Raises WorkbookError where a change would break an array formula or a part cannot be read.
    """
    styles_part, styles = _styles_part(package)
    changed = _changed_sheets(package, parts, sheets, styles)
    if not changed:
        return package.data
    for part in parts:
        if part.part not in changed:
            uncached = _uncached_part(package, part.part)
            if uncached is not None:
                changed[part.part] = uncached
    if styles.grew:
        changed[styles_part] = styles.xml()
    book = package.read(WORKBOOK)
    changed[WORKBOOK] = calculated_on_load(book if b"<workbook" in book else respelled(book) or book)
    return repacked(package, changed | without_calc_chain(package) | with_buttons(package, parts, changed))
