"""Documents on the disk: named safely, refused while somebody has them open, replaced at once or not at all."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from xlpy.disk import forget, put_in_place, reason_of, write_beside
from xlpy.errors import LockedError, SaveError
from xlpy.words.errors import WHY

# What Windows forbids in a name, and what a person cannot see there.
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u00a0\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+')
# ext4 counts 255 bytes and Cyrillic takes two each; the temporary file's name must fit too.
_LONGEST_NAME_BYTES = 200
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def safe_name(text: str) -> str:
    """Return text as a file name that Windows, macOS and Linux all take; «-» where nothing is left of it."""
    name = re.sub(r"\s+", " ", _UNSAFE.sub(" ", text)).strip(" .")
    name = name.encode("utf-8", "ignore")[:_LONGEST_NAME_BYTES].decode("utf-8", "ignore").rstrip(" .")
    return f"_{name}" if _RESERVED.match(name) else name or "-"


def distinct_names(names: Iterable[str]) -> list[str]:
    """Return safe names, none equal to another whatever the case of letters: the second «5А» becomes «5А (2)»."""
    taken: set[str] = set()
    distinct: list[str] = []
    for wanted in map(safe_name, names):
        name, number = wanted, 2
        while name.casefold() in taken:
            name, number = f"{wanted} ({number})", number + 1
        taken.add(name.casefold())
        distinct.append(name)
    return distinct


def _lock_files(path: Path) -> tuple[Path, Path]:
    """Files that LibreOffice and Word lay beside an open document; Word drops letters from the front of its name."""
    name = path.name
    dropped = 0 if len(path.stem) <= 6 else 1 if len(path.stem) == 7 else 2
    return path.with_name(f".~lock.{name}#"), path.with_name(f"~${name[dropped:]}")


def refuse_open(paths: Iterable[Path]) -> None:
    """Raise LockedError for the first document that somebody has open, before any is written."""
    for path in paths:
        lock = next((lock for lock in _lock_files(path) if lock.exists()), None)
        if lock is not None:
            raise LockedError("document_open", path=path.name, lock=lock.name)


def make_folder(folder: Path) -> None:
    """Make a folder for documents unless it is there. Raises SaveError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SaveError("cannot_write", path=str(folder), why=WHY[reason_of(error)]) from error


def write_document(path: Path, data: bytes) -> None:
    """Put `data` into `path` at once: whoever looks finds the old document or the new one, never half of it.

    Raises LockedError `document_locked` where another program holds the file, SaveError `cannot_write` otherwise.
    """
    try:
        new = write_beside(path, data)
    except OSError as error:
        raise SaveError("cannot_write", path=path.name, why=WHY[reason_of(error)]) from error
    try:
        put_in_place(new, path)
    except OSError as error:
        forget(new)
        if isinstance(error, PermissionError) and os.name == "nt" and path.exists():
            raise LockedError("document_locked", path=path.name) from error
        raise SaveError("cannot_write", path=path.name, why=WHY[reason_of(error)]) from error
