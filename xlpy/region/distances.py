"""Which schools are near: a CSV file «Школа;Школа;Км», or of neighbours without distances."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xlpy.errors import ImportFileError, InputError
from xlpy.exchange.csv_text import Record, read_records
from xlpy.region.school import School
from xlpy.tables.normalise import clean_text, fold
from xlpy.words import region as words

_MOST_KILOMETRES = 20_000


@dataclass(frozen=True, slots=True)
class Distances:
    """Kilometres by pair of folded names, the lower first; neighbours without distances are 0 apart.

    `names` keeps how each is spelled; `bad_lines` are lines whose distance is not one.
    """

    file: str
    kilometres: Mapping[tuple[str, str], float]
    names: Mapping[str, str]
    bad_lines: tuple[int, ...]


def find_file(folder: Path, named: Path | None) -> Path | None:
    """Return the file of distances: the one named, else the usual ones of the folder; None where there is none."""
    if named is not None:
        if not named.is_file():
            raise InputError("not_found", path=str(named))
        return named
    usual = (folder / words.DISTANCES_FILE, folder / words.NEIGHBOURS_FILE)
    return next((path for path in usual if path.is_file()), None)


def read_distances(path: Path) -> Distances:
    """Return the distances of a file. Of two distances of one pair the shorter counts. Raises ImportFileError."""
    header, *records = read_records(path, _known)
    schools = [at for at, cell in enumerate(header.cells) if _is_school(cell)]
    if len(schools) != 2:
        raise ImportFileError("bad_distances", path=path.name)
    distance = next((at for at, cell in enumerate(header.cells) if _is_distance(cell)), None)
    kilometres: dict[tuple[str, str], float] = {}
    names: dict[str, str] = {}
    bad: list[int] = []
    for record in records:
        one, other = (clean_text(record.cells[at]) for at in schools)
        names |= {fold(name): name for name in (one, other) if name}
        far = 0.0 if distance is None else _kilometres(record, distance)
        if far is None or not one or not other:
            bad.append(record.line)
            continue
        pair = _pair(fold(one), fold(other))
        kilometres[pair] = min(far, kilometres.get(pair, far))
    return Distances(path.name, kilometres, names, tuple(bad))


def _known(cells: Sequence[str]) -> int:
    return sum(_is_school(cell) or _is_distance(cell) for cell in cells)


def _is_school(cell: str) -> bool:
    # Exactly: a school's own name may begin so.
    return fold(cell) == fold(words.SCHOOL_CAPTION)


def _is_distance(cell: str) -> bool:
    return fold(cell).startswith(fold(words.KILOMETRES_CAPTION))


def _kilometres(record: Record, at: int) -> float | None:
    try:
        found = float(clean_text(record.cells[at]).replace(",", "."))
    except ValueError:
        return None
    return found if math.isfinite(found) and 0 <= found <= _MOST_KILOMETRES else None


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)


def between(distances: Distances, schools: Sequence[School]) -> dict[tuple[int, int], float]:
    """Return kilometres by numbers of schools, the lower first; a school is named by its short or its full name."""
    number = {fold(name): at for at, school in enumerate(schools) for name in (school.full_name, school.name) if name}
    found: dict[tuple[int, int], float] = {}
    for (one, other), far in distances.kilometres.items():
        if one in number and other in number and number[one] != number[other]:
            pair = min(number[one], number[other]), max(number[one], number[other])
            found[pair] = min(far, found.get(pair, far))
    return found


def strangers(distances: Distances, schools: Sequence[School]) -> tuple[str, ...]:
    """Return the names in the file that no school has, in alphabetical order."""
    known = {fold(name) for school in schools for name in (school.full_name, school.name)}
    return tuple(sorted(name for folded, name in distances.names.items() if folded not in known))
