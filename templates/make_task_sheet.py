"""Makes task_sheet.docx, the template of «личное задание проверяющего». Run it after changing it: python templates/make_task_sheet.py

Staff edit the .docx itself in Word; this script only gives the shipped one its first shape.
"""

from __future__ import annotations

import sys
from pathlib import Path

from docx.document import Document
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.shared import Pt

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from templates.distribution_parts import (
    CENTRE,
    LEFT,
    PORTRAIT,
    at_least,
    blank,
    heading,
    line,
    ruled,
    tag,
    tag_row,
    title,
    write,
)
from templates.word_parts import packed, set_properties

# Six codes in a row, each with its box.
CODES = 6
WIDTHS = (20, 10) * CODES
CODE = Pt(12)


def codes(document: Document) -> None:
    """A pack's codes stay on one page: every row but the last keeps with the next."""
    table = ruled(document, 7, WIDTHS)
    tags = {0: "for row in pack.rows", 1: "if loop.last", 3: "else", 5: "endif", 6: "endfor"}
    for position, text in tags.items():
        tag_row(table, position, f"{{%tr {text} %}}")
    for position, keep in ((2, False), (4, True)):
        for number, cell in enumerate(table.rows[position].cells):
            text = "" if number % 2 else f"{{{{ row[{number // 2}] }}}}"
            write(cell.paragraphs[0], text, size=CODE, align=CENTRE, keep=keep)
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        at_least(table.rows[position], 7)


def pack(document: Document) -> None:
    tag(document, "for pack in packs")
    heading(
        document,
        "{{ pack.school_class }}, {{ pack.subject }}: проверить с {{ pack.checked_from }} по {{ pack.checked_until }}",
    )
    line(
        document,
        "Вы — {{ pack.role }}. Работ: {{ pack.papers }}. Дата работы: {{ pack.held_on }}. "
        "Заданий: {{ pack.tasks }}. Наибольший балл: {{ pack.maximum }}.",
        keep=True,
    ).paragraph_format.space_after = Pt(3)
    tag(document, "if pack.rows")
    codes(document)
    tag(document, "else")
    line(document, "Кодов пока нет: в книге нет ни одной строки этой работы.")
    tag(document, "endif")
    tag(document, "endfor")


def make() -> bytes:
    document = blank(PORTRAIT, "{{ school_short }} · Личное задание проверяющего ВПР · {{ year }}")
    write(document.add_paragraph(), "{{ school_short }}", bold=True, align=LEFT)
    title(document, ("ЛИЧНОЕ ЗАДАНИЕ ПРОВЕРЯЮЩЕГО", "ВПР, {{ year }} учебный год"))
    write(document.add_paragraph(), "{{ written_on }}", align=CENTRE).paragraph_format.space_after = Pt(6)
    line(document, "{{ teacher }}", bold=True)
    line(document, "Всего: {{ load }}.")
    line(
        document,
        "Ниже — коды работ каждой пачки; клетка рядом с кодом — для отметки «проверено». Баллы за задания вносятся в "
        "книгу, на лист «Результаты», в строку этого кода. Больше ничего заполнять и сдавать не нужно.",
        before=4,
    )
    pack(document)
    name = "Личное задание проверяющего: {{ teacher }}"
    set_properties(document, name, "Личное задание проверяющего", "{{ school_short }}")
    return packed(document)


if __name__ == "__main__":
    Path(__file__).with_name("task_sheet.docx").write_bytes(make())
