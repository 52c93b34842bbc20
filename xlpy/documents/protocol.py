"""Writes a «протокол проверки» for every work of «График»: a .docx that staff sign, made from their own template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path

from xlpy.documents.files import distinct_names, make_folder, refuse_open, write_document
from xlpy.documents.protocol_context import Protocol, protocols_of, works_without_papers
from xlpy.documents.template import Template
from xlpy.tables.frames import Table
from xlpy.tables.settings import Settings
from xlpy.words import documents as words

__all__ = ["TEMPLATE", "protocol_context", "render_protocol", "works_without_papers", "write_protocols"]

TEMPLATE = "protocol.docx"


def protocol_context(protocol: Protocol) -> dict[str, object]:
    """Return the names a template may use."""
    return {field.name: getattr(protocol, field.name) for field in fields(protocol)}


def render_protocol(protocol: Protocol, template: Template) -> bytes:
    """Return the .docx of one protocol; its tasks share evenly the width the template gives to all of them.

    Raises TemplateError.
    """
    return template.for_columns(len(protocol.tasks)).render(protocol_context(protocol))


def write_protocols(
    tables: Mapping[str, Table],
    settings: Settings,
    out: Path,
    templates: Path,
    today: date,
    advance: Callable[[int, int], None],
) -> list[Path]:
    """Write one protocol for each class and subject of «График»; return the files, by class and subject.

    A work of which nothing is typed gets none: `works_without_papers` names them. `advance` is told how many of how
    many are written. Raises TemplateError before anything is written, LockedError naming the open document, SaveError.
    """
    protocols = protocols_of(tables, settings, today)
    names = distinct_names(
        words.PROTOCOL_FILE.format(school_class=one.school_class, subject=one.subject) for one in protocols
    )
    paths = [out / f"{name}.docx" for name in names]
    template = Template.load(templates / TEMPLATE)
    make_folder(out)
    refuse_open(paths)
    for done, (protocol, path) in enumerate(zip(protocols, paths, strict=True), start=1):
        write_document(path, render_protocol(protocol, template))
        advance(done, len(protocols))
    return paths
