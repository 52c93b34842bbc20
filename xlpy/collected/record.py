"""The record of collected forms on the disk, and whose turn it is to decide by it. What cannot be used is not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from xlpy.errors import DiskError, SaveError, XlpyError
from xlpy.exchange.forms.record import LARGEST, Record, read_record, record_bytes
from xlpy.exchange.forms.versions import read_record as read_inventory
from xlpy.words import collecting as words
from xlpy.words import handing_out
from xlpy.words.errors import sentence


@contextmanager
def turn_at(path: Path) -> Iterator[None]:
    """Keep others from deciding by the same record meanwhile. Raises LockedError.

    A folder that takes no lock keeps no record either; that is said when the record is to be written.
    """
    from xlpy.documents.files import make_folder
    from xlpy.workbook.locks import our_turn

    with ExitStack() as stack:
        with suppress(SaveError):
            make_folder(path.parent)
            stack.enter_context(our_turn(path))
        yield


def record_at(path: Path, year: str) -> tuple[Record, tuple[str, ...]]:
    """What is remembered of this school year, and what is to be said where a file is there that cannot be used."""
    try:
        data = path.read_bytes() if path.stat().st_size <= LARGEST else b""
    except FileNotFoundError:
        return Record(year), ()
    except OSError:
        data = b""
    record = read_record(data)
    if record is None:
        return Record(year), (words.BROKEN_RECORD.format(file=path.name),)
    return (record if record.year == year else Record(year)), ()


def printed_in(folders: Iterable[Path]) -> dict[str, Mapping[str, str]]:
    """Variants as they were printed on the forms handed out into these folders, by the number of the form."""
    found: dict[str, Mapping[str, str]] = {}
    for folder in folders:
        try:
            inventory = read_inventory((folder / handing_out.RECORD).read_bytes(), handing_out.RECORD)
        except (OSError, XlpyError):
            continue
        if inventory is not None:
            found |= {one.identity.number: one.papers for one in inventory.forms}
    return found


def remember(path: Path, before: Record, now: Record) -> tuple[str, ...]:
    """Write the record where it says something new; return what hindered it."""
    from xlpy.documents.files import write_document
    from xlpy.workbook.saving import clear_leftovers

    clear_leftovers(path)
    data = record_bytes(now)
    if data == record_bytes(before) and path.exists():
        return ()
    try:
        write_document(path, data)
    except DiskError as error:
        return (words.NO_RECORD.format(file=path.name, why=sentence(error)),)
    return ()
