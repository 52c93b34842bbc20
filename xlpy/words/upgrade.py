"""What is said when a filled workbook is moved onto a newer one."""

from __future__ import annotations

DONE = "Книга перенесена на версию {version}: {path}."
COPY = "Прежняя книга сохранена: {copy}."
BESIDE = "Прежняя книга не тронута: {old}. Дальше работайте с {path}."
NOTHING = "Книга {path} уже самой новой версии ({version}). Ничего не изменено."
ROWS = "Перенесены строки: {sheets}."
ADDED = "Добавлены новые строки: {sheets}."
OWN_COLUMNS = "Перенесены ваши столбцы: {columns}."
OWN_SHEETS = "Перенесены ваши листы: {sheets}."
OWN_NAMES = "Перенесены ваши имена: {names}."
SET_ASIDE = "На листе «{sheet}» не найдена строка заголовков: лист сохранён под именем «{name}»."
COUNT = "{name} — {count}"
COLUMN = "{sheet}: {caption}"
UNNAMED_COLUMN = "столбец {letter} без заголовка"

LEFT = "Не перенесено (осталось в прежней книге): {what}."
LEFT_ROWS = "лист «{sheet}», под таблицей: строки {rows}"
LEFT_KINDS = {
    "slicer": "срезы сводных таблиц",
    "timeline": "временные шкалы сводных таблиц",
    "threadedComment": "ветки обсуждений (сами примечания перенесены)",
    "control": "элементы ActiveX",
    "customProperty": "служебные свойства листов",
    "queryTable": "запросы к внешним данным (сами данные перенесены)",
    "macrosheet": "листы макросов",
    "dialogsheet": "листы диалогов",
}
LEFT_OTHER = "связанные части, которых нет в файле"
LEFT_SHEET = "лист «{sheet}» ({kind})"

ASIDE_SUFFIX = " (прежний)"
