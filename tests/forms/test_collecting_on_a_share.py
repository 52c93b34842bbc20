"""Killed, locked, overtaken by others: the workbook holds the old state or the new one, and the next time mends all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.forms.gathering import DOCUMENTS, IVANOVA, STAMP, CollectingSchool
from tests.forms.handed import type_into
from tests.forms.test_collecting_puts_points_in_by_code import FULL
from xlpy import actions, collecting
from xlpy.collecting import Choice, collect_closed
from xlpy.errors import LockedError, SaveError
from xlpy.tables import schema
from xlpy.workbook.closed import ClosedWorkbook

ROOT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(os.name == "nt", reason="signals and rights of POSIX")
COLLECT = """
    import os, sys, time
    from datetime import datetime
    from pathlib import Path
    import filelock
    from xlpy.actions import Stamp
    from xlpy.collecting import Choice, collect_closed
    stamp = Stamp(datetime(2021, 3, 21, 9, 30), "Завуч")

    def go():
        return collect_closed(Path(sys.argv[1]), None, stamp, Choice(), lambda done, total: None)
"""
STEPS = """
    import pandas, xlpy.checks.run, xlpy.documents.files, xlpy.workbook.closed, xlpy.exchange.forms.recognise
    import signal

    def die_at(left):
        # Killed exactly before the call number `left` of the given ones.
        def stepped(function):
            def call(*arguments, **named):
                nonlocal left
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return function(*arguments, **named)
            return call

        for name in ("fsync", "replace", "rename", "unlink"):
            setattr(os, name, stepped(getattr(os, name)))
        go()

    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            die_at(int(line))
            os._exit(0)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
"""


def child(body: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(COLLECT) + textwrap.dedent(body), *map(str, arguments)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
    )


@pytest.fixture
def school(tmp_path: Path) -> CollectingSchool:
    made = CollectingSchool(tmp_path, is_file=True)
    type_into(made.form(), FULL)
    return made


def collected_points(school: CollectingSchool) -> list[object]:
    return [school.points(code) for code in ("50004", "50005", "50006")]


TYPED = [(2, "X", 1), (0, 1, 0), (1, 2, 0)]
NOTHING = [(None, None, None)] * 3


@posix
def test_killed_at_every_step_the_next_collecting_comes_to_the_same_end(school: CollectingSchool) -> None:
    original = school.path.read_bytes()
    seen: list[tuple[bool, bool]] = []
    process = child(STEPS, school.path)
    assert process.stdin is not None
    assert process.stdout is not None
    for step in range(1, 80):
        school.path.write_bytes(original)
        school.record.unlink(missing_ok=True)
        process.stdin.write(f"{step}\n")
        process.stdin.flush()
        code = int(process.stdout.readline())
        points = collected_points(school)
        assert points in (NOTHING, TYPED)
        seen.append((points == TYPED, school.record.exists()))
        collect_closed(school.path, None, STAMP, Choice(), lambda _done, _total: None)
        assert collected_points(school) == TYPED
        lines = [row["outcome"] for row in school.rows_of(schema.JOURNAL) if row["action"] == "Собрать формы"]
        assert len(lines) == len(set(lines)) == 2
        assert school.record.exists()
        if not code:
            break
        assert code == -signal.SIGKILL
    process.communicate()
    # The record never comes before the workbook, and the moment between the two was met.
    assert (False, True) not in seen
    assert {(False, False), (True, False), (True, True)} == set(seen)
    left = [path.name for path in school.home.rglob("*") if "xlpy" in path.name]
    assert not left


def test_two_at_once_both_end_well_and_nothing_is_doubled(school: CollectingSchool) -> None:
    processes = [child("done = go(); print(done.is_written)", school.path) for _ in range(2)]
    ends = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0, 0], ends
    assert sorted(out.strip() for out, _ in ends) == ["False", "True"]
    assert collected_points(school) == TYPED
    lines = [row["outcome"] for row in school.rows_of(schema.JOURNAL) if row["action"] == "Собрать формы"]
    assert len(lines) == 2


def test_a_command_that_saved_meanwhile_is_no_obstacle(
    school: CollectingSchool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other command saves between our reading and our saving, once; three times is too much."""
    read = collecting.read_returned

    def slow_read(*arguments: object) -> object:
        found = read(*arguments)  # type: ignore[arg-type]
        other = ClosedWorkbook(school.path)
        actions.write_findings(other, actions.check(other, STAMP), STAMP)
        return found

    monkeypatch.setattr(collecting, "read_returned", slow_read)
    done = school.collect()
    assert done.is_written
    assert collected_points(school) == TYPED
    assert [row["action"] for row in school.rows_of(schema.JOURNAL)].count("Проверить ввод") == 1


def test_somebody_who_saves_again_and_again_is_told_of(
    school: CollectingSchool, monkeypatch: pytest.MonkeyPatch
) -> None:
    weigh = collecting.collected
    times = []

    def slow(*arguments: object) -> object:
        other = ClosedWorkbook(school.path)
        actions.write_findings(other, actions.check(other, STAMP), STAMP)
        times.append(1)
        return weigh(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(collecting, "collected", slow)
    with pytest.raises(SaveError) as caught:
        school.collect()
    assert caught.value.code == "changed_on_disk"
    assert len(times) == collecting.TRIES
    assert collected_points(school) == NOTHING
    assert not school.record.exists()


def test_a_workbook_that_is_open_is_named_with_its_holder_and_nothing_is_written(school: CollectingSchool) -> None:
    before = school.path.read_bytes()
    lock = school.path.with_name(f".~lock.{school.path.name}#")
    lock.write_text(",zavuch,учительская,21.03.2021 09:00,file:///home;")
    with pytest.raises(LockedError) as caught:
        school.collect()
    assert caught.value.params["who"] == "zavuch (учительская)"
    assert school.path.read_bytes() == before
    assert not school.record.exists()


@posix
def test_a_folder_of_documents_that_takes_no_record_still_lets_points_in(school: CollectingSchool) -> None:
    # Root may write everywhere: something that is no file where the record belongs hinders everybody.
    school.record.mkdir()
    (school.record / "x").write_text("")
    done = school.collect()
    assert collected_points(school) == TYPED
    assert len(done.troubles) == 2
    assert (school.home / DOCUMENTS / "Формы" / IVANOVA).is_dir()
