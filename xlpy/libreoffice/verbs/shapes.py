"""Shapes and pictures on a sheet. Sizes and places in 1/100 mm; captions of notes are no shapes.

A shape is named by [name, place]: its name, and where several have that name or none its place among all.
"""

from __future__ import annotations

import os
from typing import Any

from .desk import Desk
from .runtime import properties, struct, to_url

_DRAWING = "com.sun.star.drawing."
_CHART = "12dcae26-281f-416f-a234-c3086127382e"
_TYPES = {
    "ControlShape": "form_control",
    "GraphicObjectShape": "picture",
    "OLE2Shape": "embedded_ole_object",
    "GroupShape": "group",
    "LineShape": "line",
    "ConnectorShape": "line",
    "MeasureShape": "line",
    "TextShape": "text_box",
    "CaptionShape": "callout",
    "MediaShape": "media",
    "TableShape": "table",
    "PolyPolygonShape": "free_form",
    "PolyLineShape": "free_form",
    "OpenBezierShape": "free_form",
    "ClosedBezierShape": "free_form",
    "OpenFreeHandShape": "free_form",
    "ClosedFreeHandShape": "free_form",
}
_NAMES = {
    "picture": "Picture",
    "form_control": "Button",
    "chart": "Chart",
    "group": "Group",
    "line": "Line",
    "text_box": "TextBox",
}
_LAYERS_OF_SHAPES = {"vorne", "hinten"}
# Of a picture whose file does not say how many pixels make an inch.
_PIXELS_PER_INCH, _INCH = 96, 2540


def _type_of(shape: Any) -> str:
    if getattr(shape, "CLSID", "").lower() == _CHART:
        return "chart"
    return _TYPES.get(shape.ShapeType.replace(_DRAWING, ""), "auto_shape")


def _is_note(shape: Any) -> bool:
    # The captions of notes, shown or hidden, have layers of their own.
    return shape.ShapeType == _DRAWING + "CaptionShape" and shape.LayerName not in _LAYERS_OF_SHAPES


def _model(shape: Any) -> Any:
    return shape.getControl() if shape.ShapeType == _DRAWING + "ControlShape" else None


def _shapes(sheet: Any) -> list[Any]:
    page = sheet.getDrawPage()
    found = [page.getByIndex(at) for at in range(page.getCount())]
    return [one for one in found if not _is_note(one)]


def _name_of(shape: Any, place: int) -> str:
    """Its name, else that of its control; one that has none is called as Excel would."""
    model = _model(shape)
    given = shape.getName() or (model.Name if model is not None else "")
    return given or f"{_NAMES.get(_type_of(shape), 'Shape')} {place + 1}"


def shape_on(sheet: Any, where: list[Any]) -> Any:
    """The UNO shape of [name, place]. Raises KeyError where it is gone."""
    name, place = where
    named = [one for at, one in enumerate(_shapes(sheet)) if _name_of(one, at) == name]
    if len(named) == 1:
        return named[0]
    found = _shapes(sheet)
    if place < len(found) and _name_of(found[place], place) == name:
        return found[place]
    raise KeyError(name)


def shapes_of(desk: Desk, sheet: int) -> list[list[Any]]:
    """[name, place, type] of the shapes of a sheet, the lowest first."""
    return [[_name_of(one, at), at, _type_of(one)] for at, one in enumerate(_shapes(desk.thing(sheet)))]


def shape_box(desk: Desk, sheet: int, where: list[Any]) -> list[int]:
    """[left, top, width, height]."""
    shape = shape_on(desk.thing(sheet), where)
    place, size = shape.getPosition(), shape.getSize()
    return [place.X, place.Y, size.Width, size.Height]


def move_shape(desk: Desk, sheet: int, where: list[Any], box: list[Any]) -> None:
    """Give it a box [left, top, width, height]; None keeps what there is."""
    shape = shape_on(desk.thing(sheet), where)
    now = shape_box(desk, sheet, where)
    left, top, width, height = [now[at] if new is None else new for at, new in enumerate(box)]
    shape.setSize(struct("awt.Size", Width=width, Height=height))
    shape.setPosition(struct("awt.Point", X=left, Y=top))


def original_size(desk: Desk, sheet: int, where: list[Any]) -> list[int]:
    """[width, height] that a picture has of its own. Raises ValueError for what is no picture."""
    shape = shape_on(desk.thing(sheet), where)
    if _type_of(shape) != "picture":
        raise ValueError(where[0])
    return _size_of(shape.Graphic)


def _size_of(graphic: Any) -> list[int]:
    size, pixels = graphic.Size100thMM, graphic.SizePixel
    if size.Width and size.Height:
        return [size.Width, size.Height]
    return [round(one * _INCH / _PIXELS_PER_INCH) for one in (pixels.Width, pixels.Height)]


def rename_shape(desk: Desk, sheet: int, where: list[Any], name: str) -> None:
    """Another name for it."""
    shape = shape_on(desk.thing(sheet), where)
    shape.setName(name)
    model = _model(shape)
    if model is not None:
        model.Name = name


def delete_shape(desk: Desk, sheet: int, where: list[Any]) -> None:
    """Take it away."""
    thing = desk.thing(sheet)
    thing.getDrawPage().remove(shape_on(thing, where))


def select_shape(desk: Desk, sheet: int, where: list[Any]) -> None:
    """Bring its sheet to the front and select it."""
    thing = desk.thing(sheet)
    view = desk.document_of(sheet).getCurrentController()
    view.setActiveSheet(thing)
    view.select(shape_on(thing, where))


def shape_text(desk: Desk, sheet: int, where: list[Any]) -> Any:
    """What is written on it; None where nothing is."""
    shape = shape_on(desk.thing(sheet), where)
    model = _model(shape)
    if model is not None:
        return getattr(model, "Label", "") or None
    return (shape.getString() if hasattr(shape, "getString") else "") or None


def set_shape_text(desk: Desk, sheet: int, where: list[Any], text: str) -> None:
    """Write on it. Raises ValueError for what bears no text."""
    shape = shape_on(desk.thing(sheet), where)
    model = _model(shape)
    if model is not None and hasattr(model, "Label"):
        model.Label = text
    elif model is None and hasattr(shape, "setString"):
        shape.setString(text)
    else:
        raise ValueError(where[0])


def _graphic(desk: Desk, path: str) -> Any:
    if not os.path.isfile(path):
        raise FileNotFoundError(path)
    graphic = desk.service("com.sun.star.graphic.GraphicProvider").queryGraphic(properties(URL=to_url(path)))
    if graphic is None:
        raise ValueError(path)
    return graphic


def add_picture(desk: Desk, sheet: int, path: str, box: list[Any]) -> list[Any]:
    """Put a picture of a file on the sheet at [left, top, width, height], in its own size where that is None.

    Returns [name, place]. Raises FileNotFoundError, ValueError where the file is no picture.
    """
    thing = desk.thing(sheet)
    graphic = _graphic(desk, path)
    shape = desk.document_of(sheet).createInstance(_DRAWING + "GraphicObjectShape")
    shape.Graphic = graphic
    taken = {name for name, _, _ in shapes_of(desk, sheet)}
    thing.getDrawPage().add(shape)
    number = next(one for one in range(1, len(taken) + 2) if f"Picture {one}" not in taken)
    shape.setName(f"Picture {number}")
    where = [f"Picture {number}", len(taken)]
    own = _size_of(graphic)
    move_shape(desk, sheet, where, [*box[:2], box[2] or own[0], box[3] or own[1]])
    return where


def replace_picture(desk: Desk, sheet: int, where: list[Any], path: str) -> None:
    """Show another file in a picture's place."""
    shape_on(desk.thing(sheet), where).Graphic = _graphic(desk, path)


VERBS: dict[str, Any] = {
    "shapes_of": shapes_of,
    "shape_box": shape_box,
    "move_shape": move_shape,
    "original_size": original_size,
    "rename_shape": rename_shape,
    "delete_shape": delete_shape,
    "select_shape": select_shape,
    "shape_text": shape_text,
    "set_shape_text": set_shape_text,
    "add_picture": add_picture,
    "replace_picture": replace_picture,
}
