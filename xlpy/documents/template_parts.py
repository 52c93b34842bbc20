"""A Word template taken apart: what docxtpl renders as text to compile once, the rest as members to copy."""

# mypy: allow-untyped-calls
from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from docxtpl.template import DocxTemplate
from lxml import etree

from xlpy.zipped import pack_member, write_package

DECLARATION = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_BODY_MARK = "xlpy body"
# The properties of the document that docxtpl renders, in its order.
PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
_PROPERTY_MARK = "xlpy-property-{number}-"
LONGEST_PROPERTY = 255
_RELATIONSHIPS = "_rels/.rels"
_CORE = b"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_CORE_AS_LIBREOFFICE = re.compile(
    rb"http://schemas\.openxmlformats\.org/office[Dd]ocument/2006/relationships/metadata/core-properties"
)
_LARGEST_PACKAGE = 128 * 1024 * 1024


class PartKind(Enum):
    """What a rendered part is."""

    BODY = "body"
    EDGE = "header or footer"
    FOOTNOTES = "footnotes"


@dataclass(frozen=True, slots=True)
class PartSource:
    """One part as docxtpl patches it for Jinja; rendered, it stands between `before` and `after`."""

    member: str
    kind: PartKind
    source: str
    namespaces: dict[str | None, str]
    before: bytes = b""
    after: bytes = b""


@dataclass(frozen=True, slots=True)
class PropertySources:
    """Core properties: Jinja sources in the order of PROPERTIES; `pieces` of XML stand around the values in `order`."""

    member: str
    sources: tuple[str, ...]
    pieces: tuple[str, ...]
    order: tuple[int, ...]


def read_members(content: bytes) -> dict[str, bytes]:
    """Return the members of a package in their order. BadZipFile where it is none, ValueError where it is a bomb."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if sum(info.file_size for info in package.infolist()) > _LARGEST_PACKAGE:
            raise ValueError("package is too large")
        return {info.filename: package.read(info) for info in package.infolist() if not info.is_dir()}


def mend_package(content: bytes) -> bytes:
    """Return the package of a template with its core properties where python-docx looks for them.

    LibreOffice names their relationship otherwise; python-docx then adds a second part of the same name, and Word
    does not open the document.
    """
    members = read_members(content)
    relationships = members.get(_RELATIONSHIPS, b"")
    mended = _CORE_AS_LIBREOFFICE.sub(_CORE, relationships)
    if mended == relationships:
        return content
    members[_RELATIONSHIPS] = mended
    return write_package(pack_member(name, part) for name, part in members.items())


def _docx(document: DocxTemplate) -> Any:
    """The python-docx document of an opened template."""
    return document.get_docx()


def core_properties(document: DocxTemplate) -> Any:
    """Return python-docx's core properties of a template."""
    return _docx(document).core_properties


def open_template(content: bytes) -> DocxTemplate:
    """Return docxtpl's template of a file's content. ValueError, KeyError or BadZipFile where it is none."""
    document = DocxTemplate(io.BytesIO(content))
    document.render_init()
    return document


def _main_member(document: DocxTemplate) -> str:
    return str(_docx(document).part.partname).lstrip("/")


def replace_body(content: bytes, change: Callable[[etree._Element], None]) -> bytes:
    """Return the package of a template with its body changed in place, every other member as it is."""
    document = open_template(content)
    root = _docx(document).element
    change(root.body)
    members = read_members(content)
    members[_main_member(document)] = etree.tostring(root, encoding="UTF-8", standalone=True)
    return write_package(pack_member(name, part) for name, part in members.items())


def _body(document: DocxTemplate) -> PartSource:
    root = _docx(document).element
    body = getattr(root, "body", None)
    if body is None:
        raise ValueError("no body")
    source = document.patch_xml(document.get_xml())
    if body.nsmap == root.nsmap and not body.attrib:
        source = re.sub(r"^<w:body[^>]*>", "<w:body>", source)
    around = copy.deepcopy(root)
    around.replace(around.body, etree.Comment(_BODY_MARK))
    before, after = etree.tostring(around, encoding="UTF-8").split(f"<!--{_BODY_MARK}-->".encode())
    declared = before if before.startswith(b"<?xml") else DECLARATION + before
    return PartSource(_main_member(document), PartKind.BODY, source, dict(body.nsmap), declared, after)


def _edges(document: DocxTemplate) -> Iterator[PartSource]:
    for kind in (document.HEADER_URI, document.FOOTER_URI):
        for _, part in document.get_headers_footers(kind):
            source = document.patch_xml(document.get_part_xml(part))
            member = str(part.partname).lstrip("/")
            yield PartSource(member, PartKind.EDGE, source, {}, DECLARATION)


def footnote_parts(document: DocxTemplate) -> tuple[Any, ...]:
    """Return the parts of the package that hold footnotes."""
    return tuple(part for part in _docx(document).part.package.iter_parts() if part.content_type == _FOOTNOTES)


def _footnotes(document: DocxTemplate) -> Iterator[PartSource]:
    for part in footnote_parts(document):
        source = document.patch_xml(part.blob.decode("utf-8"))
        yield PartSource(str(part.partname).lstrip("/"), PartKind.FOOTNOTES, source, {})


def split_template(document: DocxTemplate) -> tuple[PartSource, ...]:
    """Return every part docxtpl renders as Jinja text: body, headers, footers, footnotes; each part once."""
    parts = (_body(document), *_edges(document), *_footnotes(document))
    return tuple({part.member: part for part in parts}.values())


def split_properties(document: DocxTemplate, members: dict[str, bytes]) -> PropertySources | None:
    """Return the core properties to render; None for a template that has none."""
    properties = core_properties(document)
    member = "docProps/core.xml"
    if member not in members:
        return None
    sources = tuple(str(getattr(properties, name)) for name in PROPERTIES)
    for number, name in enumerate(PROPERTIES):
        setattr(properties, name, _PROPERTY_MARK.format(number=number))
    xml = etree.tostring(properties._element, encoding="unicode")  # noqa: SLF001 - python-docx shows it nowhere else
    pieces = re.split(_PROPERTY_MARK.format(number=r"(\d)"), xml)
    return PropertySources(member, sources, tuple(pieces[::2]), tuple(map(int, pieces[1::2])))
