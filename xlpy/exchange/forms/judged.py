"""What a form that came back certainly says, once judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from xlpy.exchange.forms.notes import FormNote
from xlpy.exchange.forms.recognise import FormGrid
from xlpy.tables.raw import Value


class JudgedCell(NamedTuple):
    """A cell that certainly means something. A tuple, for a form has hundreds.

    `key` is its column of «Результаты» («variant», «task_1»…), `meant` what that should hold, `cell` its A1 address
    in the form, `written` what stands there.
    """

    key: str
    meant: Value
    cell: str
    written: Value


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A row that is certainly this paper: Excel row, cell of its code, and its certain cells by key."""

    code: str
    row: int
    cell: str
    cells: Mapping[str, JudgedCell]


@dataclass(frozen=True, slots=True)
class JudgedForm:
    """What a form certainly says. `rows` by code.

    `columns`: 1-based column of every key whose column is certain. A cell is empty in the form only where its row is
    in `rows`, its key in `columns`, and it is not in `uncertain`: (code, key) where something stands that is not
    certain. A row or a column that is not there says nothing.
    """

    grid: FormGrid
    rows: Mapping[str, JudgedRow]
    columns: Mapping[str, int]
    uncertain: frozenset[tuple[str, str]]
    notes: tuple[FormNote, ...]
