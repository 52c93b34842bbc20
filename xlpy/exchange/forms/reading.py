"""What stands in one row of a form: cells that certainly mean something, and notes about those that do not.

Most cells of most forms are one look into a table of legal values; all else takes the long way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import NamedTuple

from xlpy.exchange.forms.columns import VARIANT, Place
from xlpy.exchange.forms.judged import JudgedCell
from xlpy.exchange.forms.notes import FormCode, FormNote
from xlpy.exchange.forms.recognise import FormGrid
from xlpy.exchange.forms.values import Refusal, points_in, variant_in
from xlpy.tables import schema
from xlpy.tables.convert import is_empty
from xlpy.tables.normalise import clean_text
from xlpy.tables.raw import Value

_NOTHING = (None, "")
_PLAIN = frozenset((float, int, str, type(None)))


# These run for every cell of every form: all the work of a row is done in a few calls.
_legal: Callable[[Mapping[Value, Value], Value], Value] = dict.get  # type: ignore[assignment]
_cell: Callable[[tuple[str, Value, str, Value]], JudgedCell] = partial(tuple.__new__, JudgedCell)


@lru_cache(maxsize=4096)
def _addresses(letters: tuple[str, ...], row: int) -> tuple[str, ...]:
    return tuple(f"{column}{row}" for column in letters)


@dataclass(frozen=True, slots=True)
class Ways:
    """Parts of the places, each in one go: keys, 0-based columns and their letters, legal values."""

    keys: tuple[str, ...]
    ats: tuple[int, ...]
    letters: tuple[str, ...]
    legal: tuple[Mapping[Value, Value], ...]


def ways_of(places: Sequence[Place]) -> Ways:
    """The parts of places."""
    return Ways(
        tuple(place.key for place in places),
        tuple(place.at for place in places),
        tuple(place.letters for place in places),
        tuple(place.legal for place in places),
    )


@dataclass(frozen=True, slots=True)
class Reader:
    """What is the same for every row of a form. `odd`: rows that hold an error, a formula or merged cells.

    `merged`: cells (1-based) merged with others that mean something, each with its range and the cell to show.
    `tasks`: the places of tasks. `width`: how many cells of a row are looked at.
    """

    grid: FormGrid
    places: tuple[Place, ...]
    odd: frozenset[int]
    merged: Mapping[tuple[int, int], tuple[str, str]]
    year: str
    tasks: tuple[Place, ...]
    ways: Ways
    width: int


class RowFound(NamedTuple):
    """What a row holds: certain cells by key, keys where something stands that is not certain, and what is said."""

    cells: dict[str, JudgedCell]
    unsure: set[str]
    notes: list[FormNote]

    @property
    def filled(self) -> set[str]:
        """Keys where anything stands."""
        return self.unsure | self.cells.keys()


def read_row(reader: Reader, row: int) -> RowFound:
    """Return what stands in a row. Points of one who was absent are not certain, and the absence is not either."""
    line = reader.grid.plain.values[row - 1]
    if len(line) < reader.width:
        line = [*line, *[None] * (reader.width - len(line))]
    ways = reader.ways
    # A cell with True would be found among the legal values as 1.
    is_plain = row not in reader.odd and _PLAIN.issuperset(map(type, line))
    written = list(map(line.__getitem__, ways.ats))
    meant = list(map(_legal, ways.legal, written)) if is_plain else [None] * len(written)
    cells: dict[str, JudgedCell] = dict(
        zip(ways.keys, map(_cell, zip(ways.keys, meant, _addresses(ways.letters, row), written)))  # noqa: B905
    )
    found = RowFound(cells, set(), [])
    if None in meant:
        for place, value, certain in zip(reader.places, written, meant, strict=True):
            if certain is None:
                del cells[place.key]
                if not is_plain or value not in _NOTHING:
                    _read_closely(reader, row, place, value, found)
    if VARIANT in cells and cells[VARIANT].meant == schema.ABSENT and len(found.filled) > 1:
        found.notes.append(note_at(reader.grid, FormCode.POINTS_OF_ABSENT, cells[VARIANT].cell))
        found.unsure.update(cells)
        cells.clear()
    return found


def _read_closely(reader: Reader, row: int, place: Place, written: Value, found: RowFound) -> None:
    """Put one cell into `found`: as certain, as uncertain with a note, or not at all where it is empty."""
    cell = f"{place.letters}{row}"
    refusal = _broken(reader, (row, place.at + 1), written)
    if refusal is None and is_empty(written):
        return
    if refusal is not None:
        meant: Value | Refusal = refusal
    elif place.task is None:
        meant = variant_in(written)
    else:
        meant = points_in(written, place.label, place.task.maximum, reader.year)
    if isinstance(meant, Refusal):
        found.unsure.add(place.key)
        found.notes.append(note_at(reader.grid, meant.code, meant.cell or cell, meant.params))
        return
    found.cells[place.key] = JudgedCell(place.key, meant, cell, written)
    if isinstance(written, str) and clean_text(written) != str(meant):
        params = {"written": clean_text(written), "meant": meant}
        found.notes.append(note_at(reader.grid, FormCode.RESPELLED, cell, params))


def _broken(reader: Reader, spot: tuple[int, int], written: Value) -> Refusal | None:
    """Why nothing can be said of a cell whatever stands there; None where nothing speaks against it."""
    plain = reader.grid.plain
    error = plain.errors.get(spot)
    if error is not None:
        return Refusal(FormCode.ERROR_CELL, {"written": error})
    # What stood in the other cells of a merged range is lost or has moved to its first one.
    if spot in reader.merged:
        cells, told = reader.merged[spot]
        return Refusal(FormCode.MERGED, {"cells": cells}, told)
    return Refusal(FormCode.UNCALCULATED) if spot in plain.formulas and is_empty(written) else None


def note_at(grid: FormGrid, code: FormCode, cell: str, params: Mapping[str, object] | None = None) -> FormNote:
    """A note at a cell of a form."""
    return FormNote(code, grid.file, grid.sheet, cell, params or {})
