"""Whole sheets at a glance: contents, formulas, tables, and what would be in the way of a writer. One call for all.

Rows and columns are 0-based; an area is [first row, first column, last row, last column].
"""

from __future__ import annotations

from typing import Any

from .desk import Desk

_DATE_OR_TIME, _LOGICAL = 2 | 4, 1024
_DATE_CELLS, _FORMULA_CELLS = 2, 16
_ZERO_AND_ONE = frozenset((0.0, 1.0))
# Spans and times of day are small numbers, days of this century are not.
_SURELY_A_DAY = 30000
_ERRORS = {503: "#NUM!", 519: "#VALUE!", 521: "#NULL!", 524: "#REF!", 525: "#NAME?", 532: "#DIV/0!", 32767: "#N/A"}
_OTHER_ERROR = "#VALUE!"
_NAMED_ERRORS = 200
_ENOUGH = 200


def _area(address: Any) -> list[int]:
    return [address.StartRow, address.StartColumn, address.EndRow, address.EndColumn]


def survey(desk: Desk, book: int, names: list[str], logical: list[str]) -> list[dict[str, Any]]:
    """What the named sheets hold, all that lies between A1 and their last filled cell.

    `logical`: how the office shows logical values. The answer: `rows`: text and numbers, None for an error;
    `kinds`: [kind, area] where numbers are "date", "span" or "logical";
    `errors`: [row, column, text]; `formulas`: areas; `tables`: [name, area, has totals]; `protected`.
    """
    document = desk.thing(book)
    sheets, tables, kinds = document.Sheets, _tables(document), _Kinds(document, logical)
    return [_one(sheets.getByName(name), tables, kinds) for name in names]


def _one(sheet: Any, tables: dict[int, list[list[Any]]], kinds: _Kinds) -> dict[str, Any]:
    # The cursor is itself the range from A1 on: each object of UNO more is a millisecond.
    cells = sheet.createCursor()
    cells.gotoEndOfUsedArea(True)
    rows = cells.getDataArray()
    formulas = [_area(one) for one in cells.queryContentCells(_FORMULA_CELLS).getRangeAddresses()]
    return {
        "rows": rows,
        "kinds": kinds.of(sheet, cells, rows, formulas),
        "errors": _errors(sheet, rows),
        "formulas": formulas,
        "tables": tables.get(cells.getRangeAddress().Sheet, []) if tables else [],
        "protected": sheet.isProtected(),
    }


def _tables(document: Any) -> dict[int, list[list[Any]]]:
    """Database ranges by sheet: [name, area, has totals]."""
    found: dict[int, list[list[Any]]] = {}
    ranges = document.DatabaseRanges
    for name in ranges.ElementNames:
        one = ranges.getByName(name)
        area = one.getDataArea()
        found.setdefault(area.Sheet, []).append([name, _area(area), bool(one.getPropertyValue("TotalsRow"))])
    return found


def _errors(sheet: Any, rows: Any) -> list[list[Any]]:
    """Errors by name; what a table of hundreds has in common is named once they are too many to ask for each."""
    places = [(r, c) for r, row in enumerate(rows) if None in row for c, one in enumerate(row) if one is None]
    codes = [sheet.getCellByPosition(c, r).getError() for r, c in places[:_NAMED_ERRORS]]
    names = [_ERRORS.get(code, _OTHER_ERROR) for code in codes]
    names += [_OTHER_ERROR] * (len(places) - len(names))
    return [[r, c, names[at]] for at, (r, c) in enumerate(places)]


class _Kinds:
    """Where numbers stand for something else. Asking every format in use takes longer than reading the cells."""

    def __init__(self, document: Any, logical: list[str]) -> None:
        self._formats = document.NumberFormats
        self._known: dict[int, str] = {}
        self._logical: Any = None
        self._shown = "^(" + "|".join(logical) + ")$"

    def of(self, sheet: Any, cells: Any, rows: Any, formulas: list[list[int]]) -> list[list[Any]]:
        """[kind, area] of the dates and spans of time among constants, of formulas, and of logical values."""
        if not any(float in set(map(type, row)) for row in rows):
            return []
        dates = [_area(one) for one in cells.queryContentCells(_DATE_CELLS).getRangeAddresses()]
        found = [["date", area] for area in dates if rows[area[0]][area[1]] >= _SURELY_A_DAY]
        for area in [one for one in dates if rows[one[0]][one[1]] < _SURELY_A_DAY] + formulas:
            found += self._by_format(_range(sheet, area))
        if any(not _ZERO_AND_ONE.isdisjoint(row) for row in rows):
            found += [["logical", area] for area in self._logical_areas(sheet)]
        return found

    def _by_format(self, cells: Any) -> list[list[Any]]:
        if cells.getPropertyState("NumberFormat").value != "AMBIGUOUS_VALUE":
            kind = self._kind(cells.getPropertyValue("NumberFormat"))
            return [[kind, _area(cells.getRangeAddress())]] if kind else []
        found = []
        same = cells.getUniqueCellFormatRanges()
        for ranges in (same.getByIndex(at) for at in range(same.getCount())):
            kind = self._kind(ranges.getPropertyValue("NumberFormat"))
            found += [[kind, _area(one)] for one in ranges.getRangeAddresses()] if kind else []
        return found

    def _kind(self, key: int) -> str:
        if key not in self._known:
            one = self._formats.getByKey(key)
            is_time = one.Type & _DATE_OR_TIME
            is_span = is_time and "[H" in one.FormatString.upper()
            self._known[key] = "logical" if one.Type & _LOGICAL else "span" if is_span else "date" if is_time else ""
        return self._known[key]

    def _logical_areas(self, sheet: Any) -> list[list[int]]:
        """Cells that show a logical value: a search by what is shown is the only way to find all in one call."""
        if self._logical is None:
            self._logical = sheet.createSearchDescriptor()
            self._logical.SearchRegularExpression = True
            self._logical.SearchString = self._shown
            self._logical.SearchType = 1
        found = sheet.findAll(self._logical)
        return [] if found is None else [_area(one) for one in found.getRangeAddresses()]


def obstacles(desk: Desk, book: int, sheet: str, areas: list[list[int]]) -> dict[str, Any]:
    """What a writer of these areas would break: `merged` areas near them, `array`: a cell of an array formula each."""
    cells = desk.thing(book).Sheets.getByName(sheet)
    merged: list[list[int]] = []
    arrays: list[list[int]] = []
    # Only the first cell of a merged area says that it is one, and it may lie above or left of what is written.
    _find_merged(cells, [0, 0, max(area[2] for area in areas), max(area[3] for area in areas)], merged)
    for area in areas:
        arrays += _arrays(cells, _range(cells, area))
    return {"merged": merged, "array": arrays}


def _range(sheet: Any, area: list[int]) -> Any:
    first_row, first_column, last_row, last_column = area
    return sheet.getCellRangeByPosition(first_column, first_row, last_column, last_row)


def _find_merged(sheet: Any, area: list[int], found: list[list[int]]) -> None:
    """Halve the area until each merged one in it is found; an area says whether it touches any."""
    if len(found) >= _ENOUGH or not _range(sheet, area).getIsMerged():
        return
    r0, c0, r1, c1 = area
    if r0 == r1 and c0 == c1:
        cursor = sheet.createCursorByRange(_range(sheet, area))
        cursor.collapseToMergedArea()
        found.append(_area(cursor.RangeAddress))
    elif r1 - r0 >= c1 - c0:
        middle = (r0 + r1) // 2
        _find_merged(sheet, [r0, c0, middle, c1], found)
        _find_merged(sheet, [middle + 1, c0, r1, c1], found)
    else:
        middle = (c0 + c1) // 2
        _find_merged(sheet, [r0, c0, r1, middle], found)
        _find_merged(sheet, [r0, middle + 1, r1, c1], found)


def _arrays(sheet: Any, cells: Any) -> list[list[int]]:
    found = []
    for one in cells.queryContentCells(_FORMULA_CELLS).RangeAddresses:
        texts = _range(sheet, _area(one)).getFormulaArray()
        found += [
            [one.StartRow + r, one.StartColumn + c]
            for r, row in enumerate(texts)
            for c, text in enumerate(row)
            if text.startswith("{=")
        ]
    return found


def end_table(desk: Desk, book: int, name: str, area: list[int]) -> None:
    """Let a database range cover an area of its sheet; its filter stays."""
    one = desk.thing(book).DatabaseRanges.getByName(name)
    address = one.getDataArea()
    address.StartRow, address.StartColumn, address.EndRow, address.EndColumn = area
    one.setDataArea(address)


def filter_anew(desk: Desk, book: int, sheet: str) -> None:
    """Let each filter of a sheet that has criteria judge its rows again."""
    document = desk.thing(book)
    cells = document.Sheets.getByName(sheet)
    at = cells.getRangeAddress().Sheet
    ranges = document.DatabaseRanges
    filtered = [ranges.getByName(name) for name in ranges.ElementNames]
    nameless = document.getPropertyValue("UnnamedDatabaseRanges")
    if nameless.hasByTable(at):
        filtered.append(nameless.getByTable(at))
    for one in filtered:
        area = one.getDataArea()
        if area.Sheet == at:
            criteria = one.getFilterDescriptor()
            if criteria.getFilterFields2():
                _range(cells, _area(area)).filter(criteria)


def pause_calculation(desk: Desk, book: int) -> bool:
    """Let formulas wait: while they follow each cell that is written, a table takes minutes. Whether they did not."""
    document = desk.thing(book)
    was_on = bool(document.isAutomaticCalculationEnabled())
    document.enableAutomaticCalculation(False)
    return was_on


def resume_calculation(desk: Desk, book: int) -> None:
    """Let formulas follow again."""
    desk.thing(book).enableAutomaticCalculation(True)


VERBS: dict[str, Any] = {
    "survey": survey,
    "obstacles": obstacles,
    "end_table": end_table,
    "filter_anew": filter_anew,
    "pause_calculation": pause_calculation,
    "resume_calculation": resume_calculation,
}
