"""`xlpy open` on a real screen: the book is there, its buttons are, the pipe answers; a locked book is refused."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop import NOT_LINUX, Desktop, desktop, wait_until
from tests.install.recorder import Recorder, recorder
from xlpy.install.installing import uninstall
from xlpy.install.launcher import log_path
from xlpy.words import panel
from xlpy.workbook.builder.build import build_workbook

pytestmark = pytest.mark.skipif(NOT_LINUX, reason="virtual screens and clicks are Linux' alone")

CHECK = panel.BUTTONS["check"][0]


@pytest.fixture
def told(tmp_path: Path) -> Recorder:
    return recorder(tmp_path)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "Школа № 1"
    folder.mkdir()
    path = folder / "vpr_workbook.xlsm"
    path.write_bytes(build_workbook())
    return path


@pytest.fixture
def screen(tmp_path: Path, book: Path, told: Recorder) -> Iterator[Desktop]:
    with desktop(tmp_path / "home", book.parent, python=told.program) as shown:
        yield shown


def run(screen: Desktop, *words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "xlpy", *map(str, words)]
    return subprocess.run(command, env=dict(screen.env), capture_output=True, check=False, timeout=150, text=True)


def test_the_book_is_loaded_when_the_command_ends_and_its_buttons_work(
    screen: Desktop, told: Recorder, book: Path
) -> None:
    opened = run(screen, "open", book)
    assert opened.returncode == 0, opened.stderr
    assert screen.ask("opened") == ["vpr_workbook.xlsm"]
    screen.click(CHECK)
    assert told.next_start()[-2:] == ["check", str(book)]
    looked = run(screen, "doctor", book)
    assert looked.returncode == 0, looked.stdout
    refused = run(screen, "open", book)
    assert refused.returncode == 2
    assert "vpr_workbook.xlsm" in refused.stderr
    assert run(screen, "install", book).returncode == 2, "settings must not be changed while LibreOffice holds them"


def test_it_works_where_nothing_was_installed_and_libreoffice_runs_already(screen: Desktop, book: Path) -> None:
    """The user asked for this very book, so its macros run this once; no setting is changed for it."""
    uninstall(screen.machine)
    settings = screen.profile / "user" / "registrymodifications.xcu"
    screen.start("soffice", "--norestore", "--nologo", "--writer")
    wait_until((screen.profile / ".lock").exists)
    opened = run(screen, "open", book)
    assert opened.returncode == 0, opened.stderr
    assert "vpr_workbook.xlsm" in screen.ask("opened")
    assert screen.messages() == []
    assert b"SecureURL" not in settings.read_bytes()
    screen.click(CHECK)
    wait_until(log_path(screen.machine).exists, 20, "the launcher did not start")


def test_buttons_lost_by_libreoffice_are_back(screen: Desktop, told: Recorder, book: Path) -> None:
    screen.open(book)
    screen.ask("save")
    screen.close()
    assert run(screen, "doctor", book).returncode == 1
    assert run(screen, "open", book).returncode == 0
    screen.click(CHECK)
    assert told.next_start()[-2:] == ["check", str(book)]
