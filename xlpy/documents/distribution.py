"""Writes the documents of the distribution: the school's protocol, the observers' schedule, a task for each checker."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from xlpy.checks.findings import Finding
from xlpy.documents.distribution_context import Distribution, NoProof, ProofLines, distribution_of
from xlpy.documents.distribution_facts import file_year, is_assigned
from xlpy.documents.files import distinct_names, make_folder, refuse_open, safe_name, write_document
from xlpy.documents.task_sheet_context import TaskSheet, task_sheets_of
from xlpy.documents.template import Template
from xlpy.documents.visits_context import Visits, has_visits, visits_of
from xlpy.errors import WorkbookError
from xlpy.tables.frames import Table
from xlpy.tables.settings import Settings
from xlpy.words import distribution as words

__all__ = ["TEMPLATES", "MadeDistribution", "NoProof", "ProofLines", "write_distribution"]

PROTOCOL_TEMPLATE = "distribution.docx"
VISITS_TEMPLATE = "visits.docx"
TASK_TEMPLATE = "task_sheet.docx"
TEMPLATES = (PROTOCOL_TEMPLATE, VISITS_TEMPLATE, TASK_TEMPLATE)

Document = Distribution | Visits | TaskSheet


@dataclass(frozen=True, slots=True)
class MadeDistribution:
    """The files; None where the workbook has nothing for one. `left`: task sheets of an earlier plan still there."""

    folder: Path
    protocol: Path | None
    visits: Path | None
    tasks: tuple[Path, ...]
    left: tuple[Path, ...]

    @property
    def files(self) -> tuple[Path, ...]:
        """All files written."""
        return (*(path for path in (self.protocol, self.visits) if path is not None), *self.tasks)


def context_of(document: Document) -> dict[str, object]:
    """Return the names a template may use: those of the document, and of its head."""
    own = {field.name: getattr(document, field.name) for field in fields(document)}
    head = own.pop("head")
    return {field.name: getattr(head, field.name) for field in fields(head)} | own


def write_distribution(
    tables: Mapping[str, Table],
    settings: Settings,
    findings: Sequence[Finding],
    doubts: int,
    proof: ProofLines | NoProof,
    out: Path,
    templates: Callable[[str], Path],
    today: date,
    advance: Callable[[int, int], None],
) -> MadeDistribution:
    """Write all documents of the distribution beneath folder `out`.

    `findings` are those of the checks, `doubts` the cells by which nobody could be kept from their own class;
    `templates` gives the folder that holds a template. `advance` is told how many of how many are written.
    Raises WorkbookError where neither checkers nor visits are there, TemplateError before anything is written,
    LockedError naming the open document, SaveError.
    """
    folder = out / words.FOLDER
    wanted: list[tuple[Path, bytes]] = []
    protocol = visits = None
    sheets: tuple[TaskSheet, ...] = ()
    if is_assigned(tables["checkers"]):
        protocol = folder / _file(words.PROTOCOL_FILE.format(year=file_year(settings)))
        made = distribution_of(tables, settings, findings, doubts, proof, today)
        wanted.append((protocol, _render(made, PROTOCOL_TEMPLATE, templates)))
        sheets = task_sheets_of(tables, settings, today)
    if has_visits(tables["visits"]):
        visits = folder / _file(words.VISITS_FILE.format(year=file_year(settings)))
        wanted.append((visits, _render(visits_of(tables, settings, findings, today), VISITS_TEMPLATE, templates)))
    if not wanted:
        raise WorkbookError("not_assigned")
    names = distinct_names(words.TASK_FILE.format(teacher=sheet.teacher) for sheet in sheets)
    tasks = tuple(folder / words.TASKS_FOLDER / f"{name}.docx" for name in names)
    wanted += [(path, _render(sheet, TASK_TEMPLATE, templates)) for path, sheet in zip(tasks, sheets, strict=True)]
    _write(wanted, advance)
    return MadeDistribution(folder, protocol, visits, tasks, _left(folder / words.TASKS_FOLDER, tasks))


def _file(name: str) -> str:
    return f"{safe_name(name)}.docx"


def _render(document: Document, template: str, templates: Callable[[str], Path]) -> bytes:
    return Template.load(templates(template) / template).render(context_of(document))


def _write(wanted: Sequence[tuple[Path, bytes]], advance: Callable[[int, int], None]) -> None:
    for folder in dict.fromkeys(path.parent for path, _ in wanted):
        make_folder(folder)
    refuse_open(path for path, _ in wanted)
    for done, (path, content) in enumerate(wanted, start=1):
        write_document(path, content)
        advance(done, len(wanted))


def _left(folder: Path, tasks: Sequence[Path]) -> tuple[Path, ...]:
    """Task sheets in the folder that are not of this plan: whoever has one would check what is no longer theirs."""
    written = {path.name for path in tasks}
    pattern = f"{words.TASK_FILE.format(teacher='*')}.docx"
    return tuple(sorted(path for path in folder.glob(pattern) if path.name not in written))
