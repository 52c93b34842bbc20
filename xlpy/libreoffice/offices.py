"""Offices of our own: started with a private profile and a private pipe, and ended without leaving anything behind."""

from __future__ import annotations

import atexit
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from xlpy.errors import HostError
from xlpy.libreoffice.bridge import Bridge, open_bridge
from xlpy.libreoffice.interpreter import APART, find_launcher
from xlpy.libreoffice.pipes import listener, pipe_address

PREFIX = "xlpy-office-"
_START_SECONDS = 60
_END_SECONDS = 8
_KEEPER = Path(__file__).with_name("keeper.py")
_SETTINGS = (
    ("org.openoffice.Setup/Office", "ooSetupInstCompleted", "true"),
    ("org.openoffice.Office.Common/Misc", "ShowTipOfTheDay", "false"),
)
_LANGUAGE_SETTINGS = (
    ("org.openoffice.Setup/L10N", "ooLocale"),
    ("org.openoffice.Setup/L10N", "ooSetupSystemLocale"),
    ("org.openoffice.Office.Linguistic/General", "UILocale"),
)
_ITEM = '<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}</oor:items>
"""


@dataclass(slots=True)
class Office:
    """A running LibreOffice that we started. `process` keeps it: the office ends when that one's input is closed."""

    process: subprocess.Popen[str]
    pid: int
    profile: Path
    address: str
    has_windows: bool
    bridge: Bridge


_running: list[Office] = []


def start_office(
    *,
    visible: bool,
    launcher: Path | None = None,
    language: str | None = None,
    connect: Callable[[str], Bridge] = open_bridge,
) -> Office:
    """Start a LibreOffice with its own profile and pipe. Raises HostError where there is none or it does not answer.

    `language`: that of its menus, numbers and function names («ru»), else the system's.
    """
    launcher = launcher or find_launcher()
    if launcher is None:
        raise HostError("no_office")
    if visible and not has_display():
        raise HostError("no_display")
    profile = Path(tempfile.mkdtemp(prefix=PREFIX))
    (profile / "user").mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(_settings(language), encoding="utf-8")
    pipe = f"xlpy{secrets.token_hex(8)}"
    address = pipe_address(pipe)
    command = [str(launcher), f"-env:UserInstallation={profile.as_uri()}", f"--accept={address};"]
    command += ["--norestore", "--nologo", "--nodefault", "--nofirststartwizard", *(() if visible else ("--headless",))]
    process = _kept(profile, command)
    try:
        bridge = _wait_for(process, address, connect)
        launched = int(process.stdout.readline()) if process.stdout else 0
        office = Office(process, listener(pipe) or launched, profile, address, visible, bridge)
    except BaseException:
        _end(process)
        raise
    if not _running:
        atexit.register(end_all)
    _running.append(office)
    return office


def has_display() -> bool:
    """Whether windows can be shown in this session."""
    return sys.platform in {"win32", "darwin"} or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def _settings(language: str | None) -> str:
    wanted = [*_SETTINGS, *((path, name, language) for path, name in _LANGUAGE_SETTINGS if language)]
    return _PROFILE.format(
        items="".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in wanted)
    )


def _kept(profile: Path, command: list[str]) -> subprocess.Popen[str]:
    """Start the keeper; -I and -S: it needs nothing that is installed."""
    return subprocess.Popen(
        [sys.executable, "-I", "-S", _KEEPER, profile, *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        **APART,
    )


def _wait_for(process: subprocess.Popen[str], address: str, connect: Callable[[str], Bridge]) -> Bridge:
    until = time.monotonic() + _START_SECONDS
    while True:
        try:
            return connect(address)
        except HostError as error:
            if error.code != "host_silent" or process.poll() is not None or time.monotonic() > until:
                raise
        time.sleep(0.05)


def is_running(office: Office) -> bool:
    """Whether it has neither ended nor crashed."""
    return office.process.poll() is None


def end_office(office: Office) -> None:
    """End an office politely, then firmly; its profile goes with it."""
    with suppress(HostError, RuntimeError, subprocess.TimeoutExpired):
        if office.bridge.call("terminate"):
            office.process.wait(_END_SECONDS)
    kill_office(office)


def kill_office(office: Office) -> None:
    """End an office at once."""
    office.bridge.close()
    _end(office.process)
    if office in _running:
        _running.remove(office)


def _end(process: subprocess.Popen[str]) -> None:
    # The keeper ends the office and removes its profile as soon as its input ends.
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with suppress(OSError):
                stream.close()
    process.wait()


def end_all() -> None:
    """End every office of ours: at exit, and so after Ctrl+C."""
    while _running:
        end_office(_running[0])
