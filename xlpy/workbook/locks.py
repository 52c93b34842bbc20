"""Who has the file open: the lock files that Excel and LibreOffice lay beside it. They are read, never removed."""

from __future__ import annotations

from pathlib import Path

from xlpy.errors import LockedError
from xlpy.words.errors import EXCEL, LIBREOFFICE, SOMEONE

_OWNER_LENGTH = 54


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
    """The error that names who has `path` open, or None."""
    excel = path.with_name(f"~${path.name}")
    if excel.exists():
        return LockedError("locked", path=path.name, who=_excel_owner(excel), program=EXCEL)
    office = path.with_name(f".~lock.{path.name}#")
    if office.exists():
        return LockedError("locked", path=path.name, who=_libreoffice_owner(office), program=LIBREOFFICE)
    return None
