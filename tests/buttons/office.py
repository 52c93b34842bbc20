"""A running LibreOffice of one user, who has a workbook open, looked at through UNO and through nothing of ours."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.command import ROOT, Ran
from tests.desktop import quiet_profile, wait_until
from xlpy.libreoffice.pipes import pipe_address, user_pipe
from xlpy.libreoffice.verbs.desk import Desk
from xlpy.libreoffice.verbs.runtime import properties


@dataclass(slots=True)
class Office:
    """A LibreOffice that listens on the pipe of its user, without a window."""

    env: Mapping[str, str]
    home: Path
    process: subprocess.Popen[bytes]
    desktop: Any

    def open(self, book: Path) -> Any:
        """Open a file; return the UNO document."""
        return self.desktop.loadComponentFromURL(book.as_uri(), "_blank", 0, properties(Hidden=True))

    def start(self, *words: object) -> subprocess.Popen[str]:
        """Start `python -m xlpy` as this user."""
        command = [sys.executable, "-W", "error", "-m", "xlpy", *map(str, words)]
        return subprocess.Popen(
            command, env=dict(self.env), stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
        )

    def press(self, action: str, book: object) -> Ran:
        """Press a button and wait for its end."""
        with self.start("press", action, book) as process:
            out, err = process.communicate(timeout=120)
        return Ran(process.returncode, out, err)

    def kill(self) -> None:
        """End it as a crash does."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(20)


@contextmanager
def running_office(home: Path) -> Iterator[Office]:
    """A LibreOffice of a user with this home; nothing of it is left afterwards."""
    profile = home / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_bytes(quiet_profile())
    user = f"test-{secrets.token_hex(6)}"
    with patch.dict(os.environ, {"LOGNAME": user}):
        address = pipe_address(user_pipe())
    env = {
        **{name: text for name, text in os.environ.items() if not name.startswith(("XDG_", "DISPLAY", "WAYLAND_"))},
        "HOME": str(home),
        "SAL_USE_VCLPLUGIN": "svp",
        "LOGNAME": user,
        "PYTHONPATH": str(ROOT),
    }
    command = [shutil.which("soffice") or "soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    command += ["--norestore", "--nologo", "--nodefault", f"--accept={address};"]
    nothing = subprocess.DEVNULL
    process = subprocess.Popen(command, env=env, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True)
    office = Office(env, home, process, None)
    try:
        office.desktop = wait_until(lambda: _connected(address), 60).desktop
        yield office
    finally:
        if process.poll() is None:
            office.kill()


def _connected(address: str) -> Desk | None:
    try:
        return Desk(address)
    except ConnectionError:
        time.sleep(0.1)
        return None


def cell(document: Any, name: str) -> Any:
    """The UNO cell that a defined name of the workbook means."""
    area = document.NamedRanges.getByName(name).getReferredCells()
    return area.getCellByPosition(0, 0)


def column(document: Any, sheet: str, caption: str) -> list[str]:
    """What stands under a caption of a sheet, from the first filled row to the last."""
    cursor = document.Sheets.getByName(sheet).createCursor()
    cursor.gotoEndOfUsedArea(True)
    rows = cursor.getDataArray()
    head = next(row for row in rows if caption in row)
    at, start = head.index(caption), rows.index(head)
    found = [str(row[at]) for row in rows[start + 1 :]]
    while found and not found[-1]:
        found.pop()
    return found
