"""What a document says of itself beside its sheets: custom properties, and when a program last saved it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from html import unescape

from xlpy.workbook.package import Package

_CUSTOM = re.compile(r"<(?:\w+:)?property\b([^>]*)>\s*<(?:\w+:)?\w+\b[^>]*>([^<]*)<")
_META = re.compile(r"<meta:user-defined\b([^>]*)>([^<]*)<")
_NAME = re.compile(r"""\s(?:meta:)?name\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SAVED = re.compile(r"<(?:dcterms:modified|dc:date)\b[^>]*>\s*([0-9T:.+Z-]{10,40})\s*<")
_MODIFIED, _UTC = b"<dcterms:modified", re.compile(rb"(\d)Z\s*<")
_CUSTOM_PART, _CORE_PART, _APP_PART = "docProps/custom.xml", "docProps/core.xml", "docProps/app.xml"
# So long a property is nobody's but a bomb's.
_LIMIT = 1024 * 1024


def _named(pattern: re.Pattern[str], xml: bytes) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for attributes, text in pattern.findall(xml[:_LIMIT].decode("utf-8", "replace")):
        name = _NAME.search(attributes)
        if name is not None:
            found[unescape(name[1] or name[2] or "")] = unescape(text)
    return found


def custom_properties(xml: bytes) -> Mapping[str, str]:
    """Name → text of each property in `docProps/custom.xml`, in UTF-8."""
    return _named(_CUSTOM, xml)


def user_defined(xml: bytes) -> Mapping[str, str]:
    """Name → text of each property in `meta.xml` of an OpenDocument file."""
    return _named(_META, xml)


def saved_at(xml: bytes) -> datetime | None:
    """When a program last saved the file, local time without zone; None where that does not stand there."""
    found = _SAVED.search(xml[:_LIMIT].decode("utf-8", "replace"))
    if found is None:
        return None
    try:
        moment = datetime.fromisoformat(found[1])
        return moment.astimezone().replace(tzinfo=None) if moment.tzinfo is not None else moment
    except (ValueError, OverflowError, OSError):
        return None


def told_of(package: Package) -> tuple[Mapping[str, str], datetime | None]:
    """Custom properties of an Office file, and when it was last saved. Raises WorkbookError for a damaged part."""
    properties = custom_properties(package.read(_CUSTOM_PART)) if package.has(_CUSTOM_PART) else {}
    core = package.read(_CORE_PART) if package.has(_CORE_PART) else b""
    if _MODIFIED in core and package.has(_APP_PART) and b"LibreOffice" in package.read(_APP_PART):
        # LibreOffice writes local time and says that it is UTC.
        core = _UTC.sub(rb"\1<", core)
    return properties, saved_at(core)
