"""Teachers' forms collected into the workbook: read, held against it, written in one save, remembered beside it.

The record goes to the disk after the workbook: should the program die between the two, the next collecting finds the
workbook saying what the forms say, and only remembers it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from xlpy import actions
from xlpy.collected.pause import no_cycles_sought
from xlpy.collected.reading import read_returned
from xlpy.collected.record import printed_in, record_at, remember, turn_at
from xlpy.errors import SaveError
from xlpy.exchange.forms.collected import BookSeen, Collected, collected
from xlpy.exchange.forms.decide import Choice
from xlpy.exchange.forms.differences import Take
from xlpy.exchange.forms.journaled import new_lines, summary_line
from xlpy.exchange.packet_match import rows_with
from xlpy.tables import schema
from xlpy.tables.convert import as_text
from xlpy.words import collecting as words
from xlpy.words import handing_out

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlpy.actions import Advance, Stamp
    from xlpy.exchange.forms.collected import FormsSeen
    from xlpy.exchange.forms.journaled import Line
    from xlpy.tables.frames import Table
    from xlpy.tables.raw import RawTable, Value
    from xlpy.tables.settings import Settings
    from xlpy.workbook.port import Workbook

__all__ = ["Choice", "Done", "Take", "collect", "collect_closed", "forms_folder", "said_shortly"]

TABLES = ("settings", "schedule", "tasks", "results", "checkers")
# How often it is begun anew when another command has saved the workbook meanwhile.
TRIES = 3


@dataclass(frozen=True, slots=True)
class Done:
    """What came of collecting. `is_written`: whether the workbook changed; `troubles`: what could not be remembered."""

    folder: Path
    made: Collected
    is_written: bool
    troubles: tuple[str, ...]


def forms_folder(book_path: Path, settings: Settings) -> Path:
    """Where forms are handed out to and collected from unless the user names another folder."""
    return actions.documents_folder(book_path, settings) / handing_out.FOLDER


def collect(
    book: Workbook, book_path: Path, folder: Path | None, stamp: Stamp, choice: Choice, advance: Advance
) -> Done:
    """Collect the forms of a folder into a workbook, through whatever port it is open.

    Raises InputError for a folder without files or wrong numbers, LockedError or SaveError where nothing was written.
    """
    read = actions.ready(book, TABLES)
    usual = forms_folder(book_path, read[1])
    return _collect(book, book_path, read, _seen(folder or usual, usual, advance), stamp, choice)


def collect_closed(path: Path, folder: Path | None, stamp: Stamp, choice: Choice, advance: Advance) -> Done:
    """As `collect`, on a closed file; begun anew where another command saved the workbook meanwhile."""
    from xlpy.workbook.closed import ClosedWorkbook

    book = ClosedWorkbook(path)
    read = actions.ready(book, TABLES)
    usual = forms_folder(path, read[1])
    seen = _seen(folder or usual, usual, advance)
    for left in reversed(range(TRIES)):
        try:
            return _collect(book, path, read, seen, stamp, choice)
        except SaveError as error:
            if error.code != "changed_on_disk" or not left:
                raise
            book = ClosedWorkbook(path)
            read = actions.ready(book, TABLES)
    raise ValueError(TRIES)


def said_shortly(done: Done) -> list[str]:
    """What came of it in a few sentences, for the panel."""
    from xlpy.exchange.forms.listed import short_lines

    return short_lines(done.made)


def _seen(folder: Path, usual: Path, advance: Advance) -> FormsSeen:
    with no_cycles_sought():
        return replace(read_returned(folder, advance), printed=printed_in((usual, folder)))


def _collect(
    book: Workbook,
    book_path: Path,
    read: tuple[Mapping[str, Table], Settings],
    seen: FormsSeen,
    stamp: Stamp,
    choice: Choice,
) -> Done:
    tables, settings = read
    results = book.read_tables([schema.RESULTS])[schema.RESULTS.key]
    path = actions.documents_folder(book_path, settings) / words.RECORD_FILE
    with turn_at(path):
        record, trouble = record_at(path, settings.text("year"))
        with no_cycles_sought():
            made = collected(seen, BookSeen(tables, settings, results, stamp.today), record, choice)
        is_written = _write(book, results, made, seen.folder, stamp)
        return Done(Path(seen.folder), made, is_written, (*trouble, *remember(path, record, made.decided.record)))


def _write(book: Workbook, results: RawTable, made: Collected, folder: str, stamp: Stamp) -> bool:
    """Put everything into the workbook in one save; nothing where it says all of it already."""
    from xlpy.workbook.marks import finding_rows, kept_marks

    sheets = book.read_tables([schema.FINDINGS, schema.JOURNAL])
    marks = [*kept_marks(sheets[schema.FINDINGS.key])[0], *made.marks]
    is_shown = _shows(sheets[schema.FINDINGS.key], finding_rows(marks))
    lines = new_lines(made, sheets[schema.JOURNAL.key])
    if not made.decided.edits and not lines and not made.settled and is_shown:
        return False
    if made.decided.edits:
        book.write_table(schema.RESULTS, rows_with(results, made.decided.edits))
    if not is_shown:
        book.mark_cells(marks)
    book.append_rows(schema.JOURNAL, [_row(line, stamp) for line in (summary_line(made, folder), *lines)])
    book.save()
    return True


def _shows(raw: RawTable, rows: Sequence[Mapping[str, Value]]) -> bool:
    """Whether «Замечания» says just this already."""
    from xlpy.tables.merge import positions_of

    at = positions_of(schema.FINDINGS, raw.captions)
    held = [[as_text(line[at[column.key]]) for column in schema.FINDINGS.columns] for line in raw.values]
    return held == [[as_text(row[column.key]) for column in schema.FINDINGS.columns] for row in rows]


def _row(line: Line, stamp: Stamp) -> dict[str, Value]:
    outcome, file = line
    return {
        "moment": stamp.moment,
        "person": stamp.person,
        "action": words.ACTION,
        "outcome": outcome,
        "file": file,
    }
