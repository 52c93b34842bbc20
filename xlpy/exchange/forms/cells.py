"""What people typed into a form: every cell that certainly means something, and notes about all that does not.

For whoever collects: the parts of the judgement stand in `columns`, `rows`, `places`, `reading` and `strays`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from xlpy.exchange.forms.columns import FormColumns, Place, columns_of, headed, other_header
from xlpy.exchange.forms.form import FormTask
from xlpy.exchange.forms.judged import JudgedCell, JudgedForm, JudgedRow
from xlpy.exchange.forms.meanings import Role
from xlpy.exchange.forms.notes import FormCode, FormNote
from xlpy.exchange.forms.places import Places, merged_cells, odd_cells, places_of
from xlpy.exchange.forms.reading import Reader, RowFound, note_at, read_row, ways_of
from xlpy.exchange.forms.recognise import FormGrid
from xlpy.exchange.forms.remarks import column_notes, gathered, missing_papers
from xlpy.exchange.forms.repeats import each_once
from xlpy.exchange.forms.rows import Doubt, DoubtfulRow, FormRows, PaperRow, code_in, known_codes, rows_of
from xlpy.exchange.forms.strays import (
    is_maxima,
    is_points,
    shifted_right,
    shifted_rows,
    value_at,
    wrong_total,
)
from xlpy.tables.addresses import address
from xlpy.tables.convert import is_empty
from xlpy.tables.raw import Value
from xlpy.words import form_notes as words

__all__ = ["JudgedCell", "JudgedForm", "JudgedRow", "judge"]

Unsure = set[tuple[str, str]]


def judge(grid: FormGrid, tasks: Sequence[FormTask], codes: Collection[str], year: str) -> JudgedForm:
    """Return what a form certainly says of the works with these codes, and notes about the rest. Never raises.

    `year` is the school year, by which «не пройд.» may be typed or not.
    """
    as_came, grid = grid, headed(grid, tasks)
    columns = columns_of(grid, tasks)
    whole = grid
    other = other_header(grid, columns, tasks)
    if other is not None:
        grid = replace(grid, block=replace(grid.block, last=other[0] - 1))
    known = known_codes(codes)
    rows = rows_of(grid, columns, known)
    places = places_of(grid, columns, tasks, rows.papers)
    reader = _reader(grid, columns, places, rows, year)
    found = {paper.row: read_row(reader, paper.row) for paper in rows.papers}
    notes = column_notes(grid, columns, tasks, places, rows.papers)
    unsure = _doubted(grid, places, rows.papers)
    moved, moved_notes = _moved(reader, columns, rows.papers, found)
    kept, twice_notes = each_once(grid, places, rows, found)
    notes += _row_notes(reader, columns, rows, moved_notes) + twice_notes + _cell_notes(found.values())
    taken: dict[str, JudgedRow] = {}
    for paper in rows.papers:
        code, one = paper.code, found[paper.row]
        is_kept = paper.row in kept and paper.row not in moved
        if one.unsure or not is_kept:
            unsure.update((code, key) for key in (one.unsure if is_kept else one.filled))
        if is_kept and code not in taken:
            taken[code] = JudgedRow(code, paper.row, address(paper.row, paper.column + 1), one.cells)
    for row in rows.doubtful:
        unsure.update((code, place.key) for code in row.codes for place in _filled(reader, row.row))
    beneath = _beneath(whole, columns, known, other)
    unsure.update((code, place.key) for code in beneath for place in places.read)
    if other is not None and (
        beneath or any(_filled(reader, row) for row in range(other[0] + 1, whole.block.last + 1))
    ):
        cell = address(other[0], other[1] + 1)
        notes.append(note_at(grid, FormCode.LOST_COLUMN, cell, {"perhaps": "", "alike": ""}))
    there = beneath | {paper.code for paper in rows.papers} | {code for row in rows.doubtful for code in row.codes}
    # Where most codes are strange, that is said once, and says this too.
    if not any(note.code is FormCode.UNKNOWN_CODE and note.params["alike"] for note in notes):
        notes += missing_papers(grid, codes, there)
    letters = {place.key: place.at + 1 for place in places.read}
    return JudgedForm(as_came, taken, letters, frozenset(unsure), tuple(notes))


def _beneath(
    grid: FormGrid, columns: FormColumns, known: Mapping[Value, str], other: tuple[int, int] | None
) -> set[str]:
    """The papers under a header that says another thing than the first: nothing is certain there."""
    if other is None:
        return set()
    lines = grid.plain.values[other[0] : grid.block.last]
    cells = (line[at] for line in lines for at in columns.codes if at < len(line))
    return {code for code in (code_in(cell, known) for cell in cells) if code is not None}


def _reader(grid: FormGrid, columns: FormColumns, places: Places, rows: FormRows, year: str) -> Reader:
    merged = merged_cells(grid, places, columns, rows)
    odd = frozenset(row for row, _ in (*odd_cells(grid, places.read), *merged))
    tasks = tuple(place for place in places.read if place.task is not None)
    width = max((place.at + 1 for place in places.read), default=0)
    return Reader(grid, places.read, odd, merged, year, tasks, ways_of(places.read), width)


def _doubted(grid: FormGrid, places: Places, papers: Iterable[PaperRow]) -> Unsure:
    """Papers and tasks for which something stands in a column that is not certain."""
    if not places.doubted:
        return set()
    return {
        (paper.code, task.key)
        for paper in papers
        for at, tasks in places.doubted.items()
        if not is_empty(value_at(grid, paper.row, at))
        for task in tasks
    }


def _moved(
    reader: Reader, columns: FormColumns, papers: Sequence[PaperRow], found: Mapping[int, RowFound]
) -> tuple[set[int], list[FormNote]]:
    """Rows whose points seem to stand beside where they belong, and what is said of them and of odd totals."""
    grid = reader.grid
    total = columns.other.get(Role.POINTS, 0)
    beside = shifted_rows(reader, columns, papers, found)
    if beside is not None:
        cell = address(beside, reader.tasks[0].at + 1)
        rows = {paper.row for paper in papers if found[paper.row].filled}
        return rows, gathered([_stray(grid, cell, "rows")], "rows")
    # A total that is still a formula says nothing.
    typed = [paper for paper in papers if (paper.row, total + 1) not in grid.plain.formulas]
    right = [paper.row for paper in typed if shifted_right(reader, columns, paper, found[paper.row])]
    wrong = [
        paper.row for paper in typed if paper.row not in right and wrong_total(reader, columns, paper, found[paper.row])
    ]
    notes = gathered([_stray(grid, address(row, total + 1), "right") for row in right], "rows", len(papers))
    notes += gathered([_stray(grid, address(row, total + 1), "total") for row in wrong], "rows")
    return set(right), notes


def _stray(grid: FormGrid, cell: str, what: str) -> FormNote:
    return note_at(grid, FormCode.STRAY_CELL, cell, {"what": words.STRAY[what]})


def _filled(reader: Reader, row: int) -> list[Place]:
    """Columns in which anything stands in a row."""
    errors = reader.grid.plain.errors
    return [
        place
        for place in reader.places
        if (row, place.at + 1) in errors or not is_empty(value_at(reader.grid, row, place.at))
    ]


def _row_notes(reader: Reader, columns: FormColumns, rows: FormRows, moved: Sequence[FormNote]) -> list[FormNote]:
    """Notes about rows with points that are not certainly a paper."""
    grid = reader.grid
    codes = {
        Doubt.UNKNOWN: FormCode.UNKNOWN_CODE,
        Doubt.NO_CODE: FormCode.NO_CODE,
        Doubt.APART: FormCode.CODES_APART,
    }
    by_doubt: dict[Doubt, list[FormNote]] = {doubt: [] for doubt in Doubt}
    beside = {note.cell for note in moved}
    for row in rows.doubtful:
        if not _tells(reader, columns, row, beside):
            continue
        params = {"code": row.shown} if row.why is Doubt.UNKNOWN else {}
        by_doubt[row.why].append(note_at(grid, codes[row.why], address(row.row, row.column + 1), params))
    recovered = [
        note_at(grid, FormCode.RECOVERED_CODE, address(paper.row, paper.column + 1), {"code": paper.code})
        for paper in rows.papers
        if paper.is_recovered and _filled(reader, paper.row)
    ]
    most = len(rows.papers) + sum(map(len, by_doubt.values()))
    doubts = [note for notes in by_doubt.values() for note in gathered(notes, "rows", most)]
    return [*doubts, *gathered(recovered, "rows"), *moved]


def _tells(reader: Reader, columns: FormColumns, row: DoubtfulRow, beside: Collection[str]) -> bool:
    """Whether a row that is not certainly a paper holds what may be one's points."""
    if row.why is not Doubt.NO_CODE:
        return bool(_filled(reader, row.row))
    formulas = reader.grid.plain.formulas
    if row.row < min(reader.grid.block.headers, default=0):
        return False
    if any(place.letters + str(row.row) in beside for place in reader.tasks[:1]):
        return False
    return not is_maxima(reader, columns, row.row) and any(
        is_points(reader, place, value_at(reader.grid, row.row, place.at)) and (row.row, place.at + 1) not in formulas
        for place in reader.tasks
    )


def _cell_notes(found: Iterable[RowFound]) -> list[FormNote]:
    """Notes about cells, each; of what was only spelled otherwise the first of each spelling."""
    notes: list[FormNote] = []
    seen: set[tuple[str, str]] = set()
    for one in found:
        for note in one.notes:
            if note.code is FormCode.RESPELLED:
                meant = note.params["meant"]
                spelling = ("", "") if isinstance(meant, int) else (str(note.params["written"]), str(meant))
                if spelling in seen:
                    continue
                seen.add(spelling)
            if note.code is FormCode.MERGED:
                cells = "merged", str(note.params["cells"])
                if cells in seen:
                    continue
                seen.add(cells)
            notes.append(note)
    return notes
