"""A1 addresses: letters to numbers and back."""

from __future__ import annotations

from functools import cache


@cache
def column_letter(number: int) -> str:
    """Letters of a 1-based column: 1 → A, 27 → AA."""
    if number < 1:
        raise ValueError(f"column {number}")
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@cache
def column_number(letters: str) -> int:
    """1-based number of a column's letters: A → 1, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def address(row: int, column: int) -> str:
    """A1 address of a 1-based row and column."""
    return f"{column_letter(column)}{row}"
