"""Rules of «Настройки»."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from xlpy.checks.findings import Hit
from xlpy.checks.names import perhaps
from xlpy.checks.slips import UNREADABLE, shown
from xlpy.plan.working_days import parse_days_off
from xlpy.tables.convert import SlipCode, as_text
from xlpy.tables.frames import Table, split_list
from xlpy.tables.normalise import fold
from xlpy.tables.settings import GOALS, REPAIRS, SETTINGS_ROWS, Settings
from xlpy.words.checks import SETTING_LIMITS
from xlpy.words.grammar import day

# Without these, documents have gaps and dates are not counted.
WANTED = ("school_short", "vpr_from", "vpr_to")

# Parameters that put words of a closed list in the order the school prefers.
_ORDERS: Mapping[str, tuple[str, ...]] = {"goal_order": GOALS, "repair_order": REPAIRS}

_UNDERSTOOD: Mapping[SlipCode, str] = {
    SlipCode.SPELLING: "GEN-05",
    SlipCode.DATE_AS_TEXT: "GEN-08",
    SlipCode.NUMBER_AS_TEXT: "GEN-09",
}
_BY_KEY = {setting.key: setting for setting in SETTINGS_ROWS}


def row_of(sheet: Table, key: str) -> int:
    """Row of a parameter; the first free row where the sheet lacks it."""
    caption = fold(_BY_KEY[key].caption)
    rows = sheet.frame.index[sheet.frame["parameter"].map(fold) == caption]
    if len(rows):
        return int(rows[0])
    return int(sheet.frame.index.max()) + 1 if len(sheet.frame) else sheet.sheet.header_row + 1


def _slipped(settings: Settings) -> frozenset[str | None]:
    return frozenset(slip.key for slip in settings.slips if slip.code is not SlipCode.REQUIRED)


def _missing(sheet: Table, settings: Settings, keys: Iterable[str]) -> Iterable[Hit]:
    errors = {row for row, _ in sheet.errors}
    for key in keys:
        row = row_of(sheet, key)
        if settings.by_key[key] in {None, ""} and key not in _slipped(settings) and row not in errors:
            yield Hit("settings", row, "setting", {"parameter": _BY_KEY[key].caption})


def missing_required(sheet: Table, settings: Settings) -> Iterable[Hit]:
    """Parameters without which nothing can be computed."""
    return _missing(sheet, settings, [setting.key for setting in SETTINGS_ROWS if setting.required])


def missing_wanted(sheet: Table, settings: Settings) -> Iterable[Hit]:
    """Parameters that documents and dates need."""
    return _missing(sheet, settings, WANTED)


def unknown_parameters(sheet: Table, settings: Settings) -> Iterable[Hit]:
    """Parameters that nobody declared."""
    captions = [setting.caption for setting in SETTINGS_ROWS]
    for slip in settings.slips:
        name = as_text(slip.written)
        if slip.key is None and name:
            yield Hit(
                sheet.sheet.key, slip.row, "parameter", {"parameter": shown(name), "perhaps": perhaps(name, captions)}
            )


def days_backwards(sheet: Table, settings: Settings) -> Iterable[Hit]:
    """The first day of ВПР after the last."""
    start, end = settings.date("vpr_from"), settings.date("vpr_to")
    if start and end and start > end:
        yield Hit(sheet.sheet.key, row_of(sheet, "vpr_to"), "setting", {"start": day(start), "end": day(end)})


def _unfit(sheet: Table, row: int, key: str, written: object) -> Hit:
    setting = _BY_KEY[key]
    limits = "" if setting.low is None else SETTING_LIMITS.format(low=setting.low, high=setting.high)
    hint = " ".join(part for part in (limits, "; ".join(setting.choices), setting.help) if part)
    params = {"parameter": setting.caption, "written": shown(written), "help": hint}
    return Hit(sheet.sheet.key, row, "setting", params)


def unfit_values(sheet: Table, settings: Settings) -> Iterable[Hit]:
    """Values that cannot be taken, and days off that are no dates."""
    for slip in settings.slips:
        if slip.key is not None and slip.code in UNREADABLE - {SlipCode.REQUIRED}:
            yield _unfit(sheet, slip.row, slip.key, slip.written)
    unread = parse_days_off(settings.text("days_off"))[1]
    if unread:
        yield _unfit(sheet, row_of(sheet, "days_off"), "days_off", unread[0])


def unknown_words_of_order(sheet: Table, settings: Settings) -> Iterable[Hit]:
    """Parameters that order the words of a closed list and name another; the first such word of each."""
    for key, known in _ORDERS.items():
        strange = [word for word in split_list(settings.text(key)) if fold(word) not in map(fold, known)]
        for word in strange[:1]:
            params = {"parameter": _BY_KEY[key].caption, "written": shown(word), "choices": "; ".join(known)}
            yield Hit("settings", row_of(sheet, key), "setting", params | {"perhaps": perhaps(word, known)})


def repeated_words_of_order(sheet: Table, settings: Settings) -> Iterable[Hit]:
    """Parameters that order the words of a closed list and name one twice; the first such word of each."""
    for key, known in _ORDERS.items():
        count = Counter(fold(word) for word in split_list(settings.text(key)))
        for word in [word for word in known if count[fold(word)] > 1][:1]:
            yield Hit("settings", row_of(sheet, key), "setting", {"parameter": _BY_KEY[key].caption, "written": word})


def understood_values(sheet: Table, settings: Settings) -> dict[str, list[Hit]]:
    """Values that were not written as they should be and yet are certain, by code."""
    found: dict[str, list[Hit]] = {}
    for slip in settings.slips:
        if slip.key is not None and slip.code in _UNDERSTOOD:
            meant = settings.by_key[slip.key]
            said = day(meant) if isinstance(meant, date) else shown(meant)
            hit = Hit(sheet.sheet.key, slip.row, "setting", {"written": shown(slip.written), "meant": said}, slip.code)
            found.setdefault(_UNDERSTOOD[slip.code], []).append(hit)
    return found
