"""What is wrong with a template, in terms of the person who edits it: the name or tag, and the line it stands in."""

from __future__ import annotations

import html
import re
import traceback
from collections.abc import Mapping
from pathlib import Path

from jinja2.exceptions import SecurityError, TemplateAssertionError, TemplateSyntaxError, UndefinedError
from lxml import etree

from xlpy.errors import TemplateError
from xlpy.words import documents as words

_MARKUP = re.compile(r"<[^>]*>")
_UNKNOWN = re.compile(
    r"has no attribute '(?P<attribute>[^']*)'|^'(?P<name>[^']*)' is undefined|named '(?P<tool>[^']*)'"
)
_LONGEST_PLACE = 90


class SourceFaultError(Exception):
    """An error met in a part, with the part's patched source; `Template` adds the file's name."""

    def __init__(self, error: Exception, source: str) -> None:
        super().__init__(error)
        self.error = error
        self.source = source


class BrokenXmlError(Exception):
    """Rendered, the template is not XML any more: a tag opens in one paragraph or cell and ends in another."""


def template_error(path: Path, cause: str, **params: object) -> TemplateError:
    """Return the error of a template by its cause, a key of `words.documents.TEMPLATE_CAUSES`."""
    why = words.TEMPLATE_CAUSES[cause].format(**params)
    return TemplateError("template_broken", path=path.name, why=why, cause=cause, **params)


def _place(source: str, line: int | None) -> str:
    """The text of the paragraph a line of a patched part stands for."""
    lines = source.split("\n")
    text = html.unescape(_MARKUP.sub("", lines[line - 1])).strip() if line and line <= len(lines) else ""
    return text if len(text) <= _LONGEST_PLACE else text[:_LONGEST_PLACE] + "…"


def _line(error: BaseException) -> int | None:
    """The line of the template an error came from; Jinja puts its lines into the traceback."""
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
    return lines[-1] if lines else None


def _cause(error: Exception) -> str:
    if isinstance(error, UndefinedError):
        return "unknown_name"
    if isinstance(error, TemplateAssertionError):
        return "unknown_filter"
    if isinstance(error, TemplateSyntaxError):
        return "bad_tag"
    if isinstance(error, SecurityError):
        return "forbidden"
    return "broken_xml" if isinstance(error, (BrokenXmlError, etree.XMLSyntaxError)) else "failed"


def explain(error: Exception, path: Path, source: str) -> TemplateError:
    """Return the error the user sees for one met while compiling or rendering a part with this patched source."""
    found = _UNKNOWN.search(str(error))
    names: Mapping[str, str | None] = found.groupdict() if found else {}
    name = next((part for part in names.values() if part), "")
    return template_error(path, _cause(error), name=name, place=_place(source, _line(error)))
