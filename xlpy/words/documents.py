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

# Протокол проверки.
PROTOCOL_FILE = "Протокол {school_class} {subject}"
POST_OF_CHECKER = "Проверяющий"
POST_OF_SECOND_CHECKER = "Второй проверяющий"
POST_OF_DEPUTY = "Заместитель директора"
ORDER = "приказ"
ORDER_DATE = " от {date}"
ORDER_NUMBER = " № {number}"
NOT_TAUGHT_SHORT = "–"
UNREADABLE_SHORT = "?"

# What stands under the table of a protocol, once, where it applies.
PROTOCOL_NOTES = {
    "no_scale": "Шкала перевода баллов в отметки для этой работы не задана: отметки не выставлены.",
    "no_tasks": "Задания этой работы не заданы: баллы не подсчитаны.",
    "not_attempted": "X — к заданию не приступал (0 баллов).",
    "not_taught": "Прочерк — тема не пройдена (0 баллов).",
    "unfinished": "«не всё» — введены баллы не за все задания: балл и отметка не подсчитаны.",
    "check_it": "«проверьте» — введённое не подходит к заданиям или шкале: балл или отметка не подсчитаны.",
    "unreadable": "? — введённое не прочитано.",
    "not_typed": "Пустая строка — работа ещё не введена.",
}
