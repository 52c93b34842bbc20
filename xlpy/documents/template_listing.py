"""What docxtpl does to the text of a rendered part, done only where something is to be done."""

from __future__ import annotations

import re

from docxtpl import DocxTemplate

_PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>.*?</w:p>", re.DOTALL)
_BREAK = re.compile("[\t\n\f]")
_ESCAPED_TAGS = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))


def _resolve(match: re.Match[str]) -> str:
    paragraph = match[0]
    if _BREAK.search(paragraph) is None:
        return paragraph
    # docxtpl's method uses nothing of its object; on one paragraph it does what it does on the whole text.
    return str(DocxTemplate.resolve_listing(None, paragraph))


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
