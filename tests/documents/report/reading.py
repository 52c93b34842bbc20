"""Reads a written report back: tables by the words of their caption, text, pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from docx import Document
from docx.document import Document as Read
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from tests.analysis.made_school import read
from xlpy.documents.report import write_report
from xlpy.tables.raw import Value

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"
TODAY = date(2021, 5, 24)
CAPTION = re.compile(r"^Таблица (\d+) — (.+)$")


def silent(_done: int, _total: int) -> None:
    """Progress nobody watches."""


def written(
    rows: Mapping[str, Sequence[Mapping[str, Value]]], out: Path, advance: Callable[[int, int], None] = silent
) -> Path:
    tables, settings = read(rows)
    return write_report(tables, settings, out, TEMPLATES, TODAY, advance)


def blocks(document: Read) -> list[Paragraph | Table]:
    kinds = {qn("w:p"): Paragraph, qn("w:tbl"): Table}
    return [kinds[child.tag](child, document) for child in document.element.body if child.tag in kinds]


def text_of(path: Path) -> str:
    """Everything that is printed, paragraph by paragraph."""
    document = Document(str(path))
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in document.element.body.iter(qn("w:p")))


def captioned(path: Path) -> dict[str, list[list[str]]]:
    """Cells of each captioned table, head row first, by the caption's words."""
    found: dict[str, list[list[str]]] = {}
    before = ""
    for block in blocks(Document(str(path))):
        if isinstance(block, Paragraph):
            before = block.text or before
        elif match := CAPTION.match(before):
            found[match[2]] = [[cell.text for cell in row.cells] for row in block.rows]
    return found


def named(path: Path, words: str) -> list[list[str]]:
    """The one table whose caption starts with these words, without its head row."""
    return next(rows[1:] for caption, rows in captioned(path).items() if caption.startswith(words))


def task_tables(path: Path) -> dict[str, list[list[str]]]:
    """Tables of annex Б by «5 класс, История (N = 12)»."""
    found: dict[str, list[list[str]]] = {}
    before = ""
    for block in blocks(Document(str(path))):
        if isinstance(block, Paragraph):
            before = block.text or before
        elif re.search(r"\(N = \d+\)$", before):
            found[before.replace("\u00a0", " ")] = [[cell.text for cell in row.cells] for row in block.rows][1:]
    return found
