"""Every command of the README is run as it stands, in a copy of the tracked files, with an empty home."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^( *)```sh\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
TEST_COMMAND = "python3 tests"
# A benchmark is run as printed, but on little: what it measures is for a person to read.
SMALL = {"XLPY_BENCH_PAPERS": "300"}
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


def environment(home: Path) -> dict[str, str]:
    """The caller's environment without what a developer's shell adds, and with an empty home."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "VIRTUAL_ENV", "PYTHON", "PYTEST"))}
    return {**kept, "HOME": str(home), **SMALL}


@pytest.mark.skipif(os.name == "nt", reason="the shell blocks are for Linux and macOS; Windows has its own")
def test_every_shell_command_of_the_readme_does_what_it_says(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    clone = tracked_copy(tmp_path / "clone")
    lay_out_csv(clone)
    wanted = commands()
    assert len(wanted) > 8
    for command in wanted:
        ran = subprocess.run(
            command.replace(TEST_PYTHON, sys.executable),
            shell=True,
            cwd=clone,
            env=environment(home),
            capture_output=True,
            timeout=900,
            check=False,
        )
        said = (ran.stdout + ran.stderr).decode("utf-8", "replace")
        # The made-up school has slips in it, and both commands say so.
        allowed = {0, 1} if re.search(r"xlpy (check|prepare) ", command) else {0}
        assert ran.returncode in allowed, f"{command}\n{said}"
        assert "Traceback" not in said, f"{command}\n{said}"
    assert list((clone / "demo" / "Документы").glob("Справка*.docx"))
    assert (clone / "school2" / "vpr_workbook.xlsm").exists()
