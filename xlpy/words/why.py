"""What `xlpy why` says: who may check the papers of a class, and for everyone else why not."""

from __future__ import annotations

ABOUT = (
    "Кто может проверять работы класса по предмету, а кто нет, почему и в какой ячейке это записано. "
    "С --recheck — кто может перепроверять."
)
SHORT = "кто может проверять работы класса и почему"
CLASS_NAME, SUBJECT_NAME, TEACHER_NAME = "КЛАСС", "ПРЕДМЕТ", "ФИО"
CLASS_HELP = "Класс, например 5А"
SUBJECT_HELP = "Предмет, например Математика"
TEACHER_HELP = "Ответить только об этом учителе"
RECHECK_HELP = "О перепроверке, а не о первой проверке"

HEAD = "{school_class}, {subject}: {papers}{days}."
DAYS = ", проверка с {start} по {end}"
ONE_DAY = ", проверка {start}"
NOBODY_NOW = {"first": "Проверяющий не назначен.", "again": "Перепроверяющий не назначен."}
NOW = {"first": "Проверяет: {people}{pinned}.", "again": "Перепроверяет: {people}."}
PINNED = " (закреплено)"
MAY = {"first": "Могут проверять — {count}:", "again": "Могут перепроверять — {count}:"}
MAY_NOBODY = {"first": "Проверять некому.", "again": "Перепроверять некому."}
MAY_NOT = "Не могут — {count}:"
LINE = "  {teacher}: {said}"
ONE_MAY = {"first": "{teacher}: может проверять; {said}.", "again": "{teacher}: может перепроверять; {said}."}
ONE_MAY_NOT = {"first": "{teacher}: не может проверять:", "again": "{teacher}: не может перепроверять:"}
ONE_REASON = "  {said}"
LOAD = "нагрузка {load}"
LOAD_OF = "нагрузка {load} при лимите {limit}"
IN_CELLS = "{reason} ({cells})"
CELL = "{sheet}!{cell}"
# By the value of `assignment.why.Snag`.
SNAGS = {
    "same class": "уже проверяет другой предмет этого класса",
    "limit": "в лимите нагрузки ({limit}) не осталось места: сейчас {load}",
}

NEAR = " Возможно, {names}."
QUOTED = "«{name}»"
OR = " или "
