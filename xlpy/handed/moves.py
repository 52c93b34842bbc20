"""Files put under names that nothing has, and moved aside whole. Nothing is ever written over or deleted."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from xlpy.disk import forget, move_exclusively, reason_of, write_beside
from xlpy.documents.files import make_folder
from xlpy.errors import LockedError, SaveError
from xlpy.words.errors import WHY
from xlpy.workbook.saving import clear_leftovers

_TRIES = 5


def put(data: bytes, place: Callable[[], Path]) -> Path:
    """Put a file under a name that nothing has; what appears there meanwhile keeps it. Raises SaveError."""
    for _ in range(_TRIES):
        path = place()
        make_folder(path.parent)
        clear_leftovers(path)
        try:
            new = write_beside(path, data)
        except OSError as error:
            raise refused(path, error) from error
        try:
            move_exclusively(new, path)
        except FileExistsError:
            forget(new)
        except OSError as error:
            forget(new)
            raise refused(path, error) from error
        else:
            return path
    raise SaveError("cannot_write", path=path.name, why=WHY["other"])


def move_aside(old: Path, retired: Path) -> None:
    """Move a form whole under a name that nothing has. Raises LockedError where a program holds it, SaveError."""
    make_folder(retired.parent)
    try:
        move_exclusively(old, retired)
    except PermissionError as error:
        if os.name == "nt":
            raise LockedError("document_locked", path=old.name) from error
        raise refused(old, error) from error
    except OSError as error:
        raise refused(old, error) from error


def forget_empty(folder: Path) -> None:
    """Take away a person's folder in which nothing lies any more: it would look as if something were to be given."""
    with suppress(OSError):
        folder.rmdir()


def move_back(retired: Path, old: Path) -> None:
    """Put the old form back where it was, if it can be; else it stays where it was moved."""
    with suppress(OSError):
        move_exclusively(retired, old)
    forget_empty(retired.parent)


def refused(path: Path, error: OSError) -> SaveError:
    """What the disk refused, in our words."""
    return SaveError("cannot_write", path=path.name, why=WHY[reason_of(error)])
