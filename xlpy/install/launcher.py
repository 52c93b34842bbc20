"""The launcher: the one program the workbook's macros know. It runs `python -m xlpy` with what they hand over.

Its own folder is the only place where a broken Python can still be told about: everything goes to a log there, and
where the system has a message window, it says so too.
"""

from __future__ import annotations

import shlex
from pathlib import Path

import xlpy
from xlpy.disk import put_in_place, write_beside
from xlpy.install.machine import Machine, System, data_folder
from xlpy.words.install import LAUNCHER_BROKEN

_LOG = "xlpy-press.log"
_RUNNABLE = 0o755

# A path with a quotation mark comes as an address (see VprQuotable). `-P`: a file schedule.py or docx.py beside the
# workbook must not stand in for a package. PYTHONHOME: LibreOffice of libreoffice.org sets it for its own Python.
_POSIX = """\
#!/bin/sh
# Runs the buttons of the workbook. Written by: xlpy install. Taken away by: xlpy uninstall.
python={python}
log={log}
unset PYTHONHOME
PYTHONPATH={packages}
export PYTHONPATH
case "${{3-}}" in
file://*)
    book=$(printf '%s.' "${{3#file://}}" | sed 's/%22/"/g; s/%25/%/g')
    set -- "$1" "$2" "${{book%.}}"
    ;;
esac
"$python" -P -m xlpy "$@" >"$log" 2>&1 && exit 0
code=$?
"$python" -P -c 'import xlpy' >>"$log" 2>&1 && exit "$code"
echo {broken} >>"$log"
for window in 'zenity --error --no-markup --text' 'kdialog --error' 'xmessage'; do
    command -v "${{window%% *}}" >/dev/null 2>&1 || continue
    $window {broken} && break
done
exit "$code"
"""

_WINDOWS = """\
@echo off
rem Runs the buttons of the workbook. Written by: xlpy install. Taken away by: xlpy uninstall.
chcp 65001 >nul
setlocal
set PYTHONHOME=
set "PYTHONPATH={packages}"
set PYTHONUTF8=1
set "log=%~dp0{log}"
"{python}" -P -m xlpy %* >"%log%" 2>&1 && exit /b 0
set code=%errorlevel%
"{python}" -P -c "import xlpy" >>"%log%" 2>&1 && exit /b %code%
>>"%log%" echo {broken}
exit /b %code%
"""


def launcher_path(machine: Machine) -> Path:
    """Where the launcher lies; the macros look there and nowhere else."""
    name = "xlpy-press.cmd" if machine.system is System.WINDOWS else "xlpy-press"
    return data_folder(machine) / name


def log_path(machine: Machine) -> Path:
    """What the last press printed."""
    return data_folder(machine) / _LOG


def packages_folder() -> Path:
    """Folder from which this xlpy was imported: site-packages, or a checkout."""
    return Path(xlpy.__file__).resolve().parents[1]


def launcher_text(machine: Machine, packages: Path) -> bytes:
    """The launcher for this system, with the full path of its Python."""
    if machine.system is System.WINDOWS:
        doubled = [str(path).replace("%", "%%") for path in (machine.python, packages)]
        text = _WINDOWS.format(python=doubled[0], packages=doubled[1], log=_LOG, broken=LAUNCHER_BROKEN)
        return text.replace("\n", "\r\n").encode()
    broken = shlex.quote(LAUNCHER_BROKEN)
    python, packages_, log = (shlex.quote(str(path)) for path in (machine.python, packages, log_path(machine)))
    return _POSIX.format(python=python, packages=packages_, log=log, broken=broken).encode()


def write_launcher(machine: Machine, packages: Path) -> bool:
    """Put the launcher in its place; True where something changed. Raises OSError."""
    path, text = launcher_path(machine), launcher_text(machine, packages)
    if path.exists() and path.read_bytes() == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    put_in_place(write_beside(path, text, _RUNNABLE), path)
    return True


def python_of(machine: Machine) -> Path | None:
    """The Python that the launcher runs, or None where there is no launcher of ours."""
    try:
        lines = launcher_path(machine).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    for line in lines:
        if machine.system is System.WINDOWS and line.startswith('"'):
            return Path(line[1:].partition('"')[0].replace("%%", "%"))
        if line.startswith("python="):
            return Path("".join(shlex.split(line.removeprefix("python="))))
    return None
