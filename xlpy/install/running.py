"""Whether LibreOffice runs with a profile: it holds the settings then, and at its end writes them over ours."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from urllib.parse import unquote

from xlpy.install.machine import Machine, System, profile_folder

_PROGRAM = "soffice.bin"
_TOLD = "-env:UserInstallation="


def is_running(profile: Path) -> bool:
    """Whether a LibreOffice of this profile runs. A lock left by a crash does not count: no such program is there."""
    return (profile / ".lock").exists() and _program_runs(profile)


def _program_runs(profile: Path) -> bool:
    if os.name == "nt":
        return _PROGRAM in _printed("tasklist", "/FI", f"IMAGENAME eq {_PROGRAM}")
    processes = Path("/proc")
    if not (processes / "self" / "cmdline").exists():
        return bool(_printed("pgrep", "-x", "soffice").strip())
    return any(_profile_of(entry) == profile for entry in processes.iterdir() if entry.name.isdigit())


def _printed(*command: str) -> str:
    try:
        ran = subprocess.run(command, capture_output=True, timeout=20, check=False, encoding="utf-8", errors="replace")
    except (OSError, subprocess.SubprocessError):
        return ""
    return ran.stdout


def _profile_of(entry: Path) -> Path | None:
    """Profile of a running LibreOffice: the one it was told, else that of the user whose environment it has."""
    try:
        words = (entry / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
        if _PROGRAM not in words[0]:
            return None
        pairs = (entry / "environ").read_bytes().decode("utf-8", "replace").split("\0")
    except OSError:
        return None
    told = [word.removeprefix(_TOLD) for word in words if word.startswith(_TOLD)]
    if told:
        return Path(unquote(told[-1].removeprefix("file://")))
    environ = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
    return profile_folder(Machine(System.LINUX, environ, Path()))
