"""Addresses in A1 notation: from text to areas [first row, first column, last row, last column], 0-based, and back."""

from __future__ import annotations

import re

ROWS, COLUMNS = 1_048_576, 16_384
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_COLUMN = re.compile(r"\$?([A-Za-z]{1,3})")
_ROW = re.compile(r"\$?(\d{1,7})")
_SHEET = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!(.+)", re.DOTALL)
_BARE = re.compile(r"[^\W\d][\w.]*")

Area = list[int]


def column_number(letters: str) -> int:
    """Number from 0 of a column's letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    """Letters of a column's number from 0."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def split_sheet(address: str) -> tuple[str, str]:
    """(sheet, rest) of an address; the sheet is empty where it has none."""
    found = _SHEET.fullmatch(address)
    if found is None:
        return "", address
    return (found[1] or found[2]).replace("''", "'"), found[3]


def area_of(address: str) -> Area | None:
    """The area of one cell, block, whole columns or whole rows; None where the text is no address."""
    first, colon, second = address.strip().partition(":")
    if not colon:
        cell = _cell(first)
        return [*cell, *cell] if cell else None
    corners = _cell(first), _cell(second)
    if corners[0] and corners[1]:
        return _between(corners[0], corners[1])
    if (one := _COLUMN.fullmatch(first)) and (two := _COLUMN.fullmatch(second)):
        return _checked(_between((0, column_number(one[1])), (ROWS - 1, column_number(two[1]))))
    if (one := _ROW.fullmatch(first)) and (two := _ROW.fullmatch(second)):
        return _checked(_between((int(one[1]) - 1, 0), (int(two[1]) - 1, COLUMNS - 1)))
    return None


def _cell(text: str) -> tuple[int, int] | None:
    found = _CELL.fullmatch(text.strip())
    cell = (int(found[2]) - 1, column_number(found[1])) if found else None
    return cell if cell and is_on_sheet([*cell, *cell]) else None


def _between(one: tuple[int, int], two: tuple[int, int]) -> Area:
    return [min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1])]


def _checked(area: Area) -> Area | None:
    return area if is_on_sheet(area) else None


def is_on_sheet(area: Area) -> bool:
    """Whether all of an area lies on a sheet."""
    return area[0] >= 0 and area[1] >= 0 and area[2] < ROWS and area[3] < COLUMNS


def is_whole_rows(area: Area) -> bool:
    """Whether an area takes whole rows."""
    return area[1] == 0 and area[3] == COLUMNS - 1


def is_whole_columns(area: Area) -> bool:
    """Whether an area takes whole columns."""
    return area[0] == 0 and area[2] == ROWS - 1


def address_of(area: Area, row_mark: str = "$", column_mark: str = "$") -> str:
    """The address of an area; the marks stand in front of row numbers and column letters."""
    r0, c0, r1, c1 = area
    first, last = f"{column_mark}{column_letters(c0)}", f"{column_mark}{column_letters(c1)}"
    if is_whole_columns(area) and not is_whole_rows(area):
        return f"{first}:{last}"
    if is_whole_rows(area):
        return f"{row_mark}{r0 + 1}:{row_mark}{r1 + 1}"
    start = f"{first}{row_mark}{r0 + 1}"
    return start if r0 == r1 and c0 == c1 else f"{start}:{last}{row_mark}{r1 + 1}"


def with_sheet(sheet: str, address: str, book: str = "") -> str:
    """The address with its sheet, and its book in square brackets, in quotation marks where a name needs them."""
    names = f"[{book}]{sheet}" if book else sheet
    plain = _BARE.fullmatch(sheet) and not area_of(sheet) and (not book or _BARE.fullmatch(book))
    return f"{names}!{address}" if plain else "'" + names.replace("'", "''") + f"'!{address}"
