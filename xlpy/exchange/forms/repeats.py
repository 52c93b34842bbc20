"""Papers that stand in several rows of a form: certain only where these rows say the very same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from xlpy.exchange.forms.notes import FormCode, FormNote
from xlpy.exchange.forms.places import Places, contents
from xlpy.exchange.forms.reading import RowFound, note_at
from xlpy.exchange.forms.recognise import FormGrid
from xlpy.exchange.forms.rows import FormRows, PaperRow
from xlpy.tables.addresses import address
from xlpy.words import form_notes as words


def each_once(
    grid: FormGrid, places: Places, rows: FormRows, found: Mapping[int, RowFound]
) -> tuple[set[int], list[FormNote]]:
    """Rows whose paper is in no other row, or in others that say the very same; notes about the rest."""
    count = Counter(paper.code for paper in rows.papers)
    count.update(row.left for row in rows.doubtful if row.left)
    kept: set[int] = set()
    notes: list[FormNote] = []
    by_code: dict[str, list[PaperRow]] = {}
    for paper in rows.papers:
        if count[paper.code] == 1:
            kept.add(paper.row)
        else:
            by_code.setdefault(paper.code, []).append(paper)
    for code, same in by_code.items():
        if count[code] == len(same) and _are_equal(grid, places, [paper.row for paper in same], found):
            kept.update(paper.row for paper in same)
            continue
        cells = [address(paper.row, paper.column + 1) for paper in same]
        cells += [address(row.row, same[0].column + 1) for row in rows.doubtful if row.left == code]
        params = {"code": code, "other": words.BETWEEN.join(cells[1:])}
        notes.append(note_at(grid, FormCode.CODE_TWICE, cells[0], params))
    return kept, notes


def _are_equal(grid: FormGrid, places: Places, rows: Sequence[int], found: Mapping[int, RowFound]) -> bool:
    """Whether rows say the same in every cell; what nobody can read may still be the same in all."""
    said = [_said(grid, places, row, found[row]) for row in rows]
    return all(one == said[0] for one in said)


def _said(grid: FormGrid, places: Places, row: int, one: RowFound) -> dict[str, object]:
    meant: dict[str, object] = {key: cell.meant for key, cell in one.cells.items()}
    return meant | {place.key: ("?", contents(grid, row, place.at)) for place in places.read if place.key in one.unsure}
