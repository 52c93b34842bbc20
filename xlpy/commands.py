"""What each command does: open the file, run the action, show what came of it. Returns the exit code.

Knows the closed file only; buttons in a live workbook have their own shell over the same actions.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from xlpy import actions, books, repairing
from xlpy.actions import MadeProtocols
from xlpy.console import SHOWN_FINDINGS, complain, progress_bar, say, say_json, show_findings, step
from xlpy.errors import DiskError, InputError
from xlpy.shell import log_failure, stamp_of
from xlpy.words import cli
from xlpy.words import distribution as distribution_words
from xlpy.words import repairs as repair_words
from xlpy.words import watch as watch_words
from xlpy.words.errors import sentence
from xlpy.words.grammar import PROTOCOLS, ROWS, counted

if TYPE_CHECKING:
    from xlpy.actions import Stamp
    from xlpy.assignment.assign import AssignmentResult
    from xlpy.checks.findings import Finding
    from xlpy.tables.entry import EntryPlan
    from xlpy.watching import Run
    from xlpy.workbook.closed import ClosedWorkbook

DONE, FOUND, CANNOT = 0, 1, 2
Answer = Mapping[str, object]
Printer = Callable[[Answer, Callable[[], None]], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """What made-up school is wanted."""

    classes: int
    seed: int
    clean: bool


def print_json(answer: Answer, words: Callable[[], None]) -> None:
    """Show an answer to a program."""
    del words
    say_json(answer)


def print_words(answer: Answer, words: Callable[[], None]) -> None:
    """Show an answer to a person."""
    del answer
    words()


def parse_day(text: str) -> date:
    """Return the day a user wrote as dd.mm.yyyy or yyyy-mm-dd. Raises InputError."""
    from xlpy.tables.convert import as_date

    moment = as_date(text)
    if moment is None:
        raise InputError("bad_date", text=text)
    return moment.date()


def _say_lines(lines: Iterable[str]) -> None:
    for line in lines:
        say(line)


def _open(path: Path) -> ClosedWorkbook:
    from xlpy.workbook.closed import ClosedWorkbook

    with step(cli.STEPS["read"]):
        return ClosedWorkbook(path)


def new(folder: Path, source: Path | None, today: date | None, show: Printer) -> int:
    """Create a workbook in `folder`, filled from the CSV files of `source` where that is given."""
    with step(cli.STEPS["new"]):
        created = books.create(folder, source, stamp_of(today))

    def words() -> None:
        say(cli.DONE["new"].format(path=created.path))
        if created.sheets:
            sheets = "; ".join(f"{name} — {counted(rows, *ROWS)}" for name, rows in created.sheets.items())
            say(cli.DONE["imported"].format(sheets=sheets))
        for note in created.notes:
            say(note)

    show({"path": str(created.path), "sheets": created.sheets, "notes": list(created.notes)}, words)
    return DONE


def build(out: Path, show: Printer) -> int:
    """Build the empty workbook from source into `out`."""
    with step(cli.STEPS["build"]):
        books.build(out)
    show({"path": str(out)}, lambda: say(cli.DONE["build"].format(path=out)))
    return DONE


def prepare(path: Path, today: date | None, show: Printer) -> int:
    """«Подготовить ввод» on a closed file."""
    book = _open(path)
    with step(cli.STEPS["prepare"]):
        entry = actions.prepare(book, stamp_of(today))
    show(_entry_answer(entry), lambda: _say_entry(entry))
    return FOUND if entry.misfits else DONE


def _entry_answer(entry: EntryPlan) -> Answer:
    return {
        "added": entry.added,
        "kept": entry.kept,
        "removed": entry.removed,
        "misfits": [
            {"row": m.row, "code": m.code, "class": m.school_class, "subject": m.subject, "reason": m.reason.value}
            for m in entry.misfits
        ],
        "scales_to_fill": [{"grade": grade, "subject": subject} for grade, subject in entry.scales],
        "tasks_to_fill": [{"grade": grade, "subject": subject} for grade, subject in entry.tasks],
    }


def _works(works: Sequence[tuple[int, str]]) -> str:
    return "; ".join(cli.WORK_OF_GRADE.format(grade=grade, subject=subject) for grade, subject in works)


def _say_entry(entry: EntryPlan) -> None:
    say(actions.prepare_summary(entry))
    if entry.scales:
        say(cli.DONE["prepare_scales"].format(works=_works(entry.scales)))
    if entry.tasks:
        say(cli.DONE["prepare_tasks"].format(works=_works(entry.tasks)))
    if entry.misfits:
        say(cli.DONE["misfits"])
    for misfit in entry.misfits[:SHOWN_FINDINGS]:
        say(
            cli.DONE["misfit"].format(
                row=misfit.row,
                code=misfit.code,
                school_class=misfit.school_class,
                subject=misfit.subject,
                reason=cli.MISFIT[misfit.reason.value],
            )
        )
    if len(entry.misfits) > SHOWN_FINDINGS:
        say(cli.DONE["more"].format(count=len(entry.misfits) - SHOWN_FINDINGS))


def upgrade(path: Path, today: date | None, show: Printer) -> int:
    """Move a filled workbook onto the newest empty one."""
    with step(cli.STEPS["upgrade"]):
        result = books.upgrade(path, stamp_of(today))
    show(result.answer(), lambda: _say_lines(result.lines()))
    return DONE


def check(path: Path, today: date | None, show: Printer) -> int:
    """«Проверить ввод»: findings are shown even where the book is locked and the sheet cannot be written."""
    book, stamp = _open(path), stamp_of(today)
    with step(cli.STEPS["check"]):
        findings = actions.check(book, stamp)
    refused: DiskError | None = None
    try:
        with step(cli.STEPS["write"]):
            actions.write_findings(book, findings, stamp)
    except DiskError as error:
        refused = error
    show(_findings_answer(findings, refused), lambda: _say_findings(findings, refused))
    if refused is not None:
        complain(f"{sentence(refused)} {cli.DONE['not_written']}")
        return CANNOT
    return FOUND if actions.worst_of(findings) in {"error", "warning"} else DONE


def _findings_answer(findings: Sequence[Finding], refused: DiskError | None) -> Answer:
    from xlpy.checks.findings import Severity, count_of, finding_dicts

    return {
        "findings": finding_dicts(findings),
        "errors": count_of(findings, Severity.ERROR),
        "warnings": count_of(findings, Severity.WARNING),
        "notices": count_of(findings, Severity.NOTICE),
        "written": refused is None,
    }


def _say_findings(findings: Sequence[Finding], refused: DiskError | None) -> None:
    if findings:
        # The sheet holds them all; where it could not be written, the screen must.
        show_findings(findings, SHOWN_FINDINGS if refused is None else len(findings))
    say(actions.summary_of(findings) + ("" if refused else f" {cli.DONE['written']}"))


def assign(path: Path, regard: str | None, accept: str | None, today: date | None, show: Printer) -> int:
    """«Назначить проверяющих»; where it cannot be done for all, the rest is written and the reasons are shown."""
    from xlpy.assignment.assign import Regard, assignment_dict
    from xlpy.assignment.repair_wording import repair_dicts
    from xlpy.checks.findings import finding_dicts

    book, stamp = _open(path), stamp_of(today)
    if accept is not None:
        return _accept(book, path, accept, stamp, show)
    with step(cli.STEPS["assign"]):
        result = actions.assign(book, None if regard is None else Regard(regard))
        doubts = actions.doubts_of_assignment(book, stamp)
    refused: DiskError | None = None
    try:
        actions.write_assignment(book, result, stamp)
    except DiskError as error:
        refused = error
    unproven = "" if refused else actions.store_proof(book, path, result)
    proposed = repairing.propose(book, result)
    answer = {
        **assignment_dict(result),
        "repairs": repair_dicts(proposed.repairs),
        "doubts": finding_dicts(doubts),
        "written": refused is None,
    }
    show(answer, lambda: _say_assignment(result, proposed.lines, doubts))
    if unproven:
        complain(unproven)
    if refused is not None:
        complain(f"{sentence(refused)} {cli.DONE['not_written']}")
        return CANNOT
    return FOUND if actions.is_short(result) else DONE


def _accept(book: ClosedWorkbook, path: Path, numbers: str, stamp: Stamp, show: Printer) -> int:
    """Repairs of the list are written together with the plan they allow."""
    from xlpy.assignment.assign import assignment_dict
    from xlpy.assignment.repair_wording import repair_dicts

    with step(cli.STEPS["assign"]):
        accepted = repairing.accept_repairs(book, numbers, stamp)
    result = accepted.result
    unproven = actions.store_proof(book, path, result)
    proposed = repairing.propose(book, result)
    answer = {
        **assignment_dict(result),
        "accepted": repair_dicts(accepted.repairs),
        "repairs": repair_dicts(proposed.repairs),
        "written": True,
    }
    said = repair_words.ACCEPTED.format(what="; ".join(accepted.lines))
    show(answer, lambda: _say_lines([said, *_assignment_lines(result, proposed.lines)]))
    if unproven:
        complain(unproven)
    return FOUND if actions.is_short(result) else DONE


def _assignment_lines(result: AssignmentResult, repairs: Sequence[str]) -> list[str]:
    """Without any repair to offer, what a person can do is said in general."""
    from xlpy.assignment.assign import blocking_lines, change_lines

    why = blocking_lines(result)
    return [actions.summary_of_assignment(result), *(why[:-1] if repairs else why), *repairs, *change_lines(result)]


def _say_assignment(result: AssignmentResult, repairs: Sequence[str], doubts: Sequence[Finding]) -> None:
    from xlpy.checks.findings import message_of

    _say_lines(_assignment_lines(result, repairs))
    if doubts:
        say(cli.DONE["assign_doubts"])
        _say_lines(f"  {doubt.sheet}!{doubt.cell}: {message_of(doubt)}" for doubt in doubts)


def distribution(path: Path, out: Path | None, today: date | None, show: Printer) -> int:
    """«Документы распределения»: the protocol, the observers' schedule, a task sheet for each checker."""
    book, stamp = _open(path), stamp_of(today)
    with progress_bar() as bar:
        task = bar.add_task(cli.STEPS["distribution"], total=None)
        made = actions.distribution(
            book, path, out, stamp, lambda done, total: bar.update(task, completed=done, total=total)
        )
    answer = {
        "files": [str(file) for file in made.files],
        "protocol": None if made.protocol is None else str(made.protocol),
        "visits": None if made.visits is None else str(made.visits),
        "tasks": [str(file) for file in made.tasks],
        "left": [str(file) for file in made.left],
    }
    folder = distribution_words.MADE_IN.format(path=made.folder)
    show(answer, lambda: _say_lines([*actions.lines_of_distribution(made), folder]))
    _note(book, stamp, "distribution", made.files)
    return DONE


def protocols(path: Path, out: Path | None, today: date | None, show: Printer) -> int:
    """«Сформировать протоколы»: one document per class and subject."""
    book, stamp = _open(path), stamp_of(today)
    with progress_bar() as bar:
        task = bar.add_task(cli.STEPS["protocols"], total=None)
        made = actions.protocols(
            book, path, out, stamp, lambda done, total: bar.update(task, completed=done, total=total)
        )
    answer = {
        "files": [str(file) for file in made.files],
        "empty": [{"class": school_class, "subject": subject} for school_class, subject in made.empty],
    }
    folder = made.files[0].parent if made.files else actions.output_folder(book, path, out)
    show(answer, lambda: _say_protocols(made, folder))
    _note(book, stamp, "protocols", made.files)
    return DONE


def _say_protocols(made: MadeProtocols, folder: Path) -> None:
    say(cli.DONE["protocols"].format(files=counted(len(made.files), *PROTOCOLS), path=folder))
    if made.empty:
        works = "; ".join(f"{school_class}, {subject}" for school_class, subject in made.empty)
        say(cli.DONE["protocols_empty"].format(works=works))


def report(path: Path, out: Path | None, today: date | None, show: Printer) -> int:
    """«Сформировать справку»."""
    book, stamp = _open(path), stamp_of(today)
    with progress_bar() as bar:
        task = bar.add_task(cli.STEPS["report"], total=None)
        made = actions.report(book, path, out, stamp, lambda done, total: bar.update(task, completed=done, total=total))
    show(
        {"files": [str(made.path)], "indicators": made.indicators},
        lambda: say(cli.DONE["report"].format(path=made.path)),
    )
    _note(book, stamp, "report", [made.path])
    return DONE


def _note(book: ClosedWorkbook, stamp: Stamp, action: str, files: Sequence[Path]) -> None:
    """Put the line into «Журнал»; the documents are there already, so a locked book is only said."""
    try:
        actions.note_documents(book, stamp, action, files)
    except DiskError as error:
        complain(cli.DONE["no_journal"].format(why=sentence(error)))


def demo(folder: Path, wish: Wish, today: date | None, show: Printer) -> int:
    """Make a made-up school's workbook and run the whole job on it."""
    from xlpy import rehearsal

    with progress_bar() as bar:
        task = bar.add_task(cli.STEPS["school"], total=len(rehearsal.STEPS))

        def advance(done: int, doing: str) -> None:
            bar.update(task, completed=done, description=cli.STEPS[doing])

        made = rehearsal.run(folder, wish.classes, wish.seed, wish.clean, today, advance)
    show(made.answer(), lambda: _say_lines(rehearsal.lines(made)))
    return DONE


def press(action: str, book: str, show: Printer) -> int:
    """A button of the open workbook, as its macro presses it; the workbook shows what came of it."""
    del show
    from xlpy import buttons

    return buttons.press(action, book)


def undo(path: Path, show: Printer) -> int:
    """«Отменить последнее действие» in the open workbook."""
    return press("undo", str(path), show)


def watch(path: Path, today: date | None, show: Printer) -> int:
    """Check the workbook after each save until Ctrl+C; the findings stand on the page beside it."""
    from xlpy import watching

    def tell(run: Run) -> None:
        counts = "" if run.findings is None else actions.summary_of(run.findings)
        said = f"{counts} {run.why}".strip()
        line = watch_words.LINE.format(moment=stamp_of(None).moment, outcome=said)
        show({**_watched_answer(run), "page": str(run.page)}, lambda: say(line))
        sys.stdout.flush()

    complain(watch_words.STARTED.format(path=path, page=watching.page_of(path)))
    watching.watch(path, lambda: stamp_of(today), tell, log_failure)
    complain(watch_words.STOPPED)
    return DONE


def _watched_answer(run: Run) -> Answer:
    from xlpy.checks.findings import finding_dicts

    return {"findings": None if run.findings is None else finding_dicts(run.findings), "error": run.why or None}
