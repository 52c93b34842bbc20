"""LibreOffice's links of the chain: its version, its Python, the user's settings, the pipe."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from xlpy.errors import HostError
from xlpy.install import profile
from xlpy.install.checking import Check
from xlpy.install.installing import addresses_of
from xlpy.install.machine import Machine, profile_folder
from xlpy.install.running import is_running
from xlpy.libreoffice.bridge import open_bridge
from xlpy.libreoffice.interpreter import fits_this_python, own_python, version_of
from xlpy.libreoffice.pipes import pipe_address, user_pipe

OLDEST = (7, 0)
_SECONDS = 60


def check_office(machine: Machine, launcher: Path, book: Path | None) -> Iterator[Check]:
    """LibreOffice itself, then what its settings let the buttons do."""
    version = office_version(launcher)
    told = ".".join(map(str, version)) or "?"
    yield Check("office", version[:2] >= OLDEST, {"version": told, "path": str(launcher)})
    yield from _python()
    yield from _settings(machine, book)


def office_version(launcher: Path) -> tuple[int, ...]:
    """Version as the program tells it, empty where it does not."""
    console = launcher.with_suffix(".com")
    program = console if os.name == "nt" and console.exists() else launcher
    try:
        ran = subprocess.run([program, "--version"], capture_output=True, timeout=_SECONDS, check=False, text=True)
    except (OSError, subprocess.SubprocessError):
        return ()
    found = re.search(r"\d+(?:\.\d+)+", ran.stdout)
    return tuple(int(part) for part in found[0].split(".")) if found else ()


def _python() -> Iterator[Check]:
    python = own_python()
    version = version_of(python) if python is not None else None
    has_uno = python is not None and _imports_uno(python)
    params = {"python": str(python or "—"), "version": ".".join(map(str, version or ())) or "?"}
    yield Check("uno", has_uno, params)
    if has_uno:
        yield Check("uno_inside" if fits_this_python() else "uno_child", True, params)


def _imports_uno(python: Path) -> bool:
    # Not our packages and not our Python's home: they belong to another Python.
    env = {name: text for name, text in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}
    try:
        ran = subprocess.run([python, "-c", "import uno"], capture_output=True, timeout=_SECONDS, check=False, env=env)
    except (OSError, subprocess.SubprocessError):
        return False
    return ran.returncode == 0


def _settings(machine: Machine, book: Path | None) -> Iterator[Check]:
    path = profile_folder(machine) / "user" / "registrymodifications.xcu"
    try:
        source = path.read_bytes()
        trusted = profile.trusted_in(source)
        level, pipe = profile.value_in(source, profile.LEVEL), profile.value_in(source, profile.PIPE)
        forbidden = profile.value_in(source, profile.FORBIDDEN) == "true"
    except OSError:
        yield Check("profile", False, {"path": str(path)})
        return
    except ValueError:
        yield Check("profile_broken", False, {"path": str(path)})
        return
    yield Check("profile", True, {"path": str(path)})
    if book is not None:
        yield Check("trusted", is_trusted(trusted, book), {"folder": str(book.absolute().parent)})
    low = level is not None and level.isdigit() and int(level) < profile.HIGH
    yield Check("level", not low, {})
    if forbidden:
        yield Check("macros", False, {})
    configured = pipe == profile.pipe_setting(user_pipe())
    yield Check("pipe", configured, {})
    if configured:
        yield from _pipe_answers(machine)


def is_trusted(trusted: tuple[str, ...], book: Path) -> bool:
    """Whether LibreOffice runs the macros of the book: its folder, or one above it, is a trusted one."""
    addresses = addresses_of(book.absolute().parent)
    return any(address.startswith(one.rstrip("/") + "/") for address in addresses[:1] for one in trusted)


def _pipe_answers(machine: Machine) -> Iterator[Check]:
    if not is_running(profile_folder(machine)):
        yield Check("pipe_asleep", True, {})
        return
    try:
        open_bridge(pipe_address(user_pipe())).close()
    except HostError:
        yield Check("pipe_answers", False, {})
    else:
        yield Check("pipe_answers", True, {})
