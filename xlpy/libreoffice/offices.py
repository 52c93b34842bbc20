"""Offices of our own: started with a private profile and a private pipe, and ended without leaving anything behind."""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from xlpy.errors import HostError
from xlpy.libreoffice.bridge import Bridge, open_bridge
from xlpy.libreoffice.interpreter import find_launcher
from xlpy.libreoffice.pipes import pipe_address

_START_SECONDS = 60
_END_SECONDS = 8
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="ShowTipOfTheDay" oor:op="fuse"><value>false</value></prop></item>
</oor:items>
"""


@dataclass(slots=True)
class Office:
    """A running LibreOffice that we started."""

    process: subprocess.Popen[bytes]
    profile: Path
    bridge: Bridge


_running: list[Office] = []


def start_office(*, visible: bool) -> Office:
    """Start a LibreOffice with its own profile and pipe. Raises HostError where there is none or it does not answer."""
    launcher = find_launcher()
    if launcher is None:
        raise HostError("no_office")
    profile = Path(tempfile.mkdtemp(prefix="xlpy-office-"))
    (profile / "user").mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    pipe = f"xlpy{secrets.token_hex(8)}"
    command = [str(launcher), f"-env:UserInstallation={profile.as_uri()}", f"--accept={pipe_address(pipe)};"]
    command += ["--norestore", "--nologo", "--nodefault", *(() if visible else ("--headless",))]
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        office = Office(process, profile, _wait_for(process, pipe_address(pipe)))
    except BaseException:
        _end(process, profile)
        raise
    if not _running:
        atexit.register(end_all)
    _running.append(office)
    return office


def _wait_for(process: subprocess.Popen[bytes], address: str) -> Bridge:
    until = time.monotonic() + _START_SECONDS
    while True:
        try:
            return open_bridge(address)
        except HostError as error:
            if error.code != "host_silent" or process.poll() is not None or time.monotonic() > until:
                raise
        time.sleep(0.05)


def end_office(office: Office) -> None:
    """End an office politely, then firmly; its profile goes with it."""
    try:
        office.bridge.call("terminate")
        office.process.wait(_END_SECONDS)
    except (HostError, RuntimeError, subprocess.TimeoutExpired):
        pass
    kill_office(office)


def kill_office(office: Office) -> None:
    """End an office at once."""
    office.bridge.close()
    _end(office.process, office.profile)
    if office in _running:
        _running.remove(office)


def _end(process: subprocess.Popen[bytes], profile: Path) -> None:
    # The launcher is a script whose child is the office: the whole group goes.
    if os.name == "posix":
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    else:
        subprocess.run(["taskkill", "/PID", str(process.pid), "/T", "/F"], capture_output=True, check=False)
    process.wait()
    shutil.rmtree(profile, ignore_errors=True)


def end_all() -> None:
    """End every office of ours: at exit, and so after Ctrl+C."""
    for office in list(_running):
        end_office(office)
