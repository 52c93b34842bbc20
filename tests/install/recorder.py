"""A stand-in for Python that writes down how the launcher started it: the last link of the chain, seen from outside."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path

from tests.desktop import wait_until


@dataclass(frozen=True, slots=True)
class Recorder:
    """The program and the file it writes its arguments into, one a line, each start ended by an empty line."""

    program: Path
    told: Path

    def next_start(self) -> list[str]:
        """Arguments of the next start, waited for."""
        wait_until(lambda: self.told.exists() and self.told.read_text("utf-8").endswith("\n\n"), 20, "nothing started")
        words = self.told.read_text("utf-8").removesuffix("\n\n").split("\n")
        self.told.unlink()
        return words


def recorder(folder: Path) -> Recorder:
    """Make one in `folder`."""
    told = folder / "told"
    program = folder / "recorder"
    program.write_text(
        f'#!/bin/sh\nfor word in "$@"; do printf "%s\\n" "$word"; done >{shlex.quote(str(told))}.new\n'
        f"echo >>{shlex.quote(str(told))}.new\nmv {shlex.quote(str(told))}.new {shlex.quote(str(told))}\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    return Recorder(program, told)
