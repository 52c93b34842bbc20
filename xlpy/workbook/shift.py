"""A formula moved to another cell: relative A1 references move with it, text and sheet names do not."""

from __future__ import annotations

import re

from xlpy.tables.addresses import column_letter, column_number

_TOKENS = re.compile(
    r"""
    (?P<text>"(?:[^"]|"")*")                     # a string
  | (?P<sheet>'(?:[^']|'')*'!)                   # a quoted sheet name
  | (?P<brackets>\[[^\]]*\])                     # a structured or external reference
  | (?P<ref>(?<![A-Za-z0-9_.])(?P<c>\$?[A-Z]{1,3})(?P<r>\$?[1-9]\d{0,6})(?![A-Za-z0-9_.(!]))
  | (?P<columns>(?<![A-Za-z0-9_.])(?P<c1>\$?[A-Z]{1,3}):(?P<c2>\$?[A-Z]{1,3})(?![A-Za-z0-9_.(]))
  | (?P<rows>(?<![A-Za-z0-9_.:])(?P<r1>\$?\d{1,7}):(?P<r2>\$?\d{1,7})(?![A-Za-z0-9_.]))
    """,
    re.VERBOSE,
)
_ROWS, _COLUMNS = 1_048_576, 16_384


def _row(text: str, by: int) -> str | None:
    if text.startswith("$"):
        return text
    number = int(text) + by
    return str(number) if 1 <= number <= _ROWS else None


def _column(text: str, by: int) -> str | None:
    if text.startswith("$"):
        return text
    number = column_number(text) + by
    return column_letter(number) if 1 <= number <= _COLUMNS else None


def shifted(formula: str, rows: int, columns: int) -> str:
    """Return the formula as if its cell moved down by `rows` and right by `columns`; off the sheet is #REF!."""
    if not rows and not columns:
        return formula

    def one(found: re.Match[str]) -> str:
        if found["ref"]:
            column, row = _column(found["c"], columns), _row(found["r"], rows)
            return "#REF!" if column is None or row is None else column + row
        if found["columns"]:
            first, last = _column(found["c1"], columns), _column(found["c2"], columns)
            return "#REF!" if first is None or last is None else f"{first}:{last}"
        if found["rows"]:
            top, bottom = _row(found["r1"], rows), _row(found["r2"], rows)
            return "#REF!" if top is None or bottom is None else f"{top}:{bottom}"
        return found[0]

    return _TOKENS.sub(one, formula)
