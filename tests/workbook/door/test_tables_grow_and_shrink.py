"""The Excel table follows the rows that are written: its range, filter and sorting, and what stands under it."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from tests.workbook.door.books import RESULTS, TEACHERS, cells, edit, members, part_of, write_book
from xlpy.errors import WorkbookError
from xlpy.tables import schema
from xlpy.workbook.closed import ClosedWorkbook

TEACHERS_TABLE = "xl/tables/table3.xml"


def refs(path: Path, part: str = TEACHERS_TABLE) -> dict[str, str]:
    xml = members(path)[part].decode()
    return dict(re.findall(r'<(table|autoFilter|sortState|sortCondition)\b[^>]*? ref="([^"]*)"', xml))


def many(count: int) -> list[dict[str, object]]:
    return [{"teacher": f"Учитель {number:03d}", "subjects": "Химия"} for number in range(count)]


def values(path: Path, sheet=schema.TEACHERS) -> list[list[object]]:
    return ClosedWorkbook(path).read_tables([sheet])[sheet.key].values


def rewrite(path: Path, rows, sheet=schema.TEACHERS) -> None:
    book = ClosedWorkbook(path)
    book.write_table(sheet, rows)
    book.save()


@pytest.mark.parametrize("count", [1, 2, 4, 100])
def test_range_filter_and_sorting_end_with_the_last_row(tmp_path: Path, count: int) -> None:
    path = write_book(tmp_path / "book.xlsx")
    edit(
        path,
        TEACHERS_TABLE,
        (
            '<autoFilter ref="A1:J4"/>',
            '<autoFilter ref="A1:J4"/><sortState ref="A2:J4"><sortCondition ref="A2:A4"/></sortState>',
        ),
    )
    rewrite(path, many(count))
    end = count + 1
    assert refs(path) == {
        "table": f"A1:J{end}",
        "autoFilter": f"A1:J{end}",
        "sortState": f"A2:J{end}",
        "sortCondition": f"A2:A{end}",
    }
    assert [row[0] for row in values(path)] == [f"Учитель {number:03d}" for number in range(count)]


def test_an_emptied_table_keeps_one_empty_row(tmp_path: Path) -> None:
    path = write_book(tmp_path / "book.xlsx")
    rewrite(path, [])
    assert refs(path)["table"] == "A1:J2"
    assert values(path) == []
    rewrite(path, many(2))
    assert refs(path)["table"] == "A1:J3"


def test_rows_that_libreoffice_left_outside_of_the_range_are_read_and_taken_in(tmp_path: Path) -> None:
    path = write_book(tmp_path / "book.xlsx")
    edit(
        path,
        TEACHERS_TABLE,
        ('ref="A1:J4" totals', 'ref="A1:J2" totals'),
        ('<autoFilter ref="A1:J4"', '<autoFilter ref="A1:J2"'),
    )
    assert len(values(path)) == 3
    rewrite(path, TEACHERS)
    assert refs(path)["table"] == refs(path)["autoFilter"] == "A1:J4"


def test_the_dimension_grows_with_the_rows(tmp_path: Path) -> None:
    path = write_book(tmp_path / "book.xlsx")
    rewrite(path, many(50))
    assert b'<dimension ref="A1:J51"/>' in members(path)[part_of(path, "Учителя")]


def test_the_calculation_chain_goes_with_its_relation_and_its_type(tmp_path: Path) -> None:
    path = write_book(tmp_path / "book.xlsx")
    chain = "xl/calcChain.xml"
    edit(path, "[Content_Types].xml", ("</Types>", f'<Override PartName="/{chain}" ContentType="c"/></Types>'))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    relation = f'<Relationship Id="rId99" Type="{kind}" Target="calcChain.xml"/></Relationships>'
    edit(path, "xl/_rels/workbook.xml.rels", ("</Relationships>", relation))
    from tests.workbook.door.books import with_members

    with_members(path, {chain: b"<calcChain/>"})
    rewrite(path, many(2))
    parts = members(path)
    assert chain not in parts
    assert b"calcChain" not in parts["[Content_Types].xml"] + parts["xl/_rels/workbook.xml.rels"]


def test_new_rows_look_like_the_last_row_and_not_like_the_header(tmp_path: Path) -> None:
    def column_format(book) -> None:
        shade = book.add_format({"bg_color": "#DDEBF7"})
        book.get_worksheet_by_name("Конфликты").set_column(0, 3, 20, shade)
        head = book.add_format({"bold": True})
        for at in range(4):
            book.get_worksheet_by_name("Конфликты").write_string(0, at, schema.CONFLICTS.columns[at].caption, head)

    path = write_book(tmp_path / "book.xlsx", extra=column_format)
    book = ClosedWorkbook(path)
    book.write_table(schema.TEACHERS, many(9))
    book.write_table(schema.CONFLICTS, [{"person": "Кто-то", "school_class": "5А"}] * 3)
    book.save()
    teachers = cells(members(path)[part_of(path, "Учителя")])
    like = re.search(r' s="(\d+)"', teachers["A4"])[1]
    assert all(f' s="{like}"' in teachers[f"A{row}"] for row in range(5, 11))
    conflicts = cells(members(path)[part_of(path, "Конфликты")])
    head = re.search(r' s="(\d+)"', conflicts["A1"])[1]
    styles = {re.search(r' s="(\d+)"', conflicts[f"{column}{row}"])[1] for column in "ABCD" for row in (2, 3, 4)}
    assert len(styles) == 1
    assert styles != {head}


def test_dates_are_numbers_with_a_date_format_and_a_number_in_a_date_cell_stays_a_number(tmp_path: Path) -> None:
    path = write_book(tmp_path / "book.xlsx")
    moment = datetime(2021, 3, 1, 9, 30, 15)
    book = ClosedWorkbook(path)
    book.write_table(
        schema.SETTINGS,
        [{"parameter": "день", "setting": datetime(2021, 3, 1)}, {"parameter": "час", "setting": moment}],
    )
    book.append_rows(schema.JOURNAL, [{"moment": moment, "person": "я"}])
    book.save()
    assert [row[1] for row in values(path, schema.SETTINGS)] == [datetime(2021, 3, 1), moment]
    assert values(path, schema.JOURNAL)[0][0] == moment
    assert "<v>44256</v>" in cells(members(path)[part_of(path, "Настройки")])["B2"]
    rewrite(path, [{"parameter": "день", "setting": 5}, {"parameter": "час", "setting": "08:00"}], schema.SETTINGS)
    assert [row[1] for row in values(path, schema.SETTINGS)] == [5, "08:00"]


def test_days_before_excel_s_calendar_are_text(tmp_path: Path) -> None:
    path = write_book(tmp_path / "book.xlsx")
    rewrite(path, [{"parameter": "старое", "setting": datetime(1812, 9, 7)}], schema.SETTINGS)
    assert values(path, schema.SETTINGS)[0][1] == "07.09.1812"


def test_a_book_that_counts_from_1904_keeps_its_dates(tmp_path: Path) -> None:
    path = write_book(tmp_path / "book.xlsx")
    edit(path, "xl/workbook.xml", ("<workbookPr ", '<workbookPr date1904="1" '))
    rewrite(path, [{"parameter": "день", "setting": datetime(2021, 3, 1)}], schema.SETTINGS)
    assert values(path, schema.SETTINGS)[0][1] == datetime(2021, 3, 1)
    assert "<v>42794</v>" in cells(members(path)[part_of(path, "Настройки")])["B2"]


def with_totals(path: Path) -> Path:
    edit(path, TEACHERS_TABLE, ('ref="A1:J4" totalsRowShown="0"', 'ref="A1:J5" totalsRowCount="1"'))
    part = part_of(path, "Учителя")
    total = '<c r="G5"><f>SUBTOTAL(109,Учителя[Лимит работ])</f><v>40</v></c>'
    return edit(
        path,
        part,
        (
            "</sheetData>",
            f'<row r="5"><c r="A5" t="inlineStr"><is><t>Итог</t></is></c>{total}</row></sheetData>',
        ),
    )


def test_a_row_of_totals_is_no_data_and_is_never_overwritten(tmp_path: Path) -> None:
    path = with_totals(write_book(tmp_path / "book.xlsx"))
    assert len(values(path)) == 3
    rewrite(path, many(2))
    after = cells(members(path)[part_of(path, "Учителя")])
    assert "Итог" in after["A5"]
    assert refs(path) == {"table": "A1:J5", "autoFilter": "A1:J4"}
    before = path.read_bytes()
    with pytest.raises(WorkbookError) as caught:
        rewrite(path, many(9))
    assert (caught.value.code, caught.value.params["cell"]) == ("no_room", "A5")
    assert path.read_bytes() == before


def test_another_table_under_ours_is_no_data_and_stops_its_growth(tmp_path: Path) -> None:
    def second(book) -> None:
        tab = book.get_worksheet_by_name("Учителя")
        tab.add_table("B8:C10", {"name": "Своя", "columns": [{"header": "а"}, {"header": "б"}]})
        tab.write("B9", "чужое")

    path = write_book(tmp_path / "book.xlsx", extra=second)
    assert len(values(path)) == 3
    rewrite(path, many(6))
    assert len(values(path)) == 6
    with pytest.raises(WorkbookError) as caught:
        rewrite(path, many(7))
    assert caught.value.code == "no_room"


def test_a_note_under_the_table_stays_where_it_is(tmp_path: Path) -> None:
    def noted(book) -> None:
        book.get_worksheet_by_name("Учителя").write("J8", "Составил секретарь")

    path = write_book(tmp_path / "book.xlsx", extra=noted)
    rewrite(path, many(2))
    assert values(path)[-1][-1] == "Составил секретарь"
    assert refs(path)["table"] == "A1:J3"
    with pytest.raises(WorkbookError) as caught:
        rewrite(path, many(7))
    assert (caught.value.code, caught.value.params["cell"]) == ("no_room", "J8")


def test_a_table_that_the_user_moved_is_found_and_written_where_it_is(tmp_path: Path) -> None:
    path = write_book(tmp_path / "book.xlsx", sheets=[])
    import xlsxwriter

    with xlsxwriter.Workbook(path) as made:
        tab = made.add_worksheet("Конфликты")
        heads = [column.caption for column in schema.CONFLICTS.columns]
        tab.add_table(4, 2, 5, 6, {"name": "Конфликты", "columns": [{"header": head} for head in [*heads, "Моё"]]})
        tab.write_row(5, 2, ["Дубов", "5А", "Химия", "родня", "моё"])
    book = ClosedWorkbook(path)
    book.append_rows(schema.CONFLICTS, [{"person": "Клёнова", "school_class": "6Б"}])
    book.save()
    assert values(path, schema.CONFLICTS) == [
        ["Дубов", "5А", "Химия", "родня", "моё"],
        ["Клёнова", "6Б", "", "", ""],
    ]
    assert refs(path, "xl/tables/table1.xml")["table"] == "C5:G7"


def test_merged_cells_around_the_table_stay_and_inside_it_are_refused(tmp_path: Path) -> None:
    def merged(book) -> None:
        tab = book.get_worksheet_by_name("Результаты")
        tab.merge_range("A1:D2", "Выберите класс")

    path = write_book(tmp_path / "book.xlsx", extra=merged)
    rewrite(path, RESULTS[:3], schema.RESULTS)
    part = part_of(path, "Результаты")
    assert b'<mergeCell ref="A1:D2"/>' in members(path)[part]
    edit(path, part, ('<mergeCell ref="A1:D2"/>', '<mergeCell ref="A1:D2"/><mergeCell ref="A8:B8"/>'))
    with pytest.raises(WorkbookError) as caught:
        rewrite(path, [dict(row, school_class="5Б") for row in RESULTS[:3]], schema.RESULTS)
    assert (caught.value.code, caught.value.params["cell"]) == ("merged", "B8")
