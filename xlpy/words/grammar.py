"""Russian plurals, numbers and dates. The only place that knows how they are written."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

MINUS = "\N{MINUS SIGN}"
NBSP = "\N{NO-BREAK SPACE}"
ABSENT_VALUE = "—"

# Latin letters and the Cyrillic ones they cannot be told from on paper.
LATIN_LOOK_ALIKES = "ABCEHKMOPTXYaceopxy"
CYRILLIC_LOOK_ALIKES = "АВСЕНКМОРТХУасеорху"
YO, YE = "ёЁ", "еЕ"


def plural(count: int, one: str, few: str, many: str) -> str:
    """Return the form that goes with `count`: 1 работа, 2 работы, 5 работ."""
    tail = abs(count) % 100
    if 11 <= tail <= 14:
        return many
    tail %= 10
    if tail == 1:
        return one
    return few if 2 <= tail <= 4 else many


def counted(count: int, one: str, few: str, many: str) -> str:
    """Return the number with its noun: «5 работ»."""
    return f"{count}{NBSP}{plural(count, one, few, many)}"


def decimal(number: float | None, places: int = 1) -> str:
    """Write a number with a decimal comma, rounded half up; a dash where there is none."""
    if number is None or number != number:  # noqa: PLR0124 - NaN
        return ABSENT_VALUE
    rounded = Decimal(repr(float(number))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded}".replace(".", ",").replace("-", MINUS)


def percent(share: float | None, places: int = 1) -> str:
    """Write a share 0–1 as a percentage: 0.123 → «12,3 %»."""
    if share is None or share != share:  # noqa: PLR0124 - NaN
        return ABSENT_VALUE
    return f"{decimal(share * 100, places)}{NBSP}%"


def day(moment: date | None) -> str:
    """Write a date as dd.mm.yyyy; a dash where there is none."""
    return ABSENT_VALUE if moment is None else f"{moment:%d.%m.%Y}"


WORKS = ("работа", "работы", "работ")
PUPILS = ("ученик", "ученика", "учеников")
ROWS = ("строка", "строки", "строк")
ERRORS = ("ошибка", "ошибки", "ошибок")
WARNINGS = ("предупреждение", "предупреждения", "предупреждений")
NOTICES = ("замечание к сведению", "замечания к сведению", "замечаний к сведению")
PROTOCOLS = ("протокол", "протокола", "протоколов")
