"""The computer as set-up sees it: its system, its user's folders, its Python. Everything else takes it by argument.

The macros find the launcher by environment variables alone, so the folders here follow the same variables.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path


class System(Enum):
    """What the folders of a user depend on."""

    LINUX = "linux"
    MACOS = "macos"
    WINDOWS = "windows"


@dataclass(frozen=True, slots=True)
class Machine:
    """System, environment of the user, and the Python that is to run the buttons."""

    system: System
    environ: Mapping[str, str]
    python: Path

    @property
    def home(self) -> Path:
        """Home folder of the user."""
        name = "USERPROFILE" if self.system is System.WINDOWS else "HOME"
        return Path(self.environ.get(name) or Path.home())


def this_machine() -> Machine:
    """The computer this runs on."""
    system = {"win32": System.WINDOWS, "darwin": System.MACOS}.get(sys.platform, System.LINUX)
    return Machine(system, dict(os.environ), Path(sys.executable))


def data_folder(machine: Machine) -> Path:
    """Folder of xlpy in the user's data folder: launcher, its log, what was there before."""
    if machine.system is System.WINDOWS:
        return Path(machine.environ.get("LOCALAPPDATA") or machine.home / "AppData" / "Local") / "xlpy"
    if machine.system is System.MACOS:
        return machine.home / "Library" / "Application Support" / "xlpy"
    return Path(machine.environ.get("XDG_DATA_HOME") or machine.home / ".local" / "share") / "xlpy"


def profile_folder(machine: Machine) -> Path:
    """LibreOffice's own folder of this user; its settings lie in `user` there."""
    if machine.system is System.WINDOWS:
        roaming = Path(machine.environ.get("APPDATA") or machine.home / "AppData" / "Roaming")
        return roaming / "LibreOffice" / "4"
    if machine.system is System.MACOS:
        return machine.home / "Library" / "Application Support" / "LibreOffice" / "4"
    config = Path(machine.environ.get("XDG_CONFIG_HOME") or machine.home / ".config")
    return config / "libreoffice" / "4"


def boxed_profiles(machine: Machine) -> tuple[Path, ...]:
    """Profiles of LibreOffice from flatpak and snap. Those run in a box, where the launcher cannot start Python."""
    if machine.system is not System.LINUX:
        return ()
    boxes = (
        machine.home / ".var/app/org.libreoffice.LibreOffice/config/libreoffice/4",
        machine.home / "snap/libreoffice/current/.config/libreoffice/4",
    )
    return tuple(box for box in boxes if box.is_dir())
