"""`xlpy open`: the workbook in its program, with everything a button needs in place."""

from __future__ import annotations

import subprocess
import time
from contextlib import suppress
from pathlib import Path

from xlpy.disk import reason_of
from xlpy.errors import DiskError, HostError, InputError, WorkbookError
from xlpy.install.excel import excel_path
from xlpy.install.launcher import packages_folder, python_of, write_launcher
from xlpy.install.machine import Machine, System
from xlpy.libreoffice.bridge import Bridge, open_bridge
from xlpy.libreoffice.interpreter import find_launcher
from xlpy.libreoffice.pipes import pipe_address
from xlpy.words.errors import EXCEL, LIBREOFFICE, SOMEONE, WHY
from xlpy.workbook.locks import lock_of
from xlpy.workbook.lostbuttons import restore_buttons

_SECONDS = 90
_PAUSE = 0.2
# How a book is opened, in the words of the verb: not read-only, not hidden, no password, its macros run.
_MAY_WRITE, _SHOWN, _NO_PASSWORD, _RUN_MACROS = False, False, "", True


def open_book(machine: Machine, book: Path, *, pipe: str) -> str:
    """Open the book and return the name of its program, once it is loaded: Excel where there is one, else LibreOffice.

    Raises InputError, LockedError where somebody has it open, HostError where there is no program or it stays silent.
    """
    if not book.is_file():
        raise InputError("not_found", path=str(book))
    held = lock_of(book)
    if held is not None:
        raise held
    # Neither stops the opening: links stand in for lost buttons, and a button without its launcher says so.
    with suppress(DiskError):
        restore_buttons(book)
    _ensure_launcher(machine)
    excel = excel_path(machine)
    if excel is not None:
        _start_excel(machine, excel, book)
        return EXCEL
    launcher = find_launcher()
    if launcher is None:
        raise HostError("no_host")
    _open_in_office(machine, launcher, book.absolute(), pipe)
    return LIBREOFFICE


def _ensure_launcher(machine: Machine) -> None:
    """Write the launcher where there is none that works."""
    python = python_of(machine)
    if python is None or not python.exists():
        with suppress(OSError):
            write_launcher(machine, packages_folder())


def _open_in_office(machine: Machine, launcher: Path, book: Path, pipe: str) -> None:
    """Open by the pipe: so this one book's macros may run this once, whether or not its folder is trusted."""
    start = [str(launcher), f"--accept={pipe_address(pipe)};", "--norestore", "--nologo"]
    _start([*start, "--nodefault"], machine)
    try:
        bridge = _connected(pipe)
    except HostError as error:
        if error.code != "no_uno":
            raise
        # Without `uno` nobody can ask LibreOffice; it opens the book as after a double click.
        _start([*start, str(book)], machine)
        return
    try:
        bridge.call("open_document", str(book), _MAY_WRITE, _SHOWN, _NO_PASSWORD, _RUN_MACROS)
    except PermissionError as error:
        raise HostError("opened_elsewhere", path=book.name, who=SOMEONE) from error
    except ValueError as error:
        raise WorkbookError("damaged", path=book.name) from error
    finally:
        bridge.close()


def _start(command: list[str], machine: Machine) -> None:
    """Start a program that stays when we go."""
    try:
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=dict(machine.environ),
            start_new_session=True,
        )
    except OSError as error:
        raise DiskError("cannot_write", path=command[0], why=WHY[reason_of(error)]) from error


def _start_excel(machine: Machine, excel: Path, book: Path) -> None:
    command = ["open", "-a", str(excel)] if machine.system is System.MACOS else [str(excel)]
    _start([*command, str(book.absolute())], machine)


def _connected(pipe: str) -> Bridge:
    """A connection to LibreOffice as soon as it answers. Raises HostError."""
    until = time.monotonic() + _SECONDS
    while True:
        try:
            return open_bridge(pipe_address(pipe))
        except HostError as error:
            if error.code != "host_silent" or time.monotonic() > until:
                raise
        time.sleep(_PAUSE)
