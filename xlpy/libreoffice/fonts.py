"""Font of a range, of a part of a text, or of a shape."""

from __future__ import annotations

from typing import Any, Protocol

from xlwings import base_classes

from xlpy.libreoffice.colours import to_office, to_tuple

_BOLD, _NORMAL = 150.0, 100.0


class Written(Protocol):
    """Whatever has a font: it reads and sets one property of its text."""

    def get_look(self, name: str) -> Any:
        """The property; None where parts of it differ."""
        ...

    def set_look(self, name: str, content: Any) -> None:
        """Give the whole of it one value."""
        ...


class Font(base_classes.Font):
    """Font of what `parent` is; a value is None where its parts differ."""

    def __init__(self, parent: Written) -> None:
        self.parent = parent

    @property
    def api(self) -> Any:
        """Nothing native is handed out."""
        return None

    @property
    def bold(self) -> bool | None:
        """Whether it is bold."""
        weight = self.parent.get_look("CharWeight")
        return None if weight is None else weight > _NORMAL

    @bold.setter
    def bold(self, value: bool) -> None:
        self.parent.set_look("CharWeight", _BOLD if value else _NORMAL)

    @property
    def italic(self) -> bool | None:
        """Whether it is slanted."""
        posture = self.parent.get_look("CharPosture")
        return None if posture is None else posture != "NONE"

    @italic.setter
    def italic(self, value: bool) -> None:
        self.parent.set_look("CharPosture", "ITALIC" if value else "NONE")

    @property
    def size(self) -> float | None:
        """Height in points."""
        height = self.parent.get_look("CharHeight")
        return None if height is None else float(height)

    @size.setter
    def size(self, value: float) -> None:
        self.parent.set_look("CharHeight", float(value))

    @property
    def name(self) -> str | None:
        """Family name."""
        return self.parent.get_look("CharFontName")  # type: ignore[no-any-return]

    @name.setter
    def name(self, value: str) -> None:
        self.parent.set_look("CharFontName", str(value))

    @property
    def color(self) -> tuple[int, int, int] | None:
        """(red, green, blue); black where it is automatic, as in Excel."""
        colour = self.parent.get_look("CharColor")
        return (0, 0, 0) if colour == -1 else to_tuple(colour)

    @color.setter
    def color(self, value: Any) -> None:
        self.parent.set_look("CharColor", to_office(value))
