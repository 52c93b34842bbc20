"""What came of moving a workbook onto a newer one, for a person and for a program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from xlpy.words import upgrade as words
from xlpy.words.grammar import ROWS, counted


@dataclass(frozen=True, slots=True)
class UpgradeResult:
    """Where the workbook now lies, from which version to which, what came along and what did not.

    `copy` is the previous workbook in the folder of copies; None where nothing changed or the old file stays beside.
    """

    path: Path
    old_path: Path
    version_from: int | None
    version_to: int
    is_changed: bool
    copy: Path | None = None
    rows: Mapping[str, int] = field(default_factory=dict)
    added: Mapping[str, int] = field(default_factory=dict)
    own_columns: tuple[tuple[str, str], ...] = ()
    own_sheets: tuple[str, ...] = ()
    own_names: tuple[str, ...] = ()
    set_aside: Mapping[str, str] = field(default_factory=dict)
    left: tuple[str, ...] = ()

    def answer(self) -> dict[str, object]:
        """The result for a program."""
        return {
            "path": str(self.path),
            "version_from": self.version_from,
            "version_to": self.version_to,
            "changed": self.is_changed,
            "copy": None if self.copy is None else str(self.copy),
            "rows": dict(self.rows),
            "added": dict(self.added),
            "own_columns": [{"sheet": sheet, "caption": caption} for sheet, caption in self.own_columns],
            "own_sheets": list(self.own_sheets),
            "own_names": list(self.own_names),
            "set_aside": dict(self.set_aside),
            "left": list(self.left),
        }

    def lines(self) -> list[str]:
        """The result in sentences."""
        if not self.is_changed:
            return [words.NOTHING.format(path=self.path.name, version=self.version_to)]
        lines = [words.DONE.format(version=self.version_to, path=self.path)]
        if self.copy is not None:
            lines.append(words.COPY.format(copy=self.copy))
        elif self.path != self.old_path:
            lines.append(words.BESIDE.format(old=self.old_path.name, path=self.path.name))
        lines += [
            sentence.format(sheets="; ".join(words.COUNT.format(name=n, count=counted(c, *ROWS)) for n, c in counts))
            for sentence, counts in ((words.ROWS, self.rows.items()), (words.ADDED, self.added.items()))
            if counts
        ]
        columns = [words.COLUMN.format(sheet=sheet, caption=caption) for sheet, caption in self.own_columns]
        if columns:
            lines.append(words.OWN_COLUMNS.format(columns="; ".join(columns)))
        if self.own_sheets:
            lines.append(words.OWN_SHEETS.format(sheets="; ".join(self.own_sheets)))
        if self.own_names:
            lines.append(words.OWN_NAMES.format(names=", ".join(self.own_names)))
        lines += [words.SET_ASIDE.format(sheet=sheet, name=name) for sheet, name in self.set_aside.items()]
        if self.left:
            lines.append(words.LEFT.format(what="; ".join(self.left)))
        return lines
