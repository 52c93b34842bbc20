"""One function per intention of the user. Each takes an open workbook and says what came of it; the shell shows it.

Writes go through the door and take effect at its `save`, all or none. The clock comes in as an argument.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from xlpy.tables import schema
from xlpy.words import cli
from xlpy.words.grammar import ERRORS, NOTICES, PROTOCOLS, WARNINGS, WORKS, counted

if TYPE_CHECKING:
    from xlpy.assignment.assign import AssignmentResult
    from xlpy.checks.findings import Finding
    from xlpy.tables.entry import EntryPlan
    from xlpy.tables.frames import Table
    from xlpy.tables.settings import Settings
    from xlpy.workbook.port import Workbook

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


def read_book(book: Workbook) -> tuple[dict[str, Table], Settings]:
    """Return all typed tables of a workbook and its settings. Raises WorkbookError where the contract is broken."""
    from xlpy.tables.frames import read_tables
    from xlpy.tables.settings import read_settings

    tables = read_tables(book.read_tables(schema.SHEETS))
    return tables, read_settings(tables["settings"])


def _note(book: Workbook, stamp: Stamp, action: str, outcome: str, file: str = "") -> None:
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
    if not findings:
        return cli.DONE["check_none"]
    count = {level: sum(f.severity.value == level for f in findings) for level in ("error", "warning", "notice")}
    return cli.DONE["check"].format(
        errors=counted(count["error"], *ERRORS),
        warnings=counted(count["warning"], *WARNINGS),
        notices=counted(count["notice"], *NOTICES),
    )


def write_findings(book: Workbook, findings: Sequence[Finding], stamp: Stamp) -> None:
    """Put the findings on «Замечания» and a line into «Журнал». Raises LockedError or SaveError."""
    from xlpy.checks.findings import to_marks

    book.mark_cells(to_marks(findings))
    _note(book, stamp, "check", summary_of(findings))
    book.save()


def prepare(book: Workbook, stamp: Stamp) -> EntryPlan:
    """Lay out «Результаты», add missing rows of «Шкалы» and «Задания», date «План»; save. Typed data stays."""
    from xlpy.plan.anchors import plan_rows
    from xlpy.tables.entry import kept_rows, new_work_rows, plan_entry

    tables, settings = read_book(book)
    year = settings.text("year")
    raws = book.read_tables([schema.RESULTS, schema.SCALES, schema.TASKS])
    entry = plan_entry(
        tables["results"], tables["participants"], tables["schedule"], tables["scales"], tables["tasks"], year
    )
    book.write_table(schema.RESULTS, kept_rows(entry, raws["results"]))
    if entry.scales:
        book.append_rows(schema.SCALES, new_work_rows(year, entry.scales))
    if entry.tasks:
        book.append_rows(schema.TASKS, new_work_rows(year, entry.tasks))
    book.write_table(schema.PLAN, plan_rows(tables["plan"], settings, tables["schedule"]))
    _note(book, stamp, "prepare", prepare_summary(entry))
    book.save()
    return entry


def prepare_summary(entry: EntryPlan) -> str:
    """One sentence: how many rows were added, kept, removed."""
    return cli.DONE["prepare"].format(
        added=counted(entry.added, *WORKS), kept=counted(entry.kept, *WORKS), removed=entry.removed
    )


def assign(book: Workbook) -> AssignmentResult:
    """Return who checks whom; nothing is written."""
    from xlpy.assignment.assign import assign as solve

    tables, settings = read_book(book)
    return solve(tables, settings)


def write_assignment(book: Workbook, result: AssignmentResult, stamp: Stamp) -> None:
    """Put the plan on «Проверяющие» and a line into «Журнал». Raises LockedError or SaveError."""
    from xlpy.assignment.assign import summary_of_assignment, to_rows

    book.write_table(schema.CHECKERS, to_rows(result))
    _note(book, stamp, "assign", summary_of_assignment(result))
    book.save()


def documents_folder(book_path: Path, settings: Settings) -> Path:
    """Folder of the documents: the setting, taken from the workbook's folder where it is not a full path."""
    return book_path.parent / (settings.text("documents_folder") or cli.DOCUMENTS_FOLDER)


def note_documents(book: Workbook, stamp: Stamp, action: str, files: Sequence[Path]) -> None:
    """Put a line about written documents into «Журнал». Raises LockedError or SaveError."""
    outcome = counted(len(files), *(PROTOCOLS if action == "protocols" else cli.FILES))
    _note(book, stamp, action, outcome, str(files[0] if len(files) == 1 else files[0].parent) if files else "")
    book.save()
