"""Makes distribution.docx, the template of «протокол распределения работ». Run it after changing it: python templates/make_distribution.py

Staff edit the .docx itself in Word; this script only gives the shipped one its first shape.
"""

from __future__ import annotations

import sys
from pathlib import Path

from docx.document import Document
from docx.shared import Pt

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from templates.distribution_parts import (
    CENTRE,
    LANDSCAPE,
    SMALL,
    blank,
    head,
    heading,
    line,
    listed,
    signatures,
    tag,
    title,
    write,
)
from templates.word_parts import packed, set_properties

# №, класс, предмет, работ, проверяющий, второй проверяющий, закреплено, с, по
ONE = (10, 15, 58, 16, 91, 27, 26, 24)
TWO = (10, 14, 38, 14, 61, 61, 25, 23, 21)
HEADS = ("№", "Класс", "Предмет", "Работ", "Проверяющий", "Второй проверяющий", "Закреплено", "Проверка с", "по")
CELLS = (
    "{{ row.number }}",
    "{{ row.school_class }}",
    "{{ row.subject }}",
    "{{ row.papers }}",
    "{{ row.checker }}",
    "{{ row.second_checker }}",
    "{{ row.pinned }}",
    "{{ row.checked_from }}",
    "{{ row.checked_until }}",
)
SECOND = 5


def opening(document: Document) -> None:
    right = ("{% if annex %}Приложение № ______{% endif %}", "{{ annex }}")
    head(document, (165, 17, 85), right)
    title(
        document,
        (
            "ПРОТОКОЛ",
            "распределения работ участников ВПР между проверяющими",
            "{{ year }} учебный год",
        ),
    )
    write(document.add_paragraph(), "{{ written_on }} № ______", align=CENTRE).paragraph_format.space_after = Pt(4)
    line(document, "Проверяющих на работу: {{ wanted }}. Единица нагрузки: {{ unit }}.")
    tag(document, "if goals")
    line(document, "Цели распределения, сначала более важные: {{ goals|join('; ') }}.")
    tag(document, "endif")


def who_checks(document: Document) -> None:
    heading(document, "1. Кто проверяет")
    tag(document, "if two")
    listed(document, TWO, HEADS, "row in rows", CELLS, (2, 4, 5))
    tag(document, "else")
    heads, cells = (tuple(text for at, text in enumerate(all_) if at != SECOND) for all_ in (HEADS, CELLS))
    listed(document, ONE, heads, "row in rows", cells, (2, 4))
    tag(document, "endif")
    tag(document, "if outside")
    line(document, "{{ outside }}", before=3)
    tag(document, "endif")


def loads(document: Document) -> None:
    heading(document, "2. Нагрузка проверяющих (по алфавиту)")
    listed(
        document,
        (10, 80, 139, 19, 19),
        ("№", "Проверяющий", "Что проверяет", "Пачек", "Работ"),
        "row in loads",
        ("{{ row.number }}", "{{ row.name }}", "{{ row.works }}", "{{ row.packs }}", "{{ row.papers }}"),
        (1, 2),
    )
    line(document, "Всего: пачек — {{ load_packs }}, работ — {{ load_papers }}.", before=3)


def shortage(document: Document) -> None:
    heading(document, "3. Где проверяющих не хватает")
    tag(document, "if short")
    listed(
        document,
        (16, 50, 18, 22, 161),
        ("Класс", "Предмет", "Нужно", "Назначено", "Пояснение листа «Проверяющие»"),
        "row in short",
        (
            "{{ row.school_class }}",
            "{{ row.subject }}",
            "{{ row.wanted }}",
            "{{ row.there }}",
            "{{ row.reason }}",
        ),
        (1, 4),
    )
    tag(document, "else")
    line(document, "Проверяющих хватает у каждой работы.")
    tag(document, "endif")


def bullets(document: Document, loop: str, text: str) -> None:
    tag(document, f"for {loop}")
    write(document.add_paragraph(), text, size=SMALL).paragraph_format.space_before = Pt(2)
    tag(document, "endfor")


def independence(document: Document) -> None:
    heading(document, "4. Независимость проверки")
    tag(document, "for sentence in independence")
    line(document, "{{ sentence }}")
    tag(document, "endfor")
    bullets(document, "breach in breaches", "– {{ breach }}")
    tag(document, "if remarks")
    line(document, "Другие замечания программы к этим строкам:", before=4, keep=True)
    tag(document, "endif")
    bullets(document, "remark in remarks", "– {{ remark }}")


def proof(document: Document) -> None:
    heading(document, "5. Доказательство расчёта")
    tag(document, "for sentence in proof")
    # The lines to sign never stand alone on a page.
    line(document, "{{ sentence }}", keep=True)
    tag(document, "endfor")
    tag(document, "if digest")
    line(document, "Контрольная сумма доказательства (SHA-256): {{ digest }}", keep=True)
    tag(document, "endif")
    write(document.add_paragraph(), "", size=Pt(6), keep=True)


def make() -> bytes:
    document = blank(LANDSCAPE, "{{ school_short }} · Протокол распределения работ ВПР · {{ year }}")
    opening(document)
    who_checks(document)
    loads(document)
    shortage(document)
    independence(document)
    proof(document)
    signatures(document, (62, 50, 8, 62, 10, 75))
    name = "Протокол распределения работ ВПР, {{ year }}"
    set_properties(document, name, "Протокол распределения работ", "{{ school_short }}")
    return packed(document)


if __name__ == "__main__":
    Path(__file__).with_name("distribution.docx").write_bytes(make())
