"""What docxtpl does to the text of a rendered part, done only where something is to be done."""

# mypy: allow-untyped-calls
from __future__ import annotations

import re

from docxtpl.template import DocxTemplate

_PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>.*?</w:p>", re.DOTALL)
_BREAK = re.compile("[\t\n\f\a]")
# Single bytes looked for one by one: a hundred times faster than a pattern over the text of a large part.
_BREAKS = (b"\n", b"\t", b"\f", b"\a")
_DOCXTPL = DocxTemplate("")
_ESCAPED_TAGS = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))


def _resolve(match: re.Match[str]) -> str:
    paragraph = match[0]
    if _BREAK.search(paragraph) is None:
        return paragraph
    # On one paragraph docxtpl's method does what it does to that paragraph in the whole text.
    return str(_DOCXTPL.resolve_listing(paragraph))


def mark_paragraphs(source: str) -> str:
    """Return a patched part with every paragraph on a line of its own, so that Jinja's lines name paragraphs."""
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", source)


def finish_part(rendered: str) -> bytes:
    """Return the part's XML from what Jinja rendered: tabs, line and page breaks of values become Word's own."""
    xml = rendered.encode()
    is_left_as_it_is = (
        not any(mark in xml for mark in _BREAKS)
        and (b"{" not in xml or b"{_" not in xml)
        and (b"}" not in xml or b"_}" not in xml)
    )
    return xml if is_left_as_it_is else _finished(rendered).encode()


def _finished(xml: str) -> str:
    for written, meant in _ESCAPED_TAGS:
        xml = xml.replace(written, meant)
    # A form feed or bell outside the text of a run is nothing XML can hold.
    return _PARAGRAPH.sub(_resolve, xml).replace("\f", "").replace("\a", "")
