"""Shapes, buttons and pictures of a sheet, seen by bare UNO and in the saved file."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import xlwings as xw

from tests.libreoffice.conftest import Raw
from xlpy.libreoffice.verbs.runtime import struct as uno_struct

COVERS = (
    "Sheet.shapes",
    "Sheet.pictures",
    "Collection.__call__",
    "Collection.__len__",
    "Collection.__iter__",
    "Collection.__contains__",
    "Collection.parent",
    "Shape.name",
    "Shape.parent",
    "Shape.type",
    "Shape.left",
    "Shape.top",
    "Shape.width",
    "Shape.height",
    "Shape.delete",
    "Shape.index",
    "Shape.activate",
    "Shape.scale_height",
    "Shape.scale_width",
    "Shape.text",
    "Shape.font",
    "Shape.characters",
    "Pictures.add",
    "Picture.name",
    "Picture.parent",
    "Picture.left",
    "Picture.top",
    "Picture.width",
    "Picture.height",
    "Picture.delete",
    "Picture.lock_aspect_ratio",
    "Picture.index",
)
BOOK = Path(__file__).resolve().parents[2] / "vpr_workbook.xlsm"
_DRAWING = "com.sun.star.drawing."


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(path: Path, width: int, height: int) -> Path:
    rows = b"".join(b"\0" + b"\xc8\x1e\x1e" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + parts)
    return path


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """96 by 48 pixels: 72 by 36 points."""
    return png(tmp_path / "image.png", 96, 48)


def draw(raw: Raw, kind: str, name: str, text: str = "") -> Any:
    shape = raw.document.createInstance(_DRAWING + kind)
    raw.sheet.DrawPage.add(shape)
    shape.setSize(uno_struct("awt.Size", Width=3528, Height=1764))
    shape.setPosition(uno_struct("awt.Point", X=353, Y=706))
    shape.Name = name
    if text:
        shape.String = text
    return shape


def test_a_picture_is_put_where_it_is_wanted(sheet: xw.Sheet, raw: Raw, image: Path) -> None:
    picture = sheet.pictures.add(image, left=10, top=20, width=100, height=50, name="Рис")

    there = raw.sheet.DrawPage.getByIndex(0)
    assert there.ShapeType == _DRAWING + "GraphicObjectShape"
    assert (there.Name, there.Position.X, there.Position.Y) == ("Рис", 353, 706)
    assert (there.Size.Width, there.Size.Height) == (3528, 1764)
    assert (picture.left, picture.top, picture.width, picture.height) == (10, 20, 100, 50)
    assert picture.parent == sheet.pictures.parent == sheet


def test_a_picture_without_a_size_has_its_own(sheet: xw.Sheet, raw: Raw, image: Path) -> None:
    picture = sheet.pictures.add(image)

    assert (picture.width, picture.height, picture.left, picture.top) == (72, 36, 0, 0)
    assert raw.sheet.DrawPage.getByIndex(0).Size.Width == 2540
    assert picture.name == "Picture 1"


def test_of_a_picture_one_size_brings_the_other_along(sheet: xw.Sheet, raw: Raw, image: Path) -> None:
    picture = sheet.pictures.add(image, width=144)

    assert picture.lock_aspect_ratio is True
    assert (picture.width, picture.height) == (144, 72)
    picture.lock_aspect_ratio = False
    picture.width = 72
    assert raw.sheet.DrawPage.getByIndex(0).Size.Height == 2540


def test_a_picture_stands_at_a_cell_and_grows_by_a_factor(sheet: xw.Sheet, raw: Raw, image: Path) -> None:
    sheet.pictures.add(image, anchor=sheet["C5"], scale=2)

    there, cell = raw.sheet.DrawPage.getByIndex(0), raw.cell("C5")
    assert abs(there.Position.X - cell.Position.X) <= 1
    assert abs(there.Position.Y - cell.Position.Y) <= 1
    assert (there.Size.Width, there.Size.Height) == (5080, 2540)


def test_a_picture_is_moved_renamed_updated_and_deleted(sheet: xw.Sheet, raw: Raw, image: Path, tmp_path: Path) -> None:
    picture = sheet.pictures.add(image, name="График")
    picture.left, picture.top, picture.height = 30, 40, 60
    there = raw.sheet.DrawPage.getByIndex(0)
    assert (there.Position.X, there.Position.Y, there.Size.Height) == (1058, 1411, 2117)

    sheet.pictures.add(png(tmp_path / "other.png", 10, 10), name="График", update=True)
    assert raw.sheet.DrawPage.Count == 1
    assert there.Graphic.SizePixel.Width == 10
    assert (there.Name, there.Position.X, there.Size.Height) == ("График", 1058, 2117)

    picture.name = "Иначе"
    assert there.Name == "Иначе"
    picture.delete()
    assert raw.sheet.DrawPage.Count == 0
    assert len(sheet.pictures) == 0


def test_what_is_no_picture_is_refused(sheet: xw.Sheet, raw: Raw, tmp_path: Path) -> None:
    (tmp_path / "text.png").write_text("no picture")

    with pytest.raises(ValueError, match="text"):
        sheet.pictures.add(tmp_path / "text.png")
    with pytest.raises(FileNotFoundError):
        sheet.pictures.add(tmp_path / "absent.png")
    assert raw.sheet.DrawPage.Count == 0


def test_a_picture_arrives_in_the_saved_file(sheet: xw.Sheet, book: xw.Book, image: Path, tmp_path: Path) -> None:
    sheet.pictures.add(image, name="Рис", left=10, top=20)
    book.save(tmp_path / "pictures.xlsx")

    with ZipFile(tmp_path / "pictures.xlsx") as parts:
        assert [name for name in parts.namelist() if name.startswith("xl/media/")] == ["xl/media/image1.png"]


def test_shapes_are_found_by_name_and_place(sheet: xw.Sheet, raw: Raw, image: Path) -> None:
    draw(raw, "RectangleShape", "Низ")
    draw(raw, "LineShape", "Линия")
    sheet.pictures.add(image, name="Рис")

    assert [shape.name for shape in sheet.shapes] == ["Низ", "Линия", "Рис"]
    assert [shape.type for shape in sheet.shapes] == ["auto_shape", "line", "picture"]
    assert [shape.impl.index for shape in sheet.shapes] == [1, 2, 3]
    assert (len(sheet.shapes), len(sheet.pictures)) == (3, 1)
    assert sheet.pictures[0].impl.index() == 1
    assert sheet.shapes["линия"].name == sheet.shapes[1].name
    assert ("Низ" in sheet.shapes, "Низ" in sheet.pictures) == (True, False)
    with pytest.raises(KeyError):
        sheet.shapes["нет"]


def test_a_shape_without_a_name_is_found_by_one_of_excel_s_kind(sheet: xw.Sheet, raw: Raw) -> None:
    draw(raw, "RectangleShape", "")
    second = draw(raw, "RectangleShape", "")

    assert [shape.name for shape in sheet.shapes] == ["Shape 1", "Shape 2"]
    sheet.shapes["Shape 2"].left = 100
    assert second.Position.X == 3528


def test_a_shape_is_moved_renamed_written_on_and_deleted(sheet: xw.Sheet, raw: Raw) -> None:
    there = draw(raw, "RectangleShape", "А")
    shape = sheet.shapes["А"]
    assert shape.text is None

    shape.left, shape.top, shape.width, shape.height = 20, 30, 40, 50
    assert (there.Position.X, there.Position.Y, there.Size.Width, there.Size.Height) == (706, 1058, 1411, 1764)
    shape.name, shape.text = "Б", "Срок: 12 мая"
    assert (there.Name, there.String, shape.text) == ("Б", "Срок: 12 мая", "Срок: 12 мая")
    assert shape.parent == sheet
    shape.delete()
    assert raw.sheet.DrawPage.Count == 0


@pytest.mark.parametrize(
    ("anchor", "left"), [("scale_from_top_left", 353), ("scale_from_middle", -1411), ("scale_from_bottom_right", -3175)]
)
def test_a_shape_is_scaled_from_its_anchor(anchor: str, left: int, sheet: xw.Sheet, raw: Raw) -> None:
    there = draw(raw, "RectangleShape", "А")
    there.setPosition(uno_struct("awt.Point", X=5000, Y=5000))
    sheet.shapes["А"].scale_width(2, scale=anchor)
    sheet.shapes["А"].scale_height(0.5, scale="scale_from_top_left")

    assert (there.Size.Width, there.Size.Height) == (7056, 882)
    assert 5000 + left - 353 == there.Position.X


def test_fonts_of_a_shape_are_set_whole_and_in_part(sheet: xw.Sheet, raw: Raw) -> None:
    there = draw(raw, "RectangleShape", "А", "Срок сдачи")
    shape = sheet.shapes["А"]
    shape.font.size = 20
    shape.characters[:4].font.bold = True

    cursor = there.createTextCursor()
    cursor.gotoStart(False)
    cursor.goRight(4, True)
    assert (cursor.CharWeight, cursor.CharHeight) == (150.0, 20.0)
    assert shape.characters[:4].text == "Срок"
    assert shape.characters[:4].font.bold is True
    assert shape.characters[5:].font.bold is False
    assert shape.font.size == 20


def test_a_shape_is_selected_on_its_sheet(book: xw.Book, raw: Raw) -> None:
    raw.document.Sheets.insertNewByName("Вторая", 1)
    draw(raw, "RectangleShape", "А")
    book.sheets[1].activate()
    book.sheets[0].shapes["А"].activate()

    assert raw.document.CurrentController.ActiveSheet.Name == raw.sheet.Name
    assert raw.document.CurrentSelection.getByIndex(0).Name == "А"


@pytest.mark.parametrize("is_shown", [True, False])
def test_the_caption_of_a_note_is_no_shape(is_shown: bool, sheet: xw.Sheet, raw: Raw) -> None:
    raw.sheet.Annotations.insertNew(raw.cell("B2").CellAddress, "Заметка")
    raw.sheet.Annotations.getByIndex(0).setIsVisible(is_shown)

    assert raw.sheet.DrawPage.Count == 1
    assert len(sheet.shapes) == 0


@pytest.fixture
def ours(app: xw.App) -> Iterator[xw.Book]:
    """The workbook that we ship."""
    book = app.books.open(BOOK, read_only=True)
    yield book
    book.close()


def test_buttons_of_our_workbook_are_shapes_with_their_captions(ours: xw.Book) -> None:
    buttons = [shape for shape in ours.sheets["Панель"].shapes if shape.type == "form_control"]

    assert [shape.name for shape in buttons][:2] == ["Button 1", "Button 2"]
    assert {"Проверить ввод", "Назначить проверяющих"} <= {shape.text for shape in buttons}
    with pytest.raises(NotImplementedError, match=r"Shape\.characters"):
        _ = buttons[0].characters
