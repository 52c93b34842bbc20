"""Parts of texts: fonts of characters, and links, in a cell or a shape.

Where: [row, column] of a cell, or [name, place] of a shape.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, urljoin

from .desk import Desk
from .looks import as_uno
from .shapes import shape_on

_AMBIGUOUS = "AMBIGUOUS_VALUE"
_FARTHEST = 30_000
_LINK_BLUE, _SINGLE = 0x0563C1, 1
# Two letters at least: one alone is a drive.
_SCHEME, _DRIVE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:"), re.compile(r"[A-Za-z]:[\\/]")
_CELL = "com.sun.star.sheet.SheetCell"


def _owner(desk: Desk, sheet: int, where: list[Any]) -> Any:
    thing = desk.thing(sheet)
    return shape_on(thing, where) if isinstance(where[0], str) else thing.getCellByPosition(where[1], where[0])


def _go(cursor: Any, characters: str, select: bool) -> None:
    # The office counts in units of UTF-16, at most 32,767 at once.
    left = len(characters.encode("utf-16-le")) // 2
    while left:
        step = min(left, _FARTHEST)
        cursor.goRight(step, select)
        left -= step


def _part(owner: Any, start: int, end: int) -> Any:
    text = owner.getString()
    cursor = owner.createTextCursor()
    cursor.gotoStart(False)
    _go(cursor, text[:start], False)
    _go(cursor, text[start:end], True)
    return cursor


def _is_written(owner: Any) -> bool:
    """Whether it holds text of its own: to number and formula a cursor would be the end of them."""
    return not owner.supportsService(_CELL) or owner.getType().value == "TEXT"


def text_of(desk: Desk, sheet: int, where: list[Any]) -> str:
    """The text that shows."""
    return str(_owner(desk, sheet, where).getString())


def get_part_look(desk: Desk, sheet: int, where: list[Any], start: int, end: int, name: str) -> Any:
    """A property of the characters from `start` to before `end`; None where they differ."""
    owner = _owner(desk, sheet, where)
    part = _part(owner, start, end) if _is_written(owner) else owner
    if part.getPropertyState(name).value == _AMBIGUOUS:
        return None
    content = part.getPropertyValue(name)
    return getattr(content, "value", content)


def set_part_look(desk: Desk, sheet: int, where: list[Any], start: int, end: int, name: str, content: Any) -> None:
    """Give the characters one value of a property; of numbers and formulas the whole cell, as they have no parts."""
    owner = _owner(desk, sheet, where)
    whole = (start, end) == (0, len(owner.getString()))
    # A shape drawn as a whole tells its font of its own accord; a cell too.
    part = _part(owner, start, end) if _is_written(owner) and not whole else owner
    part.setPropertyValue(name, as_uno(name, content))


def link_of(desk: Desk, sheet: int, where: list[Any]) -> str:
    """Address of the first link in a cell; empty where there is none."""
    fields = _owner(desk, sheet, where).getTextFields()
    found = [fields.getByIndex(at) for at in range(fields.getCount())]
    return next((str(one.URL) for one in found if hasattr(one, "URL")), "")


def _complete(document: Any, address: str) -> str:
    """A link to a file as a URL, a relative one from the book's folder: what has no scheme is not saved at all."""
    if address.startswith("#") or _SCHEME.match(address):
        return address
    path = quote(address.replace("\\", "/"), safe="/#%:")
    if _DRIVE.match(address):
        return "file:///" + path
    base = document.getURL() or "file:///"
    return urljoin(base, path) if document.getURL() or path.startswith("/") else address


def set_link(desk: Desk, sheet: int, where: list[Any], address: str, shown: str) -> None:
    """Let a cell hold a link and nothing else, blue and underlined."""
    cell = _owner(desk, sheet, where)
    link = desk.document_of(sheet).createInstance("com.sun.star.text.TextField.URL")
    link.URL, link.Representation = _complete(desk.document_of(sheet), address), shown
    cell.setString("")
    cell.insertTextContent(cell.createTextCursor(), link, False)
    cell.setPropertyValue("CharColor", _LINK_BLUE)
    cell.setPropertyValue("CharUnderline", _SINGLE)


VERBS: dict[str, Any] = {
    "text_of": text_of,
    "get_part_look": get_part_look,
    "set_part_look": set_part_look,
    "link_of": link_of,
    "set_link": set_link,
}
