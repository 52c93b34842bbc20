"""Files put in place at once or not at all: written beside, flushed, then renamed over. Raises OSError, says nothing.

Workbooks and documents both go this way; each room says in its own words what the disk refused.
"""

from __future__ import annotations

import errno
import os
import time
from contextlib import suppress
from pathlib import Path

TEMPORARY = ".xlpy-new"
_TRIES = 10
_PAUSE_SECONDS = 0.05
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def reason_of(error: OSError) -> str:
    """Why the disk refused: «permission», «space» or «other», the keys of `words.errors.WHY`."""
    return "permission" if error.errno in _DENIED else "space" if error.errno in _FULL else "other"


def write_beside(path: Path, data: bytes, mode: int | None = None) -> Path:
    """Write data into a temporary file beside `path`, wait until the disk has it, return it.

    `mode` are its rights, None for the usual ones. Where that fails, nothing is left.
    """
    new = path.with_name(f".{path.name}.{os.getpid()}{TEMPORARY}")
    try:
        new.unlink(missing_ok=True)
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode or 0o666)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            new.chmod(mode)
    except OSError:
        forget(new)
        raise
    return new


def put_in_place(new: Path, old: Path) -> None:
    """Rename over the old file; Windows refuses while anybody holds it, so try for half a second."""
    for attempt in range(_TRIES):
        try:
            new.replace(old)
            break
        except PermissionError:
            if os.name != "nt" or attempt == _TRIES - 1:
                raise
            time.sleep(_PAUSE_SECONDS)
    _flush_folder(old.parent)


def move_exclusively(source: Path, target: Path) -> None:
    """Give a file another name that nothing has: FileExistsError where something has it, never written over.

    POSIX renames over what is there without asking, so the new name is linked first; disks without links are looked at
    just before. Windows refuses by itself.
    """
    if os.name == "nt":
        source.rename(target)
        return
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        source.rename(target)
        return
    try:
        source.unlink()
    except OSError:
        target.unlink()
        raise


def _flush_folder(folder: Path) -> None:
    """Make a rename last on POSIX; Windows has no such call, and some network disks refuse it."""
    if os.name == "nt":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def forget(new: Path) -> None:
    """Remove a temporary file, if it can be."""
    with suppress(OSError):
        new.unlink(missing_ok=True)
