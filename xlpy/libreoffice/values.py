"""Values between xlwings and cells: dates are day numbers in a date format, logical values numbers in a logical one.

Text is never converted: «00123», «1.5» and «TRUE» stay text, where Excel would take them for typed input. Text that
begins with an equals sign is a formula, and an apostrophe in front makes any text literal, both as in Excel.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from xlpy.libreoffice.formulas import to_office

_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - cells hold the clock on the wall
_DAY = 86_400_000_000
_PLAIN = frozenset((float, str))
_HALF = re.compile("[\ud800-\udfff]")
_SIGNS = frozenset(("=", "'"))

Part = list[int]


class CellError(str):
    """Text of an error value such as #N/A."""

    __slots__ = ()


def prepare(element: Any, options: Any) -> Any:
    """A Python, numpy or pandas scalar as the engine writes it; missing values become an empty cell."""
    del options
    kind = type(element)
    if kind is float:
        # Only what is no number differs from itself; a call for each of 60,000 cells would be felt.
        return element if element == element else ""  # noqa: PLR0124
    if kind is str or kind is bool or kind is int:
        return element
    return "" if element is None else _converted(element)


def _converted(element: Any) -> Any:
    name = type(element).__name__
    if name in {"NaTType", "NAType", "MaskedConstant"}:
        return ""
    if hasattr(element, "to_pydatetime"):
        return element.to_pydatetime(warn=False)
    if name == "datetime64":
        moment = element.astype("datetime64[us]").item()
        return "" if moment is None else moment
    if isinstance(element, Decimal):
        return "" if element.is_nan() else float(element)
    if hasattr(element, "item") and not isinstance(element, (str, float)):
        return prepare(element.item(), None)
    return "" if isinstance(element, float) and math.isnan(element) else element


def clean(
    rows: list[list[Any]],
    datetime_builder: Callable[..., Any],
    empty_as: Any,
    number_builder: Callable[[float], Any] | None,
    err_to_str: bool,
) -> list[list[Any]]:
    """Values as the engine read them, as xlwings' converters want them."""

    def one(content: Any) -> Any:
        kind = type(content)
        if kind is float:
            return content if number_builder is None else number_builder(content)
        if content == "" or content is None:
            return empty_as
        if kind is CellError:
            return str(content) if err_to_str else None
        return _built(content, datetime_builder) if kind is dt.datetime else content

    made = []
    for row in rows:
        if number_builder is None and _PLAIN.issuperset(map(type, row)):
            made.append([empty_as if content == "" else content for content in row] if "" in row else list(row))
        elif number_builder is None:
            # Numbers and text come through as they are: dates in one column must not cost a call for each cell of all.
            made.append(
                [
                    content if content.__class__ is float or (content.__class__ is str and content) else one(content)
                    for content in row
                ]
            )
        else:
            made.append([one(content) for content in row])
    return made


def _built(moment: dt.datetime, builder: Callable[..., Any]) -> Any:
    return builder(
        year=moment.year,
        month=moment.month,
        day=moment.day,
        hour=moment.hour,
        minute=moment.minute,
        second=moment.second,
        microsecond=moment.microsecond,
        tzinfo=None,
    )


def to_moment(number: float) -> Any:
    """Day number → moment; the number itself where the calendar has no such day.

    Beyond the year 2079 a number holds no single microseconds: there the nearest whole millisecond is meant.
    """
    day = math.floor(number)
    micros = round((number - day) * _DAY)
    off = micros % 1000
    if off and min(off, 1000 - off) <= math.ulp(number) * _DAY:
        micros = round(micros, -3)
    try:
        return _EPOCH + dt.timedelta(days=day, microseconds=micros)
    except OverflowError:
        return number


def to_number(moment: dt.date | dt.time) -> float:
    """Moment, day or time of day → day number."""
    if isinstance(moment, dt.time):
        moment = dt.datetime.combine(_EPOCH, moment)
    elif not isinstance(moment, dt.datetime):
        moment = dt.datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001
    since = moment.replace(tzinfo=None) - _EPOCH
    return since.days + (since.seconds * 1_000_000 + since.microseconds) / _DAY


def assembled(read: dict[str, Any], shape: tuple[int, int]) -> list[Any]:
    """Rows as the engine hands them out, of what the verb `read_values` brings; beyond what it read all is empty."""
    rows, shift = list(read["rows"]), read["shift"]
    if len(rows[0]) < shape[1]:
        rows = [[*row, *[""] * (shape[1] - len(row))] for row in rows]
    if len(rows) < shape[0]:
        rows += [[""] * shape[1] for _ in range(shape[0] - len(rows))]
    for kind, r0, c0, r1, c1 in read["kinds"]:
        for r in range(r0, r1 + 1):
            row = rows[r] = list(rows[r])
            if kind == "logical":
                row[c0 : c1 + 1] = [_logical(one) for one in row[c0 : c1 + 1]]
            else:
                row[c0 : c1 + 1] = [
                    to_moment(_day(one, shift)) if type(one) is float else one for one in row[c0 : c1 + 1]
                ]
    for text, r0, c0, r1, c1 in read["errors"]:
        for r in range(r0, r1 + 1):
            row = rows[r] = list(rows[r])
            row[c0 : c1 + 1] = [CellError(text)] * (c1 + 1 - c0)
    return rows


def _day(number: float, shift: int) -> float:
    # A time of day alone has no day that could be counted from another one.
    return number + shift if shift and number >= 1 else number


def _logical(content: Any) -> Any:
    # A formula that once gave a logical value leaves its format behind.
    return bool(content) if type(content) is float and content in (0.0, 1.0) else content


def taken_apart(rows: Sequence[Sequence[Any]]) -> tuple[list[list[Any]], dict[str, Any]]:
    """Rows as the verb `write_contents` wants them, and its marks. Raises TypeError for what no cell can hold."""
    places: dict[str, list[tuple[int, int]]] = {}
    formulas: dict[tuple[int, int], str] = {}
    plain = []
    for r, row in enumerate(rows):
        made = list(row)
        for c, content in _special(row):
            kind, made[c] = _sorted_out(content)
            if kind == "formula":
                formulas[r, c] = to_office(content)
            elif kind:
                places.setdefault(kind, []).append((r, c))
        plain.append(made)
    _check_texts(plain)
    marks: dict[str, Any] = {kind: parts_of(found) for kind, found in places.items()}
    marks["formula"] = [
        [[r0, c0, r1, c1], [[formulas[r, c] for c in range(c0, c1 + 1)] for r in range(r0, r1 + 1)]]
        for r0, c0, r1, c1 in parts_of(list(formulas))
    ]
    return plain, marks


def _check_texts(rows: list[list[Any]]) -> None:
    # Names of files that are no UTF-8 hold halves of characters. UNO stops at the first, with cells before it written.
    found = _HALF.search("".join([one for row in rows for one in row if one.__class__ is str]))
    if found:
        raise ValueError(f"no cell can hold {found[0]!r}")


def _special(row: Sequence[Any]) -> list[tuple[int, Any]]:
    """(column, value) of what cannot go into a cell as it is. Most can: this loop is what a write costs."""
    return [
        (c, content)
        for c, content in enumerate(row)
        if (
            content[:1] in _SIGNS
            if content.__class__ is str
            else content.__class__ is not float or content - content != 0.0
        )
    ]


def _sorted_out(content: Any) -> tuple[str, Any]:
    """(kind, text or number) of one value."""
    if content is None:
        return "", ""
    if isinstance(content, str):
        if content.startswith("=") and len(content) > 1:
            return "formula", ""
        return "", str(content.removeprefix("'"))
    if isinstance(content, bool):
        return "logical", float(content)
    if isinstance(content, (int, float)):
        return "", _finite(float(content))
    if isinstance(content, dt.time):
        return "clock", to_number(content)
    if isinstance(content, dt.date):
        has_hours = isinstance(content, dt.datetime) and content.time() != dt.time()
        return "moment" if has_hours else "date", to_number(content)
    converted = prepare(content, None)
    if converted is content or type(converted) is type(content):
        raise TypeError(f"no cell can hold a {type(content).__name__}")
    return _sorted_out(converted)


def _finite(number: float) -> Any:
    if math.isnan(number):
        return ""
    if math.isinf(number):
        # LibreOffice would take it, and then write a file that Excel calls damaged.
        raise ValueError(f"no cell can hold {number}")
    return number


def parts_of(places: Sequence[tuple[int, int]]) -> list[Part]:
    """Rectangles that cover exactly these cells: runs down each column, joined with equal ones beside them."""
    columns: dict[int, list[int]] = {}
    for r, c in places:
        columns.setdefault(c, []).append(r)
    found: list[Part] = []
    last: dict[tuple[int, int], Part] = {}
    for c in sorted(columns):
        for first, end in _runs(sorted(columns[c])):
            part = last.get((first, end))
            if part is not None and part[3] == c - 1:
                part[3] = c
            else:
                last[first, end] = part = [first, c, end, c]
                found.append(part)
    return found


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
