"""What the command line says: help, progress, outcomes."""

from __future__ import annotations

from xlpy.words import collecting, distribution, duties, handing_out, journal, packet, repairs
from xlpy.words.install import COMMANDS as INSTALL
from xlpy.words.install import SHORT as INSTALL_SHORT
from xlpy.words.region import ABOUT as REGION
from xlpy.words.region import SHORT as REGION_SHORT
from xlpy.words.watch import ABOUT as WATCH
from xlpy.words.watch import SHORT as WATCH_SHORT
from xlpy.words.why import ABOUT as WHY
from xlpy.words.why import SHORT as WHY_SHORT

ABOUT = (
    "xlpy — ВПР в школе честно: проверка ввода, назначение проверяющих, протоколы и справка "
    "из одной книги vpr_workbook.xlsm.\n\n"
    "Код завершения: 0 — сделано, 1 — есть замечания или назначить нельзя, 2 — не получилось."
)
VERSION = "Показать версию."
BOOK_NAME = "КНИГА"
BUTTON_NAME = "КНОПКА"
MAYBE_BOOK_NAME = "[КНИГА]"
FOLDER_NAME = "ПАПКА"
FILE_NAME = "ФАЙЛ"
DATE_NAME = "ДАТА"
NUMBER_NAME = "ЧИСЛО"
OPTIONS_NAME = "[КЛЮЧИ]"
COMMAND_NAME = "КОМАНДА …"
OUT = "Папка для документов (по умолчанию — из настройки «Папка документов»)"
OUT_FILE = "Куда записать книгу"
JSON = "Ответ одним объектом JSON"
TODAY = "Считать сегодняшним этот день (дд.мм.гггг или гггг-мм-дд)"
FROM = "Папка с файлами CSV, названными как листы (Учителя.csv, Классы.csv, …)"
CLASSES = "Сколько классов"
SEED = "Зерно: одно и то же зерно даёт одну и ту же школу"
CLEAN = "Без ошибок ввода"

COMMANDS = {
    "new": "Создать книгу; с --from — сразу заполнить её из файлов CSV.",
    "build": "Собрать пустую книгу из исходного текста программы.",
    "demo": "Создать книгу вымышленной школы и пройти на ней весь путь до справки.",
    "prepare": "«Подготовить ввод»: разложить строки листа «Результаты» по участникам и графику.",
    "upgrade": "Перенести заполненную книгу на новую версию.",
    "check": "«Проверить ввод»: найти ошибки и записать их на лист «Замечания».",
    "assign": "«Назначить проверяющих»: кто чьи работы проверяет.",
    "assign-region": REGION,
    **duties.COMMANDS,
    "distribution": distribution.COMMAND,
    "why": WHY,
    "forms": handing_out.ABOUT,
    "collect": collecting.ABOUT,
    "journal": journal.ABOUT,
    "protocols": "«Сформировать протоколы»: протокол проверки на каждый класс и предмет.",
    "report": "«Сформировать справку»: аналитическая справка школы.",
    "packet-out": packet.OUT_ABOUT,
    "packet-in": packet.IN_ABOUT,
    **INSTALL,
    "watch": WATCH,
    "press": (
        "Нажать кнопку открытой книги: prepare, check, assign, observers, organisers, distribution, forms, collect, protocols, report, folder или undo. "
        "Так её нажимает макрос; итог — на листе «Панель»."
    ),
    "undo": "«Отменить последнее действие» в открытой книге.",
}

SHORT = {
    "new": "создать книгу, пустую или из файлов CSV",
    "build": "собрать пустую книгу из исходного текста",
    "demo": "вымышленная школа: весь путь до справки",
    "prepare": "«Подготовить ввод»",
    "upgrade": "перенести книгу на новую версию",
    "check": "«Проверить ввод»",
    "assign": "«Назначить проверяющих»",
    "assign-region": REGION_SHORT,
    **duties.SHORT,
    "distribution": distribution.SHORT,
    "why": WHY_SHORT,
    "forms": handing_out.SHORT,
    "collect": collecting.SHORT,
    "journal": journal.SHORT,
    "protocols": "«Сформировать протоколы»",
    "report": "«Сформировать справку»",
    "packet-out": packet.OUT_SHORT,
    "packet-in": packet.IN_SHORT,
    **INSTALL_SHORT,
    "watch": WATCH_SHORT,
    "press": "нажать кнопку открытой книги",
    "undo": "«Отменить последнее действие»",
}

# Words of the command-line library itself, as it asks for them in English.
LIBRARY = {
    "Usage:": "Запуск:",
    "Options": "Ключи",
    "Positional arguments": "Аргументы",
    "Commands": "Команды",
    "Error: {message}": "Не получилось: {message}",
    "Aborted!": "Прервано.",
    "default: {default}": "по умолчанию: {default}",
    "required": "обязательно",
    "Show this message and exit.": "Показать эту справку.",
    "Try '{command} {option}' for help.": "Справка: {command} {option}",
    "No such command {name!r}.": "Нет такой команды: {name}.",
    "No such option {name!r}.": "Нет такого ключа: {name}.",
    "No such option: {name}": "Нет такого ключа: {name}.",
    "Did you mean {possibility}?": "Может быть, {possibility}?",
    "(Did you mean one of: {possibilities}?)": "(Может быть: {possibilities}?)",
    "Missing argument": "Не указано",
    "Missing option": "Не указан ключ",
    "Missing parameter": "Не указано",
    "Missing command.": "Не указана команда.",
    "Missing parameter: {param_name}": "Не указано: {param_name}",
    "Missing {param_type}": "Не указано",
    "Invalid value: {message}": "Не подходит значение: {message}",
    "Invalid value for {param_hint}: {message}": "Не подходит значение {param_hint}: {message}",
    "Got unexpected extra argument ({args})": "Лишнее слово: {args}",
    "Got unexpected extra arguments ({args})": "Лишние слова: {args}",
    "Option {name!r} requires an argument.": "Ключу {name} нужно значение.",
    "Option {name!r} does not take a value.": "Ключу {name} значение не нужно.",
    "{value!r} is not a valid {number_type}.": "{value} — не число.",
    "{value!r} is not {choice}.": "{value} не подходит. Можно: {choice}.",
    "{value!r} is not one of {choices}.": "{value} не подходит. Можно: {choices}.",
    "{value} is not in the range {range}.": "{value} вне границ {range}.",
}

STEPS = {
    "new": "Создаю книгу",
    "build": "Собираю книгу",
    "school": "Придумываю школу",
    "fill": "Заполняю книгу",
    "prepare": "Готовлю ввод",
    "read": "Читаю книгу",
    "check": "Проверяю ввод",
    "assign": "Назначаю проверяющих",
    **duties.STEPS,
    "distribution": distribution.STEP,
    "protocols": "Пишу протоколы",
    "report": "Пишу справку",
    "write": "Записываю книгу",
    "upgrade": "Переношу книгу",
    "done": "Готово",
}

DONE = {
    "new": "Книга создана: {path}",
    "imported": "Из файлов взято: {sheets}.",
    "build": "Книга собрана: {path}",
    "demo": "Вымышленная школа готова. Всё лежит в папке {path}:",
    "demo_book": "  {path} — книга",
    "demo_truth": "  {path} — какие ошибки вписаны нарочно",
    "demo_documents": "  {path} — {files}",
    "prepare": "Лист «Результаты»: добавлено строк — {added}, осталось — {kept}, убрано пустых — {removed}.",
    "prepare_scales": "На лист «Шкалы» добавлены строки, которые нужно заполнить: {works}.",
    "prepare_tasks": "На лист «Задания» добавлены строки, которые нужно заполнить: {works}.",
    "misfits": "Введено, но больше не подходит (строки сохранены):",
    "misfit": "  строка {row}: {code}, {school_class}, {subject} — {reason}",
    "more": "  … и ещё {count}",
    "check_none": "Замечаний нет.",
    "check": "Проверка: {counts}.",
    "counts": "{errors}, {warnings}, {notices}",
    "written": "Записано на лист «Замечания».",
    "assign_doubts": "Эти ячейки не прочитаны или неизвестны, поэтому план может быть неверным: кого-то не удалось отвести от своего класса, или настройка взята по умолчанию. Исправьте их и назначьте снова:",
    "protocols": "Готово: {files} в папке {path}",
    "protocols_empty": "Баллы ещё не введены, поэтому протокола нет: {works}.",
    "report": "Справка: {path}",
    "upgraded": "Версия {version}",
    "no_journal": "Документы готовы, но строка в «Журнал» не записана: {why}",
    "no_proof": "План записан, а файл с доказательством — нет: {why}",
    "not_written": "В книгу ничего не записано.",
}

MISFIT = {
    "unknown code": "такого кода нет на листе «Участники»",
    "other class": "участник в другом классе",
    "not taking part": "участник не участвует или выбыл",
    "not scheduled": "этой работы нет в «Графике»",
    "not chosen": "этот предмет участник не выбирал",
}

ACTIONS = {
    "new": "Книга создана",
    "prepare": "Подготовить ввод",
    "check": "Проверить ввод",
    "assign": "Назначить проверяющих",
    **duties.ACTIONS,
    "distribution": distribution.ACTION,
    "protocols": "Сформировать протоколы",
    "report": "Сформировать справку",
    "upgrade": "Обновить книгу",
    "accept": repairs.ACTION,
    "packet_out": packet.ACTION_OUT,
    "packet_in": packet.ACTION_IN,
    "journal": journal.ACTION,
    "forms": handing_out.ACTION,
}

WORK_OF_GRADE = "{grade} класс, {subject}"
DOCUMENTS_FOLDER = "Документы"
PROOF_FILE = "Доказательство распределения.json"
KEEP = "Менять прежний план как можно меньше (так и без ключа, если что-то закреплено)"
FRESH = "Составить план заново, не глядя на прежний"
TEMPLATES_FOLDER = "Шаблоны"
UNEXPECTED = (
    "Что-то пошло не так, и программа этого не предусмотрела. Книга цела: в ней прежнее или уже записанное состояние.\n"
    "Подробности записаны в файл {log}. Покажите его тому, кто поддерживает программу."
)
INTERRUPTED = "Прервано. Книга цела: в ней прежнее или уже записанное состояние."
FILES = ("документ", "документа", "документов")
SEVERITY = {"error": "ошибка", "warning": "предупреждение", "notice": "к сведению"}
SEVERITY_HEAD = {"severity": "Важность", "rule": "Правило", "cell": "Где", "message": "Что не так"}
DEMO_PERSON = "демонстрация"
DEMO_REPORT = "аналитическая справка"
