"""Filters of ranges and tables: which rows show. A condition is [column from 0, operator, values, joined by "or"].

The operator is named as UNO names it; values are text or numbers.
"""

from __future__ import annotations

from typing import Any

from .cells import area_of
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


def conditions_of(desk: Desk, sheet: int, area: list[int]) -> list[list[Any]]:
    """The conditions of the filter of an area."""
    fields = area_of(desk, sheet, area).createFilterDescriptor(False).getFilterFields3()
    return [[one.Field, _NAMES.get(one.Operator, ""), _plain(one.Values), _joins(one)] for one in fields]


def _joins(field: Any) -> bool:
    return bool(field.Connection.value == "OR")


def _plain(values: Any) -> list[Any]:
    return [one.NumericValue if one.IsNumeric else one.StringValue for one in values]


def filter_rows(desk: Desk, sheet: int, area: list[int], conditions: list[list[Any]]) -> None:
    """Show the rows below the first that meet the conditions; all where there are none. ValueError for more than 8."""
    if len(conditions) > _MOST:
        raise ValueError(len(conditions))
    cells = area_of(desk, sheet, area)
    fields = []
    for column, operator, values, joins in conditions:
        field = struct("sheet.TableFilterField3", Field=column, Operator=_OPERATORS[operator])
        field.Connection = enum("sheet.FilterConnection", "OR" if joins else "AND")
        field.Values = tuple(_value(one) for one in values)
        fields.append(field)
    how = cells.createFilterDescriptor(True)
    how.ContainsHeader = True
    how.setFilterFields3(tuple(fields))
    cells.filter(how)


def _value(one: Any) -> Any:
    if isinstance(one, str):
        return struct("sheet.FilterFieldValue", IsNumeric=False, StringValue=one)
    return struct("sheet.FilterFieldValue", IsNumeric=True, NumericValue=one)


VERBS: dict[str, Any] = {"conditions_of": conditions_of, "filter_rows": filter_rows}
