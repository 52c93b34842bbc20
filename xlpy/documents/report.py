"""Writes the «аналитическая справка»: one .docx of the school's figures, made from the school's own template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from xlpy.analysis.overview import analyse
from xlpy.documents.files import make_folder, refuse_open, safe_name, write_document
from xlpy.documents.report_context import report_context
from xlpy.documents.template import Template
from xlpy.tables.frames import Table
from xlpy.tables.settings import Settings
from xlpy.words import report as words

TEMPLATE = "report.docx"
_STEPS = 6


class _Progress:
    """Counts the parts that are done."""

    def __init__(self, advance: Callable[[int, int], None]) -> None:
        self._advance = advance
        self._done = 0

    def step(self) -> None:
        self._done += 1
        self._advance(self._done, _STEPS)


def render_report(
    tables: Mapping[str, Table], settings: Settings, template: Template, today: date, step: Callable[[], None]
) -> bytes:
    """Return the .docx of the report: the same bytes for the same workbook and day. Raises TemplateError."""
    analysis = analyse(tables, settings)
    step()
    context = report_context(analysis, tables, settings, today, step)
    document = template.render(context)
    step()
    return document


def write_report(
    tables: Mapping[str, Table],
    settings: Settings,
    out: Path,
    templates: Path,
    today: date,
    advance: Callable[[int, int], None],
) -> Path:
    """Write the report into folder `out` and return its file. `advance` is told how many of how many parts are done.

    Raises TemplateError before anything is written, LockedError naming the open document, SaveError.
    """
    progress = _Progress(advance)
    year = (settings.text("year") or words.NO_YEAR).replace("/", "-")
    path = out / safe_name(words.FILE_NAME.format(year=year))
    template = Template.load(templates / TEMPLATE)
    make_folder(out)
    refuse_open([path])
    write_document(path, render_report(tables, settings, template, today, progress.step))
    progress.step()
    return path
