"""Tables of a sheet. LibreOffice keeps no table styles: what is about them is uncovered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xlwings import base_classes

from xlpy.libreoffice.filters import AutoFilter
from xlpy.libreoffice.tableparts import TableColumns, TableRows
from xlpy.words.libreoffice import uncovered


class Table(base_classes.Table):
    """One table by name, found anew at each call. Raises KeyError once it is gone."""

    def __init__(self, sheet: Any, name: str) -> None:
        self.sheet, self._name = sheet, name

    def call(self, verb: str, *arguments: object) -> Any:
        """A verb of this table."""
        return self.sheet.book.call(verb, self._name, *arguments)

    def _state(self) -> Any:
        return self.call("table_state")

    def at(self, area: list[int]) -> Any:
        """The range of an area on its sheet; None for one without rows."""
        r0, c0, r1, c1 = area
        return self.sheet.range((r0 + 1, c0 + 1, r1 - r0 + 1, c1 - c0 + 1)) if r1 >= r0 else None

    def body(self) -> list[int]:
        """Area of the data rows; its last row is before the first where there are none."""
        state = self._state()
        r0, c0, r1, c1 = state["area"]
        return [r0 + state["headers"], c0, r1 - state["totals"], c1]

    @property
    def api(self) -> Any:
        """Nothing native is handed out."""
        return None

    @property
    def parent(self) -> Any:
        """Its sheet."""
        return self.sheet

    @property
    def name(self) -> str:
        """Its name."""
        return str(self._state()["name"])

    @name.setter
    def name(self, value: str) -> None:
        self.call("rename_table", value)
        self._name = value

    @property
    def display_name(self) -> str:
        """Its name: there is but one."""
        return self.name

    @display_name.setter
    def display_name(self, value: str) -> None:
        self.name = value

    @property
    def range(self) -> Any:
        """All of it: header, data and totals."""
        return self.at(self._state()["area"])

    @property
    def data_body_range(self) -> Any:
        """Its data; None where it has no row of them."""
        return self.at(self.body())

    @property
    def header_row_range(self) -> Any:
        """Its header; None without one."""
        state = self._state()
        r0, c0, _, c1 = state["area"]
        return self.at([r0, c0, r0, c1]) if state["headers"] else None

    @property
    def totals_row_range(self) -> Any:
        """Its row of totals; None without one."""
        state = self._state()
        _, c0, r1, c1 = state["area"]
        return self.at([r1, c0, r1, c1]) if state["totals"] else None

    @property
    def insert_row_range(self) -> Any:
        """The one data row of a table without data; None where there are any."""
        body = self.data_body_range
        return body if body is not None and self.is_empty(body) else None

    def is_empty(self, body: Any) -> bool:
        """Whether its data are one row in which nothing stands."""
        if body.shape[0] != 1:
            return False
        row = self.sheet.book.call("read_values", self.sheet.key, body.area)["rows"][0]
        return all(one == "" for one in row)

    @property
    def show_autofilter(self) -> bool:
        """Whether the header has arrows to filter by."""
        return bool(self._state()["filter"])

    @show_autofilter.setter
    def show_autofilter(self, value: bool) -> None:
        self.call("filter_table", bool(value))

    @property  # type: ignore[misc]
    def show_headers(self) -> bool:
        """Whether it has a header."""
        return bool(self._state()["headers"])

    @property
    def show_totals(self) -> bool:
        """Whether it has a row of totals; a new one is empty."""
        return bool(self._state()["totals"])

    @show_totals.setter
    def show_totals(self, value: bool) -> None:
        self.call("show_totals", bool(value))

    @property
    def autofilter(self) -> AutoFilter:
        """Which of its rows show. A filter of LibreOffice would hide the totals: beside them it is uncovered."""
        state = self._state()
        if state["totals"]:
            raise NotImplementedError(uncovered("Table.autofilter", "Table.show_totals = False"))
        return AutoFilter(self.at(state["area"]))

    @property
    def rows(self) -> TableRows:
        """Its data rows."""
        return TableRows(self)

    @property
    def columns(self) -> TableColumns:
        """Its columns."""
        return TableColumns(self)

    def resize(self, range: Any) -> None:  # noqa: A002 - xlwings' name
        """Let it be another area with the same first row. Raises ValueError for one elsewhere."""
        self.call("set_table_area", getattr(range, "impl", range).area)

    def sort(self, keys: Sequence[int], ascending: Sequence[bool]) -> None:
        """Sort its data by columns counted from 1."""
        body = self.data_body_range
        if body is not None:
            body.sort(keys, ascending, False)


class Tables(base_classes.Tables):
    """The tables of one sheet, from top to bottom and left to right."""

    def __init__(self, parent: Any) -> None:
        self.sheet = parent

    @property
    def api(self) -> Any:
        """Nothing native is handed out."""
        return None

    @property
    def parent(self) -> Any:
        """Their sheet."""
        return self.sheet

    def _names(self) -> list[str]:
        return list(self.sheet.book.call("tables_of", self.sheet.key))

    def __len__(self) -> int:
        return len(self._names())

    def __iter__(self) -> Iterator[Table]:
        return (Table(self.sheet, name) for name in self._names())

    def __call__(self, key: str | int) -> Table:
        """One by name, or by place from 1. Raises KeyError."""
        names = self._names()
        if isinstance(key, str):
            found = [name for name in names if name.lower() == key.lower()]
        else:
            found = names[key - 1 : key] if key > 0 else []
        if not found:
            raise KeyError(key)
        return Table(self.sheet, found[0])

    def __contains__(self, key: str | int) -> bool:
        try:
            self(key)
        except KeyError:
            return False
        return True

    def add(
        self,
        source_type: Any = None,
        source: Any = None,
        link_source: Any = None,
        has_headers: Any = None,
        destination: Any = None,
        table_style_name: str | None = None,
        name: str | None = None,
    ) -> Table:
        """Make a range a table with arrows to filter by; LibreOffice has no styles for it.

        Raises ValueError for a name that Excel would not take and over another table.
        """
        del source_type, link_source, destination, table_style_name
        area = getattr(source, "impl", source).area
        made = self.sheet.book.call("add_table", self.sheet.key, area, name or "", has_headers is not False)
        return Table(self.sheet, made)
