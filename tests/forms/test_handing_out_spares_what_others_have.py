"""Forms that are open, files of others, a record that is lost or broken, two people at once, a disk that refuses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook

from tests.checks.school import IVANOVA, MATHS, ORLOVA, PETROV, add, day, put, setting
from tests.forms.handed import RECORD, RETIRED, HandingSchool, codes_in, fates, only, said_in, type_into, typed_in
from xlpy.disk import TEMPORARY
from xlpy.errors import InputError, LockedError, SaveError
from xlpy.handed.outcome import Fate, HandedOut
from xlpy.handed.shelf import turn_at
from xlpy.words.errors import sentence
from xlpy.workbook.locks import our_turn

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "5Б Математика"
NEW_PUPIL = add("results", code="50007", school_class="5Б", subject=MATHS)
TYPED = {("50004", "1"): 2, ("50005", "1"): "X"}


def lock(path: Path) -> Path:
    """LibreOffice's lock beside a form that somebody has open."""
    beside = path.with_name(f".~lock.{path.name}#")
    beside.write_text(",анна,УЧИТЕЛЬСКАЯ,20.03.2021 10:00,file:///profile;", "utf-8")
    return beside


def foreign(path: Path) -> bytes:
    """A workbook of somebody's own under this name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = Workbook()
    book.worksheets[0]["A1"].value = "мои заметки"
    book.save(path)
    return path.read_bytes()


def test_a_form_that_somebody_has_open_is_left_and_hinders_no_other(school: HandingSchool) -> None:
    school.hand()
    form = school.form(IVANOVA, NAME)
    before, beside = form.read_bytes(), lock(form)
    handed = school.hand(NEW_PUPIL, put("schedule", 2, check_until=day("24.03")))
    (hindered,) = handed.hindered
    assert (hindered.error.code, hindered.error.params["who"]) == ("locked", "анна (УЧИТЕЛЬСКАЯ)")
    assert form.read_bytes() == before
    assert only(handed, Fate.RENEWED).form.identity.school_class == "4А"
    assert not handed.is_complete
    beside.unlink()
    assert only(school.hand(), Fate.RENEWED).path == form


def test_an_open_form_that_is_somebody_elses_now_is_left_and_nobody_gets_a_second_one(school: HandingSchool) -> None:
    school.hand()
    beside = lock(school.form(IVANOVA, NAME))
    handed = school.hand(put("checkers", 6, checker=ORLOVA))
    assert [one.error.code for one in handed.hindered] == ["locked"]
    assert not school.form(ORLOVA, NAME).exists()
    beside.unlink()
    assert only(school.hand(), Fate.PASSED_ON).path == school.form(ORLOVA, NAME)


def test_an_open_form_that_is_nobodys_any_more_is_left(school: HandingSchool) -> None:
    school.hand()
    lock(school.form(IVANOVA, NAME))
    handed = school.hand(put("checkers", 6, checker=None))
    assert [one.error.code for one in handed.hindered] == ["locked"]
    assert school.form(IVANOVA, NAME).exists()


def test_an_open_form_that_has_not_changed_is_nothing_to_speak_of(school: HandingSchool) -> None:
    school.hand()
    lock(school.form(IVANOVA, NAME))
    assert school.hand().is_complete


def test_a_strangers_file_under_the_name_stays_and_the_form_takes_another(school: HandingSchool) -> None:
    form = school.form(IVANOVA, NAME)
    theirs = foreign(form)
    handed = school.hand()
    assert form.read_bytes() == theirs
    assert f"{IVANOVA}/{NAME} (2).xlsx" in school.files()
    assert set(fates(handed).values()) == {"new"}
    assert set(fates(school.hand()).values()) == {"same"}


def test_a_strangers_file_put_over_a_form_stays_too(school: HandingSchool) -> None:
    school.hand()
    theirs = foreign(school.form(IVANOVA, NAME))
    school.hand()
    assert school.form(IVANOVA, NAME).read_bytes() == theirs
    assert "версия 1" in said_in(school.folder / IVANOVA / f"{NAME} (2).xlsx")


def test_a_strangers_file_among_the_moved_aside_stays(school: HandingSchool) -> None:
    aside = school.folder / RETIRED / IVANOVA / f"{NAME}, версия 1.xlsx"
    theirs = foreign(aside)
    school.hand()
    school.hand(NEW_PUPIL)
    assert aside.read_bytes() == theirs
    assert aside.with_name(f"{NAME}, версия 1 (2).xlsx").is_file()


def test_a_file_where_a_persons_folder_should_be_stays(school: HandingSchool) -> None:
    theirs = foreign(school.folder / "x.xlsx")
    (school.folder / "x.xlsx").rename(school.folder / IVANOVA)
    school.hand()
    assert (school.folder / IVANOVA).read_bytes() == theirs
    assert (school.folder / f"{IVANOVA} (2)" / f"{NAME}.xlsx").is_file()


def test_forms_of_another_school_in_the_folder_are_neither_moved_nor_forgotten(school: HandingSchool) -> None:
    other = HandingSchool(school.home)
    other.hand(setting("school_short", "Школа-соседка"), setting("school", "МБОУ «Школа-соседка»"))
    theirs = school.state()
    school.hand()
    assert {name: state for name, state in school.state().items() if name in theirs and name != RECORD} == {
        name: state for name, state in theirs.items() if name != RECORD
    }
    assert set(fates(other.hand()).values()) == {"same"}
    assert set(fates(school.hand()).values()) == {"same"}


def test_without_the_record_the_forms_themselves_say_what_they_are(school: HandingSchool) -> None:
    school.hand()
    type_into(school.form(IVANOVA, NAME), TYPED)
    (school.folder / RECORD).unlink()
    before = school.state()
    assert set(fates(school.hand()).values()) == {"same"}
    assert {name: state for name, state in school.state().items() if name != RECORD} == before
    (school.folder / RECORD).unlink()
    handed = school.hand(NEW_PUPIL)
    assert only(handed, Fate.RENEWED).form.identity.version == 2
    assert typed_in(school.form(IVANOVA, NAME)) == TYPED


def test_versions_go_on_without_the_record(school: HandingSchool) -> None:
    school.hand()
    school.hand(NEW_PUPIL)
    (school.folder / RECORD).unlink()
    handed = school.hand(put("schedule", 4, check_until=day("26.03")))
    assert only(handed, Fate.RENEWED).form.identity.version == 3


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"null", b'{"format": 1}', b"\xff\xfe", b"[" * 100_000, b'{"format": 1, "forms": [1, {}]}'],
)
def test_a_record_that_makes_no_sense_is_as_good_as_none(school: HandingSchool, data: bytes) -> None:
    school.hand()
    type_into(school.form(IVANOVA, NAME), TYPED)
    (school.folder / RECORD).write_bytes(data)
    school.hand()
    assert typed_in(school.form(IVANOVA, NAME)) == TYPED
    assert len(json.loads((school.folder / RECORD).read_bytes())["forms"]) == 5


@pytest.mark.parametrize("file", ["../../чужое.xlsx", "/etc/passwd", "C:\\чужое.xlsx", "a/../../b.xlsx"])
def test_a_record_that_points_out_of_the_folder_is_not_obeyed(school: HandingSchool, file: str) -> None:
    school.hand()
    outside = school.home / "чужое.xlsx"
    outside.write_bytes(school.form(IVANOVA, NAME).read_bytes())
    record = json.loads((school.folder / RECORD).read_bytes())
    next(one for one in record["forms"] if one["checker"] == IVANOVA)["file"] = file
    (school.folder / RECORD).write_text(json.dumps(record), "utf-8")
    school.hand(put("checkers", 6, checker=None))
    assert outside.is_file()


def test_a_record_of_a_newer_program_stops_before_anything_is_done(school: HandingSchool) -> None:
    school.hand()
    (school.folder / RECORD).write_text('{"format": 99, "forms": []}', "utf-8")
    before = school.state()
    with pytest.raises(InputError) as caught:
        school.hand(NEW_PUPIL)
    assert caught.value.code == "forms_record_newer"
    assert school.state() == before


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 broken"], ids=["empty", "damaged"])
def test_a_form_that_cannot_be_read_is_left_and_said_until_it_changes(school: HandingSchool, damage: bytes) -> None:
    school.hand()
    form = school.form(IVANOVA, NAME)
    form.write_bytes(damage)
    handed = school.hand()
    assert [one.path for one in handed.unread] == [form]
    assert not handed.is_complete
    assert form.read_bytes() == damage
    renewed = only(school.hand(NEW_PUPIL), Fate.RENEWED)
    assert renewed.why
    assert renewed.retired is not None
    assert renewed.retired.read_bytes() == damage


def test_while_another_command_hands_out_into_the_folder_it_is_said_whose(school: HandingSchool) -> None:
    school.hand()
    with our_turn(school.folder / RECORD), pytest.raises(LockedError) as caught, turn_at(school.folder, 0.1):
        pass
    assert caught.value.code == "forms_busy"
    assert str(caught.value.params["who"]) in sentence(caught.value)


def test_two_people_handing_out_at_once_make_every_form_once(school: HandingSchool) -> None:
    made: list[HandedOut] = []
    threads = [threading.Thread(target=lambda: made.append(HandingSchool(school.home).hand())) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(len(one.made) for one in made) == [0, 0, 5]
    assert len(school.files()) == 5


def test_no_trace_of_the_lock_or_of_half_written_files_is_left(school: HandingSchool) -> None:
    school.hand()
    school.hand(NEW_PUPIL)
    assert not [path.name for path in school.folder.rglob(".*")]


@contextmanager
def without_rights(folder: Path) -> Iterator[None]:
    """A folder nobody may write into; the test runs as nobody, for root may write everywhere."""
    folder.chmod(0o555)
    try:
        yield
    finally:
        folder.chmod(0o755)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a disk that refuses this user")
def test_one_folder_that_cannot_be_written_hinders_no_other(school: HandingSchool) -> None:
    school.hand()
    with without_rights(school.folder / IVANOVA):
        handed = school.hand(NEW_PUPIL, put("schedule", 2, check_until=day("24.03")))
    assert [one.error.code for one in handed.hindered] == ["cannot_write"]
    assert only(handed, Fate.RENEWED).form.identity.school_class == "4А"


def test_a_persons_folder_that_cannot_be_made_hinders_no_other(school: HandingSchool) -> None:
    school.folder.mkdir(parents=True)
    (school.folder / IVANOVA).symlink_to(school.home / "нет" / "такой")
    handed = school.hand()
    assert [one.identity.checker for one in handed.hindered] == [IVANOVA]
    assert [one.error.code for one in handed.hindered] == ["cannot_write"]
    assert len(handed.made) == 4


KILLED = """
import os, sys
from datetime import datetime
from pathlib import Path
from tests.checks.school import put, day
from tests.forms.handed import STAMP, HandingSchool
from xlpy.handing_out import hand_out
school = HandingSchool(Path(sys.argv[1]), [put("schedule", row, check_until=day("30.03")) for row in range(2, 7)])
stop = int(sys.argv[2])
hand_out(school.book(), school.home / "b.xlsm", None, STAMP, lambda done, _: os._exit(9) if done == stop else None)
"""


@pytest.mark.parametrize("stop", [1, 3, 5])
def test_a_run_that_was_killed_is_finished_by_the_next_and_nothing_is_lost(school: HandingSchool, stop: int) -> None:
    school.hand()
    forms = sorted(school.folder.rglob("*.xlsx"))
    for path in forms:
        type_into(path, {(codes_in(path)[0], "1"): 1})
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(school.home), str(stop)], check=False, cwd=Path(__file__).parents[2]
    )
    assert done.returncode == 9
    left = school.folder / IVANOVA / f".{NAME}.xlsx.999999999{TEMPORARY}"
    left.write_bytes(b"half")
    school.hand(*(put("schedule", row, check_until=day("30.03")) for row in range(2, 7)))
    assert [typed_in(path) for path in forms] == [{(codes_in(path)[0], "1"): 1} for path in forms]
    assert all("30.03.2021" in said_in(path) for path in forms)
    assert left.exists() == (stop == 5)
    again = school.hand()
    assert set(fates(again).values()) == {"same"}
    assert {one.form.identity.version for one in again.dealt} == {2}


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from tests.forms.handed import HandingSchool
from tests.checks.school import day, put
school = HandingSchool(Path(sys.argv[1]))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
handed = school.hand(put("schedule", 4, check_until=day("25.03")))
print(len(handed.made), *(one.error.params["why"] for one in handed.hindered), sep="|")
"""


@pytest.mark.skipif(os.name == "nt", reason="limits of files are POSIX")
def test_a_full_disk_leaves_every_old_form_where_it_was(school: HandingSchool) -> None:
    school.hand()
    type_into(school.form(IVANOVA, NAME), TYPED)
    before = {name: state for name, state in school.state().items() if name != RECORD}
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(school.home)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.strip() == "0|на диске не осталось места"
    assert {name: state for name, state in school.state().items() if name != RECORD} == before


def test_a_form_saved_between_the_look_and_the_move_brings_its_points_along(
    school: HandingSchool, monkeypatch: pytest.MonkeyPatch
) -> None:
    school.hand()
    from xlpy.handed import dealing

    real = dealing.lock_of

    def typed_meanwhile(path: Path) -> LockedError | None:
        type_into(path, TYPED)
        return real(path)

    monkeypatch.setattr(dealing, "lock_of", typed_meanwhile)
    school.hand(NEW_PUPIL)
    assert typed_in(school.form(IVANOVA, NAME)) == TYPED


def test_forms_named_in_the_record_are_openable_workbooks(school: HandingSchool) -> None:
    school.hand()
    record = json.loads((school.folder / RECORD).read_bytes())
    for one in record["forms"]:
        assert "Работы" in load_workbook(school.folder / one["file"]).sheetnames
    assert record["people"][PETROV] == PETROV


def test_a_disk_that_refuses_the_folder_says_so_in_one_error(school: HandingSchool) -> None:
    (school.home / "Документы").symlink_to(school.home / "нет" / "такой")
    with pytest.raises(SaveError) as caught:
        school.hand()
    assert caught.value.code == "cannot_write"
