"""A folder of CSV files named like the sheets: a school's exports as rows for the workbook.

Columns are found by caption. What is not certain to be a number or a date stays text, for the checks to name.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from xlpy.errors import ImportFileError
from xlpy.exchange.csv_cells import cell_value
from xlpy.exchange.csv_text import Record, read_records
from xlpy.exchange.fill import fill_from_rows
from xlpy.tables import schema
from xlpy.tables.declare import Column, Role, Sheet
from xlpy.tables.normalise import clean_text, fold
from xlpy.tables.raw import Value
from xlpy.tables.settings import SETTINGS_ROWS, setting_column
from xlpy.words import exchange as words
from xlpy.words.errors import SENTENCES

__all__ = ["CsvFolder", "fill_from_rows", "read_csv_files", "read_csv_folder"]

_ENDINGS = {".csv", ".tsv", ".txt"}
_SETTING_COLUMNS = {fold(setting.caption): setting_column(setting) for setting in SETTINGS_ROWS}


@dataclass(frozen=True, slots=True)
class CsvFolder:
    """What a folder held: rows by sheet key and column key, columns and files that were not taken, by file name."""

    rows: Mapping[str, list[dict[str, Value]]]
    left_columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    left_files: tuple[str, ...] = ()

    def notes(self) -> tuple[str, ...]:
        """A sentence for every file of which something was not taken."""
        columns = [
            words.LEFT_COLUMNS.format(path=name, columns=", ".join(captions))
            for name, captions in sorted(self.left_columns.items())
        ]
        return (*columns, *(words.LEFT_FILE.format(path=name) for name in self.left_files))


def read_csv_folder(folder: Path) -> dict[str, list[dict[str, Value]]]:
    """Return the rows of a folder of CSV files by sheet key and column key. Raises ImportFileError."""
    return dict(read_csv_files(folder).rows)


def read_csv_files(folder: Path) -> CsvFolder:
    """Return the rows of a folder of CSV files and what was left out of them. Raises ImportFileError."""
    of_sheet, left = _files(folder)
    if not of_sheet:
        raise ImportFileError("no_csv", path=str(folder))
    rows, left_columns = {}, {}
    for sheet in schema.SHEETS:
        if sheet.key in of_sheet:
            path = of_sheet[sheet.key]
            rows[sheet.key], strangers = _sheet_rows(path, sheet)
            if strangers:
                left_columns[path.name] = strangers
    return CsvFolder(rows, left_columns, left)


def _files(folder: Path) -> tuple[dict[str, Path], tuple[str, ...]]:
    """The file of each sheet by its key, and the names of those that belong to none."""
    if not folder.is_dir():
        raise ImportFileError("no_folder", path=str(folder))
    keys = {fold(sheet.name): sheet.key for sheet in schema.SHEETS}
    found: dict[str, Path] = {}
    left: list[str] = []
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in _ENDINGS or path.name.startswith(".") or not path.is_file():
            continue
        key = keys.get(_folded(path.stem.replace("_", " ")))
        if key is None:
            left.append(path.name)
        elif key in found:
            raise ImportFileError("csv_twice", first=found[key].name, second=path.name)
        else:
            found[key] = path
    return found, tuple(left)


def _folded(text: str) -> str:
    """The form by which captions and file names compare: macOS takes «й» apart, and quotes come in every shape."""
    whole = unicodedata.normalize("NFC", text)
    return fold("".join(letter for letter in whole if letter not in "«»\"'„“”"))


def _sheet_rows(path: Path, sheet: Sheet) -> tuple[list[dict[str, Value]], tuple[str, ...]]:
    declared = {_folded(column.caption): column for column in sheet.columns}
    header, *records = read_records(path, lambda cells: sum(_folded(cell) in declared for cell in cells))
    if len(records) > sheet.capacity:
        raise ImportFileError("csv_too_long", path=path.name, limit=sheet.capacity, sheet=sheet.name)
    columns = [declared.get(_folded(caption)) for caption in header.cells]
    _require(path, sheet, header.cells, columns)
    return [_row(sheet, record, columns) for record in records], _strangers(header, records, columns)


def _strangers(header: Record, records: Sequence[Record], columns: Sequence[Column | None]) -> tuple[str, ...]:
    """Captions of the columns that are not taken; one without a caption counts where something stands in it."""
    left = [at for at, column in enumerate(columns) if column is None]
    named = [clean_text(header.cells[at]) for at in left]
    unnamed = [at for at, caption in zip(left, named, strict=True) if not caption]
    filled = any(record.cells[at].strip() for record in records for at in unnamed)
    return (*(caption for caption in named if caption), *([words.UNNAMED] if filled else []))


def _require(path: Path, sheet: Sheet, captions: Sequence[str], columns: Sequence[Column | None]) -> None:
    """Raise ImportFileError for a column that must be there and is not, or is there twice."""
    for column in sheet.columns:
        count = sum(one is column for one in columns)
        if count > 1:
            raise ImportFileError("csv_column_twice", path=path.name, column=column.caption)
        if column.required and not count:
            strangers = {
                _folded(caption): caption for caption, one in zip(captions, columns, strict=True) if one is None
            }
            close = difflib.get_close_matches(_folded(column.caption), strangers, 1, 0.6)
            near = SENTENCES["csv_near"].format(name=strangers[close[0]]) if close else ""
            raise ImportFileError("csv_no_column", path=path.name, column=column.caption, near=near)


def _row(sheet: Sheet, record: Record, columns: Sequence[Column | None]) -> dict[str, Value]:
    """The filled cells of a record by column key; what the workbook calculates itself is not taken over."""
    cells = {
        column.key: (column, text)
        for column, text in zip(columns, record.cells, strict=True)
        if column is not None and column.role is not Role.CALCULATED
    }
    if sheet is schema.SETTINGS and "setting" in cells:
        column = _SETTING_COLUMNS.get(fold(cells["parameter"][1]), cells["setting"][0])
        cells["setting"] = (column, cells["setting"][1])
    values = {key: cell_value(text, column) for key, (column, text) in cells.items()}
    return {key: value for key, value in values.items() if value is not None}
