"""Formulas between Excel's grammar and the one of LibreOffice's programming interface, as text.

`=SUM(Ввод!A1,2)` ⇄ `=SUM($Ввод.A1;2)`. Both sides speak English names; the office's own language plays no part.
References into other workbooks are left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import Enum, auto
from functools import cache
from typing import NamedTuple

# A sheet's name that needs no quotes on either side: no dot, which separates sheet and cell in LibreOffice.
_BARE = re.compile(r"[^\W\d]\w*\Z")
_LOOKS_LIKE_CELL = re.compile(r"([A-Za-z]{1,3}\d+|[rR]\d*[cC]\d*|[rRcC])\Z")
_QUOTED = r"'(?:[^']|'')*'"
_ROW_COLUMN = r"\$?[A-Za-z]{1,3}\$?\d+(?![\w(.])|\$?[A-Za-z]{1,3}(?=:\$?[A-Za-z])|\$?\d+(?=:\$?\d)|#REF!"
_PLAIN = r"[^\W\d][\w]*"

# What Excel writes before functions younger than 2007 in files; LibreOffice knows them without.
_FILE_PREFIX = re.compile(r"_xlfn\.(?:_xlws\.)?")


class _Kind(Enum):
    TEXT = auto()
    SPAN = auto()
    SHEET = auto()
    WORD = auto()
    NUMBER = auto()
    ERROR = auto()
    TABLE = auto()
    SPACE = auto()
    OPEN = auto()
    CLOSE = auto()
    MARK = auto()


class _Token(NamedTuple):
    kind: _Kind
    text: str


class _Nest(Enum):
    TOP = auto()
    CALL = auto()
    GROUP = auto()
    ARRAY = auto()


_COMMON = (
    (_Kind.TEXT, r'"(?:[^"]|"")*"'),
    (_Kind.ERROR, r"#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!)"),
)
_REST = (
    (_Kind.NUMBER, r"\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?"),
    (_Kind.WORD, r"[$\w\\@?][\w.$\\?]*"),
    (_Kind.SPACE, r"\s+"),
    (_Kind.OPEN, r"[({]"),
    (_Kind.CLOSE, r"[)}]"),
    (_Kind.MARK, r"."),
)
# 'My Sheet'! or Sheet! before a cell; a name with [ ] belongs to another workbook.
_EXCEL_SHEET = rf"(?:{_QUOTED}|[^\W\d][\w.]*)!(?=[$\w#])"
# $'My Sheet'. or $Sheet. before a cell.
_OFFICE_SHEET = rf"\$?(?:{_QUOTED}|{_PLAIN})\.(?={_ROW_COLUMN})"
# The same cells of several sheets: Excel names the sheets first, LibreOffice each before its own corner.
_CELL = r"\$?[A-Za-z]{1,3}\$?\d+"
_EXCEL_SPAN = rf"(?:'[^':\[]+:[^':\[]+'|[^\W\d][\w.]*:[^\W\d][\w.]*)!{_CELL}(?::{_CELL})?"
_OFFICE_SPAN = rf"\$?(?:{_QUOTED}|{_PLAIN})\.{_CELL}:\$?(?:{_QUOTED}|{_PLAIN})\.{_CELL}"
_Grammar = tuple[tuple[_Kind, str], ...]
_EXCEL: _Grammar = (*_COMMON, (_Kind.SPAN, _EXCEL_SPAN), (_Kind.SHEET, _EXCEL_SHEET), *_REST)
_OFFICE: _Grammar = (*_COMMON, (_Kind.SPAN, _OFFICE_SPAN), (_Kind.SHEET, _OFFICE_SHEET), *_REST)


@cache
def _pattern(grammar: _Grammar) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{kind.name}>{shape})" for kind, shape in grammar), re.DOTALL)


def _tokens(text: str, grammar: _Grammar) -> Iterator[_Token]:
    pattern = _pattern(grammar)
    at = 0
    while at < len(text):
        if text[at] == "[":
            end = _end_of_brackets(text, at)
            yield _Token(_Kind.TABLE, text[at:end])
        else:
            found = pattern.match(text, at)
            if found is None or found.lastgroup is None:  # the last pattern takes any sign
                break
            end = found.end()
            yield _Token(_Kind[found.lastgroup], found[0])
        at = end


def _end_of_brackets(text: str, at: int) -> int:
    depth = 0
    while at < len(text):
        if text[at] == "'" and depth:
            at += 1  # an apostrophe takes away the meaning of the next bracket
        elif text[at] == "[":
            depth += 1
        elif text[at] == "]":
            depth -= 1
            if depth == 0:
                return at + 1
        at += 1
    return len(text)


def _translated(formula: str, grammar: _Grammar, one: Callable[[list[_Token], int, _Nest], str]) -> str:
    """Formula with each token put through `one`, which sees the tokens, the place, and what it stands in."""
    tokens = list(_tokens(formula[1:], grammar))
    nests, out = [_Nest.TOP], ["="]
    for at, token in enumerate(tokens):
        out.append(one(tokens, at, nests[-1]))
        if token.kind is _Kind.OPEN:
            called = at > 0 and tokens[at - 1].kind is _Kind.WORD
            nests.append(_Nest.ARRAY if token.text == "{" else _Nest.CALL if called else _Nest.GROUP)
        elif token.kind is _Kind.CLOSE and len(nests) > 1:
            nests.pop()
    return "".join(out)


def _is_formula(formula: str) -> bool:
    return len(formula) > 1 and formula[0] == "="


def to_office(formula: str) -> str:
    """Excel's text of a formula → LibreOffice's. A text that is no formula comes back as it is."""
    return _translated(formula, _EXCEL, _one_to_office) if _is_formula(formula) else formula


def to_excel(formula: str) -> str:
    """LibreOffice's text of a formula → Excel's. A text that is no formula comes back as it is."""
    if formula.startswith("{=") and formula.endswith("}"):
        return to_excel(formula[1:-1])
    return _translated(formula, _OFFICE, _one_to_excel) if _is_formula(formula) else formula


_OPERANDS = (_Kind.WORD, _Kind.TABLE, _Kind.SHEET, _Kind.ERROR)


def _is_intersection(tokens: list[_Token], at: int) -> bool:
    """Whether a space stands between two references, where it means their common cells."""
    if at == 0 or at + 1 == len(tokens):
        return False
    before, after = tokens[at - 1], tokens[at + 1]
    ends = before.kind in (_Kind.WORD, _Kind.TABLE, _Kind.ERROR) or before.text == ")"
    return ends and (after.kind in _OPERANDS or after.text == "(")


def _one_to_office(tokens: list[_Token], at: int, nest: _Nest) -> str:
    kind, text = tokens[at]
    if kind is _Kind.SPAN:
        return _office_span(text)
    if kind is _Kind.SHEET:
        return _office_sheet(text[:-1]) if "[" not in text else text
    if kind is _Kind.WORD:
        name = _FILE_PREFIX.sub("", text)
        constant = nest is not _Nest.ARRAY and _is_logical(tokens, at) and _text_at(tokens, at + 1) != "("
        return f"{name}()" if constant else name
    if kind is _Kind.TABLE:
        return _separated(text, ",", ";")
    if kind is _Kind.SPACE and nest is not _Nest.ARRAY and _is_intersection(tokens, at):
        return "!"
    if text == ",":
        return "~" if nest in (_Nest.TOP, _Nest.GROUP) else ";"
    if text == ";" and nest is _Nest.ARRAY:
        return "|"
    return text


def _text_at(tokens: list[_Token], at: int) -> str:
    return tokens[at].text if 0 <= at < len(tokens) else ""


def _is_logical(tokens: list[_Token], at: int) -> bool:
    """Whether TRUE or FALSE stands there: a constant of Excel's, a function of LibreOffice's."""
    return _text_at(tokens, at).upper() in {"TRUE", "FALSE"} and tokens[at].kind is _Kind.WORD


def _is_empty_call_of_logical(tokens: list[_Token], at: int) -> bool:
    opening = at if tokens[at].text == "(" else at - 1
    pair = _text_at(tokens, opening) == "(" and _text_at(tokens, opening + 1) == ")"
    return pair and at in (opening, opening + 1) and opening > 0 and _is_logical(tokens, opening - 1)


def _one_to_excel(tokens: list[_Token], at: int, nest: _Nest) -> str:
    kind, text = tokens[at]
    if kind is _Kind.SPAN:
        return _excel_span(text)
    if kind is _Kind.SHEET:
        return text.removeprefix("$")[:-1] + "!"
    if kind is _Kind.TABLE:
        return _separated(text, ";", ",")
    if kind in (_Kind.OPEN, _Kind.CLOSE) and _is_empty_call_of_logical(tokens, at):
        return ""
    if kind is _Kind.MARK:
        if text == ";":
            return ","
        if text == "|" and nest is _Nest.ARRAY:
            return ";"
        return {"~": ",", "!": " "}.get(text, text)
    return text


def _separated(table: str, old: str, new: str) -> str:
    """The brackets of a table reference with the separators between its parts exchanged."""
    return re.sub(rf"\]\s*{old}\s*\[", f"]{new}[", table)


def _office_sheet(name: str) -> str:
    return f"${name}." if name.startswith("'") else f"${_quoted(name)}."


def _quoted(name: str) -> str:
    return name if _BARE.match(name) and not _LOOKS_LIKE_CELL.match(name) else f"'{name}'"


def _office_span(text: str) -> str:
    sheets, _, cells = text.rpartition("!")
    first, _, last = sheets.strip("'").partition(":")
    start, _, end = cells.partition(":")
    return f"${_quoted(first)}.{start}:${_quoted(last)}.{end or start}"


def _excel_span(text: str) -> str:
    (first, start), (last, end) = (
        one.rsplit(".", 1) for one in re.split(rf"(?<=\d):(?=\$?(?:{_QUOTED}|{_PLAIN})\.)", text)
    )
    names = [one.removeprefix("$") for one in (first, last)]
    cells = start if start == end else f"{start}:{end}"
    if names[0] == names[1]:
        return f"{names[0]}!{cells}"
    bare = [name.strip("'") for name in names]
    joined = ":".join(bare)
    return f"{joined}!{cells}" if bare == names else f"'{joined}'!{cells}"
