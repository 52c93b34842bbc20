"""The kept copy of what an action changed in an open book, in the folder of copies, so that it can be taken back.

It holds only the cells that were written, before and after; one copy for a book, that of its last action.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from xlpy.disk import forget
from xlpy.errors import WorkbookError
from xlpy.tables.raw import Live
from xlpy.words.errors import COPIES_FOLDER, UNDO_SUFFIX
from xlpy.workbook.live.blocks import Block
from xlpy.workbook.live.contents import Content
from xlpy.workbook.saving import make_folder, write_atomically

_LARGEST = 200 * 1024 * 1024
_FORMULA, _MOMENT = "f", "d"


@dataclass(frozen=True, slots=True)
class KeptSheet:
    """One sheet's part of an action: its blocks, and which rows had moved where (new row → old row)."""

    name: str
    first_column: int
    last_column: int
    origins: Mapping[int, int | None]
    blocks: Sequence[Block]


def kept_file(book: Path) -> Path:
    """Where the copy of a book's last action lies."""
    return book.parent / COPIES_FOLDER / f"{book.stem}.{UNDO_SUFFIX}.json"


def keep(book: Path, title: str, sheets: Sequence[KeptSheet]) -> bytes | None:
    """Write the copy, at once or not at all; return that of the action before. Raises SaveError."""
    file = kept_file(book)
    make_folder(file.parent)
    earlier = file.read_bytes() if file.exists() else None
    content = {"title": title, "sheets": [_sheet_out(sheet) for sheet in sheets]}
    write_atomically(file, json.dumps(content, ensure_ascii=False).encode())
    return earlier


def put_back(book: Path, earlier: bytes | None) -> None:
    """Let the copy of the action before be the last one again: this one came to nothing."""
    if earlier is None:
        forget_kept(book)
    else:
        write_atomically(kept_file(book), earlier)


def read_kept(book: Path) -> tuple[str, list[KeptSheet]]:
    """Title and sheets of the last action. Raises WorkbookError where none is kept or the copy cannot be read."""
    file = kept_file(book)
    if not file.exists():
        raise WorkbookError("nothing_to_undo")
    try:
        content = json.loads(_read(file))
        return str(content["title"]), [_sheet_in(sheet) for sheet in content["sheets"]]
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError):
        raise WorkbookError("undo_broken", path=file.name) from None


def _read(file: Path) -> bytes:
    if file.stat().st_size > _LARGEST:
        raise ValueError(file.name)
    return file.read_bytes()


def forget_kept(book: Path) -> None:
    """Remove the copy."""
    forget(kept_file(book))


def _sheet_out(sheet: KeptSheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "columns": [sheet.first_column, sheet.last_column],
        "origins": list(sheet.origins.items()),
        "blocks": [[one.top, one.left, _rows_out(one.before), _rows_out(one.after)] for one in sheet.blocks],
    }


def _sheet_in(found: Mapping[str, Any]) -> KeptSheet:
    first, last = found["columns"]
    origins = {int(row): None if origin is None else int(origin) for row, origin in found["origins"]}
    blocks = []
    for top, left, before, after in found["blocks"]:
        block = Block(int(top), int(left), _rows_in(before), _rows_in(after))
        shapes = [[len(row) for row in rows] for rows in (block.before, block.after)]
        if not block.after or not block.after[0] or shapes[0] != shapes[1] or len(set(shapes[0])) != 1:
            raise ValueError
        blocks.append(block)
    return KeptSheet(str(found["name"]), int(first), int(last), origins, blocks)


def _rows_out(rows: Sequence[Sequence[Content]]) -> list[list[Any]]:
    return [[_out(one) if isinstance(one, (Live, datetime)) else one for one in row] for row in rows]


def _out(content: Live | datetime) -> dict[str, str]:
    return {_FORMULA: content.text} if isinstance(content, Live) else {_MOMENT: content.isoformat()}


def _rows_in(rows: Any) -> list[list[Content]]:
    return [[_in(one) if isinstance(one, dict) else _plain(one) for one in row] for row in rows]


def _in(found: Mapping[str, str]) -> Content:
    return Live(found[_FORMULA]) if _FORMULA in found else datetime.fromisoformat(found[_MOMENT])


def _plain(one: Any) -> Content:
    if one is None or isinstance(one, (str, bool, int, float)):
        return one
    raise ValueError
