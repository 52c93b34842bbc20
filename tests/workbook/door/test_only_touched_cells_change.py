"""Whoever saved the workbook, writing a cell leaves every other cell and every other part byte for byte."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.office import convert
from tests.workbook.door.books import TEACHERS, differences, edit, members, part_of, shipped_bytes, write_book
from xlpy.tables import schema
from xlpy.workbook.closed import ClosedWorkbook
from xlpy.workbook.lostbuttons import has_lost_buttons
from xlpy.workbook.package import open_package

ALWAYS = {"xl/workbook.xml"}


def with_user_things(book) -> None:
    """What a user's book may hold beside the contract: all of it must survive."""
    tab = book.get_worksheet_by_name("Учителя")
    tab.data_validation("D2:D50", {"validate": "list", "source": ["Химия", "Физика"]})
    tab.conditional_format("A2:A50", {"type": "text", "criteria": "containing", "value": "а", "format": None})
    tab.write_comment("A2", "заметка")
    tab.insert_button("L2", {"macro": "Check", "caption": "Проверить"})
    tab.insert_textbox("L5", "надпись")
    tab.write_url("L9", "https://example.org", None, "ссылка")
    tab.set_row(3, 40)
    own = book.add_worksheet("Моё")
    own.write("A1", "свободный лист")
    own.write_formula("B1", "=1+1", None, 2)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Моё!$B$1:$B$1"})
    own.insert_chart("D2", chart)
    own.protect("x")
    book.define_name("мой_список", "=Моё!$A$1:$A$3")
    book.get_worksheet_by_name("Конфликты").hide()


@pytest.fixture(scope="module")
def saved_by_libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    source = write_book(folder / "book.xlsx", extra=with_user_things)
    return convert([source], "xlsx:Calc MS Excel 2007 XML", folder / "out")[0]


@pytest.fixture(params=["xlsxwriter", "libreoffice", "shipped"])
def book_path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "book.xlsm"
    if request.param == "xlsxwriter":
        return write_book(path, extra=with_user_things)
    if request.param == "shipped":
        path.write_bytes(shipped_bytes())
        book = ClosedWorkbook(path)
        book.write_table(schema.TEACHERS, TEACHERS)
        book.save()
        return path
    path.write_bytes(request.getfixturevalue("saved_by_libreoffice").read_bytes())
    return path


def changed_teachers() -> list[dict[str, object]]:
    rows = [dict(row) for row in TEACHERS]
    rows[1]["paper_limit"] = 41
    return rows


def test_one_changed_cell_is_the_only_difference(book_path: Path) -> None:
    before = book_path.read_bytes()
    # Where LibreOffice has lost the buttons, they come back on the way.
    mended = {"xl/drawings/vmlDrawing1.vml"} if has_lost_buttons(open_package(book_path)) else set()
    book = ClosedWorkbook(book_path)
    book.write_table(schema.TEACHERS, changed_teachers())
    book.save()
    found = differences(before, book_path)
    touched = part_of(book_path, "Учителя")
    assert found.pop(touched) == {"G3"}
    stripped = {part for part, places in found.items() if not places}
    assert stripped <= ALWAYS | mended
    assert not (found.keys() - stripped)


def test_the_workbook_is_computed_anew_and_no_formula_keeps_a_value(book_path: Path) -> None:
    book = ClosedWorkbook(book_path)
    book.write_table(schema.TEACHERS, changed_teachers())
    book.save()
    parts = members(book_path)
    assert b'fullCalcOnLoad="1"' in parts["xl/workbook.xml"]
    formulas = b"".join(part for name, part in parts.items() if name.startswith("xl/worksheets/sheet"))
    assert b"</f>" in formulas
    assert b"</f><v" not in formulas


def test_writing_the_same_again_writes_nothing(book_path: Path) -> None:
    book = ClosedWorkbook(book_path)
    book.write_table(schema.TEACHERS, changed_teachers())
    book.save()
    before, copies = book_path.read_bytes(), sorted(book_path.parent.rglob("*"))
    book.write_table(schema.TEACHERS, changed_teachers())
    book.save()
    assert book_path.read_bytes() == before
    assert sorted(book_path.parent.rglob("*")) == copies


def test_a_write_that_changes_nothing_leaves_an_untouched_file_alone(tmp_path: Path) -> None:
    path = write_book(tmp_path / "book.xlsx")
    before = path.read_bytes()
    book = ClosedWorkbook(path)
    book.write_table(schema.TEACHERS, TEACHERS)
    book.save()
    assert path.read_bytes() == before


def test_a_form_with_extended_validations_protection_and_hidden_lists_keeps_them(tmp_path: Path) -> None:
    path = write_book(tmp_path / "form.xlsx", extra=with_user_things)
    extension = (
        '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
        'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        '<x14:dataValidations count="1" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        '<x14:dataValidation type="list" allowBlank="1" prompt="a = b > c"><x14:formula1><xm:f>Моё!$A$1:$A$3</xm:f>'
        "</x14:formula1><xm:sqref>C2:C50</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
    )
    part = part_of(path, "Учителя")
    edit(
        path,
        part,
        ("</worksheet>", extension + "</worksheet>"),
        ("</sheetData>", '</sheetData><sheetProtection sheet="1" password="CC1A"/>'),
    )
    before = path.read_bytes()
    book = ClosedWorkbook(path)
    book.write_table(schema.TEACHERS, changed_teachers())
    book.save()
    after = members(path)[part].decode()
    assert extension in after
    assert '<sheetProtection sheet="1" password="CC1A"/>' in after
    assert differences(before, path) == {part: {"G3"}}


def test_untouched_members_are_copied_as_they_lie_in_the_file(tmp_path: Path) -> None:
    path = write_book(tmp_path / "book.xlsx", extra=with_user_things)
    before = entries(path)
    book = ClosedWorkbook(path)
    book.write_table(schema.TEACHERS, changed_teachers())
    book.save()
    after = entries(path)
    formulas = {part_of(path, name) for name in ("Результаты", "Моё", "Учителя")}
    assert {name for name in before if before[name] != after[name]} <= formulas | ALWAYS


def entries(path: Path) -> dict[str, tuple[object, ...]]:
    """What the file's directory says of each part, once all parts have proved to be readable."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {
            one.filename: (one.CRC, one.compress_size, one.date_time, one.external_attr) for one in archive.infolist()
        }


def test_a_row_keeps_its_height_its_hiding_and_its_outline(tmp_path: Path) -> None:
    def outlined(book) -> None:
        book.get_worksheet_by_name("Учителя").set_row(2, 33, None, {"hidden": True, "level": 1})

    path = write_book(tmp_path / "book.xlsx", extra=outlined)
    book = ClosedWorkbook(path)
    book.write_table(schema.TEACHERS, changed_teachers())
    book.save()
    xml = members(path)[part_of(path, "Учителя")].decode()
    opening = xml[xml.index('<row r="3"') :].partition(">")[0]
    assert all(attribute in opening for attribute in ('ht="33"', 'hidden="1"', 'outlineLevel="1"'))
