"""What a cell says after its address: a number, one of the shared strings, a text, yes or no, an error, a formula.

On a form the same few cells stand hundreds of times, and so they do on the forms beside it: each is understood once.
Every sign of it must be accounted for by the one pattern; whatever needs more is left to the value reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from xlpy.tables.raw import Value

_CELL = re.compile(
    rb'(?: s="(\d{1,6})")?(?: t="(\w+)")?(?: s="(\d{1,6})")?'
    rb"(?:/>|>(<f(?: [^<>]*)?(?:/>|>[^<]*</f>))?"
    rb'(?:<v/>|<v(?: xml:space="preserve")?>([^<]*)</v>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>)\s*'
)
_NUMBER = re.compile(rb"-?\d{1,17}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,3})?")
_ITEM = re.compile(r'<si><t( xml:space="preserve")?>([^<]*)</t></si>')
_BOOLEANS = {b"1": True, b"0": False, b"true": True, b"false": False}
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_CHARACTER = re.compile(r"#(?:x([0-9A-Fa-f]{1,6})|(\d{1,7}))")
# What is longer is not worth keeping: formulas differ from row to row.
_SHORT, _KEPT = 200, 8_192


class OddSheetError(Exception):
    """The sheet is spelled in a way that only the value reader knows."""


def has_odd_text(xml: bytes) -> bool:
    """Whether some text may be spelled with escaped characters or other ends of lines: one place reads these."""
    return b"_x" in xml or b"\r" in xml


@lru_cache(maxsize=1024)
def _character(name: str) -> str:
    if name in _ENTITIES:
        return _ENTITIES[name]
    found = _CHARACTER.fullmatch(name)
    number = (int(found[1], 16) if found[1] else int(found[2])) if found is not None else 0
    if number < ord(" ") or 0xD800 <= number < 0xE000 or number >= 0xFFFE:
        raise OddSheetError
    return chr(number)


def _unescaped(text: str) -> str:
    """The text with its characters for `&…;`, those of XML and no others. Raises OddSheetError."""
    if "&" not in text:
        return text
    first, *others = text.split("&")
    pieces = [first]
    for other in others:
        name, end, rest = other.partition(";")
        if not end:
            raise OddSheetError
        pieces += (_character(name), rest)
    return "".join(pieces)


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
    return {b"%d" % number: one if kept else one.strip() for number, (kept, one) in enumerate(found)}


@dataclass(frozen=True, slots=True)
class _Cell:
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
    style, kind, late, formula, plain, inline = found.groups()
    kind = kind or b"n"
    if kind not in _MEANINGS or (style and late) or (inline is not None) != (kind == b"inlineStr" and plain is None):
        raise OddSheetError
    written = plain or inline or b""
    return _Cell(kind, style or late or b"", written, _MEANINGS[kind](written) if written else "", formula is not None)


_kept_cell = lru_cache(maxsize=_KEPT)(_cell)


class Meanings(dict[bytes, Value]):
    """Spelling of a cell after its address → its value; `dates` are the styles of dates.

    Raises OddSheetError for other spellings, and for a number in a style of dates. Of the cells met, `formulas` are
    those with a formula, `errors` those with an error → its text.
    """

    def __init__(self, strings: Strings, dates: Collection[int]) -> None:
        super().__init__()
        self._strings, self._dates = strings, {b"%d" % style for style in dates}
        self.formulas: set[bytes] = set()
        self.errors: dict[bytes, str] = {}

    def __missing__(self, spelled: bytes) -> Value:
        cell = _kept_cell(spelled) if len(spelled) <= _SHORT else _cell(spelled)
        if cell.has_formula:
            self.formulas.add(spelled)
        if cell.kind == b"e":
            self.errors[spelled] = cell.written.decode("utf-8", "replace") or "#"
        value = self[spelled] = self._value(cell)
        return value

    def _value(self, cell: _Cell) -> Value:
        if cell.kind == b"n" and cell.written and cell.style in self._dates:
            raise OddSheetError
        if cell.kind != b"s" or not cell.written:
            return cell.value
        if cell.written not in self._strings:
            raise OddSheetError
        return self._strings[cell.written]
