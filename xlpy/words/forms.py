"""What a teacher's form says: title, captions, help, the line by which it is known again."""

from __future__ import annotations

WORK_SHEET = "Работы"
HELP_SHEET = "Как заполнять"
# A reader finds this line by its very words: change them and forms handed out before are not known again.
IDENTITY = "Форма ВПР {format} · {school_class} · {subject} · {year} · {turn} · версия {version} · № {number}"
TURNS = {"first": "первая проверка", "second": "вторая проверка"}
LABEL_TWICE = "{label} (№ {number})"
PILE, CODE, VARIANT, POINTS, MARK = "№", "Код", "Вариант", "Балл", "Отметка"
READY_CAPTION, READY = "Готово:", "готово"

TITLE = "ВПР: {subject}, {school_class}, {year} учебный год"
TITLE_SECOND = TITLE + ". Вторая, независимая проверка"
# The line of people; a reader takes the checker from it: «Проверяющий: » up to «, проверить до» or «, вернуть: ».
CHECKER, UNTIL, RETURN = "Проверяющий: {checker}", "проверить до {until}", "вернуть: {coordinator}"
BETWEEN = ", "
MAXIMUM_CAPTION = "макс. балл"

# Pieces of the live line of state.
TYPED, TYPED_OF = "Введено работ: ", " из "
READY_TOO_EARLY = ". Отмечено «готово», но введено не всё!"
ABSENT_SHOWN = "—"
# Number formats of the three cells of the scale: the number in them is the least points for the mark.
SCALE_FORMATS = ('"«3» от "0', '"«4» от "0', '"«5» от "0')
SCALE_SAID = "баллов (наибольший балл за работу — {total}). Отметка считается сама."
NO_SCALE = "Шкала не задана: отметка не считается. Наибольший балл за работу — {total}."

POINTS_TITLE, POINTS_HELP = "От 0 до {maximum}", "Целое число от 0 до {maximum}. {marks}"
MARKS = "X — ученик к заданию не приступал."
MARKS_NOT_TAUGHT = "X — ученик к заданию не приступал, «не пройд.» — тема не пройдена."
WRONG_POINTS_TITLE = "Такого балла нет"
WRONG_POINTS = "Здесь может быть целое число от 0 до {maximum} или X{not_taught}."
WRONG_NOT_TAUGHT = ", или «не пройд.»"
VARIANT_HELP = "Номер варианта с работы. Если ученика не было, выберите «отсутствовал» и баллов не ставьте."
WRONG_VARIANT_TITLE = "Проверьте вариант"
WRONG_VARIANT = "Обычно это номер варианта с работы или «отсутствовал». Оставить, как введено?"
CODE_GUARD_TITLE = "Код не меняйте"
CODE_GUARD = (
    "Код не меняйте: по нему баллы попадут к нужной работе. Отмените ввод (Esc). "
    "Если код не тот, что на работе, скажите координатору."
)
HEADER_GUARD_TITLE = "Заголовок не меняйте"
HEADER_GUARD = "Заголовок не меняйте: по нему баллы попадут в нужное задание. Отмените ввод (Esc)."
TOTAL_GUARD_TITLE = "Считается само"
TOTAL_GUARD = "Балл и отметка считаются сами по введённым баллам. Отмените ввод (Esc)."
READY_TITLE, READY_HELP = "Всё введено?", "Выберите «готово», когда введены все работы. Снять отметку — клавиша Delete."
WRONG_READY_TITLE, WRONG_READY = "Только «готово» или пусто", "Выберите «готово» из списка или оставьте клетку пустой."
# A footer: «&P» and «&N» are the number of the page and of pages.
PAGE = "Страница &P из &N"

HELP_TITLE = "Как заполнять"
HELP_NOTE = "В файле только коды: фамилий учеников здесь нет, и вписывать их не нужно."
HELP_STEPS = (
    "Лист «Работы»: строка — работа (найдите её по коду), столбец — задание. Впишите баллы.",
    (
        "Балл — целое число от 0 до наибольшего: он стоит под заданием. Неверно — 0. {marks} За X — 0 баллов. "
        "Пустая клетка значит «ещё не проверено»."
    ),
    "Вариант — номер с работы. Ученика не было — выберите «отсутствовал», без баллов.",
    (
        "Балл и отметка считаются сами. «не всё» — заполнены не все клетки; «проверьте» и красная клетка — "
        "такого значения быть не может."
    ),
    (
        "Сохраняйте когда угодно, продолжить можно потом. Строки можно сортировать, коды и заголовки не меняйте. "
        "Вставляете из другой таблицы — вставьте только значения."
    ),
    "Удобнее на бумаге? Напечатайте лист «Работы» (А4), заполните от руки и перенесите.",
    "Всё введено — выберите «готово» вверху листа «Работы» и сохраните.",
    "{giving_back}",
)
GIVE_BACK = "Верните этот файл{until}{coordinator} или сохраните там, где взяли. Имя файла можно менять."
GIVE_BACK_UNTIL, GIVE_BACK_TO = " до {until}", " ({coordinator})"
IDENTITY_TITLE = "Какая это форма"
# Captions of the plain cells that say which form this is, by field of the identity.
IDENTITY_CAPTIONS = {
    "school": "Школа",
    "work": "Работа",
    "year": "Учебный год",
    "turn": "Проверка",
    "checker": "Проверяющий",
    "version": "Версия формы",
    "number": "Номер формы",
}
WORK = "{subject}, {school_class}"
