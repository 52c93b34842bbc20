"""The command line as a user runs it: a process of its own, with its exit code and both its streams."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run of the command line left."""

    code: int
    out: str
    err: str

    @property
    def answer(self) -> Any:
        """The one JSON object on stdout."""
        return json.loads(self.out)


def xlpy(*words: object, home: Path | None = None, script: str = "") -> Ran:
    """Run `python -m xlpy` with these words; `script` runs first in the same process, to break things on purpose."""
    start = ["-c", f"{script}\nfrom xlpy.__main__ import main\nmain()"] if script else ["-m", "xlpy"]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"}
    if home is not None:
        env |= {"HOME": str(home), "XDG_STATE_HOME": str(home), "LOCALAPPDATA": str(home)}
    ran = subprocess.run(
        [sys.executable, "-W", "error", *start, *map(str, words)],
        capture_output=True,
        env=env,
        timeout=300,
        check=False,
        encoding="utf-8",
    )
    return Ran(ran.returncode, ran.stdout, ran.stderr)
