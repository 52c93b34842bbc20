"""Marks of the e-journal taken into «Результаты»: the file read, the plan made, the plan written.

Actions as those of `actions`: each takes an open workbook and says what came of it. Writes take effect at `save`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from xlpy import actions
from xlpy.errors import DiskError, ImportFileError, InputError, WorkbookError
from xlpy.tables import schema
from xlpy.words import journal as words
from xlpy.words.errors import WHY, sentence

if TYPE_CHECKING:
    from xlpy.actions import Stamp
    from xlpy.exchange.journal.choice import Choice
    from xlpy.exchange.journal.export import ExportRead
    from xlpy.exchange.journal.known import Known
    from xlpy.exchange.journal.plan import Existing, JournalPlan
    from xlpy.exchange.journal.rows import BookRow
    from xlpy.exchange.journal.subjects import Subjects
    from xlpy.tables.raw import PlainBook
    from xlpy.workbook.port import Workbook

TABLES = ("settings", "participants", "classes", "schedule", "results")
_MEGABYTE = 1024 * 1024
# A text file of this size holds half a million rows.
TEXT_LIMIT = 64 * _MEGABYTE
FILE_LIMIT = 256 * _MEGABYTE
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4096
_FOREIGN = (b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"GIF8")
_PAGES = (b"<html", b"<table", b"<!doctype html", b"<body", b"<meta")
_XML_TABLE = b"urn:schemas-microsoft-com:office:spreadsheet"


@dataclass(frozen=True, slots=True)
class Export:
    """An e-journal's file as grids."""

    path: Path
    book: PlainBook


@dataclass(frozen=True, slots=True)
class Ground:
    """What the book holds that an export is held against. `memory` are columns remembered by digest of the header."""

    known: Known
    subjects: frozenset[str]
    rows: Mapping[tuple[str, str], Sequence[BookRow]]
    folder: Path
    memory: Mapping[str, Choice]
    vpr_from: date | None


@dataclass(frozen=True, slots=True)
class Understood:
    """An export under a choice of columns. `choice` is the one used; `is_remembered`: part of it is from last time."""

    read: ExportRead
    choice: Choice
    subjects: Subjects
    is_remembered: bool


def read_file(path: Path) -> Export:
    """Return an export, told by its content. Raises InputError with what is wrong with it."""
    data = _bytes(path)
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if data.startswith((_ZIP, _OLE)):
        return Export(path, _spreadsheet(data, path))
    if head.startswith(tuple(mark.lower() for mark in _FOREIGN)) or b"mime-version:" in head[:200]:
        raise ImportFileError("journal_kind", path=path.name)
    if len(data) > TEXT_LIMIT:
        raise ImportFileError("csv_too_large", path=path.name, limit=TEXT_LIMIT // _MEGABYTE)
    return Export(path, _text_book(data, head, path))


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise InputError("journal_folder", path=path.name)
        if path.stat().st_size > FILE_LIMIT:
            raise ImportFileError("csv_too_large", path=path.name, limit=FILE_LIMIT // _MEGABYTE)
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError("not_found", path=path.name) from None
    except OSError:
        raise InputError("not_readable", path=path.name, why=WHY["other"]) from None
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise ImportFileError("journal_empty", path=path.name)
    return data


def _spreadsheet(data: bytes, path: Path) -> PlainBook:
    from xlpy.workbook.anybook import read_any_book

    try:
        return read_any_book(data, path.name)
    except WorkbookError as error:
        why = words.BROKEN.get(error.code, words.BROKEN["truncated"])
        raise ImportFileError("journal_broken", path=path.name, why=why) from None


def _text_book(data: bytes, head: bytes, path: Path) -> PlainBook:
    from xlpy.exchange.journal.csv_grid import csv_book, decoded
    from xlpy.exchange.journal.html_grid import declared_charset, html_book
    from xlpy.exchange.journal.xml_grid import xml_book

    if _XML_TABLE in data[: 4 * _HEAD].lower():
        return xml_book(data, path.name)
    wide = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
    plain = head.replace(b"\x00", b"") if wide or b"\x00" in head else head
    if not any(mark in plain for mark in _PAGES):
        return csv_book(decoded(data, path.name), path.name, path.stem)
    charset = declared_charset(data)
    text = ""
    if charset and not wide:
        # As a browser does: what the page says counts, and one spoilt letter spoils no other.
        with suppress(LookupError):
            text = data.decode(charset, "replace")
    return html_book(text or decoded(data, path.name), path.name, path.stem)


def ground_of(book: Workbook, book_path: Path) -> Ground:
    """Return what the book holds. Raises WorkbookError or InputError where nothing could be taken into it."""
    from xlpy.exchange.journal.choice import LARGEST_MEMORY, read_memory
    from xlpy.exchange.journal.known import known_of
    from xlpy.exchange.journal.rows import rows_of

    tables, settings = actions.ready(book, TABLES)
    rows = rows_of(tables["results"], book.read_tables([schema.RESULTS])[schema.RESULTS.key])
    if not rows:
        raise InputError("journal_no_rows", sheet=schema.RESULTS.name)
    known = known_of(tables)
    folder = actions.documents_folder(book_path, settings)
    memory: Mapping[str, Choice] = {}
    with suppress(OSError):
        file = folder / words.MEMORY_FILE
        memory = read_memory(file.read_bytes()) if file.stat().st_size <= LARGEST_MEMORY else {}
    return Ground(known, known.subjects, rows, folder, memory, settings.date("vpr_from"))


def understand(export: Export, ground: Ground, said: Choice) -> Understood:
    """Return the export read with what people said and, where they did not, what they chose for such a header before.

    Raises ImportFileError for a file without a table, InputError for a column that is not there.
    """
    from xlpy.exchange.journal.choice import remembered

    first = _read(export, ground, said)
    earlier = remembered(ground.memory, first.read.digests)
    known_before = {role: caption for role, caption in earlier.columns.items() if role not in said.columns}
    if known_before or earlier.subjects:
        both = said.over(earlier)
        second = _read(export, ground, both)
        strange = [role for role in second.read.strangers if role in known_before]
        if not strange:
            first = Understood(second.read, both, second.subjects, is_remembered=bool(known_before))
    stranger = next((role for role in first.read.strangers if role in said.columns), None)
    if stranger is not None:
        raise InputError(
            "journal_no_column", path=export.path.name, said=said.columns[stranger], columns=captions_of(first.read)
        )
    if first.read.question is None and not ground.known.has_names and not any(one.code for one in first.read.readings):
        raise InputError(
            "journal_no_names",
            sheet=schema.PARTICIPANTS.name,
            column=schema.PARTICIPANTS.column("pupil").caption,
        )
    return first


def _read(export: Export, ground: Ground, choice: Choice) -> Understood:
    from xlpy.exchange.journal.export import read_export
    from xlpy.exchange.journal.subjects import Subjects

    subjects = Subjects(ground.subjects, dict(choice.subjects))
    read = read_export(export.book, export.path.name, export.path.stem, ground.known, subjects, choice, ground.vpr_from)
    return Understood(read, choice, subjects, is_remembered=False)


def captions_of(read: ExportRead) -> str:
    """The columns a file has, in a list for people."""
    found: dict[str, None] = {}
    for header, _ in read.headers:
        found |= {head.caption: None for head in header.heads}
    if not found and read.question is not None:
        found = dict.fromkeys(read.question.options)
    shown = [f"«{caption}»" for caption in [*found][: words.SHOWN_COLUMNS]]
    return ", ".join(shown) + (" …" if len(found) > words.SHOWN_COLUMNS else "")


def plan_of(understood: Understood, ground: Ground, existing: Existing) -> JournalPlan:
    """Return what the export changes; nothing is written."""
    from xlpy.exchange.journal.plan import make_plan

    return make_plan(understood.read.readings, ground.rows, ground.known, understood.subjects, existing)


def write_plan(book: Workbook, plan: JournalPlan, ground: Ground, file: Path, stamp: Stamp) -> None:
    """Put the marks into «Результаты» and a line into «Журнал», in one save; nothing where none is new.

    The line counts and names nobody. Raises LockedError or SaveError.
    """
    from xlpy.exchange.journal.known import holds_name
    from xlpy.exchange.packet_match import rows_with

    if not plan.edits:
        return
    raw = book.read_tables([schema.RESULTS])[schema.RESULTS.key]
    book.write_table(schema.RESULTS, rows_with(raw, plan.edits))
    name = words.HIDDEN_NAME if holds_name(file.stem, ground.known) else file.name
    actions.note(book, stamp, "journal", outcome_of(plan), name)
    book.save()


def outcome_of(plan: JournalPlan) -> str:
    """One sentence about what was written, for «Журнал»."""
    return words.OUTCOME.format(
        written=len(plan.edits),
        new=plan.new,
        replaced=plan.replaced,
        same=plan.same,
        kept=plan.changed - plan.replaced,
    )


def remember(ground: Ground, read: ExportRead, choice: Choice) -> str:
    """Keep the chosen columns for the next file with such a header; return what hindered it, "" where nothing did.

    A class or a subject said of the whole file is this file's only, so it is not kept.
    """
    from xlpy.documents.files import make_folder, write_document
    from xlpy.exchange.journal.choice import write_memory
    from xlpy.exchange.journal.export import lasting

    kept = lasting(choice, read)
    memory = {**ground.memory, **dict.fromkeys(read.digests, kept)}
    if not (kept.columns or kept.subjects) or memory == dict(ground.memory):
        return ""
    try:
        make_folder(ground.folder)
        write_document(ground.folder / words.MEMORY_FILE, write_memory(memory))
    except DiskError as error:
        return words.NOT_REMEMBERED.format(why=sentence(error))
    return ""
