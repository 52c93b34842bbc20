"""New rows for a table whose user may have added columns: what they typed stays with the row it belongs to."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from xlpy.tables.addresses import column_letter
from xlpy.tables.convert import SlipCode, as_text, convert
from xlpy.tables.declare import Column, Role, Sheet
from xlpy.tables.formulas import formula_at
from xlpy.tables.normalise import clean_text, fold
from xlpy.tables.raw import Live, RawTable, Value

# Stands for the row number while a formula is made for a whole column; occurs in no formula.
_SAMPLE_ROW = 987_654_321


@dataclass(frozen=True, slots=True)
class MergedRow:
    """A row to write: the index of the old row whose cells it keeps (None for a new one), and the cells that are named.

    `named` holds values by column index. Calculated columns are neither kept nor named.
    """

    old: int | None
    named: Mapping[int, Value | Live]


@dataclass(frozen=True, slots=True)
class ColumnFormula:
    """The formula of a calculated column, made once and fitted to each row."""

    text: str

    def at(self, row: int) -> Live:
        """The formula for an Excel row."""
        return Live(self.text.replace(str(_SAMPLE_ROW), str(row)))


def positions_of(sheet: Sheet, captions: Sequence[str]) -> dict[str, int]:
    """Where each declared column stands among the captions (0-based); the first of two equal captions counts."""
    found: dict[str, int] = {}
    for at, caption in enumerate(captions):
        found.setdefault(clean_text(caption), at)
    return {column.key: found[column.caption] for column in sheet.columns if column.caption in found}


def match_key(columns: Sequence[Column], values: Sequence[Value | Live]) -> tuple[str, ...]:
    """Return what makes a row the same row, however its key is spelled: «5-А» and «5А», «2020-21» and «2020/21»."""
    return tuple(fold(as_text(_meant(column, value))) for column, value in zip(columns, values, strict=True))


def _meant(column: Column, value: Value | Live) -> Value:
    if isinstance(value, Live):
        return value.text
    typed = convert(value, column)
    is_certain = typed.slip not in {SlipCode.TYPE, SlipCode.CHOICE} and typed.value == typed.value
    return typed.value if is_certain else value  # type: ignore[return-value]


def column_formulas(sheet: Sheet, raw: RawTable) -> dict[int, ColumnFormula]:
    """Formulas of the calculated columns by column index."""
    positions = positions_of(sheet, raw.captions)
    letters = {key: column_letter(raw.first_column + at) for key, at in positions.items()}
    return {
        positions[column.key]: ColumnFormula(formula_at(sheet, column.key, _SAMPLE_ROW, letters))
        for column in sheet.columns
        if column.role is Role.CALCULATED and column.key in positions
    }


def merged_rows(sheet: Sheet, raw: RawTable, rows: Sequence[Mapping[str, Value | Live]]) -> list[MergedRow]:
    """Return what `rows` become in a table that holds the rows of `raw`.

    A key a row does not name, and every column of the user's own, keeps what stood in the old row with the same match
    key; two old rows with one key are taken in their order.
    """
    positions = positions_of(sheet, raw.captions)
    inputs = {c.key: positions[c.key] for c in sheet.columns if c.role is not Role.CALCULATED and c.key in positions}
    keys = [key for key in sheet.match if key in positions]
    match = [positions[key] for key in keys]
    columns = [sheet.column(key) for key in keys]
    in_place = _count_in_place([[line[at] for at in match] for line in raw.values], keys, rows)
    old: dict[tuple[str, ...], deque[int]] = defaultdict(deque)
    for number, line in enumerate(raw.values[in_place:], start=in_place):
        old[match_key(columns, [line[at] for at in match])].append(number)
    merged = []
    for number, row in enumerate(rows):
        named = {inputs[key]: value for key, value in row.items() if key in inputs}
        if number < in_place:
            merged.append(MergedRow(number, _without_live_keys(named, match, raw, number)))
            continue
        found = old.get(match_key(columns, [row.get(key) for key in keys]))
        kept = found.popleft() if found else None
        merged.append(MergedRow(kept, named if kept is None else _without_live_keys(named, match, raw, kept)))
    return merged


def _without_live_keys(
    named: dict[int, Value | Live], match: Sequence[int], raw: RawTable, old: int
) -> dict[int, Value | Live]:
    """The named cells but for keys that a formula of the user's gives: the row was found by its value, so it stays."""
    live = [at for at in match if raw.first_row + old in raw.formulas.get(at, ())]
    return {at: value for at, value in named.items() if at not in live} if live else named


def _count_in_place(old: Sequence[Sequence[Value]], keys: Sequence[str], rows: Sequence[Mapping[str, object]]) -> int:
    """How many rows from the first on have the very key of the old row at their place; they need no looking up."""
    if not keys:
        return 0
    for at, (line, row) in enumerate(zip(old, rows, strict=False)):
        if line != [row.get(key) for key in keys]:
            return at
    return min(len(old), len(rows))


def merged_values(row: MergedRow, raw: RawTable, calculated: Collection[int]) -> list[Value]:
    """The values of a merged row as a reader finds them: a formula has none, for its cached value is always empty."""
    line: list[Value] = [None] * len(raw.captions) if row.old is None else list(raw.values[row.old])
    for at in calculated:
        line[at] = None
    for at, value in row.named.items():
        line[at] = None if isinstance(value, Live) else value
    return line
