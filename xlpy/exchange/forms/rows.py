"""Which row of a form is which paper: by its left code, and by the right one where the left is destroyed.

Where a known code stands in a place that is none for codes, the cells of the row were moved: then nothing is certain.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from xlpy.exchange.forms.columns import FormColumns
from xlpy.exchange.forms.recognise import FormGrid
from xlpy.tables import schema
from xlpy.tables.convert import as_number, as_text, is_empty
from xlpy.tables.normalise import clean_text, fold
from xlpy.tables.raw import Value
from xlpy.words import forms as words

# What looks like a code may be shown again; anything else in its place may be a name.
_CODE_LIKE = re.compile(r"\d{3,8}")
# Points and totals are shorter than any code of a form; a number with more digits is not exact.
_SHORTEST_CODE, _LONGEST_NUMBER = 4, 15
# One code in a column may be somebody's remark.
_FEWEST = 2
# What may be typed for points or a variant: where it stands in place of a code, the cells of the row were moved.
_TYPED_MARKS = frozenset(
    fold(mark) for mark in (*schema.NOT_ATTEMPTED_SPELLINGS, *schema.NOT_TAUGHT_SPELLINGS, schema.ABSENT)
)


class Doubt(Enum):
    """Why a row is not certainly a paper."""

    UNKNOWN = "unknown"
    NO_CODE = "no code"
    APART = "apart"


class PaperRow(NamedTuple):
    """A row that certainly names a paper; `column` (0-based) holds the code.

    `is_recovered`: by the right code only. `is_agreed`: by all codes that a row has.
    """

    row: int
    column: int
    code: str
    is_recovered: bool
    is_agreed: bool


@dataclass(frozen=True, slots=True)
class DoubtfulRow:
    """A row that is not certainly a paper: it may be one of `codes`; `left` is the known one in the left column.

    `shown` is an unknown code, "" where none is.
    """

    row: int
    column: int
    why: Doubt
    codes: tuple[str, ...] = ()
    shown: str = ""
    left: str = ""


@dataclass(frozen=True, slots=True)
class FormRows:
    """Rows of a form, top to bottom."""

    papers: tuple[PaperRow, ...]
    doubtful: tuple[DoubtfulRow, ...]


def known_codes(codes: Collection[str]) -> dict[Value, str]:
    """The codes of a work by all that may certainly stand for them without a closer look."""
    known: dict[Value, str] = {code: code for code in codes}
    for code in codes:
        if not (code.isascii() and code.isdecimal()):
            known.setdefault(fold(code), code)
        elif _SHORTEST_CODE <= len(code) <= _LONGEST_NUMBER and code[0] != "0":
            known[int(code)] = code
    return known


def rows_of(grid: FormGrid, columns: FormColumns, known: Mapping[Value, str]) -> FormRows:
    """Return which rows are which papers, and which rows with a code in them are not certain. Header rows are none."""
    places = columns.codes if len(columns.codes) > 1 else _columns_of_codes(grid, columns, known)
    papers: list[PaperRow] = []
    doubtful: list[DoubtfulRow] = []
    lines = grid.plain.values
    left, right = (*places[:2], None, None)[:2]
    head = min(grid.block.headers, default=0)
    for row in range(grid.block.first, grid.block.last + 1):
        line = lines[row - 1]
        width = len(line)
        if left is not None and right is not None and right < width and len(places) == 2:
            code = known.get(line[left])
            if code is not None and code == known.get(line[right]):
                papers.append(PaperRow(row, left, code, is_recovered=False, is_agreed=True))
                continue
        # Over the header papers stand only where people sorted it away.
        if row in grid.block.headers or (row < head and known.keys().isdisjoint(line)):
            continue
        judged = _row(row, line, places, known)
        if isinstance(judged, PaperRow):
            papers.append(judged)
        else:
            doubtful.append(judged)
    return _unused(papers, doubtful)


def _row(row: int, line: Sequence[Value], places: Sequence[int], known: Mapping[Value, str]) -> PaperRow | DoubtfulRow:
    """A row in which something is unusual. One without any code is doubtful too: it may hold points."""
    width = len(line)
    there = [(at, code) for at in places if at < width for code in (code_in(line[at], known),) if code is not None]
    codes = tuple(dict.fromkeys(code for _, code in there))
    first = places[0] if places else 0
    left = there[0][1] if there and there[0][0] == first else ""
    if len(codes) > 1:
        return DoubtfulRow(row, first, Doubt.APART, codes, left=left)
    moved = tuple(_moved(line, places, known)) if len(there) < len(places) or not places else ()
    if moved:
        return DoubtfulRow(row, first, Doubt.APART, tuple(dict.fromkeys((*codes, *moved))), left=left)
    instead = line[first] if places and first < width else None
    if codes:
        at, code = there[0]
        if left:
            return PaperRow(row, at, code, is_recovered=False, is_agreed=len(there) == len(places))
        if _is_number_like(instead):
            shown = shown_code(instead)
            return DoubtfulRow(row, first, Doubt.UNKNOWN if shown else Doubt.APART, codes, shown)
        return PaperRow(row, at, code, is_recovered=True, is_agreed=False)
    shown = next((shown for at in places if at < width for shown in (shown_code(line[at]),) if shown), "")
    return DoubtfulRow(row, first, Doubt.UNKNOWN if shown else Doubt.NO_CODE, (), shown)


def code_in(written: Value, known: Mapping[Value, str]) -> str | None:
    """The known code that a cell certainly holds, typed as text or number, with or without spaces."""
    if written is None or isinstance(written, bool):
        return None
    code = known.get(written)
    if code is not None or not isinstance(written, str):
        return code
    text = clean_text(written).replace(" ", "").removeprefix(words.PILE)
    number = as_number(text)
    return known.get(fold(text)) or (known.get(number) if number is not None else None)


def shown_code(written: Value) -> str:
    """What a cell of the code column shows where that looks like a code, "" where it does not: it may be a name."""
    if isinstance(written, bool):
        return ""
    text = clean_text(as_text(written)).replace(" ", "")
    return text if _CODE_LIKE.fullmatch(text) else ""


def _is_number_like(written: Value) -> bool:
    """Whether a number or a mark stands where a code belongs: then it is another's code, or points moved there."""
    if isinstance(written, (int, float)):
        return True
    if not isinstance(written, str) or is_empty(written):
        return written is not None and not isinstance(written, str)
    return as_number(clean_text(written).replace(" ", "")) is not None or fold(written) in _TYPED_MARKS


def _moved(line: Sequence[Value], places: Sequence[int], known: Mapping[Value, str]) -> Iterator[str]:
    """Known codes that stand in a row where no column of codes is."""
    for at, written in enumerate(line):
        code = None if at in places else code_in(written, known)
        if code is not None and len(code) >= _SHORTEST_CODE:
            yield code


def _columns_of_codes(grid: FormGrid, columns: FormColumns, known: Mapping[Value, str]) -> tuple[int, ...]:
    """Where a header of codes is gone: the columns that it names, and those of no certain task that mostly hold codes.

    A code that stands under a spoilt header still tells whether the row is in order.
    """
    meaningful = columns.meaningful
    filled: Counter[int] = Counter()
    codes: Counter[int] = Counter()
    for row in range(grid.block.first, grid.block.last + 1):
        for at, written in enumerate(grid.plain.values[row - 1]):
            if row in grid.block.headers or at in meaningful or is_empty(written):
                continue
            filled[at] += 1
            codes[at] += code_in(written, known) is not None
    held = [at for at in codes if codes[at] >= _FEWEST and codes[at] * 2 > filled[at]]
    # No more than there were: where cells were moved, some codes stand beside their column.
    held.sort(key=lambda at: (-codes[at], at))
    return tuple(sorted({*columns.codes, *held[: 2 - len(columns.codes)]}))


def _unused(papers: Sequence[PaperRow], doubtful: Sequence[DoubtfulRow]) -> FormRows:
    """A code on the right counts only where no other row has it on the left.

    Where some columns were sorted without the others, one code alone says nothing.
    """
    is_sorted = any(len(row.codes) > 1 for row in doubtful)
    claimed = {paper.code for paper in papers if not paper.is_recovered}
    claimed.update(code for row in doubtful for code in row.codes)
    used = [
        paper
        for paper in papers
        if (paper.is_recovered and paper.code in claimed) or (is_sorted and not paper.is_agreed)
    ]
    more = [DoubtfulRow(paper.row, paper.column, Doubt.APART, (paper.code,)) for paper in used]
    kept = tuple(paper for paper in papers if paper not in used)
    return FormRows(kept, tuple(sorted((*doubtful, *more), key=lambda row: row.row)))
