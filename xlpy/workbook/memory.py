"""A workbook in memory: the adapter for tests, and for trying an action without a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xlpy.errors import WorkbookError
from xlpy.tables import schema
from xlpy.tables.declare import Sheet
from xlpy.tables.merge import MergedRow, column_formulas, merged_rows, merged_values
from xlpy.tables.raw import CellMark, Live, RawTable, Value
from xlpy.workbook.marks import finding_rows


def raw_table(
    sheet: Sheet, rows: Sequence[Mapping[str, Value]], extra: Mapping[str, Sequence[Value]] | None = None
) -> RawTable:
    """Return a raw table as the builder would lay it out; `extra` adds columns of the user's own by caption."""
    extra = extra or {}
    values = [
        [row.get(column.key) for column in sheet.columns] + [column[number] for column in extra.values()]
        for number, row in enumerate(rows)
    ]
    captions = (*(column.caption for column in sheet.columns), *extra)
    return RawTable(sheet.name, captions, sheet.header_row + 1, 1, values)


@dataclass
class MemoryWorkbook:
    """Tables by sheet key. `saved` holds them as of the last `save`; `messages` what the user was told."""

    tables: dict[str, RawTable]
    name: str = "memory"
    saved: dict[str, RawTable] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)

    @classmethod
    def filled(cls, rows: Mapping[str, Sequence[Mapping[str, Value]]]) -> MemoryWorkbook:
        """Return a workbook with every declared sheet, filled with `rows` by sheet key."""
        return cls({sheet.key: raw_table(sheet, rows.get(sheet.key, ())) for sheet in schema.SHEETS})

    def sheet_names(self) -> tuple[str, ...]:
        """Names of the sheets present, in the order of the contract."""
        return tuple(sheet.name for sheet in schema.SHEETS if sheet.key in self.tables)

    def read_tables(self, sheets: Sequence[Sheet]) -> dict[str, RawTable]:
        """Return the tables as they stand; WorkbookError for a missing sheet."""
        for sheet in sheets:
            if sheet.key not in self.tables:
                raise WorkbookError("sheet_missing", sheet=sheet.name, near="")
        return {sheet.key: self.tables[sheet.key] for sheet in sheets}

    def write_table(self, sheet: Sheet, rows: Sequence[Mapping[str, Value | Live]]) -> None:
        """Make the table hold exactly `rows`."""
        raw = self.read_tables([sheet])[sheet.key]
        values = _values(sheet, raw, merged_rows(sheet, raw, rows))
        self.tables[sheet.key] = RawTable(raw.sheet, raw.captions, raw.first_row, raw.first_column, values)

    def append_rows(self, sheet: Sheet, rows: Sequence[Mapping[str, Value | Live]]) -> None:
        """Add rows under the table."""
        raw = self.read_tables([sheet])[sheet.key]
        empty = RawTable(raw.sheet, raw.captions, raw.first_row, raw.first_column, [])
        values = raw.values + _values(sheet, empty, merged_rows(sheet, empty, rows))
        self.tables[sheet.key] = RawTable(
            raw.sheet, raw.captions, raw.first_row, raw.first_column, values, raw.formulas, raw.errors
        )

    def mark_cells(self, marks: Sequence[CellMark]) -> None:
        """Put the marks on «Замечания»."""
        self.write_table(schema.FINDINGS, finding_rows(marks))

    def tell(self, message: str) -> None:
        """Keep the sentence for whoever asks."""
        self.messages.append(message)

    def save(self) -> None:
        """Remember the tables as saved."""
        self.saved = dict(self.tables)


def _values(sheet: Sheet, raw: RawTable, rows: Sequence[MergedRow]) -> list[list[Value]]:
    calculated = column_formulas(sheet, raw)
    return [merged_values(row, raw, calculated) for row in rows]
