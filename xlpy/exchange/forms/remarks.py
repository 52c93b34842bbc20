"""What is said of the columns and rows of a form that are not certain. What is many times the same is said once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from xlpy.exchange.forms.columns import FormColumns
from xlpy.exchange.forms.form import FormTask, task_labels
from xlpy.exchange.forms.meanings import Meaning, Role
from xlpy.exchange.forms.notes import FormCode, FormNote
from xlpy.exchange.forms.places import Places
from xlpy.exchange.forms.recognise import FormGrid
from xlpy.exchange.forms.rows import PaperRow
from xlpy.exchange.forms.strays import columns_with_numbers
from xlpy.tables.addresses import address
from xlpy.words import form_notes as words
from xlpy.words import forms as form_words

# So many alike are said one by one.
MOST = 3


def alike(count: int, what: str) -> str:
    """The piece of a sentence that says for how many it stands; "" for one."""
    return words.ALIKE[what].format(count=count) if count > 1 else ""


def gathered(notes: Sequence[FormNote], what: str, of: int = 0) -> list[FormNote]:
    """The notes, or the first for all where they are many and most `of` those that might have one.

    They are of one code, whose words take `alike`.
    """
    if len(notes) <= MOST or len(notes) * 2 < of:
        return [_with(note, {"alike": ""}) for note in notes]
    return [_with(notes[0], {"alike": alike(len(notes), what)})]


def _with(note: FormNote, params: Mapping[str, object]) -> FormNote:
    return FormNote(note.code, note.file, note.sheet, note.cell, {**note.params, **params})


def column_notes(
    grid: FormGrid, columns: FormColumns, tasks: Sequence[FormTask], places: Places, papers: Sequence[PaperRow]
) -> list[FormNote]:
    """Notes about columns that are not certain, are gone, or were understood though their header is changed."""
    if columns.is_whole and not columns_with_numbers(grid, columns, papers):
        return []
    labels: dict[Meaning, str] = dict(zip(tasks, task_labels(tasks), strict=True))
    labels |= {Role.CODE: form_words.CODE, Role.AGAIN: form_words.CODE, Role.VARIANT: form_words.VARIANT}
    gone = places.gone
    numbers = columns_with_numbers(grid, columns, papers) if columns.tasks else {}
    lost = {at: _sorted(meant) for at, meant in columns.lost.items()} | (dict.fromkeys(numbers, gone) if gone else {})
    unclear = [_lost(grid, at, [labels[task] for task in meant]) for at, meant in sorted(lost.items())]
    notes = gathered(unclear, "columns", len(tasks))
    missing = [labels[task] for task in gone] if len(gone) > len(numbers) else []
    missing += [] if Role.VARIANT in columns.other else [form_words.VARIANT]
    if missing:
        notes.append(_header_note(grid, FormCode.MISSING_TASK, 0, {"labels": words.BETWEEN.join(missing)}))
    notes += [
        _header_note(grid, FormCode.TASK_TWICE, ats[-1], {"label": labels[task]})
        for task, ats in places.differing.items()
    ]
    notes += gathered(
        [
            _header_note(grid, FormCode.RECOVERED_COLUMN, at, {"label": labels[meant]})
            for at, meant in sorted(columns.recovered.items())
            if meant in labels
        ],
        "columns",
    )
    if not gone:
        notes += [_unnamed(grid, at, rows) for at, rows in numbers.items() if at not in columns.named]
    return notes


def _sorted(meant: Iterable[FormTask]) -> list[FormTask]:
    return sorted(meant, key=lambda task: task.number)


def _lost(grid: FormGrid, at: int, labels: Sequence[str]) -> FormNote:
    perhaps = words.PERHAPS.format(labels=words.BETWEEN.join(labels)) if 0 < len(labels) <= MOST else ""
    return _header_note(grid, FormCode.LOST_COLUMN, at, {"perhaps": perhaps})


def _header_note(grid: FormGrid, code: FormCode, at: int, params: Mapping[str, object]) -> FormNote:
    row = grid.block.label_row or grid.block.key_row or grid.block.first
    return FormNote(code, grid.file, grid.sheet, address(row, at + 1), params)


def _unnamed(grid: FormGrid, at: int, rows: Sequence[int]) -> FormNote:
    params = {"what": words.STRAY["unnamed"], "alike": alike(len(rows), "cells")}
    return FormNote(FormCode.STRAY_CELL, grid.file, grid.sheet, address(rows[0], at + 1), params)


def missing_papers(grid: FormGrid, codes: Iterable[str], there: set[str]) -> list[FormNote]:
    """A note about the papers of the work that have no row in the form."""
    missing = sorted(set(codes) - there)
    if not missing:
        return []
    shown = words.BETWEEN.join(missing[:_SHOWN_CODES])
    more = words.MORE.format(count=len(missing) - _SHOWN_CODES) if len(missing) > _SHOWN_CODES else ""
    return [FormNote(FormCode.MISSING_PAPER, grid.file, grid.sheet, "", {"codes": shown + more})]


_SHOWN_CODES = 5
