"""What lies on a sheet: the part of Sheet about shapes and pictures."""

from __future__ import annotations

from typing import Any

from xlwings import base_classes

from xlpy.words.libreoffice import uncovered


class SheetThings(base_classes.Sheet):
    """Members of Sheet that are collections. Uses `call` of the whole Sheet."""

    def call(self, verb: str, *arguments: object) -> Any:
        """A verb of this sheet."""
        raise NotImplementedError

    @property
    def shapes(self) -> Any:
        """Its shapes."""
        from xlpy.libreoffice.shapes import Shapes

        return Shapes(self)

    @property
    def pictures(self) -> Any:
        """Its pictures."""
        from xlpy.libreoffice.shapes import Pictures

        return Pictures(self)

    @property
    def pivot_tables(self) -> Any:
        """Uncovered; xlwings does not even declare it to its engines."""
        raise NotImplementedError(uncovered("Sheet.pivot_tables"))
