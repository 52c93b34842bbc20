"""Formulas of the user move with their rows; shared ones outlive their master; arrays are refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.workbook.door.books import TEACHERS, cells, edit, members, part_of, write_book
from xlpy.errors import WorkbookError
from xlpy.tables import schema
from xlpy.tables.raw import Live
from xlpy.workbook.cells import cell_xml
from xlpy.workbook.closed import ClosedWorkbook
from xlpy.workbook.shift import shifted

OWN = {"teachers": ["Моё", "Счёт"]}


def with_own_columns(path: Path) -> Path:
    """«Учителя» with two columns of the user's own: a text and a formula over the row and a fixed cell."""

    def fill(book) -> None:
        tab = book.get_worksheet_by_name("Учителя")
        for row in (2, 3, 4):
            tab.write(row - 1, 10, f"своё {row}")
            tab.write_formula(row - 1, 11, f'=IF(G{row}>$N$1,"A1"&K{row},Учителя!B{row})', None, "было")

    return write_book(path, captions=OWN, extra=fill)


def formulas(path: Path, sheet: str = "Учителя") -> dict[str, str]:
    found = cells(members(path)[part_of(path, sheet)])
    return {
        at: re.search(r"<f>(.*?)</f>", cell)[1].replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
        for at, cell in found.items()
        if "<f>" in cell
    }


def own_values(path: Path) -> list[tuple[object, object]]:
    raw = ClosedWorkbook(path).read_tables([schema.TEACHERS])["teachers"]
    return [(row[0], row[10]) for row in raw.values]


def test_own_columns_and_their_formulas_move_with_their_row(tmp_path: Path) -> None:
    path = with_own_columns(tmp_path / "book.xlsx")
    book = ClosedWorkbook(path)
    book.write_table(schema.TEACHERS, [dict(TEACHERS[2]), {"teacher": "Новый"}, dict(TEACHERS[0])])
    book.save()
    assert own_values(path) == [
        ("Клёнова Вера Павловна", "своё 4"),
        ("Новый", ""),
        ("Берёзкина Анна Львовна", "своё 2"),
    ]
    assert formulas(path) == {
        "L2": 'IF(G2>$N$1,"A1"&K2,Учителя!B2)',
        "L4": 'IF(G4>$N$1,"A1"&K4,Учителя!B4)',
    }


def test_two_writes_before_a_save_move_formulas_as_one_would(tmp_path: Path) -> None:
    path = with_own_columns(tmp_path / "book.xlsx")
    book = ClosedWorkbook(path)
    book.write_table(schema.TEACHERS, [dict(TEACHERS[2]), dict(TEACHERS[0])])
    book.write_table(schema.TEACHERS, [dict(TEACHERS[0]), {"teacher": "Новый"}, dict(TEACHERS[2])])
    book.append_rows(schema.TEACHERS, [{"teacher": "Ещё один"}])
    seen = book.read_tables([schema.TEACHERS])["teachers"]
    book.save()
    again = ClosedWorkbook(path).read_tables([schema.TEACHERS])["teachers"]
    assert [(row[0], row[10] or "") for row in seen.values] == own_values(path)
    assert own_values(path) == [
        ("Берёзкина Анна Львовна", "своё 2"),
        ("Новый", ""),
        ("Клёнова Вера Павловна", "своё 4"),
        ("Ещё один", ""),
    ]
    assert set(formulas(path)) == {"L2", "L4"}
    assert seen.formulas == again.formulas == {11: frozenset({2, 4})}


def test_a_formula_that_a_caller_writes_moves_too(tmp_path: Path) -> None:
    path = write_book(tmp_path / "book.xlsx")
    book = ClosedWorkbook(path)
    book.write_table(schema.CONFLICTS, [{"person": "а", "reason": Live('A2&"x"')}, {"person": "б"}])
    book.write_table(schema.CONFLICTS, [{"person": "б"}, {"person": "а"}])
    book.save()
    assert formulas(path, "Конфликты") == {"D3": 'A3&"x"'}


def test_an_error_typed_in_place_of_a_value_moves_as_an_error(tmp_path: Path) -> None:
    path = with_own_columns(tmp_path / "book.xlsx")
    part = part_of(path, "Учителя")
    old = cells(members(path)[part])["K2"]
    edit(path, part, (old, '<c r="K2" t="e"><v>#N/A</v></c>'))
    book = ClosedWorkbook(path)
    assert book.read_tables([schema.TEACHERS])["teachers"].errors == {(2, 10): "#N/A"}
    book.write_table(schema.TEACHERS, [dict(TEACHERS[1]), dict(TEACHERS[0])])
    book.save()
    assert ClosedWorkbook(path).read_tables([schema.TEACHERS])["teachers"].errors == {(3, 10): "#N/A"}


def shared_book(path: Path) -> Path:
    """Own column L as one shared formula: master in L2, two that follow it."""
    with_own_columns(path)
    part = part_of(path, "Учителя")
    found = cells(members(path)[part])
    return edit(
        path,
        part,
        (found["L2"], '<c r="L2"><f t="shared" ref="L2:L4" si="0">G2*2+$A$1</f><v>7</v></c>'),
        (found["L3"], '<c r="L3"><f t="shared" si="0"/><v>8</v></c>'),
        (found["L4"], '<c r="L4" t="str"><f t="shared" si="0"/><v>9</v></c>'),
    )


def test_those_that_share_a_formula_are_written_out_when_its_master_goes(tmp_path: Path) -> None:
    path = shared_book(tmp_path / "book.xlsx")
    book = ClosedWorkbook(path)
    book.write_table(schema.TEACHERS, [dict(TEACHERS[1]), dict(TEACHERS[2])])
    book.save()
    assert formulas(path) == {"L2": "G2*2+$A$1", "L3": "G3*2+$A$1"}
    assert "shared" not in "".join(cells(members(path)[part_of(path, "Учителя")]).values())


def test_a_shared_formula_whose_master_stays_is_left_alone(tmp_path: Path) -> None:
    path = shared_book(tmp_path / "book.xlsx")
    book = ClosedWorkbook(path)
    book.write_table(schema.TEACHERS, [dict(row) for row in TEACHERS[:2]] + [{"teacher": "Новый"}])
    book.save()
    found = cells(members(path)[part_of(path, "Учителя")])
    assert found["L2"] == '<c r="L2"><f t="shared" ref="L2:L4" si="0">G2*2+$A$1</f></c>'
    assert found["L3"] == '<c r="L3"><f t="shared" si="0"/></c>'
    assert "<f" not in found["L4"]


def test_a_part_of_an_array_formula_is_refused_with_its_cell(tmp_path: Path) -> None:
    path = with_own_columns(tmp_path / "book.xlsx")
    part = part_of(path, "Учителя")
    found = cells(members(path)[part])
    edit(
        path,
        part,
        (found["L2"], '<c r="L2"><f t="array" ref="L2:L3">G2:G3*2</f><v>1</v></c>'),
        (found["L3"], '<c r="L3"><v>2</v></c>'),
    )
    before = path.read_bytes()
    book = ClosedWorkbook(path)
    book.write_table(schema.TEACHERS, [dict(TEACHERS[1])])
    with pytest.raises(WorkbookError) as caught:
        book.save()
    assert (caught.value.code, caught.value.params["cell"]) == ("array_formula", "L2")
    assert path.read_bytes() == before
    changed = [dict(TEACHERS[0], paper_limit=1), *map(dict, TEACHERS[1:])]
    book = ClosedWorkbook(path)
    book.write_table(schema.TEACHERS, changed)
    book.save()
    assert 't="array"' in cells(members(path)[part])["L2"]


def test_calculated_columns_get_their_formula_in_every_new_row(tmp_path: Path) -> None:
    path = write_book(tmp_path / "book.xlsx")
    book = ClosedWorkbook(path)
    book.append_rows(schema.RESULTS, [{"code": "60001", "school_class": "6А", "subject": "Химия"}])
    book.save()
    found = formulas(path, "Результаты")
    for column in ("AO", "AP", "AR"):
        assert found[f"{column}19"] == shifted(found[f"{column}18"], 1, 0)


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("A1+$B$2+C$3+$D4", "B3+$B$2+D$3+$D6"),
        ('"A1"&A1', '"A1"&B3'),
        ("'Лист A1'!A1", "'Лист A1'!B3"),
        ("'it''s A1'!A1:B2", "'it''s A1'!B3:C4"),
        ("LOG10(A1)", "LOG10(B3)"),
        ("Таблица1[[#This Row],[A1]]", "Таблица1[[#This Row],[A1]]"),
        ("SUM(A:A)", "SUM(B:B)"),
        ("SUM(1:1)", "SUM(3:3)"),
        ("имя_A1+A1.x", "имя_A1+A1.x"),
        ("[1]Лист1!A1", "[1]Лист1!B3"),
        ("XFD1048576", "#REF!"),
    ],
)
def test_relative_references_move_and_nothing_else_does(formula: str, moved: str) -> None:
    assert shifted(formula, 2, 1) == moved


def test_a_formula_is_escaped_for_xml() -> None:
    assert cell_xml("A1", Live('"<"&A2'), None) == b'<c r="A1"><f>"&lt;"&amp;A2</f></c>'
