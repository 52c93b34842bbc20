"""`xlpy collect` as a user runs it: its exit code, its list, one JSON object."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import Ran, xlpy
from tests.forms.gathering import CollectingSchool
from tests.forms.handed import type_into
from tests.forms.test_collecting_puts_points_in_by_code import FULL
from xlpy.checks.findings import Severity
from xlpy.exchange.forms.differences import Take
from xlpy.exchange.forms.notes import NOTICES, WARNINGS, FormCode
from xlpy.words.checks import SENTENCES
from xlpy.words.collecting import TAKES
from xlpy.words.form_notes import FOUND


@pytest.fixture
def school(tmp_path: Path) -> CollectingSchool:
    made = CollectingSchool(tmp_path, is_file=True)
    type_into(made.form(), FULL)
    return made


def run(school: CollectingSchool, *words: object) -> Ran:
    return xlpy("collect", school.path, *words, "--today", "21.03.2021", home=school.home)


def test_collected_listed_and_decided_by_number(school: CollectingSchool) -> None:
    first = run(school)
    assert (first.code, first.err) == (0, "")
    assert school.points("50004") == (2, "X", 1)
    type_into(school.form(), {("50004", "1"): 1, ("50005", "1"): 2})
    listed = run(school, "--json")
    assert (listed.code, listed.answer["written"]) == (1, True)
    assert [one["number"] for one in listed.answer["differences"]] == [1, 2]
    assert "1. 5Б, Математика, работа 50004" in run(school).out
    decided = run(school, "--take", "form", "--only", "2", "--json")
    assert [one["taken"] for one in decided.answer["settled"]] == ["form"]
    assert school.points("50005")[0] == 2
    assert school.points("50004")[0] == 2
    assert run(school, "--take", "workbook").code == 0


@pytest.mark.parametrize(
    "words", [("--only", "1"), ("--take", "form", "--only", "3"), ("--take", "мимо"), ("нет такой",)]
)
def test_wrong_words_are_one_sentence_and_change_nothing(school: CollectingSchool, words: tuple[str, ...]) -> None:
    before = school.path.read_bytes()
    ran = run(school, *words)
    assert ran.code == 2
    assert ran.err.strip()
    assert "Traceback" not in ran.err
    assert school.path.read_bytes() == before


def test_another_folder_may_be_named(school: CollectingSchool, tmp_path: Path) -> None:
    letters = tmp_path / "с почты"
    letters.mkdir()
    school.form().rename(letters / "Копия 5Б (2).xlsx")
    ran = run(school, letters, "--json")
    assert [one["file"] for one in ran.answer["by_form"]] == ["Копия 5Б (2).xlsx"]
    assert school.points("50005") == (0, 1, 0)


def test_what_the_command_line_offers_is_what_may_be_chosen() -> None:
    assert [take.value for take in Take] == list(TAKES)


def test_every_code_has_words_and_one_severity() -> None:
    for code in FormCode:
        assert code.value in SENTENCES or code.value in FOUND
    assert not NOTICES & WARNINGS
    assert len(Severity) == 3
