"""What stood in the user's settings before us, kept beside the launcher, so that `xlpy uninstall` puts it back."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from xlpy.disk import put_in_place, write_beside
from xlpy.install.machine import Machine, data_folder

_FILE = "xlpy-install.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """One setting: what stood there (None: nothing) and what we wrote."""

    path: str
    name: str
    old: str | None
    ours: str


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that installing has changed for this user."""

    made_profile: bool = False
    settings: tuple[Kept, ...] = ()
    # Addresses added to LibreOffice's trusted ones, and that setting as it was before the first.
    trusted: tuple[str, ...] = ()
    trusted_before: str | None = None
    # Lines of xlwings.conf by key: what stood there, what we wrote.
    excel: dict[str, tuple[str | None, str]] = field(default_factory=dict)


def record_path(machine: Machine) -> Path:
    """Where the record lies."""
    return data_folder(machine) / _FILE


def read_record(machine: Machine) -> Record:
    """The record, an empty one where nothing was installed. A record nobody can read counts as none."""
    try:
        raw: dict[str, Any] = json.loads(record_path(machine).read_text("utf-8"))
        return Record(
            made_profile=bool(raw["made_profile"]),
            settings=tuple(Kept(**one) for one in raw["settings"]),
            trusted=tuple(raw["trusted"]),
            trusted_before=raw["trusted_before"],
            excel={key: (old, ours) for key, (old, ours) in raw["excel"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Record()


def write_record(machine: Machine, record: Record) -> None:
    """Write the record. Raises OSError."""
    path = record_path(machine)
    text = json.dumps(asdict(record), ensure_ascii=False, indent=1) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.read_text("utf-8") == text:
        return
    put_in_place(write_beside(path, text.encode()), path)


def with_setting(record: Record, kept: Kept) -> Record:
    """The record with one more setting. What stood there before the first install stays."""
    others = tuple(one for one in record.settings if (one.path, one.name) != (kept.path, kept.name))
    return replace(record, settings=(*others, kept))
