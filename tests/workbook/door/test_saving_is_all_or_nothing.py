"""Killed at any step of saving, the file is the old one or the new one; what the disk refuses leaves the old one."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from hashlib import sha256
from pathlib import Path

import pytest

from tests.workbook.door.books import write_book
from xlpy.errors import SaveError
from xlpy.tables import schema
from xlpy.words.errors import COPIES_FOLDER, WHY
from xlpy.workbook.closed import ClosedWorkbook
from xlpy.workbook.saving import copies_of, write_atomically

posix = pytest.mark.skipif(os.name == "nt", reason="signals and limits of POSIX")
ROOT = Path(__file__).resolve().parents[3]
WRITE = """
    book = ClosedWorkbook(Path(sys.argv[1]), copies=9)
    book.append_rows(schema.TEACHERS, [{"teacher": "Новый"}])
"""
STEPS = """
    # Stand still at the call number N of the given ones, so that the parent can kill us exactly there.
    left = int(sys.argv[2])

    def stepped(function):
        def call(*arguments, **named):
            global left
            left -= 1
            if left == 0:
                print("now", flush=True)
                time.sleep(60)
            return function(*arguments, **named)
        return call

    for name in ("open", "fsync", "replace", "rename", "unlink"):
        setattr(os, name, stepped(getattr(os, name)))
"""


def child(body: str, *arguments: str) -> subprocess.Popen[str]:
    head = """
import os, sys, time
from pathlib import Path
import filelock
from xlpy.tables import schema
from xlpy.workbook.closed import ClosedWorkbook
"""
    return subprocess.Popen(
        [sys.executable, "-c", head + textwrap.dedent(body), *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
    )


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def two_states(tmp_path: Path) -> tuple[Path, str, str]:
    """A book, its digest, and the digest it has after the write."""
    path = write_book(tmp_path / "книга.xlsm")
    book = ClosedWorkbook(path)
    book.append_rows(schema.TEACHERS, [{"teacher": "Новый"}])
    return path, digest(path), sha256(book.patched()).hexdigest()


@posix
def test_killed_at_every_step_the_file_is_old_or_new_and_the_next_save_cleans_up(tmp_path: Path) -> None:
    path, old, new = two_states(tmp_path)
    original = path.read_bytes()
    seen = set()
    for step in range(1, 60):
        path.write_bytes(original)
        process = child(WRITE + STEPS + "\n    book.save()", str(path), str(step))
        assert process.stdout is not None
        line = process.stdout.readline()
        if line:
            process.send_signal(signal.SIGKILL)
        process.communicate()
        seen.add(digest(path))
        assert seen <= {old, new}
        assert all(digest(copy) == old for copy in copies_of(path))
        if not line:
            break
    assert seen == {old, new}
    assert process.returncode == 0
    path.write_bytes(original)
    book = ClosedWorkbook(path)
    book.append_rows(schema.TEACHERS, [{"teacher": "Новый"}])
    book.save()
    assert sorted(one.name for one in tmp_path.iterdir()) == [COPIES_FOLDER, path.name]
    assert not [one for one in (tmp_path / COPIES_FOLDER).iterdir() if one.suffix != ".xlsm"]


@posix
def test_killed_at_any_moment_the_file_is_old_or_new(tmp_path: Path) -> None:
    path, old, new = two_states(tmp_path)
    original = path.read_bytes()
    for number in range(12):
        path.write_bytes(original)
        process = child(WRITE + "\n    print('now', flush=True); book.save()", str(path))
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(number * 0.003)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert digest(path) in {old, new}


@posix
def test_a_full_disk_leaves_the_old_file_and_no_leftovers(tmp_path: Path) -> None:
    path, old, _ = two_states(tmp_path)
    limited = """
        import resource
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        try:
            book.save()
        except Exception as error:
            print(type(error).__name__, error.params["why"])
    """
    process = child(WRITE + textwrap.indent(textwrap.dedent(limited), "    "), str(path))
    out, problems = process.communicate()
    assert out.strip() == f"SaveError {WHY['space']}", problems
    assert digest(path) == old
    assert not [one for one in tmp_path.rglob("*") if "xlpy" in one.name]


@posix
def test_a_folder_without_rights_says_so() -> None:
    # Root writes everywhere, so the child becomes nobody; a folder that nobody may enter would tell another story.
    folder = Path(tempfile.mkdtemp())
    path, old, _ = two_states(folder)
    without_rights = """
        if os.geteuid() == 0:
            os.setuid(65534)
        try:
            book.save()
        except Exception as error:
            print(type(error).__name__, error.params["why"])
    """
    folder.chmod(0o555)
    try:
        process = child(WRITE + textwrap.indent(textwrap.dedent(without_rights), "    "), str(path))
        out, problems = process.communicate()
        assert out.strip() == f"SaveError {WHY['permission']}", problems
        assert digest(path) == old
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_place_that_cannot_hold_a_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "файл").write_text("")
    with pytest.raises(SaveError):
        write_atomically(tmp_path / "файл" / "книга.xlsm", b"x")


def test_a_file_that_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path, _, _ = two_states(tmp_path)
    mine, other = ClosedWorkbook(path), ClosedWorkbook(path)
    other.append_rows(schema.TEACHERS, [{"teacher": "Чужой"}])
    other.save()
    theirs = digest(path)
    mine.append_rows(schema.TEACHERS, [{"teacher": "Мой"}])
    with pytest.raises(SaveError) as caught:
        mine.save()
    assert caught.value.code == "changed_on_disk"
    assert digest(path) == theirs
    again = ClosedWorkbook(path)
    again.append_rows(schema.TEACHERS, [{"teacher": "Мой"}])
    again.save()
    names = [row[0] for row in ClosedWorkbook(path).read_tables([schema.TEACHERS])["teachers"].values]
    assert names[-2:] == ["Чужой", "Мой"]


@posix
def test_a_link_stays_a_link_and_the_file_behind_it_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "дело").mkdir()
    path = write_book(tmp_path / "дело" / "книга.xlsm")
    path.chmod(0o640)
    link = tmp_path / "ссылка.xlsm"
    link.symlink_to(path)
    book = ClosedWorkbook(link)
    book.append_rows(schema.TEACHERS, [{"teacher": "Новый"}])
    book.save()
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    assert [one.stat().st_mode & 0o777 for one in copies_of(path)] == [0o640]
    assert ClosedWorkbook(path).read_tables([schema.TEACHERS])["teachers"].values[-1][0] == "Новый"


def saved_times(path: Path, times: int, **options: int) -> None:
    for number in range(times):
        book = ClosedWorkbook(path, **options)
        book.append_rows(schema.TEACHERS, [{"teacher": f"Новый {number} {time.time_ns()}"}])
        book.save()


def test_as_many_copies_are_kept_as_the_book_s_setting_says(tmp_path: Path) -> None:
    path = write_book(tmp_path / "книга [1].xlsm", {"settings": [{"parameter": "Хранить копий", "setting": 3}]})
    saved_times(path, 5)
    assert len(copies_of(path)) == 3
    saved_times(path, 1, copies=2)
    assert len(copies_of(path)) == 2


def test_a_copy_is_the_previous_state_and_none_is_kept_twice(tmp_path: Path) -> None:
    path = write_book(tmp_path / "книга.xlsm")
    states = [digest(path)]
    for _ in range(3):
        saved_times(path, 1)
        states.append(digest(path))
    assert [digest(copy) for copy in copies_of(path)] == states[:-1]


def test_copies_of_another_book_stay(tmp_path: Path) -> None:
    other = write_book(tmp_path / "книга.xlsm")
    saved_times(other, 2)
    path = write_book(tmp_path / "книга вторая.xlsm")
    saved_times(path, 3, copies=1)
    assert len(copies_of(other)) == 2
    assert len(copies_of(path)) == 1
