"""Who has the file open: the lock files that Excel and LibreOffice lay beside it, and our own turn to write.

Locks of others are read, never removed.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from getpass import getuser
from pathlib import Path
from platform import node

from xlpy.errors import LockedError, SaveError
from xlpy.words.errors import EXCEL, LIBREOFFICE, SOMEONE, WHY

_OWNER_LENGTH = 54
_WAIT_SECONDS = 20
_HOLDER_LENGTH = 200


def _excel_owner(lock: Path) -> str:
    """Name in an Excel owner file: its length in the first byte, then the text, then the same in UTF-16."""
    try:
        data = lock.read_bytes()
    except OSError:
        return SOMEONE
    if len(data) > _OWNER_LENGTH + 3:
        count = int.from_bytes(data[_OWNER_LENGTH + 1 : _OWNER_LENGTH + 3], "little")
        wide = data[_OWNER_LENGTH + 3 : _OWNER_LENGTH + 3 + 2 * count]
        if 0 < count <= _OWNER_LENGTH and len(wide) == 2 * count:
            return wide.decode("utf-16-le", "replace").strip("\0 ") or SOMEONE
    narrow = data[1 : 1 + data[0]] if data else b""
    return narrow.decode("cp1251", "replace").strip("\0 ") or SOMEONE


def _libreoffice_owner(lock: Path) -> str:
    """Name in a LibreOffice lock: user, system user, host, date, profile, by commas."""
    try:
        fields = lock.read_text("utf-8", "replace").split(",")
    except OSError:
        return SOMEONE
    user, system, host = ([field.strip() for field in fields] + ["", "", ""])[:3]
    name = user or system
    return f"{name} ({host})" if name and host else name or host or SOMEONE


def lock_of(path: Path) -> LockedError | None:
    """The error that names who has `path` open, or None. A lock may lie beside the file or beside a link to it."""
    for file in dict.fromkeys((path, path.resolve())):
        excel = file.with_name(f"~${file.name}")
        if excel.exists():
            return LockedError("locked", path=path.name, who=_excel_owner(excel), program=EXCEL, lock=excel.name)
        office = file.with_name(f".~lock.{file.name}#")
        if office.exists():
            who = _libreoffice_owner(office)
            return LockedError("locked", path=path.name, who=who, program=LIBREOFFICE, lock=office.name)
    return None


def _holder_file(lock: Path) -> Path:
    """Where the holder of our own lock leaves his name: Windows does not let others read a file that is locked."""
    return lock.with_name(f"{lock.name}-holder")


def _ourselves() -> str:
    """Who runs this command, and on which computer."""
    try:
        person = getuser()
    except (KeyError, OSError, ImportError):
        person = ""
    machine = node()
    return f"{person} ({machine})" if person and machine else person or machine


def _holder(lock: Path) -> str:
    """Name that the holder of our own lock has left."""
    try:
        text = _holder_file(lock).read_bytes()[:_HOLDER_LENGTH].decode("utf-8", "replace")
    except OSError:
        return SOMEONE
    return " ".join(text.split()) if text.isprintable() and text.strip() else SOMEONE


@contextmanager
def our_turn(path: Path, seconds: float = _WAIT_SECONDS) -> Iterator[None]:
    """Keep other commands of ours from writing `path` meanwhile; one that waits longer than `seconds` is told who does.

    Raises LockedError, SaveError. The name of a holder that was killed stays until the next one's, and says nothing:
    only who waits for a lock that is held reads it.
    The lock's file is taken away while it is still held: filelock tries again where it got hold of a file that is
    gone. On Windows, where an open file cannot be taken away, filelock does so itself.
    """
    from filelock import FileLock, Timeout

    target = path.resolve()
    lock = FileLock(target.with_name(f".{target.name}.xlpy-lock"))
    holder = _holder_file(Path(lock.lock_file))
    try:
        lock.acquire(timeout=seconds)
    except Timeout:
        raise LockedError("busy", path=path.name, who=_holder(Path(lock.lock_file))) from None
    except OSError as error:
        denied = error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}
        raise SaveError("cannot_save", path=path.name, why=WHY["permission" if denied else "other"]) from None
    try:
        with suppress(OSError):
            holder.write_text(_ourselves(), "utf-8")
        yield
    finally:
        for file in (holder, Path(lock.lock_file)):
            with suppress(OSError):
                file.unlink()
        lock.release()
