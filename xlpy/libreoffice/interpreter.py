"""LibreOffice on this machine: its launcher, its folder, its own Python, and whether ours can load `uno`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

# How our helpers are started: Ctrl+C in a terminal is for us alone to answer, and no black window appears (Windows:
# CREATE_NEW_PROCESS_GROUP and CREATE_NO_WINDOW).
APART: Any = {"creationflags": 0x08000200} if sys.platform == "win32" else {"start_new_session": True}

_LAUNCHERS = ("soffice", "libreoffice")
_PLACES = (
    "/usr/lib/libreoffice/program",
    "/usr/lib64/libreoffice/program",
    "/opt/libreoffice/program",
    "/Applications/LibreOffice.app/Contents/MacOS",
    r"C:\Program Files\LibreOffice\program",
    r"C:\Program Files (x86)\LibreOffice\program",
)
_OWN_PYTHONS = ("python", "python.exe", "python.bin", "../Resources/python")
_SYSTEM_PYTHON = "/usr/bin/python3"


def find_launcher() -> Path | None:
    """Return the program that starts LibreOffice, None where there is none."""
    for name in _LAUNCHERS:
        found = shutil.which(name)
        if found:
            return Path(found)
    for place in _PLACES:
        for name in ("soffice", "soffice.exe"):
            if (Path(place) / name).exists():
                return Path(place) / name
    return None


def program_folder() -> Path | None:
    """Return the folder of LibreOffice's programs."""
    launcher = find_launcher()
    return launcher.resolve().parent if launcher else None


def own_python() -> Path | None:
    """Return the Python that LibreOffice's `uno` was made for: its own, else the system's."""
    folder = program_folder()
    if folder is not None:
        for name in _OWN_PYTHONS:
            if (folder / name).exists():
                return folder / name
    system = Path(_SYSTEM_PYTHON)
    return system if system.exists() else None


def version_of(python: Path) -> tuple[int, int] | None:
    """Return (major, minor) of a Python, None where it does not start."""
    ask = "import sys; print(*sys.version_info[:2])"
    try:
        done = subprocess.run([python, "-c", ask], capture_output=True, text=True, timeout=30, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    major, minor = done.stdout.split()
    return int(major), int(minor)


def fits_this_python() -> bool:
    """Whether `uno` can be loaded into this very process: it wants LibreOffice's minor version of Python."""
    python = own_python()
    if python is None or os.name == "nt":
        # Windows' uno lies inside LibreOffice's own Python only.
        return python is not None and Path(sys.executable).resolve() == python.resolve()
    if python == Path(_SYSTEM_PYTHON):
        resolved = python.resolve().name.removeprefix("python")
        if resolved.count(".") == 1:
            return resolved == f"{sys.version_info[0]}.{sys.version_info[1]}"
    return version_of(python) == sys.version_info[:2]
