"""A file replaced at once or not at all, with copies of its previous states in one folder beside it.

Killed at any point, the file is the old one or the new one. A copy is made before, under its own name, atomically too.
"""

from __future__ import annotations

import errno
import os
import shutil
import time
from datetime import datetime
from pathlib import Path

from xlpy.errors import SaveError
from xlpy.words.errors import COPIES_FOLDER, NEW_SUFFIX, WHY

_TRIES = 10
_PAUSE_SECONDS = 0.05
_TEMPORARY = ".xlpy-new"


def _reason(error: OSError) -> str:
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return WHY["permission"]
    return WHY["space"] if error.errno in {errno.ENOSPC, errno.EDQUOT} else WHY["other"]


def _flush_folder(folder: Path) -> None:
    """Make a rename last on POSIX; Windows has no such call."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_through(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _replace(new: Path, old: Path) -> None:
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


def write_atomically(path: Path, data: bytes) -> None:
    """Put `data` into `path` at once. Raises SaveError and leaves what was there."""
    target = path.resolve()
    new = target.with_name(f".{target.name}.{os.getpid()}{_TEMPORARY}")
    try:
        _write_through(new, data)
        if target.exists():
            shutil.copymode(target, new)
        _replace(new, target)
    except PermissionError as error:
        if new.exists() and os.name == "nt":
            beside = target.with_name(f"{target.stem}.{NEW_SUFFIX}{target.suffix}")
            new.replace(beside)
            raise SaveError("kept_beside", path=target.name, beside=beside.name) from error
        new.unlink(missing_ok=True)
        raise SaveError("cannot_save", path=target.name, why=_reason(error)) from error
    except OSError as error:
        new.unlink(missing_ok=True)
        raise SaveError("cannot_save", path=target.name, why=_reason(error)) from error


def keep_copy(path: Path, moment: datetime, keep: int) -> Path | None:
    """Copy the file as it stands into the folder of copies, and drop the oldest past `keep`. None where no file is.

    Two copies in one second get a number. Raises SaveError.
    """
    target = path.resolve()
    if not target.exists():
        return None
    folder = target.parent / COPIES_FOLDER
    try:
        folder.mkdir(exist_ok=True)
        copy = folder / f"{target.stem} {moment:%Y-%m-%d %H-%M-%S}{target.suffix}"
        number = 2
        while copy.exists():
            copy = folder / f"{target.stem} {moment:%Y-%m-%d %H-%M-%S} ({number}){target.suffix}"
            number += 1
    except OSError as error:
        raise SaveError("cannot_save", path=target.name, why=_reason(error)) from error
    write_atomically(copy, target.read_bytes())
    copies = sorted(folder.glob(f"{_escaped(target.stem)} ????-??-?? ??-??-??*{target.suffix}"))
    copies.sort(key=lambda one: (one.stat().st_mtime_ns, one.name))
    for old in copies[: max(0, len(copies) - max(keep, 1))]:
        old.unlink(missing_ok=True)
    return copy


def _escaped(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


def clear_leftovers(path: Path) -> None:
    """Remove the temporary files of runs of ours that were killed; those of running processes stay."""
    for leftover in path.resolve().parent.glob(f".{_escaped(path.name)}.*{_TEMPORARY}"):
        owner = leftover.name.removesuffix(_TEMPORARY).rsplit(".", 1)[-1]
        if owner.isdigit() and int(owner) != os.getpid() and not _is_running(int(owner)):
            leftover.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    if os.name == "nt":
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
