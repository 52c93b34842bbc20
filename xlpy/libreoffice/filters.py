"""Filters of a range or a table: which of its rows show. Fields are columns from 1."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from xlwings import base_classes

from xlpy.words.libreoffice import uncovered

_Base: Any = getattr(base_classes, "AutoFilter", object)
_OPERATORS = {
    "equal_to": "EQUAL",
    "not_equal_to": "NOT_EQUAL",
    "greater_than": "GREATER",
    "less_than": "LESS",
    "greater_than_or_equal": "GREATER_EQUAL",
    "less_than_or_equal": "LESS_EQUAL",
}
_COUNTED = {
    "TOP_VALUES": ("top_items", "count"),
    "BOTTOM_VALUES": ("bottom_items", "count"),
    "TOP_PERCENT": ("top_percent", "percent"),
    "BOTTOM_PERCENT": ("bottom_percent", "percent"),
}
_NAMES = {office: ours for ours, office in _OPERATORS.items()}
_FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - days of a sheet know no zone
_DAY = 86_400
# [column from 0, operator, values, whether joined by "or"], as verbs take it.
Condition = list[Any]


class AutoFilter(_Base):  # type: ignore[misc]
    """The filter of a range whose first row is a header. LibreOffice holds at most 8 conditions in one."""

    def __init__(self, cells: Any) -> None:
        self.cells = cells

    def _conditions(self) -> list[Condition]:
        return list(self.cells.sheet.call("conditions_of", self.cells.area))

    def _apply(self, field: int, *new: Condition) -> None:
        kept = [one for one in self._conditions() if one[0] != field - 1]
        if kept and any(joined for *_, joined in [*kept, *new]):
            # The office reads conditions in a row and knows no brackets: «a and (b or c)» cannot be said.
            raise NotImplementedError(
                uncovered('AutoFilter.apply_comparison(operator="not_between")', "AutoFilter.apply_values")
            )
        self.cells.sheet.call("filter_rows", self.cells.area, [*kept, *new])

    @property
    def criteria(self) -> list[dict[str, Any]]:
        """What each field is filtered by."""
        found: dict[int, list[Condition]] = {}
        for one in self._conditions():
            found.setdefault(one[0], []).append(one)
        return [_criterion(field + 1, found.get(field, [])) for field in range(self.cells.shape[1])]

    def apply_values(self, field: int, values: list[str]) -> None:
        """Show rows that show one of these texts."""
        self._apply(field, [field - 1, "EQUAL", values, False])

    def apply_comparison(self, field: int, operator: str, value1: Any, value2: Any) -> None:
        """Show rows that compare so; None means empty."""
        at, first, second = field - 1, _value(value1), _value(value2)
        if value1 is None:
            self._apply(field, [at, "EMPTY" if operator == "equal_to" else "NOT_EMPTY", [], False])
        elif operator == "between":
            self._apply(field, [at, "GREATER_EQUAL", [first], False], [at, "LESS_EQUAL", [second], False])
        elif operator == "not_between":
            self._apply(field, [at, "LESS", [first], False], [at, "GREATER", [second], True])
        else:
            self._apply(field, [at, _OPERATORS[operator], [first], False])

    def apply_top_items(self, field: int, count: int) -> None:
        """Show the rows of the largest values."""
        self._apply(field, [field - 1, "TOP_VALUES", [count], False])

    def apply_bottom_items(self, field: int, count: int) -> None:
        """Show the rows of the smallest values."""
        self._apply(field, [field - 1, "BOTTOM_VALUES", [count], False])

    def apply_top_percent(self, field: int, percent: float) -> None:
        """Show so many percent of the rows, of the largest values."""
        self._apply(field, [field - 1, "TOP_PERCENT", [percent], False])

    def clear(self, field: int | None) -> None:
        """Filter by this field no longer, or by none."""
        if field is None:
            self.cells.sheet.call("filter_rows", self.cells.area, [])
        else:
            self._apply(field)


def _value(one: Any) -> Any:
    """Number, text or [days]; xlwings hands numbers as text and dates as a dict."""
    if isinstance(one, dict):
        passed = datetime.fromisoformat(one["value"]) - _FIRST_DAY
        return [passed.days + passed.seconds / _DAY]
    try:
        return float(one)
    except (TypeError, ValueError):
        return one


def _shown(one: Any) -> str:
    return one if isinstance(one, str) else f"{one:.15g}"


def _criterion(field: int, conditions: list[Condition]) -> dict[str, Any]:
    found: dict[str, Any] = base_classes.empty_autofilter_criteria(field)
    if not conditions:
        return found
    (_, operator, values, _), *more = conditions
    if more:
        name = {("GREATER_EQUAL", "LESS_EQUAL"): "between", ("LESS", "GREATER"): "not_between"}.get(
            (operator, more[0][1])
        )
        return _compared(found, name, [values[0], more[0][2][0]]) if name else {**found, "type": "unknown"}
    if operator in _COUNTED:
        kind, what = _COUNTED[operator]
        return {**found, "type": kind, what: int(values[0]) if what == "count" else values[0]}
    if operator in {"EMPTY", "NOT_EMPTY"}:
        return _compared(found, "equal_to" if operator == "EMPTY" else "not_equal_to", [])
    if operator == "EQUAL" and all(isinstance(one, str) for one in values):
        return {**found, "type": "values", "values": values}
    return _compared(found, _NAMES.get(operator), values)


def _compared(found: dict[str, Any], operator: str | None, values: list[Any]) -> dict[str, Any]:
    first, second = [*map(_shown, values), None, None][:2]
    return {**found, "type": "comparison", "operator": operator, "value1": first, "value2": second}
