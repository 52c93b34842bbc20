"""Which forms are made, for whom, with what, and which works get none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.school import (
    BIOLOGY,
    IVANOVA,
    KUZNETSOV,
    MATHS,
    ORLOVA,
    PETROV,
    SIDOROVA,
    add,
    drop,
    legal_school,
    put,
    setting,
)
from tests.forms.handed import STAMP, HandingSchool, codes_in, said_in, typed_in, variants_in
from xlpy.errors import InputError
from xlpy.exchange.forms.hand_out import Why
from xlpy.handed.outcome import HandedOut
from xlpy.handing_out import hand_out
from xlpy.tables import schema


def refused(handed: HandedOut) -> list[tuple[str, str, str, Why]]:
    return [(*one.work, one.turn.value, one.why) for one in handed.refused]


def test_every_work_has_a_form_in_the_folder_of_its_checker(school: HandingSchool) -> None:
    handed = school.hand()
    assert school.files() == sorted(
        [
            f"{ORLOVA}/4А Математика.xlsx",
            f"{KUZNETSOV}/5А Биология.xlsx",
            f"{PETROV}/5А Математика.xlsx",
            f"{SIDOROVA}/5Б Биология.xlsx",
            f"{IVANOVA}/5Б Математика.xlsx",
        ]
    )
    assert handed.is_complete
    assert not handed.refused


def test_the_second_checker_has_a_form_of_their_own_with_nothing_of_the_first(school: HandingSchool) -> None:
    school.hand(put("checkers", 6, second_checker=PETROV))
    second = school.form(PETROV, "5Б Математика (вторая проверка)")
    assert typed_in(second) == {}
    assert "вторая проверка" in said_in(second)
    assert "вторая проверка" not in said_in(school.form(IVANOVA, "5Б Математика"))
    assert IVANOVA.split()[0] not in said_in(second)


def test_two_people_with_the_same_surname_and_initials_have_folders_of_their_own(school: HandingSchool) -> None:
    namesake = "Иванова Алла Павловна"
    school.hand(
        add("teachers", teacher=namesake, subjects=MATHS, roles="эксперт"), put("checkers", 2, checker=namesake)
    )
    assert f"{IVANOVA}/5Б Математика.xlsx" in school.files()
    assert f"{namesake}/4А Математика.xlsx" in school.files()


def test_names_that_no_disk_takes_are_made_safe_and_stay_apart(school: HandingSchool) -> None:
    school.hand(
        put("checkers", 2, checker="Петров: Борис"),
        put("checkers", 3, checker="Петров/ Борис"),
        put("checkers", 4, checker="con"),
    )
    assert {file.split("/")[0] for file in school.files()} >= {"Петров Борис", "Петров Борис (2)", "_con"}


def test_codes_stand_in_order_with_their_variants_and_nobodys_name(school: HandingSchool) -> None:
    school.hand(lambda rows: rows["results"].reverse())
    form = school.form(PETROV, "5А Математика")
    assert codes_in(form) == ["50001", "50002", "50003"]
    assert {code: str(variant) for code, variant in variants_in(form).items()} == {
        "50001": "1",
        "50002": "2",
        "50003": schema.ABSENT,
    }
    assert not [row["pupil"] for row in legal_school()["participants"] if str(row["pupil"]) in said_in(form)]


def test_absent_pupils_stand_so_in_the_second_form_too(school: HandingSchool) -> None:
    school.hand(put("checkers", 4, second_checker=IVANOVA))
    assert variants_in(school.form(IVANOVA, "5А Математика (вторая проверка)"))["50003"] == schema.ABSENT


def test_points_of_the_workbook_do_not_go_along(school: HandingSchool) -> None:
    school.hand()
    assert [typed_in(path) for path in school.folder.rglob("*.xlsx")] == [{}] * 5


def test_a_work_of_another_school_has_no_form_and_nothing_is_amiss(school: HandingSchool) -> None:
    handed = school.hand(put("checkers", 2, checker=schema.EXTERNAL_CHECKER))
    assert refused(handed) == [("4А", MATHS, "first", Why.EXTERNAL)]
    assert handed.is_complete
    assert len(school.files()) == 4


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (put("checkers", 2, checker=None), Why.NO_CHECKER),
        (drop("checkers", 2), Why.NO_CHECKER),
        (drop("tasks", 2, 3), Why.NO_TASKS),
        (put("tasks", 3, number=1.0), Why.NO_TASKS),
        (put("tasks", 3, max_points=None), Why.NO_TASKS),
        (drop("results", 7, 8, 9), Why.NO_ROWS),
        (put("results", 8, code="40001"), Why.CODE_TWICE),
    ],
    ids=["nobody", "no row", "no tasks", "number twice", "no maximum", "no rows", "code twice"],
)
def test_a_work_without_what_a_form_needs_is_said_and_hinders_no_other(
    school: HandingSchool, change: object, why: Why
) -> None:
    handed = school.hand(change)  # type: ignore[arg-type]
    assert refused(handed) == [("4А", MATHS, "first", why)]
    assert not handed.is_complete
    assert len(school.files()) == 4


def test_a_class_of_which_nobody_came_needs_no_form(school: HandingSchool) -> None:
    handed = school.hand(*(put("results", row, variant=schema.ABSENT) for row in (7, 8, 9)))
    assert refused(handed) == [("4А", MATHS, "first", Why.ALL_ABSENT)]
    assert handed.is_complete


def test_where_two_checkers_are_wanted_a_missing_second_is_said(school: HandingSchool) -> None:
    handed = school.hand(setting("checkers_per_pack", 2.0))
    assert {one[2:] for one in refused(handed)} == {("second", Why.NO_CHECKER)}
    assert len(school.files()) == 5


def test_the_same_person_gets_no_second_form(school: HandingSchool) -> None:
    handed = school.hand(put("checkers", 2, second_checker=ORLOVA))
    assert refused(handed) == [("4А", MATHS, "second", Why.SAME_PERSON)]


def test_a_school_that_does_not_say_which_it_is_hands_nothing_out(school: HandingSchool) -> None:
    with pytest.raises(InputError) as caught:
        school.hand(setting("school", None), setting("school_short", None))
    assert caught.value.code == "forms_no_school"
    assert not school.folder.exists()


def test_a_folder_may_be_named_and_a_file_is_no_folder(school: HandingSchool, tmp_path: Path) -> None:
    def into(out: Path) -> HandedOut:
        return hand_out(school.book(), tmp_path / "vpr_workbook.xlsm", out, STAMP, lambda _done, _total: None)

    into(tmp_path / "Флешка" / "Формы")
    assert (tmp_path / "Флешка" / "Формы" / PETROV / "5А Математика.xlsx").is_file()
    (tmp_path / "файл").write_bytes(b"")
    with pytest.raises(InputError) as caught:
        into(tmp_path / "файл")
    assert caught.value.code == "not_folder"


def test_where_nobody_is_assigned_yet_no_folder_appears(school: HandingSchool) -> None:
    handed = school.hand(lambda rows: rows["checkers"].clear())
    assert {one.why for one in handed.refused} == {Why.NO_CHECKER}
    assert not school.folder.exists()


def test_progress_counts_every_form(school: HandingSchool) -> None:
    seen: list[tuple[int, int]] = []
    hand_out(school.book(), school.home / "b.xlsm", None, STAMP, lambda done, total: seen.append((done, total)))
    assert seen == [(number, 5) for number in range(1, 6)]


def test_one_line_in_the_journal_says_what_was_done_and_none_where_nothing_was(school: HandingSchool) -> None:
    for lines in (1, 0):
        book = school.book()
        hand_out(book, school.home / "vpr_workbook.xlsm", None, STAMP, lambda _done, _total: None)
        saved = book.saved["journal"].values if book.saved else []
        assert len([line for line in saved if line[0]]) == lines


def test_a_form_says_until_when_and_knows_its_scale(school: HandingSchool) -> None:
    handed = school.hand()
    form = next(one.form for one in handed.dealt if one.form.identity.subject == BIOLOGY)
    assert form.until == "23.03.2021"
    assert form.scale == (2, 3, 4)
    assert "23.03.2021" in said_in(school.form(KUZNETSOV, "5А Биология"))


def test_a_work_without_a_scale_still_has_its_form(school: HandingSchool) -> None:
    handed = school.hand(put("scales", 4, mark_4_from=None))
    assert [one.form.scale for one in handed.dealt if one.form.identity.subject == BIOLOGY] == [None, None]
