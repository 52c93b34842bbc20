"""Who waits for another command of ours is told who runs it, on which computer; a killed one is in nobody's way."""

from __future__ import annotations

import getpass
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from xlpy.errors import LockedError
from xlpy.words.errors import SOMEONE, sentence
from xlpy.workbook.locks import our_turn

HOLDER = """
import sys
from pathlib import Path
from xlpy.workbook.locks import our_turn
with our_turn(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


def holder(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def refused(path: Path) -> LockedError:
    with pytest.raises(LockedError) as caught, our_turn(path, 0.1):
        pass
    assert caught.value.code == "busy"
    return caught.value


def test_the_one_that_waits_is_told_who_works_and_where(tmp_path: Path) -> None:
    path = tmp_path / "книга.xlsm"
    with holder(path) as process:
        error = refused(path)
        process.communicate("\n")
    assert error.params["who"] == f"{getpass.getuser()} ({platform.node()})"
    assert str(error.params["who"]) in sentence(error)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_behind_even_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), our_turn(tmp_path / "книга.xlsm"):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_a_killed_holder_is_in_nobody_s_way(tmp_path: Path) -> None:
    path = tmp_path / "книга.xlsm"
    with holder(path) as process:
        process.kill()
        process.wait()
    with our_turn(path, 1):
        pass
    assert list(tmp_path.iterdir()) == []


def test_who_takes_over_from_a_killed_holder_is_the_one_named(tmp_path: Path) -> None:
    path = tmp_path / "книга.xlsm"
    with holder(path) as process:
        process.kill()
        process.wait()
    (left,) = tmp_path.glob("*-holder")
    left.write_text("Кто-то прежний (school-1)", "utf-8")
    with holder(path) as process:
        assert "прежний" not in str(refused(path).params["who"])
        process.communicate("\n")


@pytest.mark.parametrize("written", [b"", b"\xff\xfe\0", b"a\nb", b"\x1b[31m"])
def test_a_name_that_cannot_be_shown_is_somebody(tmp_path: Path, written: bytes) -> None:
    path = tmp_path / "книга.xlsm"
    with holder(path) as process:
        (left,) = tmp_path.glob("*-holder")
        left.write_bytes(written)
        assert refused(path).params["who"] == SOMEONE
        left.unlink()
        assert refused(path).params["who"] == SOMEONE
        process.communicate("\n")


def test_many_processes_take_turns(tmp_path: Path) -> None:
    path, count = tmp_path / "книга.xlsm", tmp_path / "счёт"
    count.write_text("0", "utf-8")
    program = """
import sys
from pathlib import Path
from xlpy.workbook.locks import our_turn
path, count = Path(sys.argv[1]), Path(sys.argv[2])
for _ in range(30):
    with our_turn(path, 60):
        count.write_text(str(int(count.read_text("utf-8")) + 1), "utf-8")
"""
    running = [subprocess.Popen([sys.executable, "-c", program, str(path), str(count)]) for _ in range(3)]
    assert [process.wait() for process in running] == [0, 0, 0]
    assert count.read_text("utf-8") == "90"
    assert [one.name for one in tmp_path.iterdir()] == ["счёт"]
