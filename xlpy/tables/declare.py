"""The words in which sheets are declared: what a column is, what a sheet is. Holds no captions of its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a cell of a column may hold."""

    ANY = "any"
    TEXT = "text"
    LABEL = "label"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    CODE = "code"
    CLASS = "class"
    SUBJECT = "subject"
    SUBJECTS = "subjects"
    TEACHER = "teacher"
    YEAR = "year"
    TASK = "task"
    VARIANT = "variant"
    MARK = "mark"


class Role(Enum):
    """Who fills a column: a person, a formula, or the program."""

    INPUT = "input"
    CALCULATED = "calculated"
    OUTPUT = "output"


class Formula(Enum):
    """Calculated columns name their formula; `tables.formulas` writes it out for a row."""

    POINTS = "points"
    MARK = "mark"
    COMPARISON = "comparison"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    `key` is the name in code, `caption` the header a user sees. `low`/`high` are inclusive limits.
    `source` names the defined name that feeds the drop-down list; it advises and does not bind.
    """

    key: str
    caption: str
    kind: Kind = Kind.TEXT
    role: Role = Role.INPUT
    required: bool = False
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    width: float = 14
    help: str = ""
    source: str = ""
    formula: Formula | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the workbook: an Excel table under `header_row` (1-based), matched by `match` columns.

    `capacity` bounds defined names, validations and formats: the number of data rows they cover.
    """

    key: str
    name: str
    columns: tuple[Column, ...]
    match: tuple[str, ...]
    purpose: str
    header_row: int = 1
    capacity: int = 500

    @property
    def table_name(self) -> str:
        """Name of the ListObject: the sheet's name with spaces as underscores."""
        return self.name.replace(" ", "_")

    def column(self, key: str) -> Column:
        """Return the declared column `key`; KeyError names what is missing."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(f"{self.key}.{key}")

    def defined_name(self, key: str) -> str:
        """Name of the bounded range of a column, e.g. `scales_year`."""
        return f"{self.key}_{key}"
