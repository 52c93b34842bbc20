"""Works that a neighbouring school checks: packets written for it, and taken back into the book.

Actions as those of `actions`: each takes an open workbook and says what came of it. Writes take effect at `save`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xlpy import actions
from xlpy.errors import ImportFileError, InputError, WorkbookError
from xlpy.tables import schema
from xlpy.words import packet as words
from xlpy.words.grammar import counted

if TYPE_CHECKING:
    from xlpy.actions import Stamp
    from xlpy.exchange.packet import Packet, Work
    from xlpy.exchange.packet_form import ReadForm
    from xlpy.exchange.packet_match import Existing, PacketTaken
    from xlpy.tables.raw import Value
    from xlpy.workbook.port import Workbook

TABLES = ("settings", "schedule", "tasks", "results", "checkers")
ENDING = ".xlsx"
# These say what to do whatever file it is; the others speak of a school's own workbook.
_SAID_ALREADY = frozenset({"not_found", "not_readable"})


@dataclass(frozen=True, slots=True)
class MadePacket:
    """A packet and the file that holds it."""

    packet: Packet
    path: Path


@dataclass(frozen=True, slots=True)
class TakenFile:
    """A file that came back and what it gives."""

    path: Path
    taken: PacketTaken


def works_elsewhere(book: Workbook) -> tuple[Work, ...]:
    """Return the works that «Проверяющие» gives to another school. Raises InputError where there are none."""
    from xlpy.exchange.packet import external_works

    works = external_works(actions.ready(book, ("settings", "checkers"))[0]["checkers"])
    if not works:
        raise InputError("packet_none_external", checker=schema.EXTERNAL_CHECKER, sheet=schema.CHECKERS.name)
    return works


def plan_packets(
    book: Workbook, works: Sequence[Work]
) -> tuple[tuple[Packet, ...], tuple[tuple[Work, InputError], ...]]:
    """Return the packets of these works, and the works that can have none, each with its reason."""
    from xlpy.exchange.packet import make_packet

    tables, settings = actions.ready(book, TABLES)
    packets: list[Packet] = []
    refused: list[tuple[Work, InputError]] = []
    for school_class, subject in works:
        try:
            packets.append(make_packet(tables, settings, school_class, subject))
        except InputError as error:
            refused.append(((school_class, subject), error))
    return tuple(packets), tuple(refused)


def write_packets(packets: Sequence[Packet], folder: Path) -> tuple[MadePacket, ...]:
    """Write each packet into a file of its own. Raises SaveError.

    A file that is there already may hold points somebody typed, so it is never replaced: another name is taken,
    unless it is this very packet.
    """
    from xlpy.documents.files import distinct_names, make_folder, write_document
    from xlpy.exchange.packet_write import write_form

    make_folder(folder)
    made = []
    names = distinct_names(packet.file_name for packet in packets)
    for packet, name in zip(packets, names, strict=True):
        data = write_form(packet.form)
        path = _free_place(folder, name, data)
        if not path.exists():
            write_document(path, data)
        made.append(MadePacket(packet, path))
    return tuple(made)


def _free_place(folder: Path, name: str, data: bytes) -> Path:
    """The first name of «… .xlsx», «… (2).xlsx» that is free, or that holds these very bytes."""
    path, number = folder / f"{name}{ENDING}", 2
    while path.exists() and not _holds(path, data):
        path, number = folder / f"{name} ({number}){ENDING}", number + 1
    return path


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def read_packet(path: Path) -> ReadForm:
    """Return a file as a form. Raises WorkbookError or ImportFileError with what is wrong with it."""
    from xlpy.exchange.packet_read import SHEETS, read_form
    from xlpy.workbook.plainbook import read_plain_sheets

    try:
        sheets = read_plain_sheets(path, SHEETS)
    except WorkbookError as error:
        if error.code in _SAID_ALREADY:
            raise
        why = words.BROKEN.get(error.code, words.BROKEN["truncated"])
        raise ImportFileError("packet_broken", path=path.name, why=why) from None
    return read_form(sheets, path.name)


def take_packets(book: Workbook, files: Sequence[Path], existing: Existing) -> tuple[TakenFile, ...]:
    """Return what each file gives, nothing written. Raises where one of them is no packet at all."""
    from xlpy.exchange.packet_match import take_packet

    forms = [(path, read_packet(path)) for path in files]
    tables, settings = actions.ready(book, TABLES)
    taken: list[TakenFile] = []
    earlier: dict[tuple[int, str], Value] = {}
    for path, form in forms:
        one = take_packet(form, path.name, tables, settings, earlier, existing)
        earlier |= one.edits
        taken.append(TakenFile(path, one))
    return tuple(taken)


def write_taken(book: Workbook, taken: Sequence[TakenFile], stamp: Stamp) -> None:
    """Put the points into «Результаты» and a line per file into «Журнал», in one save; nothing where none is new.

    Raises LockedError or SaveError.
    """
    from xlpy.exchange.packet_match import rows_with

    edits = {place: value for one in taken for place, value in one.taken.edits.items()}
    if not edits:
        return
    raw = book.read_tables([schema.RESULTS])[schema.RESULTS.key]
    book.write_table(schema.RESULTS, rows_with(raw, edits))
    for one in taken:
        if one.taken.edits:
            actions.note(book, stamp, "packet_in", outcome_of(one.taken), one.path.name)
    book.save()


def outcome_of(taken: PacketTaken) -> str:
    """One sentence about what a packet gave, for the screen and «Журнал»."""
    work = {"school_class": taken.school_class, "subject": taken.subject}
    if taken.is_refused:
        return words.REFUSED.format(**work)
    said = words.TAKEN.format(
        **work,
        cells=counted(len(taken.edits), *words.CELLS),
        papers=taken.papers,
        kept=words.TAKEN_KEPT.format(kept=taken.kept) if taken.kept else "",
    )
    if not taken.checked_by:
        return said
    # Initials end with the full stop that ends the sentence.
    return said + words.TAKEN_BY.format(people=taken.checked_by[: words.PEOPLE_LIMIT].rstrip(". "))
