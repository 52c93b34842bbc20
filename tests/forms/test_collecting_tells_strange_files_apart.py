"""Whatever lies in the folder has one sentence; the forms beside it are collected all the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.checks.school import put, setting
from tests.forms.gathering import IVANOVA, PETROV, CollectingSchool, rules, untyped
from tests.forms.handed import type_into
from tests.forms.test_collecting_puts_points_in_by_code import FULL
from xlpy.errors import InputError
from xlpy.exchange.forms import layout
from xlpy.exchange.forms.gather import Standing
from xlpy.tables import schema


@pytest.fixture
def school(tmp_path: Path) -> CollectingSchool:
    made = CollectingSchool(tmp_path)
    type_into(made.form(), FULL)
    return made


def identity_line(path: Path, old: str, new: str) -> None:
    """Change what the visible line says; the document properties say nothing then."""
    book = load_workbook(path)
    cell = book["Работы"].cell(layout.IDENTITY_ROW, 1)
    assert old in str(cell.value)
    cell.value = str(cell.value).replace(old, new)
    book.save(path)


def test_a_folder_without_files_is_one_sentence(tmp_path: Path) -> None:
    school = CollectingSchool(tmp_path)
    empty = tmp_path / "пусто"
    empty.mkdir()
    with pytest.raises(InputError) as caught:
        school.collect(folder=empty)
    assert caught.value.code == "collect_no_files"
    with pytest.raises(InputError) as caught:
        school.collect(folder=tmp_path / "нет такой")
    assert caught.value.code == "collect_no_folder"


def test_two_thousand_files_that_are_no_forms_are_one_line(school: CollectingSchool) -> None:
    for number in range(2_000):
        (school.folder / f"снимок {number}.jpg").write_bytes(b"\xff\xd8\xff" + bytes(100))
    book = Workbook()
    book.save(school.folder / "список.xlsx")
    done = school.collect()
    assert school.points("50004") == (2, "X", 1)
    assert len(done.made.foreign) == 2_001
    assert rules(school.said()).count("FRM-02") == 1


def test_a_few_files_that_are_no_forms_are_named_each(school: CollectingSchool) -> None:
    for name in ("а.txt", "б.docx"):
        (school.folder / name).write_bytes(b"text")
    school.collect()
    assert [file for rule, file, _ in school.said() if rule == "FRM-02"] == ["а.txt", "б.docx"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 cut short"], ids=["empty", "cut"])
def test_a_broken_file_is_said_and_the_rest_collected(school: CollectingSchool, data: bytes) -> None:
    (school.folder / "сломана.xlsx").write_bytes(data)
    school.collect()
    assert school.points("50005") == (0, 1, 0)
    assert [file for rule, file, _ in school.said() if rule in {"FRM-01", "FRM-02"}] == ["сломана.xlsx"]


def test_forms_of_another_school_another_year_and_a_newer_program_give_nothing(tmp_path: Path) -> None:
    other = CollectingSchool(tmp_path / "другая", (untyped, setting("school_short", "Другая школа")))
    school = CollectingSchool(tmp_path / "своя")
    for number in range(5):
        target = school.folder / f"чужая {number}.xlsx"
        target.write_bytes(other.form().read_bytes())
        type_into(target, FULL)
    newer = school.copy("новее.xlsx")
    type_into(newer, FULL)
    identity_line(newer, "Форма ВПР 1", "Форма ВПР 7")
    done = school.collect()
    states = {one.file: one.standing for one in done.made.files}
    assert {states[f"чужая {number}.xlsx"] for number in range(5)} == {Standing.OTHER_SCHOOL}
    assert states[f"{IVANOVA}/новее.xlsx"] is Standing.NEWER_FORMAT
    assert school.points("50004") == (None, None, None)
    said = rules(school.said())
    assert said.count("FRM-03") == 1
    assert said.count("FRM-05") == 1


def test_a_form_of_last_year_gives_nothing(tmp_path: Path) -> None:
    school = CollectingSchool(tmp_path)
    type_into(school.form(), FULL)
    row = next(n for n, one in enumerate(school.rows_of(schema.SETTINGS)) if one["parameter"] == "Учебный год")
    school.book.tables["settings"].values[row][1] = "2021/22"
    done = school.collect()
    assert {one.standing for one in done.made.files} == {Standing.OTHER_YEAR}
    assert not done.made.decided.edits


def test_a_form_of_a_work_that_the_workbook_has_not_gives_nothing(school: CollectingSchool) -> None:
    for line in school.book.tables["results"].values:
        if line[1] == "5Б" and line[2] == "Математика":
            line[0] = line[1] = line[2] = None
    done = school.collect()
    assert Standing.UNKNOWN_WORK in {one.standing for one in done.made.files}
    assert not done.made.decided.edits


def test_a_form_of_a_work_without_tasks_gives_nothing(school: CollectingSchool) -> None:
    for line in school.book.tables["tasks"].values:
        if line[1] == 5 and line[2] == "Математика":
            line[5] = None
    done = school.collect()
    assert {one.standing for one in done.made.files if "5Б Математика" in one.file} == {Standing.NO_TASKS}
    assert "FRM-46" in rules(school.said())


def test_a_code_that_stands_twice_in_the_workbook_is_said_and_not_written(tmp_path: Path) -> None:
    school = CollectingSchool(tmp_path)
    type_into(school.form(), FULL)
    row = next(line for line in school.book.tables["results"].values if line[0] == "50005" and line[2] == "Математика")
    row[0] = "50004"
    school.collect()
    assert "FRM-26" in rules(school.said())
    assert school.points("50006") == (1, 2, 0)
    assert not [
        line
        for line in school.book.tables["results"].values
        if line[0] == "50004" and line[2] == "Математика" and line[4]
    ]


def test_a_form_that_is_open_is_read_as_saved_and_its_holder_named(school: CollectingSchool) -> None:
    lock = school.form().with_name(f".~lock.{school.form().name}#")
    lock.write_text(",anna,кабинет-22,21.03.2021 09:00,file:///home/anna;")
    school.collect()
    assert school.points("50004") == (2, "X", 1)
    assert [rule for rule in rules(school.said()) if rule == "FRM-08"]
    message = next(row["message"] for row in school.rows_of(schema.FINDINGS) if row["rule"] == "FRM-08")
    assert "anna (кабинет-22)" in str(message)
    assert lock.exists()


def test_a_form_of_a_former_checker_waits_for_a_choice(tmp_path: Path) -> None:
    school = CollectingSchool(tmp_path)
    type_into(school.form(), FULL)
    checkers = school.book.tables["checkers"].values
    next(line for line in checkers if line[0] == "5Б" and line[1] == "Математика")[3] = PETROV
    done = school.collect()
    assert Standing.FORMER in {one.standing for one in done.made.files}
    assert school.points("50004") == (None, None, None)
    assert "FRM-43" in rules(school.said())


def test_a_variant_as_it_was_printed_is_nobodys_word(tmp_path: Path) -> None:
    """The coordinator has found the right variant since the forms were printed."""
    school = CollectingSchool(tmp_path, (put("results", 19, task_1=None, task_2=None, task_3=None),))
    line = next(row for row in school.book.tables["results"].values if row[0] == "50004" and row[2] == "Математика")
    line[3] = 7
    type_into(school.form(), {("50004", "1"): 1})
    done = school.collect()
    assert not done.made.open
    assert school.points("50004")[0] == 1


def test_the_inventory_and_the_record_are_no_forms(school: CollectingSchool) -> None:
    school.collect()
    done = school.collect(folder=school.home / "Документы")
    assert not done.made.foreign


def test_an_inventory_full_of_dirt_hinders_nothing(school: CollectingSchool) -> None:
    (school.folder / "Опись форм.json").write_text(json.dumps({"format": 99, "forms": []}))
    school.collect()
    assert school.points("50004") == (2, "X", 1)
