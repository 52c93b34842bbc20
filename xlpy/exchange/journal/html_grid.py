"""Tables of a web page as one grid, with the text between them: many e-journals export that and call it .xls.

The page is parsed as HTML without network and without entities of its own; spans and sizes are bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from xlpy.errors import ImportFileError
from xlpy.tables.normalise import clean_text
from xlpy.tables.raw import PlainBook, PlainSheet, Value

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w\-]+)", re.IGNORECASE)
_SKIPPED = frozenset(("script", "style", "head", "noscript", "template"))
_HEAD = 4096
_SPAN_LIMIT = 1_000
_CELLS_LIMIT = 10_000_000
Span = tuple[int, int, int, int]


def declared_charset(data: bytes) -> str:
    """The encoding a page names; "" where it names none."""
    found = _CHARSET.search(data[:_HEAD])
    return found[1].decode("ascii", "replace") if found else ""


def html_book(text: str, file: str, name: str) -> PlainBook:
    """Return a page as one sheet called `name`. Raises ImportFileError where it holds no table, or far too much."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        page = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        raise ImportFileError("journal_no_table", path=file) from None
    grid: list[list[Value]] = []
    merged: list[Span] = []
    for piece in _pieces(page):
        if isinstance(piece, str):
            grid.append([piece])
        else:
            _add_table(piece, grid, merged, file)
    return PlainBook([PlainSheet(name, grid, merged=merged)])


def _pieces(element: html.HtmlElement) -> Iterator[str | html.HtmlElement]:
    """Texts and tables in their order; a table that holds tables is only their frame."""
    if not isinstance(element.tag, str) or element.tag in _SKIPPED:
        return
    if element.tag == "table" and element.find(".//table") is None:
        yield element
        return
    if element.text and clean_text(element.text):
        yield clean_text(element.text)
    for child in element:
        yield from _pieces(child)
        if child.tail and clean_text(child.tail):
            yield clean_text(child.tail)


def _add_table(table: html.HtmlElement, grid: list[list[Value]], merged: list[Span], file: str) -> None:
    taken: dict[int, int] = {}
    cells_seen = 0
    for line in table.iter("tr", "caption"):
        row: list[Value] = []
        cells = [line] if line.tag == "caption" else [cell for cell in line if cell.tag in {"td", "th"}]
        at = 0
        for cell in cells:
            while taken.get(at, 0) > 0:
                at += 1
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            row += [None] * (at - len(row))
            row.append(clean_text(" ".join(cell.itertext())) or None)
            if across > 1 or down > 1:
                first = len(grid) + 1
                merged.append((first, at + 1, first + down - 1, at + across))
            for column in range(at, at + across):
                taken[column] = max(taken.get(column, 0), down)
            at += across
            cells_seen += across
        taken = {column: left - 1 for column, left in taken.items() if left > 1}
        if cells_seen > _CELLS_LIMIT:
            raise ImportFileError("journal_too_long", path=file, limit=_CELLS_LIMIT)
        grid.append(row)


def _span(cell: html.HtmlElement, name: str) -> int:
    said = cell.get(name, "1").strip()
    return min(max(int(said), 1), _SPAN_LIMIT) if said.isdecimal() and len(said) < 8 else 1
