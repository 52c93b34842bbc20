"""Formulas that follow cells to where a newer workbook keeps them: references are rewritten, all else stays.

A sheet whose cells stay where they were needs no rewriting, and then nothing is touched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from xlpy.tables.addresses import column_letter, column_number

_ROWS, _COLUMNS = 1_048_576, 16_384
_CELL = r"(?P<{0}c>\$?[A-Za-z]{{1,3}})(?P<{0}r>\$?[1-9]\d{{0,6}})"
_TOKENS = re.compile(
    rf"""
    (?P<text>"(?:[^"]|"")*")
  | (?P<outside>\[[^\]]*\](?:[\w.]+!\$?[A-Za-z]*\$?\d*(?::\$?[A-Za-z]*\$?\d*)?)?)
  | (?P<sheet>(?:'(?:[^']|'')+'|(?<![\w.])[^\W\d][\w.]*)!)?
    (?:
        (?<![\w.$]){_CELL.format("a")}(?::{_CELL.format("b")})?(?![\w.(!])
      | (?<![\w.$])(?P<c1>\$?[A-Za-z]{{1,3}}):(?P<c2>\$?[A-Za-z]{{1,3}})(?![\w.(!])
      | (?<![\w.$:])(?P<r1>\$?[1-9]\d{{0,6}}):(?P<r2>\$?[1-9]\d{{0,6}})(?![\w.(!])
    )
  | (?P<bare>(?:'(?:[^']|'')+'|(?<![\w.])[^\W\d][\w.]*)!)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class SheetMove:
    """Where the cells of one sheet go. `columns` and `rows` are 1-based, old to new; the rest follows the last ones."""

    name: str
    columns: Mapping[int, int] = field(default_factory=dict)
    rows: Mapping[int, int] = field(default_factory=dict)
    in_order: bool = True

    def column(self, old: int) -> int:
        """New column of an old one; one that nothing stood in keeps its distance to the last that something did."""
        return _moved(old, self.columns)

    def row(self, old: int) -> int:
        """New row of an old one, likewise."""
        return _moved(old, self.rows)

    def stays(self) -> bool:
        """Whether every cell stays where it is."""
        return all(old == new for old, new in self.columns.items()) and all(o == n for o, n in self.rows.items())


def _moved(old: int, known: Mapping[int, int]) -> int:
    if old in known or not known:
        return known.get(old, old)
    first, last = min(known), max(known)
    if old < first:
        return min(old, known[first])
    if old > last:
        return old + max(known.values()) - last
    return old


@dataclass(frozen=True, slots=True)
class Moves:
    """How the sheets of a workbook move: by their old name, compared without case."""

    by_name: Mapping[str, SheetMove]

    def of(self, sheet: str) -> SheetMove | None:
        """The move of a sheet; None where it is unknown."""
        return self.by_name.get(sheet.casefold())

    def nothing_moves(self) -> bool:
        """Whether every sheet keeps its name and its cells."""
        return all(move.stays() and move.name.casefold() == old for old, move in self.by_name.items())


def rewritten(formula: str, moves: Moves, home: str | None) -> str:
    """Return the formula with every reference pointing to where its cells went.

    `home` is the old name of the sheet whose cells are meant where no sheet is named.
    """
    if moves.nothing_moves():
        return formula

    def one(found: re.Match[str]) -> str:
        prefix = found["sheet"] or found["bare"] or ""
        if found["text"] or found["outside"]:
            return found[0]
        move = moves.of(_name(prefix) if prefix else home or "")
        if move is None:
            return found[0]
        shown = prefix if not prefix or move.name.casefold() == _name(prefix).casefold() else quoted(move.name) + "!"
        return shown + (_reference(found, move) if not found["bare"] else "")

    return _TOKENS.sub(one, formula)


def quoted(name: str) -> str:
    """A sheet's name as formulas write it."""
    return "'" + name.replace("'", "''") + "'"


def _name(prefix: str) -> str:
    bare = prefix.removesuffix("!")
    return bare[1:-1].replace("''", "'") if bare.startswith("'") else bare


def _reference(found: re.Match[str], move: SheetMove) -> str:
    if found["ac"] and found["bc"]:
        columns, rows = _pair(found["ac"], found["bc"], move), _row_pair(found["ar"], found["br"], move)
        return f"{columns[0]}{rows[0]}:{columns[1]}{rows[1]}"
    if found["ac"]:
        return _column(found["ac"], move) + _row(found["ar"], move)
    if found["c1"]:
        return ":".join(_pair(found["c1"], found["c2"], move))
    return ":".join(_row_pair(found["r1"], found["r2"], move))


def _column(text: str, move: SheetMove) -> str:
    number = move.column(column_number(text.lstrip("$").upper()))
    return ("$" if text.startswith("$") else "") + column_letter(min(number, _COLUMNS))


def _row(text: str, move: SheetMove) -> str:
    return ("$" if text.startswith("$") else "") + str(min(move.row(int(text.lstrip("$"))), _ROWS))


def _pair(first: str, last: str, move: SheetMove) -> tuple[str, str]:
    ends = _column(first, move), _column(last, move)
    return ends if column_number(ends[0].lstrip("$")) <= column_number(ends[1].lstrip("$")) else (ends[1], ends[0])


def _row_pair(first: str, last: str, move: SheetMove) -> tuple[str, str]:
    """Both ends of a span of rows; where rows changed places, the span that still holds all of them."""
    ends = int(first.lstrip("$")), int(last.lstrip("$"))
    new = [move.row(end) for end in ends]
    if not move.in_order:
        new += [now for old, now in move.rows.items() if ends[0] <= old <= ends[1]]
    signs = ["$" if text.startswith("$") else "" for text in (first, last)]
    return signs[0] + str(min(*new, _ROWS)), signs[1] + str(min(max(new), _ROWS))
