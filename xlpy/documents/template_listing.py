"""What docxtpl does to the text of a rendered part, done only where something is to be done."""

# mypy: allow-untyped-calls
from __future__ import annotations

import re

from docxtpl.template import DocxTemplate

_PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>.*?</w:p>", re.DOTALL)
_BREAK = re.compile("[\t\n\f]")
_DOCXTPL = DocxTemplate("")
_ESCAPED_TAGS = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))


def _resolve(match: re.Match[str]) -> str:
    paragraph = match[0]
    if _BREAK.search(paragraph) is None:
        return paragraph
    # On one paragraph docxtpl's method does what it does to that paragraph in the whole text.
    return str(_DOCXTPL.resolve_listing(paragraph))


def mark_paragraphs(source: str) -> str:
    """Return a patched part with every paragraph on a line of its own, as docxtpl hands it to Jinja."""
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", source)


def finish_part(rendered: str) -> str:
    """Return the part's XML from what Jinja rendered: tabs, line and page breaks of values become Word's own."""
    xml = rendered.replace("\n<w:p>", "<w:p>").replace("\n<w:p ", "<w:p ")
    for written, meant in _ESCAPED_TAGS:
        xml = xml.replace(written, meant)
    if _BREAK.search(xml) is not None:
        # A form feed outside the text of a run is nothing XML can hold.
        xml = _PARAGRAPH.sub(_resolve, xml).replace("\f", "")
    return xml
