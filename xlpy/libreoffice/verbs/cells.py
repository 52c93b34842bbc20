"""Contents of ranges: values and formulas, whole ranges at a time.

An area is [first row, first column, last row, last column], 0-based; a part of what is read or written is such an area
counted from the first cell of that. Numbers of days count from 30.12.1899 whatever the document counts from.
"""

from __future__ import annotations

from typing import Any

from .desk import Desk
from .runtime import struct
from .undo import WholeWrite, set_formulas

_DATE_OR_TIME, _LOGICAL = 2 | 4, 1024
_FORMULAS = 16
_ERRORS = {503: "#NUM!", 519: "#VALUE!", 521: "#NULL!", 524: "#REF!", 525: "#NAME?", 532: "#DIV/0!", 32767: "#N/A"}
_OTHER_ERROR = "#VALUE!"
_FEW = 12
_SPARSE = 8
_LONG, _WIDE = 10_000, 1_000
_AT_ONCE = 1_000_000
_CLEARED = {"contents": 1 | 2 | 4 | 16, "formats": 32 | 64 | 256, "all": 1 | 2 | 4 | 8 | 16 | 32 | 64 | 256}
# Written in English whatever the language of the office; the letters of a format depend on its language.
_NEW_FORMATS = {"date": "DD.MM.YYYY", "moment": "DD.MM.YYYY HH:MM", "clock": "HH:MM:SS", "logical": "BOOLEAN"}


def range_of(sheet: Any, area: list[int]) -> Any:
    """The UNO range of an area of a UNO sheet."""
    first_row, first_column, last_row, last_column = area
    return sheet.getCellRangeByPosition(first_column, first_row, last_column, last_row)


def area_of(desk: Desk, sheet: int, area: list[int]) -> Any:
    """The UNO range of an area of a sheet held by number."""
    return range_of(desk.thing(sheet), area)


def to_area(address: Any) -> list[int]:
    """The area of a UNO address."""
    return [address.StartRow, address.StartColumn, address.EndRow, address.EndColumn]


def areas_found(cells: Any, found: Any) -> list[list[int]]:
    """Areas of what a query of the cells has found.

    Asked about cells right of the last column in use, the office answers with contents and formulas of that column.
    """
    first = cells.getRangeAddress().StartColumn
    return [area for area in map(to_area, found.getRangeAddresses()) if area[1] >= first]


def union_of(document: Any, sheet: Any, areas: list[list[int]]) -> Any:
    """One UNO object for many areas of a sheet, to set properties of all in one call."""
    if len(areas) == 1:
        return range_of(sheet, areas[0])
    at = sheet.getRangeAddress().Sheet
    union = document.createInstance("com.sun.star.sheet.SheetCellRanges")
    made = []
    for r0, c0, r1, c1 in areas:
        made.append(struct("table.CellRangeAddress", Sheet=at, StartRow=r0, StartColumn=c0, EndRow=r1, EndColumn=c1))
    union.addRangeAddresses(tuple(made), False)
    return union


def read_values(desk: Desk, book: int, sheet: int, area: list[int]) -> dict[str, Any]:
    """What the cells hold: `rows` of text and numbers (None: an error), and what the numbers stand for.

    `kinds`: [kind, first row, first column, last row, last column] inside the area, kind "date" or "logical".
    `errors`: [text, part]. `shift`: days to add to those of dates. Of whole columns and rows the used part comes back.
    """
    document, area = desk.thing(book), _worth_reading(desk.thing(sheet), area)
    cells = area_of(desk, sheet, area)
    # First the values: formulas are computed only when asked, and get the format of their result only then.
    rows = cells.getDataArray()
    kinds = _kinds(desk, book, cells, area) if any(float in set(map(type, row)) for row in rows) else []
    return {
        "rows": rows,
        "kinds": kinds,
        "errors": _errors(cells, area, rows),
        "shift": _shift(document) if any(kind[0] == "date" for kind in kinds) else 0,
    }


def _worth_reading(sheet: Any, area: list[int]) -> list[int]:
    r0, c0, r1, c1 = area
    if r1 - r0 < _LONG and c1 - c0 < _WIDE:
        return area
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    used = cursor.getRangeAddress()
    return [r0, c0, min(r1, max(r0, used.EndRow)), min(c1, max(c0, used.EndColumn))]


def _inside(area: list[int], part: list[int]) -> list[int]:
    return [part[0] - area[0], part[1] - area[1], part[2] - area[0], part[3] - area[1]]


def _kinds(desk: Desk, book: int, cells: Any, area: list[int]) -> list[list[Any]]:
    if cells.getPropertyState("NumberFormat").value != "AMBIGUOUS_VALUE":
        kind = format_kind(desk, book, cells.getPropertyValue("NumberFormat"))
        return [[kind, 0, 0, area[2] - area[0], area[3] - area[1]]] if kind else []
    found = []
    for kind, ranges in _formats(desk, book, cells):
        found += [[kind, *_inside(area, to_area(one))] for one in ranges.getRangeAddresses()] if kind else []
    return found


def _formats(desk: Desk, book: int, cells: Any) -> list[Any]:
    same = cells.getUniqueCellFormatRanges()
    groups = [same.getByIndex(at) for at in range(same.getCount())]
    return [(format_kind(desk, book, one.getPropertyValue("NumberFormat")), one) for one in groups]


def format_kind(desk: Desk, book: int, key: int) -> str:
    """What a number in a format stands for: "date" (time of day too), "logical", or "" for a number."""
    known = desk.format_kinds.setdefault(book, {0: ""})
    if key not in known:
        one = desk.thing(book).getNumberFormats().getByKey(key).Type
        known[key] = "logical" if one & _LOGICAL else "date" if one & _DATE_OR_TIME else ""
    return str(known[key])


def _shift(document: Any) -> int:
    """Days from 30.12.1899 to the day the document counts from."""
    first = document.NullDate
    known = {(1899, 12, 30): 0, (1900, 1, 1): 2, (1904, 1, 1): 1462}
    return known[(first.Year, first.Month, first.Day)]


def _errors(cells: Any, area: list[int], rows: Any) -> list[list[Any]]:
    """[text, part] of each error; of many all those that look alike are found in one call."""
    places = [(r, c) for r, row in enumerate(rows) if None in row for c, one in enumerate(row) if one is None]
    found: list[list[Any]] = []
    left = dict.fromkeys(places)
    while left:
        r, c = next(iter(left))
        cell = cells.getCellByPosition(c, r)
        text = _ERRORS.get(cell.getError(), _OTHER_ERROR)
        alike = [(r, c)] if len(places) <= _FEW else _shown_alike(cells, area, cell.getString(), left) or [(r, c)]
        for place in alike:
            found.append([text, *place, *place])
            left.pop(place, None)
    return found


def _shown_alike(cells: Any, area: list[int], shown: str, places: dict[Any, None]) -> list[Any]:
    search = cells.createSearchDescriptor()
    search.SearchString, search.SearchType, search.SearchWords = shown, 1, True
    found = cells.findAll(search)
    alike: list[Any] = []
    for one in found.getRangeAddresses() if found is not None else ():
        r0, c0, r1, c1 = _inside(area, to_area(one))
        alike += [(r, c) for r in range(r0, r1 + 1) for c in range(c0, c1 + 1) if (r, c) in places]
    return alike


def write_values(desk: Desk, sheet: int, area: list[int], rows: list[list[Any]]) -> None:
    """Put text and numbers into the cells; text is never taken for a formula and no format changes."""
    cells = area_of(desk, sheet, area)
    with WholeWrite(desk.document_of(sheet), cells):
        cells.setDataArray(tuple(map(tuple, rows)))


def write_contents(
    desk: Desk, book: int, sheet: int, area: list[int], rows: list[list[Any]], marks: dict[str, Any]
) -> None:
    """Put text, numbers and formulas into the cells.

    `marks`: parts that hold a "date", "moment", "clock" or "logical" value, and "formula": [part, rows of formulas].
    A date gets a format where its cell has none for dates; a cell that held a logical value forgets its format.
    """
    document, thing = desk.thing(book), desk.thing(sheet)
    cells = range_of(thing, area)
    dates = [part for kind in ("date", "moment") for part in marks.get(kind, ())]
    if dates:
        rows = _counted_from(rows, dates, _shift(document))
    if not marks.get("formula") and area[:2] == area[2:]:
        prepare_formats(desk, book, thing, cells, area, marks)
        put(thing.getCellByPosition(area[1], area[0]), rows[0][0])
        return
    with WholeWrite(document, cells):
        prepare_formats(desk, book, thing, cells, area, marks)
        cells.setDataArray(tuple(map(tuple, rows)))
        for part, formulas in marks.get("formula", ()):
            set_formulas(range_of(thing, _outside(area, part)), tuple(map(tuple, formulas)))


def put(cell: Any, content: Any) -> None:
    """Put text or a number into one cell."""
    if isinstance(content, float):
        cell.setValue(content)
    else:
        cell.setString(content)


def _outside(area: list[int], part: list[int]) -> list[int]:
    return [part[0] + area[0], part[1] + area[1], part[2] + area[0], part[3] + area[1]]


def _counted_from(rows: list[list[Any]], parts: list[list[int]], shift: int) -> list[list[Any]]:
    if not shift:
        return rows
    shifted = [list(row) for row in rows]
    for r0, c0, r1, c1 in parts:
        for row in shifted[r0 : r1 + 1]:
            row[c0 : c1 + 1] = [one - shift if type(one) is float else one for one in row[c0 : c1 + 1]]
    return shifted


def prepare_formats(desk: Desk, book: int, sheet: Any, cells: Any, area: list[int], marks: dict[str, Any]) -> None:
    """Number formats of the cells as what comes into them needs."""
    wanted = {kind: marks[kind] for kind in _NEW_FORMATS if marks.get(kind)}
    if cells.getPropertyState("NumberFormat").value != "AMBIGUOUS_VALUE":
        now = format_kind(desk, book, cells.getPropertyValue("NumberFormat"))
        if now == "logical":
            cells.setPropertyValue("NumberFormat", 0)
        taken: list[list[int]] = [[0, 0, area[2] - area[0], area[3] - area[1]]] if now == "date" else []
    else:
        taken = []
        for kind, ranges in _formats(desk, book, cells):
            if kind == "logical":
                ranges.setPropertyValue("NumberFormat", 0)
            elif kind == "date" and wanted:
                taken += [_inside(area, to_area(one)) for one in ranges.getRangeAddresses()]
    document = desk.thing(book)
    for kind, parts in wanted.items():
        free = parts if kind == "logical" or not taken else _without(parts, taken)
        if free:
            union = union_of(document, sheet, [_outside(area, part) for part in free])
            union.setPropertyValue("NumberFormat", format_key(document, _NEW_FORMATS[kind]))


def _without(parts: list[list[int]], taken: list[list[int]]) -> list[list[int]]:
    """The parts less what is taken, as parts one column wide."""
    columns: dict[int, set[int]] = {}
    for r0, c0, r1, c1 in taken:
        for c in range(c0, c1 + 1):
            columns.setdefault(c, set()).update(range(r0, r1 + 1))
    free = []
    for r0, c0, r1, c1 in parts:
        for c in range(c0, c1 + 1):
            rows = [r for r in range(r0, r1 + 1) if r not in columns.get(c, ())]
            free += [[first, c, last, c] for first, last in runs(rows)]
    return free


def runs(numbers: list[int]) -> list[tuple[int, int]]:
    """First and last of each run of successive numbers in a rising list."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def format_key(document: Any, code: str) -> int:
    """Number of a format given in English."""
    formats, language = document.getNumberFormats(), struct("lang.Locale", Language="en", Country="US")
    key = formats.queryKey(code, language, False)
    return int(formats.addNew(code, language) if key < 0 else key)


def read_formulas(desk: Desk, book: int, sheet: int, area: list[int]) -> dict[str, Any]:
    """As `read_values`, and `formulas`: [part, rows of formulas] in the office's grammar."""
    thing = desk.thing(sheet)
    area = _worth_reading(thing, area)
    read = read_values(desk, book, sheet, area)
    cells = range_of(thing, area)
    found = areas_found(cells, cells.queryContentCells(_FORMULAS))
    if len(found) > _SPARSE:
        whole = cells.getFormulaArray()
        read["formulas"] = [
            [part, [row[part[1] : part[3] + 1] for row in whole[part[0] : part[2] + 1]]]
            for part in (_inside(area, one) for one in found)
        ]
    else:
        read["formulas"] = [[_inside(area, one), range_of(thing, one).getFormulaArray()] for one in found]
    return read


def fill_cells(desk: Desk, book: int, sheet: int, area: list[int], plain: Any, kind: str) -> None:
    """One text or number into every cell; `kind` as in the marks of `write_contents`."""
    r0, c0, r1, c1 = area
    if plain == "":
        clear_cells(desk, sheet, [area], "contents")
        return
    height = max(1, _AT_ONCE // (c1 - c0 + 1))
    for top in range(r0, r1 + 1, height):
        bottom = min(r1, top + height - 1)
        rows = [[plain] * (c1 - c0 + 1)] * (bottom - top + 1)
        marks = {kind: [[0, 0, bottom - top, c1 - c0]]} if kind else {}
        write_contents(desk, book, sheet, [top, c0, bottom, c1], rows, marks)


def clear_cells(desk: Desk, sheet: int, areas: list[list[int]], what: str) -> None:
    """Empty cells of "contents", of "formats", or of "all"."""
    for area in areas:
        area_of(desk, sheet, area).clearContents(_CLEARED[what])


def read_array_formula(desk: Desk, sheet: int, area: list[int]) -> str:
    """The array formula that all cells of the area share, without brackets; empty where they do not."""
    cells = area_of(desk, sheet, area)
    try:
        shared = str(cells.getArrayFormula())
    except Exception:  # noqa: BLE001 - UNO raises what it likes where only a part of an array formula is asked for
        return ""
    return shared[1:-1] if shared.startswith("{") else ""


def write_array_formula(desk: Desk, sheet: int, area: list[int], formula: str) -> None:
    """Make the area one array formula."""
    area_of(desk, sheet, area).setArrayFormula(formula)


def has_array_formula(desk: Desk, sheet: int, area: list[int]) -> bool:
    """Whether the first cell of the area belongs to an array formula."""
    cell = area_of(desk, sheet, [area[0], area[1], area[0], area[1]])
    return str(cell.getFormulaArray()[0][0]).startswith("{=")


VERBS: dict[str, Any] = {
    "read_values": read_values,
    "write_values": write_values,
    "write_contents": write_contents,
    "fill_cells": fill_cells,
    "clear_cells": clear_cells,
    "read_formulas": read_formulas,
    "read_array_formula": read_array_formula,
    "write_array_formula": write_array_formula,
    "has_array_formula": has_array_formula,
}
