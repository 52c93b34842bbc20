"""docxtpl's `fix_tables` on text: the grid of a table follows the cells its rows really have.

Covers tables without tables inside them; `documents.template_proof` sends the others to docxtpl.
"""

from __future__ import annotations

import re

from xlpy.documents.template_values import NotCoveredError

_TABLE = re.compile(r"<w:tbl>.*?</w:tbl>", re.DOTALL)
_GRID = re.compile(r"<w:tblGrid>(.*?)</w:tblGrid>|<w:tblGrid/>", re.DOTALL)
COLUMN = re.compile(r'<w:gridCol w:w="([0-9.]+)"/>')
_SPAN = re.compile(r'<w:gridSpan w:val="([0-9]+)"/>')


def _widened(widths: list[str], cells: int) -> list[str]:
    """Columns added until there are as many as cells, the table as wide as before."""
    total = sum(map(float, widths))
    if cells <= len(widths) or total <= 0:
        return widths
    old_average, new_average = total / len(widths), total / cells
    scaled = [str(int(float(width) * new_average / old_average)) for width in widths]
    return scaled + [str(int(new_average))] * (cells - len(widths))


def _narrowed(widths: list[str], columns: int) -> list[str]:
    """Columns without cells taken away, their width shared among the others."""
    if columns >= len(widths):
        return widths
    left, removed = widths[:columns], widths[columns:]
    extra = int(sum(map(float, removed)) / len(left)) if left else 0
    return [str(int(float(width) + extra)) for width in left]


def _counts(row: str) -> tuple[int, int]:
    """Cells of a row, and grid columns they take."""
    cells = row.count("<w:tc>") + row.count("<w:tc ")
    if "<w:gridSpan" not in row:
        return cells, cells
    spans = _SPAN.findall(row)
    if len(spans) != row.count("<w:gridSpan"):
        raise NotCoveredError("gridSpan")
    return cells, cells - len(spans) + sum(map(int, spans))


def _fixed(match: re.Match[str]) -> str:
    table = match[0]
    grid = _GRID.search(table)
    if grid is None:
        raise NotCoveredError("tblGrid")
    widths = COLUMN.findall(grid[1] or "")
    counts = [_counts(row) for row in table.split("</w:tr>")[:-1]]
    fixed = _narrowed(_widened(widths, max((c for c, _ in counts), default=0)), max((g for _, g in counts), default=0))
    if fixed == widths:
        return table
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in fixed)
    return f"{table[: grid.start()]}<w:tblGrid>{columns}</w:tblGrid>{table[grid.end() :]}"


def fix_grids(xml: str) -> str:
    """Return the body with the grid of every table fitted to its rows.

    NotCoveredError where a row is of a shape this does not read.
    """
    return _TABLE.sub(_fixed, xml) if "<w:tbl>" in xml else xml


_DOCPR_ID = re.compile(r'(<wp:docPr\b[^>]*?\sid=")[^"]*(")')


def renumber_pictures(xml: str) -> str:
    """Return the body with the ids of its pictures counted from 1001, as docxtpl does."""
    if "<wp:docPr" not in xml:
        return xml
    number = 1000

    def numbered(match: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return f"{match[1]}{number}{match[2]}"

    return _DOCPR_ID.sub(numbered, xml)
