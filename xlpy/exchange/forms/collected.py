"""What came of collecting, nothing written yet: the one function that goes from forms and tables to all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from xlpy.checks.findings import Finding
from xlpy.checks.run import run_checks
from xlpy.exchange.forms.bookrows import folded
from xlpy.exchange.forms.decide import Choice, Decided, decide
from xlpy.exchange.forms.differences import Difference, Take
from xlpy.exchange.forms.form import Turn
from xlpy.exchange.forms.gather import FormFile, Gathered, Printed, Returned, gather
from xlpy.exchange.forms.hand_out import expected_forms
from xlpy.exchange.forms.notes import FormCode, FormNote
from xlpy.exchange.forms.record import Record
from xlpy.exchange.forms.reported import found_in_forms, reported
from xlpy.exchange.forms.returns import Return, notes_of_returns, returns_of
from xlpy.exchange.forms.second import compare
from xlpy.exchange.forms.told import note_of, note_of_paper, notes_of_second, where_of
from xlpy.exchange.forms.voice import PackForm
from xlpy.exchange.forms.weigh import Edits
from xlpy.tables import schema
from xlpy.tables.frames import Table, read_table
from xlpy.tables.merge import positions_of
from xlpy.tables.raw import CellMark, RawTable
from xlpy.tables.settings import Settings


@dataclass(frozen=True, slots=True)
class BookSeen:
    """The workbook as it was read: its typed tables, its settings, and «Результаты» as it stands."""

    tables: Mapping[str, Table]
    settings: Settings
    results: RawTable
    today: date


@dataclass(frozen=True, slots=True)
class FormsSeen:
    """The forms of a folder: what was recognised, what was said of files on the way, files that are no forms.

    `printed`: variants as the forms were handed out with, where that is known.
    """

    folder: str
    forms: Sequence[Returned]
    notes: Sequence[FormNote] = ()
    foreign: Sequence[str] = ()
    printed: Printed | None = None


@dataclass(frozen=True, slots=True)
class Gave:
    """A form that gave cells to the workbook."""

    form: PackForm
    work: tuple[str, str]
    cells: int


@dataclass(frozen=True, slots=True)
class Collected:
    """What came of collecting.

    `open`: differences under their numbers, with their notes; `settled`: those the choice settled, each with the side
    that was taken; `papers`: where the two checks differ; `marks`: the rows for «Замечания».
    """

    files: tuple[FormFile, ...]
    foreign: tuple[str, ...]
    returns: tuple[Return, ...]
    decided: Decided
    open: Mapping[int, tuple[Difference, FormNote]]
    settled: tuple[tuple[Difference, Take, FormNote], ...]
    papers: tuple[FormNote, ...]
    gave: tuple[Gave, ...]
    marks: tuple[CellMark, ...]


def collected(seen: FormsSeen, book: BookSeen, record: Record, choice: Choice) -> Collected:
    """Return all that comes of these forms. Raises InputError for numbers that are not on the list."""
    expected = expected_forms(book.tables, book.settings).forms
    gathered = gather(seen.forms, book.tables, book.results, book.settings, seen.printed or {}, expected)
    decided = decide(gathered.packs, record, choice)
    results = book.tables["results"]
    returns = returns_of(
        expected,
        gathered.packs,
        gathered.works,
        gathered.tasks,
        decided.edits,
        decided.record,
    )
    names = {(pack.work.name, pack.turn): pack.checker for pack in gathered.packs}

    def said(one: Difference, number: int) -> FormNote:
        return note_of(one, number, names.get((one.work, one.turn), ""), gathered.tasks, results)

    still = {number: (one, said(one, number)) for number, one in decided.open.items()}
    papers, waiting = _second_checks(gathered, decided, book.settings)
    notes = [*seen.notes, *gathered.notes, *(note for _, note in still.values()), *papers, *waiting]
    return Collected(
        gathered.files,
        tuple(seen.foreign),
        returns,
        decided,
        still,
        tuple((one, side, said(one, 0)) for one, side in decided.settled),
        tuple(papers),
        _gave(gathered, decided),
        reported(
            [*notes, *notes_of_returns(returns)],
            found_in_forms(results, decided.origins, lambda: _findings(book, decided.edits)),
            seen.foreign,
        ),
    )


def _second_checks(gathered: Gathered, decided: Decided, settings: Settings) -> tuple[list[FormNote], list[FormNote]]:
    """Papers on which the two checks differ; and what else is to be said of second checks."""
    tolerances = settings.whole("task_tolerance") or 0, settings.whole("paper_tolerance") or 0
    differ: list[FormNote] = []
    more: list[FormNote] = []
    for pack in gathered.packs:
        if pack.turn is Turn.FIRST:
            continue
        more += notes_of_second(pack, gathered.tasks)
        if pack.voice is None:
            continue
        tasks = gathered.tasks[folded(pack.work.name)]
        found = compare(pack.voice, pack.work, decided.edits, tasks, tolerances)
        differ += [note_of_paper(pack.work.name, one) for one in found.differing]
        if found.waiting:
            form = pack.voice.newest
            params = {"where": where_of(pack.work.name, Turn.FIRST), "count": len(found.waiting)}
            more.append(FormNote(FormCode.SECOND_WAITS, form.file, form.sheet, "", params))
    return differ, more


def _gave(gathered: Gathered, decided: Decided) -> tuple[Gave, ...]:
    """The forms that gave something, in the order of packs and files."""
    count: dict[int, int] = {}
    for place in decided.edits:
        if place in decided.origins:
            form = decided.origins[place].form
            count[id(form)] = count.get(id(form), 0) + 1
    return tuple(
        Gave(form, pack.work.name, count[id(form)])
        for pack in gathered.packs
        for voice in (*(() if pack.voice is None else (pack.voice,)), *pack.former)
        for form in voice.forms
        if id(form) in count
    )


def _findings(book: BookSeen, edits: Edits) -> Sequence[Finding]:
    """What the rules find in the workbook as it will be."""
    tables = dict(book.tables)
    if edits:
        tables["results"] = read_table(schema.RESULTS, with_edits(book.results, edits))
    return run_checks(tables, book.settings, book.today)


def with_edits(raw: RawTable, edits: Edits) -> RawTable:
    """Return «Результаты» as it stands with these cells written."""
    at = positions_of(schema.RESULTS, raw.captions)
    places = {(row, at[key]): value for (row, key), value in edits.items()}
    values = list(raw.values)
    for row in {row for row, _ in places}:
        values[row - raw.first_row] = list(values[row - raw.first_row])
    for (row, column), value in places.items():
        values[row - raw.first_row][column] = value
    errors = {place: text for place, text in raw.errors.items() if place not in places}
    formulas = {
        column: frozenset(row for row in rows if (row, column) not in places) for column, rows in raw.formulas.items()
    }
    return replace(raw, values=values, errors=errors, formulas=formulas)
