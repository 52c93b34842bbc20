"""Which forms without an identity line are certainly those that their file speaks of.

A sheet of another subject may have been copied in: the codes of a class are the same in all its works.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlpy.exchange.forms import layout
from xlpy.exchange.forms.form import Identity, Turn
from xlpy.exchange.forms.heads import Block, ours_in
from xlpy.tables.convert import as_number
from xlpy.tables.normalise import fold
from xlpy.tables.raw import PlainSheet
from xlpy.words import forms as words

Place = tuple[PlainSheet, Block]
# The title stands so many rows over the identity line.
_OVER_LINE = layout.IDENTITY_ROW - layout.TITLE_ROW
_TITLE = fold(words.TITLE.split("{", 1)[0])


def sharing(standing: Sequence[Place], of_file: Identity | None) -> list[Place]:
    """Return the forms without a line that are what the file speaks of.

    Their title says so; or they have none, and the tasks and maxima of a form of this work in the file; or there is no
    such form, and all of them have one header.
    """
    nameless = [place for place in standing if place[1].said is None]
    if of_file is None:
        return []
    named = [place for place in standing if place[1].said is not None and place[1].said.pack == of_file.pack]
    if not named and all(_header(place) == _header(nameless[0]) for place in nameless):
        return nameless
    tasks = [_tasks(place) for place in named if _tasks(place)]
    return [
        place
        for place in nameless
        if _title_in(place) == _title_of(of_file) or (not _title_in(place) and _tasks(place) in tasks)
    ]


def _title_of(identity: Identity) -> str:
    pattern = words.TITLE if identity.turn is Turn.FIRST else words.TITLE_SECOND
    return fold(pattern.format(subject=identity.subject, school_class=identity.school_class, year=identity.year))


def _title_in(place: Place) -> str:
    """The title over a form, folded; "" where there is none."""
    sheet, block = place
    lines = sheet.values[max(0, block.first - 1 - _OVER_LINE) : min(block.headers, default=block.last)]
    texts = (fold(cell) for line in lines for cell in line if isinstance(cell, str))
    return next((text for text in texts if text.startswith(_TITLE)), "")


def _header(place: Place) -> frozenset[str]:
    """All of the header that is ours; own columns may stand between."""
    sheet, block = place
    row = block.key_row or block.label_row
    return frozenset() if row is None else ours_in(sheet.values[row - 1])


def _tasks(place: Place) -> Mapping[str, float]:
    """The marks of the tasks, each with the number in the row of maxima; nothing where these cannot be told."""
    sheet, block = place
    if block.key_row is None:
        return {}
    row = max(block.key_row, block.label_row or 0)
    keys, maxima = sheet.values[block.key_row - 1], sheet.values[row] if row < len(sheet.values) else ()
    found: dict[str, float] = {}
    for key, maximum in zip(keys, maxima, strict=False):
        number = as_number(maximum)
        if isinstance(key, str) and key[1:].isdecimal() and number is not None:
            found[key] = number
    return found
