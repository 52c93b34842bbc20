"""Built, saved by LibreOffice, written by our closed adapter, and so on in turn: nothing a button needs is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openxml_audit import OpenXmlValidator
from pyopenvba import ExcelFile

from tests import office
from xlpy.tables import schema
from xlpy.words import panel
from xlpy.workbook.builder.vba import MODULE, macro_name, module_source
from xlpy.workbook.closed import ClosedWorkbook
from xlpy.workbook.lostbuttons import has_lost_buttons, restore_buttons
from xlpy.workbook.package import open_package

ROOM = 1000
ROW = {"school_class": "5А", "grade": 5, "pupils": 25}


@dataclass(frozen=True)
class Books:
    """The book as built, as LibreOffice saved it, as our adapter wrote that, and as LibreOffice saved it once more."""

    built: Path
    saved: Path
    written: Path
    again: Path


@pytest.fixture(scope="module")
def books(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Books:
    folder = tmp_path_factory.mktemp("turns")
    saved = office.resaved(built, folder / "1")
    written = folder / "2" / built.name
    written.parent.mkdir()
    written.write_bytes(saved.read_bytes())
    book = ClosedWorkbook(written)
    book.write_table(schema.CLASSES, [ROW])
    book.save()
    return Books(built, saved, written, office.resaved(written, folder / "3"))


def source(path: Path) -> str:
    """The module as it lies in the file, without attributes: LibreOffice drops them."""
    with ExcelFile(path) as workbook:
        text = workbook.get_module(MODULE).replace("\r\n", "\n")
    return re.sub(r"^Attribute .*\n", "", text, flags=re.MULTILINE).strip()


def drawing(path: Path) -> str:
    with ZipFile(path) as package:
        return package.read("xl/drawings/vmlDrawing1.vml").decode()


def macros(path: Path) -> list[str]:
    return [name.rpartition("!")[2].rpartition(".")[2] for name in re.findall("FmlaMacro>([^<]+)<", drawing(path))]


def captions(path: Path) -> list[str]:
    return re.findall(r"<div[^>]*>(?:<font[^>]*>)?([^<]+)<", drawing(path))


def validations(path: Path) -> dict[tuple[str, str, str], int]:
    """Rows under a rule, by sheet, kind of rule and first cell."""
    return {
        (page.title, str(rule.type), one.coord.partition(":")[0]): one.max_row - one.min_row + 1
        for page in load_workbook(path)
        for rule in page.data_validations.dataValidation
        for one in rule.sqref.ranges
    }


def tables(path: Path) -> set[tuple[str, str]]:
    return {(table.displayName, str(table.ref)) for page in load_workbook(path) for table in page.tables.values()}


def formula_cells(path: Path) -> dict[str, set[str]]:
    return {
        page.title: {cell.coordinate for row in page.iter_rows() for cell in row if cell.data_type == "f"}
        for page in load_workbook(path)
    }


@pytest.mark.parametrize("turn", ["saved", "written", "again"])
def test_macros_buttons_rules_tables_formulas_and_names_survive_each_turn(books: Books, turn: str) -> None:
    path: Path = getattr(books, turn)
    expected = re.sub(r"^Attribute .*\n", "", module_source(), flags=re.MULTILINE).strip()
    assert source(path) == expected
    assert macros(path) == [macro_name(action) for action in panel.BUTTONS]
    assert captions(path) == [caption for caption, *_ in panel.BUTTONS.values()]
    rules, built = validations(path), validations(books.built)
    assert rules.keys() == built.keys()
    # LibreOffice cuts a rule off below the last row in use, and leaves a thousand.
    assert all(rows >= min(built[rule], ROOM) for rule, rows in rules.items())
    assert {name for name, _ in tables(path)} == {name for name, _ in tables(books.built)}
    assert formula_cells(path) == formula_cells(books.built)
    assert set(load_workbook(path).defined_names) >= set(load_workbook(books.built).defined_names)


def test_buttons_are_lost_by_libreoffice_and_mended_by_the_adapter(books: Books) -> None:
    lost = {name: has_lost_buttons(open_package(getattr(books, name))) for name in Books.__dataclass_fields__}
    assert lost == {"built": False, "saved": True, "written": False, "again": True}
    assert set(re.findall(r'<v:shape id="([^"]+)"', drawing(books.saved))) == {"shape_0"}
    numbers = re.findall(r'<v:shape id="_x0000_s(\d+)"', drawing(books.written))
    with ZipFile(books.written) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert numbers == re.findall(r'<control shapeId="(\d+)"', sheet)
    assert len(set(numbers)) == len(panel.BUTTONS)


def test_buttons_keep_their_place_and_size(books: Books) -> None:
    def corners(path: Path) -> list[list[int]]:
        return [[int(n) for n in one.split(",")] for one in re.findall("<x:Anchor>([^<]+)<", drawing(path))]

    before, after = corners(books.built), corners(books.written)
    for one, other in zip(before, after, strict=True):
        assert all(abs(a - b) <= 12 for a, b in zip(one, other, strict=True)), (one, other)
    with ZipFile(books.written) as package:
        assert b"<xdr:colOff>-" not in package.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("turn", ["saved", "written"])
def test_an_outside_judge_finds_only_what_libreoffice_does(books: Books, turn: str) -> None:
    found = {error.description for error in OpenXmlValidator().validate(getattr(books, turn)).errors}
    own = {one for one in found if "theme" in one or one == "Unexpected element 'u' found"}
    twice = {one for one in found if "should have unique value" in one}
    assert found == own | twice
    assert bool(twice) == (turn == "saved"), "names of shapes that LibreOffice writes twice are mended"


def test_a_book_may_be_mended_alone_and_a_whole_one_is_left(books: Books, tmp_path: Path) -> None:
    whole, lost = tmp_path / "whole.xlsm", tmp_path / "lost.xlsm"
    whole.write_bytes(books.built.read_bytes())
    lost.write_bytes(books.saved.read_bytes())
    assert not restore_buttons(whole)
    assert whole.read_bytes() == books.built.read_bytes()
    assert restore_buttons(lost)
    assert drawing(lost) == drawing(books.written)
    assert not restore_buttons(lost)
