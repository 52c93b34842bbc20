"""Widths of columns that a template repeats: what a person gives them in Word is shared among those really written.

docxtpl gives a column it adds the average width of all, so that «№» would grow wider than a task's points, and Word
and LibreOffice would disagree. Here the grid is laid out for a known number of columns before docxtpl sees it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OPENS = re.compile(r"\{%\s*tc\s+for\b")
_CLOSES = re.compile(r"\{%\s*tc\s+endfor\b")


def _span(cell: etree._Element) -> int:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    return 1 if span is None else int(span.get(f"{_W}val", "1"))


def _repeated(row: etree._Element) -> tuple[int, int, list[etree._Element]] | None:
    """Where a row's repeated cells start and end in the grid, tags included, and the cells between the tags."""
    start: int | None = None
    position = 0
    between: list[etree._Element] = []
    for cell in row.iterchildren(f"{_W}tc"):
        text = "".join(text.text or "" for text in cell.iter(f"{_W}t"))
        if _OPENS.search(text):
            start, between = position, []
        elif start is not None and _CLOSES.search(text):
            return start, position + 1, between
        else:
            between.append(cell)
        position += _span(cell)
    return None


def _fit_table(table: etree._Element, columns: int) -> None:
    grid = table.find(f"{_W}tblGrid")
    found = [one for one in map(_repeated, table.iterchildren(f"{_W}tr")) if one is not None]
    shapes = {(start, end, len(between)) for start, end, between in found}
    if grid is None or len(shapes) != 1:
        return
    start, end, count = shapes.pop()
    shared = list(grid)[start:end]
    widths = [column.get(f"{_W}w", "") for column in shared]
    if len(shared) != end - start or not count or not all(width.isdigit() for width in widths):
        return
    each, left = divmod(sum(map(int, widths)), columns * count)
    for column in shared:
        grid.remove(column)
    for number in range(columns * count):
        # The twips that do not divide go to the first columns, one each: the table keeps its width.
        grid.insert(start + number, etree.Element(f"{_W}gridCol", {f"{_W}w": str(each + (number < left))}))
    for _, _, cells in found:
        for width in _widths(cells):
            width.set(f"{_W}w", str(each))


def _widths(cells: list[etree._Element]) -> Iterator[etree._Element]:
    for cell in cells:
        width = cell.find(f"{_W}tcPr/{_W}tcW")
        if width is not None and width.get(f"{_W}type") == "dxa":
            yield width


def fit_columns(body: etree._Element, columns: int) -> None:
    """Lay out every table of a template's body with `{%tc for %}` for so many repeated columns, in place.

    A table whose rows repeat different columns is left to docxtpl.
    """
    if columns > 0:
        for table in body.iter(f"{_W}tbl"):
            _fit_table(table, columns)
