"""A real LibreOffice window on a virtual screen, for tests that click: private home, private profile, private pipe.

    with desktop(tmp_path / "home", book.parent) as screen:
        screen.open(book)
        screen.click("Проверить ввод")
        wait_until(lambda: …)
        screen.picture(tmp_path / "after.png")

The profile is prepared by `xlpy.install`, so what is tested is what a user gets. Whatever was started ends with the
block, also where the test fails: the window, the screen, and what the macros have started.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

from xlpy.install.installing import install
from xlpy.install.machine import Machine, System, profile_folder
from xlpy.install.registry import EMPTY, Key, one_value, put
from xlpy.libreoffice.interpreter import own_python
from xlpy.libreoffice.pipes import pipe_address, user_pipe

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = ("soffice", "Xvfb", "xdotool", "import")
MISSING = [name for name in PROGRAMS if not shutil.which(name)]
NOT_LINUX = sys.platform != "linux"

# Every process started from the desktop inherits it, so that all of them are found at the end.
_MARK = "XLPY_TEST_DESKTOP"
_SCREEN = "1600x1000x24"
_SECONDS = 90

T = TypeVar("T")


def wait_until(happens: Callable[[], T], seconds: float = _SECONDS, what: str = "") -> T:
    """Return what `happens` gives as soon as it is true. Raises TimeoutError."""
    until = time.monotonic() + seconds
    while True:
        found = happens()
        if found:
            return found
        if time.monotonic() > until:
            raise TimeoutError(what or "it did not happen")
        time.sleep(0.1)


def quiet_profile(**more: tuple[str, str]) -> bytes:
    """Settings of a LibreOffice that greets nobody; `more`: name=(group, value)."""
    quiet = {
        "ShowTipOfTheDay": ("/org.openoffice.Office.Common/Misc", "false"),
        "FirstRun": ("/org.openoffice.Office.Common/Misc", "false"),
        "ooSetupInstCompleted": ("/org.openoffice.Setup/Office", "true"),
        "LastCompatibilityCheckID": ("/org.openoffice.Setup/Office", ""),
    }
    source = EMPTY
    for name, (group, value) in {**quiet, **more}.items():
        source = put(source, Key(group, name), one_value(name, value))
    return source


@dataclass(slots=True)
class Desktop:
    """One virtual screen with one user's LibreOffice."""

    home: Path
    env: Mapping[str, str]
    pipe: str
    machine: Machine
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def profile(self) -> Path:
        """LibreOffice's own folder of this user."""
        return profile_folder(self.machine)

    def start(self, *command: object) -> subprocess.Popen[bytes]:
        """Start a program of this user."""
        process = subprocess.Popen(
            [str(word) for word in command],
            env=dict(self.env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.processes.append(process)
        return process

    def open(self, book: Path) -> None:
        """Open a workbook as a double click does; return when its window is there."""
        office = self.start("soffice", "--norestore", "--nologo", book)
        wait_until(lambda: self._shows(office, book), what=f"{book.name} did not open: {self.messages()}")

    def _shows(self, office: subprocess.Popen[bytes], book: Path) -> bool:
        if office.poll() not in {None, 0}:
            raise RuntimeError(f"soffice ended with {office.returncode}")
        names = self.ask("opened")
        return names is not None and len(names) > 0 and bool(self._windows(book.name))

    def _windows(self, title: str) -> list[str]:
        return self._do("xdotool", "search", "--onlyvisible", "--name", title).split()

    def _do(self, *command: str) -> str:
        ran = subprocess.run(command, env=dict(self.env), capture_output=True, timeout=60, check=False, text=True)
        return ran.stdout

    def ask(self, question: str, *arguments: str) -> Any:
        """Ask the window (questions of `tests/desktop_uno.py`); None while it does not answer."""
        command = [
            str(own_python()),
            str(ROOT / "tests" / "desktop_uno.py"),
            pipe_address(self.pipe),
            question,
            *arguments,
        ]
        env = {name: text for name, text in self.env.items() if name != "PYTHONPATH"}
        ran = subprocess.run(command, env=env, capture_output=True, timeout=120, check=False, encoding="utf-8")
        return json.loads(ran.stdout) if ran.returncode == 0 else None

    def click(self, caption: str) -> None:
        """Click at the button of that caption, of the sheet or of a message box."""
        x, y = wait_until(lambda: self.places().get(caption), 30, f"no button «{caption}»")
        self.click_at(x, y)

    def places(self) -> dict[str, tuple[int, int]]:
        """Every button that is seen, by its caption: the point to click at."""
        return {caption: (x, y) for caption, (x, y) in (self.ask("places") or {}).items()}

    def click_at(self, x: int, y: int, *, held: str = "") -> None:
        """Click at a point of the screen, with a key held down where one is named."""
        press = ("keydown", held, "click", "1", "keyup", held) if held else ("click", "1")
        self._do("xdotool", "mousemove", str(x), str(y), "sleep", "0.2", *press)

    def press(self, *keys: str) -> None:
        """Press keys one after another, as xdotool names them: ctrl+shift+c, Return."""
        self._do("xdotool", "key", "--delay", "60", *keys)

    def messages(self) -> list[str]:
        """What open message boxes say."""
        return self.ask("messages") or []

    def picture(self, path: Path) -> Path:
        """Photograph the whole screen."""
        self._do("import", "-window", "root", str(path))
        return path

    def close(self) -> None:
        """End LibreOffice as a person does, without saving."""
        self.ask("terminate")
        wait_until(lambda: not (self.profile / ".lock").exists(), 30, "LibreOffice did not end")


@contextmanager
def desktop(
    home: Path, folder: Path, *, python: Path | None = None, settings: bytes | None = None
) -> Iterator[Desktop]:
    """A screen of a user with this home, set up by `xlpy install` for workbooks in `folder`.

    `python`: what the launcher starts instead of this Python. `settings`: LibreOffice's settings before the set-up.
    """
    home.mkdir(parents=True, exist_ok=True)
    token = secrets.token_hex(6)
    env = {
        **{name: text for name, text in os.environ.items() if not name.startswith(("XDG_", "LC_", "XAUTHORITY"))},
        "HOME": str(home),
        "LOGNAME": f"test-{token}",
        "USER": f"test-{token}",
        "LANG": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "gen",
        "PYTHONPATH": str(ROOT),
        _MARK: token,
    }
    machine = Machine(System.LINUX, env, python or Path(sys.executable))
    user = profile_folder(machine) / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_bytes(settings or quiet_profile())
    with patch.dict(os.environ, {"LOGNAME": env["LOGNAME"]}):
        pipe = user_pipe()
    install(machine, folder, pipe=pipe)
    with _screen(env) as display:
        screen = Desktop(home, {**env, "DISPLAY": display}, pipe, machine)
        try:
            yield screen
        finally:
            _end_all(token, screen.processes)


@contextmanager
def screen_for(env: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    """The environment with a virtual screen; whatever was started in it ends with the block."""
    token = secrets.token_hex(6)
    with _screen(env) as display:
        try:
            yield {**env, "DISPLAY": display, _MARK: token}
        finally:
            _end_all(token, [])


@contextmanager
def _screen(env: Mapping[str, str]) -> Iterator[str]:
    """A virtual screen; it chooses a free number itself and tells it. RuntimeError for a program that is not there."""
    if MISSING:
        raise RuntimeError(f"missing: {', '.join(MISSING)}")
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", _SCREEN, "-nolisten", "tcp"]
    server = subprocess.Popen(
        command,
        pass_fds=[writing],
        env={name: text for name, text in env.items() if name != _MARK},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(20)


def _marked(token: str) -> list[int]:
    """Processes that were started, directly or not, from the desktop with this token."""
    wanted, found = f"{_MARK}={token}".encode(), []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            with suppress(OSError):
                if wanted in (entry / "environ").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
    return found


def _end_all(token: str, started: list[subprocess.Popen[bytes]]) -> None:
    for _ in range(20):
        running = _marked(token)
        for process in running:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        for process in started:
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.2)
        if not running:
            break
        time.sleep(0.1)
