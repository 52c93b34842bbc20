"""What a cell says after its address: a number, one of the shared strings, a text, yes or no, an error, a formula.

On a form the same few cells stand hundreds of times, and so they do on the forms beside it: each is understood once.
Every sign of it must be accounted for by the one pattern; whatever needs more is left to the value reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from typing import NamedTuple

from xlpy.tables.raw import Value

_CELL = re.compile(
    rb'(?: s="(\d{1,6})")?(?: t="(\w+)")?(?: s="(\d{1,6})")?'
    rb"(?:/>|>\0?"
    rb'(?:<v/>|<v(?: xml:space="preserve")?>([^<]*)</v>|<is><t( xml:space="preserve")?>([^<]*)</t></is>)?</c>)\s*'
)
_FORMULA = re.compile(rb"<f(?: [^<>]*)?(?:/>|>[^<]*</f>)")
# What stands in place of a formula. No XML has it.
FORMULA_MARK = b"\0"
_NUMBER = re.compile(rb"-?\d{1,17}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,3})?")
_ITEM = re.compile(r'<si><t( xml:space="preserve")?>([^<]*)</t></si>')
_SPACES = " \t\n\r"
_BOOLEANS = {b"1": True, b"0": False, b"true": True, b"false": False}
_ENTITY = re.compile("&([#0-9A-Za-z]{1,8});")
_CHARACTER = re.compile(r"#(?:x([0-9A-Fa-f]{1,6})|(\d{1,7}))")
# Characters written by number: others than these and those past ASCII may be half of an escaped one.
_PLAIN, _ASCII, _SURROGATES = frozenset(map(ord, "\t\n\"&'<>")), 128, 0xD800
# Spellings kept for the sheets that follow: so many, and none so long that keeping them would cost much.
_KEPT, _LONG = 2_000, 1_000


class OddSheetError(Exception):
    """The sheet is spelled in a way that only the value reader knows."""


def has_odd_text(xml: bytes) -> bool:
    """Whether some text may be spelled with escaped characters or other ends of lines: one place reads these."""
    return b"_x" in xml or b"\r" in xml


class _Characters(dict[str, str]):
    """Name of a character between «&» and «;» → the character: those of XML, and no others."""

    def __missing__(self, name: str) -> str:
        found = _CHARACTER.fullmatch(name)
        number = (int(found[1], 16) if found[1] else int(found[2])) if found is not None else 0
        if not _ASCII <= number < _SURROGATES and number not in _PLAIN:
            raise OddSheetError
        self[name] = chr(number)
        return self[name]


def _unescaped(text: str) -> str:
    """The text with its characters for `&…;`. Raises OddSheetError."""
    if "&" not in text:
        return text
    pieces = _ENTITY.split(text)
    if text.count("&") != len(pieces) // 2:
        raise OddSheetError
    pieces[1::2] = [_CHARACTERS[name] for name in pieces[1::2]]
    return "".join(pieces)


_CHARACTERS = _Characters({"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"})


def marked(xml: bytes) -> bytes:
    """Rows with a mark in place of each formula: formulas differ, cells are alike. Raises OddSheetError."""
    if FORMULA_MARK in xml:
        raise OddSheetError
    return _FORMULA.sub(FORMULA_MARK, xml)


Strings = Mapping[bytes, str]


def flat_strings(xml: bytes) -> Strings:
    """Return the shared strings by number as cells write it. Raises OddSheetError where one is not plain text."""
    start = xml.find(b"<si>")
    if start < 0 or has_odd_text(xml):
        raise OddSheetError
    text = xml[start:].decode("utf-8", "replace")
    found: list[tuple[str, str]] = _ITEM.findall(text)
    # Each item has four signs «<», and all of them must be accounted for, the end of the whole included.
    if text.count("<") != 4 * len(found) + 1:
        raise OddSheetError
    if "&" in text:
        found = [(preserved, _unescaped(one)) for preserved, one in found]
    return {b"%d" % number: one if kept else one.strip(_SPACES) for number, (kept, one) in enumerate(found)}


class _Cell(NamedTuple):
    """A cell as spelled: its kind and style, what is written in it, and what that means where the cell itself says."""

    kind: bytes
    style: bytes
    written: bytes
    value: Value
    has_formula: bool


def _number(written: bytes) -> Value:
    if _NUMBER.fullmatch(written) is None:
        raise OddSheetError
    return float(written)


def _boolean(written: bytes) -> Value:
    if written not in _BOOLEANS:
        raise OddSheetError
    return _BOOLEANS[written]


def _text(written: bytes) -> Value:
    if has_odd_text(written):
        raise OddSheetError
    return _unescaped(written.decode("utf-8", "replace"))


def _nothing(_: bytes) -> Value:
    return ""


_MEANINGS: Mapping[bytes, Callable[[bytes], Value]] = {
    b"n": _number,
    b"b": _boolean,
    b"str": _text,
    b"inlineStr": _text,
    b"s": _nothing,
    b"e": _nothing,
}


def _cell(spelled: bytes) -> _Cell:
    found = _CELL.fullmatch(spelled)
    if found is None:
        raise OddSheetError
    style, kind, late, plain, kept, inline = found.groups()
    kind = kind or b"n"
    is_inline = kind == b"inlineStr"
    if kind not in _MEANINGS or (style and late) or (plain if is_inline else inline) is not None:
        raise OddSheetError
    written = plain or inline or b""
    value = _MEANINGS[kind](written) if written else ""
    if is_inline and not kept:
        value = str(value).strip(_SPACES)
    return _Cell(kind, style or late or b"", written, value, FORMULA_MARK in spelled)


_kept_cell = lru_cache(maxsize=_KEPT)(_cell)


@lru_cache(maxsize=8)
def _kept_values(dates: frozenset[bytes]) -> dict[bytes, Value]:  # noqa: ARG001
    """Spellings met in books with these styles of dates → values, where the cell itself says all of it."""
    return {}


class Meanings(dict[bytes, Value]):
    """Spelling of a cell after its address → its value; `dates` are the styles of dates.

    Raises OddSheetError for other spellings, and for a number in a style of dates. Of the cells met, `formulas` are
    those with a formula, `errors` those with an error → its text.
    """

    def __init__(self, strings: Strings, dates: Collection[int]) -> None:
        self._strings, self._dates = strings, frozenset([b"%d" % style for style in dates])
        self._kept = _kept_values(self._dates)
        super().__init__(self._kept)
        self.formulas: set[bytes] = set()
        self.errors: dict[bytes, str] = {}

    def __missing__(self, spelled: bytes) -> Value:
        kind, style, written, value, has_formula = _cell(spelled) if len(spelled) > _LONG else _kept_cell(spelled)
        if kind == b"s" and written:
            if written not in self._strings:
                raise OddSheetError
            value = self._strings[written]
        elif style in self._dates and kind == b"n" and written:
            raise OddSheetError
        self[spelled] = value
        if has_formula:
            self.formulas.add(spelled)
        if kind == b"e":
            self.errors[spelled] = written.decode("utf-8", "replace") or "#"
        elif not has_formula and kind != b"s" and len(spelled) <= _LONG:
            self._keep(spelled, value)
        return value

    def _keep(self, spelled: bytes, value: Value) -> None:
        if len(self._kept) >= _KEPT:
            self._kept.clear()
        self._kept[spelled] = value
