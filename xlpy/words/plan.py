"""How the plan's anchors are written in «Привязка», and how its dates stand in «Срок»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from xlpy.words.grammar import day
from xlpy.words.panel import DUE

# Words of an anchor. They are read whatever their case and spaces.
FIRST_DAY = "ВПР с"
LAST_DAY = "ВПР по"
MONTH = "месяц"
YEAR_BEFORE = "прошлый год"
SCHOOL_YEAR = "учебный год"
EACH_PAPER = "каждая работа"
NOTICE_DAYS = "дней на ознакомление"
UNDATED = ("по событию", "внешний план")

_DASH = " – "
_LEFT_OUT = "…"
_BETWEEN = "; "
_AFTER_WORDS = ": "
SHOWN_SPANS = 30


def span_words(span: tuple[date, date]) -> str:
    """Write a span of days: «16.03.2026 – 20.03.2026», or one date where it is one day."""
    first, last = span
    return day(first) if first == last else day(first) + _DASH + day(last)


def due_words(wording: str, spans: Sequence[tuple[date, date]]) -> str:
    """Write «Срок»: what a measure hangs on in words, then its dates; past thirty spans the last but one are left out.

    «весь март: 01.03.2026 – 31.03.2026»; without words, the dates alone.
    """
    dates = [span_words(span) for span in spans]
    if len(dates) > SHOWN_SPANS:
        dates[SHOWN_SPANS - 1 : -1] = [_LEFT_OUT]
    return (wording + _AFTER_WORDS if wording and dates else wording) + _BETWEEN.join(dates)


_DATE = r"\d\d\.\d\d\.\d{4}"
_SPAN = rf"{_DATE}(?:{_DASH}{_DATE})?"
_DATES = re.compile(rf"{_SPAN}(?:{_BETWEEN}(?:{_SPAN}|{_LEFT_OUT}))*")
_WORDINGS = frozenset(DUE.values())


def edges_of(text: str) -> tuple[str, str] | None:
    """First and last date of a «Срок» as `due_words` writes it; None for any other text."""
    wording, colon, dates = text.rpartition(_AFTER_WORDS)
    if (colon and wording not in _WORDINGS) or not _DATES.fullmatch(dates):
        return None
    return dates[:10], dates[-10:]


def is_shipped_wording(text: str) -> bool:
    """Whether a «Срок» still reads as it was shipped, before there were dates."""
    return text in _WORDINGS
