from __future__ import annotations

import hashlib
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.command import xlpy
from tests.region.conftest import EXPERTS, rows_of
from tests.region.municipality import quietly, write_book
from xlpy.errors import InputError
from xlpy.region.plan import ORDER
from xlpy.region.run import Done, run
from xlpy.words import region as words
from xlpy.words.errors import COPIES_FOLDER

DAY = date(2021, 3, 1)


def done(folder: Path, near: Path | None = None, out: Path | None = None) -> Done:
    return run(folder, near, out, ORDER, DAY, quietly)


def rows(path: Path, sheet: str) -> list[tuple[object, ...]]:
    page = openpyxl.load_workbook(path)[sheet]
    return [tuple(cell.value for cell in row) for row in page.iter_rows(min_row=5)]


def placements(made: Done) -> set[tuple[str, ...]]:
    return {
        (one.school, *one.pack.work, school, person)
        for plan in made.plans
        for one in plan.checked
        for school, person in one.checkers
    }


def bytes_below(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.rglob("*.xlsm")}


def test_the_command_says_what_it_did_and_leaves_a_file_per_school_and_the_summary(folder):
    before = bytes_below(folder)
    ran = xlpy("assign-region", folder, "--today", "01.03.2021", "--json")
    assert ran.code == 0, ran.err
    (plan,) = ran.answer["municipalities"]
    assert (plan["places"], plan["filled"], plan["both_ways"], plan["proven"]) == (9, 9, [], True)
    assert all(c["school"] != one["school"] for one in plan["assignments"] for c in one["checkers"])
    names = [Path(file).name for file in ran.answer["files"]]
    assert names == [*(f"{name}.xlsx" for name in EXPERTS), words.SUMMARY_FILE]
    assert bytes_below(folder) == before
    told = xlpy("assign-region", folder)
    assert told.code == 0
    assert "3 школы" in told.out.replace("\N{NO-BREAK SPACE}", " ")


def test_the_files_hold_the_plan_and_no_pupil(folder):
    made = done(folder)
    theirs = set()
    for file, name in zip(made.files, EXPERTS, strict=False):
        ours = {(name, row[0], row[1], row[5], row[6]) for row in rows(file, words.OURS)}
        assert ours == {one for one in placements(made) if one[0] == name}
        theirs |= {(row[1], row[2], row[3], name, row[0]) for row in rows(file, words.THEIRS)}
        assert all(row[2] == 3 for row in rows(file, words.OURS))
        book = openpyxl.load_workbook(file)
        cells = [cell for page in book for line in page.iter_rows() for cell in line]
        assert all(cell.data_type != "f" for cell in cells)
        said = " ".join(str(cell.value) for cell in cells)
        assert "Тайный" not in said
        assert "50001" not in said
    assert theirs == placements(made)
    assert any(person.startswith("=") for *_, person in placements(made))
    totals = [row[1:] for row in rows(made.files[-1], words.SCHOOLS)]
    assert totals == [(name, 3, 9, 3, 3, 2, 3) for name in EXPERTS]
    ways = rows(made.files[-1], words.WAYS)
    assert sum(int(str(row[3])) for row in ways) == 9
    assert rows(made.files[-1], words.GAPS)[0][0] == words.NO_ROWS


def test_files_by_other_names_give_the_same_plan(folder, tmp_path):
    other = tmp_path / "иначе"
    other.mkdir()
    for number, path in enumerate(sorted(folder.glob("*/*.xlsm"), reverse=True)):
        shutil.copy(path, other / f"{number}.xlsm")
    assert [plan.checked for plan in done(folder).plans] == [plan.checked for plan in done(other).plans]


def test_what_is_no_book_is_named_and_the_rest_is_done(folder):
    (folder / "a.xlsm").write_bytes(b"PK\x03\x04 not a zip")
    shutil.copy(folder / "Школа 1/vpr_workbook.xlsm", folder / "Школа 2/копия.xlsm")
    (folder / "~$a.xlsm").write_bytes(b"lock")
    (folder / ".~lock.a.xlsm#").write_bytes(b"lock")
    (folder / COPIES_FOLDER).mkdir()
    shutil.copy(folder / "Школа 3/vpr_workbook.xlsm", folder / COPIES_FOLDER / "vpr.xlsm")
    openpyxl.Workbook().save(folder / "foreign.xlsm")
    made = done(folder)
    assert {one.file: one.code for one in made.refused} == {
        "a.xlsm": "truncated",
        "foreign.xlsm": "sheet_missing",
        "Школа 2/копия.xlsm": "twice",
    }
    assert all(any(one.file in line for line in made.lines) for one in made.refused)
    assert sum(plan.filled for plan in made.plans) == 9
    assert not made.complete


def test_a_second_run_keeps_everybody_where_they_are(folder):
    first = done(folder)
    second = done(folder)
    assert placements(first) == placements(second)
    assert [plan.new for plan in first.plans] == [None]
    assert [plan.new for plan in second.plans] == [0]


def test_who_falls_ill_moves_nobody_else(folder):
    first = placements(done(folder))
    gone = "Валов Виктор"
    write_book(folder / "Школа 2/vpr_workbook.xlsm", rows_of("СОШ № 2", ("Гусев Глеб", "Новая Нина")))
    second = placements(done(folder))
    assert {one for one in first if one[4] != gone} <= second
    assert not any(one[4] == gone for one in second)


def test_with_keep_nobody_moves_for_a_more_even_load(folder):
    first = placements(done(folder))
    write_book(folder / "Школа 2/vpr_workbook.xlsm", rows_of("СОШ № 2", ("Валов Виктор", "Гусев Глеб", "Ина", "Яна")))
    ran = xlpy("assign-region", folder, "--keep", "--json")
    assert ran.code == 0
    (plan,) = ran.answer["municipalities"]
    assert plan["new"] == 0
    kept = {
        (one["school"], one["class"], one["subject"], c["school"], c["checker"])
        for one in plan["assignments"]
        for c in one["checkers"]
    }
    assert kept == first
    (plan,) = xlpy("assign-region", folder, "--json").answer["municipalities"]
    assert plan["new"] > 0


def test_a_spoiled_result_file_is_named_and_made_anew(folder):
    made = done(folder)
    made.files[0].write_bytes(b"not a workbook")
    again = done(folder)
    assert any(made.files[0].name in line for line in again.lines)
    assert rows(again.files[0], words.OURS)


def test_near_schools_are_preferred_by_a_file_in_the_folder(folder):
    (folder / words.DISTANCES_FILE).write_text("Школа;Школа;Км\nСОШ № 1;СОШ № 2;1,5\nСОШ № 9;СОШ № 1;x\n", "utf-8")
    made = done(folder)
    said = " ".join(made.lines)
    assert "СОШ № 9" in said
    assert words.NO_DISTANCES not in made.lines
    assert any(line.endswith("3. Такая пара считается дальней.") for line in made.lines)


def test_schools_of_two_municipalities_do_not_meet(folder):
    for number, name in ((4, "СОШ № 1"), (5, "СОШ № 5")):
        people = (f"Жуков {number}", f"Зорин {number}")
        rows_there = rows_of(name, people, Муниципалитет="Заречный")
        write_book(folder / f"Школа {number}.xlsm", rows_there)
    made = done(folder)
    assert [(plan.name, len(plan.schools), len(plan.both_ways)) for plan in made.plans] == [
        ("Заречный", 2, 1),
        ("Энск", 3, 0),
    ]
    assert len({file.name for file in made.files}) == 6
    assert any(words.TWO_SCHOOLS.format(municipality="Заречный") == line for line in made.lines)


def test_a_subject_nobody_knows_is_reported_with_its_reason(folder):
    path = folder / "Школа 1/vpr_workbook.xlsm"
    there = rows_of("СОШ № 1", EXPERTS["СОШ № 1"])
    there["schedule"][0]["subject"] = "Химия"
    write_book(path, there)
    made = done(folder)
    assert not made.complete
    (gap,) = rows(made.files[-1], words.GAPS)
    assert gap[1:] == ("СОШ № 1", "5А", "Химия", 1, 0, 0, words.REASONS["no expert"])
    mine = rows(made.files[0], words.OURS)
    assert words.NOT_ASSIGNED.format(reason=words.REASONS["no expert"]) in [row[6] for row in mine]


def test_one_book_is_not_enough(folder):
    shutil.rmtree(folder / "Школа 2")
    shutil.rmtree(folder / "Школа 3")
    with pytest.raises(InputError) as raised:
        done(folder)
    assert raised.value.code == "no_pair_of_schools"
    assert xlpy("assign-region", folder / "нет").code == 2
    (folder / "пусто").mkdir()
    assert xlpy("assign-region", folder / "пусто", "--json").answer["error"]["code"] == "no_books"
