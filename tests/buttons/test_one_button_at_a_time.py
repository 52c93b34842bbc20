"""A second press is refused while the first runs, in whatever process; the turn of a dead process is free."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command import ROOT
from xlpy.buttons.turns import my_turn
from xlpy.errors import LockedError
from xlpy.words import panel

HOLD = """
import sys
from pathlib import Path
from xlpy.buttons.turns import my_turn
with my_turn(Path(sys.argv[1]), "check"):
    print("mine", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process in the middle of «Проверить ввод»."""
    command = [sys.executable, "-c", HOLD, tmp_path / "book.xlsm"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "mine\n"
        yield process
        process.kill()


def test_a_second_press_is_told_which_button_runs(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    assert holder.poll() is None
    with pytest.raises(LockedError) as refused, my_turn(tmp_path / "book.xlsm", "assign"):
        pass
    assert refused.value.code == "button_busy"
    assert refused.value.params == {"caption": panel.BUTTONS["check"][0]}


def test_another_book_has_its_own_turn(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    assert holder.poll() is None
    with my_turn(tmp_path / "other.xlsm", "check"):
        pass


def test_a_killed_press_blocks_nobody(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    holder.kill()
    holder.wait()
    with my_turn(tmp_path / "book.xlsm", "assign"):
        pass


def test_the_turn_is_free_after_a_press_that_failed(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="broken"), my_turn(tmp_path / "book.xlsm", "check"):
        raise ValueError("broken")
    with my_turn(tmp_path / "book.xlsm", "check"):
        pass


def test_two_ways_to_one_book_are_one_turn(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    assert holder.poll() is None
    (tmp_path / "book.xlsm").touch()
    other_way = tmp_path / "link.xlsm"
    if os.name == "nt":
        other_way = tmp_path / "BOOK.XLSM"
    else:
        other_way.symlink_to(tmp_path / "book.xlsm")
    with pytest.raises(LockedError), my_turn(other_way, "check"):
        pass
