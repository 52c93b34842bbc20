"""Sheet XML in the one spelling that our patterns read: as Excel, LibreOffice and every common writer spell it.

Other spellings are legal (prefixed names, single quotes, comments, CDATA); a sheet that uses them is spelled anew.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_QUOTE = re.compile(rb"<[^<>]*='")
_SPACED = re.compile(rb"<[^<>]*\s=|<[^<>]*=\s")
_PREFIXED = re.compile(rb":(?:c|row)[\s>/]")
_LONG_PREFIX = 1_000
_PREFIX = re.compile(rb"<[^<>\s/:]+")
_INSTRUCTION = re.compile(rb"<\?(?!xml\s)")
DATA_START = re.compile(rb"<sheetData\s*(/)?>|<sheetData\s[^>]*?(/)?>")
DATA_END = b"</sheetData>"
_ROOT = re.compile(rb"<worksheet[\s>]")
# Spelling a sheet anew takes an XML tree, some ten times its size.
TREE_LIMIT = 48 * 1024 * 1024


def has_odd_marks(xml: bytes) -> bool:
    """Whether a stretch of rows holds comments, CDATA, instructions, prefixed cells, or attributes in single quotes.

    The value reader takes a prefixed cell for a cell, wherever it lies.
    """
    # Most stretches hold none of the single characters, which are found much faster than what they begin.
    return (
        (b"!" in xml and b"<!" in xml)
        or (b"'" in xml and b"='" in xml and _QUOTE.search(xml) is not None)
        or (b"?" in xml and b"<?" in xml and _INSTRUCTION.search(xml) is not None)
        or any(_is_prefixed(xml, one.start()) for one in _PREFIXED.finditer(xml))
    )


def _is_prefixed(xml: bytes, colon: int) -> bool:
    """Whether what stands before a colon is the prefix of a name; one of unusual length is taken for it."""
    start = xml.rfind(b"<", max(colon - _LONG_PREFIX, 0), colon)
    return start < 0 < colon - _LONG_PREFIX or _PREFIX.fullmatch(xml, max(start, 0), colon) is not None


def is_odd(xml: bytes) -> bool:
    """Whether a stretch of a sheet's rows uses spellings that our patterns do not read."""
    return has_odd_marks(xml) or (xml.count(b"<c ") != xml.count(b'<c r="') and _SPACED.search(xml) is not None)


def has_plain_root(start: bytes) -> bool:
    """Whether a sheet's names carry no prefix."""
    return _ROOT.search(start) is not None


def respelled(xml: bytes) -> bytes | None:
    """Return the sheet in the plain spelling; None where it is no XML or too large for that."""
    from lxml import etree

    if len(xml) > TREE_LIMIT:
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        tree = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return _without_prefix(tree, etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True))


def _without_prefix(tree: _Element, xml: bytes) -> bytes:
    if tree.prefix is None:
        return xml
    prefix = re.escape(tree.prefix.encode())
    xml = re.sub(rb"(</?)" + prefix + rb":", rb"\1", xml)
    return re.sub(rb"\sxmlns:" + prefix + rb"=", b" xmlns=", xml, count=1)


def plain(xml: bytes) -> bytes | None:
    """Return the sheet as it is where its spelling is plain, else spelled anew; None where that cannot be."""
    start, end = DATA_START.search(xml), xml.rfind(DATA_END)
    if start is None or b"<!" in xml[: start.start()] or not has_plain_root(xml[: start.start()]):
        return respelled(xml)
    return respelled(xml) if end > 0 and is_odd(xml[start.end() : end]) else xml
