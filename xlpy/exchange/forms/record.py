"""What forms and workbook last agreed upon: the base by which it is told who changed a cell since.

A cell stays as it is here until the difference in it is settled, so that looking at a list loses nothing of it.
Knows no file: whoever keeps the record hands over its bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from xlpy.exchange.forms.form import Turn
from xlpy.tables.normalise import fold
from xlpy.tables.raw import Value

FORMAT = 1
# Bytes: a school with a hundred forms has one megabyte.
LARGEST = 50_000_000

# Code of a paper → column key → what stands there.
Cells = Mapping[str, Mapping[str, Value]]


@dataclass(frozen=True, slots=True, order=True)
class RecordKey:
    """Whose form of which pack. Another checker starts anew: a blank form of theirs has emptied nothing."""

    school_class: str
    subject: str
    turn: str
    checker: str

    @classmethod
    def of(cls, school_class: str, subject: str, turn: Turn, checker: str) -> RecordKey:
        """The key of a pack and checker, however they are spelled."""
        return cls(fold(school_class), fold(subject), turn.value, fold(checker))


@dataclass(frozen=True, slots=True)
class Settled:
    """What a form said when it was settled, and what the workbook was left with where that is something else."""

    version: int = 0
    said: Cells = field(default_factory=dict)
    held: Cells = field(default_factory=dict)

    def said_in(self, code: str, key: str) -> Value:
        """What the form said in a cell; None where nothing is settled."""
        return self.said.get(code, {}).get(key)

    def held_in(self, code: str, key: str) -> Value:
        """What the workbook held then; None where nothing is settled."""
        left = self.held.get(code, {})
        return left[key] if key in left else self.said_in(code, key)


@dataclass(frozen=True, slots=True)
class Record:
    """Everything settled in a school year. `decided` are differences left as the workbook has them, by their tokens."""

    year: str
    packs: Mapping[RecordKey, Settled] = field(default_factory=dict)
    decided: frozenset[str] = frozenset()

    def of(self, key: RecordKey) -> Settled:
        """What is settled of a pack; nothing where it is met for the first time."""
        return self.packs.get(key, Settled())


def record_bytes(record: Record) -> bytes:
    """Return the record as a file holds it; the same record, the same bytes."""
    packs = [
        {
            "class": key.school_class,
            "subject": key.subject,
            "turn": key.turn,
            "checker": key.checker,
            "version": settled.version,
            "said": _sorted(settled.said),
            "held": _sorted(settled.held),
        }
        for key, settled in sorted(record.packs.items())
    ]
    held = {"format": FORMAT, "year": record.year, "packs": packs, "decided": sorted(record.decided)}
    return json.dumps(held, ensure_ascii=False, separators=(",", ":")).encode()


def _sorted(cells: Cells) -> dict[str, dict[str, Value]]:
    return {code: dict(sorted(cells[code].items())) for code in sorted(cells) if cells[code]}


def read_record(data: bytes) -> Record | None:
    """Return what the bytes of a file say; None where they are no record of this format, whatever they are."""
    try:
        held = json.loads(data) if len(data) <= LARGEST else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(held, dict) or held.get("format") != FORMAT:
        return None
    year, packs, decided = held.get("year"), held.get("packs"), held.get("decided")
    if not (isinstance(year, str) and isinstance(packs, list) and isinstance(decided, list)):
        return None
    read = [_pack(pack) for pack in packs]
    if not all(isinstance(one, str) for one in decided):
        return None
    known = {key: settled for one in read if one is not None for key, settled in (one,)}
    return Record(year, known, frozenset(decided)) if len(known) == len(packs) else None


def _pack(pack: object) -> tuple[RecordKey, Settled] | None:
    if not isinstance(pack, dict):
        return None
    texts = [pack.get(name) for name in ("class", "subject", "turn", "checker")]
    version, said, held = pack.get("version"), pack.get("said"), pack.get("held")
    if not all(isinstance(text, str) for text in texts) or not isinstance(version, int):
        return None
    # In the workbook a cell may have been left empty; a form that says nothing has no cell.
    if not (_is_cells(said, (int, float, str)) and _is_cells(held, (int, float, str, type(None)))):
        return None
    return RecordKey(*(str(text) for text in texts)), Settled(version, said, held)  # type: ignore[arg-type]


def _is_cells(cells: object, kinds: tuple[type, ...]) -> bool:
    return isinstance(cells, dict) and all(
        isinstance(row, dict) and all(isinstance(value, kinds) for value in row.values()) for row in cells.values()
    )
