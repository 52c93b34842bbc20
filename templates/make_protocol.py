"""Makes protocol.docx, the template of «протокол проверки». Run it after changing it: python templates/make_protocol.py

Staff edit the .docx itself in Word; this script only gives the shipped one its first shape.
"""

# ruff: noqa: SLF001 - python-docx shows the XML it makes nowhere else
from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from templates.word_parts import element, fixed_grid, packed, set_properties, twips

FONT = "Times New Roman"
TEXT, TABLE, SMALL = Pt(12), Pt(10), Pt(10)
# №, код, вариант, задания (служебная, сами баллы, служебная), балл, отметка, отметка по журналу
COLUMNS = (8, 14, 25, 5, 161, 5, 16, 16, 17)
LEFT, CENTRE = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER
CELL_STYLE = "Ячейка протокола"
KEPT_TABLE_STYLES = ("Normal Table", "Table Grid")
LEFTOVERS = ("/stylesWithEffects", "/customXml", "/metadata/thumbnail")


def write(
    paragraph: Paragraph,
    text: str,
    *,
    size: Length | None = None,
    bold: bool = False,
    align: WD_ALIGN_PARAGRAPH | None = None,
    keep: bool = False,
) -> Paragraph:
    run = paragraph.add_run(text)
    run.bold = bold or None
    if size is not None:
        run.font.size = size
        # The mark at the end has a size of its own: it sets the height of an empty cell.
        mark = element("rPr")
        for tag in ("sz", "szCs"):
            mark.append(element(tag, val=round(size.pt * 2)))
        paragraph._p.get_or_add_pPr().append(mark)
    if align is not None:
        paragraph.alignment = align
    if keep:
        paragraph.paragraph_format.keep_with_next = True
    return paragraph


def page_number(paragraph: Paragraph, size: Length) -> None:
    kinds = ("begin", "separate", "end")
    begin, separate, end = (element("fldChar", fldCharType=kind) for kind in kinds)
    code = element("instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = " PAGE "
    for part in (begin, code, separate):
        run = paragraph.add_run()
        run.font.size = size
        run._r.append(part)
    paragraph.add_run("2").font.size = size
    paragraph.add_run()._r.append(end)


def styles(document: Document) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, TEXT
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.element.rPr.rFonts.set(qn("w:cs"), FONT)
    normal.element.rPr.append(element("lang", val="ru-RU", eastAsia="ru-RU"))
    spacing = normal.paragraph_format
    spacing.space_before = spacing.space_after = Pt(0)
    spacing.line_spacing = 1.0
    cell = document.styles.add_style(CELL_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    cell.style_id = "ProtocolCell"
    cell.base_style, cell.font.size = normal, TABLE
    cell.paragraph_format.alignment = CENTRE


def page(document: Document) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(20), Mm(10)
    section.top_margin = section.bottom_margin = Mm(20)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = CENTRE
    page_number(number, TEXT)
    for footer in (section.footer, section.first_page_footer):
        write(
            footer.paragraphs[0],
            "{{ school_short }} · Протокол проверки ВПР · {{ school_class }} · {{ subject }}",
            size=SMALL,
            align=CENTRE,
        )


def grid(document: Document, rows: int, widths: Sequence[float], *, bordered: bool = False) -> Table:
    return fixed_grid(document, rows, widths, bordered=bordered, side_mm=0.4)


def letterhead(document: Document) -> None:
    table = grid(document, 1, (165, 17, 85))
    left, _, right = table.rows[0].cells
    write(left.paragraphs[0], "{%p if municipality %}")
    write(left.add_paragraph(), "{{ municipality }}", align=LEFT)
    write(left.add_paragraph(), "{%p endif %}")
    write(left.add_paragraph(), "{{ school }}", bold=True, align=LEFT)
    write(left.add_paragraph(), "{%p if order %}")
    write(left.add_paragraph(), "Основание: {{ order }}", align=LEFT)
    write(left.add_paragraph(), "{%p endif %}")
    write(right.paragraphs[0], "УТВЕРЖДАЮ", align=LEFT)
    write(right.add_paragraph(), "Директор", align=LEFT)
    write(right.add_paragraph(), "__________________ {{ director or '__________________' }}", align=LEFT)
    write(right.add_paragraph(), "«____» ________________ 20___ г.", align=LEFT)


def title(document: Document) -> None:
    for number, text in enumerate(
        (
            "ПРОТОКОЛ",
            "проверки всероссийской проверочной работы по предмету «{{ subject }}» в {{ school_class }} классе",
        )
    ):
        paragraph = write(document.add_paragraph(), text, bold=True, align=CENTRE)
        paragraph.paragraph_format.space_before = Pt(0 if number else 6)
    paragraph = write(document.add_paragraph(), "{{ written_on }} № ______", align=CENTRE)
    paragraph.paragraph_format.space_after = Pt(4)


WORK = (
    "Дата проведения: {{ held_on }}.{% if form %} Форма: {{ form }}.{% endif %} "
    "Заданий: {{ tasks|length }}. Наибольший балл: {{ maximum }}."
)
PARTICIPATION = (
    "Участников: {{ counts.participants }}; выполняли работу: {{ counts.wrote }}; отсутствовали: {{ counts.absent }}; "
    "введены не полностью: {{ counts.unfinished }}; не введены: {{ counts.not_typed }}."
)


def facts(document: Document) -> None:
    for number, text in enumerate((WORK, PARTICIPATION)):
        paragraph = write(document.add_paragraph(), text, align=LEFT)
        paragraph.paragraph_format.space_after = Pt(6 if number else 0)


def fill(cell: _Cell, text: str, *, align: WD_ALIGN_PARAGRAPH = CENTRE, bold: bool = False) -> None:
    paragraph = write(cell.paragraphs[0], text, bold=bold)
    paragraph.style = CELL_STYLE
    if align is not CENTRE:
        paragraph.alignment = align
    cell._tc.get_or_add_tcPr().append(element("vAlign", val="center"))


def upright(cell: _Cell) -> None:
    properties = cell._tc.get_or_add_tcPr()
    properties.find(qn("w:vAlign")).addprevious(element("textDirection", val="btLr"))


def tag_row(table: Table, position: int, tag: str) -> None:
    """A row that holds a tag only: docxtpl takes it away."""
    row = table.rows[position]
    merged = row.cells[0].merge(row.cells[-1])
    for extra in merged.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)
    fill(merged, tag, align=LEFT)


def repeat_above(row: _Row, height: float | None = None) -> None:
    if height is not None:
        at_least(row, height)
    row._tr.get_or_add_trPr().append(element("tblHeader"))


def at_least(row: _Row, height: float) -> None:
    row._tr.get_or_add_trPr().append(element("trHeight", val=twips(height), hRule="atLeast"))


HEADS = (
    "№",
    "Код",
    "Вариант",
    "{%tc for task in tasks %}",
    "{{ task.label }}",
    "{%tc endfor %}",
    "Балл",
    "Отметка",
    "Отметка по журналу",
)
MAXIMA = (
    "Наибольший балл",
    None,
    None,
    "{%tc for task in tasks %}",
    "{{ task.maximum }}",
    "{%tc endfor %}",
    "{{ maximum }}",
    "",
    "",
)
PAPERS = (
    "{{ paper.number }}",
    "{{ paper.code }}",
    "{{ paper.variant }}",
    "{%tc for cell in paper.cells %}",
    "{{ cell }}",
    "{%tc endfor %}",
    "{{ paper.points }}",
    "{{ paper.mark }}",
    "{{ paper.journal_mark }}",
)


def papers(document: Document) -> None:
    table = grid(document, 9, COLUMNS, bordered=True)
    tag_row(table, 0, "{%tr if upright %}")
    for position in (1, 3):
        for cell, text in zip(table.rows[position].cells, HEADS, strict=True):
            fill(cell, text, bold=True)
        repeat_above(table.rows[position], 14 if position == 1 else None)
    upright(table.rows[1].cells[4])
    tag_row(table, 2, "{%tr else %}")
    tag_row(table, 4, "{%tr endif %}")
    maxima = table.rows[5].cells
    maxima[0].merge(maxima[2])
    for cell, text in zip(table.rows[5].cells, MAXIMA, strict=True):
        if text is not None:
            fill(cell, text)
    repeat_above(table.rows[5])
    for position in (0, 2, 4):
        # Writer keeps a repeated head only where it starts with the first row.
        repeat_above(table.rows[position])
    tag_row(table, 6, "{%tr for paper in papers %}")
    for cell, text in zip(table.rows[7].cells, PAPERS, strict=True):
        fill(cell, text)
    at_least(table.rows[7], 5)
    tag_row(table, 8, "{%tr endfor %}")


def notes(document: Document) -> None:
    write(document.add_paragraph(), "{%p for note in notes %}")
    paragraph = write(document.add_paragraph(), "{{ note }}", size=SMALL, align=LEFT, keep=True)
    paragraph.paragraph_format.space_before = Pt(2)
    write(document.add_paragraph(), "{%p endfor %}")
    write(document.add_paragraph(), "", size=Pt(6), keep=True)


def signatures(document: Document) -> None:
    table = grid(document, 4, (62, 50, 8, 62, 10, 75))
    tag_row(table, 0, "{%tr for signer in signers %}")
    texts = (
        "{{ signer.post }}",
        "____________________",
        "",
        "{{ signer.name or '_________________________' }}",
        "",
        "«____» ______________ 20___ г.",
    )
    for cell, text in zip(table.rows[1].cells, texts, strict=True):
        write(cell.paragraphs[0], text, align=LEFT, keep=True)
    for cell, text in zip(table.rows[2].cells, ("", "(подпись)", "", "(инициалы, фамилия)", "", "(дата)"), strict=True):
        paragraph = write(cell.paragraphs[0], text, size=Pt(8), align=LEFT, keep=True)
        paragraph.paragraph_format.space_after = Pt(4)
    tag_row(table, 3, "{%tr endfor %}")


def without_leftovers(document: Document) -> None:
    """Take away what python-docx's own template brings along: a hundred table styles and Word 2010's twin of them, a picture."""
    for owner in (document.part.rels, document.part.package.rels):
        for name in [name for name, one in owner.items() if one.reltype.endswith(LEFTOVERS)]:
            del owner[name]
    for style in [style for style in document.styles if style.type is WD_STYLE_TYPE.TABLE]:
        if style.name not in KEPT_TABLE_STYLES:
            style.delete()


def make() -> bytes:
    document = docx.Document()
    without_leftovers(document)
    styles(document)
    page(document)
    letterhead(document)
    title(document)
    facts(document)
    papers(document)
    notes(document)
    signatures(document)
    title_text = "Протокол проверки ВПР: {{ subject }}, {{ school_class }}"
    set_properties(document, title_text, "Протокол проверки", "{{ school_short }}")
    return packed(document)


if __name__ == "__main__":
    Path(__file__).with_name("protocol.docx").write_bytes(make())
