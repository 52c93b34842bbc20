"""Font of a range."""

from __future__ import annotations

from typing import Any

from xlwings import base_classes

from xlpy.libreoffice.colours import to_office, to_tuple

_BOLD, _NORMAL = 150.0, 100.0


class Font(base_classes.Font):
    """Font of the cells of `parent`; a value is None where they differ."""

    def __init__(self, parent: Any) -> None:
        self.parent = parent

    def _get(self, name: str) -> Any:
        return self.parent.sheet.call("get_look", self.parent.area, name)

    def _set(self, name: str, content: Any) -> None:
        # A font of Excel's is one for all scripts; the office has one for each.
        self.parent.sheet.call("set_look", self.parent.area, name, content)

    @property
    def api(self) -> Any:
        """Nothing native is handed out."""
        return None

    @property
    def bold(self) -> bool | None:
        """Whether it is bold."""
        weight = self._get("CharWeight")
        return None if weight is None else weight > _NORMAL

    @bold.setter
    def bold(self, value: bool) -> None:
        self._set("CharWeight", _BOLD if value else _NORMAL)

    @property
    def italic(self) -> bool | None:
        """Whether it is slanted."""
        posture = self._get("CharPosture")
        return None if posture is None else posture != "NONE"

    @italic.setter
    def italic(self, value: bool) -> None:
        self._set("CharPosture", "ITALIC" if value else "NONE")

    @property
    def size(self) -> float | None:
        """Height in points."""
        height = self._get("CharHeight")
        return None if height is None else float(height)

    @size.setter
    def size(self, value: float) -> None:
        self._set("CharHeight", float(value))

    @property
    def name(self) -> str | None:
        """Family name."""
        return self._get("CharFontName")  # type: ignore[no-any-return]

    @name.setter
    def name(self, value: str) -> None:
        self._set("CharFontName", str(value))

    @property
    def color(self) -> tuple[int, int, int] | None:
        """(red, green, blue); black where it is automatic, as in Excel."""
        colour = self._get("CharColor")
        return (0, 0, 0) if colour == -1 else to_tuple(colour)

    @color.setter
    def color(self, value: Any) -> None:
        self._set("CharColor", to_office(value))
