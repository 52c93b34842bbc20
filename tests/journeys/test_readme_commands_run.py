"""Every command of the README is run as it stands, in a copy of the tracked files, with an empty home."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from unittest.mock import patch

import pytest

from tests.desktop import screen_for, wait_until
from xlpy.libreoffice.interpreter import own_python
from xlpy.libreoffice.pipes import pipe_address, user_pipe

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^( *)```sh\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
TEST_COMMAND = "python3 tests"
# A benchmark is run as printed, but on little: what it measures is for a person to read.
SMALL = {
    "XLPY_BENCH_PAPERS": "300",
    "XLPY_BENCH_CLASSES": "2",
    "XLPY_BENCH_TIMES": "1",
    "XLPY_BENCH_QUICK": "1",
    "XLPY_BENCH_SMALL": "1",
}
# Commands that say 1 where they find something, and in the made-up school they do.
MAY_FIND = re.compile(r"xlpy (check|prepare|doctor|organisers|observers|forms|collect|journal|packet-in) ")
TEST_PYTHON = ".venv-test/bin/python"


def commands() -> list[str]:
    """The commands of all shell blocks, in order."""
    text = (ROOT / "README.md").read_text("utf-8")
    lines = [line.strip() for _, block in BLOCK.findall(text) for line in block.splitlines() if line.strip()]
    # This very test is part of the second command.
    return [line for line in lines if line != TEST_COMMAND]


def tracked_copy(folder: Path) -> Path:
    """The files a clone would have, as they stand now."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode("utf-8")
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def lay_out_csv(folder: Path) -> None:
    (folder / "csv").mkdir()
    (folder / "csv" / "Классы.csv").write_text("Класс;Параллель\n5А;5\n", "cp1251")


def lay_out_journal(folder: Path) -> None:
    """An export of an e-journal that knows nobody of the made-up school."""
    (folder / "журнал.csv").write_text("Ученик;Класс;Предмет;Отметка\nНикто Никита;5А;Математика;4\n", "cp1251")


def lay_out_town(folder: Path, env: Mapping[str, str]) -> None:
    """Three small schools of one municipality, a workbook each."""
    for number, teacher in enumerate(("Алова Анна Ильинична", "Бокова Белла Львовна", "Валов Виктор Олегович"), 1):
        source = folder / f"csv{number}"
        source.mkdir()
        sheets = {
            "Настройки": f"Параметр;Значение\nШкола (краткое);Школа № {number}\nУчебный год;2025/26",
            "Классы": "Класс;Параллель\n5А;5",
            "Учителя": f"ФИО;Предметы;Роли\n{teacher};Математика;эксперт",
            "График": "Дата;Класс;Предмет\n20.04.2026;5А;Математика",
        }
        for sheet, text in sheets.items():
            (source / f"{sheet}.csv").write_text(text, "utf-8")
        made = [sys.executable, "-m", "xlpy", "new", str(folder / "town" / str(number)), "--from", str(source)]
        subprocess.run(made, cwd=folder, env=dict(env), check=True, timeout=120)


def environment(home: Path) -> dict[str, str]:
    """The caller's environment without what a developer's shell adds, with an empty home of a user of its own."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "VIRTUAL_ENV", "PYTHON", "PYTEST"))}
    user = f"readme-{secrets.token_hex(4)}"
    return {**kept, "HOME": str(home), "LOGNAME": user, "USER": user, "SAL_USE_VCLPLUGIN": "gen", **SMALL}


def close_office(env: Mapping[str, str]) -> None:
    """End the LibreOffice that `xlpy open` has left running, as a person does."""
    with patch.dict(os.environ, {"LOGNAME": env["LOGNAME"]}):
        pipe = pipe_address(user_pipe())
    asked = [str(own_python()), str(ROOT / "tests" / "desktop_uno.py"), pipe]
    opened = subprocess.run([*asked, "opened"], env=dict(env), capture_output=True, check=True, timeout=60)
    assert json.loads(opened.stdout), "xlpy open has opened no book"
    subprocess.run([*asked, "terminate"], env=dict(env), capture_output=True, check=False, timeout=60)
    profiles = Path(env["HOME"]) / ".config" / "libreoffice"
    wait_until(lambda: not list(profiles.glob("*/.lock")), 60, "LibreOffice did not end")


def watched(command: str, clone: Path, env: Mapping[str, str]) -> tuple[int, str]:
    """Run a command that ends with Ctrl+C, and press it when the page is there."""
    process = subprocess.Popen(
        f"exec {command}",  # so that it is the command itself that is interrupted, as at a keyboard
        shell=True,
        cwd=clone,
        env=dict(env),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    wait_until(lambda: list((clone / "demo").glob("*.html")) or process.poll() is not None, 120, command)
    os.killpg(process.pid, signal.SIGINT)
    said, _ = process.communicate(timeout=60)
    return process.returncode, said


def run(command: str, clone: Path, env: Mapping[str, str]) -> tuple[int, str]:
    """Exit code and words of a command as it stands."""
    if "xlpy watch" in command:
        return watched(command, clone, env)
    ran = subprocess.run(
        command.replace(TEST_PYTHON, sys.executable),
        shell=True,
        cwd=clone,
        env=dict(env),
        capture_output=True,
        timeout=900,
        check=False,
    )
    if "xlpy open" in command and ran.returncode == 0:
        close_office(env)
    return ran.returncode, (ran.stdout + ran.stderr).decode("utf-8", "replace")


@pytest.mark.skipif(os.name == "nt", reason="the shell blocks are for Linux and macOS; Windows has its own")
def test_every_shell_command_of_the_readme_does_what_it_says(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    clone = tracked_copy(tmp_path / "clone")
    lay_out_csv(clone)
    lay_out_journal(clone)
    lay_out_town(clone, environment(home))
    wanted = commands()
    assert len(wanted) > 8
    with screen_for(environment(home)) as env:
        for command in wanted:
            code, said = run(command, clone, env)
            allowed = {0, 1} if MAY_FIND.search(command) else {0}
            assert code in allowed, f"{command}\n{said}"
            assert "Traceback" not in said, f"{command}\n{said}"
    assert list((clone / "demo" / "Документы").glob("Справка*.docx"))
    assert (clone / "school2" / "vpr_workbook.xlsm").exists()
