"""docxtpl's `fix_tables` on the bytes of a body: the grid of a table follows the cells its rows really have.

Covers tables without tables inside them; `documents.template_proof` sends the others to docxtpl.
"""

from __future__ import annotations

import re

from xlpy.documents.template_values import NotCoveredError

_OPENS, _CLOSES = b"<w:tbl>", b"</w:tbl>"
_GRID = re.compile(rb"<w:tblGrid>(.*?)</w:tblGrid>|<w:tblGrid/>", re.DOTALL)
COLUMN = re.compile(rb'<w:gridCol w:w="([0-9.]+)"/>')
_SPAN = re.compile(rb'<w:gridSpan w:val="([0-9]+)"/>')


def _widened(widths: list[bytes], cells: int) -> list[bytes]:
    """Columns added until there are as many as cells, the table as wide as before."""
    total = sum(map(float, widths))
    if cells <= len(widths) or total <= 0:
        return widths
    old_average, new_average = total / len(widths), total / cells
    scaled = [b"%d" % int(float(width) * new_average / old_average) for width in widths]
    return scaled + [b"%d" % int(new_average)] * (cells - len(widths))


def _narrowed(widths: list[bytes], columns: int) -> list[bytes]:
    """Columns without cells taken away, their width shared among the others."""
    if columns >= len(widths):
        return widths
    left, removed = widths[:columns], widths[columns:]
    extra = int(sum(map(float, removed)) / len(left)) if left else 0
    return [b"%d" % int(float(width) + extra) for width in left]


def _counts(row: bytes) -> tuple[int, int]:
    """Cells of a row, and grid columns they take."""
    cells = row.count(b"</w:tc>")
    if b"<w:gridSpan" not in row:
        return cells, cells
    spans = _SPAN.findall(row)
    if len(spans) != row.count(b"<w:gridSpan"):
        raise NotCoveredError("gridSpan")
    return cells, cells - len(spans) + sum(map(int, spans))


def _fixed(table: bytes) -> bytes:
    grid = _GRID.search(table)
    if grid is None:
        raise NotCoveredError("tblGrid")
    widths = COLUMN.findall(grid[1] or b"")
    counts = [_counts(row) for row in table.split(b"</w:tr>")[:-1]]
    fixed = _narrowed(_widened(widths, max((c for c, _ in counts), default=0)), max((g for _, g in counts), default=0))
    if fixed == widths:
        return table
    columns = b"".join(b'<w:gridCol w:w="%s"/>' % width for width in fixed)
    return b"%s<w:tblGrid>%s</w:tblGrid>%s" % (table[: grid.start()], columns, table[grid.end() :])


def fix_grids(xml: bytes) -> bytes:
    """Return the body with the grid of every table fitted to its rows.

    NotCoveredError where a row is of a shape this does not read.
    """
    pieces: list[bytes] = []
    done = 0
    while (start := xml.find(_OPENS, done)) >= 0:
        end = xml.index(_CLOSES, start) + len(_CLOSES)
        pieces += (xml[done:start], _fixed(xml[start:end]))
        done = end
    return b"".join((*pieces, xml[done:]))


_DOCPR_ID = re.compile(rb'(<wp:docPr\b[^>]*?\sid=")[^"]*(")')


def renumber_pictures(xml: bytes) -> bytes:
    """Return the body with the ids of its pictures counted from 1001, as docxtpl does."""
    if b"<wp:docPr" not in xml:
        return xml
    number = 1000

    def numbered(match: re.Match[bytes]) -> bytes:
        nonlocal number
        number += 1
        return b"%s%d%s" % (match[1], number, match[2])

    return _DOCPR_ID.sub(numbered, xml)
