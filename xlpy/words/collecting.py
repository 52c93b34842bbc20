"""What is said when teachers' forms are collected: progress, outcome, the list of differences, «Журнал»."""

from __future__ import annotations

ABOUT = (
    "«Собрать формы»: взять баллы из форм, которые вернулись, в лист «Результаты». Пустые ячейки заполняются; "
    "где в книге и в форме разное, программа показывает список и ничего не меняет, пока не выбрано --take. "
    "Сами формы не меняются. Без ПАПКИ берётся папка «Формы» в папке документов."
)
SHORT = "«Собрать формы»"
ACTION = "Собрать формы"
FOLDER_NAME = "[ПАПКА]"
TAKE_NAME = "form|workbook|newer"
# The values of `exchange.forms.differences.Take`, known before that room is loaded.
TAKES = ("form", "workbook", "newer")
TAKE = (
    "Как решить различия: form — взять из формы, workbook — оставить, как в книге, "
    "newer — взять то, что изменили позже (где это известно)"
)
ONLY_NAME = "НОМЕРА"
ONLY = "К каким различиям из списка относится --take, например 1,3,5-8 (без ключа — ко всем)"
STEP_READ = "Читаю формы"
STEP_DECIDE = "Сверяю формы с книгой"

# Kept in the folder of documents.
RECORD_FILE = "Собранные формы.json"

FORMS = ("форма", "формы", "форм")
CELLS = ("ячейка", "ячейки", "ячеек")
FILES = ("файл", "файла", "файлов")
PAPERS = ("работа", "работы", "работ")

SUMMARY = "Прочитано: {forms}. Записано в «Результаты»: {cells}."
SUMMARY_NOTHING = "Прочитано: {forms}. Нового в них нет: «Результаты» не изменились."
SETTLED = "Решено различий: {count}."
OPEN = "Различий, которые ждут решения: {count}."
REMEMBERED = "Различий, которые решены раньше: {count}."
UNSETTLED = (
    "Не решено этим ключом: {count} — где неизвестно, что изменили позже, или формы говорят разное; выберите сами."
)
NO_DIFFERENCES = "Различий между формами и книгой нет."
LIST = "Различия (номера — для ключа --only):"
LIST_LINE = "  {number}. {message}"
LIST_MORE = "  … и ещё {count}; весь список — в ответе с ключом --json и на листе «Замечания»"
CHOICE = "Решить их: xlpy collect КНИГА ПАПКА --take form, workbook или newer; часть списка — с ключом --only 1,3,5-8."
NOTES = "Что сказано о формах:"
NOTE_LINE = "  {severity}: {place} — {message} {hint}"
NOTES_MORE = "  … и ещё {count}; все — на листе «Замечания»"
PERSON = "{who}: {said}"
PERSON_MISSING = "не вернулись — {works}"
PERSON_UNFINISHED = "не закончены — {works}"
PERSON_WORK = "{work}"
PERSON_WORK_TYPED = "{work} ({typed} из {papers})"
BETWEEN_WORKS = "; "
BETWEEN_KINDS = ". "
PEOPLE = "Ждём ещё:"
STILL = "Не вернулось форм: {missing}, не закончено: {unfinished}."
NOT_TAKEN = "Ошибок в формах: {errors}."
ALL_BACK = "Ждать больше нечего: баллы всех работ введены."
NO_RECORD = "Баллы записаны, а файл «{file}» — нет: {why} Решения о различиях спросятся ещё раз."
BROKEN_RECORD = (
    "Файл «{file}» не читается или записан другой версией программы: что было в формах раньше, неизвестно. "
    "Баллы это не меняет."
)
FOREIGN_MANY = "Это не формы проверки, файлов — {count}: {names}."
OTHER_MANY = "Формы из другой книги, файлов — {count}: {names}."
FOREIGN_MEND = "Ничего делать не нужно; если среди них есть форма, попросите прислать её такой, какой она была выдана."
OTHER_MEND = "Отправьте их своей школе."
AND_MORE = " и ещё {count}"
BETWEEN_NAMES = ", "
OPEN_BY = " у {who} ({program})"

# «Журнал».
JOURNAL = "{summary} Различий решено: {settled}, ждут решения: {open}. Форм не вернулось: {missing}, не закончено: {unfinished}."
JOURNAL_FORM = "{where}: {cells}. {who}, {saved}."
JOURNAL_FORM_TAKEN = "{message} Взято из формы."
JOURNAL_WORKBOOK_KEPT = "{message} Оставлено, как в книге."
JOURNAL_OPEN = "{message} Ещё не решено."

# Why a file could not be read and what to do, by the code of the door's error.
UNREAD = {
    "encrypted": ("она закрыта паролем", "Попросите снять пароль и прислать форму снова."),
    "truncated": ("файл повреждён или записан не до конца", "Попросите прислать форму снова."),
    "bad_part": ("файл повреждён", "Попросите прислать форму снова."),
    "part_twice": ("файл повреждён", "Попросите прислать форму снова."),
    "empty_file": ("файл пустой", "Попросите прислать форму снова."),
    "too_large": (
        "файл необычно велик и не открыт, чтобы не занять всю память",
        "Если это форма, попросите прислать её снова.",
    ),
    "too_far": ("на листе что-то введено очень далеко", "Удалите лишние строки и столбцы и пришлите форму снова."),
    "has_doctype": ("в файле есть недопустимое объявление (DOCTYPE)", "Если это форма, попросите прислать её снова."),
    "csv_too_large": ("файл слишком велик для формы", "Если это форма, попросите прислать её снова."),
    "not_readable": ("диск или сеть его не отдали", "Проверьте, доступна ли папка, и соберите формы ещё раз."),
}
UNREAD_OTHER = ("{why}", "Если это форма, попросите прислать её снова.")
