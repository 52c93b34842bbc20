"""Points that another school typed stand in the rows of their codes, and nothing else in the book has moved."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from tests.checks.school import put, spoilt, write_book
from tests.command import xlpy
from tests.exchange.packets import (
    CLASS,
    ROWS,
    TASKS,
    a_school,
    came_back,
    form_of,
    found,
    points,
    results,
    taken_from,
    typed,
    untyped,
)
from tests.office import convert
from xlpy.exchange.packet_form import FormCell, FormTask, ReadForm, ReadRow
from xlpy.exchange.packet_match import Existing
from xlpy.exchange.packet_typed import typed_rows
from xlpy.exchange.packet_write import points_rule, write_form
from xlpy.tables import schema
from xlpy.workbook.closed import ClosedWorkbook

FULL = {"C4": 2, "D4": 1, "E4": "X", "C5": 0, "D5": 2, "E5": 1, "C6": 1, "D6": 0, "E6": 0}
AS_TYPED = {"50004": (2, 1, "X"), "50005": (0, 2, 1), "50006": (1, 0, 0)}


def test_points_stand_in_the_rows_of_their_codes(tmp_path: Path) -> None:
    book = a_school()
    taken = came_back(book, tmp_path, FULL)
    assert not taken.notes
    assert (taken.papers, len(taken.edits)) == (3, 9)
    assert points(book) == AS_TYPED


def test_nothing_else_of_the_sheet_changes(tmp_path: Path) -> None:
    book = a_school()
    before = results(book.tables["results"])
    came_back(book, tmp_path, FULL)
    after = results(book.saved["results"])
    changed = {(row, key) for row, cells in after.items() for key in cells if cells[key] != before[row].get(key)}
    assert changed == {(row, key) for row in ROWS for key in TASKS}


def test_rows_that_were_sorted_over_there_find_their_own(tmp_path: Path) -> None:
    book = a_school()
    swapped = {"A4": "50006", "A6": "50004", "C4": 2, "D4": 2, "E4": 1, "C6": 0, "D6": 0, "E6": 0}
    came_back(book, tmp_path, {**FULL, **swapped})
    assert points(book) == {"50004": (0, 0, 0), "50005": (0, 2, 1), "50006": (2, 2, 1)}


def test_rows_that_were_sorted_here_meanwhile_find_their_own(tmp_path: Path) -> None:
    file = typed(tmp_path / "п.xlsx", write_form(form_of(a_school())), FULL)
    book = a_school(lambda rows: rows["results"].reverse())
    taken_from(book, [file])
    by_code = {row["code"]: row for row in results(book.saved["results"]).values() if row["subject"] == "Математика"}
    assert {code: tuple(by_code[code][key] for key in TASKS) for code in AS_TYPED} == AS_TYPED


def test_columns_that_were_moved_are_found_by_their_captions(tmp_path: Path) -> None:
    book = a_school()
    moved = {"C3": "2.2 · 1", "E3": "1 · 2", "C4": 1, "D4": 2, "E4": 2}
    came_back(book, tmp_path, moved)
    assert points(book)["50004"] == (2, 2, 1)


@pytest.mark.parametrize(
    ("written", "meant"), [("x", "X"), ("Х", "X"), (" х ", "X"), ("\N{NO-BREAK SPACE}2", 2), ("1", 1), (1.0, 1)]
)
def test_what_certainly_means_the_same_is_taken(written: object, meant: object, tmp_path: Path) -> None:
    book = a_school()
    taken = came_back(book, tmp_path, {**FULL, "C4": written})
    assert points(book)["50004"][0] == meant
    assert found(taken) == ([("respelled", "Работы!C4")] if isinstance(written, str) else [])


def test_a_code_typed_as_a_number_is_the_same_code(tmp_path: Path) -> None:
    book = a_school()
    assert not came_back(book, tmp_path, {**FULL, "A4": 50004, "A5": " 50005 "}).notes
    assert points(book) == AS_TYPED


def test_a_variant_is_filled_in_where_the_book_has_none(tmp_path: Path) -> None:
    book = a_school(put("results", 19, variant=None))
    taken = came_back(book, tmp_path, {**FULL, "B4": 2})
    assert not taken.notes
    assert results(book.saved["results"])[19]["variant"] == 2


def test_the_same_packet_again_changes_nothing(tmp_path: Path) -> None:
    book = a_school()
    came_back(book, tmp_path, FULL)
    lines = len(book.tables["journal"].values)
    again = came_back(book, tmp_path, FULL)
    assert not again.edits
    assert not again.notes
    assert len(book.tables["journal"].values) == lines


def test_two_halves_of_a_pack_come_in_together(tmp_path: Path) -> None:
    book = a_school()
    data = write_form(form_of(book))
    one = typed(tmp_path / "1.xlsx", data, {cell: FULL[cell] for cell in FULL if cell[1] == "4"})
    two = typed(tmp_path / "2.xlsx", data, {cell: FULL[cell] for cell in FULL if cell[1] != "4"})
    taken_from(book, [one, two])
    assert points(book) == AS_TYPED


def test_two_packets_that_disagree_do_not_overwrite_each_other(tmp_path: Path) -> None:
    book = a_school()
    data = write_form(form_of(book))
    one, two = typed(tmp_path / "1.xlsx", data, FULL), typed(tmp_path / "2.xlsx", data, {**FULL, "C4": 0})
    first, second = taken_from(book, [one, two])
    assert not first.taken.notes
    assert found(second.taken) == [("kept", "Работы!C4")]
    assert points(book) == AS_TYPED


def test_other_points_in_the_book_stay_and_are_listed(tmp_path: Path) -> None:
    book = a_school(put("results", 19, task_1=1.0))
    taken = came_back(book, tmp_path, FULL)
    assert found(taken) == [("kept", "Работы!C4")]
    assert taken.kept == 1
    assert points(book) == {**AS_TYPED, "50004": (1, 1, "X")}


def test_other_points_are_replaced_where_that_is_asked_for(tmp_path: Path) -> None:
    book = a_school(put("results", 19, task_1=1.0, variant=2.0))
    taken = came_back(book, tmp_path, {**FULL, "B4": 1}, existing=Existing.REPLACE)
    assert found(taken) == [("replaced", "Работы!B4"), ("replaced", "Работы!C4")]
    assert points(book) == AS_TYPED
    assert results(book.saved["results"])[19]["variant"] == 1


@pytest.mark.parametrize("existing", list(Existing))
def test_an_empty_cell_never_takes_points_away(existing: Existing, tmp_path: Path) -> None:
    book = a_school(put("results", 19, task_1=1.0, task_2=2.0))
    came_back(book, tmp_path, {"E4": 1}, existing=existing)
    assert points(book)["50004"] == (1, 2, 1)


def test_a_number_kept_as_text_is_only_set_right(tmp_path: Path) -> None:
    book = a_school(put("results", 19, task_1="2"))
    assert not came_back(book, tmp_path, FULL).notes
    assert points(book)["50004"] == (2, 1, "X")


def test_points_of_one_who_is_absent_here_are_not_taken(tmp_path: Path) -> None:
    file = typed(tmp_path / "п.xlsx", write_form(form_of(a_school())), FULL)
    book = a_school(put("results", 19, variant=schema.ABSENT))
    taken = taken_from(book, [file], Existing.REPLACE)[0].taken
    assert found(taken) == [("absent in book", "Работы!A4")]
    assert points(book)["50004"] == (None, None, None)
    assert points(book)["50005"] == AS_TYPED["50005"]


def test_who_checked_stands_in_the_journal(tmp_path: Path) -> None:
    book = a_school()
    came_back(book, tmp_path, FULL, about={"Проверил(и)": "  Лесная А. Б.,\nПолева В. Г. "})
    line = book.saved["journal"].values[-1]
    assert line[1:3] == ["Завуч", "Принять пакет"]
    assert "Проверили: Лесная А. Б., Полева В. Г." in str(line[3])
    assert not str(line[3]).endswith("..")
    assert line[4] == "пакет.xlsx"


CELL = st.sampled_from([None, "X", "x", "Х", "не пройд.", "0", " 1", 0, 1])


@settings(max_examples=40, deadline=None)
@given(st.lists(CELL, min_size=9, max_size=9), st.permutations([4, 5, 6]))
def test_whatever_is_typed_stands_there_as_it_means(cells: list[object], places: list[int]) -> None:
    meant = {"x": "X", "Х": "X", "0": 0, " 1": 1}
    book = a_school()
    codes = list(ROWS.values())
    wanted = {code: tuple(meant.get(str(c), c) for c in cells[3 * at : 3 * at + 3]) for at, code in enumerate(codes)}
    drawn = {f"A{place}": code for place, code in zip(places, codes, strict=True)}
    for at, place in enumerate(places):
        drawn |= {f"{letter}{place}": cells[3 * at + n] for n, letter in enumerate("CDE")}
    with TemporaryDirectory() as folder:
        came_back(book, Path(folder), drawn)
    assert points(book) == wanted


@pytest.fixture
def file_school(tmp_path: Path) -> Path:
    """A real workbook in which 5Б Математика is still to be checked."""
    return write_book(tmp_path / "vpr_workbook.xlsm", spoilt(untyped(*ROWS)))


def in_file(path: Path) -> dict[str, tuple[object, ...]]:
    rows = results(ClosedWorkbook(path).read_tables([schema.RESULTS])["results"])
    return {code: tuple(rows[row][key] for key in TASKS) for row, code in ROWS.items()}


def test_a_packet_that_libreoffice_saved_comes_back_by_the_commands(file_school: Path, tmp_path: Path) -> None:
    ran = xlpy(
        "packet-out", file_school, "--class", "5б", "--subject", "математика", "--out", tmp_path / "out", "--json"
    )
    assert ran.code == 0, ran.err
    sent = Path(ran.answer["packets"][0]["file"])
    filled = typed(tmp_path / "filled.xlsx", sent.read_bytes(), FULL, about={"Проверил(и)": "=1+1"})
    back = convert([filled], "xlsx", tmp_path / "office")[0]
    ran = xlpy("packet-in", file_school, back, "--json")
    assert ran.code == 0, ran.out
    assert in_file(file_school) == AS_TYPED
    assert ran.answer["files"][0]["notes"] == []


def test_the_former_book_is_kept_before_points_are_replaced(file_school: Path, tmp_path: Path) -> None:
    data = write_form(form_of(a_school()))
    one, two = typed(tmp_path / "1.xlsx", data, FULL), typed(tmp_path / "2.xlsx", data, {**FULL, "C4": 0})
    assert xlpy("packet-in", file_school, one).code == 0
    before = file_school.read_bytes()
    assert xlpy("packet-in", file_school, two).code == 1
    assert file_school.read_bytes() == before
    assert xlpy("packet-in", file_school, two, "--replace").code == 0
    assert in_file(file_school)["50004"][0] == 0
    assert before in [copy.read_bytes() for copy in (tmp_path / "Копии").iterdir()]


def test_a_file_with_a_mistake_gives_nothing_and_the_others_all_they_hold(file_school: Path, tmp_path: Path) -> None:
    book = a_school(untyped(16, 17, 18))
    good = typed(tmp_path / "good.xlsx", write_form(form_of(book)), FULL)
    bad = typed(tmp_path / "bad.xlsx", write_form(form_of(book, CLASS, "Биология")), {"C4": 1, "D4": 7})
    ran = xlpy("packet-in", file_school, bad, good, "--json")
    assert ran.code == 1
    assert [one["taken"] for one in ran.answer["files"]] == [False, True]
    assert in_file(file_school) == AS_TYPED


def test_what_a_cell_accepts_is_what_comes_in(tmp_path: Path) -> None:
    task = FormTask(1, "1", 2)
    values = [0, 1, 2, 3, -1, 1.5, "X", "x", "Х", "х", " X ", "не пройд.", "Не пройдено", "б/у", "H", "-"]
    sheet = Workbook()
    for row, value in enumerate(values, start=1):
        sheet.active[f"A{row}"] = value
        sheet.active[f"B{row}"] = f"={points_rule(task, f'A{row}', takes_not_taught=True)}"
        sheet.active[f"C{row}"] = f"={points_rule(task, f'A{row}', takes_not_taught=False)}"
    sheet.save(tmp_path / "rule.xlsx")
    computed = load_workbook(convert([tmp_path / "rule.xlsx"], "xlsx", tmp_path / "office")[0], data_only=True).active
    for column, year in (("B", "2020/21"), ("C", "2025/26")):
        accepted = [computed[f"{column}{row}"].value for row in range(1, len(values) + 1)]
        rows = tuple(
            ReadRow(FormCell(row, 1, str(row)), None, (FormCell(row, 2, value),))
            for row, value in enumerate(values, start=1)
        )
        form = ReadForm({}, FormCell(1, 1), (FormCell(1, 2, "1 · 2"),), rows)
        taken, _ = typed_rows(form, {0: task}, [str(row.code.row) for row in rows], year)
        assert accepted == [bool(row.points) for row in taken], year
