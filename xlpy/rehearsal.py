"""The whole main job on a made-up school, as a coordinator would do it; leaves workbook, truth and documents."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from xlpy import actions, books
from xlpy.actions import Stamp
from xlpy.words import cli
from xlpy.words.grammar import counted

TRUTH = "truth.json"
STEPS = ("school", "fill", "prepare", "check", "assign", "protocols", "report", "check")
Step = Callable[[int, str], None]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What the run left: files, and one line about each step. `findings` and `assignment` are sentences."""

    folder: Path
    book: Path
    truth: Path
    protocols: tuple[Path, ...]
    report: Path
    findings: str
    assignment: str

    def answer(self) -> dict[str, object]:
        """The run as JSON shows it."""
        return {
            "folder": str(self.folder),
            "book": str(self.book),
            "truth": str(self.truth),
            "protocols": [str(path) for path in self.protocols],
            "report": str(self.report),
        }


def run(folder: Path, classes: int, seed: int, clean: bool, today: date | None, advance: Step) -> Rehearsal:
    """Make the school and do the job. Raises InputError where `folder` holds a workbook already."""
    from xlpy.demo.dirt import add_dirt, truth_of
    from xlpy.demo.fill import fill_book
    from xlpy.demo.school import make_school
    from xlpy.workbook.closed import ClosedWorkbook
    from xlpy.workbook.saving import write_atomically

    stamp = Stamp(_moment(today), cli.DEMO_PERSON)
    created = books.create(folder, None, stamp)
    advance(0, "school")
    school = make_school(classes, seed)
    typed, planted = (school, ()) if clean else add_dirt(school, seed)
    advance(1, "fill")
    book = ClosedWorkbook(created.path)
    fill_book(book, school)
    advance(2, "prepare")
    actions.prepare(book, stamp)
    # Slips are typed into rows that stand already, as people do it.
    fill_book(book, typed)
    book.save()
    advance(3, "check")
    actions.write_findings(book, actions.check(book, stamp), stamp)
    advance(4, "assign")
    result = actions.assign(book)
    actions.write_assignment(book, result, stamp)
    actions.store_proof(book, created.path, result)
    advance(5, "protocols")
    protocols = actions.protocols(book, created.path, None, stamp, _quietly)
    actions.note_documents(book, stamp, "protocols", protocols.files)
    advance(6, "report")
    made = actions.report(book, created.path, None, stamp, _quietly)
    actions.note_documents(book, stamp, "report", [made.path])
    advance(7, "check")
    findings = actions.check(book, stamp)
    actions.write_findings(book, findings, stamp)
    truth = truth_of(planted, actions.read_book(book)[0])
    write_atomically(folder / TRUTH, _truth_json(truth))
    advance(8, "done")
    return Rehearsal(
        folder,
        created.path,
        folder / TRUTH,
        protocols.files,
        made.path,
        actions.summary_of(findings),
        actions.summary_of_assignment(result),
    )


def _moment(today: date | None) -> datetime:
    now = datetime.now()  # noqa: DTZ005 - a workbook holds the clock on the wall
    return now.replace(microsecond=0) if today is None else datetime.combine(today, time())


def _quietly(done: int, total: int) -> None:
    """The steps of the whole run are shown, not those within one."""


def _truth_json(truth: Sequence[dict[str, str]]) -> bytes:
    return json.dumps(list(truth), ensure_ascii=False, indent=1).encode()


def lines(made: Rehearsal) -> tuple[str, ...]:
    """What a person is told at the end."""
    return (
        made.findings,
        made.assignment,
        cli.DONE["demo"].format(path=made.folder),
        cli.DONE["demo_book"].format(path=made.book),
        cli.DONE["demo_truth"].format(path=made.truth),
        cli.DONE["demo_documents"].format(path=made.report, files=cli.DEMO_REPORT),
        cli.DONE["demo_documents"].format(path=made.report.parent, files=counted(len(made.protocols) + 1, *cli.FILES)),
    )
