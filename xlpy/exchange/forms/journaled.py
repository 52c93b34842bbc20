"""What «Журнал» keeps of a collecting: its counts, the forms that gave something, every difference and its decision."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlpy.exchange.forms.collected import Collected
from xlpy.exchange.forms.differences import Take
from xlpy.exchange.forms.form import Turn
from xlpy.exchange.forms.notes import FormNote, words_of
from xlpy.exchange.forms.returns import State
from xlpy.exchange.forms.told import saved_text, where_of
from xlpy.tables import schema
from xlpy.tables.convert import as_text
from xlpy.tables.merge import positions_of
from xlpy.tables.raw import RawTable
from xlpy.words import collecting as words
from xlpy.words.form_differences import NOBODY
from xlpy.words.grammar import counted

# As `told.saved_text` writes it.
_MOMENT = re.compile(r"\d\d\.\d\d\.\d{4} \d\d:\d\d")
# An outcome and the file it is about.
Line = tuple[str, str]


def summary_of(made: Collected) -> str:
    """One sentence: how many forms, how many cells."""
    forms = counted(len(made.files), *words.FORMS)
    if not made.decided.edits:
        return words.SUMMARY_NOTHING.format(forms=forms)
    return words.SUMMARY.format(forms=forms, cells=counted(len(made.decided.edits), *words.CELLS))


def summary_line(made: Collected, folder: str) -> Line:
    """The line of the collecting itself."""
    unfinished = {State.UNFINISHED, State.READY_UNFINISHED}
    said = words.JOURNAL.format(
        summary=summary_of(made),
        settled=len(made.settled),
        open=len(made.open),
        missing=sum(one.state is State.MISSING for one in made.returns),
        unfinished=sum(one.state in unfinished for one in made.returns),
    )
    return said, folder


def new_lines(made: Collected, journal: RawTable) -> list[Line]:
    """The lines of forms and differences; what is left open or as it is in the workbook is not said twice."""
    lines = [
        (
            words.JOURNAL_FORM.format(
                where=where_of(one.work, Turn.FIRST),
                cells=counted(one.cells, *words.CELLS),
                who=one.form.checker or NOBODY,
                saved=saved_text(one.form.saved),
            ),
            one.form.file,
        )
        for one in made.gave
    ]
    lines += [_line(words.JOURNAL_FORM_TAKEN, note) for _, side, note in made.settled if side is Take.FORM]
    quiet = [_line(words.JOURNAL_WORKBOOK_KEPT, note) for _, side, note in made.settled if side is Take.WORKBOOK]
    quiet += [_line(words.JOURNAL_OPEN, note) for note in _open_notes(made)]
    said = _said(journal) if quiet else set()
    for line in quiet:
        # A form saved again with the same difference in it is no news.
        if _without_moment(line) not in said:
            said.add(_without_moment(line))
            lines.append(line)
    return lines


def _open_notes(made: Collected) -> Sequence[FormNote]:
    return [*(note for _, note in made.open.values()), *made.papers]


def _line(said: str, note: FormNote) -> Line:
    return said.format(message=words_of(note)[0]), note.file


def _said(journal: RawTable) -> set[Line]:
    at = positions_of(schema.JOURNAL, journal.captions)
    outcome, file = at["outcome"], at["file"]
    return {_without_moment((as_text(line[outcome]), as_text(line[file]))) for line in journal.values}


def _without_moment(line: Line) -> Line:
    return _MOMENT.sub("", line[0]), line[1]
