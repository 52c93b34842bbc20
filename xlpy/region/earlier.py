"""An earlier plan, read back from the files of the schools, so that nobody is moved without need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from xlpy.region.columns import Placement
from xlpy.region.sheets import HEADER_ROW
from xlpy.words import region as words

_SIZE_LIMIT = 16 * 1024 * 1024


def read_earlier(path: Path, school: str) -> frozenset[Placement] | None:
    """Return who checks the papers of a school by its file; nothing where there is none, None where it is not ours."""
    from python_calamine import CalamineError, CalamineWorkbook

    if not path.is_file():
        return frozenset()
    try:
        if path.stat().st_size > _SIZE_LIMIT:
            return None
        with CalamineWorkbook.from_path(str(path)) as book:
            if words.OURS not in book.sheet_names:
                return None
            grid = book.get_sheet_by_name(words.OURS).to_python(skip_empty_area=False)
    except (CalamineError, OSError):
        return None
    if len(grid) <= HEADER_ROW or tuple(grid[HEADER_ROW][: len(words.OURS_COLUMNS)]) != words.OURS_COLUMNS:
        return None
    return frozenset(_placements(school, grid[HEADER_ROW + 1 :]))


def _placements(school: str, rows: Sequence[Sequence[object]]) -> Iterable[Placement]:
    for row in rows:
        school_class, subject, *_, other, person = map(str, row[: len(words.OURS_COLUMNS)])
        if other and person:
            yield school, school_class, subject, other, person
