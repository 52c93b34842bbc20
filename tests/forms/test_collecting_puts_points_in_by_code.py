"""What a checker typed stands in «Результаты» afterwards, everything else is said; twice is once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.checks.school import Rows, put
from tests.forms.gathering import IVANOVA, PETROV, STAMP, CollectingSchool, rules, untyped
from tests.forms.handed import type_into
from xlpy import actions
from xlpy.collecting import Take
from xlpy.errors import InputError
from xlpy.exchange.forms.listed import answer_of, lines_of
from xlpy.exchange.forms.returns import State
from xlpy.tables import schema

FULL = {
    ("50004", "1"): 2,
    ("50004", "2.1"): "x",
    ("50004", "2.2"): 1,
    ("50005", "1"): 0,
    ("50005", "2.1"): 1,
    ("50005", "2.2"): 0,
    ("50006", "1"): 1,
    ("50006", "2.1"): 2,
    ("50006", "2.2"): 0,
}


@pytest.fixture(params=[False, True], ids=["memory", "file"])
def school(request: pytest.FixtureRequest, tmp_path: Path) -> CollectingSchool:
    return CollectingSchool(tmp_path, is_file=request.param)


def test_points_variants_and_absence_are_taken(school: CollectingSchool) -> None:
    typed = {place: value for place, value in FULL.items() if place[0] != "50006"}
    type_into(school.form(), typed, {"50004": 1, "50005": "2", "50006": "отсутствовал"})
    done = school.collect()
    assert done.is_written
    assert school.points("50004") == (2, "X", 1)
    assert school.points("50005") == (0, 1, 0)
    assert school.points("50006") == (None, None, None)
    variants = {row["code"]: row["variant"] for row in school.rows_of(schema.RESULTS) if row["subject"] == "Математика"}
    assert [variants[code] for code in ("50004", "50005", "50006")] == [1, 2, "отсутствовал"]


def test_collecting_twice_leaves_every_byte(tmp_path: Path) -> None:
    school = CollectingSchool(tmp_path, is_file=True)
    type_into(school.form(), {("50004", "1"): 2, ("50004", "2.2"): 9, ("50005", "1"): "?"})
    type_into(school.form(PETROV, "5А Математика"), {("50001", "1"): 0})
    school.collect()
    book, record = school.path.read_bytes(), school.record.read_bytes()
    again = school.collect()
    assert not again.is_written
    assert school.path.read_bytes() == book
    assert school.record.read_bytes() == record


def test_nothing_to_collect_leaves_the_form_files_alone(school: CollectingSchool) -> None:
    type_into(school.form(), {("50004", "1"): 2})
    before = {path: path.read_bytes() for path in school.folder.rglob("*") if path.is_file()}
    school.collect()
    assert {path: path.read_bytes() for path in school.folder.rglob("*") if path.is_file()} == before


def test_dirt_is_named_with_file_and_cell_and_not_written(school: CollectingSchool) -> None:
    type_into(school.form(), {("50004", "1"): 9, ("50005", "1"): "?", ("50006", "1"): 1})
    school.collect()
    file = f"{IVANOVA}/5Б Математика.xlsx"
    assert ("RES-05", file, "Работы!D9") in school.said()
    assert ("RES-06", file, "Работы!D10") in school.said()
    assert school.points("50004") == (None, None, None)
    assert school.points("50006") == (1, None, None)


def untyped_biology(rows: Rows) -> None:
    """Nobody has typed 5Б Биология yet, whose second task has two criteria of which К1 decides."""
    for row in (16, 17, 18):
        rows["results"][row - 7] |= dict.fromkeys(("task_1", "task_2", "task_3"))


def test_rules_of_the_workbook_judge_taken_points_at_the_cell_of_the_form(tmp_path: Path) -> None:
    """RES-11 needs two cells of a paper and its criteria: no single cell of a form is wrong."""
    school = CollectingSchool(tmp_path, (untyped_biology,))
    form = school.form("Сидорова Вера Олеговна", "5Б Биология")
    type_into(form, {("50004", "1"): 1, ("50004", "2К1"): 0, ("50004", "2К2"): 2})
    school.collect()
    assert ("RES-11", "Сидорова Вера Олеговна/5Б Биология.xlsx", "Работы!F9") in school.said()
    said = school.said()
    assert not school.collect().is_written
    assert school.said() == said


def test_what_differs_is_listed_with_both_values_and_kept_in_the_journal_once(school: CollectingSchool) -> None:
    type_into(school.form(), FULL)
    school.collect()
    type_into(school.form(), {("50004", "1"): 1})
    done = school.collect()
    assert school.points("50004")[0] == 2
    ((number, (difference, _)),) = done.made.open.items()
    assert (number, difference.cells[0].form, difference.cells[0].book) == (1, 1, 2)
    assert difference.form.checker == IVANOVA
    lines = [row["outcome"] for row in school.rows_of(schema.JOURNAL)]
    school.collect()
    assert [row["outcome"] for row in school.rows_of(schema.JOURNAL)] == lines
    assert len(lines) == len(set(lines))
    taken = school.collect(Take.FORM, "1")
    assert school.points("50004")[0] == 1
    assert not taken.made.open
    last = [row["outcome"] for row in school.rows_of(schema.JOURNAL)][len(lines) :]
    assert len(last) == 3


def test_a_decision_for_the_workbook_is_remembered_beside_it(school: CollectingSchool) -> None:
    type_into(school.form(), FULL)
    school.collect()
    type_into(school.form(), {("50004", "1"): 1})
    assert len(school.collect(Take.WORKBOOK).made.settled) == 1
    again = school.collect()
    assert (len(again.made.open), again.made.decided.remembered, again.is_written) == (0, 1, False)
    assert school.points("50004")[0] == 2


def test_newer_takes_the_side_that_changed(school: CollectingSchool) -> None:
    type_into(school.form(), FULL)
    school.collect()
    type_into(school.form(), {("50004", "1"): 1, ("50005", "1"): None})
    assert len(school.collect().made.open) == 2
    school.collect(Take.NEWER)
    assert school.points("50004")[0] == 1
    assert school.points("50005")[0] is None


def test_wrong_numbers_write_nothing(school: CollectingSchool) -> None:
    type_into(school.form(), FULL)
    with pytest.raises(InputError) as caught:
        school.collect(Take.FORM, "7")
    assert caught.value.code == "collect_nothing_to_take"
    assert school.points("50004") == (None, None, None)
    assert not school.record.exists()


def test_a_broken_record_is_as_none_and_said(school: CollectingSchool) -> None:
    type_into(school.form(), FULL)
    school.collect()
    whole = school.record.read_bytes()
    for dirt in (
        b"{",
        b"[" * 100_000,
        b"",
        b'{"format": 99}',
        b'{"format":1,"year":"2020/21","packs":[{}],"decided":[]}',
    ):
        school.record.write_bytes(dirt)
        done = school.collect()
        assert len(done.troubles) == 1
        assert not done.is_written
        assert school.record.read_bytes() == whole


@pytest.mark.parametrize("is_file", [False, True])
def test_findings_of_the_workbook_and_of_forms_stand_side_by_side(tmp_path: Path, *, is_file: bool) -> None:
    school = CollectingSchool(tmp_path, (untyped, put("teachers", 2, email="нет")), is_file=is_file)
    type_into(school.form(), {("50004", "1"): 9})
    book = school.opened()
    actions.write_findings(book, actions.check(book, STAMP), STAMP)
    own = [row["rule"] for row in school.rows_of(schema.FINDINGS)]
    assert own
    school.collect()
    both = school.rows_of(schema.FINDINGS)
    assert [row["rule"] for row in both][: len(own)] == own
    assert [row["number"] for row in both] == list(range(1, len(both) + 1))
    of_forms = school.said()
    assert len(both) == len(own) + len(of_forms)
    book = school.opened()
    actions.write_findings(book, actions.check(book, STAMP), STAMP)
    assert school.said() == of_forms
    type_into(school.form(), {("50004", "1"): 2})
    school.collect()
    assert "RES-05" not in rules(school.said())
    assert len([row for row in school.rows_of(schema.FINDINGS) if row["rule"] in own]) >= len(own)


def test_every_form_says_how_it_stands(school: CollectingSchool) -> None:
    type_into(school.form(), {place: value for place, value in FULL.items() if place[0] == "50004"})
    school.form(PETROV, "5А Математика").unlink()
    states = {(one.work[0], one.work[1]): (one.state, one.typed, one.papers) for one in school.collect().made.returns}
    assert states["5Б", "Математика"] == (State.UNFINISHED, 1, 3)
    # Nobody waits for a form whose points are in the workbook.
    assert states["5А", "Математика"] == (State.DONE, 2, 2)


def test_missing_and_unfinished_and_ready_forms_are_said_by_person(school: CollectingSchool) -> None:
    form = school.form()
    kept = form.read_bytes()
    form.unlink()
    done = school.collect()
    assert rules(school.said()) == ["FRM-50"]
    assert sum(IVANOVA in line for line in lines_of(done.made, None, 40)) == 1
    form.write_bytes(kept)
    book = load_workbook(form)
    book["Работы"]["C3"] = "готово"
    book.save(form)
    school.collect()
    assert rules(school.said()) == ["FRM-52"]
    type_into(form, FULL)
    school.collect()
    assert rules(school.said()) == ["RES-15"]


def test_all_of_it_is_in_the_answer(school: CollectingSchool) -> None:
    type_into(school.form(), {("50004", "1"): 2})
    school.collect()
    type_into(school.form(), {("50004", "1"): 1})
    answer = json.loads(json.dumps(answer_of(school.collect().made)))
    assert answer["differences"][0]["cells"] == [
        {"code": "50004", "column": "task_1", "row": 19, "form": 1, "workbook": 2}
    ]
    assert {one["state"] for one in answer["forms"]} == {"taken"}
    assert set(answer["counts"]) == {"error", "warning", "notice"}
