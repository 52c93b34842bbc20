"""How cells look: one property of a whole range, or of scattered ranges, in one round trip. Colours are 0xRRGGBB."""

from __future__ import annotations

import re
from typing import Any

from .cells import area_of, union_of
from .desk import Desk
from .runtime import enum, struct

_ENUMS = {
    "CharPosture": "awt.FontSlant",
    "HoriJustify": "table.CellHoriJustify",
}
_AMBIGUOUS = "AMBIGUOUS_VALUE"
_GENERAL = "General"
_DATE = 2
# Quoted text, brackets, escapes, and letters of dates and times, which Excel writes small.
_PARTS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|General|AM/PM|A/P|[DMYHSN]+')
_SPELLED = re.compile(r'(?:"[^"]*"|\[[^\]]*\]|\\.|[DMYHSN .:/,-]|AM/PM)*')
_FIGURES = re.compile(r"(?:(?:d{1,2}|m{1,2}|yy|yyyy|h{1,2}|s{1,2})(?:[ .:-]+|$))+", re.IGNORECASE)
_COLOURS = {"BLACK", "BLUE", "CYAN", "GREEN", "MAGENTA", "RED", "WHITE", "YELLOW"}
_LAPSED = re.compile(r"\[(?:H+|M+|S+)\]")


def get_look(desk: Desk, sheet: int, area: list[int], name: str) -> Any:
    """A property of the cells; None where they differ."""
    cells = area_of(desk, sheet, area)
    if cells.getPropertyState(name).value == _AMBIGUOUS:
        return None
    content = cells.getPropertyValue(name)
    return getattr(content, "value", content)


def set_look(desk: Desk, sheet: int, area: list[int], name: str, content: Any) -> None:
    """Give all the cells one value of a property."""
    area_of(desk, sheet, area).setPropertyValue(name, as_uno(name, content))


def set_looks(desk: Desk, book: int, sheet: int, areas: list[list[int]], name: str, content: Any) -> None:
    """The same for scattered ranges of one sheet."""
    union_of(desk.thing(book), desk.thing(sheet), areas).setPropertyValue(name, as_uno(name, content))


def as_uno(name: str, content: Any) -> Any:
    """A value of a property as UNO wants it: closed sets by the name of the member."""
    return enum(_ENUMS[name], content) if name in _ENUMS else content


def _english() -> Any:
    return struct("lang.Locale", Language="en", Country="US")


def _own() -> Any:
    """The language of the office: a format in it shows with the user's comma and names of months, as in Excel."""
    return struct("lang.Locale")


def format_key(document: Any, code: str) -> int:
    """Key of a number format given in Excel's grammar, made where it is new. Raises ValueError for a wrong one."""
    if code.lower() == _GENERAL.lower():
        return 0
    formats = document.NumberFormats
    key = _key_in(formats, code, _own())
    own = formats.getByKey(key).FormatString
    if _FIGURES.fullmatch(code) and _in_english(formats, own, _own()).lower() != code.lower():
        # A date in figures looks the same in every language, but in the user's own its points are saved as strokes.
        return _key_in(formats, code, _english())
    return key


def _key_in(formats: Any, code: str, language: Any) -> int:
    try:
        return int(formats.addNewConverted(code, _english(), language))
    except Exception as error:
        # So it answers for some that are there already, too.
        key = formats.queryKey(code, language, False)
        if key == -1:
            raise ValueError(code) from error
        return int(key)


def format_code(document: Any, key: int) -> str:
    """Format of that key in Excel's grammar, whatever language the office speaks."""
    if key == 0:
        return _GENERAL
    formats = document.NumberFormats
    found = formats.getByKey(key)
    code = found.FormatString
    # A date that is spelled in Excel's letters keeps its points: turned over it would get English strokes.
    if not (found.Type & _DATE and _SPELLED.fullmatch(code)):
        code = _in_english(formats, code, found.Locale)
    return _PARTS.sub(_as_excel_spells, code)


def _in_english(formats: Any, code: str, locale: Any) -> str:
    """The format as an English office writes it; a format that cannot be turned over comes back as it is."""
    try:
        return str(formats.getByKey(formats.addNewConverted(code, locale, _english())).FormatString)
    except Exception:  # noqa: BLE001 - UNO's own exceptions, whose classes are not to be had here
        return code


def _as_excel_spells(part: Any) -> str:
    text = str(part[0])
    if text[0] in '"\\':
        return text
    if text[0] == "[":
        return text.title() if text[1:-1] in _COLOURS else _LAPSED.sub(lambda hours: hours[0].lower(), text)
    return text if text in {"AM/PM", "A/P", _GENERAL} else text.lower()


def get_number_format(desk: Desk, book: int, sheet: int, area: list[int]) -> Any:
    """Number format of the cells in Excel's grammar; None where they differ."""
    cells = area_of(desk, sheet, area)
    if cells.getPropertyState("NumberFormat").value == _AMBIGUOUS:
        return None
    return format_code(desk.thing(book), cells.NumberFormat)


def set_number_format(desk: Desk, book: int, sheet: int, area: list[int], code: str) -> None:
    """Give the cells a number format in Excel's grammar."""
    area_of(desk, sheet, area).NumberFormat = format_key(desk.thing(book), code)


_NO_LINE, _DOUBLE, _DOUBLE_WIDTH = 32767, 15, 88
_SIDES = {
    "edge_left": "LeftBorder2",
    "edge_top": "TopBorder2",
    "edge_bottom": "BottomBorder2",
    "edge_right": "RightBorder2",
    "diagonal_down": "DiagonalTLBR2",
    "diagonal_up": "DiagonalBLTR2",
}
_TABLE = {
    "edge_left": ("LeftLine", "IsLeftLineValid"),
    "edge_top": ("TopLine", "IsTopLineValid"),
    "edge_bottom": ("BottomLine", "IsBottomLineValid"),
    "edge_right": ("RightLine", "IsRightLineValid"),
    "inside_vertical": ("VerticalLine", "IsVerticalLineValid"),
    "inside_horizontal": ("HorizontalLine", "IsHorizontalLineValid"),
}


def get_border(desk: Desk, sheet: int, area: list[int], side: str) -> list[int] | None:
    """[style, width in 1/100 mm, colour] of one side of the range; None where its cells differ."""
    cells = area_of(desk, sheet, area)
    if side in _TABLE:
        line_name, valid = _TABLE[side]
        table = cells.TableBorder2
        if not getattr(table, valid):
            return None
        line = getattr(table, line_name)
    else:
        line = cells.getPropertyValue(_SIDES[side])
    return [line.LineStyle if line.OuterLineWidth else _NO_LINE, line.OuterLineWidth, line.Color]


def set_border(desk: Desk, sheet: int, area: list[int], side: str, style: int, width: int, colour: int) -> None:
    """Draw one side of the range; style 32767 takes the line away."""
    cells = area_of(desk, sheet, area)
    line = struct("table.BorderLine2")
    if style == _DOUBLE:
        # Only the whole width: the office shares it out. Other kinds of double lines it saves as single ones.
        line.Color, line.LineStyle, line.LineWidth = colour, style, max(width, _DOUBLE_WIDTH)
    elif style != _NO_LINE:
        line.Color, line.LineStyle, line.OuterLineWidth, line.LineWidth = colour, style, width, width
    if side in _TABLE:
        line_name, valid = _TABLE[side]
        table = struct("table.TableBorder2")
        setattr(table, line_name, line)
        setattr(table, valid, True)
        cells.TableBorder2 = table
    else:
        cells.setPropertyValue(_SIDES[side], line)


VERBS: dict[str, Any] = {
    "get_look": get_look,
    "set_look": set_look,
    "set_looks": set_looks,
    "get_number_format": get_number_format,
    "set_number_format": set_number_format,
    "get_border": get_border,
    "set_border": set_border,
}
