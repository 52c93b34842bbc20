"""Who holds a file: LibreOffice's lock beside it. Read only; one whose office of ours is provably gone is removed."""

from __future__ import annotations

import socket
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from xlpy.libreoffice.offices import PREFIX


@dataclass(frozen=True, slots=True)
class Holder:
    """What a lock says: who, on which machine, and the profile of that office."""

    who: str
    host: str
    profile: Path | None


def lock_beside(path: Path) -> Path:
    """Where LibreOffice puts the lock of a file."""
    return path.with_name(f".~lock.{path.name}#")


def holder_of(path: Path) -> Holder | None:
    """Who holds a file open in LibreOffice, None where nobody does."""
    try:
        fields = lock_beside(path).read_text("utf-8", "replace").rstrip(";\n").split(",")
    except OSError:
        return None
    name, user, host, _, profile = ([field.strip() for field in fields] + [""] * 5)[:5]
    parts = urlsplit(profile)
    place = Path(url2pathname(unquote(parts.path))) if parts.scheme == "file" else None
    return Holder(name or user, host, place)


def forget_the_dead(path: Path) -> None:
    """Remove the lock that an office of ours left when it was killed: its own profile is gone from this machine."""
    holder = holder_of(path)
    if holder is None or holder.profile is None or holder.host != socket.gethostname():
        return
    if any(part.startswith(PREFIX) for part in holder.profile.parts) and not holder.profile.exists():
        with suppress(OSError):
            lock_beside(path).unlink()
