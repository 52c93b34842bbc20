"""LibreOffice's file of changed settings (registrymodifications.xcu): single settings put in and taken out.

Every byte that is not ours stays as it was. The file is read without any document type, so nothing in it expands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n'
    b'<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    b' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n</oor:items>\n'
)
_END = re.compile(rb"</oor:items\s*>\s*$")
# LibreOffice compares addresses as text, and writes these characters of a path as they are.
_PLAIN = "!$&'()*+,-./:=@_~"


@dataclass(frozen=True, slots=True)
class Key:
    """One setting: its group and its name there."""

    path: str
    name: str


@dataclass(slots=True)
class Found:
    """A setting as it stands in the file: its bytes, those of its <item>, and its texts."""

    key: Key
    start: int
    end: int = 0
    item_start: int = 0
    item_end: int = 0
    texts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Scan:
    """State of one reading."""

    parser: Any
    source: bytes
    found: list[Found] = field(default_factory=list)
    stack: list[str] = field(default_factory=list)
    item: tuple[str, int, int] = ("", 0, 0)
    text: list[str] | None = None

    def after_tag(self) -> int:
        """Byte after the tag at which the parser stands."""
        return self.source.index(b">", self.parser.CurrentByteIndex) + 1

    def starts(self, name: str, attributes: dict[str, str]) -> None:
        self.stack.append(name)
        at = self.parser.CurrentByteIndex
        if len(self.stack) == 2:
            self.item = (attributes.get("oor:path", ""), at, len(self.found))
        elif len(self.stack) == 3:
            key = Key(self.item[0], attributes.get("oor:name", ""))
            self.found.append(Found(key, at, item_start=self.item[1]))
        elif name in {"value", "it"}:
            self.text = []

    def ends(self, name: str) -> None:
        if len(self.stack) == 3:
            self.found[-1].end = self.after_tag()
        elif len(self.stack) == 2:
            for one in self.found[self.item[2] :]:
                one.item_end = self.after_tag()
        elif name in {"value", "it"} and self.text is not None:
            self.found[-1].texts.append("".join(self.text))
            self.text = None
        self.stack.pop()

    def holds(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)


def _refuse_doctype(*_: object) -> None:
    raise ValueError("registry")


def settings_in(source: bytes) -> dict[Key, Found]:
    """Settings of the file by key; of two with one key the last counts. Raises ValueError for any other file."""
    parser = expat.ParserCreate()
    scan = _Scan(parser, source)
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = scan.starts
    parser.EndElementHandler = scan.ends
    parser.CharacterDataHandler = scan.holds
    try:
        parser.Parse(source, True)
    except expat.ExpatError as error:
        raise ValueError("registry") from error
    if not _END.search(source):
        raise ValueError("registry")
    return {one.key: one for one in scan.found}


def text_of(source: bytes, key: Key) -> str | None:
    """The setting as it is written, or None where the file does not hold it."""
    found = settings_in(source).get(key)
    return None if found is None else source[found.start : found.end].decode()


def put(source: bytes, key: Key, text: str) -> bytes:
    """The file with the setting written as `text`."""
    found = settings_in(source).get(key)
    if found is not None:
        return source[: found.start] + text.encode() + source[found.end :]
    item = f"<item oor:path={quoteattr(key.path)}>{text}</item>\n".encode()
    end = _END.search(source)
    at = end.start() if end else len(source)
    return source[:at] + item + source[at:]


def take(source: bytes, key: Key) -> bytes:
    """The file without the setting; its <item> goes too where nothing else is in it."""
    found = settings_in(source).get(key)
    if found is None:
        return source
    alone = source[found.item_start : found.item_end].replace(source[found.start : found.end], b"")
    if not re.fullmatch(rb"<item[^>]*>\s*</item\s*>", alone):
        return source[: found.start] + source[found.end :]
    end = found.item_end + (source[found.item_end : found.item_end + 1] == b"\n")
    return source[: found.item_start] + source[end:]


def one_value(name: str, value: str) -> str:
    """A setting of one text, as LibreOffice writes it."""
    return f'<prop oor:name="{name}" oor:op="fuse"><value>{escape(value)}</value></prop>'


def list_value(name: str, values: list[str]) -> str:
    """A setting of several texts, as LibreOffice writes it."""
    items = "".join(f"<it>{escape(value)}</it>" for value in values)
    return f'<prop oor:name="{name}" oor:op="fuse"><value>{items}</value></prop>'


def key_command(name: str, command: str) -> str:
    """A key of the keyboard with its command."""
    value = f'<value xml:lang="en-US">{escape(command)}</value>'
    return f'<node oor:name="{name}" oor:op="replace"><prop oor:name="Command" oor:op="fuse">{value}</prop></node>'


def address_of(path: str) -> str:
    """Address of an absolute path, letter for letter as LibreOffice makes it. Path.as_uri() encodes more."""
    slashed = path.replace("\\", "/") if re.match(r"[A-Za-z]:|\\\\", path) else path
    lead = "file:" if slashed.startswith("//") else "file://" if slashed.startswith("/") else "file:///"
    return lead + quote(slashed, safe=_PLAIN)
