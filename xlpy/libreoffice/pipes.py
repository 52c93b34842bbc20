"""Name of the pipe by which programs of one user reach that user's LibreOffice. No TCP port is ever opened."""

from __future__ import annotations

import getpass
import hashlib

# UNO's own address of a pipe; the name must be plain ASCII on every system.
ADDRESS = "pipe,name={name};urp"


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
