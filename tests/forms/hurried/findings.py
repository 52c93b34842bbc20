"""Findings as a person sees them on «Замечания», and which of them name a value that was not taken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineWorkbook

from tests.forms.hurried.ledger import Entry
from tests.forms.hurried.oracle import Status

# Codes that refuse a whole form.
_WHOLE = frozenset({"FRM-01", "FRM-02", "FRM-03", "FRM-04", "FRM-05", "FRM-06", "FRM-07", "FRM-43"})
# Codes that only tell what was understood all the same.
_UNDERSTOOD = frozenset({"RES-15", "FRM-13", "FRM-24", "FRM-08", "FRM-09", "FRM-44", "FRM-51", "FRM-52", "RES-08"})
_OF_ROWS = frozenset({"FRM-20", "FRM-21", "FRM-22", "FRM-23", "FRM-26", "FRM-30", "RES-09", "GEN-06"})
_OF_COLUMNS = frozenset({"FRM-10", "FRM-11", "FRM-12", "FRM-14"})
_LISTING = frozenset({"FRM-22", "FRM-30"})
_DIFFERS = frozenset({"FRM-40", "FRM-41", "FRM-45"})


@dataclass(frozen=True, slots=True)
class Note:
    """A row of «Замечания»."""

    rule: str
    file: str
    sheet: str
    cell: str
    said: str


def findings_of(book: Path) -> list[Note]:
    """The rows of «Замечания», as a person finds them there."""
    rows = CalamineWorkbook.from_path(str(book)).get_sheet_by_name("Замечания").to_python(skip_empty_area=False)
    head = next(at for at, row in enumerate(rows) if "Правило" in row)
    at = {caption: rows[head].index(caption) for caption in ("Правило", "Лист", "Ячейка", "Что не так", "Что сделать")}
    notes = []
    for row in rows[head + 1 :]:
        place = str(row[at["Ячейка"]])
        sheet, _, cell = place.rpartition("!") if "!" in place else (place, "", "")
        said = f"{row[at['Что не так']]} {row[at['Что сделать']]}"
        notes.append(Note(str(row[at["Правило"]]), str(row[at["Лист"]]), sheet, cell, said))
    return notes


def speaks_of(note: Note, parts: Sequence[str]) -> bool:
    """Whether a finding is of this file, or of what lies in this letter or archive."""
    file = note.file.replace("\\", "/")
    return file == parts[0] if len(parts) == 1 else file.startswith(parts[0]) and file.endswith(parts[1])


def tells_difference(note: Note, entry: Entry) -> bool:
    """Whether a finding says that the workbook or another form holds something else."""
    cells = entry.own | entry.codes
    return note.rule in _DIFFERS and note.sheet == entry.sheet and (note.cell in cells or not note.cell)


def names(note: Note, entry: Entry, label: str) -> bool:
    """Whether a finding names a value: by its cell, its row's code, its column's header, or the form as a whole."""
    if note.rule in _WHOLE:
        return True
    if note.rule in _UNDERSTOOD:
        return False
    if note.sheet == entry.sheet:
        listed = set(re.findall(r"[A-Z]{1,3}\d+", note.said)) if note.rule in _LISTING else set()
        cells = {note.cell} | listed
        if not cells.isdisjoint(entry.own):
            return True
        if note.rule in _OF_ROWS and not cells.isdisjoint(entry.codes):
            return True
        if note.rule in _OF_COLUMNS and not cells.isdisjoint(entry.heads):
            return True
    return _misses(note, entry, label)


def _misses(note: Note, entry: Entry, label: str) -> bool:
    """Whether a finding says that the column of this task, or the row of this paper, is not in the form."""
    if note.rule in {"FRM-10", "FRM-11", "FRM-12"}:
        return label in note.said
    if note.rule == "FRM-23":
        return entry.status is Status.GONE
    return note.rule == "FRM-25" and (entry.meant.code in note.said or (entry.status is Status.GONE and _is_cut(note)))


def _is_cut(note: Note) -> bool:
    """Whether a long list of codes ends with «и ещё …»."""
    return "и ещё" in note.said


def without_counted(unnamed: Sequence[Entry], notes: Sequence[Note]) -> list[Entry]:
    """Entries that no finding stands for: one finding may stand for many lines of a sheet, and then it counts them."""
    left = list(unnamed)
    for sheet in {entry.sheet for entry in unnamed}:
        for word, is_row in (("строк", True), ("столбцов", False)):
            counted = sum(_more(note, word) for note in notes if note.sheet == sheet and note.rule not in _UNDERSTOOD)
            lines = {entry.line for entry in left if entry.sheet == sheet and entry.line.isdigit() is is_row}
            if len(lines - {""}) <= counted:
                left = [entry for entry in left if entry.sheet != sheet or entry.line not in lines - {""}]
    return left


def _more(note: Note, word: str) -> int:
    """For how many lines a finding stands besides the one it names."""
    found = re.search(rf"Таких {word}: (\d+)", note.said)
    return int(found[1]) - 1 if found else 0
