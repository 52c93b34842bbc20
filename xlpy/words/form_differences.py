"""What is said of forms held against the workbook, against one another, and of those that are still awaited."""

from __future__ import annotations

from xlpy.words.checks import Words

DIFFERENCES: dict[str, Words] = {
    "FRM-40": Words(
        "Баллы, которые в форме и в книге разные",
        "{where}: в форме {form}, в книге {book}. Форма: {who}, {saved}.{newer}",
        "{mend}",
    ),
    "FRM-41": Words(
        "Формы одной работы, которые говорят разное",
        "{where}: в формах разное — {said}; {book}.",
        "{mend}",
    ),
    "FRM-42": Words(
        "Две независимые проверки, которые разошлись",
        "{where}: первая и вторая проверка разошлись{tasks}. {third}",
        "{mend}",
    ),
    "FRM-43": Words(
        "Формы того, кто больше не проверяет эту работу",
        "{where}: форма прежнего проверяющего ({who}, {saved}){now}. Ячеек, которых в книге нет или они другие: {count}. "
        "Они не взяты.",
        "{mend}",
    ),
    "FRM-44": Words(
        "Старые версии форм",
        "Это версия {version}, а есть {newest} ({file}). Отсюда взято ячеек: {taken}; в новой другое: {behind}.",
        "Ничего делать не нужно, если вводили в новую форму.",
    ),
    "FRM-45": Words(
        "Ячейки, которые в форме опустели",
        "{where}: в форме теперь пусто, в книге {book}. Форма: {who}, {saved}.{newer}",
        "{mend}",
    ),
    "FRM-46": Words(
        "Формы работ, задания которых заданы не полностью",
        "Задания работы «{subject}» класса {school_class} на листе «{sheet}» заданы не полностью: форму не с чем сверить.",
        "Заполните задания и соберите формы ещё раз.",
    ),
    "FRM-50": Words(
        "Формы, которые не вернулись",
        "{where}: форма не вернулась. Проверяет {who}.",
        "Попросите прислать форму. Если её нет у проверяющего, раздайте формы ещё раз.",
    ),
    "FRM-51": Words(
        "Формы, где «готово» ещё не отмечено",
        "{where}: введено работ {typed} из {papers}, «готово» не отмечено. Проверяет {who}.",
        "Когда форма будет готова, соберите формы ещё раз.",
    ),
    "FRM-52": Words(
        "Готовые формы, где введено не всё",
        "{where}: отмечено «готово», а введено работ {typed} из {papers}. Проверяет {who}.",
        "Узнайте у проверяющего, где остальные работы; кто не писал, у того в «Варианте» стоит «отсутствовал».",
    ),
    "FRM-53": Words(
        "Вторая проверка раньше первой",
        "{where}: вторая проверка уже есть, а первой ещё нет. Работ: {count}.",
        "Они сравнятся сами, когда соберёте форму первой проверки.",
    ),
}

MEND = (
    "Сверьте с работой. Исправьте книгу или форму либо выполните xlpy collect с ключами --take {ways} --only {number}."
)
MEND_FORMS = (
    "Сверьте с работой и оставьте один файл либо выполните xlpy collect с ключами --take {ways} --only {number}."
)
MEND_FORMS_SECOND = "Сверьте с работой и оставьте один файл."
MEND_FORMER = (
    "Если эти работы проверил прежний проверяющий, выполните xlpy collect с ключами --take form --only {number}; "
    "если нет — с ключами --take workbook --only {number}."
)
MEND_FORMER_SECOND = "Ничего делать не нужно; если вторую проверку делал он, верните его на лист «Проверяющие»."
NOT_TAKEN = "не взято ничего"
IN_BOOK = "в книге {book}"
AT_TASK_ONLY = "{where}, работа {code}, задание {label}"

WHERE = "{school_class}, {subject}"
WHERE_SECOND = "{school_class}, {subject} (вторая проверка)"
AT_TASK = "{where}, работа {code}, задание {label} ({cell})"
AT_VARIANT = "{where}, работа {code}, вариант ({cell})"
AT_ROW = "{where}, работа {code} ({cell})"
EMPTY = "пусто"
BLANK = "пусто (вся форма)"
ABSENT_ROW, POINTS_ROW = "«отсутствовал»", "баллы (ячеек: {count})"
CELLS_OF_FORM = "заполнено ячеек: {count}"
SAVED = "сохранена {moment}"
SAVED_UNKNOWN = "когда сохранена, неизвестно"
NOBODY = "проверяющий не указан"
NEWER_FORM = " Позже изменили форму."
NEWER_WORKBOOK = " Позже изменили книгу."
NEWER_UNKNOWN = ""
ONE_SAYS = "{value} ({file}, {saved})"
BETWEEN = ", "
NOW = "; теперь проверяет {who}"
TASK_APART = "задание {label}: {first} и {second}"
TASKS_APART = " — {tasks}"
BETWEEN_TASKS = "; "
THIRD = "Балл за работу {first} и {second}: нужна третья проверка."
NO_THIRD = "Балл за работу {first} и {second}: третья проверка не нужна."
THIRD_UNKNOWN = "Работа проверена не до конца, нужна ли третья проверка, пока неизвестно."
MEND_THIRD = "Дайте работу третьему проверяющему; решённые баллы внесите в форму первой проверки или в книгу."
MEND_TOGETHER = "Пусть проверяющие сверятся с критериями; решённые баллы внесите в форму первой проверки или в книгу."
WAYS = {
    "both": "form или --take workbook",
    "newer": "newer, --take form или --take workbook",
    "forms": "newer или --take workbook",
    "stay": "workbook",
}
