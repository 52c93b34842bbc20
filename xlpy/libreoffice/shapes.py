"""Shapes of a sheet: drawings, pictures, buttons. Sizes in points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xlwings import base_classes

from xlpy.libreoffice.fonts import Font
from xlpy.libreoffice.sizes import points_of
from xlpy.libreoffice.texts import Characters
from xlpy.words.libreoffice import uncovered

_PER_POINT = 2540 / 72
_LEFT, _TOP, _WIDTH, _HEIGHT = range(4)
# How much of what a shape grows by lies before its old place.
_ANCHORS = {"scale_from_top_left": 0.0, "scale_from_middle": 0.5, "scale_from_bottom_right": 1.0}


class Drawn:
    """What shapes and pictures have in common: a name, a place and a size. Raises KeyError once it is gone."""

    def __init__(self, sheet: Any, name: str, place: int) -> None:
        self.sheet, self.where = sheet, [name, place]

    def _call(self, verb: str, *arguments: object) -> Any:
        return self.sheet.call(verb, self.where, *arguments)

    def _box(self) -> list[int]:
        return list(self._call("shape_box"))

    def _resize(self, at: int, points: float) -> None:
        box: list[int | None] = [None] * 4
        box[at] = round(points * _PER_POINT)
        self._call("move_shape", box)

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
        return str(self.where[0])

    @name.setter
    def name(self, value: str) -> None:
        self._call("rename_shape", value)
        self.where = [value, self.where[1]]

    @property
    def left(self) -> float:
        """Points from the sheet's left edge."""
        return points_of(self._box()[_LEFT])

    @left.setter
    def left(self, value: float) -> None:
        self._resize(_LEFT, value)

    @property
    def top(self) -> float:
        """Points from the sheet's top edge."""
        return points_of(self._box()[_TOP])

    @top.setter
    def top(self, value: float) -> None:
        self._resize(_TOP, value)

    @property
    def width(self) -> float:
        """Width in points."""
        return points_of(self._box()[_WIDTH])

    @width.setter
    def width(self, value: float) -> None:
        self._resize(_WIDTH, value)

    @property
    def height(self) -> float:
        """Height in points."""
        return points_of(self._box()[_HEIGHT])

    @height.setter
    def height(self, value: float) -> None:
        self._resize(_HEIGHT, value)

    def delete(self) -> None:
        """Take it away."""
        self._call("delete_shape")


class Shape(Drawn, base_classes.Shape):
    """One shape."""

    @property
    def type(self) -> str:
        """Kind, in xlwings' words."""
        return str(next(kind for name, place, kind in self.sheet.call("shapes_of") if [name, place] == self.where))

    @property
    def index(self) -> int:
        """Place among the shapes from 1, the lowest first."""
        return [one[0] for one in self.sheet.call("shapes_of")].index(self.name) + 1

    def activate(self) -> None:
        """Select it; its sheet comes to the front."""
        self._call("select_shape")

    def scale_height(self, factor: float, relative_to_original_size: bool, scale: str) -> None:
        """Change its height by a factor."""
        self._scale(_HEIGHT, factor, relative_to_original_size, scale)

    def scale_width(self, factor: float, relative_to_original_size: bool, scale: str) -> None:
        """Change its width by a factor."""
        self._scale(_WIDTH, factor, relative_to_original_size, scale)

    def _scale(self, at: int, factor: float, of_original: bool, anchor: str) -> None:
        box = self._box()
        size = self._call("original_size")[at - _WIDTH] if of_original else box[at]
        changed: list[int | None] = [None] * 4
        changed[at] = round(size * factor)
        changed[at - _WIDTH] = box[at - _WIDTH] - round((round(size * factor) - box[at]) * _ANCHORS[anchor])
        self._call("move_shape", changed)

    @property
    def text(self) -> str | None:
        """What is written on it; None where nothing is."""
        return self._call("shape_text")  # type: ignore[no-any-return]

    @text.setter
    def text(self, value: str) -> None:
        self._call("set_shape_text", value)

    @property
    def characters(self) -> Characters:
        """Its text, to be taken apart."""
        if self.type == "form_control":
            raise NotImplementedError(uncovered("Shape.characters", "Shape.font"))
        return Characters(self.sheet, self.where)

    @property
    def font(self) -> Font:
        """Font of its text."""
        return Font(self.characters)


class Picture(Drawn, base_classes.Picture):
    """One picture. LibreOffice keeps no mark «lock aspect ratio»: it holds as long as this object, off at first."""

    lock_aspect_ratio = False

    def _resize(self, at: int, points: float) -> None:
        box: list[int | None] = [None] * 4
        box[at] = round(points * _PER_POINT)
        if self.lock_aspect_ratio and at in {_WIDTH, _HEIGHT}:
            now, other = self._box(), _WIDTH + _HEIGHT - at
            box[other] = round(points * _PER_POINT * now[other] / now[at])
        self._call("move_shape", box)

    def index(self) -> int:
        """Place among the pictures from 1, the lowest first."""
        return [one.name for one in Pictures(self.sheet)].index(self.name) + 1

    def update(self, filename: str) -> Picture:
        """Show another file in its place and size."""
        self._call("replace_picture", filename)
        return self


class Shapes(base_classes.Collection):
    """The shapes of one sheet, the lowest first."""

    made: type[Drawn] = Shape
    kinds: tuple[str, ...] = ()

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

    def _listed(self) -> list[tuple[str, int]]:
        return [(name, at) for name, at, kind in self.sheet.call("shapes_of") if not self.kinds or kind in self.kinds]

    def __len__(self) -> int:
        return len(self._listed())

    def __iter__(self) -> Iterator[Any]:
        return (self.made(self.sheet, *one) for one in self._listed())

    def __call__(self, key: str | int) -> Any:
        """One by name, or by place from 1. Raises KeyError."""
        found = self._listed()
        if isinstance(key, str):
            named = [one for one in found if one[0].lower() == key.lower()]
        else:
            named = found[key - 1 : key] if key > 0 else []
        if not named:
            raise KeyError(key)
        return self.made(self.sheet, *named[0])

    def __contains__(self, key: str | int) -> bool:
        try:
            self(key)
        except KeyError:
            return False
        return True


class Pictures(Shapes, base_classes.Pictures):
    """The pictures of one sheet, the lowest first."""

    made = Picture
    kinds = ("picture",)

    def add(
        self,
        filename: str,
        link_to_file: bool,
        save_with_document: bool,
        left: float | None,
        top: float | None,
        width: float | None,
        height: float | None,
        anchor: Any = None,
    ) -> Picture:
        """Put a picture of a file on the sheet; sizes in points, -1 for its own."""
        if link_to_file or not save_with_document:
            raise NotImplementedError(uncovered("Pictures.add(link_to_file=True)", "link_to_file=False"))
        if anchor is not None:
            left, top = anchor.left, anchor.top
        place = [round((one or 0) * _PER_POINT) for one in (left, top)]
        size = [round(one * _PER_POINT) if one and one > 0 else None for one in (width, height)]
        return Picture(self.sheet, *self.sheet.call("add_picture", filename, [*place, *size]))
