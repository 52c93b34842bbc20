"""Values between xlwings and cells: dates are day numbers in a date format, logical values numbers in a logical one."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from typing import Any

_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - cells hold the clock on the wall


class CellError(str):
    """Text of an error value such as #N/A."""

    __slots__ = ()


def prepare(element: Any, options: Any) -> Any:
    """A Python or pandas scalar as what the engine writes; missing values become an empty cell."""
    del options
    if element is None or isinstance(element, (str, bool, int)):
        return "" if element is None else element
    if isinstance(element, float):
        return "" if math.isnan(element) else element
    if type(element).__name__ in {"NaTType", "NAType"}:
        return ""
    if hasattr(element, "to_pydatetime"):
        return element.to_pydatetime()
    if type(element).__name__ == "datetime64":
        return prepare(element.astype("datetime64[us]").item(), None)
    if hasattr(element, "item"):
        return prepare(element.item(), None)
    return element


def clean(
    rows: list[list[Any]],
    datetime_builder: Callable[..., Any],
    empty_as: Any,
    number_builder: Callable[[float], Any] | None,
    err_to_str: bool,
) -> list[list[Any]]:
    """Values as the engine read them, as xlwings' converters want them."""

    def one(content: Any) -> Any:
        if content is None or content == "":
            return empty_as
        if type(content) is float:
            return content if number_builder is None else number_builder(content)
        if isinstance(content, CellError):
            return str(content) if err_to_str else None
        if isinstance(content, dt.datetime):
            return datetime_builder(
                year=content.year,
                month=content.month,
                day=content.day,
                hour=content.hour,
                minute=content.minute,
                second=content.second,
                microsecond=content.microsecond,
                tzinfo=None,
            )
        return content

    return [[one(content) for content in row] for row in rows]


def to_moment(number: float) -> dt.datetime:
    """Day number → moment."""
    return _EPOCH + dt.timedelta(microseconds=round(number * 86_400_000_000))


def to_number(moment: dt.date) -> float:
    """Moment → day number."""
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001
    return (moment.replace(tzinfo=None) - _EPOCH).total_seconds() / 86400
