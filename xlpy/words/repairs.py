"""What is said about repairs: how a school can fill the places that stay empty, and what it has accepted."""

from __future__ import annotations

HEAD = "Как это исправить (каждая строка помогает и без других):"
HEAD_ROUGH = "Как это исправить (подобрано приближённо; каждая строка помогает и без других):"
LINE = "{number}. {what}"
# By the value of `assignment.repair_kinds.RepairKind`.
KINDS = {
    "overtime": "Сверх лимита: {teacher} — ещё {load} ({school_class}, {subject}), лимит {before} → {after}",
    "second subject": "Второй предмет: {teacher} — {subject} ({school_class}); предмет будет добавлен в «Предметы»",
    "neighbour": "Соседняя школа: {school_class}, {subject} — {places} через РМО",
}
LEFT = "Для этих мест среди способов настройки «Порядок исправлений» исправления нет: {works}."
HOW_TO_ACCEPT = "Принять: xlpy assign КНИГА --accept {numbers} (или --accept {every})."
EVERY = "все"
ACCEPT = f"Принять исправления из списка: номера через запятую или «{EVERY}»"
ACCEPT_NAME = "НОМЕРА"
ACCEPTED = "Принято: {what}."
ACTION = "Принять исправления"
# {units}: «1 пачка»; {places}: «1 место».
PLACES = ("место", "места", "мест")
