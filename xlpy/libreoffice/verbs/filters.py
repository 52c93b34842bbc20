"""Filters of ranges and tables: which rows show. A condition is [column from 0, operator, values, joined by "or"].

The operator is named as UNO names it; values are text, numbers, or [days from 30.12.1899].
"""

from __future__ import annotations

from datetime import date
from typing import Any

from .cells import area_of, to_area
from .desk import Desk
from .runtime import enum, struct

_OPERATORS = {
    "EMPTY": 0,
    "NOT_EMPTY": 1,
    "EQUAL": 2,
    "NOT_EQUAL": 3,
    "GREATER": 4,
    "GREATER_EQUAL": 5,
    "LESS": 6,
    "LESS_EQUAL": 7,
    "TOP_VALUES": 8,
    "TOP_PERCENT": 9,
    "BOTTOM_VALUES": 10,
    "BOTTOM_PERCENT": 11,
}
_NAMES = {number: name for name, number in _OPERATORS.items()}
# All that a filter of LibreOffice can hold.
_MOST = 8
# Of com.sun.star.sheet.FilterFieldType.
_TEXT = 1


def conditions_of(desk: Desk, sheet: int, area: list[int]) -> list[list[Any]]:
    """The conditions of the filter of an area."""
    filtered = _filtered(desk.document_of(sheet), area_of(desk, sheet, area).getRangeAddress())
    fields = filtered.getFilterDescriptor().getFilterFields3() if filtered is not None else ()
    return [[one.Field, _NAMES.get(one.Operator, ""), _plain(one.Values), _joins(one)] for one in fields]


def _filtered(document: Any, address: Any) -> Any:
    """The table that is exactly there, else the one filter of the sheet where it is there; None without either."""
    area, tables = to_area(address), document.DatabaseRanges
    for name in tables.getElementNames():
        table = tables.getByName(name)
        if table.getDataArea().Sheet == address.Sheet and to_area(table.getDataArea()) == area:
            return table
    unnamed = document.getPropertyValue("UnnamedDatabaseRanges")
    found = unnamed.getByTable(address.Sheet) if unnamed.hasByTable(address.Sheet) else None
    return found if found is not None and to_area(found.getDataArea()) == area else None


def _joins(field: Any) -> bool:
    return bool(field.Connection.value == "OR")


def _plain(values: Any) -> list[Any]:
    return [one.NumericValue if one.IsNumeric else one.StringValue for one in values]


def filter_rows(desk: Desk, sheet: int, area: list[int], conditions: list[list[Any]]) -> None:
    """Show the rows below the first that meet the conditions; all where there are none.

    Raises ValueError for more than 8 of them, and where another area of the sheet that is no table has a filter.
    """
    if len(conditions) > _MOST:
        raise ValueError(len(conditions))
    document, cells = desk.document_of(sheet), area_of(desk, sheet, area)
    filtered = _with_arrows(document, cells.getRangeAddress())
    # A filter without conditions is taken for none to apply: only this way all rows show again.
    nothing = cells.createFilterDescriptor(True)
    # Otherwise the area forgets its header, and the next filter hides it.
    nothing.ContainsHeader = True
    cells.filter(nothing)
    first = document.NullDate
    shift = (date(first.Year, first.Month, first.Day) - date(1899, 12, 30)).days
    # The filter of a range forgets all values of a condition but the first, that of a table keeps them.
    filtered.getFilterDescriptor().setFilterFields3(tuple(_field(one, shift) for one in conditions))
    filtered.refresh()


def _field(condition: list[Any], shift: int) -> Any:
    column, operator, values, joins = condition
    field = struct("sheet.TableFilterField3", Field=column, Operator=_OPERATORS[operator])
    field.Connection = enum("sheet.FilterConnection", "OR" if joins else "AND")
    field.Values = tuple(_value(one, shift) for one in values)
    return field


def _value(one: Any, shift: int) -> Any:
    if isinstance(one, str):
        text = struct("sheet.FilterFieldValue", IsNumeric=False, StringValue=one)
        # Since 7.2 the kind of a value counts for more than whether it is numeric.
        if hasattr(text, "FilterType"):
            text.FilterType = _TEXT
        return text
    number = one[0] - shift if isinstance(one, list) else one
    return struct("sheet.FilterFieldValue", IsNumeric=True, NumericValue=float(number))


def _with_arrows(document: Any, address: Any) -> Any:
    """What holds the filter of an area, made where there is none: a sheet has one at a time beside those of tables."""
    filtered = _filtered(document, address)
    if filtered is None:
        unnamed = document.getPropertyValue("UnnamedDatabaseRanges")
        if unnamed.hasByTable(address.Sheet) and unnamed.getByTable(address.Sheet).AutoFilter:
            raise ValueError(to_area(address))
        unnamed.setByTable(address)
        filtered = unnamed.getByTable(address.Sheet)
        filtered.setPropertyValue("ContainsHeader", True)
    filtered.setPropertyValue("AutoFilter", True)
    return filtered


VERBS: dict[str, Any] = {"conditions_of": conditions_of, "filter_rows": filter_rows}
