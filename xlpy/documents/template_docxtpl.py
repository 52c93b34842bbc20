"""The route through docxtpl itself, for pictures, rich text and templates the fast route does not cover."""

# mypy: allow-untyped-calls
from __future__ import annotations

import copy
import io
from collections.abc import Callable, Mapping
from typing import Any

from docx.shared import Mm
from docxtpl.inline_image import InlineImage
from docxtpl.richtext import RichText, RichTextParagraph
from docxtpl.template import DocxTemplate
from jinja2 import Environment
from lxml import etree
from markupsafe import Markup, escape

from xlpy.documents.template_faults import BrokenXmlError, SourceFaultError
from xlpy.documents.template_listing import mark_paragraphs
from xlpy.documents.template_parts import LONGEST_PROPERTY, PROPERTIES, core_properties, footnote_parts, read_members
from xlpy.documents.template_values import NotCoveredError, Picture, clean_value, make_environment, written_value
from xlpy.zipped import pack_member, write_package


class WholeTemplate(DocxTemplate):
    """docxtpl with some of its habits mended, each of which changes what stands in a signed document."""

    def render_xml_part(
        self, src_xml: str, part: Any, context: dict[str, Any], jinja_env: Environment | None = None
    ) -> str:
        """Render a part; say which one where that fails."""
        try:
            return str(super().render_xml_part(src_xml, part, context, jinja_env))
        except Exception as error:
            raise SourceFaultError(error, mark_paragraphs(src_xml)) from error

    def fix_tables(self, xml: str) -> Any:
        """Refuse what docxtpl would mend by leaving text out."""
        try:
            etree.fromstring(xml)
        except etree.XMLSyntaxError as error:
            raise BrokenXmlError(str(error)) from error
        return super().fix_tables(xml)

    def resolve_listing(self, xml: str) -> str:
        """Drop form feeds and bells outside the text of a run, which XML cannot hold."""
        return str(super().resolve_listing(xml)).replace("\f", "").replace("\a", "")

    def render_footnotes(self, context: dict[str, Any], jinja_env: Environment | None = None) -> None:
        """Render footnotes once; docxtpl does so once per section and reads values as tags the second time."""
        for part in footnote_parts(self):
            source = self.patch_xml(part.blob.decode("utf-8"))
            part._blob = self.render_xml_part(source, part, context, jinja_env).encode("utf-8")  # noqa: SLF001

    def render_properties(self, context: dict[str, Any], jinja_env: Environment | None = None) -> None:
        """Write core properties without escaping them twice, cut at the length they may have."""
        del jinja_env
        plain, properties = property_environment(), core_properties(self)
        for name in PROPERTIES:
            setattr(properties, name, property_text(plain.from_string(getattr(properties, name)).render(context)))


def property_environment() -> Environment:
    """Return the environment of core properties, which are escaped when they are stored."""
    plain = make_environment(written_value)
    plain.autoescape = False
    return plain


def property_text(rendered: str) -> str:
    """Return a core property as it is stored: at most 255 characters, no page break, no new paragraph."""
    return rendered.replace("\f", "").replace("\a", "")[:LONGEST_PROPERTY]


def _picture(document: DocxTemplate, picture: Picture) -> Markup:
    image = InlineImage(document, io.BytesIO(picture.content), width=Mm(picture.width_mm))
    words = escape(clean_value(picture.description))
    return Markup(image.__html__().replace("<wp:docPr ", f'<wp:docPr descr="{words}" ', 1))  # noqa: S704 - made here


def _written(document: DocxTemplate) -> Callable[[object], object]:
    """The finalizer of one rendering: what `written_value` does not write, docxtpl does."""

    def written(value: object) -> object:
        if isinstance(value, Picture):
            return _picture(document, value)
        if isinstance(value, InlineImage):
            own = copy.copy(value)
            own.tpl = document
            return own
        if isinstance(value, (RichText, RichTextParagraph, Markup)):
            return Markup(clean_value(value.__html__()))  # noqa: S704 - rich text escapes; the rest is proven XML later
        try:
            return written_value(value)
        except NotCoveredError:
            return value

    return written


def render_whole(content: bytes, context: Mapping[str, object]) -> bytes:
    """Return the document docxtpl makes of a template, packed with fixed times. Jinja's errors pass through."""
    document = WholeTemplate(io.BytesIO(content))
    document.render(dict(context), make_environment(_written(document)), autoescape=True)
    saved = io.BytesIO()
    document.save(saved)
    return write_package(pack_member(name, part) for name, part in read_members(saved.getvalue()).items())
