"""A form with typed points: carried into the next version where certain, kept whole beside in any case."""

from __future__ import annotations

import pytest

from tests.checks.school import IVANOVA, MATHS, ORLOVA, SIDOROVA, Rows, add, day, drop, put
from tests.forms.handed import RECORD, RETIRED, HandingSchool, only, type_into, typed_in, variants_in
from tests.office import convert
from xlpy.exchange.forms.versions import Change as Differs
from xlpy.handed.outcome import Fate
from xlpy.tables import schema

NAME = "5Б Математика"
NEW_PUPIL = add("results", code="50007", school_class="5Б", subject=MATHS)
TYPED = {("50004", "1"): 2, ("50004", "2.1"): 0, ("50005", "1"): "X", ("50006", "2.2"): "не пройд."}


def retired(school: HandingSchool, version: int = 1, person: str = IVANOVA) -> dict[tuple[str, str], object]:
    return typed_in(school.folder / RETIRED / person / f"{NAME}, версия {version}.xlsx")


def test_the_same_checker_finds_everything_typed_in_the_new_version(school: HandingSchool) -> None:
    school.hand()
    type_into(school.form(IVANOVA, NAME), TYPED)
    handed = school.hand(NEW_PUPIL)
    assert typed_in(school.form(IVANOVA, NAME)) == TYPED
    assert retired(school) == TYPED
    assert (only(handed, Fate.RENEWED).carried, only(handed, Fate.RENEWED).left) == (4, 0)


def test_what_was_carried_over_is_carried_on_by_the_version_after(school: HandingSchool) -> None:
    school.hand()
    type_into(school.form(IVANOVA, NAME), TYPED)
    school.hand(NEW_PUPIL)
    school.hand(put("schedule", 4, check_until=day("25.03")))
    assert typed_in(school.form(IVANOVA, NAME)) == TYPED
    assert retired(school, 2) == TYPED


def test_dirt_that_certainly_means_points_is_carried_over_as_points(school: HandingSchool) -> None:
    school.hand()
    type_into(school.form(IVANOVA, NAME), {("50004", "1"): " 2 ", ("50004", "2.1"): "1,0", ("50004", "2.2"): "х"})
    school.hand(NEW_PUPIL)
    assert typed_in(school.form(IVANOVA, NAME)) == {("50004", "1"): 2, ("50004", "2.1"): 1, ("50004", "2.2"): "X"}


def test_what_is_not_certain_stays_in_the_old_form_and_is_said(school: HandingSchool) -> None:
    school.hand()
    doubtful = {("50004", "1"): 7, ("50004", "2.1"): "два", ("50005", "1"): 1}
    type_into(school.form(IVANOVA, NAME), doubtful)
    handed = school.hand(NEW_PUPIL)
    assert typed_in(school.form(IVANOVA, NAME)) == {("50005", "1"): 1}
    assert retired(school) == doubtful
    assert only(handed, Fate.RENEWED).left == 2


def test_points_above_a_lowered_maximum_are_not_carried_over(school: HandingSchool) -> None:
    school.hand()
    type_into(school.form(IVANOVA, NAME), {("50004", "1"): 2, ("50005", "1"): 1})
    school.hand(put("tasks", 4, max_points=1.0))
    assert typed_in(school.form(IVANOVA, NAME)) == {("50005", "1"): 1}
    assert retired(school)["50004", "1"] == 2


@pytest.mark.parametrize("lost", [True, False], ids=["record lost", "record kept"])
def test_points_follow_their_task_by_its_name(school: HandingSchool, *, lost: bool) -> None:
    def one_task_before(rows: Rows) -> None:
        rows["tasks"][2:5] = [
            {"year": "2020/21", "grade": 5.0, "subject": MATHS, "number": number, "label": label, "max_points": most}
            for number, label, most in ((1.0, "1", 3.0), (2.0, "1а", 1.0), (3.0, "2.1", 2.0), (4.0, "2.3", 1.0))
        ]

    school.hand()
    type_into(school.form(IVANOVA, NAME), {("50004", "1"): 2, ("50004", "2.1"): 1, ("50004", "2.2"): 1})
    if lost:
        (school.folder / RECORD).unlink()
    handed = school.hand(one_task_before)
    assert typed_in(school.form(IVANOVA, NAME)) == {("50004", "1"): 2, ("50004", "2.1"): 1}
    assert {one.left for one in handed.dealt if one.carried} == {1}


def test_points_of_a_pupil_who_left_stay_in_the_old_form(school: HandingSchool) -> None:
    school.hand()
    type_into(school.form(IVANOVA, NAME), TYPED)
    handed = school.hand(drop("results", 20))
    assert typed_in(school.form(IVANOVA, NAME)) == {
        place: value for place, value in TYPED.items() if place[0] != "50005"
    }
    assert retired(school) == TYPED
    assert only(handed, Fate.RENEWED).left == 1


def test_another_checker_starts_with_an_empty_form_and_the_old_one_is_kept(school: HandingSchool) -> None:
    school.hand()
    type_into(school.form(IVANOVA, NAME), TYPED)
    handed = school.hand(put("checkers", 6, checker=ORLOVA))
    passed = only(handed, Fate.PASSED_ON)
    assert (passed.former, passed.left, passed.carried) == (IVANOVA, 4, 0)
    assert dict(passed.changes) == {Differs.CHECKER: 1}
    assert typed_in(school.form(ORLOVA, NAME)) == {}
    assert retired(school) == TYPED
    assert not (school.folder / IVANOVA).exists()


def test_a_work_that_returns_to_its_first_checker_brings_their_points_back(school: HandingSchool) -> None:
    school.hand()
    type_into(school.form(IVANOVA, NAME), TYPED)
    school.hand(put("checkers", 6, checker=ORLOVA))
    type_into(school.form(ORLOVA, NAME), {("50006", "1"): 1})
    handed = school.hand(put("checkers", 6, checker=IVANOVA))
    assert typed_in(school.form(IVANOVA, NAME)) == TYPED
    assert only(handed, Fate.PASSED_ON).form.identity.version == 3
    assert retired(school, 2, ORLOVA) == {("50006", "1"): 1}


def test_a_work_given_back_after_nobody_had_it_brings_its_points_back(school: HandingSchool) -> None:
    school.hand()
    type_into(school.form(IVANOVA, NAME), TYPED)
    school.hand(put("checkers", 6, checker=None))
    school.hand(put("checkers", 6, checker=IVANOVA))
    assert typed_in(school.form(IVANOVA, NAME)) == TYPED


def test_the_second_form_never_gets_points_of_the_first(school: HandingSchool) -> None:
    school.hand(put("checkers", 6, second_checker=SIDOROVA))
    type_into(school.form(IVANOVA, NAME), TYPED)
    school.hand(put("checkers", 6, checker=SIDOROVA, second_checker=IVANOVA), NEW_PUPIL)
    assert typed_in(school.form(IVANOVA, f"{NAME} (вторая проверка)")) == {}
    assert typed_in(school.form(SIDOROVA, NAME)) == {}


def test_a_typed_variant_goes_along_and_a_printed_one_gives_way_to_the_workbook(school: HandingSchool) -> None:
    school.hand(put("results", 19, variant=None))
    type_into(school.form(IVANOVA, NAME), {}, {"50004": 3, "50006": schema.ABSENT})
    school.hand(NEW_PUPIL, put("results", 20, variant=7.0))
    said = {code: str(variant or "") for code, variant in variants_in(school.form(IVANOVA, NAME)).items()}
    assert said == {"50004": "3", "50005": "7", "50006": schema.ABSENT, "50007": ""}


@pytest.mark.parametrize("lost", [True, False], ids=["record lost", "record kept"])
def test_a_move_that_was_interrupted_is_finished_by_the_next_run(school: HandingSchool, *, lost: bool) -> None:
    school.hand()
    type_into(school.form(IVANOVA, NAME), TYPED)
    aside = school.folder / RETIRED / IVANOVA / f"{NAME}, версия 1.xlsx"
    aside.parent.mkdir(parents=True)
    school.form(IVANOVA, NAME).rename(aside)
    if lost:
        (school.folder / RECORD).unlink()
    school.hand(NEW_PUPIL)
    assert typed_in(school.form(IVANOVA, NAME)) == TYPED
    assert retired(school) == TYPED


def test_a_form_saved_over_by_an_older_copy_is_brought_up_to_date_with_its_points(school: HandingSchool) -> None:
    school.hand()
    older = school.home / "дома.xlsx"
    older.write_bytes(school.form(IVANOVA, NAME).read_bytes())
    school.hand(NEW_PUPIL)
    type_into(older, TYPED)
    school.form(IVANOVA, NAME).write_bytes(older.read_bytes())
    handed = school.hand()
    assert only(handed, Fate.RENEWED).form.identity.version == 3
    assert typed_in(school.form(IVANOVA, NAME)) == TYPED


def test_a_copy_that_was_sent_back_brings_its_points_into_the_new_version(school: HandingSchool) -> None:
    school.hand()
    sent_back = school.folder / "Возвращено" / "Fwd 5Б матем (1).xlsx"
    sent_back.parent.mkdir()
    sent_back.write_bytes(school.form(IVANOVA, NAME).read_bytes())
    type_into(sent_back, TYPED)
    before = sent_back.read_bytes()
    school.hand(NEW_PUPIL)
    assert typed_in(school.form(IVANOVA, NAME)) == TYPED
    assert sent_back.read_bytes() == before


def test_where_a_copy_says_something_else_neither_is_taken(school: HandingSchool) -> None:
    school.hand()
    sent_back = school.folder / "Возвращено.xlsx"
    sent_back.write_bytes(school.form(IVANOVA, NAME).read_bytes())
    type_into(sent_back, {("50004", "1"): 2, ("50005", "1"): 1})
    type_into(school.form(IVANOVA, NAME), {("50004", "1"): 1, ("50006", "1"): 0})
    handed = school.hand(NEW_PUPIL)
    assert typed_in(school.form(IVANOVA, NAME)) == {("50005", "1"): 1, ("50006", "1"): 0}
    assert only(handed, Fate.RENEWED).left == 2


def test_a_form_filled_in_libreoffice_is_carried_over(school: HandingSchool) -> None:
    school.hand()
    form = school.form(IVANOVA, NAME)
    type_into(form, TYPED)
    saved = convert([form], "xlsx", school.home / "libreoffice")[0]
    form.write_bytes(saved.read_bytes())
    (school.folder / RECORD).unlink()
    assert only(school.hand(put("schedule", 2, check_until=day("25.03"))), Fate.RENEWED).form.identity.subject == MATHS
    assert form.read_bytes() == saved.read_bytes()
    school.hand(NEW_PUPIL)
    assert typed_in(form) == TYPED
