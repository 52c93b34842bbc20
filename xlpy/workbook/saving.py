"""A file replaced at once or not at all, with copies of its previous states in one folder beside it.

Killed at any point, the file is the old one or the new one. A copy is made before, under its own name, atomically too.
"""

from __future__ import annotations

import errno
import os
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from xlpy.errors import SaveError
from xlpy.words.errors import COPIES_FOLDER, NEW_SUFFIX, WHY

_TRIES = 10
_PAUSE_SECONDS = 0.05
_TEMPORARY = ".xlpy-new"
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def _refused(path: Path, error: OSError) -> SaveError:
    why = "permission" if error.errno in _DENIED else "space" if error.errno in _FULL else "other"
    return SaveError("cannot_save", path=path.name, why=WHY[why])


def make_folder(folder: Path) -> None:
    """Make a folder and those above it where they are missing. Raises SaveError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _refused(folder, error) from error


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


def _write_through(path: Path, data: bytes, mode: int | None) -> None:
    """Write a new file and wait until the disk has it; `mode` are its rights, None for the usual ones."""
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode or 0o666)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if mode is not None:
        path.chmod(mode)


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


def write_atomically(path: Path, data: bytes, *, rights_of: Path | None = None) -> None:
    """Put `data` into `path` at once. Raises SaveError and leaves what was there.

    The file keeps its rights; a new one takes those of `rights_of`, or the usual ones.
    """
    target = path.resolve()
    new = target.with_name(f".{target.name}.{os.getpid()}{_TEMPORARY}")
    model = target if target.exists() else rights_of
    try:
        _write_through(new, data, model.stat().st_mode & 0o777 if model is not None else None)
        _replace(new, target)
    except PermissionError as error:
        if os.name == "nt" and new.exists():
            beside = _beside(target)
            new.replace(beside)
            raise SaveError("kept_beside", path=target.name, beside=beside.name) from error
        _forget(new)
        raise _refused(target, error) from error
    except OSError as error:
        _forget(new)
        raise _refused(target, error) from error


def _forget(new: Path) -> None:
    with suppress(OSError):
        new.unlink(missing_ok=True)


def _beside(target: Path) -> Path:
    """A free name for the new state of a file that cannot be replaced."""
    beside, number = target.with_name(f"{target.stem}.{NEW_SUFFIX}{target.suffix}"), 2
    while beside.exists():
        beside = target.with_name(f"{target.stem}.{NEW_SUFFIX} {number}{target.suffix}")
        number += 1
    return beside


def copies_of(path: Path) -> list[Path]:
    """The copies kept of a file, oldest first."""
    target = path.resolve()
    pattern = f"{_escaped(target.stem)} ????-??-?? ??-??-??*{_escaped(target.suffix)}"
    found = (target.parent / COPIES_FOLDER).glob(pattern)
    return sorted(found, key=lambda one: (one.stat().st_mtime_ns, one.name))


def keep_copy(path: Path, moment: datetime) -> Path | None:
    """Copy the file as it stands into the folder of copies. Raises SaveError.

    None where no file is, or where the last copy is already this state. Two copies in one second get a number.
    """
    target = path.resolve()
    if not target.exists():
        return None
    folder = target.parent / COPIES_FOLDER
    try:
        data = target.read_bytes()
        folder.mkdir(exist_ok=True)
        kept = copies_of(target)
        if kept and kept[-1].stat().st_size == len(data) and kept[-1].read_bytes() == data:
            return None
    except OSError as error:
        raise _refused(target, error) from error
    copy, number = folder / f"{target.stem} {moment:%Y-%m-%d %H-%M-%S}{target.suffix}", 2
    while copy.exists():
        copy = folder / f"{target.stem} {moment:%Y-%m-%d %H-%M-%S} ({number}){target.suffix}"
        number += 1
    write_atomically(copy, data, rights_of=target)
    return copy


def drop_old_copies(path: Path, keep: int) -> None:
    """Remove the oldest copies past `keep`; one that cannot be removed stays."""
    kept = copies_of(path)
    for old in kept[: max(0, len(kept) - max(keep, 1))]:
        _forget(old)


def _escaped(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


def clear_leftovers(path: Path) -> None:
    """Remove the temporary files of runs of ours that were killed; those of running processes stay."""
    target = path.resolve()
    patterns = (
        (target.parent, f".{_escaped(target.name)}.*{_TEMPORARY}"),
        (target.parent / COPIES_FOLDER, f".{_escaped(target.stem)} *{_TEMPORARY}"),
    )
    for folder, pattern in patterns:
        for leftover in folder.glob(pattern):
            owner = leftover.name.removesuffix(_TEMPORARY).rsplit(".", 1)[-1]
            if owner.isdigit() and int(owner) != os.getpid() and not _is_running(int(owner)):
                _forget(leftover)


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
