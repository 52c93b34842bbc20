"""What is said about setting up: messages of the macros, keyboard ways, `xlpy install`, `uninstall`, `doctor`, `open`."""

from __future__ import annotations

# Keyboard ways of the main buttons, in Excel and in LibreOffice: letters that neither needs itself.
# The letter stands in the macro's attribute too; a test holds them together.
SHORTCUTS = {
    "prepare": "Ctrl+Shift+E",
    "check": "Ctrl+Shift+C",
    "assign": "Ctrl+Shift+A",
    "protocols": "Ctrl+Shift+D",
    "report": "Ctrl+Shift+G",
}

# Texts of the macros' message boxes; they lie in the workbook under these names, for macros are plain ASCII.
MACRO_MESSAGES = {
    "message_not_saved": "Сначала сохраните книгу: программа работает с сохранённым файлом.",
    "message_no_launcher": (
        "Кнопка не нашла программу xlpy на этом компьютере. Откройте командную строку в папке этой книги и выполните: "
        "xlpy install. Если не поможет, выполните: xlpy doctor — он скажет, что исправить. На macOS кнопкам Excel нужна "
        "надстройка xlwings: её ставит та же команда. Любую кнопку заменяет команда, см. лист «Панель»."
    ),
    "message_not_started": (
        "Кнопка не смогла запустить программу xlpy: на этом компьютере запуск программ из макросов запрещён. "
        "Сохраните и закройте книгу и выполните команду, заменяющую кнопку, см. лист «Панель». "
        "Что именно запрещено, покажет команда: xlpy doctor."
    ),
}

# What the launcher says where Python is broken. It stands in a shell script and a command file: no < > & | % ( ) here.
LAUNCHER_BROKEN = (
    "xlpy: кнопка книги не сработала, потому что Python или программа xlpy перемещены или удалены. "
    "Установите xlpy снова и выполните в папке книги: xlpy install"
)

# Folders of the home folder that hold everything: none of them may be trusted as a whole.
WIDE_FOLDERS = ("Downloads", "Загрузки", "Desktop", "Рабочий стол", "Documents", "Документы")

STEPS = {
    "launcher": "Кнопки запускают программу через {path}.",
    "launcher_already": "Запуск кнопок уже настроен: {path}.",
    "trusted": "LibreOffice: макросы книг из папки {folder} разрешены (только из неё).",
    "trusted_already": "LibreOffice: папка {folder} уже разрешена.",
    "pipe": "LibreOffice: кнопки связываются с открытой книгой по личному каналу, сетевой порт не открывается.",
    "pipe_already": "LibreOffice: связь с открытой книгой уже настроена.",
    "pipe_replaced": "LibreOffice: прежняя настройка связи «{old}» сохранена и заменена; xlpy uninstall вернёт её.",
    "keys": "LibreOffice: главные кнопки нажимаются и с клавиатуры: " + ", ".join(SHORTCUTS.values()) + ".",
    "keys_taken": "LibreOffice: сочетания {keys} уже заняты вами и не изменены; остальные работают.",
    "level_low": (
        "LibreOffice: уровень безопасности макросов ниже высокого. Его выбрали вы, поэтому он не изменён; "
        "безопаснее «Высокий»: Сервис → Параметры → Безопасность → Безопасность макросов."
    ),
    "macros_forbidden": (
        "LibreOffice: выполнение макросов запрещено целиком, кнопки работать не будут. Пользуйтесь командами xlpy "
        "или попросите администратора разрешить макросы из доверенных папок."
    ),
    "no_office": (
        "LibreOffice на этом компьютере не найден, его настройка пропущена. Поставите его — выполните xlpy install снова."
    ),
    "boxed": (
        "LibreOffice из Flatpak или Snap не может запускать программы: кнопки в нём не сработают. "
        "Поставьте LibreOffice пакетом системы или с libreoffice.org."
    ),
    "excel_not_here": "Excel: на Linux его нет, настройка пропущена.",
    "no_excel": "Excel на этом компьютере не найден, его настройка пропущена.",
    "addin": "Excel: надстройка xlwings установлена. Перезапустите Excel, если он открыт.",
    "addin_failed": (
        "Excel: надстройку xlwings поставить не удалось. Закройте Excel и повторите; если её удаляет антивирус, "
        "кнопки на Windows сработают и без неё."
    ),
    "conf": "Excel: путь к Python записан в {path}.",
    "conf_already": "Excel: путь к Python уже записан в {path}.",
    "excel_trust": (
        "Excel: разрешите макросы книги. Файл → Параметры → Центр управления безопасностью → Параметры центра → "
        "Надёжные расположения → Добавить: {folder}. Если файл получен по почте или из интернета: "
        "правая кнопка на файле → Свойства → Разблокировать."
    ),
    "left": "LibreOffice: настройка {name} с тех пор изменена не нами и оставлена как есть.",
    "office_restored": "LibreOffice: прежние настройки возвращены.",
    "excel_restored": "Excel: прежние настройки возвращены, надстройка убрана.",
    "addin_left": "Excel: прежние настройки возвращены, но надстройку xlwings убрать не удалось. Закройте Excel и повторите.",
    "uninstalled": "Запуск кнопок убран.",
    "not_installed": "Убирать нечего: xlpy install здесь не выполнялась.",
}

# Link of the chain: what is said of a good one, of a bad one, and what to do about the bad one.
CHECKS = {
    "python": ("Python {version}", "Python {version} слишком старый", "Установите Python 3.11 или новее и xlpy в нём."),
    "packages": (
        "Все пакеты на месте",
        "Не хватает пакетов: {missing}",
        "Установите xlpy заново: python -m pip install --upgrade xlpy (или из папки программы).",
    ),
    "host": (
        "Программа для книги есть",
        "Нет ни LibreOffice, ни Excel",
        "Установите LibreOffice. Без него работают команды xlpy, но не кнопки.",
    ),
    "boxed": (
        "",
        "Есть LibreOffice из Flatpak или Snap: он не может запускать программы",
        "Открывайте книгу в LibreOffice, установленном пакетом системы или с libreoffice.org.",
    ),
    "launcher": (
        "Запуск кнопок настроен: {path}",
        "Кнопки не знают, что запускать: нет файла {path}",
        "Выполните xlpy install в папке книги.",
    ),
    "launcher_python": (
        "Кнопки запускают Python: {python}",
        "Кнопки запускают Python, которого больше нет: {python}",
        "Выполните xlpy install в папке книги.",
    ),
    "office": (
        "LibreOffice {version}: {path}",
        "LibreOffice {version} слишком старый или не запускается: {path}",
        "Установите LibreOffice 7.0 или новее.",
    ),
    "uno": (
        "LibreOffice доступен из Python {version}: {python}",
        "LibreOffice не доступен из Python: в {python} нет модуля uno",
        (
            "Debian, Ubuntu: установите пакет python3-uno; в других системах Linux — пакет LibreOffice для Python (pyuno). "
            "Windows, macOS: переустановите LibreOffice с libreoffice.org."
        ),
    ),
    "uno_inside": ("Связь с LibreOffice: напрямую (одна и та же версия Python)", "", ""),
    "uno_child": ("Связь с LibreOffice: через его собственный Python {version}", "", ""),
    "profile": (
        "Настройки LibreOffice: {path}",
        "LibreOffice ещё не настроен: нет файла {path}",
        "Выполните xlpy install в папке книги.",
    ),
    "profile_broken": (
        "",
        "Настройки LibreOffice повреждены: {path}",
        "Запустите LibreOffice, закройте его, затем выполните xlpy install.",
    ),
    "trusted": (
        "Макросы книги разрешены: {folder}",
        "Макросы книги не разрешены: папки {folder} нет среди доверенных",
        "Закройте LibreOffice и выполните xlpy install в этой папке.",
    ),
    "level": (
        "Безопасность макросов: высокая",
        "Безопасность макросов ниже высокой: LibreOffice выполняет и чужие макросы",
        "Верните «Высокий»: Сервис → Параметры → LibreOffice → Безопасность → Безопасность макросов. Кнопкам этого хватает.",
    ),
    "macros": (
        "",
        "Выполнение макросов запрещено целиком",
        "Пользуйтесь командами xlpy или попросите администратора разрешить макросы из доверенных папок.",
    ),
    "pipe": (
        "Связь с открытой книгой настроена",
        "Связь с открытой книгой не настроена",
        "Закройте LibreOffice и выполните xlpy install; или открывайте книгу командой xlpy open.",
    ),
    "pipe_asleep": ("LibreOffice сейчас закрыт, связь проверять не с чем", "", ""),
    "pipe_answers": (
        "Открытый LibreOffice отвечает",
        "LibreOffice открыт, но не отвечает",
        "Закройте все его окна и откройте книгу снова. Не поможет — перезагрузите компьютер.",
    ),
    "excel": ("Excel: {path}", "", ""),
    "addin": (
        "Надстройка xlwings на месте: {path}",
        "Нет надстройки xlwings: {path}",
        "Закройте Excel и выполните xlpy install. На Windows кнопки работают и без неё, на macOS — нет.",
    ),
    "conf": (
        "Надстройка знает, где Python: {path}",
        "Надстройка не знает, где Python: {path}",
        "Выполните xlpy install в папке книги.",
    ),
    "book": ("Книга: {path}", "Книги {path} нет", "Проверьте имя и папку."),
    "book_reads": ("", "Книга не читается. {why}", "Возьмите последнюю копию из папки «Копии»."),
    "folder": (
        "В папку книги можно писать: {folder}",
        "В папку книги нельзя писать: {folder}",
        "Получите права на запись в эту папку или перенесите книгу в свою.",
    ),
    "lock": (
        "Книга нигде не открыта",
        "Книга {path} открыта у {who} ({program})",
        "Закройте её там. Если она нигде не открыта, удалите рядом с ней файл {lock}.",
    ),
    "lock_own": ("Книга {path} сейчас открыта: {who}, {program}", "", ""),
    "mark": (
        "Windows доверяет файлу книги",
        "Windows считает книгу полученной из интернета и не даст макросам работать: {path}",
        "Правая кнопка на файле → Свойства → Разблокировать.",
    ),
    "buttons": (
        "Кнопки книги на месте",
        "LibreOffice сохранил книгу без видимых кнопок: вместо них ссылки",
        "Откройте книгу командой xlpy open: она вернёт кнопки. Ссылки и сочетания клавиш работают и так.",
    ),
}
CHECK_LINE = {True: "  хорошо  {what}", False: "  ПЛОХО   {what}"}
CHECK_TODO = "          → {todo}"
CHECK_END = {True: "Всё в порядке.", False: "Нужно исправить: {red}."}
OPENED = "Книга {path} открыта: {program}."

COMMANDS = {
    "install": (
        "Настроить кнопки книги на этом компьютере, для этого пользователя. КНИГА — сама книга или её папка; "
        "без неё берётся текущая папка. Разрешаются макросы только из этой папки; повторный запуск ничего не меняет."
    ),
    "uninstall": "Убрать всё, что сделала xlpy install, и вернуть прежние настройки.",
    "doctor": (
        "Проверить каждое звено между кнопкой и программой и сказать, что исправить. "
        "Код завершения: 0 — всё в порядке, 1 — что-то нужно исправить."
    ),
    "open": "Открыть книгу так, чтобы кнопки работали.",
}
SHORT = {
    "install": "настроить кнопки книги",
    "uninstall": "вернуть всё, как было до install",
    "doctor": "проверить, работают ли кнопки",
    "open": "открыть книгу",
}
