"""One formula over many cells: relative references move along with the cell, as when Excel fills a range."""

from __future__ import annotations

import re

from xlpy.libreoffice.addresses import COLUMNS, ROWS, column_letters, column_number

_CELL = r"(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7})"
_COLUMN, _ROW = r"(\$?)([A-Za-z]{1,3})", r"(\$?)(\d{1,7})"
_END = r"(?![\w.(\[!])"
# In the grammar of LibreOffice's API: text, other files and names of sheets hold nothing that moves.
_QUOTED = r"'(?:[^']|'')+'"
_PLACE = r"\$?[A-Za-z]{1,3}\$?\d|\$?[A-Za-z]{1,3}:|\$?\d+:"
_TOKENS = re.compile(
    r"(?P<still>\"(?:[^\"]|\"\")*\""
    rf"|{_QUOTED}(?:#\$?(?:{_QUOTED}|\w+)\.[\w.$]+|\.)?|\$?\w+\.(?={_PLACE}))"
    rf"|(?P<columns>{_COLUMN}:{_COLUMN}{_END})|(?P<rows>{_ROW}:{_ROW}{_END})|(?P<cell>{_CELL}{_END})"
    r"|(?P<rest>[\w.$\\?]+|.)",
    re.DOTALL,
)
_LOST = "#REF!"


def filled(formula: str, rows: int, columns: int) -> list[list[str]]:
    """The formula of the first cell, for each cell of a block of that many rows and columns."""
    parts = [_part(found) for found in _TOKENS.finditer(formula)]
    if all(isinstance(part, str) for part in parts):
        return [[formula] * columns for _ in range(rows)]
    return [["".join(_at(part, down, right) for part in parts) for right in range(columns)] for down in range(rows)]


def moved(formula: str, down: int, right: int) -> str:
    """The formula as it stands in a cell that many rows below and columns right of its own."""
    return "".join(_at(_part(found), down, right) for found in _TOKENS.finditer(formula))


# What moves: a row (from 0), a column (from 0), and text between them.
_Part = str | list[str | tuple[str, int]]


def _part(found: re.Match[str]) -> _Part:
    if found["columns"] or found["rows"]:
        one, two = found[0].split(":")
        first, second = _line(one), _line(two)
        return found[0] if isinstance(first, str) and isinstance(second, str) else [first, ":", second]
    if found["cell"]:
        split = re.fullmatch(_CELL, found["cell"])
        if split is None or (split[1] and split[3]):
            return found[0]
        return [_line(split[1] + split[2]), _line(split[3] + split[4])]
    return found[0]


def _line(text: str) -> str | tuple[str, int]:
    if text.startswith("$"):
        return text
    return ("row", int(text) - 1) if text.isdigit() else ("column", column_number(text))


def _at(part: _Part, down: int, right: int) -> str:
    if isinstance(part, str):
        return part
    made = [one if isinstance(one, str) else _moved(one, down, right) for one in part]
    return _LOST if "" in made else "".join(made)


def _moved(line: tuple[str, int], down: int, right: int) -> str:
    kind, number = line
    number += down if kind == "row" else right
    if number >= (ROWS if kind == "row" else COLUMNS):
        return ""
    return str(number + 1) if kind == "row" else column_letters(number)
