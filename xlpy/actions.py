"""One function per intention of the user. Each takes an open workbook and says what came of it; the shell shows it.

Writes go through the door and take effect at its `save`, all or none. The clock comes in as an argument.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from xlpy.errors import DiskError, InputError, WorkbookError
from xlpy.shipped import TEMPLATES, shipped
from xlpy.tables import schema
from xlpy.words import cli
from xlpy.words.grammar import ERRORS, NOTICES, PROTOCOLS, WARNINGS, counted

if TYPE_CHECKING:
    from xlpy.assignment.assign import AssignmentResult, Regard
    from xlpy.checks.findings import Finding
    from xlpy.documents.distribution import MadeDistribution, NoProof, ProofLines
    from xlpy.tables.entry import EntryPlan
    from xlpy.tables.frames import Table
    from xlpy.tables.settings import Settings
    from xlpy.workbook.port import Workbook

# Where it is written who works with whom and by what limits: a cell there that cannot be read may change the plan.
STAFF_SOURCES = (schema.SETTINGS, schema.TEACHERS, schema.CLASSES, schema.WORKLOAD, schema.CONFLICTS)
STAFF_SHEETS = frozenset(sheet.name for sheet in STAFF_SOURCES)
UNKNOWN_CLASS_OF_WORK = "SCH-01"

# What each action draws its conclusions from.
ENTRY_TABLES = ("settings", "participants", "schedule")
STAFF_TABLES = (*ENTRY_TABLES, "teachers", "classes", "workload", "conflicts", "observers", "checkers")
RESULT_TABLES = (*ENTRY_TABLES, "scales", "tasks", "results", "checkers")
DISTRIBUTION_TABLES = (*STAFF_TABLES, "scales", "tasks", "results", "observers", "visits")

# Bytes: a hundred times what a large school's proof has.
LARGEST_PROOF = 50_000_000

Advance = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Stamp:
    """When an action runs and whose hand it is: for deadlines and for «Журнал»."""

    moment: datetime
    person: str

    @property
    def today(self) -> date:
        """The day by which deadlines are judged."""
        return self.moment.date()


@dataclass(frozen=True, slots=True)
class MadeProtocols:
    """The files, and the works (class, subject) that have no protocol because nothing is typed yet."""

    files: tuple[Path, ...]
    empty: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MadeReport:
    """The report's file and the figures it rests on, one dict per class or grade and subject."""

    path: Path
    indicators: list[dict[str, object]]


def read_book(book: Workbook) -> tuple[dict[str, Table], Settings]:
    """Return all typed tables of a workbook and its settings. Raises WorkbookError where the contract is broken."""
    from xlpy.tables.frames import read_tables
    from xlpy.tables.settings import read_settings

    tables = read_tables(book.read_tables(schema.SHEETS))
    return tables, read_settings(tables["settings"])


def ready(book: Workbook, used: Sequence[str]) -> tuple[dict[str, Table], Settings]:
    """As `read_book`, for actions that make no sense before a school year and works are there.

    Raises WorkbookError for that, and for a formula in the tables `used` that no program has computed yet: taken for
    empty, it would silently leave out what it stands for.
    """
    from xlpy.tables.convert import SlipCode

    tables, settings = read_book(book)
    for table in (tables[key] for key in used):
        for slip in table.slips:
            if slip.code is SlipCode.UNCALCULATED:
                raise WorkbookError("uncalculated", sheet=table.sheet.name, cell=table.cell(slip.row, slip.key))
    if not settings.text("year"):
        raise WorkbookError("no_year", cell=_setting_cell(tables["settings"], "year"))
    if tables["schedule"].frame.empty:
        raise WorkbookError("no_works")
    return tables, settings


def staff_tables(book: Workbook) -> tuple[dict[str, Table], Settings]:
    """Return the tables of a workbook from which it follows who may check whom; raises as every action would."""
    return ready(book, STAFF_TABLES)


def _setting_cell(table: Table, key: str) -> str:
    """Where a parameter's value belongs; the sheet's first value where the parameter has no row."""
    from xlpy.tables.normalise import fold
    from xlpy.tables.settings import SETTINGS_ROWS

    caption = next(fold(setting.caption) for setting in SETTINGS_ROWS if setting.key == key)
    rows = [
        row
        for row, name in zip(table.frame.index.tolist(), table.frame["parameter"], strict=True)
        if fold(name) == caption
    ]
    return table.cell(rows[0] if rows else table.sheet.header_row + 1, "setting")


def note(book: Workbook, stamp: Stamp, action: str, outcome: str, file: str = "") -> None:
    """Put a line into «Журнал»; it reaches the file at `save`."""
    book.append_rows(
        schema.JOURNAL,
        [
            {
                "moment": stamp.moment,
                "person": stamp.person,
                "action": cli.ACTIONS[action],
                "outcome": outcome,
                "file": file,
            }
        ],
    )


def check(book: Workbook, stamp: Stamp) -> tuple[Finding, ...]:
    """Return every finding of the rules; nothing is written."""
    from xlpy.checks.run import run_checks

    tables, settings = read_book(book)
    return run_checks(tables, settings, stamp.today)


def summary_of(findings: Sequence[Finding]) -> str:
    """One sentence that counts the findings."""
    return cli.DONE["check"].format(counts=counts_of(findings)) if findings else cli.DONE["check_none"]


def counts_of(findings: Sequence[Finding]) -> str:
    """How many findings there are of each severity, in words."""
    count = {level: sum(f.severity.value == level for f in findings) for level in ("error", "warning", "notice")}
    return cli.DONE["counts"].format(
        errors=counted(count["error"], *ERRORS),
        warnings=counted(count["warning"], *WARNINGS),
        notices=counted(count["notice"], *NOTICES),
    )


def write_findings(book: Workbook, findings: Sequence[Finding], stamp: Stamp) -> None:
    """Put the findings on «Замечания», before those of forms; note it in «Журнал». Raises LockedError or SaveError."""
    from xlpy.checks.findings import to_marks
    from xlpy.workbook.marks import kept_marks

    of_forms = kept_marks(book.read_tables([schema.FINDINGS])[schema.FINDINGS.key])[1]
    book.mark_cells([*to_marks(findings), *of_forms])
    note(book, stamp, "check", counts_of(findings))
    book.save()


def prepare(book: Workbook, stamp: Stamp) -> EntryPlan:
    """Lay out «Результаты», add missing rows of «Шкалы» and «Задания», date «План»; save. Typed data stays."""
    from xlpy.plan.anchors import plan_rows
    from xlpy.tables.entry import kept_rows, new_work_rows, plan_entry

    tables, settings = ready(book, ENTRY_TABLES)
    year = settings.text("year")
    raws = book.read_tables([schema.RESULTS, schema.PLAN])
    entry = plan_entry(
        tables["results"],
        tables["participants"],
        tables["schedule"],
        tables["scales"],
        tables["tasks"],
        year,
        raws["results"],
    )
    book.write_table(schema.RESULTS, kept_rows(entry, raws["results"]))
    if entry.scales:
        book.append_rows(schema.SCALES, new_work_rows(year, entry.scales))
    if entry.tasks:
        book.append_rows(schema.TASKS, new_work_rows(year, entry.tasks))
    book.write_table(schema.PLAN, plan_rows(raws["plan"], settings, tables["schedule"]))
    note(book, stamp, "prepare", prepare_summary(entry))
    book.save()
    return entry


def prepare_summary(entry: EntryPlan) -> str:
    """One sentence: how many rows were added, kept, removed."""
    return cli.DONE["prepare"].format(added=entry.added, kept=entry.kept, removed=entry.removed)


def assign(book: Workbook, regard: Regard | None = None) -> AssignmentResult:
    """Return who checks whom; nothing is written. `regard`: how the plan before counts, None as is usual."""
    from xlpy.assignment.assign import Regard
    from xlpy.assignment.assign import assign as solve

    tables, settings = ready(book, STAFF_TABLES)
    return solve(tables, settings, regard or Regard.SIGNED)


def summary_of_assignment(result: AssignmentResult) -> str:
    """One sentence about the plan."""
    from xlpy.assignment.assign import summary_of_assignment as summary

    return summary(result)


def write_assignment(book: Workbook, result: AssignmentResult, stamp: Stamp) -> None:
    """Put the plan on «Проверяющие» and a line into «Журнал». Raises LockedError or SaveError."""
    from xlpy.assignment.assign import to_rows

    book.write_table(schema.CHECKERS, to_rows(result))
    note(book, stamp, "assign", summary_of_assignment(result))
    book.save()


def store_proof(book: Workbook, book_path: Path, result: AssignmentResult) -> str:
    """Put the proof of a plan that is written beside the documents; return what hindered it, "" where nothing did."""
    import json

    from xlpy.documents.files import make_folder, write_document
    from xlpy.words.errors import sentence

    path = proof_file(book_path, read_book(book)[1])
    try:
        make_folder(path.parent)
        write_document(path, json.dumps(result.certificate, ensure_ascii=False).encode())
    except DiskError as error:
        return cli.DONE["no_proof"].format(why=sentence(error))
    return ""


def proof_file(book_path: Path, settings: Settings) -> Path:
    """Where the proof of the last plan lies."""
    return documents_folder(book_path, settings) / cli.PROOF_FILE


def doubts_of_assignment(book: Workbook, stamp: Stamp) -> tuple[Finding, ...]:
    """Errors where it is written who works with whom: for these cells nobody could be kept from their own class."""
    return _doubts(check(book, stamp))


def _doubts(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    errors = [finding for finding in findings if finding.severity.value == "error"]
    return tuple(one for one in errors if one.sheet in STAFF_SHEETS or one.code == UNKNOWN_CLASS_OF_WORK)


def is_short(result: AssignmentResult) -> bool:
    """Whether some work has fewer checkers than it needs."""
    from xlpy.assignment.assign import Status

    return result.status is not Status.OPTIMAL


def worst_of(findings: Sequence[Finding]) -> str:
    """The gravest severity among the findings, "" where there are none."""
    there = {finding.severity.value for finding in findings}
    return next((level for level in ("error", "warning", "notice") if level in there), "")


def documents_folder(book_path: Path, settings: Settings) -> Path:
    """Folder of the documents: the setting, taken from the workbook's folder where it is not a full path."""
    return book_path.parent / (settings.text("documents_folder") or cli.DOCUMENTS_FOLDER)


def output_folder(book: Workbook, book_path: Path, out: Path | None) -> Path:
    """Where documents go: the folder the user named, else that of the settings."""
    return documents_folder(book_path, read_book(book)[1]) if out is None else out


def _folder_for(book_path: Path, settings: Settings, out: Path | None) -> Path:
    """Where documents go; InputError where that is a file."""
    folder = documents_folder(book_path, settings) if out is None else out
    if folder.exists() and not folder.is_dir():
        raise InputError("not_folder", path=str(folder))
    return folder


def templates_for(book_path: Path, template: str) -> Path:
    """Folder that holds a template: the school's own beside the workbook, else the shipped one."""
    own = book_path.parent / cli.TEMPLATES_FOLDER
    return own if (own / template).exists() else shipped(TEMPLATES)


def protocols(book: Workbook, book_path: Path, out: Path | None, stamp: Stamp, advance: Advance) -> MadeProtocols:
    """Write a protocol for every class and subject of which something is typed. Raises TemplateError, DiskError."""
    from xlpy.documents.protocol import TEMPLATE, works_without_papers, write_protocols

    tables, settings = ready(book, RESULT_TABLES)
    folder = _folder_for(book_path, settings, out)
    files = write_protocols(tables, settings, folder, templates_for(book_path, TEMPLATE), stamp.today, advance)
    return MadeProtocols(tuple(files), tuple(works_without_papers(tables)))


def report(book: Workbook, book_path: Path, out: Path | None, stamp: Stamp, advance: Advance) -> MadeReport:
    """Write the school's report; return it with its figures. Raises TemplateError, SaveError."""
    from xlpy.analysis.indicators import indicator_dicts
    from xlpy.documents.report import TEMPLATE, write_report

    tables, settings = ready(book, RESULT_TABLES)
    folder = _folder_for(book_path, settings, out)
    path = write_report(tables, settings, folder, templates_for(book_path, TEMPLATE), stamp.today, advance)
    return MadeReport(path, indicator_dicts(tables, settings))


def distribution(book: Workbook, book_path: Path, out: Path | None, stamp: Stamp, advance: Advance) -> MadeDistribution:
    """Write the protocol of the distribution, the observers' schedule, a task sheet for each checker.

    Raises WorkbookError `not_assigned` where there is nothing to write of, TemplateError, DiskError.
    """
    from xlpy.documents.distribution import write_distribution

    tables, settings = ready(book, DISTRIBUTION_TABLES)
    folder = _folder_for(book_path, settings, out)
    findings = check(book, stamp)
    return write_distribution(
        tables,
        settings,
        findings,
        len(_doubts(findings)),
        _proof_of(book_path, tables, settings),
        folder,
        lambda template: templates_for(book_path, template),
        stamp.today,
        advance,
    )


def lines_of_distribution(made: MadeDistribution) -> list[str]:
    """What the documents of the distribution are, in sentences."""
    from xlpy.words.distribution import made_lines

    left = [path.name for path in made.left]
    return made_lines(
        protocol=made.protocol is not None, visits=made.visits is not None, tasks=len(made.tasks), left=left
    )


def _proof_of(book_path: Path, tables: Mapping[str, Table], settings: Settings) -> ProofLines | NoProof:
    """What is proven of the plan that stands on «Проверяющие» now."""
    from xlpy.assignment.certificate import digest_of
    from xlpy.assignment.proofs import proof_lines, still_holds
    from xlpy.documents.distribution import NoProof, ProofLines

    proof = read_proof(proof_file(book_path, settings))
    if proof is None:
        return NoProof.ABSENT
    if not still_holds(proof, tables, settings):
        return NoProof.CHANGED
    return ProofLines(digest_of(proof), proof_lines(proof))


def read_proof(path: Path) -> dict[str, object] | None:
    """Return a stored proof; None where there is no file that could be one."""
    import json

    try:
        if path.stat().st_size > LARGEST_PROOF:
            return None
        proof = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return proof if isinstance(proof, dict) else None


def note_documents(book: Workbook, stamp: Stamp, action: str, files: Sequence[Path]) -> None:
    """Put a line about written documents into «Журнал». Raises LockedError or SaveError."""
    outcome = counted(len(files), *(PROTOCOLS if action == "protocols" else cli.FILES))
    note(book, stamp, action, outcome, str(files[0] if len(files) == 1 else files[0].parent) if files else "")
    book.save()
