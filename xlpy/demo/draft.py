"""A school being written over by hand: rows that may still change, and what was planted where."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from xlpy.demo.school import School
from xlpy.tables.raw import Value

Row = Mapping[str, Value]
Cells = dict[str, Value]
Suits = Callable[[Row], bool]


@dataclass(frozen=True, slots=True)
class Planted:
    """A slip: sheet and column by key, the rule that should speak of it.

    `place` is the row's position among the school's rows of that sheet. «Проверяющие» is laid out by the program:
    there `place` is the class and subject.
    """

    table: str
    place: int | tuple[str, str]
    column: str
    rule: str


@dataclass(slots=True)
class Draft:
    """A copy of a school to plant slips in. A row is picked once and never again: one slip does not hide another."""

    rows: dict[str, list[Cells]]
    random: Random
    planted: list[Planted] = field(default_factory=list)
    _picked: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, school: School, random: Random) -> Draft:
        """Return a copy whose cells may be changed."""
        return cls({key: [dict(row) for row in rows] for key, rows in school.rows.items()}, random)

    def free(self, table: str) -> list[tuple[int, Cells]]:
        """Rows in which nothing is planted, with their places."""
        return [
            (place, row) for place, row in enumerate(self.rows.get(table, ())) if (table, place) not in self._picked
        ]

    def pick(self, table: str, suits: Suits) -> int | None:
        """Return a free row that suits, each with the same chance, and reserve it; None where there is none."""
        rows = self.free(table)
        self.random.shuffle(rows)
        place = next((place for place, row in rows if suits(row)), None)
        if place is not None:
            self._picked.add((table, place))
        return place

    def reserve(self, table: str, suits: Suits) -> None:
        """Keep all rows that suit from being picked."""
        self._picked |= {(table, place) for place, row in enumerate(self.rows.get(table, ())) if suits(row)}

    def touched(self, table: str) -> list[Cells]:
        """Rows that were picked, appended or reserved."""
        return [row for place, row in enumerate(self.rows.get(table, ())) if (table, place) in self._picked]

    def drop(self, table: str, suits: Suits) -> None:
        """Take rows out. ValueError once anything is planted on the sheet: places would no longer be true."""
        if any(one.table == table and isinstance(one.place, int) for one in self.planted):
            raise ValueError(table)
        kept = [place for place, row in enumerate(self.rows[table]) if not suits(row)]
        moved = {place: at for at, place in enumerate(kept)}
        self._picked = {(key, moved.get(at, -1) if key == table else at) for key, at in self._picked}
        self.rows[table] = [self.rows[table][place] for place in kept]

    def append(self, table: str, row: Row) -> int:
        """Add a row under the others; it is reserved."""
        self.rows.setdefault(table, []).append(dict(row))
        place = len(self.rows[table]) - 1
        self._picked.add((table, place))
        return place

    def write(self, table: str, place: int, column: str, written: Value, rule: str) -> None:
        """Write over a cell and note which rule should speak of it."""
        self.rows[table][place][column] = written
        self.note(table, place, column, rule)

    def note(self, table: str, place: int | tuple[str, str], column: str, rule: str) -> None:
        """Note a slip that already stands there."""
        self.planted.append(Planted(table, place, column, rule))


Plant = Callable[[Draft], None]


def any_row(_row: Row) -> bool:
    """Every row suits."""
    return True


def always(written: Value) -> Callable[[Row], Value]:
    """The same thing written whatever the row."""
    return lambda _row: written


def slip(table: str, column: str, rule: str, written: Callable[[Row], Value], suits: Suits = any_row) -> Plant:
    """A slip of one cell: `written` says what comes over it, from its row."""

    def plant(draft: Draft) -> None:
        place = draft.pick(table, suits)
        if place is not None:
            draft.write(table, place, column, written(draft.rows[table][place]), rule)

    return plant


def work_of(row: Row) -> tuple[Value, Value]:
    """Class and subject of a row."""
    return row["school_class"], row["subject"]


def typo(name: Value) -> str:
    """A name with two neighbouring letters swapped: what a hurried hand makes of it, and nobody's own."""
    text = str(name)
    at = next(at for at in range(1, len(text) - 1) if text[at] != text[at + 1] and " " not in text[at : at + 2])
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
