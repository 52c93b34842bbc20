"""Excel of this computer: where it is, xlwings' add-in in it, and the user's own xlwings.conf.

Never a sheet of settings in the workbook: that would bind every other computer to this one's Python.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from xlpy.install.machine import Machine, System

_ADDIN = "xlwings.xlam"
_LINE = re.compile(r'^"(?P<key>[^"]*)"\s*,')
_SECONDS = 180
_CONF_ENCODING = "mbcs" if os.name == "nt" else "utf-8"

Run = Callable[[Sequence[str]], bool]


def excel_path(machine: Machine) -> Path | None:
    """The program, or None where there is no Excel."""
    if machine.system is System.MACOS:
        app = Path("/Applications/Microsoft Excel.app")
        return app if app.exists() else None
    if machine.system is System.LINUX:
        return None
    roots = [machine.environ.get(name) for name in ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)")]
    places = [Path(root) / "Microsoft Office" for root in roots if root]
    found = (place / sub / "EXCEL.EXE" for place in places for sub in ("root/Office16", "Office16", "Office15"))
    return next((path for path in found if path.exists()), None)


def conf_path(machine: Machine) -> Path:
    """The user's settings of xlwings."""
    if machine.system is System.MACOS:
        return machine.home / "Library" / "Containers" / "com.microsoft.Excel" / "Data" / "xlwings.conf"
    return machine.home / ".xlwings" / "xlwings.conf"


def addin_path(machine: Machine) -> Path:
    """Where xlwings puts its add-in, so that Excel loads it at each start."""
    if machine.system is System.MACOS:
        group = machine.home / "Library" / "Group Containers" / "UBF8T346G9.Office" / "User Content.localized"
        return group / "Startup.localized" / "Excel" / _ADDIN
    roaming = Path(machine.environ.get("APPDATA") or machine.home / "AppData" / "Roaming")
    return roaming / "Microsoft" / "Excel" / "XLSTART" / _ADDIN


def encoded(conf: str) -> bytes:
    """The settings as the add-in's VBA reads them: in Windows' own code page, elsewhere in UTF-8."""
    return conf.encode(_CONF_ENCODING, "replace")


def decoded(conf: bytes) -> str:
    """The settings of a file."""
    return conf.decode(_CONF_ENCODING, "replace")


def wanted_lines(machine: Machine) -> dict[str, str]:
    """What xlwings must know: our Python, and never to look for modules beside the workbook.

    A file schedule.py or docx.py lying beside it would stand in for the package of that name.
    """
    key = "INTERPRETER_MAC" if machine.system is System.MACOS else "INTERPRETER_WIN"
    return {key: f'"{key}","{machine.python}"', "ADD_WORKBOOK_TO_PYTHONPATH": '"ADD_WORKBOOK_TO_PYTHONPATH","False"'}


def lines_of(conf: str, keys: Sequence[str]) -> dict[str, str | None]:
    """The line of each key as it stands, None where there is none."""
    found = {match["key"].upper(): line for line in conf.splitlines() if (match := _LINE.match(line.strip()))}
    return {key: found.get(key) for key in keys}


def with_lines(conf: str, lines: Mapping[str, str | None]) -> str:
    """The settings with each key's line as given; None takes the line away. All others stay as they are."""
    kept = []
    left = dict(lines)
    for line in conf.splitlines(keepends=True):
        match = _LINE.match(line.strip())
        key = match["key"].upper() if match else ""
        if key not in lines:
            kept.append(line)
        elif (text := left.pop(key, None)) is not None:
            kept.append(text + line[len(line.rstrip("\r\n")) :])
    if kept and not kept[-1].endswith("\n") and any(text is not None for text in left.values()):
        kept[-1] += "\n"
    return "".join([*kept, *(f"{text}\n" for text in left.values() if text is not None)])


def run_xlwings(machine: Machine) -> Run:
    """How xlwings' own installer is run: with the Python that is to run the buttons."""

    def run(words: Sequence[str]) -> bool:
        command = [str(machine.python), "-P", "-c", "from xlwings.cli import main; main()", *words]
        try:
            return subprocess.run(command, timeout=_SECONDS, check=False, capture_output=True).returncode == 0
        except (OSError, subprocess.SubprocessError):
            return False

    return run


def install_addin(machine: Machine, run: Run) -> bool:
    """Let xlwings put its add-in into Excel; on macOS also the script by which Excel may start Python."""
    done = run(["addin", "install"])
    return done and (machine.system is not System.MACOS or run(["runpython", "install"]))


def remove_addin(run: Run) -> bool:
    """Let xlwings take its add-in out of Excel."""
    return run(["addin", "remove"])
