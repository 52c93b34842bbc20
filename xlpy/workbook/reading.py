"""Tables of a closed file: values by calamine, formulas and errors by a raw scan."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from xlpy.errors import WorkbookError
from xlpy.tables.addresses import address
from xlpy.tables.convert import as_text
from xlpy.tables.declare import Sheet
from xlpy.tables.merge import positions_of
from xlpy.tables.normalise import clean_text, fold
from xlpy.tables.raw import RawTable, Value
from xlpy.words.errors import COPIES_FOLDER, SENTENCES

if TYPE_CHECKING:
    from xlpy.workbook.package import Package
    from xlpy.workbook.parts import SheetPart

_HEADER_WITHIN = 30


def _near(text: str, names: Sequence[tuple[str, str]]) -> str:
    """« Возможно, это …» for the name nearest to `text`; names come with their cell or sheet."""
    folded = {fold(name): (name, where) for name, where in names}
    close = difflib.get_close_matches(fold(text), folded, 1, 0.6)
    if not close:
        return ""
    name, where = folded[close[0]]
    return SENTENCES["near_name"].format(name=name, cell=where)


def open_values(package: Package) -> Any:
    """Open the workbook in the value reader. Raises WorkbookError where it refuses."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        return CalamineWorkbook.from_filelike(BytesIO(package.data))
    except (CalamineError, OSError, ValueError):
        raise WorkbookError("truncated", path=package.path.name, copies=COPIES_FOLDER) from None


def _grid(package: Package, values: Any, part: SheetPart) -> list[list[Any]]:
    from python_calamine import CalamineError

    try:
        grid: list[list[Any]] = values.get_sheet_by_name(part.name).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError):
        raise WorkbookError("bad_part", path=package.path.name, part=part.name, copies=COPIES_FOLDER) from None
    return grid


def find_header(sheet: Sheet, grid: Sequence[Sequence[Any]]) -> tuple[int, int]:
    """(row, first column), 0-based, of the header: the row of the first thirty that holds most of the captions."""
    captions = {column.caption for column in sheet.columns}
    best, found = (0, 0), 0
    for number, row in enumerate(grid[:_HEADER_WITHIN]):
        known = [at for at, cell in enumerate(row) if cell != "" and clean_text(as_text(cell)) in captions]
        if len(known) > found:
            best, found = (number, known[0]), len(known)
    if found * 2 < min(len(captions), 4):
        raise WorkbookError("no_header", sheet=sheet.name)
    return best


def _captions(header: Sequence[Any], first: int) -> tuple[str, ...]:
    texts = [clean_text(as_text(cell)) for cell in header[first:]]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def require_captions(sheet: Sheet, captions: Sequence[str], row: int, first: int) -> None:
    """Raise WorkbookError for the first declared caption that the header lacks, with the nearest one offered."""
    positions = positions_of(sheet, captions)
    declared = {column.caption for column in sheet.columns}
    strangers = [
        (caption, address(row + 1, first + at + 1))
        for at, caption in enumerate(captions)
        if caption and caption not in declared
    ]
    for column in sheet.columns:
        if column.key not in positions:
            near = _near(column.caption, strangers)
            raise WorkbookError("column_missing", sheet=sheet.name, column=column.caption, near=near)


def _value(cell: Any) -> Value:
    if isinstance(cell, datetime) or not isinstance(cell, (date, time)):
        return cell
    return datetime.combine(cell, time()) if isinstance(cell, date) else str(cell)


def table_from_grid(
    sheet: Sheet,
    grid: list[list[Any]],
    formulas: Mapping[int, set[int]],
    errors: Mapping[tuple[int, int], str],
) -> RawTable:
    """Return the table of a sheet's grid (from A1); `formulas` and `errors` by 1-based column.

    The table ends at its last row with a value or formula. Raises WorkbookError for a missing header.
    """
    row, first = find_header(sheet, grid)
    captions = _captions(grid[row], first)
    last = first + len(captions)
    body = grid[row + 1 :]
    end = max((r for column, rows in formulas.items() if first < column <= last for r in rows), default=0) - row - 1
    while len(body) > max(end, 0) and not any(cell != "" and cell is not None for cell in body[-1][first:last]):
        body.pop()
    values: list[list[Value]] = [line[first:last] for line in body]
    dated = {type(cell) for line in values for cell in line} & {date, time}
    if dated:
        values = [[_value(cell) for cell in line] for line in values]
    while len(values) < end:
        values.append([None] * len(captions))
    return RawTable(
        sheet=sheet.name,
        captions=captions,
        first_row=row + 2,
        first_column=first + 1,
        values=values,
        formulas={
            column - first - 1: frozenset(r for r in rows if r > row + 1)
            for column, rows in formulas.items()
            if first < column <= last
        },
        errors={
            (r, column - first - 1): text
            for (r, column), text in errors.items()
            if r > row + 1 and first < column <= last
        },
    )


def missing_sheet(sheet: Sheet, parts: Sequence[SheetPart]) -> WorkbookError:
    """The error for a sheet that is not there, with the nearest name offered."""
    near = _near(sheet.name, [(part.name, part.name) for part in parts])
    return WorkbookError("sheet_missing", sheet=sheet.name, near=near)


def read_raw_table(package: Package, values: Any, part: SheetPart, sheet: Sheet) -> RawTable:
    """Return one declared table of a closed file, lenient about missing columns."""
    from xlpy.workbook.scan import error_cells, formula_rows, placed

    xml = placed(package.read(part.part))
    return table_from_grid(sheet, _grid(package, values, part), formula_rows(xml), error_cells(xml))
