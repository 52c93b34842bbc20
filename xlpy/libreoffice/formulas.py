"""Formulas between Excel's grammar and that of LibreOffice's API, which is English whatever the language of the office.

Text in, text out: nothing here knows a document. References to other files are left as they are; an operator or a
function that the other side does not have stays too, and shows there as an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

_STRING = r'"(?:[^"]|"")*"'
_QUOTED = r"'(?:[^']|'')+'"
_ERROR = r"#(?:N/A|REF!|NULL!|DIV/0!|VALUE!|NAME\?|NUM!|SPILL!|CALC!|GETTING_DATA)"
_WORD = r"[\w.$\\?]+"
_SIMPLE = re.compile(r"[^\W\d]\w*")
_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}\d{1,7}|[Rr]\d*(?:[Cc]\d*)?|[Cc]\d*|TRUE|FALSE", re.IGNORECASE)
_CELL = r"\$?[A-Za-z]{1,3}\$?\d+"
_COLUMNS, _ROWS = r"\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}", r"\$?\d+:\$?\d+"
_END = r"(?![\w.(\[!])"
# [1]Sheet1!A1, 'C:\\[Book.xlsx]Sheet 1'!A1
_OTHER_FILE = rf"\[[^\[\]]+\][^\s!'()\[\],;]+!{_WORD}|'[^'\[]*\[(?:[^']|'')*'!{_WORD}"

_EXCEL_TOKENS = re.compile(
    rf"(?P<string>{_STRING})"
    rf"|(?P<foreign>{_OTHER_FILE})"
    rf"|(?P<sheet>{_QUOTED}|[\w.]+:[\w.]+|[\w.]+)!"
    rf"(?P<place>{_COLUMNS}{_END}|{_ROWS}{_END}|{_CELL}:{_CELL}{_END}|{_WORD}|{_ERROR})"
    rf"|(?P<error>{_ERROR})|(?P<word>{_WORD})|(?P<space>\s+)|(?P<mark>.)",
    re.IGNORECASE | re.DOTALL,
)
_OFFICE_PLACE = rf"{_COLUMNS}{_END}|{_ROWS}{_END}|{_CELL}{_END}"
_OFFICE_SHEET = rf"\${_QUOTED}|\$\w+|{_QUOTED}|[^\W\d]\w*"
_OFFICE_TOKENS = re.compile(
    rf"(?P<string>{_STRING})"
    rf"|(?P<foreign>{_QUOTED}#\$?(?:{_QUOTED}|\w+)\.{_WORD}|{_OTHER_FILE})"
    rf"|(?P<sheet>{_OFFICE_SHEET})\.(?P<place>{_OFFICE_PLACE})(?::(?P<sheet2>{_OFFICE_SHEET})\.(?P<place2>{_CELL}{_END})"
    rf"|:(?P<rest>{_CELL}{_END}))?"
    rf"|(?P<scope>\${_QUOTED}|\$\w+)\.(?P<name>{_WORD})"
    rf"|(?P<error>{_ERROR})|(?P<word>{_WORD})|(?P<space>\s+)|(?P<mark>.)",
    re.IGNORECASE | re.DOTALL,
)

# The row of what looks like a cell, wherever it stands: no translation changes it or its order.
_ROW_OF_CELL = re.compile(r"(?<=[A-Z$])(?<![A-Z]{4})\d+(?![\w.(!\[])")
_ANY_ROW = "7"
_SHAPES = 4096

# Excel's functions that the API calls otherwise; what a file of Excel becomes when LibreOffice opens it.
_ADD_IN = "COM.SUN.STAR.SHEET.ADDIN.ANALYSIS.GET"
RENAMED = {
    "CEILING": "CEILING.XCL",
    "CONVERT": f"{_ADD_IN}CONVERT",
    "DURATION": f"{_ADD_IN}DURATION",
    "EFFECT": "EFFECTIVE",
    "FLOOR": "FLOOR.XCL",
    "FORECAST.ETS": "FORECAST.ETS.ADD",
    "FORECAST.ETS.CONFINT": "FORECAST.ETS.PI.ADD",
    "FORECAST.ETS.STAT": "FORECAST.ETS.STAT.ADD",
    "FORMULATEXT": "FORMULA",
    "PDURATION": "DURATION",
    "RRI": "ZGZ",
    "SKEW.P": "SKEWP",
}
_BACK = {office: excel for excel, office in RENAMED.items()}
_FILE_PREFIXES = ("_XLFN._XLWS.", "_XLFN.", "_XLWS.")
_LOGICAL = ("TRUE", "FALSE")


def to_office(formula: str) -> str:
    """A formula of Excel as the API of LibreOffice takes it. What is no formula comes back as it is."""
    return _by_shape(formula, _office_shape) if formula.startswith("=") else formula


@lru_cache(_SHAPES)
def _office_shape(formula: str) -> str:
    return _Translation(formula, _EXCEL_TOKENS, _excel_token).text()


def to_excel(formula: str) -> str:
    """A formula of the API of LibreOffice as Excel writes it, without the brackets around an array formula.

    What is no formula comes back as it is.
    """
    if formula.startswith("{=") and formula.endswith("}"):
        formula = formula[1:-1]
    return _by_shape(formula, _excel_shape) if formula.startswith("=") else formula


@lru_cache(_SHAPES)
def _excel_shape(formula: str) -> str:
    return _Translation(formula, _OFFICE_TOKENS, _office_token).text()


def _by_shape(formula: str, translate: Callable[[str], str]) -> str:
    """Translate all formulas of a column at the price of one: they differ in the rows of their cells only."""
    rows = _ROW_OF_CELL.findall(formula)
    shape = translate(_ROW_OF_CELL.sub(_ANY_ROW, formula))
    if len(_ROW_OF_CELL.findall(shape)) != len(rows):
        return translate(formula)
    left = iter(rows)
    return _ROW_OF_CELL.sub(lambda _: next(left), shape)


class _Translation:
    """One walk over the tokens of a formula. `depth` holds what each open bracket is: a call, a group or an array."""

    def __init__(
        self, formula: str, tokens: re.Pattern[str], turn: Callable[[_Translation, re.Match[str]], str]
    ) -> None:
        self.formula, self.tokens, self.turn = formula, tokens, turn
        self.depth: list[str] = []
        self.at = 1

    def text(self) -> str:
        """The translated formula."""
        made = ["="]
        while self.at < len(self.formula):
            found = self.tokens.match(self.formula, self.at)
            if found is None:
                break
            self.at = found.end()
            made.append(self.turn(self, found))
        return "".join(made)

    def next_is(self, marks: str) -> bool:
        """Whether the next character is one of these."""
        return self.formula[self.at : self.at + 1] in tuple(marks)

    def in_array(self) -> bool:
        """Whether the walk is between curly brackets."""
        return self.depth[-1:] == ["array"]

    def open_or_close(self, mark: str, is_call: bool) -> None:
        """Note a bracket."""
        if mark in "({":
            self.depth.append("array" if mark == "{" else "call" if is_call else "group")
        elif mark in ")}" and self.depth:
            self.depth.pop()

    def brackets(self) -> str:
        """Go over a structured reference's square brackets, which begin here; what they hold."""
        start, depth = self.at, 0
        while self.at < len(self.formula):
            mark = self.formula[self.at]
            self.at += 2 if mark == "'" else 1
            depth += (mark == "[") - (mark == "]")
            if depth == 0:
                break
        return self.formula[start : self.at]

    def ends_operand(self, at: int) -> bool:
        """Whether an operand ends before this place."""
        return re.match(r"[\w.)\]}\"'!?]", self.formula[at - 1 : at]) is not None


def _excel_token(walk: _Translation, found: re.Match[str]) -> str:
    if found["sheet"]:
        return _office_reference(found["sheet"], found["place"])
    if found["word"]:
        return _office_word(walk, found["word"])
    if found["space"] and _is_intersection(walk, found):
        return "!"
    if found["mark"]:
        return _office_mark(walk, found["mark"], found.start())
    return found[0]


def _is_intersection(walk: _Translation, found: re.Match[str]) -> bool:
    # A blank between two operands can be nothing else. In front of a sheet's name a quotation mark begins an operand.
    begins = re.compile(r"[\w$('\\]").match(walk.formula, walk.at) is not None
    return begins and walk.ends_operand(found.start())


def _office_reference(sheet: str, place: str) -> str:
    if place.startswith("#"):
        return place
    first, _, last = _unquoted(sheet).partition(":")
    if not last:
        return f"${_quoted_for_office(first)}.{place}"
    start, _, end = place.partition(":")
    return f"${_quoted_for_office(first)}.{start}:${_quoted_for_office(last)}.{end or start}"


def _office_word(walk: _Translation, word: str) -> str:
    if walk.next_is("("):
        name = word.upper()
        for prefix in _FILE_PREFIXES:
            name = name.removeprefix(prefix)
        return RENAMED.get(name, name if name != word.upper() else word)
    if walk.next_is("["):
        return word + _office_brackets(walk.brackets())
    if word.upper() in _LOGICAL and not walk.in_array():
        return f"{word.upper()}()"
    return word


def _office_brackets(brackets: str) -> str:
    inner = brackets[1:-1]
    if inner.startswith("@"):
        column = inner[1:].strip()
        columns = column if column.startswith("[") or not column else f"[{column}]"
        return f"[[#This Row];{columns}]" if columns else "[[#This Row]]"
    if inner.startswith("#"):
        return f"[[{inner}]]"
    return _separated(brackets, ",", ";")


def _separated(brackets: str, old: str, new: str) -> str:
    """Structured reference with other separators between its parts; a single name in brackets has none."""
    if not brackets.startswith("[["):
        return brackets
    made, depth, escaped = [], 0, False
    for mark in brackets:
        depth += 0 if escaped else (mark == "[") - (mark == "]")
        made.append(new if mark == old and depth == 1 and not escaped else mark)
        escaped = mark == "'" and not escaped
    return "".join(made)


def _office_mark(walk: _Translation, mark: str, at: int) -> str:
    walk.open_or_close(mark, is_call=re.match(r"[\w.]", walk.formula[at - 1 : at]) is not None)
    if walk.in_array():
        return {",": ";", ";": "|"}.get(mark, mark)
    if mark == ",":
        return "~" if walk.depth[-1:] == ["group"] else ";"
    # A plain formula of LibreOffice takes of a range the cell in its own row, which is what Excel's @ asks for.
    return "" if mark == "@" else mark


def _office_token(walk: _Translation, found: re.Match[str]) -> str:
    if found["sheet"]:
        return _excel_reference(found)
    if found["scope"]:
        return f"{_quoted_for_excel(_unquoted(found['scope'][1:]))}!{found['name']}"
    if found["word"]:
        return _excel_word(walk, found["word"])
    if found["mark"]:
        return _excel_mark(walk, found["mark"], found.start())
    return found[0]


def _excel_reference(found: re.Match[str]) -> str:
    first, place = _unquoted(found["sheet"].removeprefix("$")), found["place"]
    if found["sheet2"]:
        last = _unquoted(found["sheet2"].removeprefix("$"))
        if last != first:
            whole = place if place == found["place2"] else f"{place}:{found['place2']}"
            return f"{_quoted_for_excel(f'{first}:{last}')}!{whole}"
        return f"{_quoted_for_excel(first)}!{place}:{found['place2']}"
    return f"{_quoted_for_excel(first)}!{place}" + (f":{found['rest']}" if found["rest"] else "")


def _excel_word(walk: _Translation, word: str) -> str:
    if walk.next_is("("):
        if word.upper() in _LOGICAL and walk.formula.startswith("()", walk.at):
            walk.at += 2
            return word.upper()
        name = word.upper()
        return _BACK.get(name, name[len(_ADD_IN) :] if name.startswith(_ADD_IN) else word)
    return word + _excel_brackets(walk.brackets()) if walk.next_is("[") else word


def _excel_brackets(brackets: str) -> str:
    whole = re.fullmatch(r"\[\[(#[\w ]+)\]\]", brackets)
    return f"[{whole[1]}]" if whole else _separated(brackets, ";", ",")


def _excel_mark(walk: _Translation, mark: str, at: int) -> str:
    walk.open_or_close(mark, is_call=re.match(r"[\w.]", walk.formula[at - 1 : at]) is not None)
    if walk.in_array():
        return {";": ",", "|": ";"}.get(mark, mark)
    return {";": ",", "~": ",", "!": " "}.get(mark, mark)


def _unquoted(sheet: str) -> str:
    return sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet


def _quoted_for_office(sheet: str) -> str:
    return sheet if re.fullmatch(r"\w+", sheet) and not sheet[0].isdigit() else "'" + sheet.replace("'", "''") + "'"


def _quoted_for_excel(sheet: str) -> str:
    plain = all(_SIMPLE.fullmatch(part) and not _LIKE_A_CELL.fullmatch(part) for part in sheet.split(":"))
    return sheet if plain else "'" + sheet.replace("'", "''") + "'"
