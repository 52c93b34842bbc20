"""Raw tables to typed ones: pandas frames whose rows keep their Excel row, so that every finding has its cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from xlpy.tables import schema
from xlpy.tables.addresses import column_letter
from xlpy.tables.convert import SlipCode, TaskState, Typed, convert, is_empty
from xlpy.tables.declare import Column, Kind, Role, Sheet
from xlpy.tables.normalise import clean_text, fold
from xlpy.tables.raw import RawTable, Value

__all__ = ["Slip", "SlipCode", "Table", "TaskState", "empty_table", "read_table", "read_tables", "split_list"]

_NUMERIC = {Kind.INTEGER, Kind.NUMBER, Kind.TASK, Kind.MARK}


@dataclass(frozen=True, slots=True)
class Slip:
    """A cell that could not be taken as it stands; `meant` is what was understood, None where nothing was."""

    row: int
    key: str
    code: SlipCode
    written: Value
    meant: object


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet's table, typed.

    Shapes: `frame` has one row per non-empty row of the sheet, index = Excel row, columns = schema keys.
    Text is "" where empty, numbers NaN, dates NaT. `states` (sheets with task columns): TaskState per task cell.
    `formulas` and `errors` name cells by Excel row and key. `letters` maps keys to column letters.
    `typed_over`: rows where a calculated column holds a value and no formula, by key.
    """

    sheet: Sheet
    frame: pd.DataFrame
    letters: Mapping[str, str]
    slips: tuple[Slip, ...]
    formulas: Mapping[str, frozenset[int]]
    errors: Mapping[tuple[int, str], str]
    states: pd.DataFrame | None = None
    typed_over: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def cell(self, row: int, key: str) -> str:
        """A1 address of a cell of this table."""
        return f"{self.letters[key]}{row}"


def split_list(text: str) -> tuple[str, ...]:
    """Split a «;» list as typed columns hold it."""
    return tuple(part for part in (clean_text(piece) for piece in text.split(";")) if part)


@dataclass(frozen=True, slots=True)
class _TypedColumn:
    values: npt.NDArray[np.generic]
    states: npt.NDArray[np.int8]
    filled: npt.NDArray[np.bool_]
    slips: list[Slip]


class _Numbers(dict[Value, int]):
    """Gives each new key the next number."""

    def __missing__(self, key: Value) -> int:
        self[key] = number = len(self)
        return number


def _factorise(written: list[Value]) -> tuple[npt.NDArray[np.intp], list[Value]]:
    """Codes and distinct values; booleans apart from the numbers they compare equal to.

    A dictionary is several times faster here than `pandas.factorize`, which looks at every value for being missing.
    """
    count = len(written)
    if written.count("") == count:
        return np.zeros(count, dtype=np.intp), [""]
    if bool in set(map(type, written)):
        seen: dict[tuple[type, Value], int] = {}
        codes = np.fromiter((seen.setdefault((type(v), v), len(seen)) for v in written), np.intp, count)
        return codes, [value for _, value in seen]
    numbers = _Numbers()
    codes = np.fromiter(map(numbers.__getitem__, written), np.intp, count)
    return codes, list(numbers)


def _spread(column: Column, distinct: list[Typed], codes: npt.NDArray[np.intp]) -> npt.NDArray[np.generic]:
    """Typed values of all rows from those of the distinct ones, in the dtype of the column's kind."""
    if column.kind in _NUMERIC:
        return np.array([one.value for one in distinct], dtype=np.float64)[codes]
    if column.kind is Kind.DATE:
        dates = pd.to_datetime(pd.Series([one.value for one in distinct], dtype=object), errors="coerce")
        return dates.to_numpy(dtype="datetime64[ns]")[codes]
    values = np.empty(len(distinct), dtype=object)
    values[:] = [one.value for one in distinct]
    return values[codes]


def _type_column(column: Column, written: list[Value], first_row: int) -> _TypedColumn:
    codes, distinct_written = _factorise(written)
    distinct_written = [None if value != value else value for value in distinct_written]  # noqa: PLR0124 - NaN
    distinct = [convert(value, column) for value in distinct_written]
    filled = np.array([not is_empty(value) for value in distinct_written], dtype=bool)
    states = np.array([one.state for one in distinct], dtype=np.int8)
    slips = [
        Slip(first_row + int(at), column.key, one.slip, value, one.value)
        for number, (one, value) in enumerate(zip(distinct, distinct_written, strict=True))
        if one.slip is not None
        for at in np.flatnonzero(codes == number)
    ]
    return _TypedColumn(_spread(column, distinct, codes), states[codes], filled[codes], slips)


def _missing_column(column: Column, count: int) -> _TypedColumn:
    typed = convert(None, column)
    codes = np.zeros(count, dtype=np.intp)
    return _TypedColumn(
        _spread(column, [typed], codes), np.zeros(count, dtype=np.int8), np.zeros(count, dtype=bool), []
    )


def _positions(sheet: Sheet, captions: tuple[str, ...]) -> dict[str, int]:
    """Where each declared column stands; the first of two equal captions counts."""
    found: dict[str, int] = {}
    for position, caption in enumerate(captions):
        found.setdefault(clean_text(caption), position)
    return {c.key: found[c.caption] for c in sheet.columns if c.caption in found}


def empty_table(sheet: Sheet) -> Table:
    """Return a typed table without rows."""
    return read_table(sheet, RawTable(sheet.name, tuple(c.caption for c in sheet.columns), sheet.header_row + 1, 1, []))


def read_table(sheet: Sheet, raw: RawTable) -> Table:
    """Return the typed table of a raw one. Never raises on data: problems are slips.

    A declared column that the raw table lacks is empty throughout. Rows without anything typed are dropped.
    """
    positions = _positions(sheet, raw.captions)
    count = len(raw.values)
    by_position = list(zip(*raw.values, strict=True)) if count else []
    typed: dict[str, _TypedColumn] = {}
    for column in sheet.columns:
        if count and column.key in positions:
            typed[column.key] = _type_column(column, list(by_position[positions[column.key]]), raw.first_row)
        else:
            typed[column.key] = _missing_column(column, count)
    rows = np.arange(raw.first_row, raw.first_row + count)
    unread = {**_uncalculated(sheet, raw, positions, typed), **_errors(raw, positions)}
    for row, key in unread:
        typed[key].states[row - raw.first_row] = TaskState.UNREADABLE
    inputs = [typed[c.key].filled for c in sheet.columns if c.role is not Role.CALCULATED]
    keep = np.logical_or.reduce(inputs) if count else np.zeros(0, dtype=bool)
    index = pd.Index(rows[keep], dtype=np.int64, name="row")
    frame = pd.DataFrame(
        {
            key: pd.Series(one.values[keep], index=index, dtype=object if one.values.dtype == object else None)
            for key, one in typed.items()
        },
        index=index,
    )
    return Table(
        sheet=sheet,
        frame=frame,
        letters={key: column_letter(raw.first_column + at) for key, at in positions.items()}
        | {c.key: column_letter(raw.first_column + i) for i, c in enumerate(sheet.columns) if c.key not in positions},
        slips=_slips(sheet, typed, rows, keep, unread),
        formulas={
            key: frozenset(row for row in raw.formulas.get(at, frozenset()) if row >= raw.first_row)
            for key, at in positions.items()
        },
        errors=_errors(raw, positions),
        states=_states(sheet, typed, keep, index),
        typed_over={
            c.key: frozenset(rows[keep & typed[c.key].filled].tolist())
            - raw.formulas.get(positions.get(c.key, -1), frozenset())
            for c in sheet.columns
            if c.role is Role.CALCULATED
        },
    )


def _errors(raw: RawTable, positions: Mapping[str, int]) -> dict[tuple[int, str], str]:
    keys = {at: key for key, at in positions.items()}
    return {(row, keys[at]): text for (row, at), text in raw.errors.items() if at in keys}


def _uncalculated(
    sheet: Sheet, raw: RawTable, positions: Mapping[str, int], typed: Mapping[str, _TypedColumn]
) -> dict[tuple[int, str], None]:
    """Input cells with a formula that no program has computed yet: what they hold is not known.

    Every save of ours takes computed values away (see `workbook.cached`), and an office program brings them back.
    """
    inputs = [c.key for c in sheet.columns if c.role is not Role.CALCULATED and c.key in positions]
    return {
        (row, key): None
        for key in inputs
        for row in raw.formulas.get(positions[key], ())
        if 0 <= row - raw.first_row < len(raw.values) and not typed[key].filled[row - raw.first_row]
    }


def _states(
    sheet: Sheet, typed: Mapping[str, _TypedColumn], keep: npt.NDArray[np.bool_], index: pd.Index
) -> pd.DataFrame | None:
    keys = [c.key for c in sheet.columns if c.kind is Kind.TASK]
    return pd.DataFrame({key: typed[key].states[keep] for key in keys}, index=index) if keys else None


def _slips(
    sheet: Sheet,
    typed: Mapping[str, _TypedColumn],
    rows: npt.NDArray[np.int64],
    keep: npt.NDArray[np.bool_],
    unread: Mapping[tuple[int, str], str | None],
) -> tuple[Slip, ...]:
    """All slips by row, then column; a cell in `unread` (its error text, or None) is one slip and no other."""
    kept = set(rows[keep].tolist())
    found = [
        Slip(row, key, SlipCode.UNCALCULATED if text is None else SlipCode.ERROR_CELL, text, None)
        for (row, key), text in unread.items()
    ]
    for column in sheet.columns:
        if column.role is Role.CALCULATED:
            continue
        found += [slip for slip in typed[column.key].slips if (slip.row, slip.key) not in unread]
        if column.required:
            empty = rows[keep & ~typed[column.key].filled]
            found += [
                Slip(int(row), column.key, SlipCode.REQUIRED, None, None)
                for row in empty
                if (int(row), column.key) not in unread
            ]
    order = {column.key: number for number, column in enumerate(sheet.columns)}
    return tuple(
        sorted((s for s in found if s.row in kept or (s.row, s.key) in unread), key=lambda s: (s.row, order[s.key]))
    )


def _known_names(tables: Mapping[str, Table]) -> dict[str, str]:
    """Folded teacher name → its spelling on «Учителя»; a folded form that two names share is nobody's."""
    if "teachers" not in tables:
        return {}
    names = tables["teachers"].frame["teacher"]
    spellings: dict[str, set[str]] = {}
    for name in names:
        spellings.setdefault(fold(name), set()).add(name)
    return {folded: next(iter(found)) for folded, found in spellings.items() if folded and len(found) == 1}


def _as_known(written: str, known: Mapping[str, str]) -> str:
    """A name, or a «;» list of them, spelled as on «Учителя»; untouched where nothing there is spelled otherwise."""
    names = split_list(written)
    meant = [known.get(fold(name), name) for name in names]
    return written if meant == [*names] else "; ".join(meant)


def _with_known_names(table: Table, known: Mapping[str, str]) -> Table:
    """The table with teachers spelled as on «Учителя» wherever the spelling certainly means the same."""
    keys = [c.key for c in table.sheet.columns if c.kind is Kind.TEACHER]
    if table.sheet is schema.TEACHERS or not keys or not known:
        return table
    frame, slips = table.frame, list(table.slips)
    for key in keys:
        meant = frame[key].map(lambda written: _as_known(written, known))
        changed = meant != frame[key]
        if changed.any():
            noted = {(s.row, s.key) for s in slips}
            slips += [
                Slip(int(row), key, SlipCode.SPELLING, str(frame.at[row, key]), str(meant[row]))
                for row in frame.index[changed]
                if (int(row), key) not in noted
            ]
            frame = frame.assign(**{key: meant.astype(object)})
    return replace(table, frame=frame, slips=tuple(slips))


def read_tables(raws: Mapping[str, RawTable]) -> dict[str, Table]:
    """Return the typed tables of a workbook by sheet key; teachers are spelled as on «Учителя» throughout.

    A declared sheet that `raws` lacks comes back empty.
    """
    tables = {
        sheet.key: read_table(sheet, raws[sheet.key]) if sheet.key in raws else empty_table(sheet)
        for sheet in schema.SHEETS
    }
    known = _known_names(tables)
    return {key: _with_known_names(table, known) for key, table in tables.items()}
