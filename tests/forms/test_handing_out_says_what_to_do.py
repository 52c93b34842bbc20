"""What the command prints: what to give to whom, what to fetch, what could not be made; its answer in JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.checks.school import (
    IVANOVA,
    MATHS,
    ORLOVA,
    PETROV,
    TODAY,
    Change,
    add,
    day,
    drop,
    file_findings,
    put,
    spoilt,
    write_book,
)
from tests.forms.handed import HandingSchool, type_into
from xlpy.commands import print_json, print_words
from xlpy.exchange.forms.hand_out import Why
from xlpy.exchange.forms.versions import Change as Differs
from xlpy.form_commands import answer_of, forms
from xlpy.handed.outcome import Fate
from xlpy.handed.telling import lines_of
from xlpy.handing_out import outcome_of, troubles_of
from xlpy.tables import schema
from xlpy.words import cli
from xlpy.words import handing_out as words
from xlpy.words.grammar import NBSP
from xlpy.workbook.closed import ClosedWorkbook

NAME = "5Б Математика"


def printed(school: HandingSchool, *changes: Change) -> str:
    return "\n".join(lines_of(school.hand(*changes))).replace(NBSP, " ")


def test_every_person_is_told_with_their_forms_and_folder(school: HandingSchool) -> None:
    said = printed(school, put("checkers", 4, checker=IVANOVA))
    assert f"  {IVANOVA}: 2 формы, папка «{IVANOVA}»" in said
    assert "    5А Математика.xlsx: новая форма, 3 работы, проверить до 22.03.2021" in said
    assert f"  {ORLOVA}: 1 форма, папка «{ORLOVA}»" in said


def test_a_new_version_says_what_changed_and_what_was_carried_over(school: HandingSchool) -> None:
    school.hand()
    type_into(school.form(IVANOVA, NAME), {("50004", "1"): 2, ("50004", "2.1"): 0, ("50005", "1"): "два"})
    said = printed(
        school,
        add("results", code="50007", school_class="5Б", subject=MATHS),
        put("schedule", 4, check_until=day("25.03")),
    )
    assert "5Б Математика.xlsx: версия 2, 4 работы, проверить до 25.03.2021" in said
    assert "что изменилось: добавлено работ — 1, другой срок" in said
    assert "введённое перенесено: 2 значения" in said
    assert "не перенесено" in said
    assert f"Заменённые/{IVANOVA}/5Б Математика, версия 1.xlsx" in said
    assert "Без изменений: 4 формы." in said


def test_a_form_to_be_fetched_is_said_by_name(school: HandingSchool) -> None:
    school.hand()
    type_into(school.form(IVANOVA, NAME), {("50004", "1"): 2})
    said = printed(school, put("checkers", 6, checker=ORLOVA), put("checkers", 4, checker=None))
    assert f"  {IVANOVA}: {NAME} теперь проверяет {ORLOVA} (в прежней форме заполнено: 1 значение)" in said
    assert f"  {PETROV}: 5А Математика; форма теперь здесь: Заменённые/{PETROV}/5А Математика, версия 1.xlsx" in said


def test_nothing_new_is_one_sentence(school: HandingSchool) -> None:
    school.hand()
    assert printed(school) == f"Все формы уже розданы, изменений нет: 5 форм в папке {school.folder}"


def test_who_has_a_form_open_is_said_with_the_file_to_look_for(school: HandingSchool) -> None:
    school.hand()
    lock = school.form(IVANOVA, NAME).with_name(f".~lock.{NAME}.xlsx#")
    lock.write_text(",анна,УЧИТЕЛЬСКАЯ,20.03.2021 10:00,file:///profile;", "utf-8")
    said = printed(school, put("schedule", 4, check_until=day("25.03")))
    assert f"{NAME}, {IVANOVA}: форма открыта у анна (УЧИТЕЛЬСКАЯ) (LibreOffice)" in said
    assert lock.name in said


def test_troubles_alone_are_told_where_there_is_little_room(school: HandingSchool) -> None:
    handed = school.hand(put("checkers", 2, checker=None))
    assert troubles_of(handed) == [words.REFUSED["no checker"].format(works="4А Математика")]
    assert troubles_of(school.hand(put("checkers", 2, checker=ORLOVA))) == []


def test_works_without_a_form_are_told_once_for_each_reason(school: HandingSchool) -> None:
    said = printed(
        school,
        put("checkers", 2, checker=None),
        put("checkers", 3, checker=None),
        put("checkers", 4, checker=schema.EXTERNAL_CHECKER),
        drop("results", 19, 20, 21),
    )
    assert "Проверяющий не назначен: 4А Математика; 5А Биология." in said
    assert "Проверяет другая школа: 5А Математика." in said
    assert "нет строк: 5Б Математика." in said


def test_where_nobody_is_assigned_that_is_all_there_is_to_say(school: HandingSchool) -> None:
    assert printed(school, lambda rows: rows["checkers"].clear()) == words.NONE_ASSIGNED


def test_a_code_that_stands_twice_is_told_with_its_cells(school: HandingSchool) -> None:
    assert "5Б Математика (код 50004: A19, A20)" in printed(school, put("results", 20, code="50004"))


def test_a_long_list_of_works_is_cut_and_counted(school: HandingSchool) -> None:
    more = [add("schedule", date=day("16.03"), school_class=f"{n}А", subject=MATHS) for n in range(10, 50)]
    assert "и ещё 10" in printed(school, *more)


def test_there_are_words_for_everything_that_may_be_said() -> None:
    assert set(words.REFUSED) == {why.value for why in Why}
    assert set(words.CHANGES) == {change.value for change in Differs}
    assert set(words.WHAT) == {fate.value for fate in Fate} - {Fate.SAME.value}
    assert cli.ACTIONS["forms"] == words.ACTION


def test_the_answer_in_json_names_every_file(school: HandingSchool) -> None:
    school.hand()
    type_into(school.form(IVANOVA, NAME), {("50004", "1"): 2})
    handed = school.hand(put("checkers", 6, checker=ORLOVA), put("checkers", 4, checker=None))
    answer = json.loads(json.dumps(answer_of(handed), allow_nan=False))
    passed = next(one for one in answer["forms"] if one["fate"] == "passed on")
    assert Path(passed["file"]).is_file()
    assert Path(passed["retired"]).is_file()
    assert (passed["checker"], passed["former"], passed["version"]) == (ORLOVA, IVANOVA, 2)
    assert [one["checker"] for one in answer["taken_back"]] == [PETROV]
    assert [one["code"] for one in answer["refused"]] == ["no checker"]
    assert len(answer["forms"]) == 4


def test_the_outcome_counts_what_was_done(school: HandingSchool) -> None:
    assert outcome_of(school.hand()) == "Формы: новых — 5."
    assert outcome_of(school.hand(put("checkers", 4, checker=None))) == "Формы: без изменений — 4, снято — 1."


def test_the_command_hands_out_from_a_real_workbook_and_notes_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_book(tmp_path / "vpr_workbook.xlsm", spoilt())
    assert forms(path, None, TODAY, print_words) == 0
    assert PETROV in capsys.readouterr().out
    journal = ClosedWorkbook(path).read_tables([schema.JOURNAL])["journal"].values
    assert journal[-1][2:4] == [words.ACTION, "Формы: новых — 5."]
    assert not file_findings(path)
    before = path.read_bytes()
    assert forms(path, None, TODAY, print_json) == 0
    assert {one["fate"] for one in json.loads(capsys.readouterr().out)["forms"]} == {"same"}
    assert path.read_bytes() == before


def test_the_command_says_by_its_code_that_something_is_missing(tmp_path: Path) -> None:
    path = write_book(tmp_path / "vpr_workbook.xlsm", spoilt(put("checkers", 6, checker=None)))
    assert forms(path, tmp_path / "Формы", TODAY, print_words) == 1


def test_a_locked_workbook_does_not_keep_the_forms_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_book(tmp_path / "vpr_workbook.xlsm", spoilt())
    (tmp_path / f".~lock.{path.name}#").write_text(",завуч,КАБИНЕТ,20.03.2021 10:00,file:///profile;", "utf-8")
    assert forms(path, tmp_path / "Формы", TODAY, print_words) == 0
    assert "завуч (КАБИНЕТ)" in capsys.readouterr().err
    assert len(list((tmp_path / "Формы").rglob("*.xlsx"))) == 5
