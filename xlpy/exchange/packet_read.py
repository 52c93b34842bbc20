"""A form that came back, taken from its sheets as it stands: where the table lies, what the page of its own says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from xlpy.errors import ImportFileError
from xlpy.exchange.packet_form import FormCell, ReadForm, ReadRow
from xlpy.tables.convert import as_text, is_empty
from xlpy.tables.normalise import clean_text, fold
from xlpy.tables.raw import PlainSheet
from xlpy.words import packet as words

SHEETS = (words.WORK_SHEET, words.ABOUT_SHEET)
# Far more than a form has, far less than would fill the memory with cells.
ROWS_LIMIT, COLUMNS_LIMIT = 2_000, 200
_HEADER_WITHIN = 30
_VERSION_DIGITS = 4


def read_form(sheets: Iterable[PlainSheet], file: str) -> ReadForm:
    """Return the form that these sheets hold. Raises ImportFileError where they hold none; `file` names it there."""
    by_name = {fold(sheet.name): sheet for sheet in sheets}
    work, about = (by_name.get(fold(name)) for name in SHEETS)
    if work is None or about is None:
        raise ImportFileError("packet_foreign", path=file)
    header = _header(work)
    if header is None:
        raise ImportFileError("packet_no_header", path=file, sheet=words.WORK_SHEET, caption=words.CODE)
    row, code = header
    if len(work.values) - row > ROWS_LIMIT or len(work.values[row - 1]) > COLUMNS_LIMIT:
        raise ImportFileError("packet_too_long", path=file, limit=ROWS_LIMIT)
    captions = [cell for cell in _cells(work, row, len(work.values[row - 1])) if not is_empty(cell.written)]
    variant = next((cell.column for cell in captions if _is(cell, words.VARIANT)), None)
    tasks = tuple(cell for cell in captions if cell.column not in {code, variant})
    width = max(cell.column for cell in captions)
    rows = (_row(_cells(work, number, width), code, variant, tasks) for number in range(row + 1, len(work.values) + 1))
    corner = FormCell(row, code, words.CODE)
    return ReadForm(_about(about), corner, tasks, tuple(read for read in rows if _is_filled(read)))


def _header(sheet: PlainSheet) -> tuple[int, int] | None:
    """Row and column (1-based) of the caption over the codes, the variant's beside it; None where there is none."""
    for number in range(1, min(len(sheet.values), _HEADER_WITHIN) + 1):
        cells = _cells(sheet, number, len(sheet.values[number - 1]))
        code = next((cell for cell in cells if _is(cell, words.CODE)), None)
        if code is not None and sum(not is_empty(cell.written) for cell in cells) > 1:
            return number, code.column
    return None


def _is(cell: FormCell, caption: str) -> bool:
    return isinstance(cell.written, str) and fold(cell.written) == fold(caption)


def _cells(sheet: PlainSheet, row: int, width: int) -> list[FormCell]:
    line = sheet.values[row - 1]
    return [
        FormCell(
            row,
            column,
            line[column - 1] if column <= len(line) else None,
            (row, column) in sheet.formulas,
            sheet.errors.get((row, column), ""),
        )
        for column in range(1, width + 1)
    ]


def _row(cells: Sequence[FormCell], code: int, variant: int | None, tasks: Sequence[FormCell]) -> ReadRow:
    return ReadRow(
        cells[code - 1],
        None if variant is None else cells[variant - 1],
        tuple(cells[head.column - 1] for head in tasks),
    )


def _is_filled(row: ReadRow) -> bool:
    return any(not is_blank(cell) for cell in (row.code, *row.points))


def is_blank(cell: FormCell) -> bool:
    """Whether nothing at all stands in a cell, neither a formula nor an error."""
    return is_empty(cell.written) and not cell.is_formula and not cell.error


def text_of(cell: FormCell | None) -> str:
    """The text of a cell as a person sees it, cleaned; "" where there is none."""
    return "" if cell is None else clean_text(as_text(cell.written))


def _about(sheet: PlainSheet) -> dict[str, FormCell]:
    """The cell beside each known caption; the first of two counts."""
    keys = {fold(caption): key for key, caption in words.ABOUT.items()}
    found: dict[str, FormCell] = {}
    for number in range(1, min(len(sheet.values), ROWS_LIMIT) + 1):
        cells = _cells(sheet, number, min(len(sheet.values[number - 1]), COLUMNS_LIMIT) + 1)
        for caption, beside in pairwise(cells):
            key = keys.get(fold(caption.written)) if isinstance(caption.written, str) else None
            if key is not None:
                found.setdefault(key, beside)
                break
    return found


def kind_version(form: ReadForm, kind: str) -> int | None:
    """The version of a form of this kind; None for a form of another."""
    said, wanted = text_of(form.about.get("kind")), clean_text(kind)
    number = said[len(wanted) :].strip()
    is_ours = fold(said[: len(wanted)]) == fold(wanted) and number.isascii() and number.isdecimal()
    return int(number) if is_ours and len(number) <= _VERSION_DIGITS else None
