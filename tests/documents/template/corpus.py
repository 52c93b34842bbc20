"""Templates of every shape people make in Word, built with python-docx, and contexts that fill them."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from docx.table import Table
from hypothesis import strategies as st

# Text as it comes from cells: what XML must escape, quotes of all kinds, spaces, line and page ends, other scripts.
AWKWARD = "&<>\"'«»“”’„—…\u00a0 \t\n\fЯёЩ漢😀{}%#_/\\$"
texts = st.text(st.sampled_from(AWKWARD) | st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)
# Without the marks of tags: footnotes of several sections are rendered twice by docxtpl, properties are one line.
plain_texts = texts.map(lambda text: "".join(letter for letter in text if letter not in "{}%#\n\t\f\ufffe\uffff"))
values = st.one_of(
    texts, st.integers(-999, 99999), st.floats(allow_nan=False, allow_infinity=False, width=16), st.booleans()
)


@st.composite
def contexts(draw: st.DrawFn) -> dict[str, object]:
    """A context every template of the corpus can be filled with."""
    columns = draw(st.integers(0, 7))
    cells = st.lists(values, min_size=columns, max_size=columns)
    return {
        "title": draw(plain_texts),
        "name": draw(texts),
        "number": draw(values),
        "flag": draw(st.booleans()),
        "span": draw(st.integers(1, 4)),
        "colour": draw(st.sampled_from(["FFFFFF", "D9E2F3"])),
        "heads": draw(cells),
        "rows": draw(st.lists(st.fixed_dictionaries({"name": texts, "points": values, "cells": cells}), max_size=5)),
        "groups": draw(
            st.lists(st.fixed_dictionaries({"name": texts, "rows": st.lists(texts, max_size=3)}), max_size=3)
        ),
    }


@dataclass(frozen=True, slots=True)
class Sample:
    """One template: how it is made, and whether the fast route must cover it."""

    name: str
    build: Callable[[Document], None]
    is_fast: bool = True

    @property
    def content(self) -> bytes:
        """The template's .docx."""
        document = docx.Document()
        self.build(document)
        return saved(document)


def saved(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def of_paragraphs(*paragraphs: str) -> bytes:
    """A template of plain paragraphs."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def fill(table: Table, rows: Sequence[Sequence[str]]) -> None:
    for row, texts_of_row in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts_of_row, strict=True):
            cell.text = text


def table(document: Document, rows: Sequence[Sequence[str]]) -> Table:
    made = document.add_table(len(rows), len(rows[0]))
    made.style = "Table Grid"
    fill(made, rows)
    return made


def in_runs(document: Document, *pieces: str) -> None:
    """One paragraph whose text is split over runs of different looks, as Word does while one types."""
    paragraph = document.add_paragraph()
    for number, piece in enumerate(pieces):
        run = paragraph.add_run(piece)
        run.bold = number % 2 == 0
        run.font.name = "Arial" if number % 3 else None


def simple(document: Document) -> None:
    document.add_heading("{{ title }}")
    document.add_paragraph("Имя: {{ name }}, всего {{ number }}; {{ name }}{{ number }}")
    document.add_paragraph("{% if flag %}да{% else %}нет{% endif %} {# не печатается #}")
    document.add_paragraph("{{ rows|length }} {{ name|upper }} {{ 'готово' if flag else 'ждём' }}")


def paragraphs(document: Document) -> None:
    for text in (
        "{%p if flag %}",
        "{{ name }}",
        "{%p elif number %}",
        "{{ number }}",
        "{%p else %}",
        "—",
        "{%p endif %}",
    ):
        document.add_paragraph(text)
    for text in ("{%p for row in rows %}", "{{ loop.index }}. {{ row.name }}", "{%p endfor %}"):
        document.add_paragraph(text, style="List Bullet")


def rows_repeated(document: Document) -> None:
    table(
        document,
        [
            ("№", "Имя", "Балл"),
            ("{%tr for row in rows %}", "", ""),
            ("{{ loop.index }}", "{{ row.name }}", "{{ row.points }}"),
            ("{%tr else %}", "", ""),
            ("нет", "ни", "одного"),
            ("{%tr endfor %}", "", ""),
            ("Всего", "{{ rows|length }}", ""),
        ],
    )


def columns_repeated(document: Document) -> None:
    table(
        document,
        [
            ("№", "{%tc for head in heads %}", "{{ head }}", "{%tc endfor %}", "Итого"),
            ("{%tr for row in rows %}", "", "", "", ""),
            ("{{ row.name }}", "{%tc for cell in row.cells %}", "{{ cell }}", "{%tc endfor %}", "{{ row.points }}"),
            ("{%tr endfor %}", "", "", "", ""),
        ],
    )


def columns_in_wide_table(document: Document) -> None:
    """More columns in the grid than any row will have: docxtpl takes them away."""
    made = table(document, [["{%tc for head in heads %}", "{{ head }}", "{%tc endfor %}", *["x"] * 9]])
    for cell in made.rows[0].cells[4:]:
        cell._tc.getparent().remove(cell._tc)


def cells_of_a_choice(document: Document) -> None:
    table(document, [("a", "{%tc if flag %}", "{{ name }}", "{%tc endif %}", "b")])


def runs(document: Document) -> None:
    in_runs(document, "до {%r if flag %}", "{{ name }}", "{%r endif %}", " после")
    in_runs(document, "{% for row in rows %}", "{{ row", ".name }}", "; ", "{% endfor %}")


def split_over_runs(document: Document) -> None:
    in_runs(document, "{", "{ na", "me }", "}")
    in_runs(document, "{", "% if fl", "ag %", "}", "x", "{% end", "if %}")


def smart_quotes(document: Document) -> None:
    document.add_paragraph(
        "{{ name or ‘нет’ }}{% if name == “x” %}икс{% endif %}{{ rows|map(attribute=’name’)|join(‘, ’) }}"
    )


def comparisons(document: Document) -> None:
    document.add_paragraph("{% if rows|length > 2 and span <= 3 %}много{% endif %}{{ span > 1 }}")


def nested(document: Document) -> None:
    for text in (
        "{%p for group in groups %}",
        "Группа {{ group.name }}",
        "{%p if group.rows %}",
        "{%p for row in group.rows %}",
        "{{ loop.index }}/{{ row }}{% if not loop.last %},{% endif %}",
        "{%p endfor %}",
        "{%p else %}",
        "пусто",
        "{%p endif %}",
        "{%p endfor %}",
    ):
        document.add_paragraph(text)
    table(
        document,
        [
            ("{%tr for group in groups %}", ""),
            ("{{ group.name }}", "{% for row in group.rows %}{{ row }} {% endfor %}"),
            ("{%tr for row in group.rows %}", ""),
            ("", "{{ row }}"),
            ("{%tr endfor %}", ""),
            ("{%tr endfor %}", ""),
        ],
    )


def merged_cells(document: Document) -> None:
    made = table(document, [["{{ name }}", "", "b", "c"], ["1", "2", "3", "4"], ["5", "6", "7", "{{ number }}"]])
    made.cell(0, 0).merge(made.cell(0, 1))
    made.cell(1, 0).merge(made.cell(2, 0))


def column_span(document: Document) -> None:
    table(document, [("{% colspan span %}{{ name }}", "b", "c"), ("1", "2", "3")])


def cell_colour(document: Document) -> None:
    table(document, [("{% cellbg colour %}{{ name }}", "b"), ("1", "2")])


def merged_down(document: Document) -> None:
    table(
        document,
        [("{%tr for row in rows %}", ""), ("{% vm %}{{ name }}", "{{ row.name }}"), ("{%tr endfor %}", "")],
    )


def merged_across(document: Document) -> None:
    table(document, [("a", "{%tc for head in heads %}", "{% hm %}{{ name }}", "{%tc endfor %}", "b")])


def joined_paragraphs(document: Document) -> None:
    for text in ("{{ name }}", "{%- if flag %}", "внутри", "{%- endif %}", "после", "{{ number -}}", " конец"):
        document.add_paragraph(text)


def edges(document: Document) -> None:
    document.add_paragraph("{{ name }}")
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = "{{ title }} — {{ name }}"
    section.first_page_header.paragraphs[0].text = "{% for row in rows %}{{ row.name }} {% endfor %}"
    section.footer.paragraphs[0].text = "{% if flag %}{{ number }}{% endif %}"
    made = section.first_page_footer.add_table(3, 2, Mm(100))
    fill(made, [("{%tr for row in rows %}", ""), ("{{ row.name }}", "{{ row.points }}"), ("{%tr endfor %}", "")])


def sections(document: Document) -> None:
    document.add_paragraph("{{ name }}")
    document.sections[0].header.paragraphs[0].text = "первый {{ title }}"
    second = document.add_section(WD_SECTION.NEW_PAGE)
    second.orientation = WD_ORIENT.LANDSCAPE
    second.page_width, second.page_height = second.page_height, second.page_width
    second.header.is_linked_to_previous = False
    second.header.paragraphs[0].text = "второй {{ title }} {{ number }}"
    document.add_paragraph("{{ number }}")


def footnotes(document: Document) -> None:
    note = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:id="1"><w:p><w:r><w:t>{{{{ name }}}}: '
        "{% for row in rows %}{{ row.name }} {% endfor %}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, note.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    run = document.add_paragraph("{{ number }}").add_run()
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), "1")
    run._r.append(reference)


def properties(document: Document) -> None:
    core = document.core_properties
    core.title, core.subject, core.author = "{{ title }}", "{{ title }} & <{{ title }}>", "Школа"
    core.comments = "{% if flag %}да{% endif %}"
    document.add_paragraph("{{ name }}")


def png(red: int = 200) -> bytes:
    """A picture of two pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    pixels = zlib.compress(b"\0" + bytes((red, 80, 60)) * 2)
    header = struct.pack(">IIBBBBB", 2, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def pictures(document: Document) -> None:
    """Pictures that the template itself holds, one of them in a repeated row."""
    document.add_picture(io.BytesIO(png()), width=Mm(20))
    made = table(document, [("{%tr for row in rows %}", ""), ("{{ row.name }}", ""), ("{%tr endfor %}", "")])
    made.cell(1, 1).paragraphs[0].add_run().add_picture(io.BytesIO(png(10)), width=Mm(5))


def tables_in_tables(document: Document) -> None:
    outer = table(document, [("{{ name }}", "")])
    inner = outer.cell(0, 1).add_table(3, 2)
    fill(inner, [("{%tr for row in rows %}", ""), ("{{ row.name }}", "{{ row.points }}"), ("{%tr endfor %}", "")])


def a_tag_over_paragraphs(document: Document) -> None:
    """A condition opened in one paragraph and closed in another: right for docxtpl when it holds."""
    document.add_paragraph("{{ name }}{% for row in [1] %}")
    document.add_paragraph("{% endfor %}{{ number }}")


def a_macro(document: Document) -> None:
    document.add_paragraph("{% macro twice(text) %}{{ text }} {{ text }}{% endmacro %}{{ number }}")


def a_block(document: Document) -> None:
    document.add_paragraph("{% set both %}{{ number }}{% endset %}готово {{ span }}")


def assigned(document: Document) -> None:
    document.add_paragraph("{% set total = span * 2 %}{{ total }}{% with half = span %}{{ half }}{% endwith %}")


def a_table_without_columns(document: Document) -> None:
    made = table(document, [("{{ name }}", "b")])
    for column in made._tbl.tblGrid:
        made._tbl.tblGrid.remove(column)


def controlled_rows(document: Document) -> None:
    """Rows inside a content control of Word."""
    made = table(document, [("a", "b"), ("{{ name }}", "d")])
    row = made.rows[1]._tr
    control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
    row.addprevious(control)
    control[0].append(row)


COVERED = (
    Sample("simple", simple),
    Sample("paragraphs", paragraphs),
    Sample("rows", rows_repeated),
    Sample("columns", columns_repeated),
    Sample("columns of a wide table", columns_in_wide_table),
    Sample("cells of a choice", cells_of_a_choice),
    Sample("runs", runs),
    Sample("split over runs", split_over_runs),
    Sample("smart quotes", smart_quotes),
    Sample("comparisons", comparisons),
    Sample("nested", nested),
    Sample("merged cells", merged_cells),
    Sample("column span", column_span),
    Sample("cell colour", cell_colour),
    Sample("merged down", merged_down),
    Sample("merged across", merged_across),
    Sample("joined paragraphs", joined_paragraphs),
    Sample("headers and footers", edges),
    Sample("sections", sections),
    Sample("footnotes", footnotes),
    Sample("core properties", properties),
    Sample("pictures", pictures),
    Sample("assigned", assigned),
    Sample("a tag over paragraphs", a_tag_over_paragraphs),
)
LEFT_TO_DOCXTPL = (
    Sample("tables in tables", tables_in_tables, is_fast=False),
    Sample("a macro", a_macro, is_fast=False),
    Sample("a block", a_block, is_fast=False),
    Sample("rows of a content control", controlled_rows, is_fast=False),
)
