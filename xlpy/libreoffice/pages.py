"""How a sheet lies on paper and on the screen: PageSetup and FreezePanes; and the number of its charts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xlpy.words.libreoffice import uncovered

if TYPE_CHECKING:
    from xlpy.libreoffice.sheets import Sheet

_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383


class PageSetup(base_classes.PageSetup):
    """The printed part of one sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    @property
    def api(self) -> Any:
        """Nothing native is handed out."""
        return None

    @property
    def print_area(self) -> str | None:
        """Addresses by commas; None where all that is used is printed."""
        from xlpy.libreoffice.ranges import Range

        areas = self.sheet.call("print_areas")
        return ",".join(Range(self.sheet, *area).address for area in areas) or None

    @print_area.setter
    def print_area(self, value: str | None) -> None:
        areas = [self.sheet.range(address.strip()).area for address in value.split(",")] if value else []
        self.sheet.call("set_print_areas", areas)


class FreezePanes(base_classes.FreezePanes):
    """Frozen rows and columns of one sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def freeze_at(self, frozen_range: str) -> None:
        """Freeze a range that begins at A1: `A1:B2` two rows and two columns, `A:A` a column, `1:1` a row."""
        area = self.sheet.range(frozen_range).area
        rows = 0 if area[2] >= _LAST_ROW else area[2] + 1
        columns = 0 if area[3] >= _LAST_COLUMN else area[3] + 1
        self.sheet.call("freeze", rows, columns)

    def unfreeze(self) -> None:
        """Freeze nothing."""
        self.sheet.call("freeze", 0, 0)


class Charts(base_classes.Charts):
    """The charts of one sheet: how many; each of them is uncovered."""

    def __init__(self, sheet: Sheet) -> None:
        self.parent = sheet

    @property
    def api(self) -> Any:
        """Nothing native is handed out."""
        return None

    def __len__(self) -> int:
        return int(self.parent.call("chart_count"))

    def __iter__(self) -> Iterator[Any]:
        if len(self):
            raise NotImplementedError(uncovered("Chart"))
        return iter(())

    def __call__(self, key: str | int) -> Any:
        """KeyError where there are none."""
        if len(self):
            raise NotImplementedError(uncovered("Chart"))
        raise KeyError(key)

    def __contains__(self, key: str | int) -> bool:
        if len(self):
            raise NotImplementedError(uncovered("Chart"))
        return False
