"""Makes visits.docx, the template of «график выхода общественных наблюдателей». Run it after changing it: python templates/make_visits.py

Staff edit the .docx itself in Word; this script only gives the shipped one its first shape.
"""

from __future__ import annotations

import sys
from pathlib import Path

from docx.shared import Pt

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from templates.distribution_parts import (
    LANDSCAPE,
    SMALL,
    at_least,
    blank,
    head,
    heading,
    line,
    listed,
    tag,
    title,
    write,
)
from templates.word_parts import packed, set_properties

# №, дата, урок, класс, предмет, кабинет, этап, наблюдатель, подпись
WIDTHS = (11, 23, 14, 15, 42, 20, 32, 66, 44)
HEADS = (
    "№",
    "Дата",
    "Урок",
    "Класс",
    "Предмет",
    "Кабинет",
    "Этап",
    "Наблюдатель",
    "Ознакомлен(а), подпись",
)
CELLS = (
    "{{ visit.number }}",
    "{{ visit.date }}",
    "{{ visit.lesson }}",
    "{{ visit.school_class }}",
    "{{ visit.subject }}",
    "{{ visit.room }}",
    "{{ visit.stage }}",
    "{{ visit.observer }}",
    "",
)
APPROVED = (
    "УТВЕРЖДАЮ",
    "Директор",
    "__________________ {{ director or '__________________' }}",
    "«____» ________________ 20___ г.",
    "{%p if order %}",
    "Основание: {{ order }}",
    "{%p endif %}",
)


def make() -> bytes:
    document = blank(LANDSCAPE, "{{ school_short }} · График выхода общественных наблюдателей · {{ year }}")
    head(document, (165, 17, 85), APPROVED)
    title(document, ("ГРАФИК", "выхода общественных наблюдателей при проведении ВПР", "{{ year }} учебный год"))
    write(document.add_paragraph(), "", size=Pt(6), keep=True)
    table = listed(document, WIDTHS, HEADS, "visit in visits", CELLS, (4, 6, 7))
    at_least(table.rows[2], 7)
    tag(document, "if uncovered")
    heading(document, "Где наблюдателей не хватает")
    tag(document, "endif")
    tag(document, "for place in uncovered")
    line(document, "– {{ place }}")
    tag(document, "endfor")
    tag(document, "for note in notes")
    write(document.add_paragraph(), "{{ note }}", size=SMALL).paragraph_format.space_before = Pt(6)
    tag(document, "endfor")
    name = "График выхода общественных наблюдателей, {{ year }}"
    set_properties(document, name, "График выхода общественных наблюдателей", "{{ school_short }}")
    return packed(document)


if __name__ == "__main__":
    Path(__file__).with_name("visits.docx").write_bytes(make())
