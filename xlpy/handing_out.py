"""Forms handed out to checkers: made where they are new or changed, taken back where they are nobody's any more.

An action as those of `actions`. What one form meets hinders no other, and what is made is made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from xlpy import actions
from xlpy.errors import DiskError, InputError, XlpyError
from xlpy.exchange.forms.form import Identity
from xlpy.exchange.forms.hand_out import HandOut, expected_forms, own_school_keys
from xlpy.exchange.forms.versions import Issued, pack_of
from xlpy.handed.dealing import deal, take_back
from xlpy.handed.outcome import Dealt, Fate, HandedOut, Hindered, TakenBack
from xlpy.handed.shelf import Shelf, turn_at
from xlpy.tables.normalise import fold
from xlpy.words import handing_out as words
from xlpy.words.errors import sentence

if TYPE_CHECKING:
    from xlpy.actions import Advance, Stamp
    from xlpy.tables.settings import Settings
    from xlpy.workbook.port import Workbook

TABLES = ("settings", "schedule", "tasks", "scales", "results", "checkers")
ACTION = "forms"


def forms_folder(book_path: Path, settings: Settings, out: Path | None) -> Path:
    """Where forms go: the folder the user named, else «Формы» beneath that of documents. Raises InputError."""
    folder = actions.documents_folder(book_path, settings) / words.FOLDER if out is None else out
    if folder.exists() and not folder.is_dir():
        raise InputError("not_folder", path=str(folder))
    return folder


def hand_out(book: Workbook, book_path: Path, out: Path | None, stamp: Stamp, advance: Advance) -> HandedOut:
    """Bring the folder of forms up to date with the workbook, and note in «Журнал» what was done, if anything was.

    `advance` is told how many of how many forms are seen to. Raises WorkbookError and InputError as every action,
    LockedError while another command hands out into the folder, SaveError where nothing can be written there.
    """
    tables, settings = actions.ready(book, TABLES)
    expected = expected_forms(tables, settings)
    folder = forms_folder(book_path, settings, out)
    if not expected.forms and not folder.exists():
        return HandedOut(folder, (), (), (), expected.refused)
    with turn_at(folder):
        shelf = Shelf(folder, own_school_keys(settings))
        seen: list[Dealt | TakenBack | Hindered] = []
        try:
            seen += _see_to(expected, shelf, advance)
        finally:
            unrecorded = _recorded(shelf)
    handed = HandedOut(
        folder,
        tuple(one for one in seen if isinstance(one, Dealt)),
        tuple(one for one in seen if isinstance(one, TakenBack)),
        tuple(one for one in seen if isinstance(one, Hindered)),
        expected.refused,
        unrecorded,
    )
    return replace(handed, unnoted=_noted(book, stamp, handed))


def _see_to(expected: HandOut, shelf: Shelf, advance: Advance) -> Iterator[Dealt | TakenBack | Hindered]:
    """See to one form after another: first those that are nobody's any more, for their names become free."""
    nobodys = _nobodys(expected, shelf)
    total = len(nobodys) + len(expected.forms)
    steps: list[tuple[Identity, Callable[[], Dealt | TakenBack | None]]] = [
        *((issued.identity, partial(take_back, issued, shelf)) for issued in nobodys),
        *((form.identity, partial(deal, form, shelf)) for form in expected.forms),
    ]
    for done, (identity, step) in enumerate(steps, start=1):
        try:
            seen = step()
        except DiskError as error:
            yield Hindered(identity, error)
        else:
            if seen is not None:
                yield seen
        advance(done, total)


def _nobodys(expected: HandOut, shelf: Shelf) -> list[Issued]:
    """Forms that lie there and that nobody is to have: of works that are not there any more, or without a checker."""
    wanted = {pack_of(form.identity) for form in expected.forms}
    waiting = {(fold(one.work[0]), fold(one.work[1]), one.turn) for one in expected.refused if not one.why.takes_back}
    return [
        issued
        for pack, issued in shelf.issued.items()
        if issued.file and pack not in wanted and not (pack[0] == expected.year and pack[1:] in waiting)
    ]


def _recorded(shelf: Shelf) -> str:
    """Write the record; return what hindered it. Without it, the forms themselves say which they are."""
    try:
        shelf.write_record()
    except DiskError as error:
        return sentence(error)
    return ""


def _noted(book: Workbook, stamp: Stamp, handed: HandedOut) -> str:
    """Put a line into «Журнал» where anything was done; return what hindered it. The forms are there already."""
    if not handed.made and not handed.taken_back:
        return ""
    try:
        actions.note(book, stamp, ACTION, outcome_of(handed), str(handed.folder))
        book.save()
    except XlpyError as error:
        return sentence(error)
    return ""


def outcome_of(handed: HandedOut) -> str:
    """One sentence that counts what became of the forms, for the screen and «Журнал»."""
    fates = Counter(dealt.fate for dealt in handed.dealt)
    counts = (
        (words.COUNTED_NEW, fates[Fate.NEW] + fates[Fate.AGAIN]),
        (words.COUNTED_RENEWED, fates[Fate.RENEWED] + fates[Fate.PASSED_ON]),
        (words.COUNTED_SAME, fates[Fate.SAME]),
        (words.COUNTED_TAKEN_BACK, len(handed.taken_back)),
        (words.COUNTED_HINDERED, len(handed.hindered)),
    )
    said = ", ".join(phrase.format(count=count) for phrase, count in counts if count)
    return words.OUTCOME.format(counts=said) if said else words.OUTCOME_NONE


def troubles_of(handed: HandedOut) -> list[str]:
    """What could not be done and why, in sentences: for where there is no room for all that is to be given."""
    from xlpy.handed.telling import trouble_lines

    return [line.strip() for line in trouble_lines(handed)]
