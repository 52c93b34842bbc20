"""Which forms a workbook file holds: where each stands, of which work it is, and whether its checker says it is ready.

Takes nothing from the cells yet and opens no file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from xlpy.exchange.forms import layout
from xlpy.exchange.forms.form import Identity, Turn, identity_of_properties
from xlpy.exchange.forms.heads import Block, blocks_of
from xlpy.exchange.forms.notes import FormCode, FormNote
from xlpy.exchange.forms.said import checker_on, identity_of_help, ready_marks
from xlpy.exchange.forms.sharing import Place, sharing
from xlpy.tables.convert import as_number
from xlpy.tables.normalise import fold
from xlpy.tables.raw import PlainBook, PlainSheet, Value
from xlpy.words import form_notes
from xlpy.words import forms as words

_HELP_SHEET, _WORK_SHEET = fold(words.HELP_SHEET), fold(words.WORK_SHEET)
_OUR_CAPTIONS = frozenset(
    fold(caption) for caption in (words.PILE, words.CODE, words.VARIANT, words.POINTS, words.MARK)
)
# The scale of marks and the maxima are rows of numbers too.
_FEWEST_PAPERS = 3
# The people and the state stand so many rows over the identity line.
_OVER_LINE = layout.IDENTITY_ROW - layout.PEOPLE_ROW


@dataclass(frozen=True, slots=True)
class FormGrid:
    """A form as it stands on a sheet of a file, nothing judged.

    `identity` is None where nothing says of which work it is: nothing may be taken from it then, and a note says so.
    `plain` and `block` are what `judge` reads.
    """

    file: str
    sheet: str
    identity: Identity | None
    is_ready: bool
    plain: PlainSheet
    block: Block


@dataclass(frozen=True, slots=True)
class Recognised:
    """The forms of a file, in the order of its sheets, and what is to be said of the file itself."""

    grids: tuple[FormGrid, ...]
    notes: tuple[FormNote, ...]


def recognise(book: PlainBook, file: str) -> Recognised:
    """Return the forms that a file holds; `file` names it in notes. Never raises.

    The visible line counts before the document properties, these before what the help sheet says.
    """
    places = [(sheet, block) for sheet in book.sheets for block in blocks_of(sheet)]
    held = identity_of_properties(book.properties)
    standing = [place for place in places if place[1].has_header]
    loose = [place for place in places if not place[1].has_header and place[1].said is not None]
    has_line = any(block.said is not None for _, block in standing)
    # Most forms have their line where it belongs; then nothing else is asked.
    of_file = None if has_line and all(block.said for _, block in standing) else _of_file(book, loose, held)
    is_known = has_line or of_file is not None
    # A sheet beside the form may have a table of its own under some of the captions.
    ours = standing if all(map(_is_ours, standing)) else [place for place in standing if _is_ours(place)]
    heads = {id(block) for _, block in ours or (standing if is_known else [])}
    standing = [place for place in places if id(place[1]) in heads or _is_bare(place)]
    standing = standing or (_headless(book, loose) if is_known else [])
    if not standing:
        return Recognised((), (FormNote(FormCode.NOT_A_FORM, file),))
    shared = sharing(standing, of_file)
    grids = tuple(_grid(place, file, of_file if place in shared else None, held) for place in standing)
    return Recognised(grids, tuple(note for grid in grids for note in _notes(grid, held)))


def _of_file(book: PlainBook, loose: Sequence[Place], held: Identity | None) -> Identity | None:
    """What the file says where the sheet of a form does not: a line elsewhere, the properties, the help sheet."""
    lines = {block.said for sheet, block in loose if fold(sheet.name) != _HELP_SHEET}
    if lines:
        return lines.pop() if len(lines) == 1 else None
    if held is not None:
        return held
    helps = [block.said for _, block in loose] or [identity_of_help(sheet) for sheet in book.sheets]
    return next((said for said in helps if said is not None), None)


def _is_ours(place: Place) -> bool:
    """Whether a header is that of a form even where nothing says of which: by its marks, or by all our captions."""
    sheet, block = place
    if block.key_row is not None or block.label_row is None:
        return True
    there = {fold(cell) for cell in sheet.values[block.label_row - 1] if isinstance(cell, str)}
    return there >= _OUR_CAPTIONS


def _is_bare(place: Place) -> bool:
    """Whether a form has its line and its papers but no header any more: that nothing can be taken is to be said."""
    sheet, block = place
    if block.has_header or block.said is None or fold(sheet.name) == _HELP_SHEET:
        return False
    lines = sheet.values[block.first - 1 : block.last]
    return sum(sum(as_number(cell) is not None for cell in line) > 1 for line in lines) >= _FEWEST_PAPERS


def _headless(book: PlainBook, loose: Sequence[Place]) -> list[Place]:
    """Where the papers must have been in a file that is one of ours and has no header left."""
    own = [place for place in loose if fold(place[0].name) != _HELP_SHEET]
    others = sorted(
        (sheet for sheet in book.sheets if fold(sheet.name) != _HELP_SHEET),
        key=lambda sheet: fold(sheet.name) != _WORK_SHEET,
    )
    return own[:1] or [(sheet, blocks_of(sheet)[0]) for sheet in (others or book.sheets)[:1]]


def _grid(place: Place, file: str, shared: Identity | None, held: Identity | None) -> FormGrid:
    sheet, block = place
    said = block.said or shared
    head = min(block.headers, default=min(block.first + layout.FIRST_PAPER_ROW, block.last))
    if said is not None:
        over = sheet.values[max(0, block.first - 1 - _OVER_LINE) : head]
        said = _with_names(said, held, over)
    marks = ready_marks(sheet)
    is_ready = min(marks, key=lambda mark: abs(mark[0] - head))[1] if marks else False
    return FormGrid(file, sheet.name, said, is_ready, sheet, block)


def _with_names(said: Identity, held: Identity | None, over: Sequence[Sequence[Value]]) -> Identity:
    """The identity with its checker and school: from the properties of the same form, or the line of people."""
    if held is not None and held.number == said.number and held.pack == said.pack:
        return replace(said, checker=held.checker or said.checker, school=held.school or said.school)
    return replace(said, checker=checker_on(over) or said.checker)


def _notes(grid: FormGrid, held: Identity | None) -> list[FormNote]:
    if grid.identity is None:
        return [FormNote(FormCode.NO_IDENTITY, grid.file, grid.sheet)]
    if held is None or _work(held) == _work(grid.identity):
        return []
    params = {"said": _shown(grid.identity), "held": _shown(held)}
    return [FormNote(FormCode.SAID_TWICE, grid.file, grid.sheet, params=params)]


def _work(identity: Identity) -> tuple[str, str, Turn, str]:
    return fold(identity.school_class), fold(identity.subject), identity.turn, identity.year


def _shown(identity: Identity) -> str:
    return form_notes.WHICH.format(
        school_class=identity.school_class,
        subject=identity.subject,
        year=identity.year,
        turn=words.TURNS[identity.turn.value],
    )
