"""What the three templates of the distribution share: the page, the head, heads and rows of tables, lines to sign."""

# ruff: noqa: SLF001 - python-docx shows the XML it makes nowhere else
from __future__ import annotations

from collections.abc import Sequence

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from templates.make_protocol import (
    CENTRE,
    LEFT,
    SMALL,
    TEXT,
    at_least,
    fill,
    grid,
    page_number,
    repeat_above,
    styles,
    tag_row,
    without_leftovers,
    write,
)
from templates.word_parts import element, fixed_grid, twips

PORTRAIT, LANDSCAPE = 180, 267


def blank(width: int, footer: str) -> Document:
    """An empty A4 document whose text is `width` mm wide; pages are numbered from the second on."""
    document = docx.Document()
    without_leftovers(document)
    styles(document)
    section = document.sections[0]
    sides = (297, 210) if width == LANDSCAPE else (210, 297)
    section.orientation = WD_ORIENT.LANDSCAPE if width == LANDSCAPE else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(side) for side in sides)
    section.left_margin, section.right_margin = Mm(20), Mm(10)
    section.top_margin = section.bottom_margin = Mm(20)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = CENTRE
    page_number(number, TEXT)
    for part in (section.footer, section.first_page_footer):
        write(part.paragraphs[0], footer, size=SMALL, align=CENTRE)
    return document


def line(document: Document, text: str, *, before: float = 0, keep: bool = False, bold: bool = False) -> Paragraph:
    paragraph = write(document.add_paragraph(), text, align=LEFT, keep=keep, bold=bold)
    paragraph.paragraph_format.space_before = Pt(before)
    return paragraph


def tag(document: Document, text: str) -> None:
    write(document.add_paragraph(), f"{{%p {text} %}}")


def heading(document: Document, text: str) -> None:
    line(document, text, before=10, keep=True, bold=True).paragraph_format.space_after = Pt(3)


def title(document: Document, lines: Sequence[str]) -> None:
    for number, text in enumerate(lines):
        paragraph = write(document.add_paragraph(), text, bold=True, align=CENTRE)
        paragraph.paragraph_format.space_before = Pt(0 if number else 6)


def head(document: Document, widths: Sequence[float], right: Sequence[str]) -> None:
    """The school on the left; on the right what approves the document or what it belongs to."""
    table = grid(document, 1, widths)
    school, _, other = table.rows[0].cells
    write(school.paragraphs[0], "{%p if municipality %}")
    write(school.add_paragraph(), "{{ municipality }}", align=LEFT)
    write(school.add_paragraph(), "{%p endif %}")
    write(school.add_paragraph(), "{{ school }}", bold=True, align=LEFT)
    for number, text in enumerate(right):
        write(other.paragraphs[0] if number == 0 else other.add_paragraph(), text, align=LEFT)


SIDE = 1.2


def ruled(document: Document, rows: int, widths: Sequence[float]) -> Table:
    """A bordered table whose text does not touch the lines, which stand at the margins."""
    table = fixed_grid(document, rows, widths, bordered=True, side_mm=SIDE)
    table._tbl.tblPr.find(qn("w:jc")).addnext(element("tblInd", w=twips(SIDE), type="dxa"))
    return table


def listed(
    document: Document,
    widths: Sequence[float],
    heads: Sequence[str],
    loop: str,
    cells: Sequence[str],
    to_left: Sequence[int],
) -> Table:
    """A bordered table with a repeated head and a row for each of `loop`; columns `to_left` hold text."""
    table = ruled(document, 4, widths)
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        fill(cell, text, bold=True)
    repeat_above(table.rows[0])
    tag_row(table, 1, f"{{%tr for {loop} %}}")
    for number, (cell, text) in enumerate(zip(table.rows[2].cells, cells, strict=True)):
        fill(cell, text, align=LEFT if number in to_left else CENTRE)
    at_least(table.rows[2], 5)
    tag_row(table, 3, "{%tr endfor %}")
    return table


def signatures(document: Document, widths: Sequence[float]) -> None:
    """A line for each signer: post, signature, name, date. The rows stay on one page."""
    table = grid(document, 4, widths)
    tag_row(table, 0, "{%tr for signer in signers %}")
    texts = (
        "{{ signer.post }}",
        "__________________",
        "",
        "{{ signer.name or '______________________' }}",
        "",
        "«____» ____________ 20___ г.",
    )
    for cell, text in zip(table.rows[1].cells, texts, strict=True):
        write(cell.paragraphs[0], text, align=LEFT, keep=True)
    for cell, text in zip(table.rows[2].cells, ("", "(подпись)", "", "(инициалы, фамилия)", "", "(дата)"), strict=True):
        paragraph = write(cell.paragraphs[0], text, size=Pt(8), align=LEFT, keep=True)
        paragraph.paragraph_format.space_after = Pt(4)
    tag_row(table, 3, "{%tr endfor %}")
