"""What came of a button, as the panel shows it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """A sentence, and where the result lies: the name of a sheet, a file or folder, or nowhere."""

    message: str
    place: str | Path | None = None
