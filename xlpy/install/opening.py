"""`xlpy open`: the workbook in its program, with everything a button needs in place."""

from __future__ import annotations

import subprocess
import time
from contextlib import suppress
from pathlib import Path

from xlpy.disk import reason_of
from xlpy.errors import DiskError, HostError, InputError
from xlpy.install.excel import excel_path
from xlpy.install.machine import Machine, System
from xlpy.libreoffice.bridge import Bridge, open_bridge
from xlpy.libreoffice.interpreter import find_launcher
from xlpy.libreoffice.pipes import pipe_address
from xlpy.words.errors import EXCEL, LIBREOFFICE, WHY
from xlpy.workbook.locks import lock_of
from xlpy.workbook.lostbuttons import restore_buttons

_SECONDS = 90
_PAUSE = 0.2


def open_book(machine: Machine, book: Path, *, pipe: str) -> str:
    """Open the book and return the name of its program, once it is loaded: Excel where there is one, else LibreOffice.

    Raises InputError, LockedError where somebody has it open, HostError where there is no program or it stays silent.
    """
    if not book.is_file():
        raise InputError("not_found", path=str(book))
    held = lock_of(book)
    if held is not None:
        raise held
    # A book on a disk that may not be written opens too, with links in place of its buttons.
    with suppress(DiskError):
        restore_buttons(book)
    excel = excel_path(machine)
    if excel is not None:
        _start_excel(machine, excel, book)
        return EXCEL
    launcher = find_launcher()
    if launcher is None:
        raise HostError("no_host")
    _start([str(launcher), f"--accept={pipe_address(pipe)};", "--norestore", str(book.absolute())], machine)
    _wait_for_office(book, pipe)
    return LIBREOFFICE


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


def _wait_for_office(book: Path, pipe: str) -> None:
    """Return when LibreOffice says that it has the book. Raises HostError("not_opened")."""
    until = time.monotonic() + _SECONDS
    bridge: Bridge | None = None
    try:
        while time.monotonic() < until:
            bridge = bridge or _connected(pipe)
            if bridge is not None and _has(bridge, book):
                return
            time.sleep(_PAUSE)
    finally:
        if bridge is not None:
            bridge.close()
    raise HostError("not_opened", path=book.name, seconds=_SECONDS)


def _connected(pipe: str) -> Bridge | None:
    try:
        return open_bridge(pipe_address(pipe))
    except HostError as error:
        if error.code != "host_silent":
            raise
        return None


def _has(bridge: Bridge, book: Path) -> bool:
    paths = (Path(bridge.call("document_path", number)) for number in bridge.call("documents"))
    return any(path.exists() and path.samefile(book) for path in paths)
