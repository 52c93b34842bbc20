"""The parameters of sheet «Настройки»: one declaration each, and the typed settings read from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from xlpy.tables.convert import SlipCode, as_text, convert, is_empty
from xlpy.tables.declare import Column, Kind
from xlpy.tables.normalise import fold

if TYPE_CHECKING:
    from xlpy.tables.frames import Table
    from xlpy.tables.raw import Value


@dataclass(frozen=True, slots=True)
class Setting:
    """One parameter: `caption` is its row on the sheet, `default` what an empty cell means."""

    key: str
    caption: str
    kind: Kind = Kind.TEXT
    default: str | float | int = ""
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    required: bool = False
    help: str = ""


PACKS = "пачки"
PAPERS = "работы"
SAME_NORM = "одинаковая"
NORM_BY_LIMIT = "по лимиту"
# Words of the two lists whose order the school chooses; what they mean is in `assignment`.
GOALS = ("равномерность", "прежний план", "предпочтения", "взаимность")
REPAIRS = ("сверх лимита", "второй предмет", "соседняя школа")

SETTINGS_ROWS: tuple[Setting, ...] = (
    Setting("school", "Школа (полное)", help="Полное наименование по уставу: стоит в документах."),
    Setting("school_short", "Школа (краткое)", help="Короткое имя: в колонтитулах и письмах."),
    Setting("fis_login", "Логин ФИС ОКО", help="Например edu203389. Пароль здесь не хранят."),
    Setting("municipality", "Муниципалитет"),
    Setting("region", "Регион"),
    Setting(
        "timezone", "Часовой пояс", default="Europe/Moscow", help="Например Europe/Kaliningrad или Asia/Kamchatka."
    ),
    Setting("director", "Директор", help="Фамилия Имя Отчество."),
    Setting("deputy", "Заместитель директора", help="Фамилия Имя Отчество."),
    Setting("coordinator", "Координатор ВПР", help="Фамилия Имя Отчество."),
    Setting("technician", "Технический специалист", help="Фамилия Имя Отчество."),
    Setting(
        "year", "Учебный год", Kind.YEAR, required=True, help="Например 2025/26. По нему выбираются шкалы и задания."
    ),
    Setting("order_number", "Номер приказа"),
    Setting("order_date", "Дата приказа", Kind.DATE),
    Setting("vpr_from", "ВПР с", Kind.DATE, help="Первый день ВПР в школе."),
    Setting("vpr_to", "ВПР по", Kind.DATE, help="Последний день ВПР в школе."),
    Setting("checkers_per_pack", "Проверяющих на работу", Kind.INTEGER, 1, low=1, high=2, help="1 или 2."),
    Setting(
        "paper_limit",
        "Лимит работ на проверяющего",
        Kind.INTEGER,
        "",
        low=1,
        high=2000,
        help="Пусто — без общего лимита.",
    ),
    Setting(
        "load_unit",
        "Единица нагрузки",
        Kind.CHOICE,
        PACKS,
        (PACKS, PAPERS),
        help="Чем считать нагрузку проверяющих: пачками (класс и предмет) или работами.",
    ),
    Setting(
        "load_norm",
        "Норма нагрузки",
        Kind.CHOICE,
        SAME_NORM,
        (SAME_NORM, NORM_BY_LIMIT),
        help="«по лимиту»: у кого лимит вдвое меньше общего, тому и работ вдвое меньше.",
    ),
    Setting(
        "goal_order",
        "Порядок целей",
        default="; ".join(GOALS),
        help="Что важнее при назначении, через «;». После подписания плана («Закреплено: да») первым идёт прежний план.",
    ),
    Setting(
        "class_checkers",
        "Разные проверяющие у класса",
        Kind.CHOICE,
        "нет",
        ("да", "нет"),
        help="«да»: один человек проверяет у класса не больше одного предмета.",
    ),
    Setting(
        "repair_order",
        "Порядок исправлений",
        default="; ".join(REPAIRS),
        help="Что предлагать, когда проверяющих не хватает, через «;»; первое — охотнее всего.",
    ),
    Setting("check_days", "Дней на проверку", Kind.INTEGER, 3, low=0, high=30, help="Рабочих дней после работы."),
    Setting("upload_days", "Дней на загрузку", Kind.INTEGER, 5, low=0, high=60, help="Рабочих дней после работы."),
    Setting(
        "notice_days",
        "Дней на ознакомление",
        Kind.INTEGER,
        5,
        low=0,
        high=60,
        help="За сколько дней родители узнают результат.",
    ),
    Setting("recheck_share", "Доля случайной перепроверки", Kind.NUMBER, 0.1, low=0, high=1, help="От 0 до 1."),
    Setting("seed", "Зерно выборки", help="Открытое зерно: объявляется после того, как списки готовы."),
    Setting(
        "task_tolerance",
        "Допуск на задание",
        Kind.INTEGER,
        1,
        low=0,
        high=20,
        help="Расхождение баллов за задание, которое записывают.",
    ),
    Setting(
        "paper_tolerance",
        "Допуск на работу",
        Kind.INTEGER,
        2,
        low=0,
        high=50,
        help="Расхождение балла за работу, с которого нужна третья проверка.",
    ),
    Setting("observers_per_room", "Наблюдателей на кабинет", Kind.INTEGER, 1, low=0, high=5),
    Setting("days_off", "Нерабочие дни школы", help="Даты через «;», например 06.05.2026; 07.05.2026."),
    Setting("names_file", "Файл с ФИО", help="Если имена участников хранятся отдельно: путь к файлу."),
    Setting(
        "copies", "Хранить копий", Kind.INTEGER, 10, low=1, high=200, help="Сколько прежних состояний книги хранить."
    ),
    Setting("schema_version", "Версия книги", Kind.INTEGER, 1, low=1, high=1000, help="Ставит программа."),
    Setting("documents_folder", "Папка документов", default="Документы", help="Папка рядом с книгой или полный путь."),
    Setting("gost", "Профиль ГОСТ", Kind.CHOICE, "2025", ("2025", "2016"), help="ГОСТ Р 7.0.97-2025 или -2016."),
    Setting("digest_recipients", "Получатели сводки", help="Адреса через «;»."),
    Setting(
        "digest_day",
        "День сводки",
        Kind.CHOICE,
        "понедельник",
        ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
    ),
    Setting("digest_time", "Время сводки", default="08:00"),
    Setting("smtp_host", "SMTP сервер"),
    Setting("smtp_port", "SMTP порт", Kind.INTEGER, 587, low=1, high=65535),
    Setting("smtp_security", "Шифрование", Kind.CHOICE, "STARTTLS", ("STARTTLS", "SSL", "нет")),
    Setting("smtp_user", "SMTP пользователь"),
    Setting("smtp_sender", "Отправитель", help="Адрес, от имени которого уходит сводка."),
)


@dataclass(frozen=True, slots=True)
class SettingSlip:
    """A parameter whose value could not be taken; `key` is None for a parameter nobody declared."""

    row: int
    key: str | None
    code: SlipCode
    written: Value


@dataclass(frozen=True, slots=True)
class Settings:
    """Typed settings by key. An empty or unreadable value is its default."""

    by_key: Mapping[str, object]
    slips: tuple[SettingSlip, ...] = ()

    def text(self, key: str) -> str:
        """Value as text; "" where empty."""
        found = self.by_key[key]
        return "" if found is None else str(found)

    def number(self, key: str) -> float | None:
        """Value as a number; None where empty."""
        found = self.by_key[key]
        return float(found) if isinstance(found, (int, float)) else None

    def whole(self, key: str) -> int | None:
        """Value as a whole number; None where empty."""
        found = self.number(key)
        return None if found is None else int(found)

    def date(self, key: str) -> date | None:
        """Value as a date; None where empty."""
        found = self.by_key[key]
        return found.date() if isinstance(found, datetime) else None


def setting_column(setting: Setting) -> Column:
    """Return the column declaration by which a parameter's value is typed."""
    return Column(
        setting.key,
        setting.caption,
        setting.kind,
        choices=setting.choices,
        low=setting.low,
        high=setting.high,
        required=setting.required,
    )


def _default(setting: Setting) -> object:
    return None if setting.default == "" and setting.kind is not Kind.TEXT else setting.default


def read_settings(table: Table) -> Settings:
    """Return the typed settings of sheet «Настройки». Never raises: what cannot be read is a slip.

    The first row of a parameter counts; parameters are matched whatever their case and spaces.
    """
    declared = {fold(setting.caption): setting for setting in SETTINGS_ROWS}
    by_key: dict[str, object] = {setting.key: _default(setting) for setting in SETTINGS_ROWS}
    slips: list[SettingSlip] = []
    seen: set[str] = set()
    for row, caption, written in zip(table.frame.index, table.frame["parameter"], table.frame["setting"], strict=True):
        setting = declared.get(fold(caption))
        if setting is None:
            slips.append(SettingSlip(int(row), None, SlipCode.CHOICE, caption))
            continue
        if setting.key in seen:
            continue
        seen.add(setting.key)
        if is_empty(written):
            if setting.required:
                slips.append(SettingSlip(int(row), setting.key, SlipCode.REQUIRED, None))
            continue
        typed = convert(as_text(written) if setting.kind is Kind.TEXT else written, setting_column(setting))
        if typed.slip is not None:
            slips.append(SettingSlip(int(row), setting.key, typed.slip, written))
        if typed.slip not in {SlipCode.TYPE, SlipCode.RANGE, SlipCode.CHOICE}:
            by_key[setting.key] = typed.value
    return Settings(by_key, tuple(slips))
