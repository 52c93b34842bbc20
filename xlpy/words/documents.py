"""What is said about templates and documents: why a template cannot be filled."""

from __future__ import annotations

# Completes «Шаблон … не подходит: …» of `words.errors`.
TEMPLATE_CAUSES = {
    "not_docx": "это не документ Word (.docx)",
    "bad_tag": "не понятен тег в строке «{place}»",
    "unknown_name": "в строке «{place}» стоит имя «{name}», которого программа не знает",
    "unknown_filter": "в строке «{place}» стоит действие «{name}», которого нет",
    "forbidden": "строка «{place}» требует того, что шаблонам запрещено",
    "broken_xml": "тег открывается в одном абзаце или ячейке, а закрывается в другом",
    "failed": "в строке «{place}» тег не подошёл к своему значению",
}
