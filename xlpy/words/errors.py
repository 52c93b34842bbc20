"""What stopped an action, in one sentence each: what is wrong, where, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlpy.errors import XlpyError

MORE_FINDINGS = "Ещё замечаний: {count}. Они не поместились на лист; исправьте эти и проверьте снова."

SENTENCES = {
    "not_found": "Файла {path} нет. Проверьте имя и папку.",
    "is_folder": "{path} — папка, а нужна книга .xlsm.",
    "not_readable": "Файл {path} не читается: {why}.",
    "not_a_workbook": "{path} — не книга Excel (.xlsm или .xlsx). Выберите книгу vpr_workbook.xlsm.",
    "old_format": "{path} — книга старого формата .xls. Откройте её и сохраните как .xlsm.",
    "other_format": "{path} — документ, но не книга .xlsm: сохраните его из программы как «Книга Excel с макросами (.xlsm)».",
    "encrypted": "Книга {path} закрыта паролем. Снимите пароль и повторите.",
    "truncated": "Книга {path} повреждена или записана не до конца. Возьмите последнюю копию из папки «{copies}».",
    "empty_file": "Файл {path} пустой. Возьмите последнюю копию из папки «{copies}».",
    "too_large": "Книга {path} необычно велика: {what}. Она не открыта, чтобы не занять всю память.",
    "has_doctype": "В книге {path} есть недопустимое объявление (DOCTYPE). Такая книга не открывается.",
    "bad_part": "Книга {path} повреждена: часть {part} не читается. Возьмите последнюю копию из папки «{copies}».",
    "sheet_missing": "В книге нет листа «{sheet}».{near} Верните лист или создайте новую книгу: xlpy new.",
    "column_missing": "На листе «{sheet}» нет столбца «{column}».{near} Верните заголовок или выполните xlpy upgrade.",
    "no_header": "На листе «{sheet}» не найдена строка заголовков. Верните её или выполните xlpy upgrade.",
    "near_name": " Возможно, это «{name}» ({cell}).",
    "array_formula": "На листе «{sheet}» ячейка {cell} — часть формулы массива. Уберите её: программа пишет в эту ячейку.",
    "locked": "Книга {path} открыта у {who} ({program}). Закройте её там и повторите.",
    "locked_unknown": "Книга {path} занята другой программой. Закройте её и повторите.",
    "busy": "С книгой {path} уже работает другая команда xlpy. Подождите, пока она закончит.",
    "changed_on_disk": "Книга {path} изменилась на диске, пока программа работала. Ничего не записано: повторите команду.",
    "cannot_save": "Книгу {path} не удалось записать: {why}. Прежняя книга не изменена.",
    "kept_beside": "Книгу {path} сейчас нельзя заменить: её держит другая программа. Новая записана рядом: {beside}.",
    "no_csv": "В папке {path} нет ни одного файла CSV с именем листа (например, Учителя.csv).",
    "csv_encoding": "Файл {path} не читается: сохраните его как «CSV UTF-8».",
    "csv_empty": "Файл {path} пустой: в нём нет строки заголовков.",
    "csv_no_column": "В файле {path} нет столбца «{column}».{near}",
    "no_year": "На листе «Настройки» не указан «Учебный год» (ячейка {cell}). Без него нельзя выбрать шкалы и задания.",
    "no_works": "На листе «График» нет ни одной работы. Заполните его и повторите.",
    "template_missing": "Нет шаблона {path}. Верните его или удалите свою папку шаблонов: тогда возьмётся шаблон программы.",
    "template_broken": "Шаблон {path} не подходит: {why}. Исправьте его в Word или уберите, чтобы взялся шаблон программы.",
    "exists": "В папке уже есть книга {path}. Она не тронута: выберите другую папку.",
    "cannot_write": "Не удалось записать {path}: {why}.",
    "bad_date": "{text} — не дата. Напишите, например, 20.04.2026.",
    "newer_book": "Книга {path} сделана более новой программой (версия {version}). Обновите xlpy.",
}

COPIES_FOLDER = "Копии"
NEW_SUFFIX = "новая"
EXCEL = "Excel"
LIBREOFFICE = "LibreOffice"
SOMEONE = "кого-то"
WHY = {
    "permission": "нет прав на запись",
    "space": "на диске не осталось места",
    "other": "диск не отвечает",
}
TOO_LARGE = {
    "total": "в распакованном виде больше {limit} МБ",
    "ratio": "часть {part} сжата в {ratio} раз",
    "parts": "в ней больше {limit} частей",
}


def sentence(error: XlpyError) -> str:
    """Return the sentence for an error. KeyError for a code without one: a test holds that there is none."""
    return SENTENCES[error.code].format(**error.params)
