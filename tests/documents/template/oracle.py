"""docxtpl as its author ships it, and what two documents must have in common to count as equal."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from docxtpl import DocxTemplate
from jinja2 import Environment
from lxml import etree


def docxtpl_s_own(template: bytes, context: Mapping[str, object]) -> dict[str, bytes]:
    """Parts that docxtpl renders, in canonical form; core properties as it stores them without escaping."""
    escaping = DocxTemplate(io.BytesIO(template))
    escaping.render(dict(context), autoescape=True)
    # docxtpl escapes core properties and python-docx does so again: «&amp;» would stand in the title.
    plain = DocxTemplate(io.BytesIO(template))
    plain.render_init()
    plain.render_properties(dict(context), Environment())
    plain.is_rendered = True
    return rendered_parts(_saved(escaping)) | {"core": rendered_parts(_saved(plain))["core"]}


def _saved(document: DocxTemplate) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def members(document: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def rendered_parts(document: bytes) -> dict[str, bytes]:
    """Canonical XML of body, headers, footers, footnotes by name, and of core properties as «core»."""
    wanted = ("word/document", "word/header", "word/footer", "word/footnotes")
    found = {
        name: canonical(part)
        for name, part in members(document).items()
        if name.startswith(wanted) and name.endswith(".xml")
    }
    return found | {"core": canonical(members(document)["docProps/core.xml"])}


def canonical(xml: bytes) -> bytes:
    return etree.tostring(etree.fromstring(xml), method="c14n")


def text_of(document: bytes, part: str = "word/document.xml") -> str:
    """Text of a part: a line for each paragraph, line breaks as «|», tabs as «→», page breaks as «¶»."""
    namespace = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    lines = []
    for paragraph in etree.fromstring(members(document)[part]).iter(f"{namespace}p"):
        pieces = []
        for element in paragraph.iter(f"{namespace}t", f"{namespace}br", f"{namespace}tab"):
            if element.tag == f"{namespace}t":
                pieces.append(element.text or "")
            elif element.tag == f"{namespace}tab" and element.getparent().tag == f"{namespace}r":
                pieces.append("→")
            elif element.tag == f"{namespace}br":
                pieces.append("¶" if element.get(f"{namespace}type") == "page" else "|")
        lines.append("".join(pieces))
    return "\n".join(lines)
