"""The launcher as the macros start it: what reaches Python, and what is left where Python is broken."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.install.recorder import recorder
from xlpy.install.launcher import launcher_path, launcher_text, log_path, packages_folder, python_of, write_launcher
from xlpy.install.machine import Machine, System, data_folder
from xlpy.words.install import LAUNCHER_BROKEN

posix = pytest.mark.skipif(os.name != "posix", reason="a shell script")


def machine(home: Path, python: Path | str = sys.executable, system: System = System.LINUX) -> Machine:
    return Machine(system, {"HOME": str(home), "USERPROFILE": str(home), "PATH": "/usr/bin:/bin"}, Path(python))


def launched(one: Machine, *words: str) -> subprocess.CompletedProcess[bytes]:
    env = {**one.environ, "PYTHONHOME": "/nowhere"}
    return subprocess.run([launcher_path(one), *words], check=False, env=env, timeout=60, cwd="/")


@posix
@pytest.mark.parametrize("book", ['/a b/it\'s 100% "5А".xlsm', "/ ", "/x;y&z|$HOME`ls`.xlsm", "-h"])
def test_action_and_path_reach_python_as_they_are(tmp_path: Path, book: str) -> None:
    told = recorder(tmp_path)
    one = machine(tmp_path / 'до\'м "a"', told.program)
    write_launcher(one, tmp_path)
    assert launched(one, "press", "check", book).returncode == 0
    assert told.next_start() == ["-P", "-m", "xlpy", "press", "check", book]


@posix
@pytest.mark.parametrize("name", ['"5А" 100%.xlsm', '%22"%25.xlsm', '"" '])
def test_an_address_of_the_macros_becomes_the_path_it_was_made_of(tmp_path: Path, name: str) -> None:
    told = recorder(tmp_path)
    one = machine(tmp_path, told.program)
    write_launcher(one, tmp_path)
    # As VprQuotable makes it.
    address = "file://" + f"/a/{name}".replace("%", "%25").replace('"', "%22")
    launched(one, "press", "check", address)
    assert told.next_start()[-1] == f"/a/{name}"


@posix
def test_the_real_python_runs_the_real_program_and_its_words_are_in_the_log(tmp_path: Path) -> None:
    one = machine(tmp_path)
    write_launcher(one, packages_folder())
    assert launched(one, "--version").returncode == 0
    assert log_path(one).read_text("utf-8").startswith("xlpy ")
    assert launched(one, "check", str(tmp_path / "none.xlsm")).returncode == 2
    assert "none.xlsm" in log_path(one).read_text("utf-8")
    assert LAUNCHER_BROKEN not in log_path(one).read_text("utf-8")


@posix
def test_modules_beside_the_book_do_not_stand_in_for_packages(tmp_path: Path) -> None:
    for name in ("xlpy", "click", "json"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(77)")
    one = machine(tmp_path / "home")
    write_launcher(one, packages_folder())
    ran = subprocess.run(
        [launcher_path(one), "--version"], check=False, env=dict(one.environ), cwd=tmp_path, timeout=60
    )
    assert ran.returncode == 0


@posix
@pytest.mark.parametrize("broken", ["no python", "no xlpy"])
def test_a_broken_python_leaves_a_sentence_in_the_log(tmp_path: Path, broken: str) -> None:
    python = tmp_path / "gone"
    if broken == "no xlpy":
        venv.EnvBuilder(with_pip=False).create(tmp_path / "bare")
        python = tmp_path / "bare" / "bin" / "python"
    one = machine(tmp_path, python)
    write_launcher(one, tmp_path / "empty")
    assert launched(one, "press", "check", "/a.xlsm").returncode != 0
    assert LAUNCHER_BROKEN in log_path(one).read_text("utf-8")


@pytest.mark.parametrize("system", System)
@pytest.mark.parametrize("python", ["/opt/Питон 100%/it's/python", r"C:\Users\Анна И\AppData\python.exe"])
def test_the_python_of_a_launcher_is_told_back(tmp_path: Path, system: System, python: str) -> None:
    one = machine(tmp_path, python, system)
    assert python_of(one) is None
    assert write_launcher(one, tmp_path)
    assert not write_launcher(one, tmp_path)
    assert python_of(one) == Path(python)


def test_the_command_file_for_windows_speaks_its_language() -> None:
    """No Windows here: the file is held to what cmd.exe wants."""
    one = Machine(System.WINDOWS, {"LOCALAPPDATA": "L"}, Path(r"C:\Users\Анна\100%\python.exe"))
    text = launcher_text(one, Path(r"C:\п&к")).decode("utf-8")
    lines = text.split("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert lines[0] == "@echo off"
    assert lines.index("chcp 65001 >nul") < next(at for at, line in enumerate(lines) if not line.isascii())
    assert r'"C:\Users\Анна\100%%\python.exe" -P -m xlpy %* >"%log%" 2>&1 && exit /b 0' in lines
    assert r'set "PYTHONPATH=C:\п&к"' in lines
    assert not set(LAUNCHER_BROKEN) & set("<>&|%()^!\"'`$\\")


@pytest.mark.parametrize(
    ("system", "environ", "folder"),
    [
        (System.LINUX, {"HOME": "/home/a"}, "/home/a/.local/share/xlpy"),
        (System.LINUX, {"HOME": "/home/a", "XDG_DATA_HOME": "/data"}, "/data/xlpy"),
        (System.MACOS, {"HOME": "/Users/a"}, "/Users/a/Library/Application Support/xlpy"),
        (System.WINDOWS, {"LOCALAPPDATA": "/L", "USERPROFILE": "/U"}, "/L/xlpy"),
        (System.WINDOWS, {"USERPROFILE": "/U"}, "/U/AppData/Local/xlpy"),
    ],
)
def test_the_launcher_lies_where_the_macros_look(system: System, environ: dict[str, str], folder: str) -> None:
    assert data_folder(Machine(system, environ, Path())) == Path(folder)


@posix
def test_the_folder_is_the_user_s_data_folder_of_this_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from platformdirs import user_data_path

    from xlpy.install.machine import this_machine

    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert data_folder(this_machine()) == user_data_path("xlpy", appauthor=False)
