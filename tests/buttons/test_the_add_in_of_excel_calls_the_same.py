"""`RunPython` of the xlwings add-in runs `caller`: the same work, in whatever workbook xlwings says has called."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.command import ROOT
from tests.desktop import wait_until
from xlpy.words.buttons import DONE, FAILED

# What RunPython starts, with an office of ours in the place of Excel.
CALL = """
import sys, xlwings as xw
from xlpy.libreoffice import register
register()
with xw.App(visible=False, add_book=False) as app:
    book = app.books.open(sys.argv[1])
    book.set_mock_caller()
    from xlpy.buttons import caller; caller(sys.argv[2])
    shown = book.sheets[0]
    print([book.names[name].refers_to_range.value for name in (f"state_{sys.argv[2]}", "panel_message")])
    book.close()
"""


def called(book: Path, action: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", CALL, str(book), action]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=False, cwd=ROOT)


def test_the_calling_workbook_is_checked(book: Path) -> None:
    ran = called(book, "check")
    assert ran.returncode == 0, ran.stderr
    assert DONE in ran.stdout.splitlines()[-1]


def test_a_refusal_ends_on_the_panel_and_raises_nothing(book: Path) -> None:
    """RunPython shows a window with the traceback of whatever is raised."""
    report = book.parent / "Документы"
    report.write_text("a file where the folder should be")
    ran = called(book, "report")
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == ""
    assert FAILED in ran.stdout.splitlines()[-1]


def test_nothing_that_calls_raises_either(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from xlpy.buttons import caller; caller('check')"]
    env_home = tmp_path / "home"
    ran = subprocess.run(
        command,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        cwd=ROOT,
        env={"HOME": str(env_home), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)},
    )
    assert ran.returncode == 0
    assert "Traceback" not in ran.stderr
    assert ran.stderr.count("\n") == 1
    wait_until(lambda: list(env_home.rglob("xlpy.log")), 5)
