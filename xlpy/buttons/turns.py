"""One button at a time in one workbook, whoever pressed it. The turn of a process that died is free."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from xlpy.errors import LockedError
from xlpy.words import panel


def _turn_file(book: Path) -> Path:
    from platformdirs import user_cache_path

    folder = user_cache_path("xlpy", appauthor=False, ensure_exists=True) / "turns"
    folder.mkdir(exist_ok=True)
    name = os.path.normcase(book.resolve()).encode("utf-8", "surrogatepass")
    return folder / f"{sha256(name).hexdigest()[:32]}.lock"


def _running(told: Path) -> str:
    """Caption of the button that has the turn; it may not have told it yet."""
    try:
        action = told.read_text("utf-8")
    except OSError:
        action = ""
    return panel.BUTTONS[action][0] if action in panel.BUTTONS else panel.BUTTON_SOME


@contextmanager
def my_turn(book: Path, action: str) -> Iterator[None]:
    """Have the workbook's turn while the block runs. Raises LockedError("button_busy") while another has it.

    The system frees a lock whose process is gone. Who has it stands in a file beside: a locked one cannot be read on
    Windows.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(_turn_file(book), timeout=0)
    told = Path(lock.lock_file).with_suffix(".action")
    try:
        lock.acquire()
    except Timeout:
        raise LockedError("button_busy", caption=_running(told)) from None
    try:
        told.write_text(action, "utf-8")
        yield
    finally:
        with suppress(OSError):
            told.unlink()
        lock.release()
