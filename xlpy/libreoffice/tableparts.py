"""Rows and columns of a table, counted from 1; each is a place and must be asked for again once the table changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xlwings import base_classes

# Older versions of xlwings have no rows and columns of tables.
_Row: Any = getattr(base_classes, "TableRow", object)
_Rows: Any = getattr(base_classes, "TableRows", object)
_Column: Any = getattr(base_classes, "TableColumn", object)
_Columns: Any = getattr(base_classes, "TableColumns", object)


class TableRow(_Row):  # type: ignore[misc]
    """One data row."""

    def __init__(self, table: Any, index: int) -> None:
        self.table, self._index = table, index

    @property
    def index(self) -> int:
        """Place among the data rows, from 1."""
        return self._index

    @property
    def range(self) -> Any:
        """Its cells."""
        top, c0, _, c1 = self.table.body()
        row = top + self._index - 1
        return self.table.at([row, c0, row, c1])

    def delete(self) -> None:
        """Delete it; cells below the table move up."""
        self.table.call("delete_table_row", self._index - 1)


class TableRows(_Rows):  # type: ignore[misc]
    """The data rows of one table."""

    def __init__(self, table: Any) -> None:
        self.table = table

    @property
    def api(self) -> Any:
        """Nothing native is handed out."""
        return None

    @property
    def parent(self) -> Any:
        """Their table."""
        return self.table

    @property
    def column_count(self) -> int:
        """How many values a row has."""
        _, c0, _, c1 = self.table.body()
        return int(c1 - c0 + 1)

    def __len__(self) -> int:
        top, _, bottom, _ = self.table.body()
        return int(bottom - top + 1)

    def __iter__(self) -> Iterator[TableRow]:
        return (TableRow(self.table, at + 1) for at in range(len(self)))

    def __call__(self, key: int) -> TableRow:
        """One by place from 1. Raises KeyError."""
        if not 1 <= key <= len(self):
            raise KeyError(key)
        return TableRow(self.table, key)

    def __contains__(self, key: int) -> bool:
        return 1 <= key <= len(self)

    def add(self, values: list[Any] | None, index: int | None) -> TableRow:
        """Insert a row; that of a table without data is used first. Without values it takes over formulas alone."""
        waiting = self.table.insert_row_range
        if waiting is None:
            index = len(self) + 1 if index is None else index
            self.table.call("insert_table_row", index - 1)
        row = TableRow(self.table, index if waiting is None and index else 1)
        if values is not None:
            row.range.raw_value = [values]
        return row


class TableColumn(_Column):  # type: ignore[misc]
    """One column."""

    def __init__(self, table: Any, index: int) -> None:
        self.table, self._index = table, index

    def _at(self, area: list[int]) -> Any:
        column = area[1] + self._index - 1
        return self.table.at([area[0], column, area[2], column])

    @property
    def name(self) -> str:
        """Its caption."""
        header = self.table.header_row_range
        return str(header(1, self._index).raw_value) if header is not None else f"Column{self._index}"

    @property
    def index(self) -> int:
        """Place, from 1."""
        return self._index

    @property
    def range(self) -> Any:
        """All its cells, header and totals too."""
        return self._at(self.table.range.area)

    @property
    def data_body_range(self) -> Any:
        """Its data; None where the table has no row of them."""
        return self._at(self.table.body())

    def delete(self) -> None:
        """Delete it; cells beside the table move left. Raises ValueError for the only column."""
        self.table.call("delete_table_column", self._index - 1)


class TableColumns(_Columns):  # type: ignore[misc]
    """The columns of one table."""

    def __init__(self, table: Any) -> None:
        self.table = table

    @property
    def api(self) -> Any:
        """Nothing native is handed out."""
        return None

    @property
    def parent(self) -> Any:
        """Their table."""
        return self.table

    def __len__(self) -> int:
        _, c0, _, c1 = self.table.body()
        return int(c1 - c0 + 1)

    def __iter__(self) -> Iterator[TableColumn]:
        return (TableColumn(self.table, at + 1) for at in range(len(self)))

    def _captions(self) -> list[str]:
        header = self.table.header_row_range
        if header is None:
            return [one.name for one in self]
        row = self.table.sheet.book.call("read_values", self.table.sheet.key, header.area)["rows"][0]
        return [str(one) for one in row]

    def __call__(self, key: str | int) -> TableColumn:
        """One by caption, or by place from 1. Raises KeyError."""
        if isinstance(key, str):
            captions = [one.lower() for one in self._captions()]
            if key.lower() not in captions:
                raise KeyError(key)
            return TableColumn(self.table, captions.index(key.lower()) + 1)
        if not 1 <= key <= len(self):
            raise KeyError(key)
        return TableColumn(self.table, key)

    def __contains__(self, key: str | int) -> bool:
        try:
            self(key)
        except KeyError:
            return False
        return True

    def add(self, name: str, index: int | None) -> TableColumn:
        """Insert a column; cells beside the table move right."""
        at = len(self) + 1 if index is None else index
        self.table.call("insert_table_column", at - 1, name)
        return TableColumn(self.table, at)
