"""A file replaced at once or not at all, with copies of its previous states in one folder beside it.

Killed at any point, the file is the old one or the new one. A copy is made before, under its own name, atomically too.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from xlpy.disk import TEMPORARY, forget, put_in_place, reason_of, write_beside
from xlpy.errors import SaveError
from xlpy.words.errors import COPIES_FOLDER, NEW_SUFFIX, WHY


def _refused(path: Path, error: OSError) -> SaveError:
    return SaveError("cannot_save", path=path.name, why=WHY[reason_of(error)])


def make_folder(folder: Path) -> None:
    """Make a folder and those above it where they are missing. Raises SaveError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _refused(folder, error) from error


def write_atomically(path: Path, data: bytes, *, rights_of: Path | None = None) -> None:
    """Put `data` into `path` at once. Raises SaveError and leaves what was there.

    The file keeps its rights; a new one takes those of `rights_of`, or the usual ones.
    """
    target = path.resolve()
    model = target if target.exists() else rights_of
    try:
        new = write_beside(target, data, model.stat().st_mode & 0o777 if model is not None else None)
    except OSError as error:
        raise _refused(target, error) from error
    try:
        put_in_place(new, target)
    except OSError as error:
        if isinstance(error, PermissionError) and os.name == "nt":
            beside = _beside(target)
            new.replace(beside)
            raise SaveError("kept_beside", path=target.name, beside=beside.name) from error
        forget(new)
        raise _refused(target, error) from error


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
        forget(old)


def _escaped(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


def clear_leftovers(path: Path) -> None:
    """Remove the temporary files of runs of ours that were killed; those of running processes stay."""
    target = path.resolve()
    patterns = (
        (target.parent, f".{_escaped(target.name)}.*{TEMPORARY}"),
        (target.parent / COPIES_FOLDER, f".{_escaped(target.stem)} *{TEMPORARY}"),
    )
    for folder, pattern in patterns:
        for leftover in folder.glob(pattern):
            owner = leftover.name.removesuffix(TEMPORARY).rsplit(".", 1)[-1]
            if owner.isdigit() and int(owner) != os.getpid() and not _is_running(int(owner)):
                forget(leftover)


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
