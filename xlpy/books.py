"""How a school's workbook comes to be: built from source, laid out in a folder, filled from exports, moved on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from xlpy.actions import Stamp, note
from xlpy.errors import InputError
from xlpy.shipped import TEMPLATES, WORKBOOK, shipped
from xlpy.words import cli

if TYPE_CHECKING:
    from xlpy.workbook.upgrade import UpgradeResult


@dataclass(frozen=True, slots=True)
class NewBook:
    """A workbook just made: where it lies, how many rows each sheet got, what the user should know."""

    path: Path
    sheets: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def build(out: Path) -> None:
    """Write the empty workbook, built from source. Raises SaveError."""
    from xlpy.workbook.builder.build import build_workbook
    from xlpy.workbook.saving import write_atomically

    write_atomically(out, build_workbook())


def create(folder: Path, source: Path | None, stamp: Stamp) -> NewBook:
    """Put a new workbook and the templates into `folder`, filled from the CSV files of `source` where given.

    A workbook that is there already is not touched. Raises InputError, ImportFileError, SaveError.
    """
    from xlpy.exchange.csv_folder import fill_from_rows, read_csv_files
    from xlpy.workbook.closed import ClosedWorkbook

    path = folder / WORKBOOK
    if folder.exists() and not folder.is_dir():
        raise InputError("not_folder", path=str(folder))
    if path.exists():
        raise InputError("exists", path=str(path))
    found = read_csv_files(source) if source is not None else None
    _lay_out(folder)
    if found is None:
        return NewBook(path)
    book = ClosedWorkbook(path)
    sheets = fill_from_rows(book, found.rows)
    note(book, stamp, "new", str(source))
    book.save()
    return NewBook(path, sheets, found.notes())


def _lay_out(folder: Path) -> None:
    """The empty workbook and the school's own copies of the templates in a folder that may not exist yet."""
    from xlpy.workbook.saving import make_folder, write_atomically

    own = folder / cli.TEMPLATES_FOLDER
    make_folder(own)
    for template in sorted(shipped(TEMPLATES).glob("*.docx")):
        if not (own / template.name).exists():
            write_atomically(own / template.name, template.read_bytes())
    write_atomically(folder / WORKBOOK, shipped(WORKBOOK).read_bytes())


def upgrade(path: Path, stamp: Stamp) -> UpgradeResult:
    """Move a filled workbook onto the newest empty one, nothing lost. Raises WorkbookError, LockedError, SaveError."""
    from xlpy.workbook.closed import ClosedWorkbook
    from xlpy.workbook.upgrade import upgrade as move

    result = move(path, shipped(WORKBOOK).read_bytes())
    if result.is_changed:
        book = ClosedWorkbook(result.path)
        note(book, stamp, "upgrade", cli.DONE["upgraded"].format(version=result.version_to), str(result.copy or ""))
        book.save()
    return result
