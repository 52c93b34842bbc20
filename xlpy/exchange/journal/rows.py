"""The rows of «Результаты» as journal marks meet them: which mark each holds, and where."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from xlpy.exchange.journal.marks import MarkKind, mark_of
from xlpy.tables import schema
from xlpy.tables.convert import as_text, is_empty
from xlpy.tables.frames import Table
from xlpy.tables.merge import positions_of
from xlpy.tables.raw import RawTable, Value

KEY = "journal_mark"


@dataclass(frozen=True, slots=True)
class BookRow:
    """One row of «Результаты». `held` is the mark as it means, None where the cell is empty; `shown` as it stands."""

    row: int
    code: str
    school_class: str
    subject: str
    cell: str
    held: int | str | None
    shown: str = ""
    is_formula: bool = False


def rows_of(results: Table, raw: RawTable) -> dict[tuple[str, str], list[BookRow]]:
    """Return the rows by code and subject; a key that two rows share has both."""
    at = positions_of(schema.RESULTS, raw.captions).get(KEY)
    formulas = results.formulas.get(KEY, frozenset())
    frame = results.frame
    rows: dict[tuple[str, str], list[BookRow]] = defaultdict(list)
    for row, code, school_class, subject in zip(
        frame.index.tolist(), frame["code"], frame["school_class"], frame["subject"], strict=True
    ):
        if not (code and subject):
            continue
        written = None if at is None else raw.values[row - raw.first_row][at]
        error = results.errors.get((row, KEY), "")
        rows[code, subject].append(
            BookRow(
                row,
                code,
                school_class,
                subject,
                f"{results.sheet.name}!{results.cell(row, KEY)}",
                error or _held(written),
                error or as_text(written),
                row in formulas,
            )
        )
    return dict(rows)


def _held(written: Value) -> int | str | None:
    if is_empty(written):
        return None
    read = mark_of(written)
    return read.mark if read.kind is MarkKind.MARK else as_text(written)
