"""Name of the pipe by which programs of one user reach that user's LibreOffice. No TCP port is ever opened."""

from __future__ import annotations

import getpass
import hashlib
import os
import socket
import struct
import sys
from pathlib import Path

# UNO's own address of a pipe; the name must be plain ASCII on every system.
ADDRESS = "pipe,name={name};urp"
# Where LibreOffice puts its pipes on Unix: the second where the first cannot be written.
_FOLDERS = ("/tmp", "/var/tmp")  # noqa: S108 - LibreOffice's choice
_MAC_PEER_NUMBER, _MAC_LOCAL = 2, 0


def user_pipe() -> str:
    """Return the pipe's name for this user: always the same one, no other user's."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):
        user = ""
    return f"xlpy{hashlib.sha256(user.encode()).hexdigest()[:12]}"


def pipe_address(name: str) -> str:
    """Return what a UNO resolver wants for the pipe of that name."""
    return ADDRESS.format(name=name)


def listener(name: str) -> int | None:
    """Process number of the office that listens on a pipe, None where none does or the system does not tell."""
    if sys.platform == "win32":
        return _windows_listener(name)
    for folder in _FOLDERS:
        place = Path(folder) / f"OSL_PIPE_{os.getuid()}_{name}"
        if place.exists():
            return _peer(place)
    return None


def may_listen(name: str) -> bool:
    """Whether it is worth while to connect. Where the system does not tell, it is."""
    return sys.platform == "win32" or listener(name) is not None


if sys.platform != "win32":

    def _peer(place: Path) -> int | None:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asking:
            try:
                asking.connect(str(place))
                if sys.platform == "darwin":
                    return int(asking.getsockopt(_MAC_LOCAL, _MAC_PEER_NUMBER))
                found = asking.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
            except OSError:
                return None
        return int(struct.unpack("3i", found)[0])

else:

    def _windows_listener(name: str) -> int | None:
        """UNO's pipe has its name in front of a hash on Windows: there is no way from the one to the other."""
        del name
        return None
