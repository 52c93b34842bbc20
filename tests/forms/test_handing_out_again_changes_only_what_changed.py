"""Handing out a second time: forms that say what they should are not touched, the others get a new version."""

from __future__ import annotations

import pytest

from tests.checks.school import (
    BIOLOGY,
    IVANOVA,
    KUZNETSOV,
    MATHS,
    PETROV,
    SIDOROVA,
    Change,
    add,
    day,
    drop,
    put,
    setting,
)
from tests.forms.handed import RECORD, RETIRED, HandingSchool, codes_in, fates, only, said_in, type_into, typed_in
from xlpy.exchange.forms.versions import Change as Differs
from xlpy.handed.outcome import Fate
from xlpy.tables import schema

NEW_PUPIL = add("results", code="50007", school_class="5Б", subject=MATHS)
MATHS_5B = f"{IVANOVA}/5Б Математика.xlsx"


def test_nothing_is_touched_where_nothing_changed(school: HandingSchool) -> None:
    school.hand()
    before = school.state()
    again = school.hand()
    assert school.state() == before
    assert set(fates(again).values()) == {"same"}
    assert again.is_complete


def test_a_form_with_typed_points_is_not_touched_where_nothing_changed(school: HandingSchool) -> None:
    school.hand()
    type_into(school.folder / MATHS_5B, {("50004", "1"): 2})
    before = school.state()
    school.hand()
    assert school.state() == before


@pytest.mark.parametrize(
    ("change", "differs"),
    [
        (NEW_PUPIL, {Differs.NEW_PAPERS: 1}),
        (drop("results", 20), {Differs.GONE_PAPERS: 1}),
        (put("results", 20, code="50009"), {Differs.NEW_PAPERS: 1, Differs.GONE_PAPERS: 1}),
        (put("schedule", 4, check_until=day("25.03")), {Differs.UNTIL: 1}),
        (put("schedule", 4, check_until=None, date=day("24.03")), {Differs.UNTIL: 1}),
    ],
    ids=["new pupil", "left pupil", "new code", "moved deadline", "moved date"],
)
def test_only_the_form_of_the_changed_work_is_made_anew(
    school: HandingSchool, change: Change, differs: dict[Differs, int]
) -> None:
    school.hand()
    before = school.state()
    handed = school.hand(change)
    after = school.state()
    assert dict(only(handed, Fate.RENEWED).changes) == differs
    assert {name for name in before if after.get(name) != before[name]} == {MATHS_5B, RECORD}
    assert "версия 2" in said_in(school.folder / MATHS_5B)


@pytest.mark.parametrize(
    ("change", "differs"),
    [
        (put("tasks", 7, max_points=3.0), Differs.TASKS),
        (put("tasks", 6, label="2а"), Differs.TASKS),
        (put("scales", 3, mark_5_from=5.0), Differs.SCALE),
    ],
    ids=["maximum", "label", "scale"],
)
def test_changed_tasks_or_scale_renew_the_forms_of_the_whole_grade(
    school: HandingSchool, change: Change, differs: Differs
) -> None:
    school.hand()
    handed = school.hand(change)
    renewed = [one for one in handed.dealt if one.fate is Fate.RENEWED]
    assert {one.form.identity.school_class for one in renewed} == {"5А", "5Б"}
    assert {one.changes for one in renewed} == {((differs, 1),)}


def test_a_new_work_gets_a_form_and_the_others_stay(school: HandingSchool) -> None:
    school.hand(put("checkers", 6, checker=None))
    before = school.state()
    handed = school.hand(put("checkers", 6, checker=IVANOVA))
    after = school.state()
    assert fates(handed)["5Б Математика first"] == "new"
    assert {name for name in after if after[name] != before.get(name)} == {MATHS_5B, RECORD}


def test_a_variant_that_becomes_known_makes_no_new_version(school: HandingSchool) -> None:
    school.hand(put("results", 19, variant=None))
    assert set(fates(school.hand(put("results", 19, variant=2.0))).values()) == {"same"}


def test_the_replaced_form_is_moved_aside_with_its_version_in_the_name(school: HandingSchool) -> None:
    school.hand()
    first = (school.folder / MATHS_5B).read_bytes()
    handed = school.hand(NEW_PUPIL)
    retired = f"{RETIRED}/{IVANOVA}/5Б Математика, версия 1.xlsx"
    assert only(handed, Fate.RENEWED).retired == school.folder / retired
    assert (school.folder / retired).read_bytes() == first
    assert codes_in(school.folder / MATHS_5B) == ["50004", "50005", "50006", "50007"]


def test_versions_go_on_however_often_a_form_changes(school: HandingSchool) -> None:
    school.hand()
    for version, until in enumerate(("24.03", "25.03", "26.03"), start=2):
        handed = school.hand(put("schedule", 4, check_until=day(until)))
        assert only(handed, Fate.RENEWED).form.identity.version == version
    names = sorted(path.name for path in (school.folder / RETIRED / IVANOVA).iterdir())
    assert names == [f"5Б Математика, версия {version}.xlsx" for version in (1, 2, 3)]


def test_a_change_that_is_taken_back_still_makes_a_version_of_its_own(school: HandingSchool) -> None:
    school.hand()
    school.hand(put("schedule", 4, check_until=day("25.03")))
    handed = school.hand(put("schedule", 4, check_until=day("22.03")))
    assert only(handed, Fate.RENEWED).form.identity.version == 3


@pytest.mark.parametrize(
    "change",
    [drop("schedule", 4), drop("checkers", 6), put("checkers", 6, checker=schema.EXTERNAL_CHECKER)],
    ids=["not scheduled", "nobody", "another school"],
)
def test_a_form_that_is_nobodys_any_more_is_moved_aside(school: HandingSchool, change: Change) -> None:
    school.hand()
    type_into(school.folder / MATHS_5B, {("50004", "1"): 2, ("50005", "2.1"): "X"})
    handed = school.hand(change)
    (taken,) = handed.taken_back
    assert (taken.identity.checker, taken.typed) == (IVANOVA, 2)
    assert MATHS_5B not in school.files()
    assert typed_in(taken.retired) == {("50004", "1"): 2, ("50005", "2.1"): "X"}
    assert school.hand().taken_back == ()


@pytest.mark.parametrize(
    "change",
    [put("tasks", 5, max_points=None), drop("results", 19, 20, 21)],
    ids=["tasks", "rows"],
)
def test_a_form_stays_where_the_workbook_for_now_lacks_what_a_new_one_would_need(
    school: HandingSchool, change: Change
) -> None:
    school.hand()
    before = school.state()
    handed = school.hand(change)
    assert handed.refused
    assert school.state() == before


def test_a_work_that_comes_back_gets_the_next_version(school: HandingSchool) -> None:
    school.hand()
    school.hand(put("checkers", 6, checker=None))
    handed = school.hand(put("checkers", 6, checker=IVANOVA))
    assert only(handed, Fate.AGAIN).form.identity.version == 2


def test_the_next_school_year_clears_the_folder_of_the_last(school: HandingSchool) -> None:
    def next_year(rows: dict[str, list[dict[str, object]]]) -> None:
        for sheet in ("tasks", "scales"):
            for row in rows[sheet]:
                row["year"] = "2021/22"

    school.hand()
    handed = school.hand(setting("year", "2021/22"), next_year)  # type: ignore[arg-type]
    assert len(handed.taken_back) == 5
    assert {one.form.identity.version for one in handed.dealt} == {1}
    assert (school.form(PETROV, "5А Математика")).is_file()
    assert (school.folder / RETIRED / PETROV / "5А Математика, версия 1.xlsx").is_file()


def test_a_swap_of_checkers_brings_each_the_others_work(school: HandingSchool) -> None:
    school.hand()
    school.hand(put("checkers", 5, checker=KUZNETSOV), put("checkers", 3, checker=SIDOROVA))
    assert [file for file in school.files() if BIOLOGY in file and not file.startswith(RETIRED)] == [
        f"{KUZNETSOV}/5Б Биология.xlsx",
        f"{SIDOROVA}/5А Биология.xlsx",
    ]


def test_a_deleted_form_is_made_again_as_it_was(school: HandingSchool) -> None:
    school.hand()
    first = (school.folder / MATHS_5B).read_bytes()
    (school.folder / MATHS_5B).unlink()
    handed = school.hand()
    assert only(handed, Fate.AGAIN).form.identity.version == 1
    assert (school.folder / MATHS_5B).read_bytes() == first


def test_a_form_moved_within_the_folder_is_found_there(school: HandingSchool) -> None:
    school.hand()
    moved = school.folder / "Собрано" / "математика 5Б готово.xlsx"
    moved.parent.mkdir()
    (school.folder / MATHS_5B).rename(moved)
    assert set(fates(school.hand()).values()) == {"same"}
    handed = school.hand(NEW_PUPIL)
    assert only(handed, Fate.RENEWED).path == moved
    assert MATHS_5B not in school.files()


def test_a_renamed_folder_of_a_person_stays_theirs(school: HandingSchool) -> None:
    school.hand()
    (school.folder / IVANOVA).rename(school.folder / "Анна Петровна")
    school.hand()
    handed = school.hand(put("checkers", 4, checker=IVANOVA))
    assert only(handed, Fate.PASSED_ON).path.parent.name == "Анна Петровна"
