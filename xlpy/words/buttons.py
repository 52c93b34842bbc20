"""What a button says: its state on «Панель», the status bar, the outcome, and what it refuses."""

from __future__ import annotations

# A state begins with its word, by which the panel colours it.
RUNNING = "работает"
DONE = "готово"
FAILED = "не получилось"
RUNNING_OF = "{running}: {done} из {total}"
DONE_AT = "{done}, {moment:%d.%m.%Y %H:%M}"
STATUS = "{caption}: {state}"

OUTCOME = "{caption}. {outcome}"
WORKING = "{caption}: идёт работа…"
MISFITS = "Введено, но больше не подходит: {rows}. Строки сохранены, их назовёт «Проверить ввод»."
DOUBTS = "План может быть неверным: не прочитано или неизвестно — {cells}. Нажмите «Проверить ввод», исправьте и назначьте снова."
AND_MORE = " … и ещё {count}"
CELLS = ("ячейка", "ячейки", "ячеек")
PROTOCOLS_MADE = "Готово: {files}."
REPORT_MADE = "Справка готова."
NO_PROTOCOLS = "Баллы ещё не введены ни для одной работы, поэтому протоколов нет."
FOLDER = "Открыта папка с документами."
UNDONE = "Книга снова такая, какой была до последней кнопки."
NOT_NOTED = "Строка в «Журнал» не записана: {why}"

LINK_SHEET = "→ лист «{sheet}»"
LINK_FOLDER = "→ папка «{name}»"
LINK_FILE = "→ {name}"

UNEXPECTED = "Что-то пошло не так, и программа этого не предусмотрела. Подробности в файле {log}: покажите его тому, кто поддерживает программу."
WINDOW_TITLE = "ВПР"
