"""What is said when forms are handed out: what to give to whom, and of works that have no form."""

from __future__ import annotations

# Folders and files, beneath the folder of documents.
FOLDER = "Формы"
RETIRED = "Заменённые"
RECORD = "Опись форм.json"
RECORD_ABOUT = "Ведёт программа xlpy: что и кому роздано. Не меняйте и не удаляйте."
FILES_OF_TURN = {"first": "{school_class} {subject}", "second": "{school_class} {subject} (вторая проверка)"}
RETIRED_FILE = "{name}, версия {version}"

ABOUT = (
    "«Раздать формы»: каждому проверяющему — файл .xlsx на каждую его работу (класс и предмет), только с кодами. "
    "При повторе делаются только те формы, где что-то изменилось; введённые баллы остаются."
)
SHORT = "«Раздать формы»"
ACTION = "Раздать формы"
STEP = "Делаю формы"
OUT_HELP = "Папка для форм (по умолчанию — «Формы» в папке документов)"

OUTCOME = "Формы: {counts}."
OUTCOME_NONE = "Форм нет."
COUNTED_NEW = "новых — {count}"
COUNTED_RENEWED = "обновлено — {count}"
COUNTED_SAME = "без изменений — {count}"
COUNTED_TAKEN_BACK = "снято — {count}"
COUNTED_HINDERED = "не сделано — {count}"

# On the screen, by person.
FORMS = ("форма", "формы", "форм")
PAPERS = ("работа", "работы", "работ")
CELLS = ("значение", "значения", "значений")
PLACES = ("место", "места", "мест")
WORK = "{school_class} {subject}{turn}"
TURNS = {"first": "", "second": " (вторая проверка)"}
HAND = "Раздайте из папки {folder}:"
PERSON = "  {person}: {forms}, папка «{folder}»"
FORM = "    {file}: {what}, {papers}{until}"
UNTIL = ", проверить до {until}"
WHAT = {
    "new": "новая форма",
    "again": "сделана заново, версия {version}",
    "renewed": "версия {version}",
    "passed on": "версия {version}",
}
WHY_NEW = "      что изменилось: {changes}"
CHANGES = {
    "checker": "раньше проверял(а) {former}",
    "new papers": "добавлено работ — {count}",
    "gone papers": "убрано работ — {count}",
    "until": "другой срок",
    "tasks": "другие задания",
    "scale": "другая шкала",
    "other": "сведения в заголовке",
}
CARRIED = "      введённое перенесено: {cells}"
LEFT = "      не перенесено, потому что прочитать однозначно нельзя: {places}; посмотрите прежнюю форму"
RETIRED_IS = "      прежняя форма теперь здесь: {path}"
OLD_UNREAD = "      прежняя форма не прочитана, поэтому из неё ничего не перенесено. {why}"
KEPT_UNREAD = "Форма {file} оставлена как есть, но не читается. {why} Если она испорчена, удалите её и раздайте снова: будет сделана новая."
FORMER = "  {person}: {work} теперь проверяет {now}{typed}; форма теперь здесь: {path}"
FORMER_TYPED = " (в прежней форме заполнено: {cells})"
TAKEN = "Больше не нужны, заберите:"
TAKEN_BACK = "  {person}: {work}{typed}; форма теперь здесь: {path}"
TAKEN_TYPED = " (в ней заполнено: {cells})"
ALL_SAME = "Все формы уже розданы, изменений нет: {forms} в папке {folder}"
SAME = "Без изменений: {forms}."
NEXT = "Когда проверяющие вернут файлы: xlpy collect КНИГА ПАПКА"

# Works without a form, by `exchange.forms.hand_out.Why`: several works at once, and what to do.
REFUSED = {
    "no checker": "Проверяющий не назначен: {works}. Нажмите «Назначить проверяющих» или впишите его на лист «Проверяющие» и раздайте снова.",
    "external": "Проверяет другая школа: {works}. Пакет для неё делает xlpy packet-out --external.",
    "same person": "Второй проверяющий тот же, что первый: {works}. Форма для второй проверки не сделана; впишите другого на лист «Проверяющие».",
    "no tasks": "На листе «Задания» задания за {year} год заданы не полностью: {works}. Заполните их и раздайте снова.",
    "no rows": "На листе «Результаты» нет строк: {works}. Нажмите «Подготовить ввод» и раздайте снова.",
    "all absent": "Все отсутствовали, проверять нечего: {works}.",
    "code twice": "Один код стоит в работе дважды: {works}. Исправьте лист «Результаты» и раздайте снова: иначе не понять, чьи баллы вернулись.",
}
WORK_AND_CELLS = "{work} (код {paper}: {cells})"
NONE_ASSIGNED = "На листе «Проверяющие» ещё никто не назначен, раздавать формы некому. Нажмите «Назначить проверяющих» (xlpy assign) и повторите."
WORKS_SHOWN = 30
MORE_WORKS = " и ещё {count}"
HELD = "{work}, {person}: форма открыта у {who} ({program}), поэтому оставлена как есть. Когда её закроют, раздайте снова; если она нигде не открыта, удалите рядом с ней файл {lock}."
HELD_HERE = (
    "{work}, {person}: форма открыта в другой программе, поэтому оставлена как есть. Когда её закроют, раздайте снова."
)
NOT_WRITTEN = "Не записано форм — {count} ({works}): {why}. Остальные на месте; устраните причину и раздайте снова."
UNRECORDED = "{why} Без описи программа узнаёт розданные формы по ним самим."
NO_JOURNAL = "Формы готовы, но строка в «Журнал» не записана: {why}"
