"""When a work must be checked and uploaded: its own dates on «График», else working days counted from «Настройки»."""

from __future__ import annotations

from datetime import date

from xlpy.plan.working_days import add_working_days, parse_days_off
from xlpy.tables.settings import Settings


def days_off_of(settings: Settings) -> frozenset[date]:
    """The school's own days off."""
    return parse_days_off(settings.text("days_off"))[0]


def check_deadline(written: date, until: date | None, settings: Settings, days_off: frozenset[date]) -> date:
    """Last day of checking: `until` («Проверка до») or «Дней на проверку» working days after the work was written."""
    return until or add_working_days(written, settings.whole("check_days") or 0, days_off)


def upload_deadline(written: date, until: date | None, settings: Settings, days_off: frozenset[date]) -> date:
    """Last day of the upload: `until` («Загрузка до») or «Дней на загрузку» working days after the work."""
    return until or add_working_days(written, settings.whole("upload_days") or 0, days_off)


def checking_days(
    written: date, second: date | None, until: date | None, settings: Settings, days_off: frozenset[date]
) -> tuple[date, date]:
    """First and last day on which a work may be checked: from its (first) day to its deadline.

    A second part on another day moves a deadline that is counted, not one that is written.
    """
    parts = (written, second or written)
    return min(parts), max(*parts, check_deadline(max(parts), until, settings, days_off))
