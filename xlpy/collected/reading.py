"""The files of a folder read as forms: what they hold, and one sentence about each that is none or cannot be read."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from xlpy.errors import InputError, LockedError, XlpyError
from xlpy.words import collecting as words
from xlpy.words import handing_out
from xlpy.words.errors import sentence

if TYPE_CHECKING:
    from xlpy.actions import Advance
    from xlpy.exchange.forms.collected import FormsSeen
    from xlpy.exchange.forms.gather import Returned
    from xlpy.exchange.forms.notes import FormNote
    from xlpy.exchange.forms.recognise import FormGrid
    from xlpy.tables.raw import PlainBook
    from xlpy.workbook.formfiles import FoundFile, UnreadFile

# Documents of other kinds are no broken forms.
_NO_FORM = frozenset({"not_a_workbook", "old_format", "other_format"})
_NO_FOLDER = frozenset({"folder_gone", "too_many_files"})
_OURS = frozenset({words.RECORD_FILE, handing_out.RECORD})
# A form's file holds this as the time of its making where no program has saved it since.
_EARLIEST = datetime(2000, 1, 2)  # noqa: DTZ001 - workbooks know no time zones


def read_returned(folder: Path, advance: Advance) -> FormsSeen:
    """Return the forms below a folder. Raises InputError where there is no such folder, or nothing in it."""
    from xlpy.exchange.forms.collected import FormsSeen
    from xlpy.exchange.forms.notes import FormCode, FormNote
    from xlpy.exchange.forms.recognise import recognise

    forms: list[Returned] = []
    notes: list[FormNote] = []
    foreign: list[str] = []
    count, total = 0, _count(folder)
    for count, found in enumerate(_files(folder), start=1):
        advance(count, max(total, count))
        try:
            opened = _opened(found)
        except XlpyError as error:
            if error.code in _NO_FOLDER:
                # Forms that could not be reached are not missing: nothing is said or written by halves.
                raise
            if error.code in _NO_FORM:
                foreign.append(found.name)
            else:
                notes.append(FormNote(FormCode.UNREADABLE, found.name, params=_why(error)))
            continue
        if opened is None:
            foreign.append(found.name)
            continue
        file, book = opened
        known = recognise(book, file.name)
        if not known.grids and all(note.code is FormCode.NOT_A_FORM for note in known.notes):
            foreign.append(file.name)
            continue
        notes += known.notes
        forms += _returned(known.grids, _saved(book.saved, file.path))
        if file.held_by is not None:
            notes.append(FormNote(FormCode.OPEN_ELSEWHERE, file.name, params={"who": _who(file.held_by)}))
    if not count:
        raise InputError("collect_no_files", path=str(folder))
    return FormsSeen(str(folder), tuple(forms), tuple(notes), tuple(foreign))


def _files(folder: Path) -> Iterator[FoundFile | UnreadFile]:
    from xlpy.workbook.formfiles import found_files

    if not folder.exists():
        raise InputError("collect_no_folder", path=str(folder))
    for found in found_files(folder):
        if Path(found.name).name not in _OURS:
            yield found


def _count(folder: Path) -> int:
    """About how many files there are, for who watches; letters and archives hold more."""
    return sum(len(files) for _, _, files in os.walk(folder))


def _opened(found: FoundFile | UnreadFile) -> tuple[FoundFile, PlainBook] | None:
    """The file with what it holds, None where it cannot be a form. Raises what hinders reading it."""
    from xlpy.workbook.anybook import read_any_book
    from xlpy.workbook.containers import is_bookish
    from xlpy.workbook.formfiles import UnreadFile

    if isinstance(found, UnreadFile):
        raise found.error
    if found.data and not is_bookish(found.data):
        return None
    return found, read_any_book(found.data, found.name)


def _returned(grids: Sequence[FormGrid], saved: datetime | None) -> list[Returned]:
    from xlpy.exchange.forms.gather import Returned

    return [Returned(grid, saved) for grid in grids]


def _saved(said: datetime | None, path: Path) -> datetime | None:
    """When a form was saved: what its file says, else what the disk says of the file."""
    if said is not None and said >= _EARLIEST:
        return said
    try:
        return datetime.fromtimestamp(path.stat().st_mtime).replace(microsecond=0)  # noqa: DTZ006 - as above
    except (OSError, OverflowError, ValueError):
        return None


def _why(error: XlpyError) -> dict[str, object]:
    why, mend = words.UNREAD.get(error.code, words.UNREAD_OTHER)
    return {"why": why.format(why=sentence(error)), "mend": mend}


def _who(held: LockedError) -> str:
    return words.OPEN_BY.format(who=held.params["who"], program=held.params["program"])
