"""A filled workbook moved onto the newest shipped one: all that people put into it comes along, nothing is lost.

The result is the new workbook with the old one's contents, not the old one patched: so formulas, limits, macros and
looks are the newest. What cannot come along is named, and the old workbook stays among the copies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from xlpy.errors import InputError, SaveError, WorkbookError
from xlpy.tables import schema
from xlpy.tables.declare import Sheet
from xlpy.tables.merge import positions_of
from xlpy.tables.raw import RawTable
from xlpy.workbook.locks import lock_of, our_turn
from xlpy.workbook.package import Package, open_package, package_of
from xlpy.workbook.parts import sheet_parts
from xlpy.workbook.saving import clear_leftovers, drop_old_copies, keep_copy, write_atomically
from xlpy.workbook.upgrade_read import setting_in, tables_in
from xlpy.workbook.upgrade_result import UpgradeResult

if TYPE_CHECKING:
    from xlpy.workbook.upgrade_tables import Renames

__all__ = ["UpgradeResult", "upgrade"]

_ENDING = ".xlsm"
_DEFAULT_COPIES = 10


def upgrade(
    path: Path,
    fresh: bytes,
    sheets: Sequence[Sheet] = schema.SHEETS,
    renames: Renames | None = None,
    moment: datetime | None = None,
) -> UpgradeResult:
    """Move the workbook at `path` onto `fresh`, the newest empty one; return what came along.

    A workbook that has every sheet and column of its version and is not older is left alone. `renames` leads captions
    of older schemas, by sheet key, to today's. Raises WorkbookError, LockedError or SaveError; the file is then as it
    was.
    """
    from xlpy.workbook.upgrade_move import moved

    held = lock_of(path)
    if held is not None:
        raise held
    old = open_package(path)
    new = package_of(fresh, path)
    tables = tables_in(old, sheets), tables_in(new, sheets)
    version_from = setting_in(tables[0], "schema_version")
    version_to = setting_in(tables[1], "schema_version") or schema.SCHEMA_VERSION
    if version_from is not None and version_from > version_to:
        raise WorkbookError("newer_book", path=path.name, version=version_from)
    if version_from == version_to and _is_whole(old, tables[0], sheets):
        return UpgradeResult(path, path, version_from, version_to, is_changed=False)
    target = path if path.suffix.lower() == _ENDING else path.with_suffix(_ENDING)
    if target != path and target.exists():
        raise InputError("exists", path=str(target))
    started = UpgradeResult(target, path, version_from, version_to, is_changed=True)
    data, result = moved(old, new, sheets, tables, renames or {}, started)
    copies = setting_in(tables[0], "copies") or _DEFAULT_COPIES
    copy = _replace(path, target, data, sha256(old.data).digest(), copies, moment or datetime.now().astimezone())
    return replace(result, copy=copy)


def _is_whole(old: Package, tables: Mapping[str, RawTable], sheets: Sequence[Sheet]) -> bool:
    """Whether every sheet and column that should be there is."""
    names = {part.name for part in sheet_parts(old)}
    if not {schema.PANEL_NAME, schema.LISTS_NAME} <= names:
        return False
    return all(
        sheet.key in tables and len(positions_of(sheet, tables[sheet.key].captions)) == len(sheet.columns)
        for sheet in sheets
    )


def _replace(path: Path, target: Path, data: bytes, digest: bytes, copies: int, moment: datetime) -> Path | None:
    """Put the new workbook in place at once; return where the old one was kept, None where it stays beside."""
    with our_turn(path):
        held = lock_of(path)
        if held is not None:
            raise held
        try:
            current = path.read_bytes()
        except OSError:
            raise SaveError("changed_on_disk", path=path.name) from None
        if sha256(current).digest() != digest:
            raise SaveError("changed_on_disk", path=path.name)
        clear_leftovers(target)
        copy = keep_copy(path, moment) if target == path else None
        write_atomically(target, data)
        drop_old_copies(target, copies)
        return copy
