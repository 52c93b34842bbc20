from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from tests.workbook.upgrade.books import by_caption, newest, older_book, red_dot, tables
from tests.workbook.upgrade.test_all_rows_come_along import sheet_xml
from xlpy.tables import schema
from xlpy.tables.raw import Live, Value
from xlpy.workbook.package import open_package
from xlpy.workbook.upgrade import upgrade

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")

TEACHERS: list[dict[str, Value]] = [
    {"teacher": "Дроздов Иван Иванович", "subjects": "Математика", "note": "а"},
    {"teacher": "Лукина Ольга Павловна", "subjects": "Физика"},
]
DROPPED = [("teachers", "department")]


def own_sheets(book: Workbook, pages: Mapping[str, Worksheet]) -> None:
    """A summary with looks, formulas, a chart, a picture, notes; a second sheet, hidden; names of the user's own."""
    loud = book.add_format({"bold": True, "bg_color": "#FFCC00", "font_name": "Georgia", "num_format": "0.000"})
    page = book.add_worksheet("Моя сводка")
    page.set_column("A:A", 33)
    page.merge_range("A1:C1", "Итоги", loud)
    page.write_rich_string("A2", "про", loud, "сто")
    page.write_formula("B2", "=COUNTA(Учителя!$A$2:$A$99)", loud, 77)
    page.write_formula("B3", '=Учителя!C2&" Учителя!C2"', None, "")
    page.write_formula("C2", "=SUM(мои_числа)", None, "")
    page.write_number("A5", 2.5, loud)
    page.write_string("A6", "=не формула")
    page.conditional_format("A5:A9", {"type": "cell", "criteria": ">", "value": 2, "format": loud})
    page.data_validation("D1", {"validate": "list", "source": "=Учителя!$A$2:$A$9"})
    page.add_table("F1:G3", {"name": "Моя", "columns": [{"header": "что"}, {"header": "сколько"}]})
    page.write_url("A8", "https://example.org/план", None, "план")
    page.write_comment("A5", "моё примечание")
    page.insert_image("H5", "точка.png", {"image_data": red_dot()})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='Учителя'!$C$2:$C$9", "categories": "='Моя сводка'!$A$5:$A$9"})
    page.insert_chart("H8", chart)
    quiet = book.add_worksheet("Черновик")
    quiet.write("A1", 1)
    quiet.hide()
    book.define_name("мои_числа", "='Моя сводка'!$A$5:$A$9")
    book.define_name("предметы_учителей", "=Учителя!$C$2:$C$9")
    book.define_name("'Моя сводка'!своё", "='Моя сводка'!$A$1")
    teachers = pages["teachers"]
    teachers.write_string("B2", "учитель", book.add_format({"bg_color": "#FF0000"}))
    teachers.write_comment("I2", "о примечании")
    teachers.write_url("E3", "https://example.org/лукина", None, "почта")


@pytest.fixture
def moved(tmp_path: Path) -> Path:
    path = older_book(tmp_path / "книга.xlsm", {"teachers": TEACHERS}, dropped=DROPPED, decorate=own_sheets)
    result = upgrade(path, newest())
    assert result.own_sheets == ("Моя сводка", "Черновик")
    assert set(result.own_names) == {"мои_числа", "предметы_учителей", "своё"}
    assert result.left == ()
    return path


def test_own_columns_keep_values_formulas_looks_and_their_place_in_the_table(tmp_path: Path) -> None:
    own = {"teachers": [("Стаж", [5, Live("K2*2+LEN(A3)")]), ("Дата рождения", ["1.1.80", True])]}
    path = older_book(tmp_path / "книга.xlsm", {"teachers": TEACHERS}, dropped=DROPPED, own=own)
    result = upgrade(path, newest())
    assert result.own_columns == (("Учителя", "Стаж"), ("Учителя", "Дата рождения"))
    raw = tables(path)["teachers"]
    assert raw.captions[10:] == ("Стаж", "Дата рождения")
    assert [row[11] for row in raw.values] == ["1.1.80", True]
    assert raw.values[0][10] == 5
    xml = sheet_xml(path, "Учителя")
    assert "<f>L2*2+LEN(A3)</f>" in xml
    package = open_package(path)
    parts = [package.read(member.filename).decode() for member in package.members if "/tables/" in member.filename]
    table = next(part for part in parts if 'displayName="Учителя"' in part)
    assert 'ref="A1:L3"' in table
    assert 'name="Дата рождения"' in table


def test_notes_beside_the_table_without_a_caption_stay_beside_it(tmp_path: Path) -> None:
    def beside(book: Workbook, pages: Mapping[str, Worksheet]) -> None:
        del book
        pages["teachers"].write_string("L3", "спросить в понедельник")
        pages["teachers"].write_string("L9", "под таблицей")

    path = older_book(tmp_path / "книга.xlsm", {"teachers": TEACHERS}, dropped=DROPPED, decorate=beside)
    upgrade(path, newest())
    xml = sheet_xml(path, "Учителя")
    assert 'r="M3"' in xml
    assert 'r="M9"' in xml
    assert len(tables(path)["teachers"].values) == 2


def test_own_sheets_keep_their_cells_looks_and_places(moved: Path) -> None:
    book = load_workbook(moved, rich_text=True)
    page = book["Моя сводка"]
    assert str(page["A2"].value) == "просто"
    assert page["A5"].value == 2.5
    assert page["A6"].value == "=не формула"
    assert page["A6"].data_type == "s"
    assert page["A5"].font.name == "Georgia"
    assert page["A5"].fill.fgColor.rgb == "FFFFCC00"
    assert page["A5"].number_format == "0.000"
    assert [str(area) for area in page.merged_cells.ranges] == ["A1:C1"]
    assert page.column_dimensions["A"].width == pytest.approx(33.7, abs=0.1)
    assert page["A5"].comment.text == "моё примечание"
    assert page["A8"].hyperlink.target.startswith("https://example.org/")
    assert len(page._images) == 1
    assert len(page._charts) == 1
    assert list(page.tables) == ["Моя"]
    assert book["Черновик"].sheet_state == "hidden"
    rule = next(iter(page.conditional_formatting)).rules[0]
    assert rule.dxf.fill.bgColor.rgb == "FFFFCC00"


def test_formulas_follow_the_columns_that_moved(moved: Path) -> None:
    book = load_workbook(moved)
    page = book["Моя сводка"]
    assert page["B2"].value == "=COUNTA(Учителя!$A$2:$A$99)"
    assert page["B3"].value == '=Учителя!D2&" Учителя!C2"'
    assert book.defined_names["мои_числа"].attr_text == "'Моя сводка'!$A$5:$A$9"
    assert book.defined_names["предметы_учителей"].attr_text == "Учителя!$D$2:$D$9"
    assert page.defined_names["своё"].attr_text == "'Моя сводка'!$A$1"
    package = open_package(moved)
    chart = next(package.read(m.filename).decode() for m in package.members if "charts/chart" in m.filename)
    assert "$D$2:$D$9" in chart
    assert "'Моя сводка'!$A$5:$A$9" in chart


def test_no_stale_number_is_left_behind_a_formula(moved: Path) -> None:
    assert load_workbook(moved, data_only=True)["Моя сводка"]["B2"].value is None


def test_notes_links_and_painted_cells_of_our_sheets_stay_with_their_cells(moved: Path) -> None:
    page = load_workbook(moved)["Учителя"]
    assert page["J2"].comment.text == "о примечании"
    assert page["F3"].hyperlink.target.startswith("https://example.org/")
    assert page["B2"].fill.fgColor.rgb == "FFFF0000"
    assert page["B3"].fill.fgColor.rgb != "FFFF0000"


def test_a_sheet_that_lost_its_header_is_set_aside_under_another_name(tmp_path: Path) -> None:
    def strange(book: Workbook, pages: Mapping[str, Worksheet]) -> None:
        del pages
        page = book.add_worksheet("Наблюдатели")
        page.write_string("A1", "совсем другое")
        book.add_worksheet("Ссылки").write_formula("A1", "=Наблюдатели!A1", None, "")

    path = older_book(tmp_path / "книга.xlsm", {}, missing=["observers"], decorate=strange)
    result = upgrade(path, newest())
    assert result.set_aside == {"Наблюдатели": "Наблюдатели (прежний)"}
    assert "совсем другое" in sheet_xml(path, "Наблюдатели (прежний)")
    assert "<f>'Наблюдатели (прежний)'!A1</f>" in sheet_xml(path, "Ссылки")
    assert by_caption(tables(path)["observers"]) == []


def test_a_table_of_the_user_s_that_is_named_like_a_new_one_of_ours_gets_another_name(tmp_path: Path) -> None:
    def named(book: Workbook, pages: Mapping[str, Worksheet]) -> None:
        del pages
        book.add_worksheet("Гости").add_table("A1:B2", {"name": "Наблюдатели"})

    path = older_book(tmp_path / "книга.xlsm", {}, missing=["observers"], decorate=named)
    upgrade(path, newest())
    assert list(load_workbook(path)["Гости"].tables) == ["Наблюдатели_2"]


def test_the_choice_above_the_results_stays(tmp_path: Path) -> None:
    def chosen(book: Workbook, pages: Mapping[str, Worksheet]) -> None:
        pages["results"].write_string("B2", "5А")
        book.define_name("results_chosen_class", "=Результаты!$B$2")

    path = older_book(tmp_path / "книга.xlsm", {"results": [{"code": "50001"}]}, decorate=chosen)
    upgrade(path, newest())
    book = load_workbook(path)
    place = book.defined_names["results_chosen_class"].attr_text.rsplit("!", 1)[-1].replace("$", "")
    assert book[schema.RESULTS.name][place].value == "5А"
