"""Word templates: taken apart and compiled once, then filled many times.

An ordinary docxtpl template goes in; a document equal to docxtpl's own comes out, tens of times sooner,
because everything but the values depends on the template only. What the fast route cannot prove it writes
rightly (see `template_proof`), and values that bring XML of their own, go through docxtpl itself.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from xml.sax.saxutils import escape

import jinja2
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from xlpy.documents.template_columns import fit_columns
from xlpy.documents.template_docxtpl import property_environment, property_text, render_whole
from xlpy.documents.template_faults import SourceFaultError, explain, template_error
from xlpy.documents.template_grid import fix_grids, renumber_pictures
from xlpy.documents.template_listing import finish_part, mark_paragraphs
from xlpy.documents.template_parts import (
    DECLARATION,
    PartKind,
    PartSource,
    PropertySources,
    mend_package,
    open_template,
    read_members,
    replace_body,
    split_properties,
    split_template,
)
from xlpy.documents.template_proof import prove_body, prove_part
from xlpy.documents.template_values import NotCoveredError, Picture, make_environment, written_value
from xlpy.errors import TemplateError
from xlpy.zipped import FRESH, Member, pack_member, write_package

__all__ = ["Picture", "Template"]

# A school's protocols differ in their number of tasks: one compiled template for each.
_KEPT_TEMPLATES = 48


# What zipfile, zlib, lxml and python-docx raise on a file that is not a sound .docx.
_NOT_DOCX = (
    zipfile.BadZipFile,
    PackageNotFoundError,
    etree.XMLSyntaxError,
    zlib.error,
    KeyError,
    ValueError,
    OSError,
    RuntimeError,
    EOFError,
)


@dataclass(frozen=True, slots=True)
class _Part:
    """One compiled part. `source` is what was compiled, but with every paragraph on a line of its own."""

    split: PartSource
    source: str
    template: jinja2.Template

    def render(self, context: Mapping[str, object]) -> bytes:
        try:
            xml = finish_part(self.template.render(context))
        except NotCoveredError:
            raise
        except Exception as error:
            raise SourceFaultError(self._located(error, context), self.source) from error
        if self.split.kind is PartKind.BODY:
            xml = renumber_pictures(fix_grids(xml))
        return self.split.before + xml + self.split.after

    def _located(self, error: Exception, context: Mapping[str, object]) -> Exception:
        """The same error met again in `source`, where its line names a paragraph."""
        try:
            self.template.environment.from_string(self.source).render(context)
        except Exception as located:  # noqa: BLE001 - whatever a value raises is told to the user
            return located
        return error


@dataclass(frozen=True, slots=True)
class _Properties:
    """The compiled core properties."""

    split: PropertySources
    templates: tuple[jinja2.Template, ...]

    def render(self, context: Mapping[str, object]) -> bytes:
        try:
            texts = [escape(property_text(template.render(context))) for template in self.templates]
        except NotCoveredError:
            raise
        except Exception as error:
            raise SourceFaultError(error, "\n".join(self.split.sources)) from error
        pieces = self.split.pieces
        filled = (texts[number] + after for number, after in zip(self.split.order, pieces[1:], strict=True))
        return DECLARATION + (pieces[0] + "".join(filled)).encode()


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A template ready to fill: per member either what to render or the member itself, in the template's order."""

    digest: str
    content: bytes
    parts: tuple[_Part, ...]
    members: tuple[Member | _Part | _Properties, ...]
    names: tuple[str, ...]
    covered: bool

    def render(self, context: Mapping[str, object]) -> bytes:
        """Return the document by the fast route. NotCoveredError where a value needs docxtpl."""
        return write_package(
            member if isinstance(member, Member) else pack_member(name, member.render(context), FRESH)
            for name, member in zip(self.names, self.members, strict=True)
        )


def _compile_part(environment: jinja2.Environment, split: PartSource) -> _Part:
    """The part compiled without the marks, which would have to be taken out of every document again."""
    source = mark_paragraphs(split.source)
    try:
        return _Part(split, source, environment.from_string(split.source))
    except jinja2.TemplateError as error:
        raise SourceFaultError(_located_in(environment, source, error), source) from error


def _located_in(environment: jinja2.Environment, source: str, error: Exception) -> Exception:
    """The same error of compiling met again in the marked source, where its line names a paragraph."""
    try:
        environment.from_string(source)
    except jinja2.TemplateError as located:
        return located
    return error


def _is_covered(environment: jinja2.Environment, parts: tuple[_Part, ...]) -> bool:
    try:
        for part in parts:
            skeleton = prove_part(environment.parse(part.source), part.split.namespaces)
            if part.split.kind is PartKind.BODY:
                prove_body(skeleton)
    except NotCoveredError:
        return False
    return True


def _compile_properties(split: PropertySources) -> _Properties:
    environment = property_environment()
    try:
        return _Properties(split, tuple(environment.from_string(source) for source in split.sources))
    except jinja2.TemplateError as error:
        raise SourceFaultError(error, "\n".join(split.sources)) from error


@lru_cache(maxsize=_KEPT_TEMPLATES)
def _compile(content: bytes) -> _Compiled:
    """The compiled template of a file's content: an edited file is another template."""
    members = read_members(content)
    document = open_template(content)
    environment = make_environment(written_value)
    parts = tuple(_compile_part(environment, split) for split in split_template(document))
    rendered: dict[str, _Part | _Properties] = {part.split.member: part for part in parts}
    properties = split_properties(document, members)
    if properties is not None:
        rendered[properties.member] = _compile_properties(properties)
    return _Compiled(
        digest=sha256(content).hexdigest(),
        content=content,
        parts=parts,
        members=tuple(rendered.get(name) or pack_member(name, part) for name, part in members.items()),
        names=tuple(members),
        covered=_is_covered(environment, parts),
    )


@lru_cache(maxsize=_KEPT_TEMPLATES)
def _mended(content: bytes) -> bytes:
    return mend_package(content)


@lru_cache(maxsize=_KEPT_TEMPLATES)
def _fitted(content: bytes, columns: int) -> bytes:
    """The content of a template laid out for so many repeated columns."""
    return replace_body(content, lambda body: fit_columns(body, columns))


@dataclass(frozen=True, slots=True)
class Template:
    """A Word template that is ready to be filled. Make it with `Template.load`."""

    path: Path
    _compiled: _Compiled

    @classmethod
    def load(cls, path: Path) -> Template:
        """Return the template of a .docx file, compiled unless a file with the same content was before.

        Raises: TemplateError `template_missing`, or `template_broken` with `cause` and the place in words.
        """
        try:
            return cls(path, _compile(_mended(path.read_bytes())))
        except FileNotFoundError as error:
            raise TemplateError("template_missing", path=str(path)) from error
        except _NOT_DOCX as error:
            raise template_error(path, "not_docx") from error
        except SourceFaultError as fault:
            raise explain(fault.error, path, fault.source) from fault.error

    def for_columns(self, columns: int) -> Template:
        """Return the same template laid out for so many columns between `{%tc for %}` and `{%tc endfor %}`.

        They share evenly the width these cells have in Word; the other columns keep theirs.
        """
        return Template(self.path, _compile(_fitted(self._compiled.content, columns)))

    @property
    def content(self) -> bytes:
        """The template's own .docx, as it is filled."""
        return self._compiled.content

    @property
    def digest(self) -> str:
        """SHA-256 of the template's file, by which it is kept."""
        return self._compiled.digest

    @property
    def is_fast(self) -> bool:
        """Whether documents with plain values are written without docxtpl."""
        return self._compiled.covered

    def render(self, context: Mapping[str, object]) -> bytes:
        """Return the document of one context: the bytes of a .docx, the same for the same values.

        Values are written escaped; None as nothing; a line feed, tab or form feed as a line break, tab or page
        break; characters that XML forbids are left out. `Picture` stands as a picture.
        Raises: TemplateError `template_broken` naming the unknown variable and the line it stands in.
        """
        try:
            if self._compiled.covered:
                try:
                    return self._compiled.render(context)
                except NotCoveredError:
                    pass
            return self._render_whole(context)
        except SourceFaultError as fault:
            raise explain(fault.error, self.path, fault.source) from fault.error

    def _render_whole(self, context: Mapping[str, object]) -> bytes:
        try:
            return render_whole(self._compiled.content, context)
        except SourceFaultError:
            raise
        except Exception as error:
            # What fails after the parts are rendered (a table, a picture) is of the body.
            raise SourceFaultError(error, self._compiled.parts[0].source) from error
